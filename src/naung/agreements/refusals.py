"""The ways agreements say no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naung.refusal import Refusal


@dataclass(eq=False)
class SignedIncomplete(Refusal):
    """Nothing is signed without a number, a date and a term."""

    code: ClassVar[str] = "pks_signed_incomplete"

    office: str
    missing: str

    def __str__(self) -> str:
        return f"PKS {self.office} belum dapat ditandai ditandatangani: isi {self.missing}."


@dataclass(eq=False)
class TermReversed(Refusal):
    """An agreement ends before it starts."""

    code: ClassVar[str] = "agreement_term_reversed"

    def __str__(self) -> str:
        return "Masa berlaku berakhir sebelum dimulai. Periksa kedua tanggal itu."
