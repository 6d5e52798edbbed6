"""Perlindungan: who, until when; people only for those who may see them."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from naung.accounts.permissions import PERMISSIONS, Permission, Role
from naung.contributions.actions import confirm_payment, issue_bill, record_payment
from naung.planning import cover
from naung.programmes.models import FundingLine
from tests.pages.people import BESIDE, DISTRICT, HERE, TODAY, VILLAGE
from tests.town import town, worker

PAGE = "/perlindungan/"
NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def paid_for_two(a_town):
    bill = issue_bill(
        a_town.line,
        first_month=NOVEMBER,
        last_month=NOVEMBER,
        due_on=date(2026, 11, 20),
        payment_code="K",
        by=a_town.officer,
    )
    payment = record_payment(
        bill, sp2d_number="S-1", paid_on=date(2026, 11, 19), amount_rp=2 * 16_800, by=a_town.treasurer
    )
    confirm_payment(payment, by=a_town.branch)
    return a_town


@pytest.mark.parametrize("role", Role.values)
def test_names_are_for_those_who_may_see_workers(as_role, paid_for_two, role):
    page = as_role(role).get(PAGE).content.decode()
    assert ("Contoh Pekerja 0" in page) == (Permission.WORKERS_VIEW in PERMISSIONS[role])


def test_a_person_is_active_only_when_paid(as_role, paid_for_two):
    page = as_role(Role.PROGRAMME_OFFICER).get(PAGE).content.decode()
    rows = page.split("<tbody>")[-1].split("</tbody>")[0]
    assert rows.count("#i-shield-check") == 2
    assert rows.count("Ditagihkan") == 1
    assert "1 ditagihkan, belum dibayar" in page


def test_the_filter_keeps_whose_cover_ends_within_the_days(as_role, paid_for_two):
    later = town(people=1, first=date(2026, 1, 1), months=24, code="LATER", workers=[worker(77, village="1275011001")])
    assert later.enrolments
    client = as_role(Role.PROGRAMME_OFFICER)
    soon = client.get(PAGE, {"berakhir": "90"}).content.decode()
    assert "Contoh Pekerja 0" in soon
    assert "Contoh Pekerja 77" not in soon
    assert "Contoh Pekerja 0" not in client.get(PAGE, {"berakhir": "30"}).content.decode()


def test_the_last_day_inside_the_window_counts(paid_for_two, everyone):
    """Cover to 31 December, seen on 21 November: forty days. A window of forty holds it, of thirty-nine does not."""
    officer = everyone[Role.PROGRAMME_OFFICER]
    found = [cover.people_covered(officer, HERE, on=TODAY, ends_within_days=days).count() for days in (39, 40)]
    assert found == [0, 3]


def test_counts_go_down_from_district_to_village(everyone, paid_for_two):
    leader = everyone[Role.LEADER]
    [district] = cover.places(leader, HERE, month=NOVEMBER)
    [village] = cover.places(leader, DISTRICT, month=NOVEMBER)
    assert (district.code, district.planned, district.active, district.unpaid) == (DISTRICT, 3, 2, 1)
    assert (village.code, village.name) == (VILLAGE, "Jati Makmur")


@pytest.mark.parametrize("area", [BESIDE, "12", "x", "１２７５", "-1"])
def test_a_place_outside_the_territory_does_not_exist(as_role, paid_for_two, area):
    assert as_role(Role.PROGRAMME_OFFICER).get(PAGE, {"wilayah": area}).status_code == 404


def test_the_region_beside_sees_nobody_and_no_count(beside, paid_for_two):
    page = beside.get(PAGE).content.decode()
    assert "Contoh Pekerja" not in page
    assert paid_for_two.programme.name not in page


def test_a_donor_counts_only_those_its_own_line_pays_for(as_role, everyone, paid_for_two):
    donor = everyone[Role.DONOR]
    assert cover.places(donor, HERE, month=NOVEMBER) == []
    FundingLine.objects.filter(pk=paid_for_two.line.pk).update(donor=donor.office)
    assert [place.active for place in cover.places(donor, HERE, month=NOVEMBER)] == [2]
    assert "3 orang berakhir 31 Des 2026" in as_role(Role.DONOR).get(PAGE).content.decode()


def test_beyond_ten_thousand_people_a_place_is_asked_for(as_role, paid_for_two, monkeypatch):
    monkeypatch.setattr(cover, "LISTED", 2)
    client = as_role(Role.PROGRAMME_OFFICER)
    assert "Pilih wilayah lebih dulu" in client.get(PAGE).content.decode()
    assert "Contoh Pekerja 0" in client.get(PAGE, {"wilayah": VILLAGE}).content.decode()


def test_a_page_of_people_is_kept_by_no_cache(as_role, paid_for_two):
    assert "no-store" in as_role(Role.PROGRAMME_OFFICER).get(PAGE)["Cache-Control"]


@pytest.mark.parametrize("asked", ["", "banyak", "99999999", "-3", "0"])
def test_a_strange_filter_is_no_fault(as_role, paid_for_two, asked):
    assert as_role(Role.PROGRAMME_OFFICER).get(PAGE, {"berakhir": asked, "page": "x"}).status_code == 200


def test_fifty_people_cost_no_more_queries_than_three(as_role, areas, django_assert_max_num_queries):
    town(people=55, first=date(2026, 1, 1), months=12)
    client = as_role(Role.PROGRAMME_OFFICER)
    with django_assert_max_num_queries(18):
        page = client.get(PAGE).content.decode()
    assert reverse("registry:worker", args=[1]).startswith("/pekerja/")
    assert page.count("APBD Contoh") == 50
