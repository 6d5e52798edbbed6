"""The page of one programme: its rules in words, its money, and how far the chain has come. Needs the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import page
from naung.accounts.models import User
from naung.accounts.permissions import Permission, Role
from naung.accounts.territory import sees_area
from naung.areas import queries as areas
from naung.contributions import queries
from naung.contributions.models import Bill
from naung.programmes import queries as programmes
from naung.programmes.basis_page import basis_of, owners_of
from naung.programmes.equations import equation
from naung.programmes.models import FundingLine, Programme
from naung.programmes.spec import stored_spec
from naung.programmes.words import criteria_words, priority_words, quota_words
from naung.registry import queries as registry
from naung.registry.models import SourceList
from naung.rules.contributions import Payer
from naung.rules.periods import add_months
from naung.selection import queries as selection
from naung.selection.answering import change_words
from naung.selection.keeping import may_be_arranged
from naung.selection.models import Round
from naung.ui.terms import term

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
    runs = user.may(Permission.SELECTION_RUN)
    budget = programmes.budget_of(one)
    step = _step(one, lists, bills)
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
        "budget": budget,
        "enough_for": one.places - budget.short_people,
        "raised": _raised(one, budget.short_rp),
        "arranged": next((row for row in rounds[:1] if may_be_arranged(row)), None) if runs else None,
        "versions": _versions(one) if insider else [],
        "basis": basis_of(one, user) if insider else None,
        "owners": owners_of(one),
        "may_edit": user.may(Permission.PROGRAMME_EDIT) and sees_area(user, one.area_code),
        "lines": _money(mine, bills, {part.code: part.restriction for part in spec.funding_lines}),
        "lists": lists[:_SHOWN],
        "rounds": rounds[:_SHOWN] if insider else [],
        "decrees": decrees[:_SHOWN] if insider else [],
        "bills": bills.select_related("funding_line")[:_SHOWN],
        "step": step,
        "action": _next(one, user, step, rounds.first() if insider else None, bills.first()),
        "insider": insider,
        "sees_people": user.may(Permission.WORKERS_VIEW),
        "sees_bills": user.may(Permission.BILLS_VIEW),
        "may_upload": user.may(Permission.LIST_UPLOAD),
        "may_select": runs,
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
            "payer": term(Payer(line.payer).label_id),
            "restriction": strings.get(line.code, ""),
            "billed_rp": sum(b.total_rp - b.reversed_rp - b.credited_rp for b in by_line.get(line.pk, [])),
            "paid_rp": sum(b.paid_rp - b.credited_rp for b in by_line.get(line.pk, [])),
        }
        for line in lines
    ]


@dataclass(frozen=True, slots=True)
class Action:
    """The one thing to do next on a programme, for who may do it."""

    words: str
    icon: str
    address: str


def _next(one: Programme, user: User, step: int, newest: Round | None, bill: Bill | None) -> Action | None:
    """By how far the chain has come: hand in, check, select, decide, bill, and look at who is protected."""
    runs, decides = user.may(Permission.SELECTION_RUN), user.may(Permission.DECREE_APPROVE)
    if newest is not None and newest.status == Round.Status.SUBMITTED:
        if decides:
            return Action(_("Tinjau dan setujui SK"), "signature", reverse("selection:approve", args=[newest.pk]))
        return Action(_("Lihat yang diajukan"), "eye", reverse("selection:round", args=[newest.pk]))
    if newest is not None and newest.status in (Round.Status.DRAFT, Round.Status.RETURNED) and runs:
        return Action(_("Buka draf seleksi"), "list-check", reverse("selection:round", args=[newest.pk]))
    if step == 1 and user.may(Permission.LIST_UPLOAD):
        return Action(_("Unggah daftar"), "upload", reverse("registry:upload"))
    if step == 2 and user.may(Permission.LIST_DECIDE):
        return Action(_("Periksa daftar"), "checks", reverse("registry:lists"))
    if step == 3 and runs:
        return Action(_("Jalankan seleksi"), "list-check", reverse("selection:programme", args=[one.pk]))
    if step == 5 and user.may(Permission.BILL_ISSUE):
        return Action(_("Terbitkan tagihan"), "receipt", reverse("contributions:issue"))
    if step >= 6 and bill is not None:
        return Action(_("Buka tagihan terakhir"), "receipt", reverse("contributions:bill", args=[bill.pk]))
    return None


def _raised(one: Programme, short_rp: int) -> str:
    """The query that gives the last funding line what is missing."""
    line = max(one.funding_lines.all(), key=lambda row: row.order, default=None)
    return urlencode({f"pagu~{line.code}": line.ceiling_rp + short_rp}, safe="~") if line and short_rp else ""


def _versions(one: Programme) -> list[dict[str, Any]]:
    """The versions of the rules, newest first, with what each changed in words."""
    return [
        {"version": row, "changes": change_words(row.changes, stored_spec(row.spec))}
        for row in one.versions.select_related("made_by")[:_SHOWN]
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
