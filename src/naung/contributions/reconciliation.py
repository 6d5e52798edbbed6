"""Our list against the branch's: what is open, what was settled, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from naung.accounts.permissions import Permission
from naung.accounts.territory import Viewer, within_territory
from naung.contributions.models import Bill, Comparison, Difference

#: Whoever may settle differences: those who issue bills, and the branch.
SETTLERS = (Permission.BILL_ISSUE, Permission.PAYMENT_CONFIRM)


def comparisons_visible_to(user: Viewer) -> QuerySet[Comparison]:
    """The comparison in force of each bill of the territory, for those who settle differences."""
    permission = next((one for one in SETTLERS if user.may(one)), None)
    rows = Comparison.objects.filter(replaced_at__isnull=True)
    if permission is None:
        return rows.none()
    return within_territory(rows, user, permission, field="bill__area_code").select_related(
        "bill__programme", "bill__funding_line", "taken_by"
    )


def open_comparisons(user: Viewer) -> QuerySet[Any]:
    """Those with differences left, the bill due first on top; `waiting` counts the differences."""
    return (
        comparisons_visible_to(user)
        .annotate(waiting=Count("differences", filter=Q(differences__settled="")))
        .filter(waiting__gt=0)
        .order_by("bill__due_on", "pk")
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """How far one comparison has come: all differences by kind, and how many of each are open."""

    kind: str
    label: str
    total: int
    open: int


def tally_of(comparison: Comparison) -> list[Tally]:
    counted = {
        row["kind"]: row
        for row in comparison.differences.order_by()
        .values("kind")
        .annotate(total=Count("id"), open=Count("id", filter=Q(settled="")))
    }
    none = {"total": 0, "open": 0}
    return [
        Tally(kind.value, str(kind.label), (row := counted.get(kind.value, none))["total"], row["open"])
        for kind in Difference.Kind
    ]


def differences_of(comparison: Comparison, *, kind: str = "", settled: bool | None = None) -> QuerySet[Difference]:
    """The differences of a visible comparison, open ones first."""
    rows = comparison.differences.select_related("worker", "settled_by", "departure")
    if kind:
        rows = rows.filter(kind=kind)
    if settled is not None:
        rows = rows.exclude(settled="") if settled else rows.filter(settled="")
    return rows.order_by(F("settled_at").asc(nulls_first=True), "kind", "pk")


def differences_visible_to(user: Viewer) -> QuerySet[Difference]:
    return Difference.objects.filter(comparison__in=comparisons_visible_to(user)).select_related(
        "comparison__bill__programme", "comparison__bill__funding_line", "worker", "departure", "settled_by"
    )


def in_force(bill: Bill) -> Comparison | None:
    return bill.comparisons.filter(replaced_at__isnull=True).select_related("taken_by").first()
