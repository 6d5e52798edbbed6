"""The ways outreach says no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from naung.refusal import Refusal
from naung.saying import Count, Sentence
from naung.saying import sentence as _


@dataclass(eq=False)
class PhotoRefused(Refusal):
    """The file is no photograph that can be drawn."""

    code: ClassVar[str] = "photo_refused"

    why: Sentence

    def said(self) -> Sentence:
        return self.why


@dataclass(eq=False)
class TooManyPhotos(Refusal):
    """A meeting has as many pictures as it may have."""

    code: ClassVar[str] = "photo_too_many"

    most: int

    def said(self) -> Sentence:
        return _("Satu pertemuan paling banyak %(most)s foto. Hapus satu foto dahulu.", most=Count(self.most))


@dataclass(eq=False)
class AlreadyPresent(Refusal):
    """This NIK stands on the list of this meeting."""

    code: ClassVar[str] = "attendance_twice"

    def said(self) -> Sentence:
        return _("Orang dengan NIK ini sudah tercatat hadir di pertemuan ini. Tidak perlu dicatat lagi.")


@dataclass(eq=False)
class NotHeldYet(Refusal):
    """Nobody was present at what has not been held."""

    code: ClassVar[str] = "attendance_before_meeting"

    held_on: date

    def said(self) -> Sentence:
        return _(
            "Pertemuan ini baru diadakan %(held_on)s. Catat kehadiran pada hari itu atau sesudahnya.",
            held_on=self.held_on,
        )


@dataclass(eq=False)
class ListWithoutNames(Refusal):
    """A file of people without the column that says who they are."""

    code: ClassVar[str] = "attendance_list_no_names"

    file: str

    def said(self) -> Sentence:
        return _(
            "Kolom nama tidak ditemukan dalam %(file)s. Beri judul «Nama» pada kolomnya, lalu unggah lagi.",
            file=self.file,
        )


@dataclass(eq=False)
class ListTooLong(Refusal):
    """More people than one meeting has."""

    code: ClassVar[str] = "attendance_list_too_long"

    found: int
    most: int

    def said(self) -> Sentence:
        return _(
            "Daftar ini %(found)s baris; satu pertemuan paling banyak %(most)s orang. Periksa berkasnya.",
            found=Count(self.found),
            most=Count(self.most),
        )
