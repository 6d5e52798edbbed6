"""Money that arrived: recorded by one person, confirmed by another, undone by a new entry."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from naung.accounts.acting import require
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.contributions import ledger, lines
from naung.contributions.actions.keeping import audited, cancel_debt, held, settle
from naung.contributions.models import Bill, Payment
from naung.contributions.refusals import (
    AlreadyReversed,
    AmountDiffers,
    MakerIsChecker,
    NoReason,
    NotPayable,
    NotYourPledge,
    PaidInTheFuture,
    PaymentExceedsBill,
    PaymentPending,
    PaymentSplitsAMonth,
    ReferenceReused,
)
from naung.rules.money import Rupiah

K = ledger.K


@transaction.atomic
def record_payment(bill: Bill, *, sp2d_number: str, paid_on: date, amount_rp: Rupiah, by: User | None) -> Payment:
    """Enter one SP2D against `bill`: all of what is owed, or whole worker-months of it in decree order.

    It activates nobody until another person confirms it. Safe to repeat: the same receipt gives the first payment
    back. A company records the payments of its own pledge.
    Raises NotPermitted, OutsideTerritory, NotYourPledge, ReferenceReused, NotPayable, PaymentPending,
    PaymentExceedsBill, PaymentSplitsAMonth, PaidInTheFuture.
    """
    _require_payer(by, bill)
    bill = held(bill.pk)
    sp2d_number = sp2d_number.strip()
    receipts = Payment.objects.filter(bill=bill, sp2d_number=sp2d_number)
    if earlier := receipts.exclude(status=Payment.Status.REVERSED).first():
        if (earlier.amount_rp, earlier.paid_on) != (amount_rp, paid_on):
            raise ReferenceReused(sp2d_number)
        return earlier
    if paid_on > timezone.localdate():
        raise PaidInTheFuture()
    if pending := Payment.objects.filter(bill=bill, status=Payment.Status.RECORDED).first():
        raise PaymentPending(pending.sp2d_number)
    if bill.status in (Bill.Status.PAID, Bill.Status.REVERSED):
        raise NotPayable(bill.number, bill.get_status_display())
    outstanding = bill.total_rp - bill.paid_rp - bill.reversed_rp
    if amount_rp > outstanding or amount_rp <= 0:
        raise PaymentExceedsBill(bill.number, amount_rp, outstanding)
    step = lines.step_at(bill.pk, amount_rp)
    if step.amount_rp != amount_rp:
        raise PaymentSplitsAMonth(amount_rp, step.amount_rp, step.next_rp)

    payment = Payment.objects.create(
        bill=bill,
        sp2d_number=sp2d_number,
        paid_on=paid_on,
        amount_rp=amount_rp,
        line_count=step.lines,
        recorded_by=by,
        recorded_at=timezone.now(),
    )
    audited("payment.record", bill, by=by, payment=payment.pk, amount_rp=amount_rp, lines=step.lines)
    return payment


@transaction.atomic
def confirm_payment(payment: Payment, *, by: User, received_rp: Rupiah | None = None) -> Payment:
    """Another person confirms that the money arrived: its worker-months become active.

    `received_rp` is what the bank shows, where the confirmer states it. Safe to repeat. Raises NotPermitted,
    OutsideTerritory, MakerIsChecker, AlreadyReversed, AmountDiffers, PaymentSplitsAMonth.
    """
    if payment.recorded_by_id == by.pk:
        raise MakerIsChecker()
    bill = held(payment.bill_id)
    require(by, Permission.PAYMENT_CONFIRM, bill.area_code)
    payment = Payment.objects.select_for_update(of=("self",)).get(pk=payment.pk)
    if payment.status == Payment.Status.CONFIRMED:
        return payment
    if payment.status == Payment.Status.REVERSED:
        raise AlreadyReversed(f"Pembayaran {payment.sp2d_number}")
    if received_rp is not None and received_rp != payment.amount_rp:
        raise AmountDiffers(payment.sp2d_number, payment.amount_rp, received_rp)
    # The bill may have shrunk since (somebody left): the money must still pay whole worker-months.
    step = lines.step_at(bill.pk, payment.amount_rp)
    if step.amount_rp != payment.amount_rp:
        raise PaymentSplitsAMonth(payment.amount_rp, step.amount_rp, step.next_rp)

    payment.transfer = ledger.move(
        payment.amount_rp,
        line=bill.funding_line,
        debit=K.PAYABLE,
        credit=K.CASH,
        on=payment.paid_on,
        memo=f"SP2D {payment.sp2d_number} untuk {bill.number}",
    )
    payment.status = Payment.Status.CONFIRMED
    payment.confirmed_by, payment.confirmed_at = by, timezone.now()
    payment.line_count = step.lines
    payment.save()
    activated = lines.activate(bill.pk, payment.pk, step)
    assert activated == step.lines, "a payment activates exactly the worker-months it pays"
    bill.paid_rp += payment.amount_rp
    settle(bill)
    audited("payment.confirm", bill, by=by, payment=payment.pk, amount_rp=payment.amount_rp, lines=activated)
    return payment


@transaction.atomic
def reverse_payment(payment: Payment, *, reason: str, by: User) -> Payment:
    """Undo a payment that was wrong: a new entry names the old one, its months are active no more and owed no more.

    The people can then be billed again. Raises NotPermitted, OutsideTerritory, AlreadyReversed, NoReason.
    """
    if not reason.strip():
        raise NoReason()
    bill = held(payment.bill_id)
    may_record = by.may(Permission.PAYMENT_RECORD)
    require(by, Permission.PAYMENT_RECORD if may_record else Permission.PAYMENT_CONFIRM, bill.area_code)
    payment = Payment.objects.select_for_update(of=("self",)).select_related("transfer").get(pk=payment.pk)
    if payment.status == Payment.Status.REVERSED:
        raise AlreadyReversed(f"Pembayaran {payment.sp2d_number}")
    today = timezone.localdate()
    if payment.status == Payment.Status.RECORDED:
        # No month became active and no money moved in the books: there is nothing to undo but the record.
        payment.status, payment.reversed_reason = Payment.Status.REVERSED, reason.strip()[:200]
        payment.save(update_fields=["status", "reversed_reason"])
        audited("payment.withdraw", bill, by=by, reason=reason, payment=payment.pk, amount_rp=payment.amount_rp)
        return payment
    assert payment.transfer is not None, "a confirmed payment moved money"
    ledger.move(
        payment.amount_rp,
        line=bill.funding_line,
        debit=K.CASH,
        credit=K.PAYABLE,
        on=today,
        memo=f"Pembatalan SP2D {payment.sp2d_number}",
        reverses=payment.transfer,
    )
    credited = lines.sum_of_dead(payment.pk)
    lines.kill(payment=payment.pk)
    payment.status, payment.reversed_reason = Payment.Status.REVERSED, reason.strip()[:200]
    payment.save(update_fields=["status", "reversed_reason"])
    bill.paid_rp -= payment.amount_rp
    bill.credited_rp -= credited
    bill.reversed_rp += payment.amount_rp
    if cancelled := payment.amount_rp - credited:
        cancel_debt(bill, cancelled, on=today)
    if credited:
        # The overpaid part was a claim on the agency; the money itself came back now.
        ledger.move(
            credited,
            line=bill.funding_line,
            debit=K.PAYABLE,
            credit=K.RECEIVABLE,
            on=today,
            memo=f"Kelebihan bayar kembali bersama SP2D {payment.sp2d_number}",
        )
    settle(bill)
    audited("payment.reverse", bill, by=by, reason=reason, payment=payment.pk, amount_rp=payment.amount_rp)
    return payment


def _require_payer(by: User | None, bill: Bill) -> None:
    if by is None or not by.may(Permission.PLEDGE_PAY):
        require(by, Permission.PAYMENT_RECORD, bill.area_code)
        return
    require(by, Permission.PLEDGE_PAY, bill.area_code)
    if by.office_id is None or bill.funding_line.donor_id != by.office_id:
        raise NotYourPledge()
