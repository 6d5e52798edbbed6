"""The figures of a monitoring report: places, people who qualify, people decreed and active, money, moves.

Everything is about the programmes of one region in some months. People are counted by village once, and one hiding of
small cells holds for the body and for the attachment: two tables that hide differently would tell what each hides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q, Sum

from naung import disclosure
from naung.contributions.models import Bill, Payment
from naung.coverage.models import MonthTotal
from naung.programmes.models import FundingLine, Programme
from naung.programmes.spec import QuotaSpec
from naung.rules.money import Rupiah
from naung.rules.periods import add_months, months_in
from naung.rules.selection import Dimension, Quota
from naung.ui.formats import NOTHING, number

_DISTRICT = 6


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one place: who qualified by now; in the last month, who was decreed and whose contribution was paid."""

    valid: int = 0
    planned: int = 0
    active: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.valid + other.valid, self.planned + other.planned, self.active + other.active)

    @property
    def cells(self) -> tuple[int, int, int]:
        return (self.valid, self.planned, self.active)


@dataclass(frozen=True)
class Line:
    """One place as it may be shown, with its cells written: valid, planned, active."""

    code: str
    quota: str
    cells: tuple[str, str, str]


@dataclass(frozen=True)
class Reached:
    """Districts, each with its villages, and the whole. `hides` says that some cells are not shown."""

    districts: list[tuple[Line, list[Line]]]
    total: tuple[str, str, str]
    places: int
    total_hidden: bool
    hides: bool
    whole: Counts


def reached(programmes: Sequence[Programme], *, month: date) -> Reached:
    """Quota, valid, decreed and active of the month, by district and village, small cells hidden."""
    by_code = _by_code(programmes, month)
    parts: dict[str, dict[str, Counts]] = defaultdict(dict)
    for code, counts in sorted(by_code.items()):
        parts[code[:_DISTRICT]][code] = counts
    shown = disclosure.protect({code: [one.cells for one in own.values()] for code, own in parts.items()})
    quotas = [_quotas(one) for one in programmes]
    districts = []
    for code, own in parts.items():
        whole = sum(own.values(), Counts())
        closed = code in shown.wholes
        villages = [
            Line(place, _quota(quotas, place), _written(one, hidden=at in shown.parts[code], whole_hidden=closed))
            for at, (place, one) in enumerate(own.items())
        ]
        districts.append((Line(code, _quota(quotas, code), _written(whole, hidden=closed)), villages))
    total = sum(by_code.values(), Counts())
    return Reached(
        districts=districts,
        total=_written(total, hidden=shown.total),
        places=sum(one.places for one in programmes),
        total_hidden=shown.total,
        hides=bool(shown.total or shown.wholes or any(shown.parts.values())),
        whole=total,
    )


def _written(counts: Counts, *, hidden: bool, whole_hidden: bool = False) -> tuple[str, str, str]:
    valid, planned, active = (
        disclosure.written(count, hidden=hidden, whole_hidden=whole_hidden, write=number) for count in counts.cells
    )
    return valid, planned, active


# Somebody handed in twice, or for two programmes, is one person.
_VALID = """
    SELECT w.area_code, count(DISTINCT w.id)
      FROM registry_sourcelist l
      JOIN registry_sourcerow r ON r.list_id = l.id AND r.verdict = 'accept' AND NOT r.held
      JOIN registry_worker w ON w.id = r.worker_id
     WHERE l.programme_code = ANY(%s) AND l.status = 'sent'
     GROUP BY w.area_code
"""


def _by_code(programmes: Sequence[Programme], month: date) -> dict[str, Counts]:
    with connection.cursor() as cursor:
        cursor.execute(_VALID, [[one.code for one in programmes]])
        found = {code: Counts(valid=count) for code, count in cursor.fetchall()}
    totals = (
        MonthTotal.objects.filter(programme__in=programmes, month=month)
        .values("area_code")
        .annotate(p=Sum("planned"), a=Sum("paid"))
    )
    for row in totals:
        if row["p"] or row["a"]:
            found[row["area_code"]] = found.get(row["area_code"], Counts()) + Counts(0, row["p"], row["a"])
    return found


def _quotas(programme: Programme) -> list[Quota]:
    """The shares of villages and districts; a programme without such shares has none."""
    quotas = [QuotaSpec.model_validate(one).as_quota() for one in programme.spec.get("quotas", [])]
    return [one for one in quotas if one.by in (Dimension.VILLAGE, Dimension.DISTRICT)]


def _quota(quotas: Sequence[Sequence[Quota]], code: str) -> str:
    """The most places of a village or district, where every programme sets one; else no quota is said."""
    by = Dimension.DISTRICT if len(code) == _DISTRICT else Dimension.VILLAGE
    limits = []
    for own in quotas:
        most = [limit for one in own if one.by is by and (limit := one.share_of(code).most) is not None]
        if not most:
            return NOTHING
        limits.append(min(most))
    return number(sum(limits)) if limits else NOTHING


# --- by kind of work -------------------------------------------------------------------------------

_WORK = """
    SELECT w.occupation, count(DISTINCT e.worker_id),
           count(DISTINCT e.worker_id) FILTER (WHERE b.id IS NOT NULL)
      FROM coverage_enrolment e
      JOIN registry_worker w ON w.id = e.worker_id
      LEFT JOIN contributions_billline b ON b.worker_id = e.worker_id AND b.month = %(month)s AND b.live
                                        AND b.payment_id IS NOT NULL AND b.enrolment_id = e.id
     WHERE e.programme_id = ANY(%(programmes)s) AND e.period @> %(month)s::date
     GROUP BY w.occupation
"""


def by_work(programmes: Sequence[Programme], *, month: date) -> list[tuple[str, str, str]]:
    """Kind of work (its code), decreed and active in a month, most first; small cells hidden."""
    with connection.cursor() as cursor:
        cursor.execute(_WORK, {"month": month, "programmes": [one.pk for one in programmes]})
        rows = sorted(cursor.fetchall(), key=lambda row: (-row[1], row[0]))
    hidden, broken = (
        disclosure.hidden_rows([(planned, active) for _code, planned, active in rows])
        if rows
        else (
            frozenset(),
            False,
        )
    )
    if broken:
        # The whole stands in another table, so that here no line may say anything.
        hidden = frozenset(range(len(rows)))
    return [
        (code, *(disclosure.written(n, hidden=at in hidden, whole_hidden=broken, write=number) for n in counts))
        for at, (code, *counts) in enumerate(rows)
    ]


# --- money -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Money:
    """A funding line up to a day: its ceiling, what was billed and is still due or paid, what was paid by SP2D."""

    name: str
    ceiling_rp: Rupiah
    billed_rp: Rupiah
    paid_rp: Rupiah


def money(programmes: Sequence[Programme], *, until: date) -> list[Money]:
    """Line by line in the order of the programmes, in three queries."""
    # A bill made ahead was asked for already; one entered late is about months that were due.
    begun = Q(issued_on__lte=until) | Q(first_month__lte=until)
    billed: Mapping[int, int] = {
        row["funding_line"]: row["total"] - row["gone"]
        for row in Bill.objects.filter(begun, programme__in=programmes)
        .values("funding_line")
        .annotate(total=Sum("total_rp"), gone=Sum("reversed_rp"))
    }
    paid: Mapping[int, int] = dict(
        Payment.objects.filter(bill__programme__in=programmes, status=Payment.Status.CONFIRMED, paid_on__lte=until)
        .values_list("bill__funding_line")
        .annotate(total=Sum("amount_rp"))
    )
    order = {one.pk: place for place, one in enumerate(programmes)}
    lines = FundingLine.objects.filter(programme__in=programmes).select_related("programme")
    return [
        Money(
            name=f"{one.programme.name}: {one.name}" if len(programmes) > 1 else one.name,
            ceiling_rp=one.ceiling_rp,
            billed_rp=billed.get(one.pk, 0),
            paid_rp=paid.get(one.pk, 0),
        )
        for one in sorted(lines, key=lambda one: (order[one.programme_id], one.order))
    ]


def summed(name: str, lines: Sequence[Money]) -> Money:
    return Money(
        name,
        sum(one.ceiling_rp for one in lines),
        sum(one.billed_rp for one in lines),
        sum(one.paid_rp for one in lines),
    )


# --- in and out ------------------------------------------------------------------------------------

_MOVES = """
    SELECT month, sum(came)::int, sum(went)::int
      FROM (SELECT lower(period) AS month, count(*) AS came, 0 AS went FROM coverage_enrolment
             WHERE programme_id = ANY(%(of)s) AND NOT isempty(period)
               AND lower(period) >= %(first)s AND lower(period) < %(after)s GROUP BY 1
             UNION ALL
            SELECT d.first_month_out, 0, count(*) FROM coverage_departure d
              JOIN coverage_enrolment e ON e.id = d.enrolment_id
             WHERE e.programme_id = ANY(%(of)s) AND d.first_month_out >= %(first)s AND d.first_month_out < %(after)s
             GROUP BY 1) m
     GROUP BY month
"""


@dataclass(frozen=True, slots=True)
class Moved:
    """People who came in and left over one month or several, and who was decreed in the last of them."""

    first: date
    last: date
    came: str
    left: str
    closing: str


def moved(programmes: Sequence[Programme], *, first: date, last: date, closed: bool) -> list[Moved]:
    """Month by month; in one line where a month would tell of few people. `closed`: the whole is not said anywhere."""
    after = add_months(last, 1)
    with connection.cursor() as cursor:
        cursor.execute(_MOVES, {"of": [one.pk for one in programmes], "first": first, "after": after})
        counts: dict[date, tuple[int, int]] = {month: (came, left) for month, came, left in cursor.fetchall()}
    planned = dict(
        MonthTotal.objects.filter(programme__in=programmes, month__gte=first, month__lte=last)
        .values_list("month")
        .annotate(total=Sum("planned"))
    )

    def line(since: date, until: date, came: int, left: int) -> Moved:
        closing = disclosure.OTHER if closed else number(planned.get(until, 0))
        return Moved(since, until, _few(came), _few(left), closing)

    if any(disclosure.small(count) for pair in counts.values() for count in pair):
        came, left = (sum(pair[column] for pair in counts.values()) for column in (0, 1))
        return [line(first, last, came, left)]
    return [line(one, one, *counts.get(one, (0, 0))) for one in months_in(first, after)]


def _few(count: int) -> str:
    return disclosure.written(count, hidden=disclosure.small(count), write=number)
