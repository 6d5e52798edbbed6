"""The ways the registry says no. None of them carries a NIK, KK or phone number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naung.refusal import Refusal
from naung.saying import Sentence
from naung.saying import sentence as _


@dataclass(eq=False)
class ReasonUnknown(Refusal):
    """Showing a NIK in full asks for one of the reasons of the list."""

    code: ClassVar[str] = "reason_unknown"

    reason: str

    def said(self) -> Sentence:
        return _("Pilih alasan melihat NIK dari daftar.")


@dataclass(eq=False)
class RowNotUnderReview(Refusal):
    """Only a row that waits for a person's eye can be decided, and only once."""

    code: ClassVar[str] = "row_not_under_review"

    row: int
    verdict: str

    def said(self) -> Sentence:
        return _(
            "Baris %(row)s tidak sedang menunggu pemeriksaan.",
            row=self.row,
        )


@dataclass(eq=False)
class RowAlreadyAccepted(Refusal):
    """A row that is ready, or that an officer decided, is not corrected any more."""

    code: ClassVar[str] = "row_already_accepted"

    row: int

    def said(self) -> Sentence:
        return _(
            "Baris %(row)s sudah diterima atau diputuskan, jadi tidak dikoreksi lagi.",
            row=self.row,
        )


@dataclass(eq=False)
class RowChangedMeanwhile(Refusal):
    """A correction was typed over a row that somebody else changed before it arrived."""

    code: ClassVar[str] = "row_changed_meanwhile"

    row: int

    def said(self) -> Sentence:
        return _(
            "Baris %(row)s sudah diubah orang lain sejak Anda menyimpannya di ponsel.",
            row=self.row,
        )


@dataclass(eq=False)
class NothingToCorrect(Refusal):
    """After the correction no person can be read from the row."""

    code: ClassVar[str] = "nothing_to_correct"

    row: int

    def said(self) -> Sentence:
        return _(
            "Isi paling sedikit nama dan NIK untuk baris %(row)s.",
            row=self.row,
        )


@dataclass(eq=False)
class DecisionNeedsReason(Refusal):
    code: ClassVar[str] = "decision_needs_reason"

    row: int

    def said(self) -> Sentence:
        return _(
            "Tulis alasan keputusan untuk baris %(row)s.",
            row=self.row,
        )


@dataclass(eq=False)
class RowNotAcceptable(Refusal):
    """A row under review lacks what a worker cannot be without: a NIK of 16 digits and a name."""

    code: ClassVar[str] = "row_not_acceptable"

    row: int

    def said(self) -> Sentence:
        return _(
            "Baris %(row)s belum punya NIK 16 angka atau nama, jadi belum dapat diterima.",
            row=self.row,
        )


@dataclass(eq=False)
class WorkerAlreadyHandedIn(Refusal):
    """The person of this row is in the programme already, by another row."""

    code: ClassVar[str] = "worker_already_handed_in"

    row: int
    programme_code: str

    def said(self) -> Sentence:
        return _(
            "Orang di baris %(row)s sudah diterima lewat baris lain untuk program %(programme_code)s.",
            row=self.row,
            programme_code=self.programme_code,
        )


@dataclass(eq=False)
class NoSuchKind(Refusal):
    """Reference lists are of four kinds."""

    code: ClassVar[str] = "reference_kind_unknown"

    kind: str

    def said(self) -> Sentence:
        return _(
            "Jenis data acuan «%(kind)s» tidak dikenal.",
            kind=self.kind,
        )


@dataclass(eq=False)
class NothingRecognised(Refusal):
    """A reference file in which no row names a person."""

    code: ClassVar[str] = "reference_empty"

    file: str

    def said(self) -> Sentence:
        return _(
            "Tidak ada NIK yang dapat dibaca di «%(file)s». Periksa kolom NIK berkas itu.",
            file=self.file,
        )


@dataclass(eq=False)
class KeysComeFromEnvironment(Refusal):
    """Keys that the environment brings can be replaced only there."""

    code: ClassVar[str] = "keys_from_environment"

    def said(self) -> Sentence:
        return _(
            "Kunci berasal dari NAUNG_KEYS. Tambahkan kunci data baru di sana, jadikan aktif, lalu jalankan "
            "perintah ini lagi."
        )
