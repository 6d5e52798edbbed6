"""What one BPU worker costs for one month: JKK, JKM and JHT apart, in whole rupiah.

The law of the contribution month counts. Four facts decide: the income band (base), the programmes,
the sector, and who pays. See `docs/algorithms/contributions.md`.
"""

from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, ClassVar

from naung.refusal import Refusal
from naung.rules.decisions import UNDECIDED, Decisions
from naung.rules.law import Citation, Cited, Law
from naung.rules.money import Rupiah, rupiah, share
from naung.rules.periods import require_month


class Programme(StrEnum):
    """The insurance programmes open to a BPU worker."""

    JKK = "JKK"
    JKM = "JKM"
    JHT = "JHT"


class Sector(StrEnum):
    """What PP 50/2025 tells apart: drivers and couriers, platform or not, and everybody else."""

    TRANSPORT = "transport"
    OTHER = "other"


class Payer(StrEnum):
    """The kind of money that pays a contribution."""

    APBD_KAB = "apbd_kab"
    APBD_PROV = "apbd_prov"
    APBDES = "apbdes"
    DBH_SAWIT = "dbh_sawit"
    DBHCHT = "dbhcht"
    OTSUS = "otsus"
    CSR = "csr"
    ZAKAT = "zakat"
    DONOR = "donor"
    SELF = "self"
    APBN = "apbn"


JKK_JKM = frozenset({Programme.JKK, Programme.JKM})
JKK_JKM_JHT = JKK_JKM | {Programme.JHT}


@dataclass(eq=False)
class NegativeIncome(Refusal):
    """An income below zero is a mistake of whoever typed it."""

    code: ClassVar[str] = "income_negative"

    income: Rupiah

    def __str__(self) -> str:
        return f"Penghasilan {rupiah(self.income)} tidak mungkin: angka harus nol atau lebih."


@dataclass(frozen=True, slots=True)
class Relief:
    """A reduction that was applied, or that was looked at and does not apply to this payer."""

    key: str
    reduction: Decimal
    applied: bool
    citations: tuple[Citation, ...]
    inferred: bool = False
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class Contribution:
    """One worker, one month. A programme that is not taken costs 0; `base` is the wage of the band."""

    month: date
    base: Rupiah
    jkk: Rupiah
    jkm: Rupiah
    jht: Rupiah
    reliefs: tuple[Relief, ...]
    citations: tuple[Citation, ...]
    band: int
    band_recalled: bool

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
        return self.band_recalled or any(citation.recalled for citation in self.citations)

    @property
    def inferred(self) -> bool:
        """True when the reading of a relief for this payer is our inference, not the article's words."""
        return any(relief.inferred for relief in self.reliefs)


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
) -> Contribution:
    """The contribution of a BPU worker for `month`, in whole rupiah.

    `income` is the monthly income; None means the lowest band, the one local governments pay. Reliefs
    cut JKK and JKM only, never JHT and never a benefit. `paid_through_july_2020` is the condition of
    PP 49/2020: False for a worker who was in arrears then; a worker who joined later owed nothing.

    Raises NotInForce outside the known law, NegativeIncome, and NeedsDecision where PP 50/2025 does
    not say whether the payer counts as APBD.

    Source: PP 44/2015 art. 17-18 and Lampiran II; PP 46/2015 Lampiran; PP 49/2020 art. 5; PP 50/2025
    art. 3-4.
    """
    if income is not None and income < 0:
        raise NegativeIncome(income)
    tariff = _tariff(law, require_month(month))
    band = tariff.band(income or 0)
    base: Rupiah = band["base"]
    jkk, jkm, jht = (programme in programmes for programme in (Programme.JKK, Programme.JKM, Programme.JHT))
    reliefs: tuple[Relief, ...] = ()
    if jkk or jkm:
        reliefs = _reliefs(tariff, sector, payer, law, decisions, paid_through_july_2020)
    paid_share = Decimal(1)
    for relief in reliefs:
        if relief.applied:
            paid_share *= 1 - relief.reduction
    return Contribution(
        month=month,
        base=base,
        jkk=share(share(base, tariff.jkk_rate.value), paid_share) if jkk else 0,
        jkm=share(tariff.jkm_amount.value, paid_share) if jkm else 0,
        jht=share(base, tariff.jht_rate.value) if jht else 0,
        reliefs=reliefs,
        citations=tariff.citations(jkk=jkk, jkm=jkm, jht=jht),
        band=band["number"],
        band_recalled=(jkk or jht) and band["confidence"] != "found",
    )


@dataclass(frozen=True, eq=False)
class _Tariff:
    """What the law says about BPU contributions in one month, read once."""

    month: date
    bands: Cited[tuple[Mapping[str, Any], ...]]
    band_starts: list[Rupiah]
    jkk_rate: Cited[Decimal]
    jkm_amount: Cited[Rupiah]
    jht_rate: Cited[Decimal]

    def band(self, income: Rupiah) -> Mapping[str, Any]:
        # By lower bounds: the printed upper bounds leave gaps of Rp999.
        return self.bands.value[bisect_right(self.band_starts, income) - 1]

    def citations(self, *, jkk: bool, jkm: bool, jht: bool) -> tuple[Citation, ...]:
        used = ((jkk, self.jkk_rate), (jkm, self.jkm_amount), (jht, self.jht_rate))
        return tuple(cited.citation for taken, cited in used if taken)  # type: ignore[attr-defined]


@lru_cache(maxsize=4096)
def _tariff(law: Law, month: date) -> _Tariff:
    bands = law.table("bpu.bands").cited(month)
    return _Tariff(
        month=month,
        bands=bands,
        band_starts=[row["income_from"] for row in bands.value],
        jkk_rate=law.rate("bpu.jkk.rate").cited(month),
        jkm_amount=law.amount("bpu.jkm.amount").cited(month),
        jht_rate=law.rate("bpu.jht.rate").cited(month),
    )


def _reliefs(
    tariff: _Tariff, sector: Sector, payer: Payer, law: Law, decisions: Decisions, paid_through_july_2020: bool
) -> tuple[Relief, ...]:
    found = (
        _pp49_2020(tariff.month, law, paid_through_july_2020),
        _pp50_2025(tariff.month, sector, payer, law, decisions),
    )
    return tuple(relief for relief in found if relief is not None)


def _pp49_2020(month: date, law: Law, paid_through_july_2020: bool) -> Relief | None:
    """1 % was paid for August 2020 to January 2021 by who owed nothing up to July 2020."""
    reduction = law.rate("relief.pp49_2020.rate").find(month)
    if reduction is None:
        return None
    return Relief("relief.pp49_2020", reduction.value, paid_through_july_2020, (reduction.citation,))


def _pp50_2025(month: date, sector: Sector, payer: Payer, law: Law, decisions: Decisions) -> Relief | None:
    """Half of JKK and JKM in the sector's window, unless APBN or APBD pays."""
    reduction = law.rate("relief.pp50_2025.rate").find(month)
    window = law.switch(f"relief.pp50_2025.window.{sector.value}").find(month)
    if reduction is None or window is None or not window.value:
        return None
    excluded = law.mapping("relief.pp50_2025.excluded_payer").cited(month)
    citations = (reduction.citation, window.citation, excluded.citation)
    if payer in excluded.value["undecided"]:
        answer = decisions.require(excluded.value["question"], month)
        return Relief("relief.pp50_2025", reduction.value, answer == "no", citations, decided_by=excluded.value["question"])
    by_words = payer in excluded.value["named"]
    by_inference = payer in excluded.value["inferred"]
    # That CSR, donors and zakat do get the relief is read from their not being named; only a worker who
    # pays for himself is plainly meant.
    inferred = not by_words and payer is not Payer.SELF
    return Relief("relief.pp50_2025", reduction.value, not (by_words or by_inference), citations, inferred)
