"""The ways planning says no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naung.refusal import Refusal


@dataclass(eq=False)
class NoFigure(Refusal):
    """No coverage figure is recorded for an area."""

    code: ClassVar[str] = "ucj_no_figure"

    area: str

    def __str__(self) -> str:
        return f"Belum ada angka cakupan untuk {self.area}. Catat pembilang, penyebut, tanggal, dan sumbernya."


@dataclass(eq=False)
class ImpossibleFigure(Refusal):
    """More people covered than there are."""

    code: ClassVar[str] = "ucj_impossible"

    covered: int
    denominator: int

    def __str__(self) -> str:
        text = f"{self.covered:,} pekerja terlindungi melebihi penyebut {self.denominator:,}."
        return text.replace(",", ".") + " Periksa kedua angka itu."


@dataclass(eq=False)
class OutsideTerritory(Refusal):
    """The area is not in the person's territory."""

    code: ClassVar[str] = "outside_territory"

    area_code: str

    def __str__(self) -> str:
        return "Wilayah ini di luar wilayah kerja Anda."
