"""The ways this app says no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from naung.refusal import Refusal
from naung.saying import Sentence
from naung.saying import sentence as _


@dataclass(eq=False)
class AreaCodeMalformed(Refusal):
    code = "area_code_malformed"

    text: str

    def said(self) -> Sentence:
        return _(
            "«%(text)s» bukan kode wilayah. Kode wilayah terdiri atas 2, 4, 6, atau 10 angka, misalnya "
            "12.75 atau 12.75.01.1001.",
            text=self.text,
        )


@dataclass(eq=False)
class AreaUnknown(Refusal):
    code = "area_unknown"

    area_code: str

    def said(self) -> Sentence:
        return _(
            "Wilayah dengan kode %(area_code)s tidak ditemukan.",
            area_code=self.area_code,
        )


@dataclass(eq=False)
class AreaListOlder(Refusal):
    """The database follows a later decree than the list at hand: an older program on a newer database."""

    code = "area_list_older"

    offered: str
    offered_on: date
    loaded: str
    loaded_on: date

    def said(self) -> Sentence:
        return _(
            "Daftar wilayah menurut %(offered)s (%(offered_on)s) lebih lama daripada daftar yang sudah dimuat, "
            "%(loaded)s (%(loaded_on)s). Tidak ada yang diubah.",
            offered=self.offered,
            offered_on=self.offered_on,
            loaded=self.loaded,
            loaded_on=self.loaded_on,
        )
