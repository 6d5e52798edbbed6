"""Laporan: figures of an area and some months, by role and territory, that give nobody away in any form."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from naung.accounts.permissions import Role
from naung.contributions.actions import confirm_payment, end_cover, issue_bill, record_payment
from naung.planning import report_views
from naung.planning.report_files import as_csv, safe
from naung.planning.reports import Asked, report
from naung.programmes.models import FundingLine
from tests.pages.people import BESIDE, DISTRICT, HERE, TODAY, VILLAGE
from tests.town import town, worker

PAGE = "/laporan/"
JANUARY, NOVEMBER = date(2026, 1, 1), date(2026, 11, 1)
OTHER_VILLAGE, OTHER_DISTRICT_VILLAGE = "1275011002", "1275021001"


@pytest.fixture
def villages(areas):
    """Twelve people in one village, seven in the next, three in the last; all billed and paid in November."""
    people = [worker(n, village=VILLAGE) for n in range(1, 13)]
    people += [worker(n, village=OTHER_VILLAGE) for n in range(13, 20)]
    people += [worker(n, village=OTHER_DISTRICT_VILLAGE) for n in range(20, 23)]
    one = town(first=JANUARY, months=12, workers=people)
    bill = issue_bill(
        one.line, first_month=NOVEMBER, last_month=NOVEMBER, due_on=date(2026, 11, 20), payment_code="K", by=one.officer
    )
    payment = record_payment(
        bill, sp2d_number="S-1", paid_on=date(2026, 11, 19), amount_rp=bill.total_rp, by=one.treasurer
    )
    confirm_payment(payment, by=one.branch)
    return one


def asked(area=HERE, first=JANUARY, last=NOVEMBER, programme=None):
    return Asked(area, first, last, programme)


def test_counts_and_money_add_up_to_the_ledger(everyone, villages):
    found = report(everyone[Role.LEADER], asked(), on=TODAY)
    total = found.total
    assert (total.planned, total.active, total.person_months) == (22, 22, 22)
    assert (total.billed_rp, total.paid_rp) == (22 * 16_800, 22 * 16_800)
    assert (found.entered, found.left) == (22, 0)


def test_three_people_of_a_district_are_hidden_and_so_is_what_would_tell_them(everyone, villages):
    found = report(everyone[Role.LEADER], asked(), on=TODAY)
    said = {line.code: line.cells for line in found.lines}
    assert said["127502"] == ["<5", "<5", "<5", "•", "•"]
    assert said[DISTRICT] == ["•", "•", "•", "•", "•"]  # with the total, 22 - 19 would tell
    assert set(said[VILLAGE]) == {"•"}
    assert found.hides


def test_in_one_district_with_enough_people_nothing_is_hidden(everyone, villages):
    found = report(everyone[Role.LEADER], asked(area=DISTRICT), on=TODAY)
    assert {line.code: line.cells[0] for line in found.lines} == {VILLAGE: 12, OTHER_VILLAGE: 7}
    assert not found.hides


def test_the_months_asked_for_bound_the_money_and_the_moves(everyone, villages):
    found = report(everyone[Role.LEADER], asked(first=date(2026, 2, 1), last=date(2026, 10, 1)), on=TODAY)
    assert (found.total.paid_rp, found.total.planned, found.entered) == (0, 22, 0)


def test_who_left_is_counted_in_the_first_month_without_cover(everyone, villages):
    for enrolment in villages.enrolments[:6]:
        end_cover(enrolment, reason="moved", happened_on=date(2026, 10, 20), evidence="Surat", by=villages.officer)
    leader = everyone[Role.LEADER]
    assert report(leader, asked(), on=TODAY).left == 6
    assert report(leader, asked(last=date(2026, 10, 1)), on=TODAY).left == 0


def test_one_programme_can_be_looked_at_alone(everyone, villages):
    other = town(people=6, first=JANUARY, months=12, code="LAIN", workers=[worker(n) for n in range(50, 56)])
    leader = everyone[Role.LEADER]
    assert report(leader, asked(programme=other.programme), on=TODAY).total.planned == 6
    assert report(leader, asked(), on=TODAY).total.planned == 28


def test_a_company_sees_its_own_money_only(everyone, as_role, villages):
    donor = everyone[Role.DONOR]
    assert report(donor, asked(), on=TODAY).total.planned == 0
    FundingLine.objects.filter(pk=villages.line.pk).update(donor=donor.office)
    found = report(donor, asked(), on=TODAY)
    assert (found.total.planned, found.entered) == (22, 22)
    page = as_role(Role.DONOR).get(PAGE)
    assert page.status_code == 200
    assert "Unduh ringkasan" not in page.content.decode()


def test_the_region_beside_sees_nothing(beside, villages):
    page = beside.get(PAGE).content.decode()
    assert villages.programme.name not in page
    assert "Rp369.600" not in page
    assert beside.get(PAGE, {"wilayah": HERE}).status_code == 404
    assert beside.get(PAGE, {"program": villages.programme.pk}).status_code == 404
    assert beside.get(reverse("planning:report-file", args=["csv"]), {"wilayah": HERE}).status_code == 404


@pytest.mark.parametrize("query", [{"wilayah": BESIDE}, {"wilayah": "x"}, {"wilayah": "12"}, {"wilayah": "127"}])
def test_a_place_outside_the_territory_does_not_exist(as_role, villages, query):
    assert as_role(Role.LEADER).get(PAGE, query).status_code == 404


@pytest.mark.parametrize("query", [{"dari": "x"}, {"dari": "2027-01", "sampai": "2026-01"}, {"dari": "1990-01"},
                                   {"program": "x"}, {"urut": "x"}, {"urut": "dibayar"}])  # fmt: skip
def test_a_strange_question_is_no_fault(as_role, villages, query):
    assert as_role(Role.LEADER).get(PAGE, query).status_code == 200


def cells_of(answer):
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]


def test_spreadsheet_and_csv_say_what_the_page_says_and_no_more(as_role, villages):
    client = as_role(Role.LEADER)
    page = client.get(PAGE).content.decode()
    sheet = cells_of(client.get(reverse("planning:report-file", args=["xlsx"])))
    text = client.get(reverse("planning:report-file", args=["csv"])).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert page.count("&lt;5") >= 2
    row = next(row for row in sheet if row[0] == "127502")
    assert row[2:] == ["<5", "<5", "<5", "•", "•"]
    assert next(row for row in rows if row and row[0] == "127502")[2:] == ["<5", "<5", "<5", "•", "•"]
    total = next(row for row in rows if row and row[1:2] == ["Jumlah"])
    assert total[2:] == ["22", "22", "22", "369600", "369600"]
    assert any("buku iuran Naung" in str(row[0]) for row in sheet)


def test_no_cell_is_a_formula(everyone, villages):
    villages.programme.name = '=HYPERLINK("http://x")'
    villages.programme.save()
    text = as_csv(report(everyone[Role.LEADER], asked(programme=villages.programme), on=TODAY), on=TODAY).decode()
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in csv.reader(io.StringIO(text), delimiter=";")
                   for cell in row)  # fmt: skip


@pytest.mark.parametrize("cell", ["=1+1", "+62", "-1", "@SUM", "\tx"])
def test_what_looks_like_a_formula_is_text(cell):
    assert str(safe(cell)).startswith(("'", "x"))


def test_an_unknown_kind_of_file_does_not_exist(as_role):
    assert as_role(Role.LEADER).get(reverse("planning:report-file", args=["exe"])).status_code == 404


def test_without_any_month_the_page_says_what_will_be_here(as_role):
    assert "Belum ada bulan dalam periode ini" in as_role(Role.LEADER).get(PAGE).content.decode()


def test_the_order_of_hidden_places_tells_nothing(as_role, villages):
    rows = as_role(Role.LEADER).get(PAGE, {"urut": "aktif"}).context["lines"]
    # Both are hidden, so they stand by name, and a name that nobody knows is its code.
    assert [row.name for row in rows if row.level == 0] == ["127502", "Binjai Utara"]


def test_a_hundred_people_cost_no_more_queries_than_one(as_role, areas, django_assert_max_num_queries):
    town(people=100, first=JANUARY, months=12)
    client = as_role(Role.LEADER)
    with django_assert_max_num_queries(18):
        client.get(PAGE)


def test_many_villages_are_folded_into_districts_that_lead_to_them(as_role, villages, monkeypatch):
    monkeypatch.setattr(report_views, "MOST_LINES", 3)
    client = as_role(Role.LEADER)
    page = client.get(PAGE)
    assert {line.level for line in page.context["lines"]} == {0}
    [link] = [one for one in re.findall(r'href="([^"]+)"', page.content.decode()) if f"wilayah={DISTRICT}" in one]
    opened = client.get(PAGE + link.replace("&amp;", "&"))
    assert VILLAGE in [line.code for line in opened.context["lines"]]
    assert VILLAGE in client.get(reverse("planning:report-file", args=["csv"])).content.decode()
