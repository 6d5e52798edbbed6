from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from naung.contributions import actions, ledger
from naung.contributions.invariants import problems
from naung.contributions.models import Bill, BillLine, Transfer
from naung.contributions.refusals import CeilingExceeded, MonthsOutsideProgramme, NothingToBill
from naung.coverage.invariants import problems as coverage_problems
from naung.coverage.models import MonthTotal
from naung.rules.decisions import NeedsDecision
from tests.town import Town, town, worker

pytestmark = pytest.mark.django_db

JAN, FEB, MAR = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)


def issue(place: Town, first: date = JAN, last: date | None = None) -> Bill:
    return actions.issue_bill(
        place.line, first_month=first, last_month=last or first, due_on=date(2026, 1, 15), by=place.officer
    )


def test_a_bill_is_the_sum_of_its_lines_with_each_programme_apart():
    bill = issue(town(people=3), JAN, FEB)

    assert (bill.people, bill.line_count) == (3, 6)
    assert (bill.jkk_rp, bill.jkm_rp, bill.jht_rp) == (60_000, 40_800, 0)
    assert bill.total_rp == 3 * 2 * 16_800
    assert ledger.owed(bill.funding_line) == bill.total_rp
    assert problems() == []


@pytest.mark.parametrize(
    ("month", "payer", "sector", "each"),
    [
        (date(2026, 3, 1), "csr", "other", 16_800),  # last month before the relief of other sectors
        (date(2026, 4, 1), "csr", "other", 8_400),  # first month of it
        (date(2026, 12, 1), "csr", "other", 8_400),  # last month of it
        (date(2026, 1, 1), "csr", "transport", 8_400),  # transport began in January
        (date(2026, 5, 1), "apbd_kab", "other", 16_800),  # never where APBD pays
        (date(2026, 5, 1), "dbh_sawit", "transport", 16_800),
    ],
)
def test_the_law_of_the_month_the_sector_and_the_payer_decide_the_price(month, payer, sector, each):
    person = worker(1, sector=sector)
    place = town(people=1, payer=payer, workers=[person])

    assert issue(place, month).total_rp == each


def test_everybody_is_registered_in_the_lowest_band_whatever_they_earn():
    bill = issue(town(people=2, workers=[worker(1), worker(2, income_rp=2_000_000)]))

    assert bill.total_rp == 2 * 16_800


def test_a_programme_may_go_by_declared_income_and_old_age_savings_come_on_top():
    people = [worker(1), worker(2, income_rp=2_000_000)]
    bill = issue(town(people=2, package=("JKK", "JKM", "JHT"), workers=people, income_base="declared"))

    assert (bill.jkk_rp, bill.jkm_rp, bill.jht_rp) == (10_000 + 20_000, 2 * 6_800, 20_000 + 40_000)


def test_a_bill_that_rests_on_a_recalled_number_says_so():
    assert issue(town(people=1)).law["recalled"] is False
    rich = town(people=1, code="OTHER", workers=[worker(7, income_rp=2_000_000)], income_base="declared")
    assert issue(rich).law["recalled"] is True


def test_asking_twice_for_the_same_months_gives_the_same_bill():
    place = town()
    assert issue(place).pk == issue(place).pk
    assert BillLine.objects.count() == 3


def test_a_bill_over_months_skips_what_is_billed_already():
    place = town(people=2)
    issue(place, FEB)
    later = issue(place, JAN, MAR)

    assert later.line_count == 4
    assert problems() == []


def test_months_outside_the_programme_are_refused():
    place = town(months=2)
    with pytest.raises(MonthsOutsideProgramme):
        issue(place, MAR)
    with pytest.raises(MonthsOutsideProgramme):
        issue(place, date(2025, 12, 1))


def test_a_bill_never_passes_the_ceiling_of_its_funding_line():
    place = town(people=3, ceiling_rp=3 * 16_800)
    issue(place)
    with pytest.raises(CeilingExceeded) as refusal, transaction.atomic():
        issue(place, FEB)

    assert refusal.value.wanted == 3 * 16_800
    assert BillLine.objects.count() == 3, "a refused bill leaves nothing behind"


def test_nobody_to_bill_is_said_and_not_billed():
    place = town(people=1)
    actions.end_cover(
        place.enrolments[0], reason="moved", happened_on=date(2026, 1, 20), evidence="Surat pindah 1", by=place.officer
    )
    with pytest.raises(NothingToBill):
        issue(place, FEB)


def test_a_village_budget_in_a_relief_month_waits_for_a_decision():
    with pytest.raises(NeedsDecision):
        issue(town(payer="apbdes"), date(2026, 5, 1))


def test_the_month_totals_are_those_of_the_lines():
    place = town(people=4)
    issue(place)
    total = MonthTotal.objects.get(month=JAN)
    assert (total.planned, total.billed, total.paid, total.billed_rp) == (4, 4, 0, 4 * 16_800)
    assert coverage_problems() == []


def test_the_database_refuses_a_second_live_line_for_a_worker_and_month():
    issue(town(people=1))
    line = BillLine.objects.get()
    line.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save(force_insert=True)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE contributions_billline SET jkk_rp = 1",
        "UPDATE contributions_billline SET worker_id = worker_id + 1",
        "UPDATE contributions_billline SET month = month + interval '1 month'",
        "DELETE FROM contributions_billline",
        "UPDATE contributions_transfer SET amount_rp = 1",
        "DELETE FROM contributions_transfer",
    ],
)
def test_what_was_billed_cannot_be_edited_by_anybody(change):
    issue(town(people=1))
    with pytest.raises(ProgrammingError, match="pgtrigger"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_a_cancelled_bill_can_be_billed_again_and_names_what_it_undoes():
    place = town(people=2)
    bill = issue(place)
    cancelled = actions.reverse_bill(bill, reason="salah bulan", by=place.officer)

    assert cancelled.status == Bill.Status.REVERSED
    assert Transfer.objects.get(reverses=bill.transfer).amount_rp == bill.total_rp
    again = issue(place)
    assert again.pk != bill.pk
    assert again.total_rp == bill.total_rp
    assert problems() == []


def test_a_dead_line_never_lives_again():
    place = town(people=1)
    actions.reverse_bill(issue(place), reason="salah", by=place.officer)
    with pytest.raises(ProgrammingError, match="pgtrigger"), transaction.atomic():
        BillLine.objects.update(live=True)
