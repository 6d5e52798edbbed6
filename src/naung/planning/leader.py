"""Beranda of a leader: five answers about a territory on a day, read in few queries.

The totals of programmes by month are read once; months, endings, money and costs are all drawn from them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from naung.accounts.models import User
from naung.agreements.models import Agreement, LegalBasis
from naung.agreements.queries import legal_warnings_visible_to
from naung.agreements.reminders import ending
from naung.areas.queries import names_of
from naung.planning import queries
from naung.planning.bridge import Bridge, bridge, counted_programmes
from naung.planning.models import CoverageFigure
from naung.planning.queries import Coverage, Ending, Funnel, Money, Month
from naung.planning.waiting import Waiting, waiting_for
from naung.programmes.models import FundingLine, Programme
from naung.rules import ucj as rules
from naung.rules.money import Rupiah
from naung.rules.periods import add_months, first_of_month, months_between

MONTHS_BACK, MONTHS_AHEAD = 10, 3
SOON_DAYS, NEAR_DAYS = 90, 30


@dataclass(frozen=True)
class Estimate:
    """The official figure with those of our programmes who came after it: another day, other people, another word."""

    people: int
    percent: Decimal


@dataclass(frozen=True)
class Area:
    """One part of the territory: our own people in it, and its official coverage where there is a figure."""

    code: str
    name: str
    planned: int
    active: int
    coverage: Coverage | None = None

    @property
    def share(self) -> Decimal | None:
        """Per cent of those planned who are paid for this month."""
        return rules.percent_of(self.active, self.planned, places=1) if self.planned else None


@dataclass(frozen=True)
class LeaderHome:
    today: date
    month: date
    coverage: Coverage | None
    estimate: Estimate | None
    running: list[Programme]
    money: Money
    plan_rp: Rupiah
    months: list[Month]
    endings: list[Ending]
    funnel: Funnel
    bridge: Bridge | None
    areas: list[Area]
    by_rate: bool
    waiting: list[Waiting]
    warnings: list[LegalBasis]
    lapsing: list[Agreement]

    @property
    def this_month(self) -> Month:
        return next(entry for entry in self.months if entry.month == self.month)

    @property
    def has_months(self) -> bool:
        return any(entry.planned or entry.billed for entry in self.months)

    @property
    def soon(self) -> list[Ending]:
        """What ends within ninety days, the nearest first: harm that can still be kept away."""
        return [one for one in self.endings if (one.last_day - self.today).days <= SOON_DAYS]

    @property
    def nothing_wrong(self) -> bool:
        fresh = self.coverage is None or self.coverage.freshness == "fresh"
        return not (self.this_month.unpaid or self.soon or self.warnings or self.lapsing) and fresh


def leader_home(user: User, *, on: date) -> LeaderHome:
    """What a leader or a province sees first, in the fixed order of reading."""
    month = first_of_month(on)
    figures = list(queries.figures_visible_to(user).filter(as_of__lte=on)[:500])
    own = next((figure for figure in figures if figure.area_code == user.area_code), None)
    coverage = queries.coverage_from(own, on=on, user=user) if own else None
    programmes = list(queries.programmes_of(user))
    running = [one for one in programmes if one.starts_on <= on < one.ends_on]
    totals = _totals(user, programmes)
    months = _months(totals, add_months(month, -MONTHS_BACK), add_months(month, MONTHS_AHEAD))
    this_month = months[MONTHS_BACK]
    costs = _monthly_costs(totals)
    counted = counted_programmes(coverage, programmes, on=on)
    lines = list(FundingLine.objects.filter(programme__in={*running, *counted}).order_by("programme_id", "order"))
    by_line, by_area = _this_month(user, month)
    areas, by_rate = _areas(user, figures, by_area, on)
    ceilings = _ceilings(lines)
    return LeaderHome(
        today=on,
        month=month,
        coverage=coverage,
        estimate=_estimate(coverage, counted, totals, month),
        running=running,
        money=Money(
            ceiling_rp=sum(ceilings.get(one.pk, 0) for one in running),
            billed_rp=sum(entry.billed_rp for one in running for entry in totals.get(one.pk, [])),
            paid_rp=sum(entry.paid_rp for one in running for entry in totals.get(one.pk, [])),
        ),
        plan_rp=sum(_plan_rp(one, ceilings.get(one.pk, 0), month) for one in running),
        months=months,
        endings=_endings(programmes, totals, costs, month),
        funnel=queries.funnel(user, running, this_month=this_month),
        bridge=bridge(
            coverage,
            counted,
            [line for line in lines if line.programme_id in {one.pk for one in counted}],
            by_line,
            monthly_rp=_dearest(running, costs),
        )
        if coverage
        else None,
        areas=areas,
        by_rate=by_rate,
        waiting=waiting_for(user),
        warnings=legal_warnings_visible_to(user)[:5],
        lapsing=list(ending(user, on)[:4]),
    )


# --- one reading of the totals ---------------------------------------------------------------------


def _totals(user: User, programmes: Iterable[Programme]) -> dict[int, list[Month]]:
    """Worker-months and rupiah of each programme, month by month, the oldest first."""
    rows = (
        queries.totals_visible_to(user)
        .filter(programme__in=[one.pk for one in programmes])
        .values("programme", "month")
        .annotate(p=Sum("planned"), b=Sum("billed"), a=Sum("paid"), brp=Sum("billed_rp"), arp=Sum("paid_rp"))
        .order_by("programme", "month")
    )
    found: dict[int, list[Month]] = defaultdict(list)
    for row in rows:
        found[row["programme"]].append(Month(row["month"], row["p"], row["b"], row["a"], row["brp"], row["arp"]))
    return found


def _months(totals: dict[int, list[Month]], first: date, last: date) -> list[Month]:
    sums: dict[date, list[int]] = defaultdict(lambda: [0] * 5)
    for entries in totals.values():
        for one in entries:
            for place, count in enumerate((one.planned, one.billed, one.paid, one.billed_rp, one.paid_rp)):
                sums[one.month][place] += count
    months = [add_months(first, place) for place in range(months_between(first, last) + 1)]
    return [Month(month, *sums[month]) for month in months]


def _monthly_costs(totals: dict[int, list[Month]]) -> dict[int, Rupiah]:
    """What one worker-month of each programme cost in the newest month billed, in whole rupiah."""
    costs = {}
    for programme, entries in totals.items():
        if billed := [one for one in entries if one.billed]:
            costs[programme] = -(-billed[-1].billed_rp // billed[-1].billed)
    return costs


def _dearest(running: Sequence[Programme], costs: dict[int, Rupiah]) -> Rupiah:
    """A rate for those nobody pays for yet: of the running programmes the dearest, so that no cost is hidden."""
    return max((costs.get(one.pk, 0) for one in running), default=0)


def _endings(
    programmes: Iterable[Programme], totals: dict[int, list[Month]], costs: dict[int, Rupiah], month: date
) -> list[Ending]:
    """People whose programme ends within a year with nobody planned after it: the nearest first."""
    found = []
    for one in programmes:
        last_month = add_months(one.ends_on, -1)
        people = sum(entry.planned for entry in totals.get(one.pk, []) if entry.month == last_month)
        if people and month <= last_month <= add_months(month, 12):
            found.append(Ending(one, last_month, people, people * costs.get(one.pk, 0)))
    return sorted(found, key=lambda ending: (ending.last_month, ending.programme.code))


def _ceilings(lines: Iterable[FundingLine]) -> dict[int, Rupiah]:
    sums: Counter[int] = Counter()
    for line in lines:
        sums[line.programme_id] += line.ceiling_rp
    return dict(sums)


def _plan_rp(programme: Programme, ceiling_rp: Rupiah, month: date) -> Rupiah:
    """What an even course through the months would have spent by the end of this one."""
    whole = months_between(programme.starts_on, programme.ends_on)
    return ceiling_rp * min(months_between(programme.starts_on, month) + 1, whole) // whole


def _estimate(
    coverage: Coverage | None, counted: Sequence[Programme], totals: dict[int, list[Month]], month: date
) -> Estimate | None:
    if coverage is None:
        return None
    people = sum(entry.paid for one in counted for entry in totals.get(one.pk, []) if entry.month == month)
    whole = coverage.ucj.denominator.count
    reached = min(coverage.ucj.covered + people, whole)
    return Estimate(people, rules.percent_of(reached, whole, places=1)) if people else None


# --- places ----------------------------------------------------------------------------------------


def _this_month(user: User, month: date) -> tuple[dict[int, int], dict[str, tuple[int, int]]]:
    """People of a month: planned by funding line; planned and active by part of the territory."""
    digits = 4 if len(user.area_code) == 2 else 6
    by_line: Counter[int] = Counter()
    by_area: dict[str, tuple[int, int]] = {}
    rows = queries.totals_visible_to(user).filter(month=month)
    for line, code, planned, active in rows.values_list("funding_line", "area_code", "planned", "paid"):
        by_line[line] += planned
        before = by_area.get(code[:digits], (0, 0))
        by_area[code[:digits]] = (before[0] + planned, before[1] + active)
    return by_line, by_area


def _areas(
    user: User, figures: Sequence[CoverageFigure], by_area: dict[str, tuple[int, int]], on: date
) -> tuple[list[Area], bool]:
    """Parts of the territory, and whether they can be compared by their official rate.

    Only if every one has a figure with the same kind of denominator; otherwise by the count of active people.
    """
    digits = 4 if len(user.area_code) == 2 else 6
    newest: dict[str, CoverageFigure] = {}
    for figure in figures:
        if len(figure.area_code) == digits:
            newest.setdefault(figure.area_code, figure)
    codes = sorted({*by_area, *newest})
    names = names_of(codes)
    areas = []
    for code in codes:
        planned, active = by_area.get(code, (0, 0))
        known = newest.get(code)
        own = queries.coverage_without_target(known, on=on) if known else None
        areas.append(Area(code, names.get(code, code), planned, active, own))
    kinds = {one.coverage.figure.denominator_kind for one in areas if one.coverage}
    return areas, bool(areas) and len(kinds) == 1 and all(one.coverage for one in areas)
