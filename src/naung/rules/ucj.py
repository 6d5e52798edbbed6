"""Universal coverage (UCJ): active workers as a share of a named, dated denominator.

A percentage alone says nothing: five denominators are in use, and some published figures are per cent
of a target, not of workers. So a UCJ carries its counts, or it is refused. See `docs/algorithms/ucj.md`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from naung.refusal import Refusal
from naung.saying import Count, Known, Percent, Sentence, gettext_noop
from naung.saying import sentence as _

_HUNDREDTH = Decimal("0.01")


class Segment(StrEnum):
    """Whom the numerator counts."""

    PU = "pu"
    BPU = "bpu"
    CONSTRUCTION = "construction"
    PMI = "pmi"
    ALL = "all"  # published as one count, not broken down


class DenominatorKind(StrEnum):
    """The denominators seen in use; they differ by tens of per cent and never share a chart axis."""

    LABOUR_FORCE = "labour_force"
    EMPLOYED = "employed"
    ELIGIBLE = "eligible"
    POTENTIAL = "potential"
    TARGET = "target"

    @property
    def label_id(self) -> str:
        return _LABELS[self]


_LABELS = {
    DenominatorKind.LABOUR_FORCE: "angkatan kerja (BPS Sakernas)",
    DenominatorKind.EMPLOYED: "penduduk bekerja",
    DenominatorKind.ELIGIBLE: "pekerja eligible (penduduk bekerja tanpa ASN, TNI, Polri)",
    DenominatorKind.POTENTIAL: "potensi atau sasaran daerah (turunan BPS)",
    DenominatorKind.TARGET: "orang yang ditargetkan (bukan UCJ)",
}


@dataclass(eq=False)
class BarePercentage(Refusal):
    """A percentage came without the counts behind it."""

    code: ClassVar[str] = "ucj_bare_percentage"

    percent: Decimal

    def said(self) -> Sentence:
        return _(
            "Angka %(percent)s ditolak: cakupan harus disertai jumlah pekerja aktif dan penyebutnya.",
            percent=Percent(self.percent),
        )


@dataclass(eq=False)
class NotCoverage(Refusal):
    """Per cent of a target is progress against a plan, not coverage of workers."""

    code: ClassVar[str] = "ucj_percent_of_target"

    covered: int
    target: int

    def said(self) -> Sentence:
        return _(
            "%(covered)s dari target %(target)s orang adalah capaian target, bukan UCJ: penyebutnya harus pekerja.",
            covered=Count(self.covered),
            target=Count(self.target),
        )


@dataclass(eq=False)
class IncompleteFigure(Refusal):
    """A coverage figure lacks something it must carry, or holds an impossible count."""

    code: ClassVar[str] = "ucj_incomplete"

    missing: str

    def said(self) -> Sentence:
        return _(
            "Angka cakupan belum lengkap: %(missing)s.",
            missing=Known(self.missing),
        )


@dataclass(frozen=True, slots=True)
class Denominator:
    """How many workers there are, of which kind, on which day, and who says so."""

    kind: DenominatorKind
    count: int
    as_of: date
    source: str

    def __post_init__(self) -> None:
        if self.count <= 0:
            raise IncompleteFigure(gettext_noop("penyebut harus lebih dari nol"))
        if not self.source.strip():
            raise IncompleteFigure(gettext_noop("sumber penyebut tidak disebut"))


@dataclass(frozen=True, slots=True)
class UCJ:
    """Coverage with everything it must carry. Made by `ucj`."""

    numerators: Mapping[Segment, int]
    numerator_as_of: date
    numerator_source: str
    denominator: Denominator

    @property
    def covered(self) -> int:
        return sum(self.numerators.values())

    @property
    def percent(self) -> Decimal:
        """Per cent to two places, half up; more than 100 when the counts say so (it is then doubtful)."""
        return percent_of(self.covered, self.denominator.count)

    @property
    def gap(self) -> int:
        """Workers of the denominator who are not covered, never below zero."""
        return max(self.denominator.count - self.covered, 0)

    @property
    def gap_percent(self) -> Decimal:
        return percent_of(self.gap, self.denominator.count)

    def people_needed(self, target_percent: Decimal) -> int:
        """How many more people reach `target_percent`; 0 when it is reached already.

        Against the exact ratio, not the rounded one: a target is reached when it is truly reached.
        """
        return max(people_at(target_percent, self.denominator.count) - self.covered, 0)


def ucj(
    numerators: Mapping[Segment, int],
    *,
    as_of: date,
    source: str,
    denominator: Denominator,
) -> UCJ:
    """Coverage from counts. Segments are added; one person in two segments must be counted once before.

    Raises NotCoverage for a denominator of targeted people, IncompleteFigure when a count, the date
    or the source is missing.
    """
    if not numerators:
        raise IncompleteFigure(gettext_noop("jumlah pekerja aktif tidak disebut"))
    if any(count < 0 for count in numerators.values()):
        raise IncompleteFigure(gettext_noop("jumlah pekerja aktif tidak boleh kurang dari nol"))
    if not source.strip():
        raise IncompleteFigure(gettext_noop("sumber jumlah pekerja aktif tidak disebut"))
    if denominator.kind is DenominatorKind.TARGET:
        raise NotCoverage(sum(numerators.values()), denominator.count)
    return UCJ(dict(numerators), as_of, source, denominator)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A published figure that does not follow from the counts published beside it."""

    what: str
    published: Decimal
    computed: Decimal

    def words_id(self) -> str:
        if self.what == "percent":
            return (
                f"Persentase yang diumumkan {percent_id(self.published)} tidak sesuai dengan "
                f"hitungannya sendiri ({percent_id(self.computed)})."
            )
        return (
            f"Kesenjangan yang diumumkan {self.published:,} orang tidak sesuai dengan hitungannya sendiri "
            f"({self.computed:,} orang)."
        ).replace(",", ".")


def contradictions(figure: UCJ, *, percent: Decimal | None = None, gap: int | None = None) -> list[Contradiction]:
    """Where a published per cent or gap disagrees with the counts of the same publication.

    A per cent is held against the counts at the precision it was printed with: 33 agrees with 32.77.
    """
    found = []
    if percent is not None:
        computed = percent_of(figure.covered, figure.denominator.count, places=_places(percent))
        if computed != percent:
            found.append(Contradiction("percent", percent, figure.percent))
    if gap is not None and gap != figure.denominator.count - figure.covered:
        found.append(Contradiction("gap", Decimal(gap), Decimal(figure.denominator.count - figure.covered)))
    return found


def published_ucj(
    percent: Decimal,
    *,
    numerators: Mapping[Segment, int] | None,
    as_of: date,
    source: str,
    denominator: Denominator | None,
) -> tuple[UCJ, list[Contradiction]]:
    """Take in a figure from a publication, with what is wrong with it. The counts rule, not the per cent.

    Raises BarePercentage when the counts are missing, and what `ucj` raises.
    """
    if not numerators or denominator is None:
        raise BarePercentage(percent)
    figure = ucj(numerators, as_of=as_of, source=source, denominator=denominator)
    return figure, contradictions(figure, percent=percent)


def denominator_implied(covered: int, gap_to_target: int, target_percent: Decimal) -> int:
    """The denominator behind "so many covered, so many short of the target": rounded to whole people."""
    exact = Fraction(covered + gap_to_target) * 100 / Fraction(target_percent)
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def people_at(percent: Decimal, count: int) -> int:
    """The fewest people that are at least `percent` of `count`."""
    exact = Fraction(percent) * count / 100
    return -(-exact.numerator // exact.denominator)


def percent_of(part: int, whole: int, *, places: int = 2) -> Decimal:
    """`part` in `whole` as an exact Decimal per cent, rounded half up once."""
    scale = 100 * 10**places
    half_up = (2 * part * scale + whole) // (2 * whole)
    return Decimal(half_up).scaleb(-places)


def percent_id(percent: Decimal) -> str:
    """`32,77%`, as Indonesian papers print it."""
    rounded = percent.quantize(_HUNDREDTH, ROUND_HALF_UP) if _places(percent) > 2 else percent
    return f"{rounded}".replace(".", ",") + "%"


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int), "a published per cent is a finite number"
    return max(-exponent, 0)
