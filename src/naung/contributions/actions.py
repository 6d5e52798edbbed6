"""Writes: bills, payments, reversals. Each is one transaction with its ledger transfer and its audit record."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from naung.accounts.models import User
from naung.audit import actions as audit
from naung.contributions import ledger, lines
from naung.contributions.models import Bill, Payment
from naung.contributions.pricing import tariff
from naung.contributions.refusals import (
    AlreadyReversed,
    BillHasPayments,
    CeilingExceeded,
    MakerIsChecker,
    MonthsOutsideProgramme,
    NoReason,
    NothingToBill,
    NotPayable,
    PaidInTheFuture,
    PaymentExceedsBill,
    PaymentPending,
    PaymentSplitsAMonth,
    ReferenceReused,
)
from naung.coverage.actions import record_departure
from naung.coverage.models import Departure, Enrolment
from naung.programmes.models import FundingLine, Programme
from naung.rules.money import Rupiah
from naung.rules.periods import require_month

K = ledger.K


@transaction.atomic
def issue_bill(
    funding_line: FundingLine,
    *,
    first_month: date,
    last_month: date,
    due_on: date,
    by: User | None,
    payment_code: str = "",
    issued_on: date | None = None,
) -> Bill:
    """Bill everybody enrolled under `funding_line` for the months `first_month` to `last_month`, both included.

    One line per worker and month that has no live line yet, priced by the law of that month for the worker's sector
    and income and for this payer. Safe to repeat: when nobody is left to bill, the live bill of the same months is
    given back. Raises MonthsOutsideProgramme, NothingToBill, CeilingExceeded, and what the law raises
    (NeedsDecision, NotInForce).
    """
    require_month(first_month)
    require_month(last_month)
    # The lock is the programme's: bill numbers have no gaps, and two bills of a line must not both see the old ceiling.
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=funding_line.programme_id)
    line = FundingLine.objects.select_related("programme").get(pk=funding_line.pk)
    if last_month < first_month or first_month < programme.starts_on or last_month >= programme.ends_on:
        raise MonthsOutsideProgramme(first_month, last_month, programme.name)

    bill_id = lines.next_bill_id()
    prices = tariff(line, first_month=first_month, last_month=last_month)
    lines.insert(bill_id, line, prices, first_month=first_month, last_month=last_month)
    sums = lines.sums_of(bill_id)
    if not sums.lines:
        same = Bill.objects.filter(funding_line=line, first_month=first_month, last_month=last_month)
        if earlier := same.exclude(status=Bill.Status.REVERSED).order_by("-id").first():
            return earlier
        raise NothingToBill(first_month, last_month)
    _respect_ceiling(line, sums.total_rp)

    number = f"TAG/{programme.code}/{first_month:%Y%m}/{programme.bills.count() + 1:03d}"
    today = issued_on or timezone.localdate()
    transfer = ledger.move(
        sums.total_rp, line=line, debit=K.EXPENSE, credit=K.PAYABLE, on=today, memo=f"Tagihan {number}"
    )
    bill = Bill.objects.create(
        pk=bill_id,
        programme=programme,
        funding_line=line,
        area_code=programme.area_code,
        number=number,
        payment_code=payment_code,
        first_month=first_month,
        last_month=last_month,
        issued_on=today,
        due_on=due_on,
        people=sums.people,
        line_count=sums.lines,
        jkk_rp=sums.jkk_rp,
        jkm_rp=sums.jkm_rp,
        jht_rp=sums.jht_rp,
        total_rp=sums.total_rp,
        law=prices.law_of(sums.prices),
        transfer=transfer,
        issued_by=by,
        issued_at=timezone.now(),
    )
    lines.refresh_totals(line, first_month, last_month)
    _audited("bill.issue", bill, by=by, people=sums.people, total_rp=sums.total_rp)
    return bill


def _respect_ceiling(line: FundingLine, wanted: Rupiah) -> None:
    billed = sum(bill.total_rp - bill.reversed_rp - bill.credited_rp for bill in Bill.objects.filter(funding_line=line))
    if billed + wanted > line.ceiling_rp:
        raise CeilingExceeded(line.name, line.ceiling_rp, billed, wanted)


@transaction.atomic
def record_payment(bill: Bill, *, sp2d_number: str, paid_on: date, amount_rp: Rupiah, by: User | None) -> Payment:
    """Enter one SP2D against `bill`: all of what is owed, or whole worker-months of it in decree order.

    It activates nobody until another person confirms it. Safe to repeat: the same receipt gives the first payment
    back. Raises ReferenceReused, NotPayable, PaymentPending, PaymentExceedsBill, PaymentSplitsAMonth, PaidInTheFuture.
    """
    bill = Bill.objects.select_for_update(of=("self",)).get(pk=bill.pk)
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
    _audited("payment.record", bill, by=by, payment=payment.pk, amount_rp=amount_rp, lines=step.lines)
    return payment


@transaction.atomic
def confirm_payment(payment: Payment, *, by: User) -> Payment:
    """Another person confirms that the money arrived: its worker-months become active.

    Safe to repeat. Raises MakerIsChecker, AlreadyReversed.
    """
    bill = Bill.objects.select_for_update(of=("self",)).select_related("funding_line").get(pk=payment.bill_id)
    payment = Payment.objects.select_for_update(of=("self",)).get(pk=payment.pk)
    if payment.status == Payment.Status.CONFIRMED:
        return payment
    if payment.status == Payment.Status.REVERSED:
        raise AlreadyReversed(f"Pembayaran {payment.sp2d_number}")
    if payment.recorded_by_id == by.pk:
        raise MakerIsChecker()
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
    _settle(bill)
    _audited("payment.confirm", bill, by=by, payment=payment.pk, amount_rp=payment.amount_rp, lines=activated)
    return payment


@transaction.atomic
def reverse_payment(payment: Payment, *, reason: str, by: User) -> Payment:
    """Undo a payment that was wrong: a new entry names the old one, its months are active no more and owed no more.

    The people can then be billed again. Raises AlreadyReversed, NoReason.
    """
    if not reason.strip():
        raise NoReason()
    bill = Bill.objects.select_for_update(of=("self",)).select_related("funding_line").get(pk=payment.bill_id)
    payment = Payment.objects.select_for_update(of=("self",)).select_related("transfer").get(pk=payment.pk)
    if payment.status == Payment.Status.REVERSED:
        raise AlreadyReversed(f"Pembayaran {payment.sp2d_number}")
    today = timezone.localdate()
    if payment.status == Payment.Status.RECORDED:
        # No month became active and no money moved in the books: there is nothing to undo but the record.
        payment.status, payment.reversed_reason = Payment.Status.REVERSED, reason.strip()[:200]
        payment.save(update_fields=["status", "reversed_reason"])
        _audited("payment.withdraw", bill, by=by, reason=reason, payment=payment.pk, amount_rp=payment.amount_rp)
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
        _cancel_debt(bill, cancelled, on=today)
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
    _settle(bill)
    _audited("payment.reverse", bill, by=by, reason=reason, payment=payment.pk, amount_rp=payment.amount_rp)
    return payment


@transaction.atomic
def reverse_bill(bill: Bill, *, reason: str, by: User) -> Bill:
    """Cancel an unpaid bill: its lines are owed no more and the people can be billed again.

    Raises BillHasPayments, AlreadyReversed, NoReason.
    """
    if not reason.strip():
        raise NoReason()
    bill = Bill.objects.select_for_update(of=("self",)).select_related("funding_line", "transfer").get(pk=bill.pk)
    if bill.status == Bill.Status.REVERSED:
        raise AlreadyReversed(f"Tagihan {bill.number}")
    if bill.paid_rp or Payment.objects.filter(bill=bill, status=Payment.Status.RECORDED).exists():
        raise BillHasPayments(bill.number)
    cancelled = lines.kill(bill=bill.pk)
    bill.reversed_rp += cancelled
    _cancel_debt(bill, cancelled, on=timezone.localdate())
    _settle(bill)
    _audited("bill.reverse", bill, by=by, reason=reason, amount_rp=cancelled)
    return bill


@transaction.atomic
def end_cover(enrolment: Enrolment, *, reason: str, happened_on: date, evidence: str, by: User | None) -> Departure:
    """Somebody leaves: no month after the event is owed, and what was paid for such months is to be credited.

    Raises what `coverage.actions.record_departure` raises.
    """
    departure = record_departure(enrolment, reason=reason, happened_on=happened_on, evidence=evidence, by=by)
    settle_departures(departure.enrolment.programme, by=by)
    return departure


@transaction.atomic
def settle_departures(programme: Programme, *, by: User | None) -> int:
    """Cancel the unpaid and credit the paid months of everybody who left a programme; returns worker-months settled.

    Source: bpu.refund (Perdir BPJS TK 22/PERDIR.02/072022): excess months are returned to a government by agreement.
    """
    affected = lines.bills_with_months_after_leaving(programme.pk)
    settled = 0
    today = timezone.localdate()
    for bill in (
        Bill.objects.select_for_update(of=("self",))
        .select_related("funding_line")
        .filter(pk__in=affected)
        .order_by("pk")
    ):
        cancelled, credited, count = lines.kill_after_leaving(bill.pk)
        settled += count
        bill.reversed_rp += cancelled
        bill.credited_rp += credited
        if cancelled:
            _cancel_debt(bill, cancelled, on=today)
        if credited:
            ledger.move(
                credited,
                line=bill.funding_line,
                debit=K.RECEIVABLE,
                credit=K.EXPENSE,
                on=today,
                memo=f"Kelebihan bayar {bill.number}: peserta sudah keluar",
            )
        _settle(bill)
        _audited("bill.settle", bill, by=by, cancelled_rp=cancelled, credited_rp=credited, lines=count)
    return settled


def _cancel_debt(bill: Bill, amount: Rupiah, *, on: date) -> None:
    """Owe less. Where all of the bill's own transfer is undone at once, the entry names it."""
    whole = amount == bill.total_rp
    ledger.move(
        amount,
        line=bill.funding_line,
        debit=K.PAYABLE,
        credit=K.EXPENSE,
        on=on,
        memo=f"Pembatalan {bill.number}",
        reverses=bill.transfer if whole else None,
    )


def _settle(bill: Bill) -> None:
    """Bring status and month totals in line with the amounts."""
    owed = bill.total_rp - bill.paid_rp - bill.reversed_rp
    if bill.reversed_rp == bill.total_rp:
        bill.status = Bill.Status.REVERSED
    elif owed == 0:
        bill.status = Bill.Status.PAID
    else:
        bill.status = Bill.Status.PARTLY_PAID if bill.paid_rp else Bill.Status.ISSUED
    bill.save(update_fields=["paid_rp", "reversed_rp", "credited_rp", "status"])
    lines.refresh_totals(bill.funding_line, bill.first_month, bill.last_month)


def _audited(action: str, bill: Bill, *, by: User | None, reason: str = "", **detail: int) -> None:
    audit.record(
        action,
        by=by,
        target_type="bill",
        target_id=bill.pk,
        target_name=bill.number,
        area_code=bill.area_code,
        reason=reason,
        **detail,
    )
