"""Contributions of construction projects: by slices of the contract value, or by wage where wages are known.

JKK and JKM only. See `docs/algorithms/construction-and-migrants.md`.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from naung.refusal import Refusal
from naung.rules.decisions import UNDECIDED, Decisions
from naung.rules.english import date_en, month_name_en
from naung.rules.explaining import Explanation, Fact, Step, Words, product_formula
from naung.rules.law import Citation, Law
from naung.rules.money import Rupiah, is_whole, percent, rupiah, share
from naung.rules.periods import date_id, month_name_id, require_month
from naung.rules.wage_terms import NegativeWage
from naung.saying import Rp, Sentence
from naung.saying import sentence as _

_RELIEF_UNSAID = Words(
    "PP 49/2020 meringankan juga jasa konstruksi, menurut bulan iuran. Sumber yang dibaca tidak menyebut bulan iuran "
    "bagi iuran menurut nilai kontrak, maka di sini dihitung tanpa keringanan.",
    "PP 49/2020 relieves construction too, by contribution month. No source read says which month a contribution by "
    "contract value belongs to, so it is computed here without the relief.",
)
_TIERS = tuple(f"jakon.contract.tier{number}" for number in range(1, 6))


@dataclass(eq=False)
class ContractWithoutValue(Refusal):
    """A contract is worth something."""

    code: ClassVar[str] = "contract_value_missing"

    contract_value: Rupiah

    def said(self) -> Sentence:
        return _(
            "Nilai kontrak %(contract_value)s tidak mungkin: isi nilai tanpa PPN, lebih dari nol.",
            contract_value=Rp(self.contract_value),
        )


@dataclass(frozen=True, slots=True)
class ConstructionContribution:
    """JKK and JKM of a project (by contract, once) or of a worker (by wage, a month)."""

    jkk: Rupiah
    jkm: Rupiah
    explanation: Explanation

    @property
    def total(self) -> Rupiah:
        return self.jkk + self.jkm

    @property
    def recalled(self) -> bool:
        """True when a number used here was remembered and not yet checked against the gazette."""
        return self.explanation.recalled


def construction_by_contract(
    contract_value: Rupiah, *, signed_on: date, law: Law, decisions: Decisions = UNDECIDED
) -> ConstructionContribution:
    """The contribution of a whole project whose wages are not known, in whole rupiah.

    `contract_value` is without PPN. The tariff is progressive: each slice of the value has its own rate, and each
    slice is rounded by itself. The law of the day of the contract counts. No relief is applied: PP 49/2020 speaks
    of contribution months, which a contract has not. A contract of those months carries a note that says so.

    Raises ContractWithoutValue, NotInForce before July 2015.

    Source: PP 44/2015 art. 54-55 (numbers recalled); Permenaker 5/2021 chapter IV.
    """
    if contract_value <= 0:
        raise ContractWithoutValue(contract_value)
    rounding = law.words("rounding").cited(signed_on).citation
    steps: list[Step] = []
    sums = {"jkk": 0, "jkm": 0}
    for number, key in enumerate(_TIERS, 1):
        tier = law.mapping(key).cited(signed_on)
        over, up_to = tier.value["over"], tier.value["up_to"]
        top = contract_value if up_to is None else min(contract_value, up_to)
        if top <= over:
            break
        for name in ("jkk", "jkm"):
            step = _slice_step(name, number, top - over, Decimal(tier.value[name]), tier.citation, rounding)
            sums[name] += step.amount or 0
            steps.append(step)
    title = Words(
        f"Iuran jasa konstruksi, kontrak {date_id(signed_on)}", f"Construction, contract of {date_en(signed_on)}"
    )
    facts = (
        Fact(
            "contract_value",
            Words("Nilai kontrak tanpa PPN", "Contract value without PPN"),
            _alike(rupiah(contract_value)),
        ),
        Fact(
            "signed_on", Words("Tanggal kontrak", "Day of the contract"), Words(date_id(signed_on), date_en(signed_on))
        ),
    )
    notes = (_RELIEF_UNSAID,) if law.rate("relief.pp49_2020.rate").find(signed_on) else ()
    explanation = Explanation(title, signed_on, tuple(steps), facts, notes)
    return ConstructionContribution(sums["jkk"], sums["jkm"], explanation)


def construction_by_wage(
    month: date,
    *,
    wage: Rupiah,
    paid_through_july_2020: bool = True,
    law: Law,
    decisions: Decisions = UNDECIDED,
) -> ConstructionContribution:
    """The contribution of one construction worker whose wage is known, for `month`, in whole rupiah.

    PP 49/2020 lowers both parts for its months where contributions up to July 2020 were paid.

    Raises NegativeWage, NotInForce before July 2015.

    Source: PP 44/2015 art. 54(1); Permenaker 5/2021 art. 65, 71; PP 49/2020 art. 5.
    """
    require_month(month)
    if wage < 0:
        raise NegativeWage(wage)
    relief = law.rate("relief.pp49_2020.rate").find(month)
    to_pay = 1 - relief.value if relief is not None and paid_through_july_2020 else Decimal(1)
    rounding = law.words("rounding").cited(month).citation
    steps: list[Step] = []
    due: dict[str, Rupiah] = {}
    for name in ("jkk", "jkm"):
        rate = law.rate(f"jakon.wage.{name}").cited(month)
        gross, due[name] = share(wage, rate.value), share(wage, rate.value * to_pay)
        rounded = () if is_whole(wage, rate.value * to_pay) else (rounding,)
        words = Words(f"Iuran {name.upper()} jasa konstruksi", f"{name.upper()} contribution, construction")
        formula = product_formula(wage, rate.value, gross)
        steps.append(Step(name, words, formula, gross, (rate.citation, *rounded), "employer"))
        if relief is not None and due[name] != gross:
            formula = product_formula(wage, rate.value * to_pay, due[name])
            steps.append(_relief_step(name, formula, gross, due[name], to_pay, (relief.citation, *rounded)))
    if relief is not None and not paid_through_july_2020:
        steps.append(Step("relief.pp49_2020.not_applied", _CONDITION_NOT_MET, citations=(relief.citation,)))
    title = Words(
        f"Iuran jasa konstruksi menurut upah, {month_name_id(month)}",
        f"Construction contribution by wage, {month_name_en(month)}",
    )
    facts = [
        Fact("month", Words("Bulan iuran", "Contribution month"), Words(month_name_id(month), month_name_en(month))),
        Fact("wage", Words("Upah sebulan", "Monthly wage"), _alike(rupiah(wage))),
    ]
    if relief is not None:
        met = Words("ya", "yes") if paid_through_july_2020 else Words("tidak", "no")
        label = Words("Iuran sampai Juli 2020 lunas", "Contributions paid up to July 2020")
        facts.append(Fact("paid_through_july_2020", label, met))
    return ConstructionContribution(due["jkk"], due["jkm"], Explanation(title, month, tuple(steps), tuple(facts)))


_CONDITION_NOT_MET = Words(
    "Keringanan PP 49/2020 tidak berlaku: iuran sampai Juli 2020 belum lunas",
    "The relief of PP 49/2020 does not apply: contributions up to July 2020 were not paid",
)


def _relief_step(
    name: str, reduced: str, gross: Rupiah, due: Rupiah, to_pay: Decimal, citations: tuple[Citation, ...]
) -> Step:
    """What the relief takes off: the contribution at the reduced rate, rounded once, less the ordinary one."""
    return Step(
        code=f"relief.{name}",
        words=Words(
            f"Keringanan PP 49/2020 atas {name.upper()}, yang dibayar {percent(to_pay)}: iuran sampai Juli 2020 lunas",
            f"Relief of PP 49/2020 on {name.upper()}, {percent(to_pay)} is paid: "
            "contributions up to July 2020 were paid",
        ),
        formula=f"{reduced}; {rupiah(due)} - {rupiah(gross)} = {rupiah(due - gross)}",
        amount=due - gross,
        citations=citations,
        borne_by="employer",
    )


def _slice_step(name: str, number: int, part: Rupiah, rate: Decimal, tier: Citation, rounding: Citation) -> Step:
    amount = share(part, rate)
    return Step(
        code=f"{name}.tier{number}",
        words=Words(
            f"{name.upper()}, lapis {number}: {rupiah(part)}", f"{name.upper()}, slice {number}: {rupiah(part)}"
        ),
        formula=product_formula(part, rate, amount),
        amount=amount,
        citations=(tier,) if is_whole(part, rate) else (tier, rounding),
        borne_by="employer",
    )


def _alike(text: str) -> Words:
    return Words(text, text)
