"""What is owed: a bill is issued from the law, or cancelled."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from naung import progress
from naung.accounts import paper_numbers
from naung.accounts.acting import require
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.contributions import ledger, lines
from naung.contributions.actions.keeping import audited, cancel_debt, held, hold, settle
from naung.contributions.actions.leaving import settle_leavers
from naung.contributions.models import Bill, Payment
from naung.contributions.pricing import tariff
from naung.contributions.refusals import (
    AlreadyBilledElsewhere,
    AlreadyReversed,
    BillHasPayments,
    CeilingExceeded,
    MonthsOutsideProgramme,
    NoReason,
    NothingToBill,
)
from naung.coverage.actions import let_dead_go
from naung.programmes.models import FundingLine
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
    and income and for this payer. Safe to repeat: when nobody is left to bill, the live bill of the same request is
    given back. Whoever is known to have died by now is let go first.
    Raises NotPermitted, OutsideTerritory, MonthsOutsideProgramme, NothingToBill, AlreadyBilledElsewhere,
    CeilingExceeded, and what the law raises (NeedsDecision, NotInForce).
    """
    require_month(first_month)
    require_month(last_month)
    # The lock is the programme's: two bills of a line must not both see the old ceiling.
    programme = hold(funding_line.programme_id)
    require(by, Permission.BILL_ISSUE, programme.area_code)
    line = FundingLine.objects.select_related("programme").get(pk=funding_line.pk)
    if last_month < first_month or first_month < programme.starts_on or last_month >= programme.ends_on:
        raise MonthsOutsideProgramme(first_month, last_month, programme.name)
    today = issued_on or timezone.localdate()
    numbering = paper_numbers.hold(programme.area_code, "bill", on=today)
    progress.at("leavers")
    let_dead_go(programme, by=by)
    settle_leavers(programme, by=by)

    progress.at("lines")
    bill_id = lines.next_bill_id()
    prices = tariff(line, first_month=first_month, last_month=last_month)
    try:
        with transaction.atomic():
            lines.insert(bill_id, line, prices, first_month=first_month, last_month=last_month)
    except IntegrityError:
        people, bills = lines.billed_elsewhere(line, first_month=first_month, last_month=last_month)
        if people:
            raise AlreadyBilledElsewhere(people, bills) from None
        raise
    progress.at("sums")
    sums = lines.sums_of(bill_id)
    if not sums.lines:
        same = Bill.objects.filter(
            funding_line=line, first_month=first_month, last_month=last_month, due_on=due_on, payment_code=payment_code
        )
        if earlier := same.exclude(status=Bill.Status.REVERSED).order_by("-id").first():
            return earlier
        raise NothingToBill(first_month, last_month)
    _respect_ceiling(line, sums.total_rp)

    if numbering is None:
        number = f"TAG/{programme.code}/{first_month:%Y%m}/{programme.bills.count() + 1:03d}"
    else:
        number = numbering.take(code=programme.code, taken=lambda one: Bill.objects.filter(number=one).exists())
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
    progress.at("totals")
    lines.refresh_totals(line, first_month, last_month)
    audited("bill.issue", bill, by=by, people=sums.people, total_rp=sums.total_rp)
    return bill


def _respect_ceiling(line: FundingLine, wanted: Rupiah) -> None:
    billed = sum(bill.total_rp - bill.reversed_rp - bill.credited_rp for bill in Bill.objects.filter(funding_line=line))
    if billed + wanted > line.ceiling_rp:
        raise CeilingExceeded(line.name, line.ceiling_rp, billed, wanted)


@transaction.atomic
def reverse_bill(bill: Bill, *, reason: str, by: User) -> Bill:
    """Cancel an unpaid bill: its lines are owed no more and the people can be billed again.

    Raises NotPermitted, OutsideTerritory, BillHasPayments, AlreadyReversed, NoReason.
    """
    require(by, Permission.BILL_ISSUE, bill.area_code)
    if not reason.strip():
        raise NoReason()
    bill = held(bill.pk)
    if bill.status == Bill.Status.REVERSED:
        raise AlreadyReversed(f"Tagihan {bill.number}")
    if bill.paid_rp or Payment.objects.filter(bill=bill, status=Payment.Status.RECORDED).exists():
        raise BillHasPayments(bill.number)
    cancelled = lines.kill(bill=bill.pk)
    bill.reversed_rp += cancelled
    cancel_debt(bill, cancelled, on=timezone.localdate())
    settle(bill)
    audited("bill.reverse", bill, by=by, reason=reason, amount_rp=cancelled)
    return bill
