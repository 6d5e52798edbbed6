"""What closing the gap costs, who could pay it at which tariff, and what a short plan would really protect.

Everything comes from `rules.plans` and the region's recorded decisions; nothing is multiplied on a page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from naung.refusal import Refusal
from naung.rules.contributions import Contribution, Payer, Programme, Sector
from naung.rules.dated import Citation, NotInForce
from naung.rules.death import death_benefit
from naung.rules.decisions import Decisions, NeedsDecision
from naung.rules.law import Law
from naung.rules.money import Rupiah
from naung.rules.periods import MonthSpan, add_months
from naung.rules.plans import ProgrammeCost, months_with_full_jkm, programme_cost
from naung.rules.protection import qualifying_months
from naung.rules.ucj import UCJ, people_at

SHORT_MONTHS, YEAR_MONTHS = 3, 12
#: The sources of money a region weighs against each other, in the order of the funding colours.
PAYERS = (
    Payer.APBD_KAB,
    Payer.APBD_PROV,
    Payer.APBDES,
    Payer.DBH_SAWIT,
    Payer.DBHCHT,
    Payer.CSR,
    Payer.ZAKAT,
    Payer.SELF,
)


@dataclass(frozen=True)
class Plan:
    """A supposed programme: everything the tariff depends on but the people."""

    span: MonthSpan
    package: frozenset[Programme]
    payer: Payer
    sector: Sector

    @property
    def package_words(self) -> str:
        return " + ".join(programme.value for programme in Programme if programme in self.package)


@dataclass(frozen=True)
class Stretch:
    """Unbroken months of a plan with one tariff per person."""

    span: MonthSpan
    contribution: Contribution


@dataclass(frozen=True)
class Costed:
    """A plan with its price; `refused` says why there is none (the law is open, or unknown in those months)."""

    plan: Plan
    people: int
    cost: ProgrammeCost | None
    stretches: list[Stretch]
    refused: Refusal | None

    @property
    def total(self) -> Rupiah | None:
        return None if self.cost is None else self.cost.total

    @property
    def question(self) -> NeedsDecision | None:
        return self.refused if isinstance(self.refused, NeedsDecision) else None

    @property
    def recalled(self) -> bool:
        return self.cost is not None and self.cost.recalled

    @property
    def inferred(self) -> bool:
        return self.cost is not None and any(month.inferred for month in self.cost.by_month)

    @property
    def one_rate(self) -> Rupiah | None:
        """The contribution of one person and month, where it is the same in all months."""
        return self.stretches[0].contribution.total if len(self.stretches) == 1 else None

    @property
    def citations(self) -> list[Citation]:
        """Each article behind the price once, those of reliefs that were looked at included."""
        if self.cost is None:
            return []
        found: dict[tuple[str, str], Citation] = {}
        for month in self.cost.by_month:
            reliefs = [citation for relief in month.reliefs for citation in relief.citations]
            for citation in (*month.citations, *reliefs):
                found.setdefault((citation.words_id(), citation.confidence.value), citation)
        return list(found.values())


def price(plan: Plan, people: int, *, law: Law, decisions: Decisions) -> Costed:
    """Price a plan for `people`. An open question of law is an answer too: it stands in `refused`."""
    try:
        cost = programme_cost(
            people,
            span=plan.span,
            programmes=plan.package,
            sector=plan.sector,
            payer=plan.payer,
            law=law,
            decisions=decisions,
        )
    except Refusal as refusal:
        return Costed(plan, people, None, [], refusal)
    return Costed(plan, people, cost, _stretches(cost.by_month), None)


def _stretches(months: Iterable[Contribution]) -> list[Stretch]:
    found: list[Stretch] = []
    for one in months:
        after = add_months(one.month, 1)
        last = found[-1] if found else None
        if last and last.span.end == one.month and _amounts(last.contribution) == _amounts(one):
            found[-1] = Stretch(MonthSpan(last.span.first, after), last.contribution)
        else:
            found.append(Stretch(MonthSpan(one.month, after), one))
    return found


def _amounts(one: Contribution) -> tuple[Rupiah, Rupiah, Rupiah]:
    return (one.jkk, one.jkm, one.jht)


@dataclass(frozen=True)
class Step:
    """What one target costs: how many more people, for how much."""

    percent: Decimal
    more_people: int
    total: Rupiah


def steps_to(ucj: UCJ, priced: Costed, *, chosen: Decimal) -> list[Step]:
    """Targets above today with their price, the chosen one among them, up to everybody."""
    if priced.cost is None:
        return []
    per_person = sum(month.total for month in priced.cost.by_month)
    marks = {Decimal(mark) for mark in (20, 40, 60, 80, 100)} | {chosen}
    return [
        Step(mark, more, more * per_person)
        for mark in sorted(marks)
        if (more := people_at(mark, ucj.denominator.count) - ucj.covered) > 0
    ]


@dataclass(frozen=True)
class Protects:
    """What a length of plan gives a family when the worker dies: in how many of its months the JKM is full."""

    months: int
    full_months: list[date]
    total: Rupiah | None

    @property
    def reduced_months(self) -> int:
        return self.months - len(self.full_months)


def protects(plan: Plan, months: int, people: int, *, law: Law, decisions: Decisions) -> Protects:
    """The same plan for another number of months: what it costs, and in which months JKM is full."""
    span = MonthSpan(plan.span.first, add_months(plan.span.first, months))
    other = Plan(span, plan.package, plan.payer, plan.sector)
    return Protects(months, months_with_full_jkm(span, law), price(other, people, law=law, decisions=decisions).total)


@dataclass(frozen=True)
class Waiting:
    """The first months of a plan that do not give the full JKM, what a family gets then, and by which rule."""

    months: int
    before_rp: Rupiah
    full_rp: Rupiah
    citation: Citation | None


def waiting_on(law: Law, day: date) -> Waiting | None:
    """The waiting time of a BPU worker on a day, from the law of that day; None where our law does not reach."""
    months = qualifying_months(law, day)
    found = law.count("jkm.bpu.min_months").find(day)
    try:
        before = death_benefit(day, months_paid=1, law=law)
        full = death_benefit(day, months_paid=months + 1, law=law)
    except NotInForce:
        return None
    return Waiting(months, before.total, full.total, None if found is None else found.citation)
