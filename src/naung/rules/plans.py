"""What a planned programme costs, and what it would really protect. In whole rupiah and whole months."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from naung.rules.contributions import Contribution, Payer, Programme, Sector, bpu_contribution, stretch_steps
from naung.rules.decisions import UNDECIDED, Decisions
from naung.rules.explaining import Explanation, Fact, Words
from naung.rules.law import Law
from naung.rules.money import Rupiah
from naung.rules.periods import MonthSpan, add_months, last_of_month
from naung.rules.protection import full_jkm_from


@dataclass(frozen=True, slots=True)
class ProgrammeCost:
    """People × months × contribution, month by month: the tariff may change inside the span."""

    people: int
    by_month: tuple[Contribution, ...]

    @property
    def total(self) -> Rupiah:
        return self.people * sum(contribution.total for contribution in self.by_month)

    @property
    def recalled(self) -> bool:
        """True when a number used here was remembered and not yet checked against the gazette."""
        return any(contribution.recalled for contribution in self.by_month)

    @property
    def explanation(self) -> Explanation:
        """People × months × contribution, one stretch of equal prices after the other; sums to `total`."""
        title = Words("Biaya program", "Cost of the programme")
        people = f"{self.people:,}".replace(",", ".")
        facts: tuple[Fact, ...] = (Fact("people", Words("Pekerja", "Workers"), Words(people, people)),)
        if not self.by_month:
            return Explanation(title, date.min, (), facts)
        first = self.by_month[0]
        steps, notes = stretch_steps(self.by_month, people=self.people)
        return Explanation(title, first.month, steps, (*facts, *first.explanation.facts[1:]), notes)


def programme_cost(
    people: int,
    *,
    span: MonthSpan,
    programmes: Collection[Programme],
    sector: Sector,
    payer: Payer,
    law: Law,
    income: Rupiah | None = None,
    decisions: Decisions = UNDECIDED,
) -> ProgrammeCost:
    """The contributions of `people` alike workers through all months of `span`, in whole rupiah.

    Also the price of closing a gap: `people` is then what `UCJ.people_needed` says. Raises what
    `bpu_contribution` raises; a negative number of people is our own mistake (ValueError).
    """
    if people < 0:
        raise ValueError("A programme has no fewer than zero people.")
    months = tuple(
        bpu_contribution(
            month,
            income=income,
            programmes=programmes,
            sector=sector,
            payer=payer,
            law=law,
            decisions=decisions,
        )
        for month in span
    )
    return ProgrammeCost(people, months)


def months_with_full_jkm(span: MonthSpan, law: Law) -> list[date]:
    """The months of `span` in which a death pays the full JKM, for someone first paid in its first month.

    A month counts only if its last day does: the waiting time of Permenaker 1/2025 began inside one.
    Empty for a programme of three months today: the whole of it pays Rp10 million.
    """
    paid_so_far: list[date] = []
    full: list[date] = []
    for month in span:
        paid_so_far.append(month)
        full_from = full_jkm_from(paid_so_far, law, on=last_of_month(month))
        if full_from is not None and full_from < add_months(month, 1):
            full.append(month)
    return full
