"""Why a wage earner's contribution is what it is: its steps, from the parts that were computed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from naung.rules.english import month_name_en
from naung.rules.explaining import Explanation, Fact, Step, Words, product_formula
from naung.rules.law import Cited
from naung.rules.money import Rupiah, percent, rupiah
from naung.rules.periods import month_name_id
from naung.rules.wage_terms import Bearer, JkpParts, WagePart, WageProgramme, WageRelief

_NAMES = {
    (WageProgramme.JKK, Bearer.EMPLOYER): Words("Iuran JKK, pemberi kerja", "JKK contribution, employer"),
    (WageProgramme.JKM, Bearer.EMPLOYER): Words("Iuran JKM, pemberi kerja", "JKM contribution, employer"),
    (WageProgramme.JHT, Bearer.EMPLOYER): Words("Iuran JHT, pemberi kerja", "JHT contribution, employer"),
    (WageProgramme.JHT, Bearer.WORKER): Words("Iuran JHT, pekerja", "JHT contribution, worker"),
    (WageProgramme.JP, Bearer.EMPLOYER): Words("Iuran JP, pemberi kerja", "JP contribution, employer"),
    (WageProgramme.JP, Bearer.WORKER): Words("Iuran JP, pekerja", "JP contribution, worker"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The facts that a contribution was asked with."""

    month: date
    wage: Rupiah
    risk_class: int


def explanation_of(
    asked: Asked,
    *,
    parts: tuple[WagePart, ...],
    reliefs: tuple[WageRelief, ...],
    deferral: Cited[Decimal] | None,
    deferred: Rupiah,
    jkp: JkpParts | None,
) -> Explanation:
    """The steps of one contribution; their amounts add up to what is owed."""
    steps: list[Step] = []
    for part in parts:
        steps.append(_gross_step(asked.wage, part))
        if part.due != part.gross:
            steps.append(_relief_step(reliefs, part))
    steps += [_not_applied(relief) for relief in reliefs if not relief.applied]
    if deferral is not None:
        steps.append(_deferral_step(deferral, deferred, parts))
    if jkp is not None:
        steps.append(_jkp_step(jkp))
    title = Words(
        f"Iuran PPU {month_name_id(asked.month)}", f"Wage earner's contribution for {month_name_en(asked.month)}"
    )
    facts = (
        Fact("wage", Words("Upah sebulan", "Monthly wage"), Words(rupiah(asked.wage), rupiah(asked.wage))),
        Fact(
            "risk_class",
            Words("Kelompok risiko JKK", "JKK risk class"),
            Words(str(asked.risk_class), str(asked.risk_class)),
        ),
    )
    return Explanation(title, asked.month, tuple(steps), facts)


def _gross_step(wage: Rupiah, part: WagePart) -> Step:
    words = _NAMES[part.programme, part.borne_by]
    if part.base != wage:
        words = Words(f"{words.id}, sampai batas upah", f"{words.en}, up to the wage ceiling")
    return Step(
        code=f"{part.programme.value.lower()}.{part.borne_by.value}",
        words=words,
        formula=product_formula(part.base, part.rate.value, part.gross),
        amount=part.gross,
        citations=part.citations,
        borne_by=part.borne_by.value,
    )


def _relief_step(reliefs: tuple[WageRelief, ...], part: WagePart) -> Step:
    applied = [relief for relief in reliefs if relief.applied and part.programme in relief.programmes]
    to_pay = Decimal(1)
    for relief in applied:
        to_pay *= 1 - relief.reduction
    names = ", ".join(relief.name for relief in applied)
    return Step(
        code=f"relief.{part.programme.value.lower()}",
        words=Words(
            f"Keringanan {names} atas {part.programme.value}: yang dibayar {percent(to_pay)}",
            f"Relief of {names} on {part.programme.value}: {percent(to_pay)} is paid",
        ),
        formula=product_formula(part.base, part.rate.value * to_pay, part.due) + f"; {rupiah(part.due - part.gross)}",
        amount=part.due - part.gross,
        citations=tuple(citation for relief in applied for citation in relief.citations),
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


def _deferral_step(deferral: Cited[Decimal], deferred: Rupiah, parts: tuple[WagePart, ...]) -> Step:
    owed = sum(part.due for part in parts if part.programme is WageProgramme.JP)
    return Step(
        code="jp.deferral",
        words=Words(
            f"{percent(deferral.value)} iuran JP boleh dibayar kemudian; tetap terutang",
            f"{percent(deferral.value)} of the JP contribution may be paid later; it is still owed",
        ),
        formula=f"{rupiah(deferred)} dari {rupiah(owed)}",
        citations=(deferral.citation,),
    )


def _jkp_step(jkp: JkpParts) -> Step:
    from_jkm = f" + JKM {rupiah(jkp.from_jkm)}" if jkp.from_jkm else ""
    return Step(
        code="jkp",
        words=Words(
            "JKP tidak menambah tagihan: dibayar negara dan dialihkan dari iuran di atas",
            "JKP adds nothing to the bill: the state pays it and part of the contributions above goes to it",
        ),
        formula=f"negara {rupiah(jkp.state)} + JKK {rupiah(jkp.from_jkk)}{from_jkm} = {rupiah(jkp.total)}",
        citations=jkp.citations,
    )
