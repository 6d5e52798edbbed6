"""Migrant workers pay by contract."""

from datetime import date

import pytest

from naung.rules.law import NotInForce, current_law
from naung.rules.migrants import ContractLengthNotOffered, SavingsTooSmall, pmi_contribution

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
        with pytest.raises(ContractLengthNotOffered, match="6, 12, 24"):
            pmi_contribution(FIRST, contract_months=months, law=LAW)
    with pytest.raises(ContractLengthNotOffered):
        pmi_contribution(FIRST, contract_months=6, extension_months=-1, law=LAW)


def test_the_optional_saving_begins_at_fifty_thousand():
    assert pmi_contribution(FIRST, contract_months=6, jht=50_000, law=LAW).jht == 50_000
    with pytest.raises(SavingsTooSmall):
        pmi_contribution(FIRST, contract_months=6, jht=49_999, law=LAW)


def test_before_the_first_day_of_the_rule_nothing_is_known():
    with pytest.raises(NotInForce):
        pmi_contribution(date(2023, 2, 21), contract_months=24, law=LAW)
