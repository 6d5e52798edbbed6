"""Schooling of the children of a worker who died: what is due in all, level by level, and who has the right.

It is paid year by year; `scholarship` gives the most that the remaining school years can bring,
`scholarship_schedule` each year by itself. See `docs/algorithms/scholarship.md`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from naung.refusal import Refusal
from naung.rules.death_months import months_at_death
from naung.rules.death_steps import died_fact, gap_step, months_steps
from naung.rules.decisions import UNDECIDED, Decisions
from naung.rules.english import plural
from naung.rules.explaining import Decided, Explanation, Fact, Step, Words
from naung.rules.law import Citation, Cited, Law
from naung.rules.money import Rupiah, rupiah
from naung.rules.scholarship_schedule import (
    ChildSchedule,
    PayableNow,
    ScholarshipSchedule,
    SchoolYear,
    Stop,
    payable_now,
    scholarship_schedule,
)
from naung.rules.school import Child, ImpossibleBirth, ImpossibleYear, Level, LevelTerms, level_terms
from naung.saying import Sentence
from naung.saying import sentence as _

__all__ = [
    "Child",
    "ChildSchedule",
    "ImpossibleBirth", "ImpossibleYear",
    "Level",
    "LumpScholarship",
    "NegativeChildren",
    "PayableNow",
    "Scholarship",
    "ScholarshipRight",
    "ScholarshipSchedule",
    "SchoolYear",
    "Stop",
    "jkm_gives_scholarship",
    "payable_now",
    "scholarship",
    "scholarship_pp44",
    "scholarship_right",
    "scholarship_schedule",
]  # fmt: skip

GAP = "scholarship.gap_restarts_count"
_MONTHS_A_YEAR = 12
_TITLE = Words("Beasiswa anak, paling banyak", "Scholarship of the children, at most")


@dataclass(frozen=True, slots=True)
class Scholarship:
    """Rupiah by level for each child, in the order the children were given."""

    children: tuple[Mapping[Level, Rupiah], ...]
    explanation: Explanation

    @property
    def total(self) -> Rupiah:
        return sum(sum(child.values()) for child in self.children)

    @property
    def citations(self) -> tuple[Citation, ...]:
        return self.explanation.citations

    @property
    def recalled(self) -> bool:
        """True when a number used here was remembered and not yet checked against the gazette."""
        return self.explanation.recalled


def scholarship(on: date, *, children: Sequence[Mapping[Level, int]], law: Law) -> Scholarship:
    """The most that the remaining school years of `children` bring, in whole rupiah.

    Each child is given as years left per level; years beyond those the law pays are not counted, nor
    children after the second: the first two of the list are taken. PP 44/2015 knew a single lump sum
    instead (`scholarship_pp44`), so a day before December 2019 raises NotInForce.

    Source: PP 82/2019 Lampiran III and art. 34 (article numbers recalled).
    """
    for years in (years for child in children for years in child.values()):
        if years < 0:
            raise ImpossibleYear(years)
    most = law.count("scholarship.max_children").cited(on)
    terms = level_terms(on, law)
    counted = children[: most.value]
    paid = tuple(
        {level: terms.amount(level) * min(years, terms.max_years(level)) for level, years in child.items()}
        for child in counted
    )
    first = children_step(len(children), most)
    steps = [
        _level_step(number, level, years, terms)
        for number, child in enumerate(counted, start=1)
        for level, years in child.items()
    ]
    fact = Fact("children", Words("Jumlah anak", "Children"), Words(str(len(children)), str(len(children))))
    return Scholarship(paid, Explanation(_TITLE, on, (first, *steps), (fact,)))


def children_step(given: int, most: Cited[int]) -> Step:
    """How many children are paid; where more were named, that the first of the list are: the family says which."""
    words = Words(f"Paling banyak {most.value} anak", f"At most {most.value} children")
    if given > most.value:
        words = Words(
            f"{words.id}: dihitung {most.value} anak pertama dalam daftar; keluarga yang memilih",
            f"{words.en}: the first {most.value} of the list are counted; the family chooses",
        )
    formula = f"{given} {'≤' if given <= most.value else '>'} {most.value}"
    return Step("scholarship.max_children", words, formula, None, (most.citation,))


def _level_step(number: int, level: Level, years: int, terms: LevelTerms) -> Step:
    paid = min(years, terms.max_years(level))
    amount = terms.amount(level) * paid
    beyond = years > paid
    words = Words(
        f"Anak {number}, {level.words.id}" + (f", paling lama {paid} tahun" if beyond else ""),
        f"Child {number}, {level.words.en}" + (f", at most {plural(paid, 'year')}" if beyond else ""),
    )
    formula = f"{paid} tahun × {rupiah(terms.amount(level))} = {rupiah(amount)}"
    return Step(f"scholarship.{level}.{number}", words, formula, amount, (terms.citation(level),))


def jkm_gives_scholarship(died_on: date, *, months_paid: int, law: Law) -> bool:
    """Does a death that is not of work open the scholarship? Only after three years of contributions.

    A death of work (JKK) always does. Source: PP 82/2019 art. 34 (number recalled).
    """
    return months_paid >= _MONTHS_A_YEAR * law.count("scholarship.jkm_min_years").on(died_on)


@dataclass(frozen=True, slots=True)
class ScholarshipRight:
    """Whether a death opens the scholarship. It carries no amount: its explanation adds up to nothing."""

    opened: bool
    months: int
    explanation: Explanation

    @property
    def total(self) -> Rupiah:
        return 0


def scholarship_right(
    died_on: date, *, paid_months: Collection[date], law: Law, decisions: Decisions = UNDECIDED
) -> ScholarshipRight:
    """Does a death that is not of work open the scholarship, by these paid months?

    Three years of contributions up to and including the month of death. Whether a gap starts that
    count again no source says: asked only when it changes the answer. Raises NotCovered, NotInForce
    before December 2019, NeedsDecision.

    Source: PP 82/2019 art. 34 (number recalled).
    """
    minimum = law.count("scholarship.jkm_min_years").cited(died_on)
    needed = _MONTHS_A_YEAR * minimum.value
    months = months_at_death(died_on, paid_months=paid_months, law=law, decisions=decisions)
    counted, steps = months.in_a_row, list(months_steps(months))
    if months.in_a_row < needed <= months.with_earlier:
        decided = Decided(GAP, decisions.require(GAP, died_on))
        counted = months.with_earlier if decided.answer == "no" else months.in_a_row
        steps.append(gap_step("scholarship.gap", months, decided))
    opened = counted >= needed
    words = Words(
        f"Masa iuran {counted} bulan; beasiswa JKM " + ("terbuka" if opened else f"baru terbuka pada {needed} bulan"),
        f"{plural(counted, 'month')} of contributions; the JKM scholarship "
        + ("is open" if opened else f"opens only at {needed} months"),
    )
    formula = f"{counted} {'≥' if opened else '<'} {minimum.value} × {_MONTHS_A_YEAR} = {needed}"
    steps.append(Step("scholarship.right", words, formula, None, (minimum.citation,)))
    title = Words("Hak atas beasiswa JKM", "Right to the JKM scholarship")
    return ScholarshipRight(opened, counted, Explanation(title, died_on, tuple(steps), (died_fact(died_on),)))


@dataclass(eq=False)
class NegativeChildren(Refusal):
    """A number of children below zero is a mistake of whoever typed it."""

    code: ClassVar[str] = "children_negative"

    children: int

    def said(self) -> Sentence:
        return _(
            "Jumlah anak %(children)s tidak mungkin: angka harus nol atau lebih.",
            children=self.children,
        )


@dataclass(frozen=True, slots=True)
class LumpScholarship:
    """The single amount of PP 44/2015."""

    total: Rupiah
    explanation: Explanation


def scholarship_pp44(on: date, *, children: int, law: Law) -> LumpScholarship:
    """The JKK scholarship of PP 44/2015: one lump sum for one child, in whole rupiah; nothing without a child.

    Raises NegativeChildren, and NotInForce before July 2015 and from
    2 December 2019 on.

    Source: PP 44/2015 art. 25 and Lampiran III (recalled).
    """
    if children < 0:
        raise NegativeChildren(children)
    amount = law.amount("jkk.scholarship.pp44").cited(on)
    total = amount.value if children else 0
    words = (
        Words("Beasiswa satu anak, sekaligus", "Scholarship of one child, as a lump sum")
        if children
        else Words("Tidak ada anak: tidak ada beasiswa", "No child: no scholarship")
    )
    step = Step("jkk.scholarship.pp44", words, rupiah(total), total, (amount.citation,))
    title = Words("Beasiswa menurut PP 44/2015", "Scholarship under PP 44/2015")
    fact = Fact("children", Words("Jumlah anak", "Children"), Words(str(children), str(children)))
    return LumpScholarship(total, Explanation(title, on, (step,), (fact,)))
