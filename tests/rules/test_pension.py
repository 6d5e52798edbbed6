"""From which day a pension is due, and how much of it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naung.refusal import Refusal
from naung.rules.law import NotInForce, current_law
from naung.rules.pension import (
    PensionAgeNotReached,
    PensionMonthsImpossible,
    PensionSavingsMissing,
    PensionSavingsNegative,
    jp_benefit,
    pension_age,
    pension_birthday,
    pension_start,
)
from naung.rules.wage_terms import NegativeWage

LAW = current_law()
LIMITS = {
    date(2015, 7, 1): (300_000, 3_600_000),
    date(2025, 2, 1): (399_700, 4_792_300),
    date(2026, 2, 1): (411_400, 4_932_300),
}
NOW = date(2026, 11, 21)
YEARS = st.sampled_from(sorted(LIMITS))
WAGES = st.integers(min_value=0, max_value=1_000_000_000)
ENOUGH = st.integers(min_value=180, max_value=600)
BORN = st.dates(min_value=date(1930, 1, 1), max_value=date(2010, 12, 31))


@pytest.mark.parametrize(("year", "age"), [(year, 57 + (year - 2019) // 3) for year in range(2019, 2044, 3)])
def test_the_pension_age_rises_on_the_first_of_january_of_every_third_year(year, age):
    assert pension_age(date(year - 1, 12, 31), law=LAW) == age - 1
    assert pension_age(date(year, 1, 1), law=LAW) == age


def test_the_pension_age_is_known_from_july_2015_and_stays_sixty_five():
    assert pension_age(date(2015, 7, 1), law=LAW) == 56
    assert pension_age(date(2090, 1, 1), law=LAW) == 65
    with pytest.raises(NotInForce):
        pension_age(date(2015, 6, 30), law=LAW)


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (date(1960, 3, 15), date(2016, 3, 15), 56),
        (date(1966, 12, 31), date(2024, 12, 31), 58),
        (date(1967, 1, 1), date(2026, 1, 1), 59),
        (date(1968, 12, 31), date(2027, 12, 31), 59),
        (date(1969, 1, 1), date(2029, 1, 1), 60),
        (date(1990, 8, 17), date(2055, 8, 17), 65),
        (date(1968, 2, 29), date(2027, 3, 1), 59),
    ],
)
def test_the_age_to_reach_is_the_one_in_force_on_the_birthday(born_on, day, age):
    start = pension_start(born_on, law=LAW)
    assert (start.day, start.age) == (day, age)
    assert start.explanation.citations[0].key == "jp.age"
    assert pension_birthday(born_on, law=LAW) == day
    assert start.total == start.explanation.total == 0


def test_a_birthday_in_a_year_without_the_day_is_our_reading():
    assert pension_start(date(1968, 2, 29), law=LAW).explanation.inferred
    assert not pension_start(date(1968, 2, 28), law=LAW).explanation.inferred


def test_who_was_older_when_the_programme_began_reaches_the_age_on_its_first_day():
    assert pension_birthday(date(1950, 1, 1), law=LAW) == date(2015, 7, 1)


def test_an_age_that_the_law_does_not_know_is_never_reached():
    ended = LAW.with_value("jp.age", date(2025, 1, 1), None)
    assert pension_birthday(date(1966, 12, 31), law=ended) == date(2024, 12, 31)
    with pytest.raises(NotInForce):
        pension_birthday(date(1967, 1, 1), law=ended)


def test_the_pension_is_one_percent_of_the_monthly_wage_for_each_year():
    one = jp_benefit(NOW, contribution_months=180, average_yearly_wage=60_000_000, law=LAW)
    assert (one.monthly, one.lump_sum, one.total) == (750_000, 0, 750_000)
    formulas = [step.formula for step in one.explanation.steps]
    assert "1% × (180 / 12) × (Rp60.000.000 / 12) = Rp750.000" in formulas
    keys = {citation.key for citation in one.explanation.citations}
    assert keys == {"jp.min_months", "jp.accrual_rate", "jp.formula", "jp.benefit_limits"}


def test_the_pension_is_rounded_once_and_says_by_which_rule():
    one = jp_benefit(NOW, contribution_months=181, average_yearly_wage=60_000_001, law=LAW)
    assert one.monthly == 754_167
    assert "rounding" in {citation.key for citation in one.explanation.citations}
    assert any("≈" in step.formula for step in one.explanation.steps)


@pytest.mark.parametrize(("day", "limits"), LIMITS.items())
def test_the_limits_are_those_of_the_year(day, limits):
    low = jp_benefit(day, contribution_months=180, average_yearly_wage=12_000_000, law=LAW)
    high = jp_benefit(day, contribution_months=480, average_yearly_wage=600_000_000, law=LAW)
    assert (low.monthly, high.monthly) == limits
    assert "jp.benefit_limits" in {citation.key for citation in low.explanation.citations}


def test_the_limits_change_on_the_first_of_february():
    before, after = (
        jp_benefit(day, contribution_months=180, average_yearly_wage=0, law=LAW).monthly
        for day in (date(2026, 1, 31), date(2026, 2, 1))
    )
    assert (before, after) == (399_700, 411_400)


def test_the_first_limits_hold_up_to_the_last_of_february_2016():
    one = jp_benefit(date(2016, 2, 29), contribution_months=180, average_yearly_wage=0, law=LAW)
    assert one.monthly == 300_000


@pytest.mark.parametrize("day", [date(2015, 6, 30), date(2016, 3, 1), date(2020, 5, 1), date(2025, 1, 31)])
def test_years_whose_limits_are_not_known_are_not_estimated(day):
    with pytest.raises(NotInForce):
        jp_benefit(day, contribution_months=180, average_yearly_wage=60_000_000, law=LAW)


def test_below_fifteen_years_what_was_saved_is_paid_once():
    one = jp_benefit(
        NOW, contribution_months=179, average_yearly_wage=60_000_000, contributions_and_return=25_000_000, law=LAW
    )
    assert (one.monthly, one.lump_sum, one.total, one.explanation.total) == (0, 25_000_000, 25_000_000, 25_000_000)
    assert [step.formula for step in one.explanation.steps] == ["179 < 180"]
    with pytest.raises(PensionSavingsMissing, match="kurang dari 180"):
        jp_benefit(NOW, contribution_months=179, average_yearly_wage=60_000_000, law=LAW)


def test_a_sum_paid_once_needs_no_limits():
    on = date(2020, 5, 1)
    one = jp_benefit(on, contribution_months=58, average_yearly_wage=0, contributions_and_return=9_000_000, law=LAW)
    assert one.total == 9_000_000


def test_the_pension_begins_at_the_pension_age():
    born, day = date(1967, 11, 21), date(2026, 11, 21)
    facts = {"contribution_months": 180, "average_yearly_wage": 60_000_000, "born_on": born, "law": LAW}
    assert "jp.age" in {citation.key for citation in jp_benefit(day, **facts).explanation.citations}
    with pytest.raises(PensionAgeNotReached, match="21 November 2026"):
        jp_benefit(day - timedelta(days=1), **facts)


def test_impossible_facts_are_refused():
    with pytest.raises(NegativeWage):
        jp_benefit(NOW, contribution_months=180, average_yearly_wage=-1, law=LAW)
    with pytest.raises(PensionMonthsImpossible):
        jp_benefit(NOW, contribution_months=-1, average_yearly_wage=0, law=LAW)
    with pytest.raises(PensionSavingsNegative):
        jp_benefit(NOW, contribution_months=10, average_yearly_wage=0, contributions_and_return=-1, law=LAW)


def test_every_refusal_is_a_sentence():
    kinds = (
        PensionAgeNotReached(NOW, NOW), PensionMonthsImpossible(-1), PensionSavingsMissing(1, 180),
        PensionSavingsNegative(-1),
    )  # fmt: skip
    assert all(isinstance(one, Refusal) and str(one).endswith(".") for one in kinds)
    assert len({one.code for one in kinds}) == len(kinds)


@given(day=YEARS, months=ENOUGH, wage=WAGES)
def test_the_steps_add_up_and_the_pension_stays_within_the_limits(day, months, wage):
    one = jp_benefit(day, contribution_months=months, average_yearly_wage=wage, law=LAW)
    least, highest = LIMITS[day]
    assert one.monthly == one.total == one.explanation.total
    assert least <= one.monthly <= highest


@given(day=YEARS, months=ENOUGH, wage=WAGES, longer=st.integers(0, 240), more=WAGES)
def test_the_pension_never_falls_when_wage_or_months_rise(day, months, wage, longer, more):
    low = jp_benefit(day, contribution_months=months, average_yearly_wage=wage, law=LAW)
    high = jp_benefit(day, contribution_months=months + longer, average_yearly_wage=wage + more, law=LAW)
    assert low.monthly <= high.monthly


@given(born=BORN, later=st.integers(0, 4000))
def test_who_is_younger_never_reaches_the_pension_age_earlier(born, later):
    first, second = (pension_birthday(day, law=LAW) for day in (born, born + timedelta(days=later)))
    assert first <= second


@given(born=BORN)
def test_on_the_day_before_the_age_was_not_reached(born):
    day = pension_birthday(born, law=LAW)
    assert day.year - born.year >= pension_age(day, law=LAW)
    eve = day - timedelta(days=1)
    if eve >= date(2015, 7, 1):
        completed = eve.year - born.year - ((eve.month, eve.day) < (born.month, born.day))
        assert completed < pension_age(eve, law=LAW)
