"""The ways this app says no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from naung.refusal import Refusal


@dataclass(eq=False)
class AreaCodeMalformed(Refusal):
    code = "area_code_malformed"

    text: str

    def __str__(self) -> str:
        return (
            f"«{self.text}» bukan kode wilayah. Kode wilayah terdiri atas 2, 4, 6, atau 10 angka, "
            "misalnya 12.75 atau 12.75.01.1001."
        )


@dataclass(eq=False)
class AreaUnknown(Refusal):
    code = "area_unknown"

    area_code: str

    def __str__(self) -> str:
        return f"Wilayah dengan kode {self.area_code} tidak ditemukan."


@dataclass(eq=False)
class AreaListOlder(Refusal):
    """The database follows a later decree than the list at hand: an older program on a newer database."""

    code = "area_list_older"

    offered: str
    offered_on: date
    loaded: str
    loaded_on: date

    def __str__(self) -> str:
        return (
            f"Daftar wilayah menurut {self.offered} ({self.offered_on:%d-%m-%Y}) lebih lama daripada daftar "
            f"yang sudah dimuat, {self.loaded} ({self.loaded_on:%d-%m-%Y}). Tidak ada yang diubah."
        )
