"""Perlindungan: who is covered until when. Counts for everybody who may see figures, people for those who may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet, Sum

from naung.accounts.models import User
from naung.accounts.territory import within_area
from naung.areas.queries import names_of
from naung.contributions.models import BillLine
from naung.coverage.models import Enrolment
from naung.coverage.queries import enrolments_visible_to
from naung.planning.queries import totals_visible_to
from naung.programmes.models import Programme
from naung.rules.periods import first_of_month

#: More people than this are not listed before the list is narrowed to a place.
LISTED = 10_000
_LEVELS = (2, 4, 6, 10)


@dataclass(frozen=True)
class Place:
    """One part of an area in one month, in worker-months: planned, billed, paid."""

    code: str
    name: str
    planned: int
    billed: int
    active: int

    @property
    def unpaid(self) -> int:
        return self.billed - self.active


def places(user: User, area_code: str, *, month: date, villages: bool = False) -> list[Place]:
    """The next level below `area_code` that the viewer sees: regencies, then districts, then villages.

    With `villages` at once all villages.
    """
    digits = next((level for level in _LEVELS if level > len(area_code)), _LEVELS[-1])
    if villages:
        digits = _LEVELS[-1]
    sums: dict[str, list[int]] = {}
    rows = (
        within_area(totals_visible_to(user).filter(month=month), area_code)
        .values("area_code")
        .annotate(p=Sum("planned"), b=Sum("billed"), a=Sum("paid"))
    )
    for row in rows:
        one = sums.setdefault(row["area_code"][:digits], [0, 0, 0])
        for place, count in enumerate((row["p"], row["b"], row["a"])):
            one[place] += count
    names = names_of(sums)
    return [Place(code, names.get(code, code), *counts) for code, counts in sorted(sums.items())]


@dataclass(frozen=True)
class ProgrammeCover:
    """One programme in one month and place, in worker-months, and until when it runs."""

    programme: Programme
    planned: int
    billed: int
    active: int
    last_day: date

    @property
    def unpaid(self) -> int:
        return self.billed - self.active


def by_programme(user: User, area_code: str, *, month: date) -> list[ProgrammeCover]:
    """Programmes with people in `month`, the first to end on top."""
    rows = (
        within_area(totals_visible_to(user).filter(month=month), area_code)
        .values("programme")
        .annotate(p=Sum("planned"), b=Sum("billed"), a=Sum("paid"))
    )
    sums = {row["programme"]: (row["p"], row["b"], row["a"]) for row in rows}
    known = Programme.objects.filter(pk__in=sums).order_by("ends_on", "code")
    return [ProgrammeCover(one, *sums[one.pk], last_day=one.ends_on - timedelta(days=1)) for one in known]


def people_covered(user: User, area_code: str, *, on: date, ends_within_days: int | None = None) -> QuerySet[Enrolment]:
    """Enrolments that have not ended on a day, by place and name; or those that end within some days of it.

    In the order of the workers' own index, so that the first page of a million reads fifty.
    """
    rows = within_area(enrolments_visible_to(user), area_code).filter(period__endswith__gt=on)
    if ends_within_days is not None:
        rows = rows.filter(period__endswith__lte=on + timedelta(days=ends_within_days + 1))
    return rows.order_by("worker__area_code", "worker__name_norm", "worker_id", "id")


@dataclass(frozen=True)
class Covered:
    """One person's stretch of cover as the list shows it."""

    enrolment: Enrolment
    place: str
    active: bool
    billed: bool
    last_day: date
    days_left: int


def as_rows(enrolments: list[Enrolment], *, on: date) -> list[Covered]:
    """What the list says of a page of enrolments: places and this month's contribution, in two queries."""
    lines = dict(
        BillLine.objects.filter(
            worker__in=[one.worker_id for one in enrolments], month=first_of_month(on), live=True
        ).values_list("worker_id", "payment_id")
    )
    names = names_of(one.area_code for one in enrolments)
    rows = []
    for one in enrolments:
        last_day = one.period.upper - timedelta(days=1)
        rows.append(
            Covered(
                enrolment=one,
                place=names.get(one.area_code, ""),
                active=lines.get(one.worker_id) is not None,
                billed=one.worker_id in lines,
                last_day=last_day,
                days_left=(last_day - on).days,
            )
        )
    return rows
