"""Places × months × contribution against the money there is: enough, or short by how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from naung.rules.contributions import Payer, Programme, Sector, bpu_contribution
from naung.rules.decisions import Decisions, NeedsDecision
from naung.rules.law import Law
from naung.rules.money import Rupiah
from naung.rules.periods import MonthSpan


@dataclass(frozen=True, slots=True)
class LinePrice:
    """One funding line: what one person costs it for all months (None while a `question` is open).

    `people` are those it can pay to the end, `planned` those of them that the places need, in the order of lines.
    """

    code: str
    name: str
    payer: Payer
    ceiling_rp: Rupiah
    person_rp: Rupiah | None
    people: int
    planned: int
    question: NeedsDecision | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """`needed_rp` is what all places cost; `short_rp` and `short_people` what the lines cannot pay of it."""

    places: int
    months: MonthSpan
    lines: tuple[LinePrice, ...]
    needed_rp: Rupiah
    ceiling_rp: Rupiah
    short_people: int
    short_rp: Rupiah

    @property
    def questions(self) -> tuple[NeedsDecision, ...]:
        return tuple(line.question for line in self.lines if line.question)

    @property
    def enough(self) -> bool:
        return not self.short_people and not self.questions

    @property
    def left_rp(self) -> Rupiah:
        """What the ceilings hold beyond the cost of the people they pay."""
        return sum(line.ceiling_rp - line.planned * (line.person_rp or 0) for line in self.lines)


def budget(
    *,
    places: int,
    months: MonthSpan,
    package: frozenset[Programme],
    lines: Sequence[tuple[str, str, Payer, Rupiah]],
    law: Law,
    decisions: Decisions,
    sector: Sector = Sector.OTHER,
) -> Budget:
    """Lines pay in their order; people beyond all ceilings are priced as by the last line with a price.

    At the lowest band and outside transport: the estimate before anybody is known. Raises NotInForce.
    """
    priced: list[LinePrice] = []
    open_places = places
    for code, name, payer, ceiling in lines:
        person, question = _person_rp(months, package, payer, law, decisions, sector)
        people = ceiling // person if person else 0
        planned = min(open_places, people)
        open_places -= planned
        priced.append(LinePrice(code, name, payer, ceiling, person, people, planned, question))
    last_price = next((line.person_rp for line in reversed(priced) if line.person_rp is not None), 0)
    short_rp = open_places * last_price
    paid = sum(line.planned * (line.person_rp or 0) for line in priced)
    return Budget(
        places=places,
        months=months,
        lines=tuple(priced),
        needed_rp=paid + short_rp,
        ceiling_rp=sum(line.ceiling_rp for line in priced),
        short_people=open_places,
        short_rp=short_rp,
    )


def _person_rp(
    months: MonthSpan, package: frozenset[Programme], payer: Payer, law: Law, decisions: Decisions, sector: Sector
) -> tuple[Rupiah | None, NeedsDecision | None]:
    try:
        return sum(
            bpu_contribution(
                month, income=None, programmes=package, sector=sector, payer=payer, law=law, decisions=decisions
            ).total
            for month in months
        ), None
    except NeedsDecision as question:
        return None, question
