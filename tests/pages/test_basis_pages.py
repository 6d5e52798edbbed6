"""Pages of what a programme stands on and of handing it to another office."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from naung.accounts.permissions import PERMISSIONS, Permission, Role
from naung.planning.waiting import Waiting, waiting_for
from naung.programmes.basing import choose_agreement, give_reason
from naung.programmes.handing_over import hand_over
from naung.programmes.models import OwnerChange, Programme, ProgrammeBasis
from naung.programmes.standing import standing
from tests.factories import TOWN, make_office, make_programme, make_user
from tests.programmes.test_standing import agree

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(areas) -> Programme:
    return make_programme(without_agreement="")


def signed_in(role: str = Role.PROGRAMME_OFFICER, area: str = TOWN) -> Client:
    client = Client()
    client.force_login(make_user(role, area))
    return client


def at(name: str, programme: Programme) -> str:
    return reverse(f"programmes:{name}", args=[programme.pk])


def test_the_page_of_a_programme_without_basis_says_so_and_leads_to_choosing(programme):
    html = signed_in().get(at("detail", programme)).content.decode()
    assert "Belum ada dasar." in html
    assert at("basis", programme) in html
    assert html.count('class="tanpa"') >= 12


def test_who_may_not_edit_reads_the_basis_and_is_led_nowhere(programme):
    choose_agreement(programme, agree(), by=None)
    html = signed_in(Role.FINANCE_OFFICER).get(at("detail", programme)).content.decode()
    assert "Nota 1" in html
    assert at("basis", programme) not in html
    assert at("hand-over", programme) not in html
    assert "/kerja-sama/" not in html


def test_an_agreement_is_chosen_and_taken_off_on_the_page(programme):
    nota = agree()
    client = signed_in()
    assert "Nota 1 · D-1" in client.get(at("basis", programme)).content.decode()
    answer = client.post(at("basis", programme), {"langkah": "pilih", "agreement": nota.pk}, follow=True)
    assert "Program berdasar pada perjanjian itu." in answer.content.decode()
    assert standing(programme).uncovered == ()
    row = ProgrammeBasis.objects.get()
    html = client.post(at("basis", programme), {"langkah": "lepas", "dasar": row.pk}, follow=True).content.decode()
    assert "Pernah menjadi dasar" in html
    assert len(standing(Programme.objects.get()).uncovered) == 12


def test_an_agreement_that_ends_before_the_programme_is_told_with_its_day(programme):
    choose_agreement(programme, agree(ends=date(2026, 11, 4)), by=None)
    html = signed_in().get(at("detail", programme)).content.decode()
    assert "Perjanjian berakhir 3 Nov 2026, program berjalan sampai Des 2026." in html
    assert "Belum ada dasar untuk Nov 2026 – Des 2026." in html


def test_a_reason_is_written_for_the_months_left_and_shown_with_its_writer(programme):
    choose_agreement(programme, agree(ends=date(2026, 11, 4)), by=None)
    client = signed_in()
    client.post(at("basis", programme), {"langkah": "alasan", "reason": "Perpanjangan ditelaah."})
    html = client.get(at("detail", programme)).content.decode()
    assert "Tanpa perjanjian, Nov 2026 – Des 2026" in html
    assert "Perpanjangan ditelaah." in html
    assert "Perjanjian berakhir" not in html


@pytest.mark.parametrize(
    "sent",
    [{"langkah": "alasan", "reason": " "}, {"langkah": "pilih"}, {"langkah": "pilih", "agreement": "999999"}],
)
def test_what_is_missing_is_said_beside_the_form(programme, sent):
    agree()
    answer = signed_in().post(at("basis", programme), sent)
    assert answer.status_code == 422
    assert not ProgrammeBasis.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "999999", "9" * 30])
def test_taking_off_what_is_not_there_finds_nothing(programme, key):
    assert signed_in().post(at("basis", programme), {"langkah": "lepas", "dasar": key}).status_code == 404


def test_agreements_of_another_region_are_not_offered(programme):
    agree(area_code="1207", title="Nota Jauh")
    assert "Nota Jauh" not in signed_in().get(at("basis", programme)).content.decode()


@pytest.mark.parametrize("name", ["basis", "hand-over"])
@pytest.mark.parametrize("role", Role.values)
def test_only_who_edits_programmes_opens_these_pages(programme, role, name):
    opens = Permission.PROGRAMME_EDIT in PERMISSIONS[role]
    area = TOWN if role != Role.VILLAGE_OPERATOR else "1275011001"
    assert (signed_in(role, area).get(at(name, programme)).status_code == 200) is opens


@pytest.mark.parametrize("name", ["basis", "hand-over"])
def test_an_officer_of_another_region_finds_nothing(programme, beside, name):
    assert beside.get(at(name, programme)).status_code == 404
    assert beside.post(at(name, programme), {"langkah": "alasan", "reason": "Karena."}).status_code == 404


# --- handing over ----------------------------------------------------------------------------------


def give(**changes: object) -> dict[str, object]:
    office = make_office("Dinas Sosial Contoh", "sector")
    facts = {"to": office.pk, "since": "2026-12", "instrument": "Perwali 12/2026", "reason": "Urusan pindah."}
    return facts | changes


def test_a_programme_is_handed_over_ahead_of_its_day(programme):
    client = signed_in()
    html = client.post(at("hand-over", programme), give(), follow=True).content.decode()
    assert "Program diserahkan kepada Dinas Sosial Contoh." in html
    assert "akan datang" in html
    assert OwnerChange.objects.get().since == date(2026, 12, 1)
    # Today, in November, the old office still runs it.
    assert "Disnaker Contoh, " in html


def test_from_its_day_the_new_office_stands_on_the_pages(programme):
    hand_over(
        programme, to=make_office("Dinas Sosial Contoh", "sector"), since=date(2026, 7, 1), instrument="Perwali 12",
        reason="Pindah.", by=None,
    )  # fmt: skip
    client = signed_in()
    assert "Dinas Sosial Contoh, " in client.get(at("detail", programme)).content.decode()
    listed = client.get(reverse("programmes:list")).content.decode()
    assert "Dinas Sosial Contoh" in listed
    assert "Disnaker Contoh" not in listed


def test_where_no_other_office_is_known_the_page_says_who_adds_one(programme):
    html = signed_in().get(at("hand-over", programme)).content.decode()
    assert "Belum ada perangkat daerah lain" in html
    make_office("Dinas Sosial Contoh", "sector")
    assert "Dinas Sosial Contoh</option>" in signed_in().get(at("hand-over", programme)).content.decode()


def test_an_agreement_is_offered_with_the_last_day_of_its_term(programme):
    agree()
    html = signed_in().get(at("basis", programme)).content.decode()
    assert "Nota 1 · D-1 · 1 Jan 2026 – 31 Des 2026 · Berlaku" in html


def test_an_office_of_another_region_cannot_be_chosen(programme):
    far = make_office("Dinas Jauh", "sector", "1207")
    answer = signed_in().post(at("hand-over", programme), give(to=far.pk))
    assert answer.status_code == 422
    assert "Dinas Jauh" not in answer.content.decode()


def test_a_refused_handing_over_is_said_in_a_sentence(programme):
    answer = signed_in().post(at("hand-over", programme), give(since="2027-03"))
    assert answer.status_code == 422
    assert "Januari 2026 – Desember 2026" in answer.content.decode()


# --- Beranda ---------------------------------------------------------------------------------------


def tasks(role: str = Role.PROGRAMME_OFFICER, area: str = TOWN) -> list[Waiting]:
    return [one for one in waiting_for(make_user(role, area)) if one.kind == "basis_lost"]


def test_months_that_lose_their_agreement_are_a_task_with_the_first_of_them_as_its_day(programme):
    choose_agreement(programme, agree(ends=date(2026, 12, 5)), by=None)
    (task,) = tasks()
    assert (task.count, task.due_on, task.target_id) == (1, date(2026, 12, 1), programme.pk)
    html = signed_in().get(reverse("planning:home")).content.decode()
    assert "Bulan program tanpa dasar kerja sama" in html
    assert at("basis", programme) in html


def test_only_whoever_edits_programmes_of_the_region_has_the_task(programme):
    choose_agreement(programme, agree(ends=date(2026, 12, 5)), by=None)
    assert [tasks(Role.LEADER), tasks(Role.FINANCE_OFFICER), tasks(area="1207")] == [[], [], []]


def test_an_answered_month_a_past_month_and_a_far_month_are_no_task(programme):
    choose_agreement(programme, agree(ends=date(2026, 12, 5)), by=None)
    give_reason(programme, reason="Perpanjangan ditelaah.", by=None)
    past = make_programme(code="LALU", last_month="2026-11", without_agreement="")
    choose_agreement(past, agree("2", ends=date(2026, 10, 5)), by=None)
    give_reason(past, reason="Hanya untuk bulan ini.", by=None)
    far = make_programme(code="JAUH", first_month="2027-01", last_month="2027-12", without_agreement="")
    choose_agreement(far, agree("3", starts=date(2027, 1, 1), ends=date(2027, 6, 1)), by=None)
    assert tasks() == []
