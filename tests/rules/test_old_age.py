"""When the savings are paid, and how much of them may be taken before."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naung.refusal import Refusal
from naung.rules.anniversaries import birthday, same_day_after
from naung.rules.claim_papers import NegativeBalance
from naung.rules.law import NotInForce, current_law
from naung.rules.old_age import (
    JhtAmountNegative,
    JhtNotYetDue,
    JhtPartTakenBefore,
    JhtYearsTooFew,
    PartialPurpose,
    jht_benefit,
    jht_partial,
)

LAW = current_law()
FIRST, NOW = date(2015, 7, 1), date(2026, 11, 21)
SAVED = {"contributions": 8_000_000, "investment_return": 1_500_000, "law": LAW}
AMOUNTS = st.integers(min_value=0, max_value=10_000_000_000)


def test_all_contributions_and_their_return_are_paid_at_once():
    one = jht_benefit(NOW, **SAVED)
    assert one.total == one.explanation.total == 9_500_000
    assert [(step.code, step.amount) for step in one.explanation.steps] == [
        ("contributions", 8_000_000), ("return", 1_500_000),
    ]  # fmt: skip
    assert {citation.key for citation in one.explanation.citations} == {"jht.benefit"}


def test_before_the_programme_nothing_is_known():
    assert jht_benefit(FIRST, **SAVED).total == 9_500_000
    with pytest.raises(NotInForce):
        jht_benefit(date(2015, 6, 30), **SAVED)
    with pytest.raises(NotInForce):
        jht_partial(date(2015, 6, 30), balance=1, years=10, purpose=PartialPurpose.OTHER, law=LAW)


def test_at_fifty_six_the_savings_are_due_on_the_birthday():
    one = jht_benefit(date(2026, 5, 10), born_on=date(1970, 5, 10), **SAVED)
    assert "jht.age" in {citation.key for citation in one.explanation.citations}
    with pytest.raises(JhtNotYetDue, match="paling awal 10 Mei 2026"):
        jht_benefit(date(2026, 5, 9), born_on=date(1970, 5, 10), **SAVED)


def test_a_birthday_on_29_february_is_our_reading():
    for born_on, inferred in ((date(1968, 2, 29), True), (date(1968, 2, 28), False)):
        assert jht_benefit(NOW, born_on=born_on, **SAVED).explanation.inferred is inferred


def test_one_month_after_stopping_work_the_savings_are_due_at_any_age():
    one = jht_benefit(date(2026, 5, 10), born_on=date(2000, 1, 1), stopped_on=date(2026, 4, 10), **SAVED)
    assert "jht.wait_stop" in {citation.key for citation in one.explanation.citations}
    assert one.explanation.inferred
    with pytest.raises(JhtNotYetDue, match="paling awal 10 Mei 2026"):
        jht_benefit(date(2026, 5, 9), born_on=date(2000, 1, 1), stopped_on=date(2026, 4, 10), **SAVED)


def test_the_waiting_time_is_known_from_may_2022():
    stopped = date(2022, 1, 15)
    assert jht_benefit(date(2022, 5, 1), stopped_on=stopped, **SAVED).total == 9_500_000
    with pytest.raises(NotInForce):
        jht_benefit(date(2022, 4, 30), stopped_on=stopped, **SAVED)
    at_age = jht_benefit(date(2022, 4, 30), born_on=date(1960, 1, 1), stopped_on=stopped, **SAVED)
    assert "jht.wait_stop" not in {citation.key for citation in at_age.explanation.citations}


def test_a_right_that_was_not_tested_is_said():
    said = [note.en for note in jht_benefit(NOW, **SAVED).explanation.notes]
    assert any("not tested" in note for note in said)
    tested = [note.en for note in jht_benefit(NOW, born_on=date(1960, 1, 1), **SAVED).explanation.notes]
    assert not any("not tested" in note for note in tested)


@pytest.mark.parametrize(("contributions", "investment_return"), [(-1, 0), (0, -1)])
def test_savings_below_zero_are_refused(contributions, investment_return):
    with pytest.raises(JhtAmountNegative):
        jht_benefit(NOW, contributions=contributions, investment_return=investment_return, law=LAW)


@pytest.mark.parametrize(
    ("purpose", "amount"), [(PartialPurpose.HOUSING, 15_000_000), (PartialPurpose.OTHER, 5_000_000)]
)
def test_thirty_percent_may_be_taken_for_housing_and_ten_for_the_rest(purpose, amount):
    one = jht_partial(NOW, balance=50_000_000, years=10, purpose=purpose, law=LAW)
    assert (one.amount, one.left, one.total) == (amount, 50_000_000 - amount, one.explanation.total)
    assert {citation.key for citation in one.explanation.citations} == {"jht.partial"}


def test_a_part_is_rounded_once_and_says_by_which_rule():
    one = jht_partial(NOW, balance=12_345_678, years=11, purpose=PartialPurpose.OTHER, law=LAW)
    assert (one.amount, one.left) == (1_234_568, 11_111_110)
    assert "rounding" in {citation.key for citation in one.explanation.citations}


def test_a_part_is_taken_once_and_after_ten_years():
    with pytest.raises(JhtYearsTooFew, match="sesudah 10 tahun kepesertaan, bukan 9"):
        jht_partial(NOW, balance=50_000_000, years=9, purpose=PartialPurpose.OTHER, law=LAW)
    with pytest.raises(JhtPartTakenBefore, match="satu kali"):
        jht_partial(NOW, balance=50_000_000, years=10, purpose=PartialPurpose.OTHER, already_taken=True, law=LAW)
    with pytest.raises(NegativeBalance):
        jht_partial(NOW, balance=-1, years=10, purpose=PartialPurpose.OTHER, law=LAW)


def test_every_refusal_is_a_sentence():
    kinds = (JhtNotYetDue(NOW, NOW), JhtAmountNegative(-1), JhtPartTakenBefore(), JhtYearsTooFew(9, 10))
    assert all(isinstance(one, Refusal) and str(one).endswith(".") for one in kinds)
    assert len({one.code for one in kinds}) == len(kinds)


@given(contributions=AMOUNTS, earned=AMOUNTS)
def test_the_steps_add_up_to_the_savings(contributions, earned):
    one = jht_benefit(NOW, contributions=contributions, investment_return=earned, law=LAW)
    assert one.total == one.explanation.total == contributions + earned


@given(balance=AMOUNTS, more=AMOUNTS, years=st.integers(10, 50), purpose=st.sampled_from(PartialPurpose))
def test_a_part_never_falls_when_the_balance_rises_and_leaves_the_rest(balance, more, years, purpose):
    low = jht_partial(NOW, balance=balance, years=years, purpose=purpose, law=LAW)
    high = jht_partial(NOW, balance=balance + more, years=years, purpose=purpose, law=LAW)
    assert low.amount <= high.amount
    assert low.amount + low.left == balance
    assert low.total == low.explanation.total


def test_the_same_day_is_the_last_of_a_shorter_month():
    assert same_day_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert same_day_after(date(2026, 4, 10), 1) == date(2026, 5, 10)
    assert birthday(date(1968, 2, 29), 56) == date(2024, 2, 29)
    assert birthday(date(1968, 2, 29), 57) == date(2025, 3, 1)
