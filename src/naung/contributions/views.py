"""Pages of bills and payments."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, done_or_told, page, private
from naung.accounts.permissions import Permission, Role
from naung.areas import queries as areas
from naung.contributions import actions, bill_queries, long_work, queries
from naung.contributions.forms import IssueForm, PaymentForm, ReasonForm
from naung.contributions.models import Bill, Payment
from naung.programmes import queries as programmes
from naung.registry import queries as registry
from naung.registry.paging import PAGE_ROWS
from naung.rules.periods import add_months, first_of_month, months_between
from naung.ui.formats import number

STATUSES = {"terbit": Bill.Status.ISSUED, "sebagian": Bill.Status.PARTLY_PAID, "lunas": Bill.Status.PAID}


@permission_required(Permission.BILLS_VIEW)
def bills(request: SignedInRequest) -> HttpResponse:
    """The bills of the territory, newest first; a donor's are those of its own funding lines."""
    visible = queries.bills_visible_to(request.user)
    status = STATUSES.get(request.GET.get("keadaan", ""))
    found = visible.filter(status=status) if status else visible
    shown = Paginator(found.select_related("programme", "funding_line"), PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "rows": [{"bill": one, "outstanding": bill_queries.outstanding_rp(one)} for one in shown],
        "status": request.GET.get("keadaan", "") if status else "",
        "sums": bill_queries.sums_of(visible),
        "today": timezone.localdate(),
        "may_issue": request.user.may(Permission.BILL_ISSUE),
    }
    return page(request, "contributions/bills.html", context)


@permission_required(Permission.BILL_ISSUE)
def issue(request: SignedInRequest) -> HttpResponse:
    """Bill everybody enrolled under one funding line for some months."""
    lines = programmes.funding_lines_visible_to(request.user)
    month = first_of_month(timezone.localdate())
    first: dict[str, Any] = {"first_month": month, "last_month": month, "due_on": add_months(month, 1)}
    if chosen := lines.filter(pk=_number(request.GET.get("jalur"))).first():
        first["funding_line"] = chosen.pk
    form = IssueForm(request.POST or None, lines=lines, initial=first)
    made: list[Bill] = []
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        line = facts.pop("funding_line")
        if bill_queries.people_under(line) > settings.LONG_BILL_PEOPLE:
            return redirect("jobs:job", long_work.ask_bill(line, by=request.user, **facts).pk)
        if accepted(form, lambda: made.append(actions.issue_bill(line, by=request.user, **facts))):
            return redirect("contributions:bill", made[0].pk)
    return page(request, "contributions/issue.html", {"form": form}, form=form)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else 0


@permission_required(Permission.BILLS_VIEW)
def bill(request: SignedInRequest, bill_id: int) -> HttpResponse:
    """What is owed, by the law of each month; what was paid; the next payment."""
    one = _visible(request, bill_id)
    outstanding = bill_queries.outstanding_rp(one)
    pending = one.payments.filter(status=Payment.Status.RECORDED).exists()
    may_pay = request.user.may(Permission.PAYMENT_RECORD) and outstanding > 0 and not pending
    form = PaymentForm(
        request.POST if may_pay and request.method == "POST" else None,
        initial={"paid_on": timezone.localdate(), "amount_rp": number(outstanding)},
    )
    if form.is_bound and form.is_valid():
        facts = form.cleaned_data
        if accepted(form, lambda: actions.record_payment(one, by=request.user, **facts)):
            messages.success(request, _("Pembayaran tercatat. Orang lain perlu mengonfirmasinya supaya bulan aktif."))
            return redirect("contributions:bill", one.pk)
    return page(request, "contributions/bill.html", _bill_context(request, one, form if may_pay else None), form=form)


def _bill_context(request: SignedInRequest, one: Bill, form: PaymentForm | None) -> dict[str, Any]:
    months = bill_queries.priced_months(one)
    return {
        "bill": one,
        "months": months,
        "equation": months[0].rate_rp if months and bill_queries.one_price(months) else None,
        "month_count": months_between(one.first_month, one.last_month) + 1,
        "outstanding": bill_queries.outstanding_rp(one),
        "payments": one.payments.select_related("recorded_by", "confirmed_by").order_by("-id"),
        "form": form,
        "today": timezone.localdate(),
        "may_confirm": request.user.may(Permission.PAYMENT_CONFIRM),
        "may_undo": request.user.may(Permission.PAYMENT_RECORD) or request.user.may(Permission.PAYMENT_CONFIRM),
        "may_cancel": request.user.may(Permission.BILL_ISSUE) and not one.paid_rp and one.status != "reversed",
        "may_see_people": request.user.may(Permission.WORKERS_VIEW),
        "is_donor": request.user.role == Role.DONOR,
    }


@private
@permission_required(Permission.WORKERS_VIEW)
def lines(request: SignedInRequest, bill_id: int) -> HttpResponse:
    """Who and which month: the lines of a bill, in decree order."""
    one = _visible(request, bill_id)
    shown = Paginator(queries.lines_visible_to(request.user, one), PAGE_ROWS).get_page(request.GET.get("page"))
    people = {line.worker_id: line.worker for line in shown}
    niks = registry.masked_niks(list(people.values()))
    names = areas.names_of(line.area_code for line in shown)
    rows = [{"line": line, "nik": niks[line.worker_id], "place": names.get(line.area_code, "")} for line in shown]
    return page(request, "contributions/lines.html", {"bill": one, "page": shown, "rows": rows})


@require_POST
@permission_required(Permission.PAYMENT_CONFIRM)
def confirm(request: SignedInRequest, payment_id: int) -> HttpResponse:
    """Another person says that the money arrived."""
    payment = get_object_or_404(queries.payments_visible_to(request.user), pk=payment_id)
    done_or_told(
        request,
        lambda: actions.confirm_payment(payment, by=request.user),
        done=_("Pembayaran terkonfirmasi. Bulan yang dibayar kini aktif."),
    )
    return redirect("contributions:bill", payment.bill_id)


@permission_required(Permission.PAYMENT_RECORD, Permission.PAYMENT_CONFIRM)
def undo_payment(request: SignedInRequest, payment_id: int) -> HttpResponse:
    """A payment that was wrong: the page says what stops being active, and asks why."""
    payment = get_object_or_404(queries.payments_visible_to(request.user).select_related("bill"), pk=payment_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if accepted(form, lambda: actions.reverse_payment(payment, reason=reason, by=request.user)):
            messages.success(request, _("Pembayaran dibatalkan dengan catatan baru."))
            return redirect("contributions:bill", payment.bill_id)
    context = {"bill": payment.bill, "payment": payment, "form": form}
    return page(request, "contributions/undo.html", context, form=form)


@permission_required(Permission.BILL_ISSUE)
def cancel(request: SignedInRequest, bill_id: int) -> HttpResponse:
    """An unpaid bill that was wrong: its people can be billed again."""
    one = _visible(request, bill_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if accepted(form, lambda: actions.reverse_bill(one, reason=reason, by=request.user)):
            messages.success(request, _("Tagihan dibatalkan. Orangnya dapat ditagihkan lagi."))
            return redirect("contributions:bill", one.pk)
    return page(request, "contributions/undo.html", {"bill": one, "payment": None, "form": form}, form=form)


def _visible(request: SignedInRequest, bill_id: int) -> Bill:
    rows = queries.bills_visible_to(request.user).select_related("programme", "funding_line__donor")
    return get_object_or_404(rows, pk=bill_id)
