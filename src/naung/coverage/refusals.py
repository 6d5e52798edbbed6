"""The ways coverage says no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from naung.refusal import Refusal
from naung.rules.periods import date_id


@dataclass(eq=False)
class AlreadyEnrolled(Refusal):
    """People on the decree are enrolled elsewhere in the same months: a second funder is refused and named."""

    code: ClassVar[str] = "already_enrolled"

    people: int
    programmes: tuple[str, ...]

    def __str__(self) -> str:
        others = ", ".join(self.programmes)
        return (
            f"{self.people} orang sudah terdaftar pada bulan yang sama di: {others}. "
            "Kembalikan penetapan ini lalu jalankan seleksi ulang."
        )


@dataclass(eq=False)
class AlreadyLeft(Refusal):
    """The worker's departure was recorded before, with other facts."""

    code: ClassVar[str] = "already_left"

    on: date

    def __str__(self) -> str:
        return f"Pekerja ini sudah tercatat keluar mulai {date_id(self.on)}."


@dataclass(eq=False)
class NotEnrolledThen(Refusal):
    """The event lies outside the planned cover."""

    code: ClassVar[str] = "not_enrolled_then"

    on: date

    def __str__(self) -> str:
        return f"Pada {date_id(self.on)} pekerja ini tidak terdaftar dalam program."


@dataclass(eq=False)
class NoEvidence(Refusal):
    """A departure needs something that shows it."""

    code: ClassVar[str] = "departure_no_evidence"

    def __str__(self) -> str:
        return "Sebutkan bukti: nomor surat, akta, atau daftar yang menyatakannya."


@dataclass(eq=False)
class NobodyLeft(Refusal):
    """There is no free place to fill."""

    code: ClassVar[str] = "nobody_left"

    def __str__(self) -> str:
        return "Belum ada peserta yang keluar dan belum diganti."


@dataclass(eq=False)
class DiedInTheFuture(Refusal):
    """A death that has not happened yet."""

    code: ClassVar[str] = "died_in_the_future"

    on: date

    def __str__(self) -> str:
        return f"Tanggal wafat {date_id(self.on)} tidak boleh sesudah hari ini."


@dataclass(eq=False)
class LeavingReasonUnknown(Refusal):
    """The decree lets people go for a reason that is none of ours."""

    code: ClassVar[str] = "leaving_reason_unknown"

    reasons: tuple[str, ...]

    def __str__(self) -> str:
        return f"Sebab keluar dalam penetapan tidak dikenal: {', '.join(self.reasons)}."
