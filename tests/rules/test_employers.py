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
    foreigner_joining,
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


@pytest.mark.parametrize(("size", "named"), [("small", False), ("medium_large", True)])
def test_jkp_follows_where_all_four_are_compulsory(size, named):
    explanation = compulsory_programmes(EmployerSize(size), on=TODAY, law=LAW).explanation
    assert ("jkp" in {step.code for step in explanation.steps}) is named
    assert explanation.total == 0


def test_jkp_is_not_named_before_its_first_day_nor_anything_before_july_2015():
    large = EmployerSize.MEDIUM_LARGE
    first = compulsory_programmes(large, on=date(2021, 2, 2), law=LAW).explanation
    before = compulsory_programmes(large, on=date(2021, 2, 1), law=LAW).explanation
    assert [step.code for step in first.steps] == ["required", "jkp"]
    assert [step.code for step in before.steps] == ["required"]
    assert compulsory_programmes(large, on=date(2015, 7, 1), law=LAW).required
    with pytest.raises(NotInForce):
        compulsory_programmes(large, on=date(2015, 6, 30), law=LAW)


def test_who_has_joined_everything_misses_nothing():
    one = compulsory_programmes(EmployerSize.SMALL, on=TODAY, law=LAW, joined=[P.JKK, P.JKM, P.JHT])
    assert one.missing == ()
    assert one.explanation.steps[-1].words.id == "Semua sudah diikuti"


@given(st.integers(0, 10**11), st.integers(0, 10**11), st.integers(0, 10**11))
def test_a_larger_employer_never_has_to_join_less(capital, sales, more):
    def required(capital, sales):
        size = employer_size(capital=capital, sales=sales, on=TODAY, law=LAW).size
        return set(compulsory_programmes(size, on=TODAY, law=LAW).required)

    assert required(capital, sales) <= required(capital + more, sales)
    assert required(capital, sales) <= required(capital, sales + more)
    assert required(capital, None) <= required(capital, sales)


def test_piece_rate_workers_are_paid_for_by_their_last_three_months():
    assert "tiga bulan terakhir" in LAW.words("ppu.wage_base.piece_rate").on(TODAY)
    assert piece_rate_wage([1_000_000, 2_000_000, 3_000_001]) == 2_000_000
    assert piece_rate_wage([0, 0, 2]) == 1
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
    explanation = foreigner_joining(started, law=LAW).explanation
    assert [citation.key for citation in explanation.citations] == ["foreigner.min_months"]
    assert explanation.inferred is (started.day != joins.day), "a month that is too short is our reading"


def test_a_foreigner_who_began_before_the_known_law_is_not_judged_by_it():
    assert foreigner_joins_from(date(2015, 7, 1), law=LAW) == date(2016, 1, 1)
    with pytest.raises(NotInForce):
        foreigner_joins_from(date(2015, 6, 30), law=LAW)
