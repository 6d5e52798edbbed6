"""Pages of bills and payments."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, page, private
from naung.accounts.permissions import Permission, Role
from naung.areas import queries as areas
from naung.contributions import actions, bill_pages, bill_queries, long_work, paying_views, queries
from naung.contributions.forms import BillFilter, IssueForm, ReasonForm
from naung.contributions.models import Bill
from naung.contributions.reconciliation import SETTLERS
from naung.programmes import queries as programmes
from naung.registry import queries as registry
from naung.registry.paging import PAGE_ROWS
from naung.rules.periods import add_months, first_of_month, parse_month


@permission_required(Permission.BILLS_VIEW)
def bills(request: SignedInRequest) -> HttpResponse:
    """The bills of the territory, newest first, by state, month and money; a donor's are of its own lines."""
    visible, today = queries.bills_visible_to(request.user), timezone.localdate()
    lines = list(programmes.funding_lines_visible_to(request.user).filter(bills__in=visible).distinct())
    form = BillFilter(request.GET, months=bill_queries.months_billed(visible), lines=lines, auto_id="saring_%s")
    facts = form.cleaned_data if form.is_valid() else {}
    found = bill_queries.in_state(visible, facts.get("keadaan", ""), on=today)
    if month := facts.get("bulan"):
        found = bill_queries.of_month(found, parse_month(month))
    if line := facts.get("sumber"):
        found = found.filter(funding_line=int(line))
    shown = Paginator(found.select_related("programme", "funding_line"), PAGE_ROWS).get_page(request.GET.get("page"))
    late = bill_queries.in_state(visible, "lewat", on=today)
    context = {
        "page": shown,
        "rows": [{"bill": one, "outstanding": bill_queries.outstanding_rp(one)} for one in shown],
        "filter": form,
        "narrowed": any(facts.values()),
        "sums": bill_queries.sums_of(visible.exclude(status="reversed")),
        "late": bill_queries.sums_of(late),
        "today": today,
        "may_issue": request.user.may(Permission.BILL_ISSUE),
        "settles": any(request.user.may(one) for one in SETTLERS),
        "is_donor": request.user.role == Role.DONOR,
    }
    return page(request, "contributions/_bills.html" if request.htmx else "contributions/bills.html", context)


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
    one = bill_pages.visible(request.user, bill_id)
    may_pay = bill_pages.may_pay(request.user, one)
    form = paying_views.first_form(bill_queries.outstanding_rp(one)) if may_pay else None
    return page(request, "contributions/bill.html", bill_pages.context(request.user, one, form))


@private
@permission_required(Permission.WORKERS_VIEW)
def lines(request: SignedInRequest, bill_id: int) -> HttpResponse:
    """Who and which month: the lines of a bill, in decree order."""
    one = bill_pages.visible(request.user, bill_id)
    shown = Paginator(queries.lines_visible_to(request.user, one), PAGE_ROWS).get_page(request.GET.get("page"))
    people = {line.worker_id: line.worker for line in shown}
    niks = registry.masked_niks(list(people.values()))
    names = areas.names_of(line.area_code for line in shown)
    rows = [{"line": line, "nik": niks[line.worker_id], "place": names.get(line.area_code, "")} for line in shown]
    return page(request, "contributions/lines.html", {"bill": one, "page": shown, "rows": rows})


@permission_required(Permission.BILL_ISSUE)
def cancel(request: SignedInRequest, bill_id: int) -> HttpResponse:
    """An unpaid bill that was wrong: its people can be billed again."""
    one = bill_pages.visible(request.user, bill_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if accepted(form, lambda: actions.reverse_bill(one, reason=reason, by=request.user)):
            messages.success(request, _("Tagihan dibatalkan. Orangnya dapat ditagihkan lagi."))
            return redirect("contributions:bill", one.pk)
    return page(request, "contributions/undo.html", {"bill": one, "payment": None, "form": form}, form=form)
