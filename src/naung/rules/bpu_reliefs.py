"""Which reliefs the law has for a BPU worker in a month, and whether each applies to this payer."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from naung.rules.bpu_terms import Payer, Sector
from naung.rules.decisions import Decisions
from naung.rules.law import Citation, Law


class Ground(StrEnum):
    """Why a relief applies, or why it does not."""

    CONDITION_MET = "condition_met"
    CONDITION_NOT_MET = "condition_not_met"
    PAYER_IS_WORKER = "payer_is_worker"
    PAYER_NOT_NAMED = "payer_not_named"
    PAYER_NAMED = "payer_named"
    PAYER_READ_AS_APBD = "payer_read_as_apbd"
    DECIDED = "decided"
    SECTOR_NOT_NOW = "sector_not_now"


@dataclass(frozen=True, slots=True)
class Relief:
    """A reduction that was applied, or that was looked at and does not apply to this worker or payer.

    `decided_by` is the open question that a region's decision answered here, `answer` what it said.
    """

    key: str
    reduction: Decimal
    applied: bool
    citations: tuple[Citation, ...]
    ground: Ground
    inferred: bool = False
    decided_by: str = ""
    answer: str = ""


def reliefs_of(
    month: date, *, sector: Sector, payer: Payer, law: Law, decisions: Decisions, paid_through_july_2020: bool
) -> tuple[Relief, ...]:
    """Every relief of JKK and JKM that the law has in `month`. Raises NeedsDecision for an unsettled payer."""
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
    ground = Ground.CONDITION_MET if paid_through_july_2020 else Ground.CONDITION_NOT_MET
    return Relief("relief.pp49_2020", reduction.value, paid_through_july_2020, (reduction.citation,), ground)


def _pp50_2025(month: date, sector: Sector, payer: Payer, law: Law, decisions: Decisions) -> Relief | None:
    """Half of JKK and JKM in the sector's window, unless APBN or APBD pays."""
    reduction = law.rate("relief.pp50_2025.rate").find(month)
    if reduction is None:
        return None
    window = law.switch(f"relief.pp50_2025.window.{sector.value}").find(month)
    if window is None or not window.value:
        cited = (reduction.citation,) if window is None else (reduction.citation, window.citation)
        return Relief("relief.pp50_2025", reduction.value, False, cited, Ground.SECTOR_NOT_NOW)
    excluded = law.mapping("relief.pp50_2025.excluded_payer").cited(month)
    citations = (reduction.citation, window.citation, excluded.citation)
    if payer in excluded.value["undecided"]:
        asked = excluded.value["question"]
        answer = decisions.require(asked, month)
        return Relief(
            "relief.pp50_2025", reduction.value, answer == "no", citations, Ground.DECIDED, False, asked, answer
        )
    ground = _ground_of(payer, excluded.value["named"], excluded.value["inferred"])
    applies = ground in {Ground.PAYER_IS_WORKER, Ground.PAYER_NOT_NAMED}
    inferred = ground in {Ground.PAYER_READ_AS_APBD, Ground.PAYER_NOT_NAMED}
    return Relief("relief.pp50_2025", reduction.value, applies, citations, ground, inferred)


def _ground_of(payer: Payer, named: tuple[str, ...], inferred: tuple[str, ...]) -> Ground:
    if payer in named:
        return Ground.PAYER_NAMED
    if payer in inferred:
        return Ground.PAYER_READ_AS_APBD
    # That CSR, donors and zakat do get the relief is read from their not being named; only a worker who
    # pays for himself is plainly meant.
    return Ground.PAYER_IS_WORKER if payer is Payer.SELF else Ground.PAYER_NOT_NAMED
