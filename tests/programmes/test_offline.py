"""Corrections typed without a line: whose rows go into a phone, what of them, and what becomes of each when sent."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from naung.accounts.models import User
from naung.accounts.permissions import Role
from naung.audit.models import Record
from naung.programmes import offline_device, offline_queries
from naung.registry import corrections
from naung.registry.actions import correct_row, decide_row, take_in
from naung.registry.models import RowCorrection, SourceList, SourceRow
from tests import factories as make
from tests.pages.people import BESIDE, HERE, TODAY, VILLAGE, add_areas, person
from tests.registry.lists import RULES, a_list, kk_of, line, name_of, nik_of, phone_of

pytestmark = pytest.mark.django_db

PAGE = "/pekerja/tanpa-sinyal/"


@pytest.fixture
def operator() -> User:
    add_areas()
    return person("operator", Role.VILLAGE_OPERATOR, VILLAGE)


@pytest.fixture
def officer(operator: User) -> User:
    return person("petugas", Role.PROGRAMME_OFFICER, HERE)


@pytest.fixture
def handed_in(operator: User) -> SourceList:
    """Two ready rows, two whose NIK lacks digits."""
    make.make_programme(code="BINJAI-2026")
    content = a_list(1, line(2, nik="12345"), 3, line(4, nik=nik_of(4)[:-1]))
    take_in(
        [("usulan.csv", content)], programme_code="BINJAI-2026", rules=RULES, reference_date=TODAY, by=operator,
        send=False,
    )  # fmt: skip
    return SourceList.objects.get()


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def row(ordinal: int = 1) -> SourceRow:
    return SourceRow.objects.select_related("list").get(ordinal=ordinal)


def rows_address() -> str:
    return reverse("registry:offline-rows", args=[SourceList.objects.get().pk])


def typed_offline(user: User, ordinal: int = 1, *, client: Client | None = None, **over: object):
    """What the phone sends for one row, with `over` in its place."""
    told: dict[str, object] = {
        "person": str(user.pk),
        "key": str(uuid4()),
        "version": corrections.versions_of([row(ordinal)])[row(ordinal).pk],
        "typed_at": "2026-11-20T08:14:00+07:00",
        "typed": {"nik": nik_of(ordinal + 1)},
    }
    address = reverse("registry:offline-edit", args=[SourceList.objects.get().pk, ordinal])
    return (client or client_of(user)).post(address, json.dumps(told | over), content_type="application/json")


# --- what goes into the phone ------------------------------------------------------------------------


def test_only_rows_still_open_go_into_the_phone_and_no_number_that_identifies(operator, handed_in):
    answer = client_of(operator).get(rows_address())

    told = answer.json()
    assert [one["row"] for one in told["rows"]] == [3, 5]
    assert told["rows"][0]["shown"]["name"].upper() == name_of(2)
    assert "NIK" in told["rows"][0]["faults"][0]["short"]
    assert told["rows"][0]["first"] == ["nik"]
    text = answer.content.decode()
    assert [mark for at in (1, 2, 3, 4) for mark in (nik_of(at), kk_of(at), phone_of(at)[2:]) if mark in text] == []
    assert name_of(1) not in text.upper()


def test_the_rows_are_for_seven_days_and_for_no_cache(operator, handed_in):
    answer = client_of(operator).get(rows_address())
    assert answer.json()["kept_days"] == 7
    assert "no-store" in answer["Cache-Control"]


def test_a_long_list_is_cut_and_says_how_many_stay(operator, handed_in, monkeypatch):
    monkeypatch.setattr(offline_queries, "MOST_ROWS", 1)
    told = client_of(operator).get(rows_address()).json()
    assert (len(told["rows"]), told["left_out"]) == (1, 1)


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.VILLAGE_OPERATOR])
def test_no_other_role_works_offline(operator, handed_in, role: str):
    other = person(f"lain-{role}", role, HERE)
    assert client_of(other).get(rows_address()).status_code == 403
    assert client_of(other).get(PAGE).status_code == 403
    assert typed_offline(other).status_code == 403
    assert not RowCorrection.objects.exists()


def test_the_rows_of_another_village_are_nowhere(operator, handed_in):
    neighbour = person("tetangga", Role.VILLAGE_OPERATOR, f"{BESIDE}011001")
    assert client_of(neighbour).get(rows_address()).status_code == 404
    answer = typed_offline(neighbour)
    assert (answer.status_code, answer.json()["gone"]) == (404, True)
    assert not RowCorrection.objects.exists()


def test_the_page_is_the_same_for_everybody_and_names_nobody(operator, handed_in):
    first = client_of(operator).get(PAGE)
    other = person("tetangga", Role.VILLAGE_OPERATOR, f"{BESIDE}011001")
    assert first.content == client_of(other).get(PAGE).content
    assert operator.full_name not in first.content.decode()
    assert 'csrfmiddlewaretoken" value' not in first.content.decode()


def test_without_a_script_the_page_offers_the_spreadsheet_of_the_list(operator, handed_in):
    shown = client_of(operator).get(PAGE, {"daftar": handed_in.pk}).content.decode()
    assert reverse("registry:returned", args=[handed_in.pk]) in shown
    other = person("tetangga", Role.VILLAGE_OPERATOR, f"{BESIDE}011001")
    shown = client_of(other).get(PAGE, {"daftar": handed_in.pk}).content.decode()
    assert "bermasalah.xlsx" not in shown


def test_the_worker_keeps_files_and_one_page_and_needs_nobody_signed_in(operator):
    script = Client().get("/luring.js")
    assert script["Content-Type"].startswith("text/javascript")
    assert "no-cache" in script["Cache-Control"]
    text = script.content.decode()
    assert f'const PAGE = "{PAGE}"' in text
    assert "/static/naung/offline.js" in text
    english = Client().get("/en/luring.js").content.decode()
    assert f'const PAGE = "/en{PAGE}"' in english


def test_only_an_operator_is_invited(operator, officer, handed_in):
    address = reverse("registry:list", args=[handed_in.pk])
    invitation = f"{PAGE}?daftar={handed_in.pk}"
    assert invitation in client_of(operator).get(address).content.decode()
    assert invitation not in client_of(officer).get(address).content.decode()


# --- what is sent ------------------------------------------------------------------------------------


def test_a_correction_typed_offline_is_checked_again_and_the_phone_may_forget_the_row(operator, handed_in):
    answer = typed_offline(operator)

    assert answer.json() == {
        "state": "accepted", "verdict": "accept", "said": "Baris 3 sudah benar dan siap dikirim.", "row": None
    }  # fmt: skip
    assert "no-store" in answer["Cache-Control"]
    assert row().verdict == "accept"


def test_a_row_that_is_still_wrong_comes_back_with_its_new_reasons(operator, handed_in):
    told = typed_offline(operator, typed={"name": "Nama Yang Benar"}).json()
    assert (told["state"], told["verdict"]) == ("accepted", "reject")
    assert told["row"]["shown"]["name"].upper() == "NAMA YANG BENAR"
    assert told["row"]["version"] == corrections.versions_of([row()])[row().pk]
    assert told["row"]["faults"]


def test_sent_twice_it_counts_once(operator, handed_in):
    client, key, version = client_of(operator), str(uuid4()), corrections.versions_of([row()])[row().pk]
    answers = [typed_offline(operator, client=client, key=key, version=version).json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert RowCorrection.objects.count() == 1
    assert Record.objects.filter(action="row.correct").count() == 1


def test_the_trail_says_that_it_was_typed_offline_when_and_when_it_came(operator, handed_in):
    typed_offline(operator)
    told = Record.objects.get(action="row.correct")
    assert told.actor == operator.username
    assert told.detail["offline"]["typed_at"] == "2026-11-20T01:14:00+00:00"
    assert told.detail["offline"]["received_at"] == RowCorrection.objects.get().corrected_at.isoformat()
    assert nik_of(2) not in json.dumps(told.detail)


def test_a_row_changed_meanwhile_is_not_overwritten_but_shown(operator, officer, handed_in):
    seen = corrections.versions_of([row()])[row().pk]
    correct_row(row=row(), typed={"name": "Nama Dari Kantor", "nik": "1275"}, rules=RULES, by=officer)

    answer = typed_offline(operator, version=seen, typed={"name": "Nama Dari Desa"})

    told = answer.json()
    assert (answer.status_code, told["state"]) == (409, "conflict")
    assert told["theirs"]["name"].upper() == "NAMA DARI KANTOR"
    assert told["who"] == officer.full_name
    assert told["row"]["version"] != seen
    assert RowCorrection.objects.count() == 1
    # Chosen, it goes over the row as it stands now.
    told = typed_offline(operator, version=told["row"]["version"], typed={"name": "Nama Dari Desa"}).json()
    assert told["row"]["shown"]["name"].upper() == "NAMA DARI DESA"


def test_a_row_decided_meanwhile_is_a_conflict_with_nothing_left_to_correct(operator, officer, handed_in):
    version = corrections.versions_of([row()])[row().pk]
    SourceRow.objects.filter(pk=row().pk).update(verdict="review")
    SourceList.objects.update(review=1, rejected=1)
    decide_row(row=row(), verdict="reject", reason="Pindah", by=officer)
    told = typed_offline(operator, version=version).json()
    assert (told["state"], told["row"]) == ("conflict", None)


def test_numbers_of_the_other_version_are_masked(operator, officer, handed_in):
    seen = corrections.versions_of([row()])[row().pk]
    correct_row(row=row(), typed={"nik": nik_of(9)[:-1], "phone": "081299990000"}, rules=RULES, by=officer)
    answer = typed_offline(operator, version=seen)
    text = answer.content.decode()
    assert [mark for mark in (nik_of(9)[:-1], kk_of(2), "81299990000") if mark in text] == []
    assert answer.json()["theirs"]["phone"] == "••••0000"


@pytest.mark.parametrize("field", ["nik", "name"])
def test_each_kind_of_change_makes_another_version(operator, officer, handed_in, field: str):
    before = corrections.versions_of([row()])[row().pk]
    correct_row(row=row(), typed={field: "127501"}, rules=RULES, by=officer)
    assert corrections.versions_of([row()])[row().pk] != before


def test_a_faulty_field_is_refused_beside_its_name(operator, handed_in):
    answer = typed_offline(operator, typed={"birth_date": "kemarin"})
    assert (answer.status_code, answer.json()["state"]) == (422, "refused")
    assert list(answer.json()["errors"]) == ["birth_date"]


@pytest.mark.parametrize(
    "over",
    [{"key": "satu"}, {"typed_at": "tadi"}, {"typed_at": "2026-11-20T08:14:00"}, {"typed": None}, {"key": None}],
)
def test_what_cannot_be_read_is_refused_and_changes_nothing(operator, handed_in, over: dict[str, object]):
    assert typed_offline(operator, **over).status_code == 422
    assert not RowCorrection.objects.exists()


def test_whoever_is_signed_out_gets_no_json(operator, handed_in):
    for answer in (
        typed_offline(operator, client=Client()),
        Client().get(rows_address()),
        Client().get(reverse("registry:offline-line")),
    ):
        assert (answer.status_code, answer["Location"][:7]) == (302, "/masuk/")


def test_edits_of_somebody_else_are_not_taken_from_this_person(operator, handed_in):
    answer = typed_offline(operator, person="999999")
    assert (answer.status_code, answer.json()["state"]) == (403, "other-person")
    assert not RowCorrection.objects.exists()


def test_a_correction_needs_the_token_of_the_session(operator, handed_in):
    client = Client(enforce_csrf_checks=True)
    client.force_login(operator)
    assert typed_offline(operator, client=client).status_code == 403
    token = client.get(reverse("registry:offline-line")).json()["token"]
    told = {
        "person": str(operator.pk), "key": str(uuid4()), "version": corrections.versions_of([row()])[row().pk],
        "typed_at": "2026-11-20T08:14:00+07:00", "typed": {"nik": nik_of(2)},
    }  # fmt: skip
    address = reverse("registry:offline-edit", args=[handed_in.pk, 1])
    answer = client.post(address, json.dumps(told), content_type="application/json", headers={"X-CSRFToken": token})
    assert answer.json()["state"] == "accepted"


# --- what empties the phone --------------------------------------------------------------------------


def test_signing_out_empties_the_browser(operator, handed_in):
    client = client_of(operator)
    client.get(rows_address())
    answer = client.post(reverse("accounts:sign-out"))
    assert answer["Clear-Site-Data"] == '"storage"'
    assert not client.cookies[offline_device.COOKIE].value


def test_somebody_else_on_the_same_phone_empties_it_with_the_first_page(operator, officer, handed_in):
    client = client_of(operator)
    client.get(rows_address())
    assert "Clear-Site-Data" not in client.get("/pekerja/usulan/")
    client.force_login(officer)
    assert client.get("/pekerja/usulan/")["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in client.get("/pekerja/usulan/")


def test_a_session_that_merely_ends_leaves_what_was_typed(operator, handed_in):
    client = client_of(operator)
    client.get(rows_address())
    del client.cookies["naung_session"]
    assert "Clear-Site-Data" not in client.get("/masuk/")
    client.force_login(operator)
    assert "Clear-Site-Data" not in client.get("/pekerja/usulan/")


def test_the_name_of_the_phone_s_owner_is_good_for_seven_days(operator, handed_in, monkeypatch):
    client = client_of(operator)
    client.get(rows_address())
    cookie = client.cookies[offline_device.COOKIE]
    assert cookie["max-age"] == timedelta(days=7).total_seconds()
    assert cookie["httponly"]
    later = time.time() + timedelta(days=8).total_seconds()
    monkeypatch.setattr(time, "time", lambda: later)
    assert offline_device._person(cookie.value) == ""
