"""The page of one programme: its rules in words, its money, and how far the chain has come. Needs the ledger."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import page
from naung.accounts.permissions import Permission, Role
from naung.areas import queries as areas
from naung.contributions import queries
from naung.contributions.models import Bill
from naung.programmes import queries as programmes
from naung.programmes.equations import equation
from naung.programmes.models import FundingLine, Programme
from naung.programmes.words import criteria_words, priority_words, quota_words
from naung.registry import queries as registry
from naung.registry.models import SourceList
from naung.rules.contributions import Payer
from naung.rules.periods import add_months
from naung.selection import queries as selection
from naung.selection.models import Round

_SHOWN = 6


@permission_required(Permission.PROGRAMMES_VIEW, Permission.BILLS_VIEW)
def programme(request: SignedInRequest, programme_id: int) -> HttpResponse:
    """Who may join, how many, when, with whose money; what has happened."""
    visible = programmes.programmes_visible_to(request.user).prefetch_related("funding_lines")
    one = get_object_or_404(visible, pk=programme_id)
    user = request.user
    spec = programmes.spec_of(one)
    mine = programmes.funding_lines_visible_to(user).filter(programme=one)
    bills = queries.bills_visible_to(user).filter(programme=one)
    lists = registry.lists_visible_to(user).filter(programme_code=one.code)
    rounds = selection.rounds_visible_to(user).filter(programme=one)
    decrees = selection.decrees_visible_to(user).filter(programme=one)
    insider = user.role != Role.DONOR
    context: dict[str, Any] = {
        "programme": one,
        "last_month": add_months(one.ends_on, -1),
        "today": timezone.localdate(),
        "place": areas.name_of(one.area_code) or "",
        "spec": spec,
        "criteria": criteria_words(spec),
        "priorities": [(part.label, priority_words(part)) for part in spec.priorities],
        "quotas": [quota_words(part) for part in spec.quotas],
        "equation": equation(one, people=one.places),
        "budget": programmes.budget_of(one),
        "lines": _money(mine, bills, {part.code: part.restriction for part in spec.funding_lines}),
        "lists": lists[:_SHOWN],
        "rounds": rounds[:_SHOWN] if insider else [],
        "decrees": decrees[:_SHOWN] if insider else [],
        "bills": bills.select_related("funding_line")[:_SHOWN],
        "step": _step(one, lists, bills),
        "insider": insider,
        "may_upload": user.may(Permission.LIST_UPLOAD),
        "may_select": user.may(Permission.SELECTION_RUN),
        "may_issue": user.may(Permission.BILL_ISSUE),
        "may_card": user.may(Permission.CARDS_ISSUE),
    }
    return page(request, "contributions/programme.html", context)


def _money(lines: QuerySet[FundingLine], bills: QuerySet[Bill], strings: dict[str, str]) -> list[dict[str, Any]]:
    """Per funding line: ceiling, billed and paid so far."""
    by_line: dict[int, list[Bill]] = {}
    for bill in bills:
        by_line.setdefault(bill.funding_line_id, []).append(bill)
    return [
        {
            "line": line,
            "payer": Payer(line.payer).label_id,
            "restriction": strings.get(line.code, ""),
            "billed_rp": sum(b.total_rp - b.reversed_rp - b.credited_rp for b in by_line.get(line.pk, [])),
            "paid_rp": sum(b.paid_rp - b.credited_rp for b in by_line.get(line.pk, [])),
        }
        for line in lines
    ]


def _step(one: Programme, lists: QuerySet[SourceList], bills: QuerySet[Bill]) -> int:
    """Where the chain stands: Usulan, Verifikasi, Seleksi, SK, Tagihan, Aktif; 7 once months are active."""
    if bills.filter(paid_rp__gt=0).exists():
        return 7
    if bills.exists():
        return 6
    if one.decrees.exists():
        return 5
    if one.rounds.filter(status=Round.Status.SUBMITTED).exists():
        return 4
    if one.rounds.exists() or lists.filter(status=SourceList.Status.SENT).exists():
        return 3
    return 2 if lists.exists() else 1
