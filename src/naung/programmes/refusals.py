"""The ways a programme says no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from naung.refusal import Refusal
from naung.rules.periods import add_months, runs
from naung.saying import Count, Month, Months, Sentence
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


# --- what a programme stands on ----------------------------------------------------------------------


@dataclass(eq=False)
class MonthsWithoutBasis(Refusal):
    """No agreement in force covers some months, and nobody wrote why."""

    code: ClassVar[str] = "programme_months_without_basis"

    programme_code: str
    months: tuple[date, ...]
    package: tuple[str, ...]

    def said(self) -> Sentence:
        return _(
            "Program %(programme_code)s belum punya dasar kerja sama untuk %(months)s. Pilih perjanjian yang berlaku "
            "pada bulan itu untuk %(package)s segmen BPU, atau tulis alasannya, di «Dasar kerja sama» pada halaman "
            "program.",
            programme_code=self.programme_code,
            months=tuple(Months(one.first, add_months(one.end, -1)) for one in runs(set(self.months))),
            package=self.package,
        )


@dataclass(eq=False)
class AgreementNotKnown(Refusal):
    """A programme file names an agreement that the region does not have, or has more than once."""

    code: ClassVar[str] = "programme_agreement_unknown"

    named: str
    found: int

    def said(self) -> Sentence:
        if self.found:
            return _(
                "Ada %(found)s perjanjian bernama «%(named)s». Sebut nomornya.", named=self.named, found=self.found
            )
        return _(
            "Perjanjian «%(named)s» tidak ada di wilayah program ini. Catat perjanjiannya dahulu, atau tulis alasan "
            "mengapa program berjalan tanpa perjanjian.",
            named=self.named,
        )


@dataclass(eq=False)
class AgreementOfAnotherRegion(Refusal):
    """A programme stands under an agreement of its own region, or of a whole that the region lies in."""

    code: ClassVar[str] = "programme_agreement_other_region"

    title: str

    def said(self) -> Sentence:
        return _("«%(title)s» adalah perjanjian wilayah lain. Pilih perjanjian wilayah program ini.", title=self.title)


@dataclass(eq=False)
class AgreementDoesNotFit(Refusal):
    """The agreement is about other months, other programmes of the law or other workers."""

    code: ClassVar[str] = "programme_agreement_does_not_fit"

    title: str

    def said(self) -> Sentence:
        return _(
            "«%(title)s» tidak mencakup satu pun bulan program ini untuk segmen BPU. Pilih perjanjian lain, atau ubah "
            "perjanjian itu dengan adendum.",
            title=self.title,
        )


@dataclass(eq=False)
class BasisNeedsReason(Refusal):
    """Why a programme runs without an agreement is written in words that can be read later."""

    code: ClassVar[str] = "programme_basis_needs_reason"

    def said(self) -> Sentence:
        return _("Tulis alasan mengapa bulan itu berjalan tanpa perjanjian.")


# --- handing a programme over ------------------------------------------------------------------------


@dataclass(eq=False)
class OfficeOfAnotherRegion(Refusal):
    """A programme is handed to an office of its own region."""

    code: ClassVar[str] = "programme_owner_other_region"

    office: str

    def said(self) -> Sentence:
        return _(
            "%(office)s adalah kantor wilayah lain. Program diserahkan kepada perangkat daerah wilayahnya sendiri.",
            office=self.office,
        )


@dataclass(eq=False)
class OfficeOwnsNone(Refusal):
    """A branch, a company, a village or an inspectorate takes part in programmes; it runs none."""

    code: ClassVar[str] = "programme_owner_kind"

    office: str

    def said(self) -> Sentence:
        return _(
            "%(office)s bukan perangkat daerah yang dapat mengelola program. Pilih perangkat daerah.",
            office=self.office,
        )


@dataclass(eq=False)
class AlreadyOwner(Refusal):
    """The office runs the programme in that month anyway."""

    code: ClassVar[str] = "programme_owner_already"

    office: str
    since: date

    def said(self) -> Sentence:
        return _(
            "%(office)s sudah mengelola program ini pada %(since)s. Pilih kantor lain.",
            office=self.office,
            since=Month(self.since),
        )


@dataclass(eq=False)
class HandOverOutside(Refusal):
    """A programme is handed over from a month of its own, on its first day."""

    code: ClassVar[str] = "programme_hand_over_outside"

    first: date
    last: date

    def said(self) -> Sentence:
        return _(
            "Serah kelola mulai tanggal 1 suatu bulan dalam masa program: %(months)s.",
            months=Months(self.first, self.last),
        )


@dataclass(eq=False)
class HandOverGoesBack(Refusal):
    """What was handed over before stays: the next month of handing over comes after it."""

    code: ClassVar[str] = "programme_hand_over_goes_back"

    office: str
    since: date

    def said(self) -> Sentence:
        return _(
            "Program ini sudah diserahkan kepada %(office)s mulai %(since)s. Riwayat tetap; pilih bulan sesudahnya.",
            office=self.office,
            since=Month(self.since),
        )


@dataclass(eq=False)
class HandOverNeedsPaper(Refusal):
    """A programme changes hands by a paper and for a reason, both kept."""

    code: ClassVar[str] = "programme_hand_over_needs_paper"

    def said(self) -> Sentence:
        return _("Isi dasar serah kelola (jenis dan nomor surat) serta alasannya.")
