"""The five stories in rupiah, and what a short programme really protects."""

from datetime import date

import pytest

from naung.rules.contributions import JKK_JKM, Payer, Sector
from naung.rules.law import current_law
from naung.rules.periods import MonthSpan
from naung.rules.plans import months_with_full_jkm, programme_cost

LAW = current_law()


def year(number: int) -> MonthSpan:
    return MonthSpan(date(number, 1, 1), date(number + 1, 1, 1))


def cost(people: int, span: MonthSpan, payer: Payer = Payer.APBD_KAB) -> int:
    return programme_cost(people, span=span, programmes=JKK_JKM, sector=Sector.OTHER, payer=payer, law=LAW).total


@pytest.mark.parametrize(
    ("people", "span", "total"),
    [
        (5_000, year(2026), 1_008_000_000),  # Kota Binjai, paid from APBD
        (2_000, MonthSpan(date(2022, 10, 1), date(2023, 1, 1)), 100_800_000),  # Labuhanbatu Selatan
        (15_000, year(2025), 3_024_000_000),  # Penajam Paser Utara
        (0, year(2025), 0),
    ],
)
def test_a_programme_costs_people_times_months_times_contribution(people, span, total):
    assert cost(people, span) == total


def test_the_same_plan_costs_a_donor_less_in_the_months_of_relief():
    # January to March 2026 in full, April to December at half.
    assert cost(1, year(2026), Payer.CSR) == 3 * 16_800 + 9 * 8_400


def test_nobody_plans_for_fewer_than_zero_people():
    with pytest.raises(ValueError, match="zero"):
        cost(-1, year(2026))


@pytest.mark.parametrize(
    ("span", "months"),
    [
        (MonthSpan(date(2022, 10, 1), date(2023, 1, 1)), [10, 11, 12]),
        (MonthSpan(date(2026, 10, 1), date(2027, 1, 1)), []),
        (MonthSpan(date(2026, 1, 1), date(2026, 7, 1)), [4, 5, 6]),
        (MonthSpan(date(2024, 12, 1), date(2025, 5, 1)), [12, 1, 3, 4]),  # February 2025 ends after the change
    ],
)
def test_a_plan_shows_in_which_of_its_months_a_death_pays_in_full(span, months):
    assert [month.month for month in months_with_full_jkm(span, LAW)] == months


def test_the_explanation_of_a_cost_shows_each_price_and_sums_to_it():
    planned = programme_cost(5_000, span=year(2026), programmes=JKK_JKM, sector=Sector.OTHER, payer=Payer.CSR, law=LAW)
    assert [step.formula for step in planned.explanation.steps if step.amount is not None] == [
        "5.000 orang × 3 bulan × Rp16.800 = Rp252.000.000",
        "5.000 orang × 9 bulan × Rp8.400 = Rp378.000.000",
    ]
    assert planned.explanation.total == planned.total == 630_000_000
    assert planned.explanation.inferred


def test_a_plan_without_months_costs_nothing():
    nothing = programme_cost(
        5, span=MonthSpan(date(2026, 1, 1), date(2026, 1, 1)), programmes=JKK_JKM,
        sector=Sector.OTHER, payer=Payer.SELF, law=LAW,
    )  # fmt: skip
    assert nothing.total == nothing.explanation.total == 0
