"""The ways a selection says no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from naung.refusal import Refusal
from naung.rules.money import Rupiah, rupiah
from naung.rules.periods import date_id, month_name_id


@dataclass(eq=False)
class RoundLocked(Refusal):
    """A submitted round waits for a decision; nothing else may be drafted beside it."""

    code: ClassVar[str] = "round_locked"

    number: int

    def __str__(self) -> str:
        return f"Seleksi ke-{self.number} sudah diajukan dan terkunci. Tunggu penetapan, atau kembalikan dahulu."


@dataclass(eq=False)
class RoundNotDraft(Refusal):
    code: ClassVar[str] = "round_not_draft"

    number: int
    status: str

    def __str__(self) -> str:
        return f"Seleksi ke-{self.number} bukan draf, jadi tidak dapat diajukan."


@dataclass(eq=False)
class RoundNotSubmitted(Refusal):
    code: ClassVar[str] = "round_not_submitted"

    number: int
    status: str

    def __str__(self) -> str:
        return f"Seleksi ke-{self.number} belum diajukan, atau sudah diputuskan."


@dataclass(eq=False)
class NoCandidates(Refusal):
    """No list of the programme was sent, or everybody on it is on the decree already."""

    code: ClassVar[str] = "no_candidates"

    programme_code: str

    def __str__(self) -> str:
        return f"Belum ada calon untuk program {self.programme_code}. Kirim daftar usulan yang sudah diperiksa."


@dataclass(eq=False)
class NothingToDecide(Refusal):
    """A round that chose nobody and lets nobody go has nothing to put on a decree."""

    code: ClassVar[str] = "nothing_to_decide"

    number: int

    def __str__(self) -> str:
        return f"Seleksi ke-{self.number} tidak memilih siapa pun, jadi tidak ada yang ditetapkan."


@dataclass(eq=False)
class PlacesExceeded(Refusal):
    code: ClassVar[str] = "places_exceeded"

    chosen: int
    free: int

    def __str__(self) -> str:
        return f"Terpilih {self.chosen} orang, sedangkan tempat yang tersisa {self.free}. Jalankan seleksi lagi."


@dataclass(eq=False)
class CeilingExceeded(Refusal):
    code: ClassVar[str] = "ceiling_exceeded"

    line: str
    cost_rp: Rupiah
    left_rp: Rupiah

    def __str__(self) -> str:
        return (
            f"Iuran terpilih {rupiah(self.cost_rp)} melebihi sisa pagu {self.line}, {rupiah(self.left_rp)}."
            " Jalankan seleksi lagi."
        )


@dataclass(eq=False)
class MakerIsChecker(Refusal):
    """Whoever prepares does not approve."""

    code: ClassVar[str] = "maker_is_checker"

    username: str

    def __str__(self) -> str:
        return "Anda menyiapkan seleksi ini, jadi orang lain yang menetapkannya."


@dataclass(eq=False)
class NumberReused(Refusal):
    code: ClassVar[str] = "decree_number_reused"

    number: str

    def __str__(self) -> str:
        return f"Nomor SK {self.number} sudah dipakai. Periksa nomornya."


@dataclass(eq=False)
class NumberMissing(Refusal):
    code: ClassVar[str] = "decree_number_missing"

    def __str__(self) -> str:
        return "Isi nomor SK, nama penanda tangan, dan jabatannya."


@dataclass(eq=False)
class DataChanged(Refusal):
    """The facts about the candidates are no longer those that were judged."""

    code: ClassVar[str] = "data_changed"

    number: int
    no_longer_eligible: int

    def __str__(self) -> str:
        who = (
            f"{self.no_longer_eligible} orang terpilih kini tidak memenuhi syarat"
            if self.no_longer_eligible
            else "data calon berubah"
        )
        return f"Sejak seleksi ke-{self.number} dijalankan, {who}. Kembalikan, lalu jalankan seleksi lagi."


@dataclass(eq=False)
class ListAltered(Refusal):
    """The candidates of the round are not those that were submitted."""

    code: ClassVar[str] = "list_altered"

    number: int

    def __str__(self) -> str:
        return f"Daftar seleksi ke-{self.number} tidak lagi sama dengan yang diajukan. Hubungi admin daerah."


@dataclass(eq=False)
class DecreeAfterFirstMonth(Refusal):
    """Nobody is covered by a decree for months before it."""

    code: ClassVar[str] = "decree_after_first_month"

    decided_on: date
    first_month: date

    def __str__(self) -> str:
        return (
            f"SK tanggal {date_id(self.decided_on)} tidak dapat berlaku sejak {month_name_id(self.first_month)}."
            " Kembalikan, lalu jalankan seleksi untuk bulan SK atau sesudahnya."
        )


@dataclass(eq=False)
class MonthOutsideProgramme(Refusal):
    code: ClassVar[str] = "month_outside_programme"

    month: date
    first: date
    end: date

    def __str__(self) -> str:
        return f"{month_name_id(self.month)} bukan awal bulan dalam masa program ini."


@dataclass(eq=False)
class NoDecreeYet(Refusal):
    """Only a decree can be amended."""

    code: ClassVar[str] = "no_decree_yet"

    programme_code: str

    def __str__(self) -> str:
        return f"Program {self.programme_code} belum punya SK, jadi belum ada yang dapat diubah."


@dataclass(eq=False)
class LeaverNotOnList(Refusal):
    code: ClassVar[str] = "leaver_not_on_list"

    people: int

    def __str__(self) -> str:
        return f"{self.people} orang yang akan keluar tidak ada dalam daftar SK program ini."


@dataclass(eq=False)
class NeedsReason(Refusal):
    code: ClassVar[str] = "return_needs_reason"

    def __str__(self) -> str:
        return "Tulis alasan pengembalian."


@dataclass(eq=False)
class SeedOutOfRange(Refusal):
    code: ClassVar[str] = "seed_out_of_range"

    seed: int

    def __str__(self) -> str:
        return "Nomor undian harus bilangan bulat dari 0 sampai 9223372036854775807."
