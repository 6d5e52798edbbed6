"""What the heirs are owed, on the last day of a rule and the first of the next."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naung.rules.death import NotCovered, accident_death_benefit, death_benefit
from naung.rules.law import NotInForce, current_law
from naung.rules.periods import add_months
from naung.rules.protection import consecutive_months
from naung.rules.scholarship import Level, jkm_gives_scholarship, scholarship

LAW = current_law()
known_days = st.dates(date(2015, 7, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("died_on", "total"),
    [
        (date(2015, 7, 1), 24_000_000),  # first day of PP 44/2015
        (date(2019, 12, 1), 24_000_000),  # last day of the old amounts
        (date(2019, 12, 2), 42_000_000),  # first day of PP 82/2019
        (date(2025, 2, 26), 42_000_000),  # Permenaker 1/2025 changes nothing for a long run
    ],
)
def test_the_law_of_the_day_of_death_counts(died_on, total):
    assert death_benefit(died_on, months_paid=12, law=LAW).total == total


@pytest.mark.parametrize(
    ("died_on", "months_paid", "total"),
    [
        (date(2025, 2, 25), 1, 42_000_000),  # last day without a waiting time
        (date(2025, 2, 26), 1, 10_000_000),
        (date(2025, 2, 26), 3, 10_000_000),
        (date(2025, 2, 26), 4, 42_000_000),
        (date(2018, 5, 1), 1, 24_000_000),  # PP 44/2015 knows no waiting time
    ],
)
def test_since_permenaker_1_2025_the_first_three_paid_months_pay_ten_million(died_on, months_paid, total):
    assert death_benefit(died_on, months_paid=months_paid, law=LAW).total == total


@pytest.mark.parametrize(
    ("died_on", "total"),
    [
        (date(2026, 3, 31), 10_000_000),  # last day of the third paid month
        (date(2026, 4, 1), 42_000_000),  # first day of the fourth
    ],
)
def test_full_jkm_begins_on_the_first_day_of_the_fourth_paid_month(died_on, total):
    paid = [add_months(date(2026, 1, 1), number) for number in range(6)]
    benefit = death_benefit(died_on, months_paid=consecutive_months(died_on, paid), law=LAW)
    assert benefit.total == total
    assert benefit.full is (total == 42_000_000)


def test_three_paid_months_and_no_fourth_leave_the_heirs_with_nothing():
    paid = [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
    died_on = date(2026, 4, 1)
    with pytest.raises(NotCovered) as refused:
        death_benefit(died_on, months_paid=consecutive_months(died_on, paid), law=LAW)
    assert "1 April 2026" in str(refused.value)


def test_the_three_month_programme_of_2022_protected_fully_then_and_hardly_would_today():
    then, today = date(2022, 10, 15), date(2026, 10, 15)
    assert death_benefit(then, months_paid=1, law=LAW).total == 42_000_000
    assert death_benefit(today, months_paid=1, law=LAW).total == 10_000_000


def test_the_ten_million_of_the_first_months_is_a_funeral_grant():
    benefit = death_benefit(date(2026, 1, 10), months_paid=2, law=LAW)
    assert (benefit.lump_sum, benefit.periodic, benefit.funeral) == (0, 0, 10_000_000)
    assert {citation.instrument for citation in benefit.citations} == {"Permenaker 1/2025"}


def test_death_before_the_known_law_is_refused():
    with pytest.raises(NotInForce):
        death_benefit(date(2015, 6, 30), months_paid=12, law=LAW)


@pytest.mark.parametrize(
    ("happened_on", "parts"),
    [
        (date(2019, 12, 1), (48_000_000, 4_800_000, 3_000_000)),
        (date(2019, 12, 2), (48_000_000, 12_000_000, 10_000_000)),
    ],
)
def test_a_fatal_accident_pays_48_wages_and_the_grants_of_its_day(happened_on, parts):
    benefit = accident_death_benefit(happened_on, base_income=1_000_000, law=LAW)
    assert (benefit.lump_sum, benefit.periodic, benefit.funeral) == parts
    assert benefit.total == sum(parts)


@pytest.mark.parametrize(
    ("happened_on", "base", "lump_sum"),
    [
        (date(2019, 12, 1), 300_000, 16_200_000),
        (date(2019, 12, 2), 300_000, 20_000_000),
        (date(2019, 12, 2), 416_666, 20_000_000),  # 48 × 416.666 = 19.999.968
        (date(2019, 12, 2), 416_667, 20_000_016),
    ],
)
def test_the_lump_sum_of_an_accident_is_never_below_the_jkm_grant_of_the_day(happened_on, base, lump_sum):
    assert accident_death_benefit(happened_on, base_income=base, law=LAW).lump_sum == lump_sum


@given(known_days, st.integers(1, 60), st.integers(0, 60))
def test_benefits_never_fall_when_more_months_are_paid(died_on, months, more):
    fewer = death_benefit(died_on, months_paid=months, law=LAW)
    longer = death_benefit(died_on, months_paid=months + more, law=LAW)
    assert fewer.total <= longer.total
    assert longer.total == longer.lump_sum + longer.periodic + longer.funeral


@given(known_days, st.integers(0, 30_000_000), st.integers(0, 5_000_000))
def test_the_accident_benefit_never_falls_when_the_base_rises(happened_on, base, more):
    lower = accident_death_benefit(happened_on, base_income=base, law=LAW)
    assert lower.total <= accident_death_benefit(happened_on, base_income=base + more, law=LAW).total


def test_only_two_children_and_only_the_years_of_the_law_are_paid():
    child = {Level.SD: 9, Level.SMP: 3}
    due = scholarship(date(2024, 1, 1), children=[child, child, child], law=LAW)
    assert len(due.children) == 2
    assert due.children[0] == {Level.SD: 9_000_000, Level.SMP: 6_000_000}


def test_jkm_opens_the_scholarship_after_three_years_of_contributions():
    assert not jkm_gives_scholarship(date(2024, 1, 1), months_paid=35, law=LAW)
    assert jkm_gives_scholarship(date(2024, 1, 1), months_paid=36, law=LAW)
