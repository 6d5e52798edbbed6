"""The ways planning says no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naung.refusal import Refusal
from naung.saying import Count, Sentence
from naung.saying import sentence as _


@dataclass(eq=False)
class NoFigure(Refusal):
    """No coverage figure is recorded for an area."""

    code: ClassVar[str] = "ucj_no_figure"

    area: str

    def said(self) -> Sentence:
        return _(
            "Belum ada angka cakupan untuk %(area)s. Catat pembilang, penyebut, tanggal, dan sumbernya.",
            area=self.area,
        )


@dataclass(eq=False)
class ImpossibleFigure(Refusal):
    """More people covered than there are."""

    code: ClassVar[str] = "ucj_impossible"

    covered: int
    denominator: int

    def said(self) -> Sentence:
        return _(
            "%(covered)s pekerja terlindungi melebihi penyebut %(denominator)s. Periksa kedua angka itu.",
            covered=Count(self.covered),
            denominator=Count(self.denominator),
        )


@dataclass(eq=False)
class OutsideTerritory(Refusal):
    """The area is not in the person's territory."""

    code: ClassVar[str] = "outside_territory"

    area_code: str

    def said(self) -> Sentence:
        return _("Wilayah ini di luar wilayah kerja Anda.")
