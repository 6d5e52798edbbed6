"""The ways a programme says no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naung.refusal import Refusal


@dataclass(eq=False)
class SpecInvalid(Refusal):
    """A programme file has mistakes; all of them are told at once, each with its place."""

    code: ClassVar[str] = "programme_file_invalid"

    place: str
    mistakes: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.place} belum dapat dipakai. " + ". ".join(self.mistakes) + "."


@dataclass(eq=False)
class ProgrammeDiffers(Refusal):
    """A programme of this code exists and says something else."""

    code: ClassVar[str] = "programme_differs"

    programme_code: str
    parts: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"Program {self.programme_code} sudah ada dengan isi yang berbeda ({', '.join(self.parts)})."
            " Pakai kode lain, atau minta penggantian selama belum ada seleksi."
        )


@dataclass(eq=False)
class ProgrammeInUse(Refusal):
    """Rounds were run by this definition; it can no longer be replaced."""

    code: ClassVar[str] = "programme_in_use"

    programme_code: str
    rounds: int

    def __str__(self) -> str:
        return f"Program {self.programme_code} sudah dipakai dalam {self.rounds} seleksi, jadi isinya tetap."


@dataclass(eq=False)
class AreaNotKnown(Refusal):
    """The file names an area that the national list does not have."""

    code: ClassVar[str] = "programme_area_unknown"

    area_code: str

    def __str__(self) -> str:
        return f"Kode wilayah {self.area_code} tidak ada dalam daftar wilayah."


@dataclass(eq=False)
class AttributeNameInvalid(Refusal):
    """Attributes are named by a short code; two names belong to facts that Naung finds itself."""

    code: ClassVar[str] = "attribute_name_invalid"

    name: str

    def __str__(self) -> str:
        return f"«{self.name}» tidak dapat dipakai sebagai nama atribut: huruf kecil, angka, «_» dan «-»."


@dataclass(eq=False)
class NobodyKnown(Refusal):
    """None of the people named is a worker of the programme's area."""

    code: ClassVar[str] = "attribute_nobody_known"

    name: str
    named: int

    def __str__(self) -> str:
        return f"Tidak ada dari {self.named} orang untuk «{self.name}» yang sudah dikenal. Terima daftar usulan dahulu."
