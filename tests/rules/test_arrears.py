"""Due days, penalties, grace and lapse, and where the excess of prepaid months goes."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naung.rules.arrears import (
    MembershipState,
    Segment,
    due_on,
    how_to_return,
    late_penalty,
    membership_on,
    prepaid_credit,
)
from naung.rules.bpu_prepaid import DueNotKnown, NegativeAmount
from naung.rules.contributions import JKK_JKM, Payer, Sector, bpu_contribution
from naung.rules.decisions import Decision, Decisions, NeedsDecision
from naung.rules.explaining import explain
from naung.rules.law import NotInForce, current_law
from naung.rules.periods import add_months, last_of_month, months_in

LAW = current_law()


def deciding(code, answer):
    return Decisions((Decision(code, answer, date(2015, 7, 1)),))


AFTER_THREE = deciding("bpu.membership_ends", "after_three")
ENTERING_THIRD = deciding("bpu.membership_ends", "entering_third")
END_OF_MONTH = deciding("bpu.due_day", "end_of_month")
DAY_15 = deciding("bpu.due_day", "day_15_next")


# --- Due days --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("month", "day"),
    [
        (date(2015, 7, 1), date(2015, 8, 15)),
        (date(2020, 7, 1), date(2020, 8, 15)),  # last month before PP 49/2020
        (date(2020, 8, 1), date(2020, 9, 30)),
        (date(2020, 12, 1), date(2021, 1, 30)),
        (date(2021, 1, 1), date(2021, 2, 28)),  # February has no day 30
        (date(2021, 2, 1), date(2021, 3, 15)),
        (date(2026, 12, 1), date(2027, 1, 15)),
    ],
)
def test_an_employer_pays_by_the_15th_and_by_the_30th_under_pp_49(month, day):
    assert due_on(month, segment=Segment.PPU, law=LAW).day == day


def test_only_the_missing_day_30_of_february_is_our_reading():
    read = {
        month: due_on(month, segment=Segment.PPU, law=LAW).explanation.inferred
        for month in months_in(date(2020, 7, 1), date(2021, 3, 1))
    }
    assert [month for month, inferred in read.items() if inferred] == [date(2021, 1, 1)]


def test_the_due_day_of_a_bpu_worker_is_a_question():
    month = date(2026, 5, 1)
    with pytest.raises(NeedsDecision) as refused:
        due_on(month, segment=Segment.BPU, law=LAW)
    assert refused.value.question_code == "bpu.due_day"
    assert due_on(month, segment=Segment.BPU, law=LAW, decisions=END_OF_MONTH).day == date(2026, 5, 31)
    later = due_on(month, segment=Segment.BPU, law=LAW, decisions=DAY_15)
    assert later.day == date(2026, 6, 15)
    assert [met.answer for met in later.explanation.decided] == ["day_15_next"]


def test_a_due_day_before_the_known_law_is_refused():
    with pytest.raises(NotInForce):
        due_on(date(2015, 6, 1), segment=Segment.PPU, law=LAW)


# --- Penalties -------------------------------------------------------------------------------------


def penalty(month, paid_on, *, amount=1_000_000, segment=Segment.PPU, law=LAW, **more):
    return late_penalty(month, amount=amount, paid_on=paid_on, segment=segment, law=law, **more)


@pytest.mark.parametrize(
    ("paid_on", "months", "total"),
    [
        (date(2024, 5, 1), 0, 0),
        (date(2024, 6, 15), 0, 0),  # the due day of May
        (date(2024, 6, 16), 1, 20_000),
        (date(2024, 7, 15), 1, 20_000),
        (date(2024, 7, 16), 2, 40_000),
        (date(2025, 6, 15), 12, 240_000),
    ],
)
def test_an_employer_pays_two_percent_for_each_month_late(paid_on, months, total):
    late = penalty(date(2024, 5, 1), paid_on)
    assert (late.months_late, late.total, late.explanation.total) == (months, total, total)


def test_that_a_month_begun_counts_as_one_is_marked_as_our_reading():
    assert penalty(date(2024, 5, 1), date(2024, 6, 16)).explanation.inferred
    assert not penalty(date(2024, 5, 1), date(2024, 7, 15)).explanation.inferred
    assert not penalty(date(2024, 5, 1), date(2024, 6, 15)).explanation.inferred


@pytest.mark.parametrize(
    ("month", "labour_intensive", "rate"),
    [
        (date(2020, 7, 1), False, 20_000),
        (date(2020, 8, 1), False, 5_000),
        (date(2021, 1, 1), False, 5_000),
        (date(2021, 2, 1), False, 20_000),
        (date(2025, 1, 1), True, 20_000),
        (date(2025, 2, 1), True, 5_000),
        (date(2025, 2, 1), False, 20_000),
        (date(2025, 7, 1), True, 5_000),
        (date(2025, 8, 1), True, 20_000),  # PP 36/2025: back to 2 %
    ],
)
def test_the_months_of_two_reliefs_have_half_a_percent(month, labour_intensive, rate):
    a_day_late = last_of_month(due_on(month, segment=Segment.PPU, law=LAW).day)
    if a_day_late == due_on(month, segment=Segment.PPU, law=LAW).day:
        a_day_late = add_months(a_day_late, 1)
    assert penalty(month, a_day_late, labour_intensive=labour_intensive).total == rate


def test_a_bpu_worker_pays_no_penalty_and_nobody_asks_for_the_due_day():
    late = penalty(date(2026, 5, 1), date(2027, 5, 1), amount=16_800, segment=Segment.BPU)
    assert (late.total, late.due) == (0, None)
    assert {citation.key for citation in late.explanation.citations} == {"bpu.penalty"}


def test_a_supposed_penalty_for_bpu_needs_the_due_day():
    stricter = LAW.with_value("bpu.penalty", date(2027, 1, 1), Decimal("0.01"))
    with pytest.raises(NeedsDecision):
        penalty(date(2027, 1, 1), date(2027, 2, 10), segment=Segment.BPU, law=stricter)
    facts = {"segment": Segment.BPU, "law": stricter}
    assert penalty(date(2027, 1, 1), date(2027, 2, 10), decisions=END_OF_MONTH, **facts).total == 10_000
    assert penalty(date(2027, 1, 1), date(2027, 2, 10), decisions=DAY_15, **facts).total == 0


def test_a_penalty_is_rounded_once_and_says_so():
    late = penalty(date(2024, 5, 1), date(2024, 7, 15), amount=12_325)
    assert late.total == 247  # 246,5
    assert "≈" in late.explanation.steps[-1].formula
    assert "rounding" in {citation.key for citation in late.explanation.citations}


def test_an_amount_below_zero_is_refused():
    with pytest.raises(NegativeAmount):
        penalty(date(2024, 5, 1), date(2024, 7, 1), amount=-1)


@given(
    st.integers(0, 140).map(lambda number: add_months(date(2015, 7, 1), number)),
    st.dates(date(2015, 7, 1), date(2028, 12, 31)),
    st.integers(0, 40),
    st.integers(0, 50_000_000),
    st.booleans(),
)
def test_paying_later_never_costs_less(month, paid_on, days, amount, labour_intensive):
    later = date.fromordinal(paid_on.toordinal() + days)
    first, second = (penalty(month, day, amount=amount, labour_intensive=labour_intensive) for day in (paid_on, later))
    assert 0 <= first.total <= second.total
    assert second.explanation.total == second.total
    assert (first.months_late == 0) == (paid_on <= first.due.day)


# --- Grace and lapse ---------------------------------------------------------------------------------

TO_MARCH = months_in(date(2026, 1, 1), date(2026, 4, 1))


def membership(day, decisions=AFTER_THREE, months=TO_MARCH):
    return membership_on(day, paid_months=months, law=LAW, decisions=decisions)


@pytest.mark.parametrize(
    ("day", "after_three", "entering_third"),
    [
        (date(2025, 12, 31), MembershipState.NOT_YET, MembershipState.NOT_YET),
        (date(2026, 1, 1), MembershipState.ACTIVE, MembershipState.ACTIVE),
        (date(2026, 3, 31), MembershipState.ACTIVE, MembershipState.ACTIVE),
        (date(2026, 4, 1), MembershipState.GRACE, MembershipState.GRACE),
        (date(2026, 5, 31), MembershipState.GRACE, MembershipState.GRACE),
        (date(2026, 6, 1), MembershipState.GRACE, MembershipState.ENDED),
        (date(2026, 6, 30), MembershipState.GRACE, MembershipState.ENDED),
        (date(2026, 7, 1), MembershipState.ENDED, MembershipState.ENDED),
    ],
)
def test_a_membership_is_active_then_in_arrears_then_ended(day, after_three, entering_third):
    assert membership(day, AFTER_THREE).state == after_three
    assert membership(day, ENTERING_THIRD).state == entering_third


@pytest.mark.parametrize(
    ("day", "asked"),
    [(date(2026, 5, 31), False), (date(2026, 6, 1), True), (date(2026, 6, 30), True), (date(2026, 7, 1), False)],
)
def test_the_two_readings_are_asked_about_only_where_they_differ(day, asked):
    if not asked:
        assert not membership(day, Decisions()).explanation.decided
        return
    with pytest.raises(NeedsDecision) as refused:
        membership(day, Decisions())
    assert refused.value.question_code == "bpu.membership_ends"


def test_all_months_in_arrears_may_be_settled_in_the_grace_and_none_after_it():
    in_grace = membership(date(2026, 6, 10))
    assert in_grace.arrears == in_grace.may_settle == tuple(months_in(date(2026, 4, 1), date(2026, 7, 1)))
    ended = membership(date(2026, 7, 10))
    assert (len(ended.arrears), ended.may_settle) == (4, ())
    assert ended.last_paid == date(2026, 3, 1)


def test_late_funds_of_a_donor_are_pointed_out_when_a_membership_ended():
    assert [step.code for step in membership(date(2026, 7, 10)).explanation.steps] == ["state", "donor_late_funds"]
    assert [step.code for step in membership(date(2026, 5, 10)).explanation.steps] == ["state"]


def test_counting_a_month_from_its_first_day_is_our_reading_where_it_ends_a_membership():
    assert membership(date(2026, 7, 31)).explanation.inferred
    assert not membership(date(2026, 8, 1)).explanation.inferred


def test_the_rule_on_arrears_is_known_from_july_2022_on():
    months = [date(2022, 4, 1)]
    with pytest.raises(NotInForce):
        membership(date(2022, 6, 30), months=months)
    assert membership(date(2022, 7, 1), months=months).state is MembershipState.GRACE
    # A paid month needs no rule on arrears.
    assert membership(date(2022, 4, 30), months=months).state is MembershipState.ACTIVE


def test_months_paid_for_later_do_not_make_a_member_today():
    assert membership(date(2026, 5, 1), months=[date(2026, 6, 1)]).state is MembershipState.NOT_YET


def test_a_worker_who_paid_again_is_active_again():
    assert membership(date(2026, 11, 5), months=[*TO_MARCH, date(2026, 11, 1)]).state is MembershipState.ACTIVE


@given(
    st.sets(st.integers(0, 30).map(lambda number: add_months(date(2024, 1, 1), number))),
    st.dates(date(2024, 1, 1), date(2027, 6, 30)),
)
def test_one_more_paid_month_never_worsens_a_membership(months, day):
    worst_first = [MembershipState.NOT_YET, MembershipState.ENDED, MembershipState.GRACE, MembershipState.ACTIVE]
    before = worst_first.index(membership(day, months=months).state)
    after = membership(day, months={*months, date(day.year, day.month, 1)})
    assert worst_first.index(after.state) >= before
    assert after.state is MembershipState.ACTIVE


def test_how_to_return_is_asked_only_when_somebody_asks():
    day = date(2026, 7, 10)
    assert membership(day).state is MembershipState.ENDED
    with pytest.raises(NeedsDecision):
        how_to_return(day, law=LAW)
    again = how_to_return(day, law=LAW, decisions=deciding("bpu.rejoin", "pay_again"))
    assert again.way == "pay_again"
    assert "NIK yang sama" in again.explanation.steps[0].words.id
    with pytest.raises(NotInForce):
        how_to_return(date(2022, 6, 30), law=LAW)


def test_both_ways_of_the_last_month_can_be_shown():
    account = explain(lambda decisions: membership(date(2026, 6, 10), decisions), decisions=Decisions())
    assert account.unanswered.question_code == "bpu.membership_ends"
    shown = {way.answer.code: way.explanation.steps[0].words.id for way in account.ways["bpu.membership_ends"]}
    assert shown["after_three"].startswith("Menunggak")
    assert shown["entering_third"].startswith("Berakhir")


# --- Months prepaid at the full price ----------------------------------------------------------------


def due_in(months, sector=Sector.OTHER):
    return {
        month: bpu_contribution(month, income=None, programmes=JKK_JKM, sector=sector, payer=Payer.SELF, law=LAW).total
        for month in months
    }


def test_six_months_prepaid_in_full_pay_the_six_after_them_at_half():
    months = months_in(date(2026, 1, 1), date(2027, 1, 1))
    found = prepaid_credit(dict.fromkeys(months[:6], 16_800), due=due_in(months, Sector.TRANSPORT), law=LAW)
    assert (found.excess, found.used, found.left) == (50_400, 50_400, 0)
    assert [month.month for month in found.credited] == months[6:]
    assert all(month.still_due == 0 for month in found.credited)


def test_a_month_is_paid_in_part_and_the_rest_stays_due():
    # October to December 2026 prepaid in full; January 2027 costs the full price again.
    months = months_in(date(2026, 10, 1), date(2027, 3, 1))
    found = prepaid_credit(dict.fromkeys(months[:3], 16_800), due=due_in(months), law=LAW)
    assert found.excess == 25_200
    assert [(one.month, one.credit, one.still_due) for one in found.credited] == [
        (date(2027, 1, 1), 16_800, 0),
        (date(2027, 2, 1), 8_400, 8_400),
    ]
    assert [step.amount for step in found.explanation.steps] == [8_400, 8_400, 8_400, -16_800, -8_400]


def test_without_later_months_the_whole_credit_is_left():
    months = months_in(date(2026, 4, 1), date(2026, 7, 1))
    found = prepaid_credit(dict.fromkeys(months, 16_800), due=due_in(months), law=LAW)
    assert (found.used, found.left, found.total) == (0, 25_200, 25_200)


def test_a_credit_never_pays_a_month_before_the_excess():
    due = due_in(months_in(date(2026, 3, 1), date(2026, 6, 1)))
    found = prepaid_credit({date(2026, 4, 1): 16_800}, due=due, law=LAW)
    assert [one.month for one in found.credited] == [date(2026, 5, 1)]


@pytest.mark.parametrize("month", [date(2025, 12, 1), date(2027, 4, 1)])
def test_paying_too_much_outside_the_months_of_the_relief_has_no_known_rule(month):
    with pytest.raises(NotInForce):
        prepaid_credit({month: 20_000}, due={month: 16_800}, law=LAW)
    assert prepaid_credit({month: 16_800}, due={month: 16_800}, law=LAW).excess == 0


@pytest.mark.parametrize("month", [date(2026, 1, 1), date(2027, 3, 1)])
def test_the_first_and_the_last_month_of_the_relief_give_a_credit(month):
    assert prepaid_credit({month: 16_800}, due={month: 8_400}, law=LAW).left == 8_400


def test_a_paid_month_without_what_is_due_is_refused():
    with pytest.raises(DueNotKnown):
        prepaid_credit({date(2026, 5, 1): 16_800}, due={}, law=LAW)


def test_a_negative_payment_is_refused():
    with pytest.raises(NegativeAmount):
        prepaid_credit({date(2026, 5, 1): -1}, due={date(2026, 5, 1): 8_400}, law=LAW)


amounts = st.integers(0, 500_000)
relieved_months = st.integers(0, 14).map(lambda number: add_months(date(2026, 1, 1), number))


@given(st.dictionaries(relieved_months, amounts), st.dictionaries(relieved_months, amounts))
def test_nothing_of_a_credit_is_lost(paid, more_due):
    due = {**dict.fromkeys(paid, 8_400), **more_due}
    found = prepaid_credit(paid, due=due, law=LAW)
    assert found.used + found.left == found.excess
    assert found.left >= 0
    assert found.explanation.total == found.left
    for one in found.credited:
        assert 0 < one.credit <= one.due - one.paid
        assert any(month < one.month for month in found.excess_by_month)


def test_one_month_late_is_said_as_one_month_in_english():
    late = penalty(date(2024, 5, 1), date(2024, 6, 20))
    assert "1 month late" in late.explanation.steps[-1].words.en
