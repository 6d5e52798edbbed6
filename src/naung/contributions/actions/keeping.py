"""What every action on money does: hold the programme, bring the bill in line with its lines, write it down."""

from __future__ import annotations

from datetime import date

from naung.accounts.models import User
from naung.audit import actions as audit
from naung.contributions import ledger, lines
from naung.contributions.models import Bill
from naung.coverage.leaving import lock
from naung.programmes.models import Programme
from naung.rules.money import Rupiah

K = ledger.K


def hold(programme_id: int) -> Programme:
    """Whatever changes the lines of a programme holds it: month totals are then added up from what everybody did."""
    return lock([programme_id])[0]


def held(bill_id: int) -> Bill:
    hold(Bill.objects.values_list("programme_id", flat=True).get(pk=bill_id))
    bills = Bill.objects.select_for_update(of=("self",)).select_related("funding_line", "transfer")
    return bills.get(pk=bill_id)


def cancel_debt(bill: Bill, amount: Rupiah, *, on: date) -> None:
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


def settle(bill: Bill) -> None:
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


def audited(action: str, bill: Bill, *, by: User | None, reason: str = "", **detail: int) -> None:
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
