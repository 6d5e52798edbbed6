"""Pension (JP): from which age and day, and how much of it a month in the first year. In whole rupiah.

See `docs/algorithms/pension.md`.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import ClassVar

from naung.refusal import Refusal
from naung.rules.anniversaries import birthday
from naung.rules.decisions import UNDECIDED, Decisions
from naung.rules.english import date_en, plural
from naung.rules.explaining import Explanation, Fact, Step, Words
from naung.rules.law import Citation, Cited, Law, NotInForce
from naung.rules.money import Rupiah, is_whole, percent, rupiah, share
from naung.rules.periods import date_id
from naung.rules.wage_terms import NegativeWage
from naung.saying import Rp, Sentence
from naung.saying import sentence as _

_YEAR = 12  # Months of a year: the formula counts in years and states the wage by the month.


@dataclass(eq=False)
class PensionAgeNotReached(Refusal):
    """The pension of old age begins at the pension age."""

    code: ClassVar[str] = "pension_age_not_reached"

    starts_on: date
    reached_on: date

    def said(self) -> Sentence:
        return _(
            "Pada %(starts_on)s usia pensiun belum tercapai: usia itu dicapai pada %(reached_on)s.",
            starts_on=self.starts_on,
            reached_on=self.reached_on,
        )


@dataclass(eq=False)
class PensionMonthsImpossible(Refusal):
    """Contribution months are counted from zero."""

    code: ClassVar[str] = "pension_months_impossible"

    contribution_months: int

    def said(self) -> Sentence:
        return _(
            "Masa iur %(contribution_months)s bulan tidak mungkin: angka harus nol atau lebih.",
            contribution_months=self.contribution_months,
        )


@dataclass(eq=False)
class PensionSavingsMissing(Refusal):
    """What was paid in and what it earned is known to BPJS Ketenagakerjaan alone; it is a fact to be given."""

    code: ClassVar[str] = "pension_savings_missing"

    contribution_months: int
    needed: int

    def said(self) -> Sentence:
        return _(
            "Masa iur %(contribution_months)s bulan kurang dari %(needed)s, jadi yang dibayar adalah "
            "seluruh iuran dan hasil pengembangannya. Isi jumlah itu menurut catatan BPJS Ketenagakerjaan.",
            contribution_months=self.contribution_months,
            needed=self.needed,
        )


@dataclass(eq=False)
class PensionSavingsNegative(Refusal):
    """Savings below zero are a mistake of whoever typed them."""

    code: ClassVar[str] = "pension_savings_negative"

    savings: Rupiah

    def said(self) -> Sentence:
        return _(
            "Iuran dan hasil pengembangan %(savings)s tidak mungkin: angka harus nol atau lebih.",
            savings=Rp(self.savings),
        )


@dataclass(frozen=True, slots=True)
class PensionStart:
    """The first day on which the pension age is reached. It carries no amount."""

    day: date
    age: int
    explanation: Explanation

    @property
    def total(self) -> Rupiah:
        return 0


@dataclass(frozen=True, slots=True)
class JpBenefit:
    """A monthly pension, or where the contribution months are too few a sum paid once; the other is zero."""

    monthly: Rupiah
    lump_sum: Rupiah
    explanation: Explanation

    @property
    def total(self) -> Rupiah:
        """One month of the pension, or the sum paid once."""
        return self.monthly + self.lump_sum

    @property
    def recalled(self) -> bool:
        """True when a number used here was remembered and not yet checked against the gazette."""
        return self.explanation.recalled


def pension_age(on: date, *, law: Law) -> int:
    """The pension age of JP in force on a day, in years. Raises NotInForce. Source: PP 45/2015 art. 15."""
    return law.count("jp.age").on(on)


def pension_birthday(born_on: date, *, law: Law) -> date:
    """The first day on which the age reached is at least the pension age in force that day; see `pension_start`."""
    return pension_start(born_on, law=law).day


def pension_start(born_on: date, *, law: Law) -> PensionStart:
    """The day on which somebody born on `born_on` reaches the pension age of JP, and that age in years.

    The age moves on while people grow older: who would reach it only after it was raised has to reach the higher one.
    Who was already older when JP began reaches it on the first day of JP. Who is born on 29 February has the birthday
    on 1 March in other years (our reading).

    Raises NotInForce where the law knows no pension age that this person reaches.

    Source: PP 45/2015 art. 15.
    """
    lines = [line for line in law.parameters["jp.age"].values if line.value is not None]
    birthdays = {birthday(born_on, line.value) for line in lines}
    for day in sorted(birthdays | {line.start for line in lines}):
        age = law.count("jp.age").find(day)
        if age is not None and birthday(born_on, age.value) <= day:
            return PensionStart(day, age.value, _start_explanation(born_on, day, age))
    raise NotInForce("jp.age", law.parameters["jp.age"].label, max(birthdays, default=born_on))


def jp_benefit(
    starts_on: date,
    *,
    contribution_months: int,
    average_yearly_wage: Rupiah,
    contributions_and_return: Rupiah | None = None,
    born_on: date | None = None,
    law: Law,
    decisions: Decisions = UNDECIDED,
) -> JpBenefit:
    """The JP benefit of old age that begins on `starts_on`, in whole rupiah.

    From 180 contribution months on it is the monthly pension of the first year: 1 % of the average monthly wage for
    each contribution year, within the least and the highest pension of that year, rounded once. With fewer months it
    is `contributions_and_return`, paid once. `average_yearly_wage` is the weighted average as BPJS Ketenagakerjaan
    gives it; how it is weighted is not computed here. Where `born_on` is given the pension age is tested.

    Raises NegativeWage, PensionMonthsImpossible, PensionSavingsNegative, PensionSavingsMissing, PensionAgeNotReached,
    and NotInForce for a year whose limits are not known: none is estimated.

    Source: PP 45/2015 art. 15, 17 (number recalled), 18.
    """
    if average_yearly_wage < 0:
        raise NegativeWage(average_yearly_wage)
    if contribution_months < 0:
        raise PensionMonthsImpossible(contribution_months)
    if contributions_and_return is not None and contributions_and_return < 0:
        raise PensionSavingsNegative(contributions_and_return)
    opening = _age_steps(born_on, starts_on, law)
    needed = law.count("jp.min_months").cited(starts_on)
    title = Words(f"Manfaat pensiun mulai {date_id(starts_on)}", f"Pension from {date_en(starts_on)}")
    months = Words(f"{contribution_months} bulan", plural(contribution_months, "month"))
    months_fact = Fact("contribution_months", Words("Masa iur", "Contribution months"), months)
    if contribution_months < needed.value:
        if contributions_and_return is None:
            raise PensionSavingsMissing(contribution_months, needed.value)
        savings = _once_step(contribution_months, needed, contributions_and_return)
        explanation = Explanation(title, starts_on, (*opening, savings), (months_fact,))
        return JpBenefit(0, contributions_and_return, explanation)
    enough = Words(f"Masa iur cukup: paling sedikit {needed.value} bulan", f"At least {needed.value} months were paid")
    enough_step = Step("min_months", enough, f"{contribution_months} ≥ {needed.value}", None, (needed.citation,))
    formula = _formula_step(starts_on, contribution_months, average_yearly_wage, law)
    limited = _limit_step(starts_on, formula.amount or 0, law)
    wage_fact = Fact(
        "average_yearly_wage",
        Words("Rata-rata tertimbang upah setahun", "Weighted average yearly wage"),
        Words(rupiah(average_yearly_wage), rupiah(average_yearly_wage)),
    )
    explanation = Explanation(
        title, starts_on, (*opening, enough_step, formula, limited), (months_fact, wage_fact), (_FIRST_YEAR, _WEIGHTED)
    )
    return JpBenefit(explanation.total, 0, explanation)


_FIRST_YEAR = Words(
    "Jumlah ini untuk satu bulan pada tahun pertama; penyesuaian tahun berikutnya tidak dihitung.",
    "This is one month of the first year; later adjustments are not computed.",
)
_WEIGHTED = Words(
    "Rata-rata tertimbang upah dipakai seperti yang diisi; cara menimbangnya belum terbaca. Menurut bacaan kami upah "
    "di atas batas upah Jaminan Pensiun masuk ke rata-rata hanya sampai batas itu.",
    "The weighted average wage is used as given; how it is weighted was not read. By our reading a wage above the wage "
    "ceiling of JP enters the average up to that ceiling only.",
)


def _formula_step(on: date, months: int, yearly_wage: Rupiah, law: Law) -> Step:
    rate = law.rate("jp.accrual_rate").cited(on)
    stated = law.words("jp.formula").cited(on)
    of_the_wage = Fraction(rate.value) * months / (_YEAR * _YEAR)
    amount = share(yearly_wage, of_the_wage)
    whole = is_whole(yearly_wage, of_the_wage)
    citations: tuple[Citation, ...] = (rate.citation, stated.citation)
    if not whole:
        citations = (*citations, law.words("rounding").cited(on).citation)
    written = (
        f"{percent(rate.value)} × ({months} / {_YEAR}) × ({rupiah(yearly_wage)} / {_YEAR}) "
        f"{'=' if whole else '≈'} {rupiah(amount)}"
    )
    words = Words("Pensiun sebulan menurut rumus", "Monthly pension by the formula")
    return Step("formula", words, written, amount, citations)


def _limit_step(on: date, computed: Rupiah, law: Law) -> Step:
    """What the least and the highest pension of the year add or take away; a step without amount where they do not."""
    limits = law.mapping("jp.benefit_limits").cited(on)
    least, highest = limits.value["min"], limits.value["max"]
    cited = (limits.citation,)
    if computed < least:
        words = Words(f"Dinaikkan ke pensiun paling sedikit {rupiah(least)}", f"Raised to the least, {rupiah(least)}")
        return Step("least", words, f"{rupiah(least)} - {rupiah(computed)}", least - computed, cited)
    if computed > highest:
        words = Words(
            f"Dibatasi ke pensiun paling banyak {rupiah(highest)}", f"Limited to the highest, {rupiah(highest)}"
        )
        return Step("highest", words, f"{rupiah(highest)} - {rupiah(computed)}", highest - computed, cited)
    words = Words(
        f"Di antara pensiun paling sedikit {rupiah(least)} dan paling banyak {rupiah(highest)}",
        f"Between the least, {rupiah(least)}, and the highest, {rupiah(highest)}",
    )
    return Step("within", words, f"{rupiah(least)} ≤ {rupiah(computed)} ≤ {rupiah(highest)}", None, cited)


def _once_step(months: int, needed: Cited[int], savings: Rupiah) -> Step:
    words = Words(
        f"Masa iur kurang dari {needed.value} bulan: seluruh iuran dan hasil pengembangannya, dibayar sekaligus",
        f"Fewer than {needed.value} months were paid: all contributions and their return, paid once",
    )
    return Step("lump_sum", words, f"{months} < {needed.value}", savings, (needed.citation,))


def _age_steps(born_on: date | None, starts_on: date, law: Law) -> tuple[Step, ...]:
    if born_on is None:
        return ()
    reached = pension_start(born_on, law=law)
    if starts_on < reached.day:
        raise PensionAgeNotReached(starts_on, reached.day)
    return reached.explanation.steps


def _start_explanation(born_on: date, day: date, age: Cited[int]) -> Explanation:
    words = Words(
        f"Usia pensiun {age.value} tahun tercapai pada {date_id(day)}",
        f"The pension age of {age.value} is reached on {date_en(day)}",
    )
    leap = (born_on.month, born_on.day) == (2, 29)
    step = Step("age", words, "", None, (age.citation,), inferred=leap)
    title = Words("Mulai usia pensiun", "Reaching the pension age")
    born = Fact("born_on", Words("Tanggal lahir", "Date of birth"), Words(date_id(born_on), date_en(born_on)))
    return Explanation(title, day, (step,), (born,))
