"""What an employer has to join: its size, the programmes of that size, what is missing; and two wage facts.

See `docs/algorithms/wage-contributions.md`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from naung.refusal import Refusal
from naung.rules.anniversaries import same_day_after
from naung.rules.english import date_en
from naung.rules.explaining import Explanation, Fact, Step, Words
from naung.rules.law import Law
from naung.rules.money import Rupiah, rupiah, share
from naung.rules.periods import date_id
from naung.rules.wage_terms import ALL_FOUR, NegativeWage, WageProgramme
from naung.saying import Sentence
from naung.saying import sentence as _


class EmployerSize(StrEnum):
    """Sizes as PP 7/2021 draws them; medium and large have the same programmes."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM_LARGE = "medium_large"

    @property
    def words(self) -> Words:
        return {
            EmployerSize.MICRO: Words("usaha mikro", "micro employer"),
            EmployerSize.SMALL: Words("usaha kecil", "small employer"),
            EmployerSize.MEDIUM_LARGE: Words("usaha menengah atau besar", "medium or large employer"),
        }[self]


@dataclass(eq=False)
class SizeUnknown(Refusal):
    """Neither capital nor sales was given, or one of them is below zero."""

    code: ClassVar[str] = "employer_size_unknown"

    def said(self) -> Sentence:
        return _("Isi modal usaha atau penjualan setahun, nol atau lebih, untuk mengetahui ukuran usaha.")


@dataclass(eq=False)
class ThreeMonthsNeeded(Refusal):
    """The wage of a piece-rate worker is the average of the last three months."""

    code: ClassVar[str] = "three_months_needed"

    months: int

    def said(self) -> Sentence:
        return _(
            "Upah borongan dihitung dari tiga bulan terakhir, bukan %(months)s bulan.",
            months=self.months,
        )


@dataclass(frozen=True, slots=True)
class Sized:
    """The size of an employer, and why. `total` of the explanation is 0: nothing is owed for a size."""

    size: EmployerSize
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Compulsory:
    """What an employer has to join, and what of it is missing (all of it where nothing is said to be joined)."""

    size: EmployerSize
    required: tuple[WageProgramme, ...]
    missing: tuple[WageProgramme, ...]
    explanation: Explanation


def employer_size(*, capital: Rupiah | None = None, sales: Rupiah | None = None, on: date, law: Law) -> Sized:
    """The size of an employer by its capital or its sales of a year, in whole rupiah.

    Where both are given and disagree the larger size is taken, and the step is marked as our reading: the text that
    we read says "capital or sales" and not which decides.

    Raises SizeUnknown, NotInForce before February 2021.

    Source: PP 7/2021 (limits stated in the catalogue's descriptions).
    """
    if (capital is None and sales is None) or min(capital or 0, sales or 0) < 0:
        raise SizeUnknown()
    limits = law.mapping("ppu.size_limits").cited(on)
    by = {
        kind: _size_by(value, limits.value[f"micro_{kind}"], limits.value[f"small_{kind}"])
        for kind, value in (("capital", capital), ("sales", sales))
        if value is not None
    }
    order = list(EmployerSize)
    size = max(by.values(), key=order.index)
    disagree = len(set(by.values())) > 1
    words = Words(f"Ukuran: {size.words.id}", f"Size: {size.words.en}")
    if disagree:
        words = Words(
            f"{words.id}; modal dan penjualan tidak sama, dipakai yang lebih besar",
            f"{words.en}; capital and sales disagree, the larger is taken",
        )
    facts = tuple(
        Fact(kind, label, Words(rupiah(value), rupiah(value)))
        for kind, label, value in (
            ("capital", Words("Modal usaha", "Capital"), capital),
            ("sales", Words("Penjualan setahun", "Sales of a year"), sales),
        )
        if value is not None
    )
    step = Step("size", words, citations=(limits.citation,), inferred=disagree)
    title = Words(f"Ukuran usaha, {date_id(on)}", f"Size of the employer, {date_en(on)}")
    return Sized(size, Explanation(title, on, (step,), facts))


def compulsory_programmes(
    size: EmployerSize, *, on: date, law: Law, joined: Collection[WageProgramme] = ()
) -> Compulsory:
    """The programmes that an employer of this size has to join, and those still missing.

    Raises NotInForce before July 2015. Source: Perpres 109/2013 art. 6(3).
    """
    cited = law.sequence(f"ppu.programs.{size.value}").cited(on)
    required = tuple(WageProgramme(name) for name in cited.value)
    missing = tuple(one for one in required if one not in joined)
    steps = [
        Step(
            "required",
            Words(
                f"Wajib bagi {size.words.id}: {', '.join(required)}",
                f"Compulsory for a {size.words.en}: {', '.join(required)}",
            ),
            citations=(cited.citation,),
        )
    ]
    if joined:
        words = Words(f"Belum diikuti: {', '.join(missing)}", f"Not joined yet: {', '.join(missing)}")
        steps.append(Step("missing", words if missing else Words("Semua sudah diikuti", "All are joined")))
    state = law.rate("ppu.jkp.state").find(on)
    if state is not None and set(required) >= ALL_FOUR:
        words = Words(
            "JKP mengikuti keempat program itu, tanpa iuran tambahan",
            "Unemployment insurance (JKP) follows from these four, at no further contribution",
        )
        steps.append(Step("jkp", words, citations=(state.citation,)))
    title = Words(f"Program wajib, {date_id(on)}", f"Compulsory programmes, {date_en(on)}")
    return Compulsory(size, required, missing, Explanation(title, on, tuple(steps)))


def piece_rate_wage(last_three_months: Sequence[Rupiah]) -> Rupiah:
    """The wage of a piece-rate worker: the average of what the last three months paid, in whole rupiah.

    Raises ThreeMonthsNeeded, NegativeWage. Source: PP 44/2015 art. 19(4); PP 46/2015 art. 17(4).
    """
    if len(last_three_months) != 3:
        raise ThreeMonthsNeeded(len(last_three_months))
    if lowest := min(0, *last_three_months):
        raise NegativeWage(lowest)
    return share(sum(last_three_months), Fraction(1, 3))


@dataclass(frozen=True, slots=True)
class Joining:
    """The day from which somebody has to be registered, and why. Nothing is owed for it."""

    day: date
    explanation: Explanation


def foreigner_joining(started_on: date, *, law: Law) -> Joining:
    """When a foreigner who began to work in Indonesia on `started_on` has to be registered, explained.

    After six months: the same day of the month six months later. Where that month is too short, its last day, which
    is our reading and marked. The law of the first day of work counts.

    Raises NotInForce for who began before July 2015.

    Source: PP 44/2015 art. 1(4); PP 46/2015 art. 2(2).
    """
    needed = law.count("foreigner.min_months").cited(started_on)
    day = same_day_after(started_on, needed.value)
    words = Words(
        f"Wajib menjadi peserta sejak {date_id(day)}, setelah bekerja {needed.value} bulan di Indonesia",
        f"Has to be registered from {date_en(day)}, after {needed.value} months of work in Indonesia",
    )
    step = Step("joins", words, citations=(needed.citation,), inferred=day.day != started_on.day)
    fact = Fact(
        "started_on",
        Words("Mulai bekerja di Indonesia", "Began to work in Indonesia"),
        Words(date_id(started_on), date_en(started_on)),
    )
    title = Words("Kepesertaan pekerja asing", "Registration of a foreign worker")
    return Joining(day, Explanation(title, started_on, (step,), (fact,)))


def foreigner_joins_from(started_on: date, *, law: Law) -> date:
    """The day of `foreigner_joining`, without its explanation."""
    return foreigner_joining(started_on, law=law).day


def _size_by(value: Rupiah, micro: Rupiah, small: Rupiah) -> EmployerSize:
    if value <= micro:
        return EmployerSize.MICRO
    return EmployerSize.SMALL if value <= small else EmployerSize.MEDIUM_LARGE
