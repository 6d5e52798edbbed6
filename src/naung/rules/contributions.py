"""What one BPU worker costs for one month: JKK, JKM and JHT apart, in whole rupiah.

The law of the contribution month counts. Four facts decide: the income band (base), the programmes,
the sector, and who pays. See `docs/algorithms/contributions.md`.
"""

from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any, ClassVar

from naung.refusal import Refusal
from naung.rules.bpu_reliefs import Ground, Relief, reliefs_of
from naung.rules.bpu_steps import Asked, Base, Part, explanation_of, remaining_share
from naung.rules.bpu_terms import JKK_JKM, JKK_JKM_JHT, IncomeBase, Payer, Programme, Sector
from naung.rules.decisions import UNDECIDED, Decisions
from naung.rules.explaining import Explanation, Fact, Step, Words
from naung.rules.law import Citation, Cited, Confidence, Law
from naung.rules.money import Rupiah, is_whole, rupiah, share
from naung.rules.periods import MonthSpan, add_months, format_month, require_month
from naung.saying import Either, Rp, Sentence
from naung.saying import sentence as _

# The whole vocabulary of BPU contributions can be had from here.
__all__ = [
    "JKK_JKM", "JKK_JKM_JHT", "Contribution", "Ground", "IncomeBase", "LumpContribution", "LumpNotOffered",
    "NegativeIncome", "Payer", "Programme", "Relief", "Sector", "bpu_contribution", "lump_contribution", "stretches",
]  # fmt: skip


@dataclass(eq=False)
class NegativeIncome(Refusal):
    """An income below zero is a mistake of whoever typed it."""

    code: ClassVar[str] = "income_negative"

    income: Rupiah

    def said(self) -> Sentence:
        return _(
            "Penghasilan %(income)s tidak mungkin: angka harus nol atau lebih.",
            income=Rp(self.income),
        )


@dataclass(eq=False)
class LumpNotOffered(Refusal):
    """BPU contributions are paid for some numbers of months at once, and not for others."""

    code: ClassVar[str] = "lump_not_offered"

    months: int
    offered: tuple[int, ...]

    def said(self) -> Sentence:
        return _(
            "Iuran BPU tidak dapat dibayar sekaligus untuk %(months)s bulan; pilihannya %(offered)s bulan.",
            months=self.months,
            offered=Either(self.offered),
        )


@dataclass(frozen=True, slots=True)
class Contribution:
    """One worker, one month. A programme that is not taken costs 0; `base` is the wage of the band."""

    month: date
    band: int
    base: Rupiah
    jkk: Rupiah
    jkm: Rupiah
    jht: Rupiah
    reliefs: tuple[Relief, ...]
    citations: tuple[Citation, ...]
    working: "_Working"
    income: Rupiah | None = None

    @property
    def total(self) -> Rupiah:
        return self.jkk + self.jkm + self.jht

    @property
    def relief(self) -> Relief | None:
        """The relief that lowered this contribution, if one did."""
        return next((relief for relief in self.reliefs if relief.applied), None)

    @property
    def recalled(self) -> bool:
        """True when a number used here was remembered and not yet checked against the gazette."""
        return any(citation.recalled for citation in self.citations) or any(
            citation.recalled for relief in self.reliefs for citation in relief.citations
        )

    @property
    def inferred(self) -> bool:
        """True when the reading of a relief for this payer is our inference, not the article's words."""
        return any(relief.inferred for relief in self.reliefs)

    @property
    def explanation(self) -> Explanation:
        """The steps that add up to `total`; built when asked for, as most contributions are never explained."""
        working = self.working
        return explanation_of(
            replace(working.asked, income=self.income),
            base=working.base, parts=working.parts, reliefs=self.reliefs, rounding=working.rounding,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Working:
    """What an explanation needs beyond the result."""

    asked: Asked
    base: Base
    parts: tuple[Part, ...]
    rounding: Citation | None


def bpu_contribution(
    month: date,
    *,
    income: Rupiah | None,
    programmes: Collection[Programme],
    sector: Sector,
    payer: Payer,
    law: Law,
    decisions: Decisions = UNDECIDED,
    paid_through_july_2020: bool = True,
    income_base: IncomeBase = IncomeBase.BAND,
) -> Contribution:
    """The contribution of a BPU worker for `month`, in whole rupiah.

    `income` is the monthly income; None means the lowest band, the one local governments pay. Reliefs
    cut JKK and JKM only, never JHT and never a benefit. `paid_through_july_2020` is the condition of
    PP 49/2020: False for a worker who was in arrears then; a worker who joined later owed nothing.
    `income_base` EXACT takes the percentages of the income itself, between the lowest base and the
    highest contribution; of the sources that differ the band table is the usual one.

    Raises NotInForce outside the known law, NegativeIncome, and NeedsDecision where PP 50/2025 does
    not say whether the payer counts as APBD.

    Source: PP 44/2015 art. 17-18 and Lampiran II; PP 46/2015 Lampiran; PP 49/2020 art. 5; PP 50/2025
    art. 3-4.
    """
    if income is not None and income < 0:
        raise NegativeIncome(income)
    taken = frozenset(programmes)
    band = _bands(law, require_month(month)).index_of(income or 0)
    exact = (income or 0) if income_base is IncomeBase.EXACT else None
    priced = _priced(month, band, exact, taken, sector, payer, law, decisions, paid_through_july_2020)
    return priced if income is None else _for_income(priced, income)


def _for_income(priced: Contribution, income: Rupiah) -> Contribution:
    """The contribution of a band, for one income in it. (`dataclasses.replace` takes three times as long.)"""
    return Contribution(
        priced.month, priced.band, priced.base, priced.jkk, priced.jkm, priced.jht,
        priced.reliefs, priced.citations, priced.working, income,
    )  # fmt: skip


# A programme has few different contributions and very many worker-months.
@lru_cache(maxsize=65_536)
def _priced(
    month: date,
    band: int,
    exact_income: Rupiah | None,
    programmes: frozenset[Programme],
    sector: Sector,
    payer: Payer,
    law: Law,
    decisions: Decisions,
    paid_through_july_2020: bool,
) -> Contribution:
    """The contribution of one band (or of an exact income in it), as `bpu_contribution` says."""
    base = _bands(law, month).base(band)
    if exact_income is not None:
        base = _exact_base(base, exact_income, law.amount("bpu.base.min").cited(month))
    reliefs: tuple[Relief, ...] = ()
    if programmes & JKK_JKM:
        reliefs = reliefs_of(
            month, sector=sector, payer=payer, law=law, decisions=decisions,
            paid_through_july_2020=paid_through_july_2020,
        )  # fmt: skip
    taken = tuple(programme for programme in Programme if programme in programmes)
    parts = tuple(_part(programme, base, reliefs, month, law) for programme in taken)
    rounded = any(_was_rounded(part, base, reliefs) for part in parts)
    rounding = law.words("rounding").cited(month).citation if rounded else None
    due = {part.programme: part.due for part in parts}
    citations = [*(base.citations if programmes & {Programme.JKK, Programme.JHT} else ())]
    citations += [citation for part in parts for citation in part.citations]
    if rounding is not None:
        citations.append(rounding)
    return Contribution(
        month, base.band, base.amount,
        due.get(Programme.JKK, 0), due.get(Programme.JKM, 0), due.get(Programme.JHT, 0),
        reliefs, tuple(citations),
        _Working(Asked(month, None, sector, payer, taken, paid_through_july_2020), base, parts, rounding),
    )  # fmt: skip


def _part(programme: Programme, base: Base, reliefs: tuple[Relief, ...], month: date, law: Law) -> Part:
    """One programme: a percentage of the base or, for JKM, a flat amount; then the reliefs."""
    if programme is Programme.JKM:
        flat = law.amount("bpu.jkm.amount").cited(month)
        due = share(flat.value, remaining_share(reliefs))
        return Part(programme, flat.value, due, None, None, (flat.citation,))
    name = programme.value.lower()
    rate = law.rate(f"bpu.{name}.rate").cited(month)
    gross = share(base.amount, rate.value)
    cap: Cited[Rupiah] | None = None
    if base.kind is IncomeBase.EXACT:
        highest = law.amount(f"bpu.{name}.max").cited(month)
        if gross > highest.value:
            gross, cap = highest.value, highest
    due = gross if programme is Programme.JHT else share(gross, remaining_share(reliefs))
    citations = (rate.citation,) if cap is None else (rate.citation, cap.citation)
    return Part(programme, gross, due, rate, cap, citations)


def _was_rounded(part: Part, base: Base, reliefs: tuple[Relief, ...]) -> bool:
    if part.rate is not None and part.cap is None and not is_whole(base.amount, part.rate.value):
        return True
    return part.programme is not Programme.JHT and not is_whole(part.gross, remaining_share(reliefs))


def _exact_base(in_band: Base, income: Rupiah, lowest: Cited[Rupiah]) -> Base:
    """The income itself, or the lowest base where that is more."""
    amount = max(income, lowest.value)
    return replace(in_band, kind=IncomeBase.EXACT, amount=amount, citations=(lowest.citation,))


@dataclass(frozen=True, slots=True)
class _Bands:
    """The band table of one month, looked up by lower bounds."""

    rows: tuple[Mapping[str, Any], ...]
    starts: tuple[Rupiah, ...]
    citations: Mapping[str, Citation]

    def index_of(self, income: Rupiah) -> int:
        # By the lower bound of the next row: the printed upper bounds leave gaps of Rp999.
        return bisect_right(self.starts, income) - 1

    def base(self, index: int) -> Base:
        """The base of a band. Its citation is as sure as that row: most of the table is recalled."""
        row, citation = self.rows[index], self.citations[self.rows[index]["confidence"]]
        return Base(
            IncomeBase.BAND,
            row["base"],
            band=row["number"],
            bands=len(self.rows),
            income_from=self.starts[index],
            up_to=self.starts[index + 1] if index + 1 < len(self.starts) else None,
            # Whoever compared the table with the gazette has settled which recollection was right.
            disputed=row.get("disputed", False) and citation.recalled,
            citations=(citation,),
        )


def base_of_income(month: date, *, income: Rupiah | None, law: Law) -> Rupiah:
    """The base of the band in which an income lies in `month` (None: the lowest): the wage of JKK benefits too.

    Raises NegativeIncome, NotInForce. Source: PP 44/2015 Lampiran II.
    """
    if income is not None and income < 0:
        raise NegativeIncome(income)
    bands = _bands(law, require_month(month))
    return bands.base(bands.index_of(income or 0)).amount


@lru_cache(maxsize=4096)
def _bands(law: Law, month: date) -> _Bands:
    cited = law.table("bpu.bands").cited(month)
    # A table that somebody checked, or that is only supposed, is that for all its rows.
    as_a_whole = cited.citation.confidence in {Confidence.SCENARIO, Confidence.CHECKED}
    citations = {
        sure: cited.citation if as_a_whole else replace(cited.citation, confidence=Confidence(sure))
        for sure in {row["confidence"] for row in cited.value}
    }
    return _Bands(cited.value, tuple(row["income_from"] for row in cited.value), citations)


@dataclass(frozen=True, slots=True)
class LumpContribution:
    """Several months of one worker paid at once, each priced by its own law."""

    by_month: tuple[Contribution, ...]
    period: Cited[tuple[int, ...]]

    @property
    def span(self) -> MonthSpan:
        return MonthSpan(self.by_month[0].month, add_months(self.by_month[-1].month, 1))

    @property
    def total(self) -> Rupiah:
        return sum(contribution.total for contribution in self.by_month)

    @property
    def recalled(self) -> bool:
        """True when a number used here was remembered and not yet checked against the gazette."""
        return self.period.citation.recalled or any(one.recalled for one in self.by_month)

    @property
    def explanation(self) -> Explanation:
        """One stretch of equally priced months after the other; the amounts add up to `total`."""
        count, offered = len(self.by_month), ", ".join(str(length) for length in self.period.value)
        words = Words(
            f"Dibayar sekaligus untuk {count} bulan (pilihannya {offered} bulan); "
            "tiap bulan dihitung menurut aturan bulan itu",
            f"Paid at once for {count} months (offered: {offered}); each month by its own law",
        )
        steps, notes = stretch_steps(self.by_month, people=1)
        first = self.by_month[0].explanation
        months = Words(self.span.words_id(), _span_en(self.span))
        return Explanation(
            Words(f"Iuran BPU {months.id}", f"BPU contributions {months.en}"),
            self.by_month[0].month,
            (Step("pay_period", words, citations=(self.period.citation,)), *steps),
            (Fact("months", Words("Bulan iuran", "Contribution months"), months), *first.facts[1:]),
            notes,
        )


def lump_contribution(
    first_month: date,
    *,
    months: int,
    income: Rupiah | None,
    programmes: Collection[Programme],
    sector: Sector,
    payer: Payer,
    law: Law,
    decisions: Decisions = UNDECIDED,
    paid_through_july_2020: bool = True,
    income_base: IncomeBase = IncomeBase.BAND,
) -> LumpContribution:
    """The contributions of `months` months from `first_month` on, paid at once, in whole rupiah.

    Each month is priced by its own law, so a lump across the end of a relief has two prices. Which
    numbers of months are offered is the law of the first month.

    Raises LumpNotOffered, what `bpu_contribution` raises, and NotInForce for a first month before
    April 2021, when the known rule on payment periods begins.

    Source: Permenaker 5/2021 (3, 6 and 12 months read in a page; 2 recalled).
    """
    period = law.sequence("bpu.pay_periods").cited(require_month(first_month))
    if months not in period.value:
        raise LumpNotOffered(months, period.value)
    priced = tuple(
        bpu_contribution(
            add_months(first_month, number),
            income=income,
            programmes=programmes,
            sector=sector,
            payer=payer,
            law=law,
            decisions=decisions,
            paid_through_july_2020=paid_through_july_2020,
            income_base=income_base,
        )
        for number in range(months)
    )
    return LumpContribution(priced, period)


def stretches(by_month: Collection[Contribution]) -> list[tuple[Contribution, ...]]:
    """The months cut into stretches in which each part costs the same, for the same reasons."""
    return [tuple(stretch) for _, stretch in groupby(by_month, key=_price)]


def _price(contribution: Contribution) -> tuple[object, ...]:
    reasons = tuple((one.key, one.applied, one.ground, one.answer) for one in contribution.reliefs)
    return contribution.base, contribution.jkk, contribution.jkm, contribution.jht, reasons, contribution.citations


def stretch_steps(by_month: Collection[Contribution], *, people: int) -> tuple[tuple[Step, ...], tuple[Words, ...]]:
    """The steps of many months of alike workers, and the notes on them.

    For each stretch how one month came about, without amounts, and then people × months × that price.
    """
    steps: list[Step] = []
    notes: list[Words] = []
    for number, stretch in enumerate(stretches(by_month), 1):
        one, count = stretch[0], len(stretch)
        explained = one.explanation
        notes += explained.notes
        steps += [replace(step, code=f"stretch{number}.{step.code}", amount=None) for step in explained.steps]
        span = MonthSpan(one.month, add_months(stretch[-1].month, 1))
        amount = people * count * one.total
        crowd = "" if people == 1 else f"{people:,} orang × ".replace(",", ".")
        steps.append(
            Step(
                f"stretch{number}",
                Words(f"Iuran {span.words_id()}", f"Contributions {_span_en(span)}"),
                f"{crowd}{count} bulan × {rupiah(one.total)} = {rupiah(amount)}",
                amount,
            )
        )
    return tuple(steps), tuple(dict.fromkeys(notes))


def _span_en(span: MonthSpan) -> str:
    last = add_months(span.end, -1)
    return format_month(span.first) if len(span) <= 1 else f"{format_month(span.first)} to {format_month(last)}"
