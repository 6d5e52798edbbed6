"""Why a wage earner's contribution is what it is: its steps, from the parts that were computed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from naung.rules.english import date_en, month_name_en
from naung.rules.explaining import Explanation, Fact, Step, Words, product_formula
from naung.rules.law import Citation, Cited, Law
from naung.rules.money import Rupiah, is_whole, percent, rupiah
from naung.rules.periods import add_months, date_id, month_name_id
from naung.rules.wage_terms import ALL_FOUR, Bearer, JkpParts, WagePart, WageProgramme, WageRelief

_PROGRAMMES_EN = {
    WageProgramme.JKK: "work injury (JKK)",
    WageProgramme.JKM: "death (JKM)",
    WageProgramme.JHT: "old age (JHT)",
    WageProgramme.JP: "pension (JP)",
}
_BEARERS = {
    Bearer.EMPLOYER: Words("bagian pemberi kerja", "employer's part"),
    Bearer.WORKER: Words("bagian pekerja", "worker's part"),
}
_JKP_KEYS = ("ppu.jkp.state", "ppu.jkk.recomposition", "ppu.jkm.recomposition")


@dataclass(frozen=True, slots=True)
class Asked:
    """The facts that a contribution was asked with."""

    month: date
    wage: Rupiah
    risk_class: int
    programmes: tuple[WageProgramme, ...]
    labour_intensive: bool
    workers: int | None
    paid_through_july_2020: bool
    settled_on: date | None


def explanation_of(
    asked: Asked,
    *,
    parts: tuple[WagePart, ...],
    reliefs: tuple[WageRelief, ...],
    deferral: Cited[Decimal] | None,
    refused_deferral: Cited[Decimal] | None,
    jkp: JkpParts | None,
    rounding: Citation | None,
    law: Law,
) -> Explanation:
    """The steps of one contribution; their amounts add up to what is owed."""
    steps: list[Step] = []
    for part in parts:
        rounded = () if rounding is None or is_whole(part.base, part.rate.value * part.to_pay) else (rounding,)
        steps.append(_gross_step(part, rounded))
        if part.due != part.gross:
            steps.append(_relief_step(reliefs, part, rounded))
    steps += [_not_applied(relief) for relief in reliefs if not relief.applied]
    if WageProgramme.JP in asked.programmes:
        if deferral is not None:
            steps.append(_deferral_step(deferral, parts))
        if refused_deferral is not None:
            steps.append(_refused_deferral_step(refused_deferral))
    if jkp is not None:
        steps += _jkp_steps(jkp)
    title = Words(
        f"Iuran PPU {month_name_id(asked.month)}", f"Wage earner's contribution for {month_name_en(asked.month)}"
    )
    return Explanation(
        title, asked.month, tuple(steps), tuple(_facts(asked, reliefs)), tuple(_notes(asked, parts, reliefs, jkp, law))
    )


def _gross_step(part: WagePart, rounded: tuple[Citation, ...]) -> Step:
    name, bearer = part.programme, _BEARERS[part.borne_by]
    words = Words(f"Iuran {name.value}, {bearer.id}", f"Contribution for {_PROGRAMMES_EN[name]}, {bearer.en}")
    citations = (part.rate.citation, *rounded)
    if part.ceiling is not None:
        words = Words(
            f"{words.id}, dihitung sampai batas upah {rupiah(part.base)}",
            f"{words.en}, on the wage up to the ceiling of {rupiah(part.base)}",
        )
        citations = (part.rate.citation, part.ceiling, *rounded)
    return Step(
        code=f"{name.value.lower()}.{part.borne_by.value}",
        words=words,
        formula=product_formula(part.base, part.rate.value, part.gross),
        amount=part.gross,
        citations=citations,
        borne_by=part.borne_by.value,
    )


def _relief_step(reliefs: tuple[WageRelief, ...], part: WagePart, rounded: tuple[Citation, ...]) -> Step:
    """What the reliefs take off a part: the contribution at the reduced rate, rounded once, less the ordinary one."""
    name = part.programme.value
    applied = [relief for relief in reliefs if relief.applied and part.programme in relief.programmes]
    why = Words("; ".join(relief.why.id for relief in applied), "; ".join(relief.why.en for relief in applied))
    instruments = ", ".join(relief.name for relief in applied)
    reduced = product_formula(part.base, part.rate.value * part.to_pay, part.due)
    less = part.due - part.gross
    return Step(
        code=f"relief.{name.lower()}",
        words=Words(
            f"Keringanan {instruments} atas {name}, yang dibayar {percent(part.to_pay)}: {why.id}",
            f"Relief of {instruments} on {name}, {percent(part.to_pay)} is paid: {why.en}",
        ),
        formula=f"{reduced}; {rupiah(part.due)} - {rupiah(part.gross)} = {rupiah(less)}",
        amount=less,
        citations=(*(citation for relief in applied for citation in relief.citations), *rounded),
        borne_by=part.borne_by.value,
    )


def _not_applied(relief: WageRelief) -> Step:
    return Step(
        code=f"{relief.key}.not_applied",
        words=Words(
            f"Keringanan {relief.name} tidak berlaku: {relief.why.id}",
            f"The relief of {relief.name} does not apply: {relief.why.en}",
        ),
        citations=relief.citations,
    )


def _deferral_step(deferral: Cited[Decimal], parts: tuple[WagePart, ...]) -> Step:
    of_jp = [part for part in parts if part.programme is WageProgramme.JP]
    return Step(
        code="jp.deferral",
        words=Words(
            f"{percent(deferral.value)} iuran JP boleh dibayar kemudian; tetap terutang, maka tidak dikurangkan",
            f"{percent(deferral.value)} of the JP contribution may be paid later; it is still owed and not taken off",
        ),
        formula="; ".join(product_formula(part.due, deferral.value, part.deferred) for part in of_jp),
        citations=(deferral.citation,),
    )


def _refused_deferral_step(deferral: Cited[Decimal]) -> Step:
    return Step(
        code="jp.deferral.not_applied",
        words=Words(
            "Iuran JP tidak dapat ditunda: iuran sampai Juli 2020 belum lunas "
            "(bahwa syarat itu berlaku juga bagi penundaan adalah tafsir)",
            "The JP contribution cannot be deferred: contributions up to July 2020 were not paid "
            "(that this condition holds for the delay too is our reading)",
        ),
        citations=(deferral.citation,),
        inferred=True,
    )


def _jkp_steps(jkp: JkpParts) -> Iterable[Step]:
    """What feeds JKP: without amounts, as nothing of it is added to the bill."""
    yield Step(
        code="jkp.state",
        words=Words(
            "JKP, bagian pemerintah: dibayar negara, tidak ditagihkan",
            "Unemployment (JKP), the state's part: paid by the state, not billed",
        ),
        formula=product_formula(jkp.base, jkp.state_rate.value, jkp.state),
        citations=(jkp.state_rate.citation, jkp.cap),
        borne_by=Bearer.STATE.value,
    )
    for code, name, rate, amount in (
        ("jkp.from_jkk", "JKK", jkp.jkk_rate, jkp.from_jkk),
        ("jkp.from_jkm", "JKM", jkp.jkm_rate, jkp.from_jkm),
    ):
        if rate is not None:
            yield Step(
                code=code,
                words=Words(
                    f"JKP, bagian dari iuran {name}: sudah termasuk di atas, tagihan tidak bertambah",
                    f"JKP, the part out of the {name} contribution: included above, the bill does not change",
                ),
                formula=product_formula(jkp.base, rate.value, amount),
                citations=(rate.citation, jkp.cap),
                borne_by=Bearer.EMPLOYER.value,
            )


def _facts(asked: Asked, reliefs: tuple[WageRelief, ...]) -> Iterable[Fact]:
    yield Fact(
        "month",
        Words("Bulan iuran", "Contribution month"),
        Words(month_name_id(asked.month), month_name_en(asked.month)),
    )
    yield Fact("wage", Words("Upah sebulan", "Monthly wage"), _alike(rupiah(asked.wage)))
    yield Fact("risk_class", Words("Kelompok risiko JKK", "JKK risk class"), _alike(str(asked.risk_class)))
    names = ", ".join(programme.value for programme in asked.programmes)
    yield Fact("programmes", Words("Program", "Programmes"), _alike(names))
    if asked.labour_intensive:
        yield Fact("labour_intensive", Words("Industri padat karya", "Labour-intensive industry"), Words("ya", "yes"))
        if asked.workers is not None:
            yield Fact("workers", Words("Jumlah pekerja", "Number of workers"), _alike(str(asked.workers)))
    if asked.settled_on is not None:
        settled = Words(date_id(asked.settled_on), date_en(asked.settled_on))
        yield Fact("settled_on", Words("Dilunasi pada", "Settled on"), settled)
    if any(relief.key == "relief.pp49_2020" for relief in reliefs):
        met = Words("ya", "yes") if asked.paid_through_july_2020 else Words("tidak", "no")
        label = Words("Iuran sampai Juli 2020 lunas", "Contributions paid up to July 2020")
        yield Fact("paid_through_july_2020", label, met)


def _notes(
    asked: Asked, parts: tuple[WagePart, ...], reliefs: tuple[WageRelief, ...], jkp: JkpParts | None, law: Law
) -> Iterable[Words]:
    if set(asked.programmes) == ALL_FOUR and _changes_inside(asked.month, _JKP_KEYS, law):
        yield Words(
            "Aturan JKP berubah di tengah bulan ini. Dipakai aturan tanggal 1; tagihan tidak berubah karenanya.",
            "The rules of JKP change inside this month. The law of its first day is used; the bill is the same.",
        )
    if asked.labour_intensive and WageProgramme.JKK in asked.programmes:
        yield from _labour_intensive_notes(asked, reliefs, law)
    left = sum(part.due for part in parts if part.programme is WageProgramme.JKK)
    if jkp is not None and left < jkp.from_jkk:
        yield Words(
            "Iuran JKK setelah keringanan lebih kecil daripada bagiannya untuk JKP. Sumber yang dibaca tidak "
            "menyebut cara membaginya; tagihan tidak berubah karenanya.",
            "The JKK contribution after the relief is less than its part for JKP. No source read says how it is "
            "then divided; the bill does not change by it.",
        )


def _labour_intensive_notes(asked: Asked, reliefs: tuple[WageRelief, ...], law: Law) -> Iterable[Words]:
    relief = next((one for one in reliefs if one.key in ("relief.pp7_2025", "relief.pp36_2025")), None)
    if relief is None:
        yield Words(
            "Untuk bulan ini tidak ada keringanan industri padat karya.",
            "This month has no relief for labour-intensive industry.",
        )
        return
    if not relief.applied:
        return
    fewest = law.count("relief.pp7_2025.min_workers").find(asked.month)
    if fewest is not None and asked.workers is None:
        yield Words(
            f"Jumlah pekerja tidak disebut: dianggap paling sedikit {fewest.value}.",
            f"The number of workers is not given: taken to be at least {fewest.value}.",
        )
    settle_by = law.mapping("relief.pp36_2025.settle_by").find(asked.month)
    if relief.key == "relief.pp36_2025" and settle_by is not None and asked.settled_on is None:
        last = settle_by.value["last_day"]
        yield Words(
            f"Tanggal pelunasan tidak disebut. Bila dilunasi sesudah {date_id(last)}, keringanan tidak berlaku.",
            f"The day of payment is not given. If it is settled after {date_en(last)} the relief does not apply.",
        )


def _changes_inside(month: date, keys: Iterable[str], law: Law) -> bool:
    """Does one of the parameters change after the first day of the month?"""
    end = add_months(month, 1)
    return any(month < day < end for key in keys for day in law.parameters[key].changes())


def _alike(text: str) -> Words:
    return Words(text, text)
