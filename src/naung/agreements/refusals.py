"""The ways agreements say no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naung.refusal import Refusal
from naung.saying import Known, Sentence
from naung.saying import sentence as _


@dataclass(eq=False)
class SignedIncomplete(Refusal):
    """Nothing is signed without a number, a date and a term."""

    code: ClassVar[str] = "pks_signed_incomplete"

    office: str
    missing: str

    def said(self) -> Sentence:
        return _(
            "PKS %(office)s belum dapat ditandai ditandatangani: isi %(missing)s.",
            office=self.office,
            missing=Known(self.missing),
        )


@dataclass(eq=False)
class TermReversed(Refusal):
    """An agreement ends before it starts."""

    code: ClassVar[str] = "agreement_term_reversed"

    def said(self) -> Sentence:
        return _("Masa berlaku berakhir sebelum dimulai. Periksa kedua tanggal itu.")
