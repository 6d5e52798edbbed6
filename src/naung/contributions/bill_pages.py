"""What the page of one bill shows, for the person who looks: shared by the views that may have to show it again."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.utils import timezone

from naung.accounts.models import User
from naung.accounts.permissions import Permission, Role
from naung.contributions import bill_queries, queries, reconciliation
from naung.contributions.models import Bill, Payment
from naung.rules.periods import months_between


def visible(user: User, bill_id: int) -> Bill:
    rows = queries.bills_visible_to(user).select_related("programme", "funding_line__donor", "issued_by")
    return get_object_or_404(rows, pk=bill_id)


def may_pay(user: User, bill: Bill) -> bool:
    """Whether this person may record the next payment now: not while one waits for its confirmation."""
    if user.may(Permission.PLEDGE_PAY):
        allowed = user.office_id is not None and bill.funding_line.donor_id == user.office_id
    else:
        allowed = user.may(Permission.PAYMENT_RECORD)
    pending = bill.payments.filter(status=Payment.Status.RECORDED).exists()
    return allowed and bill_queries.outstanding_rp(bill) > 0 and not pending


def context(user: User, bill: Bill, form: BaseForm | None) -> dict[str, Any]:
    months = bill_queries.priced_months(bill)
    today = timezone.localdate()
    outstanding = bill_queries.outstanding_rp(bill)
    settles = any(user.may(one) for one in reconciliation.SETTLERS)
    comparison = reconciliation.in_force(bill) if settles else None
    tallies = reconciliation.tally_of(comparison) if comparison else []
    return {
        "bill": bill,
        "months": months,
        "equation": months[0].rate_rp if months and bill_queries.one_price(months) else None,
        "month_count": months_between(bill.first_month, bill.last_month) + 1,
        "outstanding": outstanding,
        "late_days": (today - bill.due_on).days if outstanding and bill.due_on < today else 0,
        "unpaid_lines": sum(one.alive - one.paid for one in months),
        "payments": bill.payments.select_related("recorded_by", "confirmed_by").order_by("-id"),
        "form": form,
        "today": today,
        "may_confirm": user.may(Permission.PAYMENT_CONFIRM),
        "may_undo": user.may(Permission.PAYMENT_RECORD) or user.may(Permission.PAYMENT_CONFIRM),
        "may_cancel": user.may(Permission.BILL_ISSUE) and not bill.paid_rp and bill.status != "reversed",
        "may_see_people": user.may(Permission.WORKERS_VIEW),
        "settles": settles,
        "differences": sum(one.open for one in tallies),
        "amount_differs": sum(one.open for one in tallies if one.kind == "amount"),
        "user_id": user.pk,
        "is_donor": user.role == Role.DONOR,
    }
