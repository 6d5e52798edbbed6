"""What each enrolled person costs in each month of a bill, as a small table that SQL can join.

A programme has few different prices: by month, sector and income band. The plain rule prices each of them once; a
million people only look theirs up.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from naung.lawbook.queries import decisions_for, law_now
from naung.programmes.models import FundingLine
from naung.refusal import Refusal
from naung.rules.contributions import Contribution, Payer, Programme, Sector, bpu_contribution
from naung.rules.law import Law
from naung.rules.periods import MonthSpan, add_months
from naung.saying import Sentence
from naung.saying import sentence as _


@dataclass(frozen=True)
class Tariff:
    """Prices of one package for one payer over the months of a bill.

    `bands`: lower bounds of the income bands, ascending, the same for all months of a bill. `cells`: the price of
    each (month, sector, band), band 1 being the lowest.
    """

    bands: tuple[int, ...]
    cells: dict[tuple[date, str, int], Contribution]

    def rows(self) -> list[tuple[date, str, int, int, int, int]]:
        """month, sector, band, jkk, jkm, jht."""
        return [(*cell, price.jkk, price.jkm, price.jht) for cell, price in self.cells.items()]

    def law_of(self, billed: Collection[tuple[date, int, int, int]]) -> dict[str, Any]:
        """Articles behind the prices that were billed (month, jkk, jkm, jht), and how sure they are."""
        applied = [
            price for (month, _, _), price in self.cells.items() if (month, price.jkk, price.jkm, price.jht) in billed
        ]
        return {
            "articles": sorted({citation.words_id() for price in applied for citation in price.citations}),
            "recalled": any(price.recalled for price in applied),
            "inferred": any(price.inferred for price in applied),
            "reliefs": sorted({price.relief.key for price in applied if price.relief}),
        }


@dataclass(eq=False)
class BandsChange(Refusal):
    """The income bands differ between the months of one bill."""

    code: ClassVar[str] = "bands_change_within_bill"

    def said(self) -> Sentence:
        return _("Tabel penghasilan berubah di antara bulan-bulan ini. Terbitkan tagihan terpisah.")


def tariff(line: FundingLine, *, first_month: date, last_month: date, law: Law | None = None) -> Tariff:
    """Price every cell. Raises NeedsDecision and NotInForce of the law, BandsChange."""
    law = law or law_now()
    decisions = decisions_for(line.programme.area_code)
    package = frozenset(Programme(name) for name in line.programme.package)
    months = list(MonthSpan(first_month, add_months(last_month, 1)))
    tables = {tuple(row["income_from"] for row in law.table("bpu.bands").on(month)) for month in months}
    if len(tables) != 1:
        raise BandsChange()
    (bands,) = tables
    return Tariff(
        bands=bands,
        cells={
            (month, sector.value, number): bpu_contribution(
                month,
                income=income,
                programmes=package,
                sector=sector,
                payer=Payer(line.payer),
                law=law,
                decisions=decisions,
            )
            for month in months
            for sector in Sector
            for number, income in enumerate(bands, 1)
        },
    )
