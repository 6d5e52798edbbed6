"""The words of wage earners' contributions: programmes, who bears what, reliefs, parts."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from naung.refusal import Refusal
from naung.rules.explaining import Words
from naung.rules.law import Citation, Cited
from naung.rules.money import Rupiah
from naung.saying import Rp, Sentence
from naung.saying import sentence as _


class WageProgramme(StrEnum):
    """The programmes of a wage earner. JKP has no bill of its own: it is fed by the state and from JKK."""

    JKK = "JKK"
    JKM = "JKM"
    JHT = "JHT"
    JP = "JP"


class Bearer(StrEnum):
    """Who pays a part of a contribution."""

    EMPLOYER = "employer"
    WORKER = "worker"
    STATE = "state"


ALL_FOUR = frozenset(WageProgramme)
RISK_CLASSES = range(1, 6)


@dataclass(eq=False)
class NegativeWage(Refusal):
    """A wage below zero is a mistake of whoever typed it."""

    code: ClassVar[str] = "wage_negative"

    wage: Rupiah

    def said(self) -> Sentence:
        return _(
            "Upah %(wage)s tidak mungkin: angka harus nol atau lebih.",
            wage=Rp(self.wage),
        )


@dataclass(eq=False)
class NoSuchRiskClass(Refusal):
    """JKK knows five classes of risk."""

    code: ClassVar[str] = "risk_class_unknown"

    risk_class: int

    def said(self) -> Sentence:
        return _(
            "Kelompok risiko %(risk_class)s tidak ada: pilih 1 (sangat rendah) sampai 5 (sangat tinggi).",
            risk_class=self.risk_class,
        )


@dataclass(frozen=True, slots=True)
class WageRelief:
    """A relief of JKK or JKM that was applied, or that was looked at and does not apply here, and why."""

    key: str
    name: str
    programmes: frozenset[WageProgramme]
    reduction: Decimal
    applied: bool
    why: Words
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class WagePart:
    """One programme, borne by one side: `gross` before reliefs, `due` after them, in whole rupiah.

    `to_pay` is the share left after reliefs; `deferred` is what of `due` may be paid later. The ceiling is named
    where the wage is above it.
    """

    programme: WageProgramme
    borne_by: Bearer
    base: Rupiah
    rate: Cited[Decimal]
    to_pay: Decimal
    gross: Rupiah
    due: Rupiah
    deferred: Rupiah = 0
    ceiling: Citation | None = None


@dataclass(frozen=True, slots=True)
class JkpParts:
    """What feeds JKP for this worker, in whole rupiah: nothing of it is added to the bill.

    Each part is rounded by itself. The rates are those of the articles; `jkm_rate` is None where none of JKM is used.
    """

    base: Rupiah
    state: Rupiah
    from_jkk: Rupiah
    from_jkm: Rupiah
    state_rate: Cited[Decimal]
    jkk_rate: Cited[Decimal]
    jkm_rate: Cited[Decimal] | None
    cap: Citation

    @property
    def citations(self) -> tuple[Citation, ...]:
        rates = (self.state_rate, self.jkk_rate, self.jkm_rate)
        return (*(rate.citation for rate in rates if rate is not None), self.cap)

    @property
    def total(self) -> Rupiah:
        return self.state + self.from_jkk + self.from_jkm
