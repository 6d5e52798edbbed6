"""Construction: slices of the contract value, or wages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naung.rules.construction import ContractWithoutValue, construction_by_contract, construction_by_wage
from naung.rules.law import NotInForce, current_law
from naung.rules.wage_terms import NegativeWage

LAW = current_law()
SIGNED = date(2025, 11, 3)


@pytest.mark.parametrize(
    ("value", "jkk", "jkm"),
    [
        (80_000_000, 168_000, 24_000),
        (100_000_000, 210_000, 30_000),
        (100_000_001, 210_000, 30_000),
        (500_000_000, 210_000 + 680_000, 30_000 + 80_000),
        (1_000_000_000, 890_000 + 650_000, 110_000 + 100_000),
        (5_000_000_000, 1_540_000 + 4_400_000, 210_000 + 400_000),
        (6_000_000_000, 5_940_000 + 900_000, 610_000 + 100_000),
    ],
)
def test_each_slice_of_a_contract_has_its_own_rate(value, jkk, jkm):
    one = construction_by_contract(value, signed_on=SIGNED, law=LAW)
    assert (one.jkk, one.jkm, one.total) == (jkk, jkm, jkk + jkm)
    assert one.explanation.total == one.total


def test_a_contract_needs_a_value_and_a_day_on_which_the_law_was_there():
    with pytest.raises(ContractWithoutValue):
        construction_by_contract(0, signed_on=SIGNED, law=LAW)
    with pytest.raises(NotInForce):
        construction_by_contract(1, signed_on=date(2015, 6, 30), law=LAW)
    assert construction_by_contract(100_000_000, signed_on=date(2015, 7, 1), law=LAW).total == 240_000


@pytest.mark.parametrize(
    ("month", "jkk", "jkm"),
    [
        (date(2020, 7, 1), 52_200, 9_000),
        (date(2020, 8, 1), 522, 90),
        (date(2021, 1, 1), 522, 90),
        (date(2021, 2, 1), 52_200, 9_000),
    ],
)
def test_by_wage_the_pandemic_relief_holds_for_its_months(month, jkk, jkm):
    one = construction_by_wage(month, wage=3_000_000, law=LAW)
    assert (one.jkk, one.jkm) == (jkk, jkm)
    late = construction_by_wage(month, wage=3_000_000, paid_through_july_2020=False, law=LAW)
    assert (late.jkk, late.jkm) == (52_200, 9_000)
    assert late.explanation.total == late.total


@pytest.mark.parametrize(
    ("signed_on", "noted"),
    [
        (date(2020, 7, 31), False),
        (date(2020, 8, 1), True),
        (date(2021, 1, 31), True),
        (date(2021, 2, 1), False),
    ],
)
def test_a_contract_of_the_months_of_the_pandemic_is_not_relieved_and_says_so(signed_on, noted):
    one = construction_by_contract(80_000_000, signed_on=signed_on, law=LAW)
    assert one.total == 192_000
    assert bool(one.explanation.notes) is noted


def test_a_slice_is_rounded_half_up_by_itself_and_cites_the_rule():
    one = construction_by_contract(100_002_500, signed_on=SIGNED, law=LAW)
    assert (one.jkk, one.jkm) == (210_000 + 4, 30_000 + 1)  # 4,25 and 0,5
    assert [citation.key for citation in one.explanation.steps[-1].citations] == ["jakon.contract.tier2", "rounding"]
    assert one.recalled
    assert not construction_by_contract(80_000_000, signed_on=SIGNED, law=LAW).recalled


def test_by_wage_the_known_law_begins_in_july_2015():
    assert construction_by_wage(date(2015, 7, 1), wage=3_000_000, law=LAW).total == 61_200
    with pytest.raises(NotInForce):
        construction_by_wage(date(2015, 6, 1), wage=3_000_000, law=LAW)


@given(st.integers(0, 10**9), st.booleans())
def test_by_wage_the_relief_never_raises_and_its_steps_add_up(wage, met):
    month = date(2020, 10, 1)
    one = construction_by_wage(month, wage=wage, paid_through_july_2020=met, law=LAW)
    assert one.total <= construction_by_wage(month, wage=wage, paid_through_july_2020=False, law=LAW).total
    assert one.total == one.jkk + one.jkm == one.explanation.total


def test_a_wage_below_zero_is_refused():
    with pytest.raises(NegativeWage):
        construction_by_wage(date(2026, 1, 1), wage=-1, law=LAW)


@given(st.integers(1, 20_000_000_000), st.integers(0, 1_000_000_000))
def test_a_dearer_contract_never_costs_less_and_the_slices_add_up(value, more):
    low = construction_by_contract(value, signed_on=SIGNED, law=LAW)
    high = construction_by_contract(value + more, signed_on=SIGNED, law=LAW)
    assert low.jkk <= high.jkk
    assert low.jkm <= high.jkm
    assert low.explanation.total == low.total


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 140))
def test_a_higher_wage_never_costs_less(wage, more, months):
    month = date(2015 + (6 + months) // 12, (6 + months) % 12 + 1, 1)
    low, high = (construction_by_wage(month, wage=w, law=LAW) for w in (wage, wage + more))
    assert low.total <= high.total
    assert low.explanation.total == low.total
