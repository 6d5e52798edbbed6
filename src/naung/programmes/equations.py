"""People × contribution × months, as the rules compute it: the budget equation of a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from naung.lawbook.queries import decisions_for, law_now
from naung.programmes.models import FundingLine, Programme
from naung.rules.contributions import Payer, Sector
from naung.rules.contributions import Programme as Insurance
from naung.rules.dated import Citation
from naung.rules.decisions import NeedsDecision
from naung.rules.law import Law
from naung.rules.money import Rupiah
from naung.rules.periods import MonthSpan
from naung.rules.plans import programme_cost


@dataclass(frozen=True, slots=True)
class Stretch:
    """Months in a row with the same contribution."""

    first: date
    last: date
    months: int
    rate_rp: Rupiah


@dataclass(frozen=True, slots=True)
class Equation:
    """What `people` cost through all months at the lowest band, outside transport, from one payer.

    `stretches` has one part unless the law changes the contribution inside the months. While the law waits for the
    region's answer, `question` is set and there is no total.
    """

    people: int
    months: int
    payer: Payer
    stretches: tuple[Stretch, ...] = ()
    total_rp: Rupiah | None = None
    citations: tuple[Citation, ...] = ()
    recalled: bool = False
    inferred: bool = False
    question: NeedsDecision | None = None

    @property
    def rate_rp(self) -> Rupiah | None:
        """The one contribution of all months, None where it changes."""
        return self.stretches[0].rate_rp if len(self.stretches) == 1 else None


def equation(
    programme: Programme, *, people: int, line: FundingLine | None = None, first_month: date | None = None,
    law: Law | None = None,
) -> Equation | None:  # fmt: skip
    """The equation of a programme for `people`, paid by `line` (default: its first). None without a funding line.

    Raises NotInForce where the law says nothing about the months.
    """
    line = line or min(programme.funding_lines.all(), key=lambda one: one.order, default=None)
    if line is None:
        return None
    payer = Payer(line.payer)
    span = MonthSpan(first_month or programme.starts_on, programme.ends_on)
    try:
        cost = programme_cost(
            people,
            span=span,
            programmes=frozenset(Insurance(name) for name in programme.package),
            sector=Sector.OTHER,
            payer=payer,
            law=law or law_now(),
            decisions=decisions_for(programme.area_code),
        )
    except NeedsDecision as question:
        return Equation(people, len(list(span)), payer, question=question)
    stretches = []
    for rate, group in groupby(cost.by_month, key=lambda month: month.total):
        months = [one.month for one in group]
        stretches.append(Stretch(months[0], months[-1], len(months), rate))
    return Equation(
        people=people,
        months=len(cost.by_month),
        payer=payer,
        stretches=tuple(stretches),
        total_rp=cost.total,
        citations=_articles(citation for month in cost.by_month for citation in month.citations),
        recalled=cost.recalled,
        inferred=any(month.inferred for month in cost.by_month),
    )


def _articles(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Each article once, in the order of their names; where one is cited for several numbers, the least sure stands."""
    found: dict[str, Citation] = {}
    for one in citations:
        if one.words_id() not in found or one.recalled:
            found[one.words_id()] = one
    return tuple(found[name] for name in sorted(found))
