"""Savings at a return that somebody supposes: said to be so, rounded once, never falling."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naung.refusal import Refusal
from naung.rules.law import NotInForce, current_law
from naung.rules.old_age import JhtAmountNegative, JhtNotYetDue
from naung.rules.old_age_supposed import ContributionAfterPayment, ReturnRateNegative, jht_benefit_at_rate
from naung.rules.periods import months_in

LAW = current_law()
NOW = date(2026, 11, 21)
YEAR = dict.fromkeys(months_in(date(2025, 11, 1), date(2026, 11, 1)), 20_000)
MONTHS = st.sampled_from(months_in(date(2015, 7, 1), date(2026, 12, 1)))
PAID = st.dictionaries(MONTHS, st.integers(0, 10_000_000), max_size=24)
RATES = st.decimals(min_value=0, max_value=1, places=4)


def test_each_contribution_earns_for_the_months_since_its_own():
    one = jht_benefit_at_rate(NOW, contributions=YEAR, yearly_rate=Decimal("0.06"), law=LAW)
    # 12 + 11 + ... + 1 = 78 months of Rp20.000 each, at 0,5% a month.
    assert (one.contributions, one.investment_return, one.total) == (240_000, 7_800, 247_800)
    assert [step.formula for step in one.explanation.steps if step.code == "return"] == [
        "6% × Rp1.560.000 / 12 = Rp7.800"
    ]


def test_the_contribution_of_the_month_of_payment_earns_nothing_yet():
    one = jht_benefit_at_rate(NOW, contributions={date(2026, 11, 1): 20_000}, yearly_rate=Decimal("0.06"), law=LAW)
    assert one.investment_return == 0


def test_that_the_rate_is_the_askers_is_said():
    told = jht_benefit_at_rate(NOW, contributions=YEAR, yearly_rate=Decimal("0.0575"), law=LAW).explanation
    assert told.inferred
    assert any("given by the asker" in note.en for note in told.notes)
    said = {fact.code: (fact.value.id, fact.value.en) for fact in told.facts}
    assert said["yearly_rate"] == ("5,75%", "5.75%")
    assert said["contribution_months"][0] == "12 bulan (2025-11 – 2026-10)"


def test_the_return_is_rounded_once_and_says_by_which_rule():
    exact, rounded = (
        jht_benefit_at_rate(NOW, contributions={date(2026, 10, 1): paid}, yearly_rate=Decimal("0.06"), law=LAW)
        for paid in (20_000, 20_100)
    )
    assert (exact.investment_return, rounded.investment_return) == (100, 101)
    assert {citation.key for citation in exact.explanation.citations} == {"jht.benefit"}
    assert {citation.key for citation in rounded.explanation.citations} == {"jht.benefit", "rounding"}


def test_the_right_is_tested_as_without_a_supposed_rate():
    supposed = {"contributions": YEAR, "yearly_rate": Decimal("0.06"), "law": LAW}
    with pytest.raises(JhtNotYetDue):
        jht_benefit_at_rate(NOW, born_on=date(1990, 1, 1), **supposed)
    assert jht_benefit_at_rate(NOW, born_on=date(1970, 11, 21), **supposed).total == 247_800
    with pytest.raises(NotInForce):
        jht_benefit_at_rate(date(2015, 6, 30), contributions={}, yearly_rate=Decimal(0), law=LAW)


def test_impossible_facts_are_refused():
    with pytest.raises(ReturnRateNegative, match="-1%"):
        jht_benefit_at_rate(NOW, contributions=YEAR, yearly_rate=Decimal("-0.01"), law=LAW)
    with pytest.raises(ContributionAfterPayment, match="Desember 2026"):
        jht_benefit_at_rate(NOW, contributions={date(2026, 12, 1): 1}, yearly_rate=Decimal(0), law=LAW)
    with pytest.raises(JhtAmountNegative):
        jht_benefit_at_rate(NOW, contributions={date(2026, 1, 1): -1}, yearly_rate=Decimal(0), law=LAW)


def test_a_rate_that_is_not_exact_is_a_mistake():
    with pytest.raises(TypeError, match="float"):
        jht_benefit_at_rate(NOW, contributions=YEAR, yearly_rate=0.06, law=LAW)


def test_every_refusal_is_a_sentence():
    kinds = (ReturnRateNegative(Decimal("-0.01")), ContributionAfterPayment(NOW, NOW))
    assert all(isinstance(one, Refusal) and str(one).endswith(".") for one in kinds)


@given(paid=PAID, rate=RATES, higher=RATES)
def test_the_benefit_never_falls_when_the_rate_rises_and_the_steps_add_up(paid, rate, higher):
    low, high = (
        jht_benefit_at_rate(NOW, contributions=paid, yearly_rate=each, law=LAW) for each in sorted((rate, higher))
    )
    assert sum(paid.values()) <= low.total <= high.total
    assert (low.total, high.total) == (low.explanation.total, high.explanation.total)


@given(paid=PAID, month=MONTHS, more=st.integers(0, 10_000_000), rate=RATES)
def test_the_benefit_never_falls_when_more_is_paid(paid, month, more, rate):
    larger = {**paid, month: paid.get(month, 0) + more}
    low, high = (jht_benefit_at_rate(NOW, contributions=each, yearly_rate=rate, law=LAW) for each in (paid, larger))
    assert low.total + more <= high.total
