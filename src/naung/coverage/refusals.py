"""The ways coverage says no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from naung.refusal import Refusal
from naung.saying import Count, Sentence
from naung.saying import sentence as _


@dataclass(eq=False)
class AlreadyEnrolled(Refusal):
    """People on the decree are enrolled elsewhere in the same months: a second funder is refused and named."""

    code: ClassVar[str] = "already_enrolled"

    people: int
    programmes: tuple[str, ...]

    def said(self) -> Sentence:
        return _(
            "%(people)s orang sudah terdaftar pada bulan yang sama di: %(programmes)s. "
            "Kembalikan penetapan ini lalu jalankan seleksi ulang.",
            people=Count(self.people),
            programmes=self.programmes,
        )


@dataclass(eq=False)
class AlreadyLeft(Refusal):
    """The worker's departure was recorded before, with other facts."""

    code: ClassVar[str] = "already_left"

    on: date

    def said(self) -> Sentence:
        return _(
            "Pekerja ini sudah tercatat keluar mulai %(on)s.",
            on=self.on,
        )


@dataclass(eq=False)
class NotEnrolledThen(Refusal):
    """The event lies outside the planned cover."""

    code: ClassVar[str] = "not_enrolled_then"

    on: date

    def said(self) -> Sentence:
        return _(
            "Pada %(on)s pekerja ini tidak terdaftar dalam program.",
            on=self.on,
        )


@dataclass(eq=False)
class NoEvidence(Refusal):
    """A departure needs something that shows it."""

    code: ClassVar[str] = "departure_no_evidence"

    def said(self) -> Sentence:
        return _("Sebutkan bukti: nomor surat, akta, atau daftar yang menyatakannya.")


@dataclass(eq=False)
class NobodyLeft(Refusal):
    """There is no free place to fill."""

    code: ClassVar[str] = "nobody_left"

    def said(self) -> Sentence:
        return _("Belum ada peserta yang keluar dan belum diganti.")


@dataclass(eq=False)
class DiedInTheFuture(Refusal):
    """A death that has not happened yet."""

    code: ClassVar[str] = "died_in_the_future"

    on: date

    def said(self) -> Sentence:
        return _(
            "Tanggal wafat %(on)s tidak boleh sesudah hari ini.",
            on=self.on,
        )


@dataclass(eq=False)
class LeavingReasonUnknown(Refusal):
    """The decree lets people go for a reason that is none of ours."""

    code: ClassVar[str] = "leaving_reason_unknown"

    reasons: tuple[str, ...]

    def said(self) -> Sentence:
        return _(
            "Sebab keluar dalam penetapan tidak dikenal: %(reasons)s.",
            reasons=self.reasons,
        )
