"""What can be asked about coverage: UCJ and its gap, our own programmes beside it, the cliff, the funnel.

Official figures and our own counts are never added: they count different people on different days.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Max, QuerySet, Sum

from naung.accounts.permissions import Permission, Role
from naung.accounts.territory import Viewer, within_area, within_territory
from naung.coverage.models import MonthTotal
from naung.planning.models import CoverageFigure, CoverageTarget
from naung.planning.refusals import NoFigure
from naung.programmes.models import Programme
from naung.programmes.queries import funding_lines_visible_to, programmes_visible_to
from naung.registry.models import SourceList
from naung.rules import ucj as rules
from naung.rules.money import Rupiah
from naung.rules.periods import add_months, first_of_month, last_of_month
from naung.rules.ucj import Contradiction, Denominator, DenominatorKind, Segment
from naung.selection.models import Decree, Round

STALE_DAYS = 90
OLD_DAYS = 365


# --- official figures ------------------------------------------------------------------------------


def figures_visible_to(user: Viewer) -> QuerySet[CoverageFigure]:
    """Figures of the viewer's territory, newest first."""
    return within_territory(CoverageFigure.objects.all(), user, Permission.FIGURES_VIEW).order_by("-as_of", "-id")


def targets_visible_to(user: Viewer) -> QuerySet[CoverageTarget]:
    return within_territory(CoverageTarget.objects.all(), user, Permission.FIGURES_VIEW).order_by("-year")


@dataclass(frozen=True)
class Coverage:
    """One official figure with what follows from it on a day, and a target to hold it against."""

    figure: CoverageFigure
    ucj: rules.UCJ
    contradictions: list[Contradiction]
    age_days: int
    target: CoverageTarget | None

    @property
    def age_months(self) -> int:
        return self.age_days * 12 // 365

    @property
    def freshness(self) -> str:
        """fresh | stale (older than 90 days) | old (older than a year)."""
        if self.age_days > OLD_DAYS:
            return "old"
        return "stale" if self.age_days > STALE_DAYS else "fresh"

    @property
    def needed_for_target(self) -> int | None:
        return None if self.target is None else self.ucj.people_needed(self.target.percent)


def as_ucj(figure: CoverageFigure) -> rules.UCJ:
    """The figure as the rules know it."""
    parts = {
        Segment.PU: figure.wage_earners,
        Segment.BPU: figure.non_wage,
        Segment.CONSTRUCTION: figure.construction,
        Segment.PMI: figure.migrant,
    }
    known = {segment: count for segment, count in parts.items() if count is not None}
    if sum(known.values()) != figure.covered:
        known = {Segment.ALL: figure.covered}
    return rules.ucj(
        known,
        as_of=figure.as_of,
        source=figure.source,
        denominator=Denominator(
            DenominatorKind(figure.denominator_kind), figure.denominator, figure.as_of, figure.source
        ),
    )


def coverage_of(area_code: str, *, on: date, user: Viewer) -> Coverage:
    """The newest official figure of exactly this area. Raises NoFigure."""
    figure = figures_visible_to(user).filter(area_code=area_code, as_of__lte=on).first()
    if figure is None:
        raise NoFigure(area_code)
    return coverage_from(figure, on=on, user=user)


def coverage_from(figure: CoverageFigure, *, on: date, user: Viewer) -> Coverage:
    """What follows from a figure on a day, beside the nearest target of the same kind of denominator."""
    target = (
        targets_visible_to(user)
        .filter(area_code=figure.area_code, year__gte=on.year, denominator_kind=figure.denominator_kind)
        .order_by("year")
        .first()
    )
    return replace(coverage_without_target(figure, on=on), target=target)


def coverage_without_target(figure: CoverageFigure, *, on: date) -> Coverage:
    """What follows from the figure alone: nothing more is read."""
    ucj = as_ucj(figure)
    return Coverage(
        figure=figure,
        ucj=ucj,
        contradictions=rules.contradictions(ucj, percent=figure.printed_percent),
        age_days=(on - figure.as_of).days,
        target=None,
    )


# --- our own programmes ----------------------------------------------------------------------------


def programmes_of(user: Viewer) -> QuerySet[Programme]:
    """Programmes whose figures the viewer sees: those that reach into the territory."""
    if is_donor(user):
        return programmes_visible_to(user)
    if not user.may(Permission.FIGURES_VIEW) or not user.area_code:
        return Programme.objects.none()
    # A village operator belongs to a part of the programme's area, the province to a whole that holds it.
    above = [user.area_code[:length] for length in (2, 4, 6) if length < len(user.area_code)]
    inside = within_area(Programme.objects.all(), user.area_code)
    return (inside | Programme.objects.filter(area_code__in=above)).order_by("-starts_on", "code")


def totals_visible_to(user: Viewer) -> QuerySet[MonthTotal]:
    """Counts and rupiah by village and month: the territory's; for a donor those of its own funding lines only."""
    if is_donor(user):
        return MonthTotal.objects.filter(funding_line__in=funding_lines_visible_to(user))
    return within_territory(MonthTotal.objects.all(), user, Permission.FIGURES_VIEW)


def is_donor(user: Viewer) -> bool:
    return getattr(user, "role", "") == Role.DONOR


@dataclass(frozen=True)
class Month:
    """All programmes of a territory in one month: worker-months and rupiah."""

    month: date
    planned: int
    billed: int
    paid: int
    billed_rp: Rupiah
    paid_rp: Rupiah

    @property
    def unpaid(self) -> int:
        return self.billed - self.paid


def months_of(user: Viewer, first: date, last: date, *, programmes: Iterable[Programme] | None = None) -> list[Month]:
    """One entry for every month from `first` to `last`, both included, also where nothing happened."""
    rows = totals_visible_to(user).filter(month__gte=first, month__lte=last)
    if programmes is not None:
        rows = rows.filter(programme__in=[programme.pk for programme in programmes])
    sums = {
        row["month"]: row
        for row in rows.values("month").annotate(
            p=Sum("planned"), b=Sum("billed"), a=Sum("paid"), brp=Sum("billed_rp"), arp=Sum("paid_rp")
        )
    }
    months, month = [], first
    while month <= last:
        row = sums.get(month, {"p": 0, "b": 0, "a": 0, "brp": 0, "arp": 0})
        months.append(Month(month, row["p"], row["b"], row["a"], row["brp"], row["arp"]))
        month = add_months(month, 1)
    return months


def last_planned_month(user: Viewer) -> date | None:
    """The last month for which anybody was planned, however long ago."""
    found: date | None = totals_visible_to(user).filter(planned__gt=0).aggregate(last=Max("month"))["last"]
    return found


@dataclass(frozen=True)
class Ending:
    """People of one programme whose planned cover ends with a month, and what carrying on costs them a month."""

    programme: Programme
    last_month: date
    people: int
    monthly_rp: Rupiah

    @property
    def ends_on(self) -> date:
        """The first day without cover."""
        return add_months(self.last_month, 1)

    @property
    def last_day(self) -> date:
        """The last day of cover."""
        return last_of_month(self.last_month)

    def renewal_rp(self, months: int = 12) -> Rupiah:
        return self.monthly_rp * months


def endings(user: Viewer, *, on: date, until: date, programmes: Iterable[Programme] | None = None) -> list[Ending]:
    """The coverage cliff: who lapses when, how many, what renewal costs (at the last month billed, per person).

    From the month totals: people planned for the last month of a programme that nobody plans after it.
    """
    known = {programme.pk: programme for programme in (programmes_of(user) if programmes is None else programmes)}
    totals = (
        totals_visible_to(user)
        .filter(month__gte=first_of_month(on), month__lte=until, planned__gt=0, programme__in=known)
        .values("programme", "month")
        .annotate(people=Sum("planned"))
    )
    last = [row for row in totals if add_months(row["month"], 1) == known[row["programme"]].ends_on]
    costs = monthly_costs_rp({row["programme"] for row in last})
    found = [
        Ending(
            programme=known[row["programme"]],
            last_month=row["month"],
            people=row["people"],
            monthly_rp=row["people"] * costs.get(row["programme"], 0),
        )
        for row in last
    ]
    return sorted(found, key=lambda ending: (ending.last_month, ending.programme.code))


def monthly_cost_rp(programme: Programme) -> Rupiah:
    """What one worker-month of a programme costs: the mean of its newest billed month, in whole rupiah.

    Read from the ledger and not recomputed: it is what this programme's people really cost.
    """
    return monthly_costs_rp({programme.pk}).get(programme.pk, 0)


def monthly_costs_rp(programmes: Collection[int]) -> dict[int, Rupiah]:
    """`monthly_cost_rp` of many programmes in one query; those never billed are absent."""
    billed = (
        MonthTotal.objects.filter(programme__in=programmes, billed__gt=0)
        .values("programme", "month")
        .annotate(people=Sum("billed"), rupiah=Sum("billed_rp"))
        .order_by("programme", "-month")
    )
    newest: dict[int, Rupiah] = {}
    for row in billed:
        newest.setdefault(row["programme"], -(-row["rupiah"] // row["people"]))
    return newest


@dataclass(frozen=True)
class Funnel:
    """From a row handed in to a person covered: absolute counts, for one set of programmes."""

    proposed: int
    accepted: int
    chosen: int
    decreed: int
    billed: int
    active: int


def funnel(user: Viewer, programmes: list[Programme], *, this_month: Month) -> Funnel:
    """Where people drop out on the way to an active month: `programmes` are those that run in `this_month`."""
    codes = [programme.code for programme in programmes]
    keys = [programme.pk for programme in programmes]
    lists = within_area(SourceList.objects.filter(programme_code__in=codes), user.area_code).aggregate(
        proposed=Sum("received", default=0), accepted=Sum("accepted", default=0)
    )
    newest_rounds = (
        Round.objects.filter(programme__in=keys, kind=Round.Kind.INITIAL)
        .exclude(status__in=("returned", "superseded"))
        .order_by("programme", "-number")
        .distinct("programme")
    )
    newest_decrees = Decree.objects.filter(programme__in=keys).order_by("programme", "-id").distinct("programme")
    return Funnel(
        proposed=lists["proposed"],
        accepted=lists["accepted"],
        chosen=sum(newest_rounds.values_list("chosen", flat=True)),
        decreed=sum(newest_decrees.values_list("total", flat=True)),
        billed=this_month.billed,
        active=this_month.paid,
    )


@dataclass(frozen=True)
class Money:
    """Plan and payment of a fiscal year, in whole rupiah."""

    ceiling_rp: Rupiah
    billed_rp: Rupiah
    paid_rp: Rupiah

    @property
    def percent_paid(self) -> Decimal:
        return rules.percent_of(self.paid_rp, self.ceiling_rp, places=1) if self.ceiling_rp else Decimal(0)
