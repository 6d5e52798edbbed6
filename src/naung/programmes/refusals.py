"""The ways a programme says no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naung.refusal import Refusal
from naung.saying import Count, Sentence
from naung.saying import sentence as _


@dataclass(eq=False)
class SpecInvalid(Refusal):
    """A programme file has mistakes; all of them are told at once, each with its place."""

    code: ClassVar[str] = "programme_file_invalid"

    place: str
    mistakes: tuple[str, ...]

    def said(self) -> Sentence:
        return _(
            "%(place)s belum dapat dipakai. %(mistakes)s.",
            place=self.place,
            mistakes=". ".join(self.mistakes),
        )


@dataclass(eq=False)
class ProgrammeDiffers(Refusal):
    """A programme of this code exists and says something else."""

    code: ClassVar[str] = "programme_differs"

    programme_code: str
    parts: tuple[str, ...]

    def said(self) -> Sentence:
        return _(
            "Program %(programme_code)s sudah ada dengan isi yang berbeda (%(parts)s). Pakai kode lain, "
            "atau minta penggantian selama belum ada seleksi.",
            programme_code=self.programme_code,
            parts=self.parts,
        )


@dataclass(eq=False)
class ProgrammeInUse(Refusal):
    """Rounds were run by this definition; it can no longer be replaced."""

    code: ClassVar[str] = "programme_in_use"

    programme_code: str
    rounds: int

    def said(self) -> Sentence:
        return _(
            "Program %(programme_code)s sudah dipakai dalam %(rounds)s seleksi, jadi isinya tetap.",
            programme_code=self.programme_code,
            rounds=self.rounds,
        )


@dataclass(eq=False)
class ChangeNeedsReason(Refusal):
    """Rules of a programme are changed for a reason that can be read later."""

    code: ClassVar[str] = "rules_change_needs_reason"

    def said(self) -> Sentence:
        return _("Isi alasan perubahan. Alasan tersimpan bersama versi aturan.")


@dataclass(eq=False)
class MonthsDecided(Refusal):
    """A decree gives its people months; the months of the programme no longer move."""

    code: ClassVar[str] = "programme_months_decided"

    number: str

    def said(self) -> Sentence:
        return _(
            "Masa program sudah ditetapkan dengan SK %(number)s, jadi bulannya tetap.",
            number=self.number,
        )


@dataclass(eq=False)
class PlacesBelowListed(Refusal):
    """There are more people on the list than places would be left."""

    code: ClassVar[str] = "places_below_listed"

    places: int
    listed: int

    def said(self) -> Sentence:
        return _(
            "Kuota %(places)s lebih kecil dari %(listed)s peserta yang sudah ditetapkan dengan SK.",
            places=self.places,
            listed=self.listed,
        )


@dataclass(eq=False)
class AreaNotKnown(Refusal):
    """The file names an area that the national list does not have."""

    code: ClassVar[str] = "programme_area_unknown"

    area_code: str

    def said(self) -> Sentence:
        return _(
            "Kode wilayah %(area_code)s tidak ada dalam daftar wilayah.",
            area_code=self.area_code,
        )


@dataclass(eq=False)
class AttributeNameInvalid(Refusal):
    """Attributes are named by a short code; two names belong to facts that Naung finds itself."""

    code: ClassVar[str] = "attribute_name_invalid"

    name: str

    def said(self) -> Sentence:
        return _(
            "«%(name)s» tidak dapat dipakai sebagai nama atribut: huruf kecil, angka, «_» dan «-».",
            name=self.name,
        )


@dataclass(eq=False)
class NobodyKnown(Refusal):
    """None of the people named is a worker of the programme's area."""

    code: ClassVar[str] = "attribute_nobody_known"

    name: str
    named: int

    def said(self) -> Sentence:
        return _(
            "Tidak ada dari %(named)s orang untuk «%(name)s» yang sudah dikenal. Terima daftar usulan dahulu.",
            named=Count(self.named),
            name=self.name,
        )
