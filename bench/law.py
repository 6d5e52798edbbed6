"""Contributions of mixed worker-months in columns, against one bare multiplication and against the plain functions."""

from __future__ import annotations

import random
from datetime import date
from time import perf_counter

import polars as pl

from naung.bulk.worker_months import worker_month_contributions
from naung.rules.construction import construction_by_wage
from naung.rules.contributions import Payer, Programme, Sector, bpu_contribution
from naung.rules.law import current_law
from naung.rules.periods import add_months
from naung.rules.wage_contributions import ppu_contribution

SAMPLE = 20_000


def worker_months(rows: int) -> pl.DataFrame:
    """Invented worker-months from July 2015 on: half BPU, the others wage earners and construction."""
    dice = random.Random(20261121)
    segments = dice.choices(["BPU", "PPU", "JAKON"], [5, 4, 1], k=rows)
    # A village budget would ask for a region's decision.
    payers = [payer.value for payer in Payer if payer is not Payer.APBDES]
    return pl.DataFrame(
        {
            "month": [add_months(date(2015, 7, 1), dice.randrange(140)) for _ in range(rows)],
            "segment": segments,
            "wage": [dice.randrange(500_000, 30_000_000) for _ in range(rows)],
            "sector": dice.choices([sector.value for sector in Sector], k=rows),
            "payer": dice.choices(payers, k=rows),
            "risk_class": [dice.randrange(1, 6) for _ in range(rows)],
            "labour_intensive": [dice.random() < 0.3 for _ in range(rows)],
            "programmes": ["JKK+JKM+JHT+JP" if one == "PPU" else "JKK+JKM" for one in segments],
        }
    )


def run(rows: int) -> list[str]:
    law, frame = current_law(), worker_months(rows)
    first = _seconds(lambda: worker_month_contributions(frame, law=law))
    again = min(_seconds(lambda: worker_month_contributions(frame, law=law)) for _ in range(3))
    bare = min(_seconds(lambda: frame.select((pl.col("wage") * 54 + 5_000) // 10_000)) for _ in range(3))
    sample = frame.head(SAMPLE).rows(named=True)
    plain = _seconds(lambda: [_plainly(row, law) for row in sample]) * rows / SAMPLE
    return [
        f"{rows:,} mixed worker-months (BPU, PPU, construction; 140 months): {again:.2f} s; the first time {first:.2f} s",
        f"the plain functions, one worker-month after the other: {plain:.1f} s (from {SAMPLE:,}); ratio {again / plain:.3f} ×",
        f"one bare multiplication and division of the same column: {bare * 1000:.1f} ms; ratio {again / bare:.0f} ×",
    ]


def _plainly(row: dict[str, object], law: object) -> int:
    facts = {"law": law}
    if row["segment"] == "BPU":
        programmes = [Programme.JKK, Programme.JKM]
        sector, payer = Sector(row["sector"]), Payer(row["payer"])
        return bpu_contribution(
            row["month"], income=row["wage"], programmes=programmes, sector=sector, payer=payer, **facts
        ).total
    if row["segment"] == "PPU":
        return ppu_contribution(
            row["month"],
            wage=row["wage"],
            risk_class=row["risk_class"],
            labour_intensive=row["labour_intensive"],
            **facts,
        ).total
    return construction_by_wage(row["month"], wage=row["wage"], **facts).total


def _seconds(work) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started
