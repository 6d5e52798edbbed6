"""How a branch office counts workers of short programmes in its own targets. Not a coverage formula of the state.

See `docs/algorithms/ucj.md`: this count never enters a UCJ.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from naung.refusal import Refusal
from naung.rules.explaining import Explanation, Fact, Step, Words
from naung.rules.law import Law
from naung.rules.money import Rupiah
from naung.saying import Count, Sentence
from naung.saying import sentence as _


class ProgrammeType(StrEnum):
    """Who pays: government or village, or a company (UMB)."""

    GOVERNMENT = "government"
    UMB = "umb"


_TYPES = {
    ProgrammeType.GOVERNMENT: Words("Pemerintah/Desa", "government or village"),
    ProgrammeType.UMB: Words("dibayar perusahaan (UMB)", "paid by a company (UMB)"),
}


@dataclass(eq=False)
class ImpossibleCount(Refusal):
    """Workers or months below zero are a mistake of whoever typed them."""

    code: ClassVar[str] = "impossible_count"

    workers: int
    months: int

    def said(self) -> Sentence:
        return _(
            "%(workers)s pekerja selama %(months)s bulan tidak mungkin: keduanya nol atau lebih.",
            workers=Count(self.workers),
            months=self.months,
        )


@dataclass(frozen=True, slots=True)
class BranchCount:
    """`counted` of `workers` stand in the branch's count. People, not rupiah: the explanation adds up to nothing."""

    workers: int
    months: int
    counted: Fraction
    explanation: Explanation

    @property
    def total(self) -> Rupiah:
        return 0

    @property
    def whole(self) -> int:
        """The workers counted, without a fraction of one. How a branch rounds is not known."""
        return int(self.counted)


def branch_count(on: date, *, workers: int, months: int, kind: ProgrammeType, law: Law) -> BranchCount:
    """How many of `workers`, insured for `months` months, a branch counts by its rule of the day `on`.

    Paid by government or village: months/6, at most all. Paid by a company: nobody below six months, then all.
    Raises NotInForce before July 2022, ImpossibleCount.

    Source: Probis Kepesertaan 908; months/6 is inferred from two printed rows.
    """
    if workers < 0 or months < 0:
        raise ImpossibleCount(workers, months)
    rule, full = law.words("bpu.kpi_weight").cited(on), law.count("bpu.kpi_full_months").cited(on)
    if kind is ProgrammeType.UMB:
        weight = Fraction(int(months >= full.value))
        formula = f"{months} {'≥' if weight else '<'} {full.value}: bobot {weight}"
    else:
        weight = min(Fraction(months, full.value), Fraction(1))
        formula = f"{months} ÷ {full.value}, paling banyak 1: bobot {weight}"
    counted = workers * weight
    words = Words(f"Dihitung {counted} dari {workers} pekerja", f"{counted} of {workers} workers are counted")
    step = Step(
        "bpu.kpi_weight", words, f"{formula}; {workers} × {weight} = {counted}", None,
        (rule.citation, full.citation), inferred=kind is ProgrammeType.GOVERNMENT,
    )  # fmt: skip
    title = Words("Hitungan kantor cabang", "The branch's own count")
    facts = (
        Fact("kind", Words("Jenis program", "Kind of programme"), _TYPES[kind]),
        Fact("months", Words("Jumlah bulan", "Months"), Words(str(months), str(months))),
    )
    return BranchCount(workers, months, counted, Explanation(title, on, (step,), facts))
