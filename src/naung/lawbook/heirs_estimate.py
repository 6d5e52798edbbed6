"""What the heirs of a worker may receive, from four answers of which each may be "tidak tahu".

Nothing is computed here: every case that the answers leave open is computed by the rules, and the least and the most
of them are shown. A benefit never falls when the paid months rise, so a span of months is computed at its two ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from naung.rules.claim_papers import Circumstance, Claim, ClaimPapers, claim_papers, jkk_claim_deadline
from naung.rules.dated import Cited, NotInForce
from naung.rules.death import CauseOfDeath, DeathBenefit, accident_death_benefit, death_benefit
from naung.rules.explaining import Explanation, Words
from naung.rules.heirs import HeirRanking, Relation, Relative, heirs_in_order
from naung.rules.law import Law
from naung.rules.money import Rupiah
from naung.rules.periods import add_months, first_of_month
from naung.rules.protection import qualifying_months
from naung.rules.scholarship import scholarship, scholarship_pp44, scholarship_right
from naung.rules.school import Level, level_terms

# The longest run of paid months that anybody is asked about; more change nothing.
_LONGEST = 600
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Months:
    """Paid months in a row up to and including the month of death, from `least` to `most`."""

    least: int
    most: int

    @property
    def open_ended(self) -> bool:
        return self.most == _LONGEST


@dataclass(frozen=True, slots=True)
class Told:
    """What an heir told; None is "tidak tahu"."""

    died_on: date
    relation: Relation | None = None
    cause: CauseOfDeath | None = None
    months: Months | None = None
    children: int | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the most of an amount in whole rupiah."""

    least: Rupiah
    most: Rupiah

    @property
    def exact(self) -> bool:
        return self.least == self.most


@dataclass(frozen=True, slots=True)
class Case:
    """One way it may have been, and what the law then gives. `schooling` None: the law of that day is not known."""

    cause: CauseOfDeath
    months: int
    cash: DeathBenefit
    right: bool | None
    schooling: Explanation | None

    @property
    def most_schooling(self) -> Rupiah:
        return self.schooling.total if self.schooling else 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the heirs may receive. `least` and `most` are the cases with the smallest and the largest cash."""

    told: Told
    cases: tuple[Case, ...]
    ranking: HeirRanking
    papers: tuple[ClaimPapers, ...]
    deadline: Words | None
    scholarship_after: int | None
    base: Cited[Rupiah] | None

    @property
    def least(self) -> Case:
        return min(self.cases, key=lambda case: case.cash.total)

    @property
    def most(self) -> Case:
        return max(self.cases, key=lambda case: case.cash.total)

    @property
    def total(self) -> Range:
        return _range(case.cash.total for case in self.cases)

    @property
    def lump_sum(self) -> Range:
        return _range(case.cash.lump_sum for case in self.cases)

    @property
    def periodic(self) -> Range:
        return _range(case.cash.periodic for case in self.cases)

    @property
    def funeral(self) -> Range:
        return _range(case.cash.funeral for case in self.cases)

    @property
    def schooling(self) -> Rupiah:
        """The most that the schooling of the children can bring."""
        return max(case.most_schooling for case in self.cases)

    @property
    def right(self) -> bool | None:
        """Whether the schooling is paid in every case (True), in none (False), or in some or nobody knows (None)."""
        rights = {case.right for case in self.cases}
        return rights.pop() if len(rights) == 1 else None

    @property
    def schooling_known(self) -> bool:
        return any(case.right is not None for case in self.cases)

    @property
    def recalled(self) -> bool:
        shown = [case.cash.explanation for case in (self.least, self.most)]
        shown += [case.schooling for case in self.cases if case.schooling is not None]
        base = self.base is not None and self.base.citation.recalled
        return base or any(one.recalled or one.inferred for one in shown)

    @property
    def rank(self) -> int | None:
        """The place of who asks in the order of heirs."""
        return None if self.ranking.first is None else self.ranking.first.number


def spans_of_months(law: Law, today: date) -> tuple[Months, Months, Months]:
    """The lengths that make a difference: the first months, those before the schooling opens, and from then on."""
    waiting = qualifying_months(law, today)
    opens = _MONTHS_A_YEAR * law.count("scholarship.jkm_min_years").on(today)
    return Months(1, waiting), Months(waiting + 1, opens - 1), Months(opens, _LONGEST)


def estimate(told: Told, law: Law) -> Estimate:
    """Every case that the answers leave open, by the law of the day of death. Raises NotInForce before July 2015."""
    cases = tuple(_cases(told, law))
    years = law.count("scholarship.jkm_min_years").find(told.died_on)
    works = told.cause is not CauseOfDeath.OTHER
    return Estimate(
        told=told,
        cases=cases,
        ranking=heirs_in_order([Relative(told.relation)] if told.relation else [], on=told.died_on, law=law),
        papers=tuple(_papers(told, law, schooling=any(case.right is not False for case in cases))),
        deadline=_deadline(told.died_on, law) if works else None,
        scholarship_after=None if years is None else years.value,
        base=_lowest_base(told.died_on, law) if works else None,
    )


def _cases(told: Told, law: Law) -> Iterator[Case]:
    causes = list(CauseOfDeath) if told.cause is None else [told.cause]
    months = told.months or Months(1, _LONGEST)
    for cause in causes:
        # Where work was the cause, months make no difference.
        lengths = {months.least, months.most} if cause is CauseOfDeath.OTHER else {months.least}
        for length in sorted(lengths):
            yield _case(cause, length, told, law)


def _case(cause: CauseOfDeath, months: int, told: Told, law: Law) -> Case:
    died_on = told.died_on
    if cause is CauseOfDeath.WORK:
        cash = accident_death_benefit(died_on, base_income=_lowest_base(died_on, law).value, law=law)
        right: bool | None = True
    else:
        cash = death_benefit(died_on, months_paid=months, law=law)
        right = _opened(died_on, months, law)
    # Two of an unknown number: the law pays no more.
    children = _most_children(died_on, law) if told.children is None else told.children
    return Case(cause, months, cash, right, _schooling(died_on, children, law) if right and children else None)


def _opened(died_on: date, months: int, law: Law) -> bool | None:
    month = first_of_month(died_on)
    paid = {add_months(month, -number) for number in range(months)}
    try:
        return scholarship_right(died_on, paid_months=paid, law=law).opened
    except NotInForce:
        return None


def _schooling(died_on: date, children: int, law: Law) -> Explanation:
    """All school years of the law, from the first level to the last: the most it can be."""
    if law.amount("jkk.scholarship.pp44").find(died_on) is not None:
        return scholarship_pp44(died_on, children=children, law=law).explanation
    terms = level_terms(died_on, law)
    whole = {level: terms.max_years(level) for level in Level}
    return scholarship(died_on, children=[whole] * children, law=law).explanation


def _most_children(died_on: date, law: Law) -> int:
    most = law.count("scholarship.max_children").find(died_on)
    return 1 if most is None else most.value


def _lowest_base(died_on: date, law: Law) -> Cited[Rupiah]:
    """The lowest base of BPU workers, the one that regions pay."""
    return law.amount("bpu.base.min").cited(died_on)


def _papers(told: Told, law: Law, *, schooling: bool) -> Iterator[ClaimPapers]:
    on = told.died_on
    if told.cause is not CauseOfDeath.WORK:
        # Who does not know is shown the paper with its condition, which stands in its words.
        known = () if told.relation else (Circumstance.SPOUSE,)
        yield claim_papers(Claim.JKM, on=on, law=law, heir=told.relation, circumstances=known)
    if told.cause is not CauseOfDeath.OTHER:
        possible = (Circumstance.ROAD_ACCIDENT, Circumstance.OUTSIDE_PLACE_OR_HOURS)
        yield claim_papers(Claim.JKK, on=on, law=law, circumstances=possible)
    if told.children != 0 and schooling:
        yield claim_papers(Claim.SCHOLARSHIP, on=on, law=law)


def _deadline(died_on: date, law: Law) -> Words | None:
    """Until when a benefit of a work accident may be claimed, where the law of that day is known."""
    try:
        return jkk_claim_deadline(died_on, law=law).step.words
    except NotInForce:
        return None


def _range(amounts: Iterable[Rupiah]) -> Range:
    found = list(amounts)
    return Range(min(found), max(found))
