"""Kerja sama: the matrix of offices, and the few things an officer does there."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from naung.accounts.models import Office
from naung.accounts.permissions import Role
from naung.agreements.actions import Basis, Task, ask_offices, move_office_agreement, record_agreement, record_meeting
from naung.agreements.models import FollowUp, Meeting
from tests.pages.people import BESIDE, HERE

WARNING = "Kemungkinan salah cetak: pedoman APBD 2025 adalah Permendagri 15/2024."


@pytest.fixture
def agreement(areas):
    made = record_agreement(
        area_code=HERE, title="Nota Kesepakatan contoh", region_party="Pemko", branch_party="Cabang",
        programmes=["JKK", "JKM"], objects_text="Pekerja rentan", scope=["Iuran BPU"], source="Berita", by=None,
        signed_on=date(2025, 8, 12), bases=[Basis("Permendagri 15/2014", warning=WARNING)],
        work_plan=[Task("Susun peraturan", None, date(2026, 6, 30))],
    )  # fmt: skip
    offices = [Office.objects.create(name=f"Dinas {n}", kind="sector", area_code=HERE) for n in range(16)]
    ask_offices(made, offices=offices, due_on=date(2025, 12, 31), by=None)
    return made


@pytest.fixture
def meeting(agreement):
    return record_meeting(
        area_code=HERE, kind="fgd", title="FGD contoh", held_on=date(2026, 1, 9), by=None, agreement=agreement,
        follow_ups=[Task("Susun data", None, date(2026, 2, 1))],
    )  # fmt: skip


def detail(agreement):
    return reverse("agreements:detail", args=[agreement.pk])


def test_the_matrix_shows_every_office_its_stage_and_what_is_late(as_role, agreement):
    page = as_role(Role.LEADER).get(detail(agreement)).content.decode()
    assert "PKS) 16 perangkat daerah" in page
    assert "16 PKS lewat tenggat" in page
    assert page.count("lewat 31 Des 2025") == 16
    assert WARNING in page
    assert "Ubah tahap" not in page


@pytest.mark.parametrize(
    ("ends_on", "words"), [(date(2027, 1, 1), "Berlaku"), (date(2026, 11, 1), "Masa berlaku habis")]
)
def test_a_signed_pks_is_in_force_only_inside_its_term(as_role, agreement, ends_on, words):
    one = agreement.office_agreements.first()
    move_office_agreement(
        one,
        stage="signed",
        by=None,
        number="1/PKS",
        signed_on=date(2025, 11, 1),
        starts_on=date(2025, 11, 1),
        ends_on=ends_on,
    )
    assert f"</svg>{words}</span>" in as_role(Role.LEADER).get(detail(agreement)).content.decode()


def test_an_officer_moves_a_pks_but_signs_nothing_without_number_and_term(as_role, agreement):
    client, one = as_role(Role.PROGRAMME_OFFICER), agreement.office_agreements.first()
    address = reverse("agreements:move", args=[one.pk])
    refused = client.post(address, {"stage": "signed", "signed_on": "2026-01-05"})
    assert refused.status_code == 422
    assert "isi nomor, masa berlaku" in refused.content.decode()
    full = {
        "stage": "signed",
        "number": "1/PKS",
        "signed_on": "2026-01-05",
        "starts_on": "2026-01-05",
        "ends_on": "2027-01-05",
    }
    assert client.post(address, full)["Location"] == detail(agreement)
    one.refresh_from_db()
    assert (one.stage, one.number) == ("signed", "1/PKS")


def test_a_follow_up_is_finished_with_its_result(as_role, meeting):
    task = meeting.follow_ups.get()
    client, address = as_role(Role.PROGRAMME_OFFICER), reverse("agreements:finish", args=[task.pk])
    assert client.post(address, {"result": ""}).status_code == 422
    assert client.post(address, {"result": "Data 37 kelurahan"})["Location"] == reverse(
        "agreements:meeting", args=[meeting.pk]
    )
    task.refresh_from_db()
    assert (task.done_on, task.result) == (date(2026, 11, 21), "Data 37 kelurahan")


def test_a_meeting_is_recorded_with_its_follow_ups(as_role, agreement):
    client = as_role(Role.PROGRAMME_OFFICER)
    owner = Office.objects.get(name="Dinas 3").pk
    form = {"kind": "outreach", "title": "Sosialisasi", "held_on": "2026-11-02", "agreement": agreement.pk}
    form |= {"what_1": "Kirim draf", "due_1": "2026-12-01", "owner_1": owner}
    client.post(reverse("agreements:record-meeting"), form)
    made = Meeting.objects.get(title="Sosialisasi")
    assert (made.area_code, made.agreement, made.follow_ups.get().owner.name) == (HERE, agreement, "Dinas 3")


def test_a_follow_up_needs_words_and_an_office_of_the_territory(as_role, agreement):
    stranger = Office.objects.create(name="Dinas jauh", kind="sector", area_code=BESIDE)
    form = {
        "kind": "fgd",
        "title": "FGD",
        "held_on": "2026-11-02",
        "due_1": "2026-12-01",
        "what_2": "x",
        "owner_2": stranger.pk,
    }
    answer = as_role(Role.PROGRAMME_OFFICER).post(reverse("agreements:record-meeting"), form)
    assert answer.status_code == 422
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("name", ["detail", "move", "meeting", "finish"])
def test_the_region_beside_finds_nothing(beside, meeting, name):
    keys = {
        "detail": meeting.agreement_id,
        "move": meeting.agreement.office_agreements.first().pk,
        "meeting": meeting.pk,
        "finish": FollowUp.objects.filter(meeting=meeting).get().pk,
    }
    address = reverse(f"agreements:{name}", args=[keys[name]])
    assert beside.get(address).status_code == 404
    assert beside.post(address, {"result": "x", "stage": "draft"}).status_code == 404
    assert "contoh" not in beside.get(reverse("agreements:list")).content.decode().replace("Contoh", "")


@pytest.mark.parametrize("role", [Role.LEADER, Role.BRANCH_OFFICER, Role.AUDITOR, Role.PROVINCE, Role.ADMIN])
def test_who_only_reads_changes_nothing(as_role, meeting, role):
    client = as_role(role)
    one = meeting.agreement.office_agreements.first()
    assert client.get(reverse("agreements:meeting", args=[meeting.pk])).status_code == 200
    assert client.post(reverse("agreements:move", args=[one.pk]), {"stage": "draft"}).status_code == 403
    assert (
        client.post(reverse("agreements:finish", args=[meeting.follow_ups.get().pk]), {"result": "x"}).status_code
        == 403
    )


def test_sixteen_offices_cost_no_more_queries_than_one(as_role, meeting, django_assert_max_num_queries):
    client = as_role(Role.PROGRAMME_OFFICER)
    with django_assert_max_num_queries(12):
        client.get(detail(meeting.agreement))
    with django_assert_max_num_queries(10):
        client.get(reverse("agreements:list"))
