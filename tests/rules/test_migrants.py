"""Migrant workers pay by contract."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naung.rules.law import NotInForce, current_law
from naung.rules.migrants import (
    ContractLengthNotOffered,
    NegativeMonths,
    SavingsTooSmall,
    contract_lengths,
    pmi_contribution,
)

LAW = current_law()
FIRST = date(2023, 2, 22)


@pytest.mark.parametrize(("months", "during"), [(6, 108_000), (12, 189_000), (24, 332_500)])
def test_each_length_of_contract_has_its_price(months, during):
    one = pmi_contribution(FIRST, contract_months=months, law=LAW)
    assert (one.before, one.during, one.total) == (37_500, during, 37_500 + during)
    assert one.explanation.total == one.total


def test_two_years_through_an_agency_cost_the_published_sum():
    assert pmi_contribution(date(2023, 3, 1), contract_months=24, law=LAW).total == 370_000


def test_an_extension_is_paid_by_month():
    one = pmi_contribution(FIRST, contract_months=24, extension_months=3, before_work=False, law=LAW)
    assert (one.extension, one.total) == (40_500, 373_000)


def test_other_lengths_have_no_tariff_and_are_refused_with_those_that_have():
    for months in (0, 7, 18, 36):
        with pytest.raises(ContractLengthNotOffered, match="6, 12 atau 24"):
            pmi_contribution(FIRST, contract_months=months, law=LAW)


def test_months_below_zero_are_refused():
    for facts in ({"extension_months": -1}, {"jht": 50_000, "jht_months": -1}):
        with pytest.raises(NegativeMonths, match="-1"):
            pmi_contribution(FIRST, contract_months=6, law=LAW, **facts)


def test_the_optional_saving_begins_at_fifty_thousand():
    assert pmi_contribution(FIRST, contract_months=6, jht=50_000, law=LAW).jht == 50_000
    with pytest.raises(SavingsTooSmall):
        pmi_contribution(FIRST, contract_months=6, jht=49_999, law=LAW)


def test_the_optional_saving_is_by_month_and_adds_to_the_total():
    one = pmi_contribution(FIRST, contract_months=24, jht=75_000, jht_months=24, law=LAW)
    assert (one.jht, one.total) == (1_800_000, 2_170_000)
    assert one.explanation.steps[-1].formula == "24 bulan × Rp75.000 = Rp1.800.000"


def test_the_lengths_are_those_of_the_law_of_the_day():
    assert contract_lengths(FIRST, law=LAW) == (6, 12, 24)
    assert contract_lengths(date(2023, 2, 21), law=LAW) == ()
    repealed = LAW.with_value("pmi.during6", date(2030, 1, 1), None)
    with pytest.raises(ContractLengthNotOffered, match="yang ada 12 atau 24 bulan"):
        pmi_contribution(date(2030, 1, 1), contract_months=6, law=repealed)


@given(st.sampled_from([6, 12, 24]), st.integers(0, 60), st.integers(0, 60), st.booleans())
def test_the_parts_and_the_steps_add_up_and_more_months_never_cost_less(months, extension, more, before):
    facts = {"contract_months": months, "before_work": before, "law": LAW}
    low, high = (pmi_contribution(FIRST, extension_months=n, **facts) for n in (extension, extension + more))
    assert low.total <= high.total
    assert low.total == low.before + low.during + low.extension == low.explanation.total
    assert not low.recalled


def test_before_the_first_day_of_the_rule_nothing_is_known():
    for before_work in (True, False):
        with pytest.raises(NotInForce):
            pmi_contribution(date(2023, 2, 21), contract_months=24, before_work=before_work, law=LAW)
