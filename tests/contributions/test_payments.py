from __future__ import annotations

from datetime import date

import pytest
from django.db import ProgrammingError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from naung.contributions import actions, ledger, queries
from naung.contributions.invariants import problems
from naung.contributions.models import Bill, BillLine, Payment
from naung.contributions.refusals import (
    BillHasPayments,
    MakerIsChecker,
    NotPayable,
    PaymentExceedsBill,
    PaymentPending,
    PaymentSplitsAMonth,
    ReferenceReused,
)
from naung.coverage.invariants import problems as coverage_problems
from naung.refusal import Refusal
from tests.town import Town, town

pytestmark = pytest.mark.django_db

JAN, FEB = date(2026, 1, 1), date(2026, 2, 1)
EACH = 16_800


def issue(place: Town, first: date = JAN, last: date | None = None) -> Bill:
    return actions.issue_bill(
        place.line, first_month=first, last_month=last or first, due_on=date(2026, 1, 15), by=place.officer
    )


def record(place: Town, bill: Bill, amount: int, sp2d: str = "SP2D-1") -> Payment:
    return actions.record_payment(
        bill, sp2d_number=sp2d, paid_on=date(2026, 1, 20), amount_rp=amount, by=place.treasurer
    )


def pay(place: Town, bill: Bill, amount: int | None = None, sp2d: str = "SP2D-1") -> Payment:
    bill.refresh_from_db()
    payment = record(place, bill, amount or bill.total_rp - bill.paid_rp - bill.reversed_rp, sp2d)
    return actions.confirm_payment(payment, by=place.branch)


def test_a_month_is_active_only_when_its_bill_is_paid_and_confirmed():
    place = town(people=1)
    bill = issue(place)
    person = place.workers[0].pk
    assert not queries.protection(person, date(2026, 1, 10)).covered
    payment = record(place, bill, bill.total_rp)
    assert not queries.protection(person, date(2026, 1, 10)).covered, "recorded is not confirmed"

    actions.confirm_payment(payment, by=place.branch)

    protected = queries.protection(person, date(2026, 1, 10))
    assert protected.covered
    assert protected.until == date(2026, 1, 31)
    assert not queries.protection(person, date(2026, 2, 1)).covered
    bill.refresh_from_db()
    assert bill.status == Bill.Status.PAID
    assert ledger.owed(place.line) == 0


def test_whoever_records_a_payment_does_not_confirm_it():
    place = town(people=1)
    payment = record(place, issue(place), EACH)
    with pytest.raises(MakerIsChecker):
        actions.confirm_payment(payment, by=place.treasurer)


def test_the_same_receipt_twice_is_one_payment():
    place = town(people=2)
    bill = issue(place)
    first, second = record(place, bill, 2 * EACH), record(place, bill, 2 * EACH)
    assert first.pk == second.pk
    actions.confirm_payment(first, by=place.branch)
    assert actions.confirm_payment(first, by=place.branch).line_count == 2
    assert record(place, bill, 2 * EACH).pk == first.pk
    with pytest.raises(ReferenceReused):
        record(place, bill, EACH)


def test_a_partial_payment_activates_whole_worker_months_in_decree_order():
    place = town(people=3)
    bill = issue(place, JAN, FEB)
    pay(place, bill, 4 * EACH)

    active = [(line.ordinal, line.month.month) for line in BillLine.objects.exclude(payment=None).order_by("id")]
    assert active == [(1, 1), (2, 1), (3, 1), (1, 2)]
    bill.refresh_from_db()
    assert (bill.status, bill.paid_rp) == (Bill.Status.PARTLY_PAID, 4 * EACH)
    pay(place, bill, sp2d="SP2D-2")
    bill.refresh_from_db()
    assert bill.status == Bill.Status.PAID
    assert problems() == coverage_problems() == []


def test_an_amount_that_splits_a_month_is_refused_with_the_nearest_ones():
    place = town(people=3)
    with pytest.raises(PaymentSplitsAMonth) as refusal:
        record(place, issue(place), EACH + 1)
    assert (refusal.value.below, refusal.value.above) == (EACH, 2 * EACH)


def test_more_than_is_owed_and_one_more_while_one_waits_are_refused():
    place = town(people=2)
    bill = issue(place)
    with pytest.raises(PaymentExceedsBill):
        record(place, bill, 3 * EACH)
    record(place, bill, EACH)
    with pytest.raises(PaymentPending):
        record(place, bill, EACH, sp2d="SP2D-2")


def test_a_settled_bill_takes_no_more_money():
    place = town(people=1)
    bill = issue(place)
    pay(place, bill)
    with pytest.raises(NotPayable):
        record(place, bill, EACH, sp2d="SP2D-2")
    with pytest.raises(BillHasPayments):
        actions.reverse_bill(bill, reason="coba", by=place.officer)


def test_an_undone_payment_names_the_old_one_and_the_people_can_be_billed_again():
    place = town(people=2)
    bill = issue(place)
    payment = pay(place, bill)
    undone = actions.reverse_payment(payment, reason="SP2D ditolak bank", by=place.branch)

    assert payment.transfer.reversal.amount_rp == payment.amount_rp
    assert undone.status == Payment.Status.REVERSED
    assert not queries.active_months(place.workers[0].pk)
    again = issue(place)
    pay(place, again, sp2d="SP2D-9")
    assert queries.active_months(place.workers[0].pk) == {JAN}
    assert ledger.owed(place.line) == 0
    assert problems() == coverage_problems() == []


def test_a_receipt_entered_wrongly_can_be_withdrawn_and_entered_again():
    place = town(people=2)
    bill = issue(place)
    wrong = record(place, bill, EACH)
    actions.reverse_payment(wrong, reason="salah ketik", by=place.treasurer)
    assert record(place, bill, 2 * EACH).pk != wrong.pk


def test_paid_lines_cannot_be_given_another_payment():
    place = town(people=1)
    pay(place, issue(place))
    with pytest.raises(ProgrammingError, match="pgtrigger"), transaction.atomic():
        BillLine.objects.update(payment=None)


def test_after_a_death_unpaid_months_are_cancelled_and_paid_ones_credited():
    place = town(people=2)
    pay(place, issue(place, JAN, date(2026, 3, 1)))
    unpaid = issue(place, date(2026, 4, 1))
    actions.end_cover(
        place.enrolments[0], reason="death", happened_on=date(2026, 2, 10), evidence="Akta 12", by=place.officer
    )

    assert queries.active_months(place.workers[0].pk) == {JAN, FEB}, "the month of death is still covered"
    unpaid.refresh_from_db()
    assert unpaid.reversed_rp == EACH
    paid = Bill.objects.get(first_month=JAN)
    assert (paid.credited_rp, paid.status) == (EACH, Bill.Status.PAID)
    assert ledger.balance(place.line, ledger.K.RECEIVABLE) == EACH
    assert problems() == coverage_problems() == []


def test_a_payment_waiting_for_confirmation_is_checked_again_when_the_bill_shrank():
    place = town(people=2)
    bill = issue(place)
    payment = record(place, bill, 2 * EACH)
    actions.end_cover(
        place.enrolments[0], reason="death", happened_on=date(2025, 12, 30), evidence="Akta 13", by=place.officer
    )
    with pytest.raises(PaymentSplitsAMonth):
        actions.confirm_payment(payment, by=place.branch)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["bill", "quarter", "pay", "part", "record", "undo", "cancel", "leave", "move"]),
            st.integers(0, 5),
        ),
        max_size=14,
    )
)
def test_no_order_of_acts_breaks_an_invariant(steps):
    with transaction.atomic():
        place = town(people=3, months=6)
        for number, (act, which) in enumerate(steps):
            try:
                with transaction.atomic():
                    _act(place, act, which, number)
            except Refusal:
                pass
        assert problems() == []
        assert coverage_problems() == []
        transaction.set_rollback(True)


def _act(place: Town, act: str, which: int, number: int) -> None:
    bills = list(Bill.objects.order_by("id"))
    payments = list(Payment.objects.order_by("id"))
    if act == "bill":
        issue(place, date(2026, which + 1, 1))
    elif act == "quarter":
        issue(place, date(2026, which % 4 + 1, 1), date(2026, which % 4 + 3, 1))
    elif act in ("leave", "move"):
        actions.end_cover(
            place.enrolments[which % 3],
            reason="death" if act == "leave" else "moved",
            happened_on=date(2026, which + 1, 9),
            evidence="Akta",
            by=place.officer,
        )
    elif act in ("pay", "part") and bills:
        bill = bills[which % len(bills)]
        owed = bill.total_rp - bill.paid_rp - bill.reversed_rp
        pay(place, bill, EACH if act == "part" else max(owed, 1), sp2d=f"SP2D-{number}")
    elif act == "record" and bills:
        record(place, bills[which % len(bills)], EACH * (which + 1), sp2d=f"SP2D-{number}")
    elif act == "undo" and payments:
        actions.reverse_payment(payments[which % len(payments)], reason="coba", by=place.branch)
    elif act == "cancel" and bills:
        actions.reverse_bill(bills[which % len(bills)], reason="coba", by=place.officer)
