"""What an employer has to join, by its size."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naung.rules.employers import (
    EmployerSize,
    SizeUnknown,
    ThreeMonthsNeeded,
    compulsory_programmes,
    employer_size,
    foreigner_joins_from,
    piece_rate_wage,
)
from naung.rules.law import NotInForce, current_law
from naung.rules.wage_contributions import NegativeWage, WageProgramme

LAW = current_law()
TODAY = date(2026, 11, 21)
P = WageProgramme


@pytest.mark.parametrize(
    ("facts", "size"),
    [
        ({"capital": 1_000_000_000}, "micro"),
        ({"capital": 1_000_000_001}, "small"),
        ({"capital": 5_000_000_000}, "small"),
        ({"capital": 5_000_000_001}, "medium_large"),
        ({"sales": 2_000_000_000}, "micro"),
        ({"sales": 15_000_000_000}, "small"),
        ({"sales": 15_000_000_001}, "medium_large"),
    ],
)
def test_size_goes_by_capital_or_sales(facts, size):
    assert employer_size(**facts, on=TODAY, law=LAW).size == EmployerSize(size)


def test_where_capital_and_sales_disagree_the_larger_is_our_reading_and_marked():
    one = employer_size(capital=500_000_000, sales=20_000_000_000, on=TODAY, law=LAW)
    assert one.size is EmployerSize.MEDIUM_LARGE
    assert one.explanation.inferred
    assert not employer_size(capital=1, sales=1, on=TODAY, law=LAW).explanation.inferred


def test_a_size_needs_a_figure():
    for facts in ({}, {"capital": -1}, {"sales": -1, "capital": 5}):
        with pytest.raises(SizeUnknown):
            employer_size(**facts, on=TODAY, law=LAW)
    with pytest.raises(NotInForce):
        employer_size(capital=1, on=date(2021, 2, 1), law=LAW)


@pytest.mark.parametrize(
    ("size", "required"),
    [("micro", [P.JKK, P.JKM]), ("small", [P.JKK, P.JKM, P.JHT]), ("medium_large", [P.JKK, P.JKM, P.JHT, P.JP])],
)
def test_larger_employers_have_to_join_more(size, required):
    one = compulsory_programmes(EmployerSize(size), on=TODAY, law=LAW, joined=[P.JKK, P.JP])
    assert list(one.required) == required
    assert list(one.missing) == [programme for programme in required if programme not in (P.JKK, P.JP)]


def test_piece_rate_workers_are_paid_for_by_their_last_three_months():
    assert piece_rate_wage([1_000_000, 2_000_000, 3_000_001]) == 2_000_000
    with pytest.raises(ThreeMonthsNeeded):
        piece_rate_wage([1, 2])
    with pytest.raises(NegativeWage):
        piece_rate_wage([1, -2, 3])


@given(st.lists(st.integers(0, 10**9), min_size=3, max_size=3))
def test_an_average_lies_between_its_months(months):
    assert min(months) <= piece_rate_wage(months) <= max(months)


@pytest.mark.parametrize(
    ("started", "joins"),
    [
        (date(2026, 1, 15), date(2026, 7, 15)),
        (date(2025, 8, 31), date(2026, 2, 28)),
        (date(2026, 7, 1), date(2027, 1, 1)),
    ],
)
def test_foreigners_join_after_six_months(started, joins):
    assert foreigner_joins_from(started, law=LAW) == joins
