"""What one BPU worker costs for one month: JKK, JKM and JHT apart, in whole rupiah.

The law of the contribution month counts. Four facts decide: the income band (base), the programmes,
the sector, and who pays. See `docs/algorithms/contributions.md`.
"""

from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from math import prod
from typing import Any, ClassVar

from naung.refusal import Refusal
from naung.rules.decisions import UNDECIDED, Decisions
from naung.rules.law import Citation, Confidence, Law
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

    @property
    def label_id(self) -> str:
        return {Sector.TRANSPORT: "angkutan (pengemudi dan kurir)", Sector.OTHER: "di luar angkutan"}[self]


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

    @property
    def label_id(self) -> str:
        return _PAYER_LABELS[self]


_PAYER_LABELS = {
    Payer.APBD_KAB: "APBD kabupaten/kota",
    Payer.APBD_PROV: "APBD provinsi",
    Payer.APBDES: "APBDes",
    Payer.DBH_SAWIT: "DBH sawit",
    Payer.DBHCHT: "DBHCHT",
    Payer.OTSUS: "dana Otsus",
    Payer.CSR: "CSR",
    Payer.ZAKAT: "zakat",
    Payer.DONOR: "donatur",
    Payer.SELF: "mandiri",
    Payer.APBN: "APBN",
}

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
    band: int
    base: Rupiah
    jkk: Rupiah
    jkm: Rupiah
    jht: Rupiah
    reliefs: tuple[Relief, ...]
    citations: tuple[Citation, ...]

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
        return any(citation.recalled for citation in self.citations)

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
    band = _bands(law, require_month(month)).index_of(income or 0)
    return _priced(month, band, frozenset(programmes), sector, payer, law, decisions, paid_through_july_2020)


# A programme has few different contributions and very many worker-months.
@lru_cache(maxsize=65_536)
def _priced(
    month: date,
    band: int,
    programmes: frozenset[Programme],
    sector: Sector,
    payer: Payer,
    law: Law,
    decisions: Decisions,
    paid_through_july_2020: bool,
) -> Contribution:
    """The contribution of one band, as `bpu_contribution` says."""
    row, bands = _bands(law, month).row(band)
    base: Rupiah = row["base"]
    reliefs: tuple[Relief, ...] = ()
    if programmes & JKK_JKM:
        reliefs = _reliefs(month, sector, payer, law, decisions, paid_through_july_2020)
    to_pay = prod((1 - relief.reduction for relief in reliefs if relief.applied), start=Decimal(1))

    jkk = jkm = jht = 0
    citations = [bands] if programmes & {Programme.JKK, Programme.JHT} else []
    if Programme.JKK in programmes:
        rate = law.rate("bpu.jkk.rate").cited(month)
        jkk = share(share(base, rate.value), to_pay)
        citations.append(rate.citation)
    if Programme.JKM in programmes:
        amount = law.amount("bpu.jkm.amount").cited(month)
        jkm = share(amount.value, to_pay)
        citations.append(amount.citation)
    if Programme.JHT in programmes:
        rate = law.rate("bpu.jht.rate").cited(month)
        jht = share(base, rate.value)
        citations.append(rate.citation)
    return Contribution(month, row["number"], base, jkk, jkm, jht, reliefs, tuple(citations))


@dataclass(frozen=True, slots=True)
class _Bands:
    """The band table of one month, looked up by lower bounds."""

    rows: tuple[Mapping[str, Any], ...]
    starts: tuple[Rupiah, ...]
    citations: Mapping[str, Citation]

    def index_of(self, income: Rupiah) -> int:
        # By the lower bound of the next row: the printed upper bounds leave gaps of Rp999.
        return bisect_right(self.starts, income) - 1

    def row(self, index: int) -> tuple[Mapping[str, Any], Citation]:
        """A row with its citation, which is as sure as that row: most of the table is recalled."""
        row = self.rows[index]
        return row, self.citations[row["confidence"]]


@lru_cache(maxsize=4096)
def _bands(law: Law, month: date) -> _Bands:
    cited = law.table("bpu.bands").cited(month)
    # A supposed table is supposed whole; whoever compared the table with the gazette compared every row.
    whole = cited.citation.confidence in {Confidence.SCENARIO, Confidence.CHECKED}
    citations = {
        sure: cited.citation if whole else replace(cited.citation, confidence=Confidence(sure))
        for sure in {row["confidence"] for row in cited.value}
    }
    return _Bands(cited.value, tuple(row["income_from"] for row in cited.value), citations)


def _reliefs(
    month: date, sector: Sector, payer: Payer, law: Law, decisions: Decisions, paid_through_july_2020: bool
) -> tuple[Relief, ...]:
    found = (
        _pp49_2020(month, law, paid_through_july_2020),
        _pp50_2025(month, sector, payer, law, decisions),
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
        decided_by = excluded.value["question"]
        return Relief("relief.pp50_2025", reduction.value, answer == "no", citations, decided_by=decided_by)
    by_words = payer in excluded.value["named"]
    by_inference = payer in excluded.value["inferred"]
    # That CSR, donors and zakat do get the relief is read from their not being named; only a worker who
    # pays for himself is plainly meant.
    inferred = not by_words and payer is not Payer.SELF
    return Relief("relief.pp50_2025", reduction.value, not (by_words or by_inference), citations, inferred)
