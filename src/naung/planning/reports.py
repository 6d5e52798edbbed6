"""Laporan: coverage, money and people in and out of an area over some months, by district and village.

What is shown has passed `disclosure`: small counts and what would give them away are already hidden in it, so that
page, spreadsheet and paper cannot say more than one another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum
from django.db.models.functions import Substr

from naung import disclosure
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.accounts.territory import within_area, within_territory
from naung.areas.queries import names_of
from naung.coverage.models import Departure, Enrolment
from naung.disclosure import Shown
from naung.planning import queries
from naung.planning.queries import Coverage, is_donor
from naung.programmes.models import Programme
from naung.programmes.queries import funding_lines_visible_to
from naung.rules.money import Rupiah
from naung.rules.periods import add_months

_LEVELS = (2, 4, 6, 10)


@dataclass(frozen=True)
class Asked:
    """What a report is about: an area, some months (both included), one programme or all."""

    area_code: str
    first: date
    last: date
    programme: Programme | None = None


@dataclass(frozen=True)
class Counts:
    """People of the last month, planned and active; months paid for and money of the whole period."""

    planned: int = 0
    active: int = 0
    person_months: int = 0
    billed_rp: Rupiah = 0
    paid_rp: Rupiah = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.planned + other.planned,
            self.active + other.active,
            self.person_months + other.person_months,
            self.billed_rp + other.billed_rp,
            self.paid_rp + other.paid_rp,
        )

    @property
    def people(self) -> tuple[int, ...]:
        """The counts from which somebody could be picked out; money and months follow from them."""
        return (self.planned, self.active, self.person_months)


@dataclass(frozen=True)
class Line:
    """One place as it may be shown. `level` 0 is a district (a regency, for a province), 1 a part of it."""

    code: str
    name: str
    level: int
    counts: Counts
    hidden: bool
    whole_hidden: bool

    def cell(self, count: int) -> int | str:
        """A count, «<5» or «•»."""
        if not (self.hidden or self.whole_hidden):
            return count
        return disclosure.written(count, hidden=self.hidden, whole_hidden=self.whole_hidden)

    @property
    def cells(self) -> list[int | str]:
        """Planned, active, person-months, billed, paid: in the order of the columns."""
        people = [self.cell(count) for count in self.counts.people]
        hidden = self.hidden or self.whole_hidden
        money: list[int | str] = [self.counts.billed_rp, self.counts.paid_rp]
        return people + ([disclosure.OTHER] * 2 if hidden else money)


@dataclass(frozen=True)
class Move:
    """People who came in and went out in one district; small counts are hidden in each column by itself."""

    name: str
    entered: int | str
    left: int | str


@dataclass(frozen=True)
class Report:
    asked: Asked
    area_name: str
    coverage: Coverage | None
    total: Counts
    total_hidden: bool
    lines: list[Line]
    moves: list[Move]
    entered: int | str
    left: int | str

    @property
    def hides(self) -> bool:
        return any(line.hidden or line.whole_hidden for line in self.lines) or any(
            isinstance(cell, str) for move in self.moves for cell in (move.entered, move.left)
        )


def report(user: User, asked: Asked, *, on: date) -> Report:
    """The report as this person may see it: the territory's figures, a donor's own money only."""
    by_code = _by_code(user, asked)
    above, below = _digits(asked.area_code)
    parts: dict[str, dict[str, Counts]] = defaultdict(dict)
    for code, counts in sorted(by_code.items()):
        own = parts[code[:above]]
        own[code[:below]] = own.get(code[:below], Counts()) + counts
    shown = disclosure.protect({code: [one.people for one in own.values()] for code, own in parts.items()})
    entered, left = _moves(user, asked, above)
    places = {*parts, *entered, *left}
    names = names_of([asked.area_code, *places, *(code for own in parts.values() for code in own)])
    coverage = None
    if asked.area_code:
        newest = queries.figures_visible_to(user).filter(area_code=asked.area_code, as_of__lte=on).first()
        coverage = queries.coverage_from(newest, on=on, user=user) if newest else None
    moves, came, went = _move_lines(sorted(places), names, entered, left)
    return Report(
        asked=asked,
        area_name=names.get(asked.area_code, ""),
        coverage=coverage,
        total=sum(by_code.values(), Counts()),
        total_hidden=shown.total,
        lines=list(_lines(parts, shown, names, deeper=below > above)),
        moves=moves,
        entered=came,
        left=went,
    )


def _digits(area_code: str) -> tuple[int, int]:
    """How many digits the two levels of the table have: of a regency its districts and their villages."""
    below = [level for level in _LEVELS if level > len(area_code)]
    if not below:
        return len(area_code), len(area_code)
    return below[0], below[1] if len(below) > 1 else below[0]


def _by_code(user: User, asked: Asked) -> dict[str, Counts]:
    rows = queries.totals_visible_to(user).filter(month__gte=asked.first, month__lte=asked.last)
    rows = within_area(rows, asked.area_code)
    if asked.programme is not None:
        rows = rows.filter(programme=asked.programme)
    last = Q(month=asked.last)
    found = rows.values("area_code").annotate(
        p=Sum("planned", filter=last, default=0),
        a=Sum("paid", filter=last, default=0),
        m=Sum("paid"),
        b=Sum("billed_rp"),
        r=Sum("paid_rp"),
    )
    return {row["area_code"]: Counts(row["p"], row["a"], row["m"], row["b"], row["r"]) for row in found}


def _lines(parts: dict[str, dict[str, Counts]], shown: Shown, names: dict[str, str], *, deeper: bool) -> Iterable[Line]:
    for code, own in parts.items():
        whole = sum(own.values(), Counts())
        closed = code in shown.wholes
        yield Line(code, names.get(code, code), 0, whole, closed, False)
        if deeper:
            for place, (part, counts) in enumerate(own.items()):
                yield Line(part, names.get(part, part), 1, counts, place in shown.parts[code], closed)


# --- in and out ------------------------------------------------------------------------------------


def _moves(user: User, asked: Asked, digits: int) -> tuple[dict[str, int], dict[str, int]]:
    """Enrolments that began, and departures whose first month without cover lies, in the months asked for."""
    enrolments = within_territory(Enrolment.objects.all(), user, Permission.FIGURES_VIEW)
    if is_donor(user):
        enrolments = Enrolment.objects.filter(funding_line__in=funding_lines_visible_to(user))
    enrolments = within_area(enrolments, asked.area_code)
    if asked.programme is not None:
        enrolments = enrolments.filter(programme=asked.programme)
    after = add_months(asked.last, 1)
    began = enrolments.filter(period__startswith__gte=asked.first, period__startswith__lt=after)
    entered = began.order_by().values_list(Substr("area_code", 1, digits)).annotate(n=Count("pk"))
    gone = Departure.objects.filter(
        enrolment__in=enrolments, first_month_out__gte=asked.first, first_month_out__lt=after
    )
    left = gone.order_by().values_list(Substr("enrolment__area_code", 1, digits)).annotate(n=Count("pk"))
    return dict(entered), dict(left)


def _move_lines(
    codes: list[str], names: dict[str, str], entered: dict[str, int], left: dict[str, int]
) -> tuple[list[Move], int | str, int | str]:
    columns = []
    totals: list[int | str] = []
    for counts in (entered, left):
        rows = [(counts.get(code, 0),) for code in codes]
        hidden, broken = disclosure.hidden_rows(rows) if rows else (frozenset(), False)
        whole = sum(row[0] for row in rows)
        columns.append(
            [disclosure.written(row[0], hidden=True) if place in hidden else row[0] for place, row in enumerate(rows)]
        )
        totals.append(disclosure.written(whole, hidden=True) if broken else whole)
    moves = [Move(names.get(code, code), *cells) for code, *cells in zip(codes, *columns, strict=True)]
    return moves, totals[0], totals[1]
