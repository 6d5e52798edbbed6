"""Usulan kelanjutan: the same people, the months after the cliff, the money by the law; opened as a real programme."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from naung.accounts.permissions import Role
from naung.contributions.actions import end_cover
from naung.planning import extension
from naung.programmes.models import Programme
from naung.programmes.queries import spec_of
from naung.registry.models import Worker
from naung.selection.actions import run_round
from naung.selection.models import Candidate
from tests.pages.people import TODAY
from tests.town import town


def address(one, **query):
    return reverse("planning:extension", args=[one.programme.pk])


@pytest.fixture
def ending(areas):
    """Three people with a whole definition behind their programme, covered to 31 December 2026."""
    one = town(people=3, first=date(2026, 1, 1), months=12)
    programme = one.programme
    programme.spec = {
        "code": programme.code, "name": programme.name, "owner": {"name": "Dinas Contoh"}, "area": "1275",
        "fiscal_year": 2026, "first_month": "2026-01", "last_month": "2026-12", "places": programme.places, "seed": 1,
        "funding_lines": [
            {"code": one.line.code, "name": one.line.name, "payer": "apbd_kab", "ceiling_rp": 10**9},
        ],
    }  # fmt: skip
    programme.save()
    return one


def opened(client, one, **answers):
    return client.post(address(one), {"name": "Program lanjutan 2027", "sure": "on", **answers})


def test_people_months_and_money_follow_from_the_ledger_and_the_law(everyone, ending):
    found = extension.extension_of(everyone[Role.LEADER], ending.programme, months=12)
    assert (found.people, found.first_month, found.last_month) == (3, date(2027, 1, 1), date(2027, 12, 1))
    assert (found.monthly_rp, found.total_rp) == (16_800, 3 * 16_800 * 12)


def test_who_left_before_the_end_is_not_carried_on(everyone, ending):
    end_cover(ending.enrolments[0], reason="moved", happened_on=date(2026, 10, 3), evidence="Surat", by=ending.officer)
    assert extension.extension_of(everyone[Role.LEADER], ending.programme, months=1).people == 2


def test_opening_it_makes_a_programme_with_the_same_rules_and_the_money_needed(as_role, ending):
    answer = opened(as_role(Role.PROGRAMME_OFFICER), ending)
    made = Programme.objects.get(name="Program lanjutan 2027")
    assert answer.status_code == 302
    assert answer["Location"].endswith(reverse("programmes:detail", args=[made.pk]))
    assert (made.starts_on, made.ends_on, made.places) == (date(2027, 1, 1), date(2028, 1, 1), 3)
    [line] = made.funding_lines.all()
    assert line.ceiling_rp == 3 * 16_800 * 12
    assert spec_of(made).continues == ending.programme.code


def test_its_people_are_candidates_without_a_new_list_and_are_screened_again(as_role, ending):
    opened(as_role(Role.PROGRAMME_OFFICER), ending)
    Worker.objects.filter(pk=ending.workers[0].pk).update(died_on=date(2026, 11, 1))
    made = Programme.objects.get(name="Program lanjutan 2027")
    round_ = run_round(made, on=TODAY, by=None)
    outcomes = dict(Candidate.objects.filter(round=round_).values_list("worker_id", "outcome"))
    assert set(outcomes) == {one.pk for one in ending.workers}
    assert outcomes[ending.workers[0].pk] == "ineligible"
    assert round_.chosen == 2


def test_a_programme_that_continues_none_takes_nobody_from_others(as_role, ending):
    opened(as_role(Role.PROGRAMME_OFFICER), ending)
    made = Programme.objects.get(name="Program lanjutan 2027")
    made.spec.pop("continues")
    made.save()
    from naung.selection.refusals import NoCandidates

    with pytest.raises(NoCandidates):
        run_round(made, on=TODAY, by=None)


def test_the_second_time_the_page_leads_to_what_was_opened(as_role, ending):
    client = as_role(Role.PROGRAMME_OFFICER)
    opened(client, ending)
    page = client.get(address(ending)).content.decode()
    assert "Kelanjutan sudah diusulkan." in page
    assert '<form method="post"' not in page.split("<main")[1].split("</main>")[0]
    opened(client, ending)
    assert Programme.objects.count() == 2


def test_without_looking_at_people_and_money_nothing_is_opened(as_role, ending):
    answer = as_role(Role.PROGRAMME_OFFICER).post(address(ending), {"name": "Program lanjutan 2027"})
    assert answer.status_code == 422
    assert Programme.objects.count() == 1


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.VILLAGE_OPERATOR, Role.PROVINCE])
def test_who_may_not_open_programmes_sees_the_figures_and_no_form(as_role, ending, role):
    client = as_role(role)
    page = client.get(address(ending)).content.decode()
    assert "Rp604.800" in page
    assert '<form method="post"' not in page.split("<main")[1].split("</main>")[0]
    opened(client, ending)
    assert Programme.objects.count() == 1


def test_fewer_months_cost_less(as_role, ending):
    page = as_role(Role.LEADER).get(address(ending), {"bulan": "3"}).content.decode()
    assert "Rp151.200" in page
    assert "Januari 2027 sampai Maret 2027" in page


@pytest.mark.parametrize("months", ["0", "13", "x", "-1", "999999"])
def test_a_strange_number_of_months_is_the_usual_one(as_role, ending, months):
    assert "Rp604.800" in as_role(Role.LEADER).get(address(ending), {"bulan": months}).content.decode()


def test_the_region_beside_does_not_know_it(beside, ending):
    assert beside.get(address(ending)).status_code == 404


def test_perlindungan_leads_to_it_by_programme_and_from_its_main_action(as_role, ending):
    client = as_role(Role.PROGRAMME_OFFICER)
    page = client.get("/perlindungan/", {"menurut": "program"}).content.decode()
    assert page.count(f'href="{address(ending)}"') == 3
    assert "Usulkan perpanjangan massal" in page


def test_perlindungan_shows_all_villages_at_once(as_role, ending):
    page = as_role(Role.LEADER).get("/perlindungan/", {"menurut": "desa"}).content.decode()
    assert "Jati Makmur" in page
    assert "Per desa/kelurahan" in page
