"""What a dismissed worker is paid, month by month, and when the law says no."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naung.refusal import Refusal
from naung.rules.job_loss import (
    JkpClaimedTooEarly,
    JkpClaimedTooLate,
    JkpMonthsImpossible,
    JkpMonthsNotPaid,
    JkpMonthsTooFew,
    JkpNotForForeigners,
    JkpRegisteredTooOld,
    jkp_benefit,
)
from naung.rules.law import NotInForce, current_law
from naung.rules.wage_terms import NegativeWage

LAW = current_law()
FIRST, LAST_OLD, NEW = date(2021, 2, 2), date(2025, 2, 6), date(2025, 2, 7)
DAYS = st.sampled_from([FIRST, LAST_OLD, NEW, date(2026, 11, 21)])
WAGES = st.integers(min_value=0, max_value=50_000_000)
MONTHS = st.integers(min_value=1, max_value=6)


def test_the_published_sum_of_the_old_law():
    one = jkp_benefit(date(2021, 2, 10), wage=5_000_000, months=6, law=LAW)
    assert one.by_month == (2_250_000,) * 3 + (1_250_000,) * 3
    assert one.total == one.explanation.total == 10_500_000


def test_the_published_month_of_the_new_law():
    assert jkp_benefit(date(2025, 3, 1), wage=8_000_000, months=1, law=LAW).by_month == (3_000_000,)


def test_the_new_rate_counts_from_the_day_of_the_new_law():
    assert jkp_benefit(LAST_OLD, wage=4_000_000, law=LAW).by_month == (1_800_000,) * 3 + (1_000_000,) * 3
    assert jkp_benefit(NEW, wage=4_000_000, law=LAW).by_month == (2_400_000,) * 6


def test_before_the_programme_began_nothing_is_known():
    with pytest.raises(NotInForce):
        jkp_benefit(date(2021, 2, 1), wage=4_000_000, law=LAW)
    assert jkp_benefit(FIRST, wage=4_000_000, law=LAW).total == 8_400_000


def test_a_wage_at_the_ceiling_counts_whole_and_one_above_it_only_up_to_it():
    at, above = (jkp_benefit(NEW, wage=wage, law=LAW) for wage in (5_000_000, 5_000_001))
    assert at.by_month == above.by_month
    assert [step.formula for one in (at, above) for step in one.explanation.steps if step.code == "base"] == [
        "Rp5.000.000 ≤ Rp5.000.000", "Rp5.000.001 > Rp5.000.000",
    ]  # fmt: skip


def test_each_month_is_rounded_by_itself_and_says_by_which_rule():
    one = jkp_benefit(LAST_OLD, wage=1_000_001, law=LAW)
    assert one.by_month == (450_000,) * 3 + (250_000,) * 3
    assert [step.formula for step in one.explanation.steps if step.code == "month_4"] == [
        "25% × Rp1.000.001 ≈ Rp250.000"
    ]
    assert "rounding" in {citation.key for citation in one.explanation.citations}
    exact = jkp_benefit(LAST_OLD, wage=1_000_000, law=LAW).explanation
    assert {citation.key for citation in exact.citations} == {"jkp.cash", "ppu.jkp.wage_cap"}


@pytest.mark.parametrize("day", [FIRST, NEW])
@pytest.mark.parametrize("months", [-1, 0, 7])
def test_more_months_than_six_are_not_paid_nor_fewer_than_one(day, months):
    with pytest.raises(JkpMonthsNotPaid, match="1 sampai 6 bulan"):
        jkp_benefit(day, wage=4_000_000, months=months, law=LAW)


def test_a_wage_below_zero_is_refused():
    with pytest.raises(NegativeWage):
        jkp_benefit(NEW, wage=-1, law=LAW)


def test_twelve_contribution_months_of_the_last_twenty_four_are_needed():
    kept = jkp_benefit(NEW, wage=4_000_000, months_paid_of_window=12, law=LAW)
    assert "12 ≥ 12" in [step.formula for step in kept.explanation.steps]
    with pytest.raises(JkpMonthsTooFew, match="paling sedikit 12 bulan iuran dalam 24"):
        jkp_benefit(NEW, wage=4_000_000, months_paid_of_window=11, law=LAW)
    for impossible in (-1, 25):
        with pytest.raises(JkpMonthsImpossible, match="tidak mungkin"):
            jkp_benefit(NEW, wage=4_000_000, months_paid_of_window=impossible, law=LAW)


def test_one_has_to_be_a_citizen_registered_before_fifty_four():
    kept = jkp_benefit(NEW, wage=4_000_000, citizen=True, age_when_registered=53, law=LAW).explanation
    assert {"citizen", "registered_before_age"} <= {step.code for step in kept.steps}
    assert {"jkp.min", "jkp.registered_before_age"} <= {citation.key for citation in kept.citations}
    with pytest.raises(JkpRegisteredTooOld, match="sebelum berusia 54"):
        jkp_benefit(NEW, wage=4_000_000, age_when_registered=54, law=LAW)
    with pytest.raises(JkpNotForForeigners, match="warga negara"):
        jkp_benefit(NEW, wage=4_000_000, citizen=False, law=LAW)


def test_a_claim_is_in_time_up_to_six_months_after_dismissal():
    kept = jkp_benefit(NEW, wage=4_000_000, claimed_on=date(2025, 8, 7), law=LAW)
    assert "jkp.claim_deadline" in {citation.key for citation in kept.explanation.citations}
    with pytest.raises(JkpClaimedTooLate, match="7 Agustus 2025"):
        jkp_benefit(NEW, wage=4_000_000, claimed_on=date(2025, 8, 8), law=LAW)
    with pytest.raises(JkpClaimedTooEarly):
        jkp_benefit(NEW, wage=4_000_000, claimed_on=LAST_OLD, law=LAW)


def test_what_was_not_given_or_is_not_known_is_said():
    def said(**facts):
        return [note.en for note in jkp_benefit(wage=4_000_000, law=LAW, **facts).explanation.notes]

    assert len(said(dismissed_on=NEW)) == 3
    assert said(dismissed_on=NEW, months_paid_of_window=12, citizen=True, age_when_registered=30, claimed_on=NEW) == []
    assert said(dismissed_on=LAST_OLD) == [note for note in said(dismissed_on=LAST_OLD) if "not read" in note] != []


def test_conditions_that_were_not_read_are_not_used_on_earlier_dismissals():
    one = jkp_benefit(LAST_OLD, wage=4_000_000, months_paid_of_window=0, age_when_registered=60, law=LAW)
    assert one.total == 8_400_000


def test_another_rate_and_length_can_be_supposed():
    supposed = LAW.with_value("jkp.cash", NEW, {"rate": Decimal("0.5"), "max_months": 9})
    assert jkp_benefit(NEW, wage=4_000_000, law=supposed).by_month == (2_000_000,) * 9


def test_every_refusal_is_a_sentence():
    kinds = (
        JkpMonthsNotPaid(7, 6), JkpMonthsTooFew(1, 12, 24), JkpMonthsImpossible(25, 24), JkpNotForForeigners(),
        JkpRegisteredTooOld(60, 54), JkpClaimedTooLate(NEW, FIRST), JkpClaimedTooEarly(FIRST, NEW),
    )  # fmt: skip
    assert all(isinstance(one, Refusal) and str(one).endswith(".") for one in kinds)
    assert len({one.code for one in kinds}) == len(kinds)


@given(day=DAYS, wage=WAGES, months=MONTHS)
def test_the_months_add_up_and_none_passes_the_ceiling(day, wage, months):
    one = jkp_benefit(day, wage=wage, months=months, law=LAW)
    assert one.total == sum(one.by_month) == one.explanation.total
    assert len(one.by_month) == months
    assert max(one.by_month) <= 3_000_000


@given(day=DAYS, wage=WAGES, more=WAGES, months=MONTHS, longer=MONTHS)
def test_the_benefit_never_falls_when_wage_or_months_rise(day, wage, more, months, longer):
    low = jkp_benefit(day, wage=wage, months=min(months, longer), law=LAW)
    high = jkp_benefit(day, wage=wage + more, months=max(months, longer), law=LAW)
    assert low.total <= high.total


@given(wage=WAGES, months=MONTHS)
def test_the_new_law_never_pays_less(wage, months):
    old, new = (jkp_benefit(day, wage=wage, months=months, law=LAW).total for day in (LAST_OLD, NEW))
    assert old <= new
