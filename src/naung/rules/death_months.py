"""The months of contributions behind a death: paid in a row, paid before a gap, settled as arrears.

Here the month of death is found paid, or within the arrears that may still be settled, or not covered.
What a gap or an advance payment does to the count is for the rule that counts.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from naung.refusal import Refusal
from naung.rules.dated import Citation
from naung.rules.decisions import UNDECIDED, Decisions
from naung.rules.explaining import Decided
from naung.rules.law import Law
from naung.rules.periods import add_months, first_of_month, months_between, months_in, require_month, runs
from naung.saying import Known, Sentence, gettext_noop
from naung.saying import sentence as _

GRACE = "bpu.grace_event_paid"
ENDS = "bpu.membership_ends"


@dataclass(eq=False)
class NotCovered(Refusal):
    """No paid month holds the day of death: nothing can be computed as owed."""

    code: ClassVar[str] = "not_covered"

    died_on: date
    detail: str = gettext_noop("bulan itu belum dibayar")
    # Question and recorded answer, where the no rests on one; plain text, for the facts go to machines.
    answers: tuple[tuple[str, str], ...] = ()

    def said(self) -> Sentence:
        return _(
            "Pekerja tidak terlindungi pada %(died_on)s: %(detail)s.",
            died_on=self.died_on,
            detail=Known(self.detail),
        )


@dataclass(frozen=True, slots=True)
class DeathMonths:
    """What a month ledger says on the day of death.

    `in_a_row` are the unbroken months up to and including the month of death, `with_earlier` all months
    paid up to it, across gaps. `ahead` follow the month of death without a gap and were paid too.
    `arrears` are the months that have to be settled first; they count in the two sums.
    """

    in_a_row: int
    with_earlier: int
    ahead: int
    arrears: tuple[date, ...] = ()
    citations: tuple[Citation, ...] = ()
    decided: tuple[Decided, ...] = ()

    @property
    def broken(self) -> bool:
        """Were there paid months before a gap?"""
        return self.with_earlier > self.in_a_row


def months_at_death(
    died_on: date, *, paid_months: Collection[date], law: Law, decisions: Decisions = UNDECIDED
) -> DeathMonths:
    """The months that stand behind a death of a BPU worker, or a work accident: `died_on` is then its day.

    An event in an unpaid month, but within the arrears that may be settled (since July 2022: three
    months from the end of cover), is a point that no source settles: NeedsDecision. Elsewhere an unpaid
    month of death is NotCovered.
    """
    paid = frozenset(require_month(month) for month in paid_months)
    month = first_of_month(died_on)
    if month in paid:
        return _counted(paid, month)
    before = [one for one in paid if one < month]
    grace = law.count("bpu.grace").find(died_on)
    if not before or grace is None:
        raise NotCovered(died_on)
    arrears = tuple(months_in(add_months(max(before), 1), add_months(month, 1)))
    if len(arrears) > grace.value:
        raise NotCovered(died_on, f"tunggakan {len(arrears)} bulan, sedangkan yang boleh dilunasi {grace.value} bulan")
    decided = _within_grace(died_on, decisions, last=len(arrears) == grace.value)
    found = _counted(paid | frozenset(arrears), month)
    return DeathMonths(found.in_a_row, found.with_earlier, 0, arrears, (grace.citation,), decided)


def _within_grace(died_on: date, decisions: Decisions, *, last: bool) -> tuple[Decided, ...]:
    """The recorded answers by which arrears may be settled after the death. Raises NotCovered, NeedsDecision.

    `last`: the month of death is the last that may be settled; sources differ on whether the membership
    then still stands (as in `arrears.membership_on`).
    """
    answer = decisions.require(GRACE, died_on)
    if answer == "no":
        detail = gettext_noop("menurut keputusan daerah bulan yang dilunasi sesudah kejadian tidak melindungi")
        raise NotCovered(died_on, detail, ((GRACE, answer),))
    settled = (Decided(GRACE, answer),)
    if not last:
        return settled
    ends = decisions.require(ENDS, died_on)
    if ends == "entering_third":
        detail = gettext_noop("menurut keputusan daerah kepesertaan berakhir pada bulan ketiga tunggakan")
        raise NotCovered(died_on, detail, ((GRACE, answer), (ENDS, ends)))
    return (*settled, Decided(ENDS, ends))


def _counted(paid: frozenset[date], month: date) -> DeathMonths:
    run = next(one for one in runs(paid) if month in one)
    in_a_row = months_between(run.first, month) + 1
    with_earlier = sum(1 for one in paid if one <= month)
    return DeathMonths(in_a_row, with_earlier, len(run) - in_a_row)
