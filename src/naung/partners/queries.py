"""Reads: the register of employers, its lists, letters and visits. Everything through `..._visible_to(user)`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet, Sum

from naung.accounts.permissions import Permission
from naung.accounts.territory import Viewer, within_area, within_territory
from naung.partners.compliance import Required, Standing, standing_case
from naung.partners.models import Approach, Employer, EmployerList

__all__ = [
    "Totals",
    "approaches_visible_to",
    "employer_lists_visible_to",
    "employers_visible_to",
    "narrowed",
    "totals",
]


@dataclass(frozen=True)
class Asked:
    """What a list is narrowed to; empty means all."""

    standing: str = ""
    sector: str = ""
    size: str = ""
    area: str = ""
    name: str = ""


@dataclass(frozen=True)
class Totals:
    """Employers by standing, and their workers: by their own report, at the branch, and the gap of those below."""

    standings: dict[str, int]
    reported: int
    registered: int
    gap: int

    @property
    def employers(self) -> int:
        return sum(self.standings.values())


def employers_visible_to(user: Viewer) -> QuerySet[Employer]:
    rows = within_territory(Employer.objects.defer("contact"), user, Permission.PARTNERS_VIEW)
    # Said twice for a regency, so that the index that is sorted by gap serves.
    return rows.filter(region_code=user.area_code[:4]) if len(user.area_code) >= 4 else rows


def narrowed(rows: QuerySet[Employer], asked: Asked, required: Required) -> QuerySet[Employer]:
    """The employers asked for with their `standing`, the widest gap first."""
    if asked.area:
        rows = within_area(rows, asked.area)
    if asked.sector:
        rows = rows.filter(sector="" if asked.sector == "-" else asked.sector)
    if asked.size:
        rows = rows.filter(size="" if asked.size == "-" else asked.size)
    if asked.name:
        plain = " ".join(asked.name.upper().split())
        rows = rows.filter(Q(name__icontains=asked.name.strip()) | Q(name_key__contains=plain) | Q(registration=plain))
    rows = rows.annotate(standing=standing_case(required))
    if asked.standing:
        rows = rows.filter(standing=asked.standing)
    return rows.order_by("region_code", F("gap").desc(nulls_last=True), "id")


def totals(rows: QuerySet[Employer]) -> Totals:
    """One question over rows that carry their `standing`."""
    counts = {one.value: Count("pk", filter=Q(standing=one.value)) for one in Standing}
    found = rows.order_by().aggregate(
        **counts,
        reported_sum=Sum("reported"),
        registered_sum=Sum("registered"),
        gap_sum=Sum("gap", filter=Q(gap__gt=0)),
    )
    return Totals(
        {one.value: found[one.value] for one in Standing},
        found["reported_sum"] or 0,
        found["registered_sum"] or 0,
        found["gap_sum"] or 0,
    )


def employer_lists_visible_to(user: Viewer) -> QuerySet[EmployerList]:
    rows = EmployerList.objects.select_related("taken_by").order_by("-taken_at", "-id")
    return within_territory(rows, user, Permission.PARTNERS_VIEW)


def approaches_visible_to(user: Viewer) -> QuerySet[Approach]:
    """Letters and visits of the territory; those that wait first, by due date."""
    rows = Approach.objects.select_related("employer", "recorded_by")
    return within_territory(rows, user, Permission.PARTNERS_VIEW).order_by(
        F("settled_on").asc(nulls_first=True), "due_on", "id"
    )


def approaches_due(user: Viewer, *, until: date) -> QuerySet[Approach]:
    """What must be asked again by `until`."""
    return approaches_visible_to(user).filter(settled_on__isnull=True, due_on__lte=until)
