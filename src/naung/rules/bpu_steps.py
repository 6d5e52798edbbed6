"""Why a BPU contribution is what it is: its steps, from the parts that were computed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from naung.rules.bpu_reliefs import Ground, Relief
from naung.rules.bpu_terms import IncomeBase, Payer, Programme, Sector
from naung.rules.decisions import question
from naung.rules.explaining import Decided, Explanation, Fact, Step, Words, product_formula
from naung.rules.law import Citation, Cited
from naung.rules.money import Rupiah, is_whole, rupiah, share
from naung.rules.periods import format_month, month_name_id


@dataclass(frozen=True, slots=True)
class Base:
    """The wage on which the percentages are taken, and how it was found.

    `band` is the band in which the income lies, also where the exact income is the base; `up_to` is the
    lower bound of the next band (None in the highest).
    """

    kind: IncomeBase
    amount: Rupiah
    band: int
    bands: int
    income_from: Rupiah
    up_to: Rupiah | None
    disputed: bool
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One programme of one month: `gross` before reliefs, `due` after them. `rate` is None for a flat amount.

    `cap` is the highest contribution, where the rate alone would have given more.
    """

    programme: Programme
    gross: Rupiah
    due: Rupiah
    rate: Cited[Decimal] | None
    cap: Cited[Rupiah] | None
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """The facts that a contribution was asked with."""

    month: date
    income: Rupiah | None
    sector: Sector
    payer: Payer
    programmes: tuple[Programme, ...]
    paid_through_july_2020: bool


_NAMES = {"relief.pp49_2020": "PP 49/2020", "relief.pp50_2025": "PP 50/2025"}
_PROGRAMMES_EN = {Programme.JKK: "work accident (JKK)", Programme.JKM: "death (JKM)", Programme.JHT: "old age (JHT)"}

DISPUTED = Words(
    "Dasar golongan ini menurut dua ingatan berbeda; hanya Lampiran II yang memutus.",
    "Two recollections of the base of this band differ; only Lampiran II settles it.",
)
EXACT_BASE = Words(
    "Dihitung dari penghasilan persis. Sumber berbeda: tabel golongan Lampiran II adalah cara yang lazim.",
    "Computed on the exact income. Sources differ: the band table of Lampiran II is the usual way.",
)


def explanation_of(
    asked: Asked, *, base: Base, parts: tuple[Part, ...], reliefs: tuple[Relief, ...], rounding: Citation | None
) -> Explanation:
    """The steps of one contribution; their amounts add up to what is due."""
    rests_on_base = any(part.rate is not None for part in parts)
    steps = [_base_step(base)] if rests_on_base else []
    steps += [_gross_step(part, base, rounding) for part in parts]
    for relief in reliefs:
        steps += _applied(relief, parts, reliefs, asked, rounding) if relief.applied else [_not_applied(relief, asked)]
    notes = []
    if rests_on_base and base.kind is IncomeBase.EXACT:
        notes.append(EXACT_BASE)
    elif rests_on_base and base.disputed:
        notes.append(DISPUTED)
    month = asked.month
    title = Words(f"Iuran BPU {month_name_id(month)}", f"BPU contribution for {format_month(month)}")
    return Explanation(title, month, tuple(steps), _facts(asked, reliefs), tuple(notes))


def remaining_share(reliefs: tuple[Relief, ...]) -> Decimal:
    """What share of JKK and JKM is still to be paid: the remaining shares of several reliefs multiply."""
    left = Decimal(1)
    for relief in reliefs:
        if relief.applied:
            left *= 1 - relief.reduction
    return left


def _base_step(base: Base) -> Step:
    if base.kind is IncomeBase.EXACT:
        words = Words(
            f"Dasar upah: penghasilan yang dilaporkan, {rupiah(base.amount)} (paling sedikit dasar terendah)",
            f"Base: the reported income, {rupiah(base.amount)} (not below the lowest base)",
        )
        return Step("base", words, citations=base.citations)
    if base.up_to is None:
        reach = Words(f"{rupiah(base.income_from)} ke atas", f"of {rupiah(base.income_from)} and above")
    else:
        reach = Words(
            f"{rupiah(base.income_from)} sampai di bawah {rupiah(base.up_to)}",
            f"from {rupiah(base.income_from)} to below {rupiah(base.up_to)}",
        )
    words = Words(
        f"Dasar upah {rupiah(base.amount)}: golongan {base.band} dari {base.bands}, untuk penghasilan {reach.id}",
        f"Base {rupiah(base.amount)}: band {base.band} of {base.bands}, for incomes {reach.en}",
    )
    return Step("base", words, citations=base.citations)


def _gross_step(part: Part, base: Base, rounding: Citation | None) -> Step:
    programme, citations = part.programme, part.citations
    words = Words(f"Iuran {programme.value}", f"Contribution for {_PROGRAMMES_EN[programme]}")
    if part.rate is None:
        return Step(programme.value.lower(), words, rupiah(part.gross), part.gross, citations)
    rate = part.rate.value
    formula = product_formula(base.amount, rate, share(base.amount, rate))
    if part.cap is not None:
        formula = f"{formula}; paling tinggi {rupiah(part.gross)}"
    elif rounding is not None and not is_whole(base.amount, rate):
        citations = (*citations, rounding)
    return Step(programme.value.lower(), words, formula, part.gross, citations)


def _applied(
    relief: Relief, parts: tuple[Part, ...], reliefs: tuple[Relief, ...], asked: Asked, rounding: Citation | None
) -> list[Step]:
    """What this relief takes off each programme that it relieves, after the reliefs before it."""
    earlier = reliefs[: reliefs.index(relief)]
    why, decided = _why(relief, asked), _decided(relief)
    steps = []
    for part in parts:
        if part.programme is Programme.JHT:
            continue
        before = share(part.gross, remaining_share(earlier))
        after = share(part.gross, remaining_share((*earlier, relief)))
        exact = is_whole(before, relief.reduction)
        citations = relief.citations if exact or rounding is None else (*relief.citations, rounding)
        name = part.programme.value
        words = Words(
            f"Keringanan {_NAMES[relief.key]} atas {name}: {why.id}",
            f"Relief of {_NAMES[relief.key]} on {name}: {why.en}",
        )
        formula = product_formula(before, relief.reduction, before - after)
        code = f"{relief.key}.{name.lower()}"
        steps.append(Step(code, words, formula, after - before, citations, decided=decided, inferred=relief.inferred))
    return steps


def _not_applied(relief: Relief, asked: Asked) -> Step:
    why = _why(relief, asked)
    words = Words(
        f"Keringanan {_NAMES[relief.key]} tidak berlaku: {why.id}",
        f"The relief of {_NAMES[relief.key]} does not apply: {why.en}",
    )
    return Step(relief.key, words, citations=relief.citations, decided=_decided(relief), inferred=relief.inferred)


def _decided(relief: Relief) -> Decided | None:
    return Decided(relief.decided_by, relief.answer) if relief.decided_by else None


def _why(relief: Relief, asked: Asked) -> Words:
    payer, sector = asked.payer.words, asked.sector.words
    match relief.ground:
        case Ground.CONDITION_MET:
            return Words("iuran sampai Juli 2020 lunas", "contributions were paid up to July 2020")
        case Ground.CONDITION_NOT_MET:
            return Words("iuran sampai Juli 2020 belum lunas", "contributions up to July 2020 were not paid")
        case Ground.PAYER_IS_WORKER:
            return Words("pekerja membayar sendiri", "the worker pays")
        case Ground.PAYER_NOT_NAMED:
            return Words(
                f"{payer.id} tidak disebut di antara sumber dana yang dikecualikan (tafsir)",
                f"{payer.en} is not named among the excluded payers (our reading)",
            )
        case Ground.PAYER_NAMED:
            return Words(f"dibayar dari {payer.id}, yang dikecualikan", f"paid from the {payer.en}, which is excluded")
        case Ground.PAYER_READ_AS_APBD:
            return Words(
                f"{payer.id} dibelanjakan melalui APBD, yang dikecualikan (tafsir)",
                f"{payer.en} is spent through the APBD, which is excluded (our reading)",
            )
        case Ground.DECIDED:
            answer = next(one for one in question(relief.decided_by).answers if one.code == relief.answer)
            return Words(f"keputusan daerah: {answer.words}", f"decided by the region: {answer.words_en}")
        case Ground.SECTOR_NOT_NOW:
            return Words(
                f"bulan ini di luar masa keringanan untuk sektor {sector.id}",
                f"this month is outside the months of relief for work {sector.en}"
                if asked.sector is Sector.OTHER
                else f"this month is outside the months of relief for {sector.en}",
            )


def _facts(asked: Asked, reliefs: tuple[Relief, ...]) -> tuple[Fact, ...]:
    month, income = asked.month, asked.income
    names = ", ".join(programme.value for programme in asked.programmes)
    said = Words("tidak disebut: golongan terendah", "not given: the lowest band")
    facts = [
        Fact("month", Words("Bulan iuran", "Contribution month"), Words(month_name_id(month), format_month(month))),
        Fact(
            "income", Words("Penghasilan sebulan", "Monthly income"), said if income is None else _alike(rupiah(income))
        ),
        Fact("programmes", Words("Program", "Programmes"), _alike(names)),
        Fact("sector", Words("Sektor", "Sector"), asked.sector.words),
        Fact("payer", Words("Sumber dana", "Paid from"), asked.payer.words),
    ]
    if any(relief.key == "relief.pp49_2020" for relief in reliefs):
        met = asked.paid_through_july_2020
        value = Words("ya", "yes") if met else Words("tidak", "no")
        label = Words("Iuran sampai Juli 2020 lunas", "Contributions paid up to July 2020")
        facts.append(Fact("paid_through_july_2020", label, value))
    return tuple(facts)


def _alike(text: str) -> Words:
    return Words(text, text)
