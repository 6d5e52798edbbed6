"""The ways a selection says no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from naung.refusal import Refusal
from naung.rules.money import Rupiah
from naung.saying import Count, Month, Rp, Sentence
from naung.saying import sentence as _


@dataclass(eq=False)
class RoundLocked(Refusal):
    """A submitted round waits for a decision; nothing else may be drafted beside it."""

    code: ClassVar[str] = "round_locked"

    number: int

    def said(self) -> Sentence:
        return _(
            "Seleksi ke-%(number)s sudah diajukan dan terkunci. Tunggu penetapan, atau kembalikan dahulu.",
            number=self.number,
        )


@dataclass(eq=False)
class RoundNotDraft(Refusal):
    code: ClassVar[str] = "round_not_draft"

    number: int
    status: str

    def said(self) -> Sentence:
        return _(
            "Seleksi ke-%(number)s bukan draf, jadi tidak dapat diajukan.",
            number=self.number,
        )


@dataclass(eq=False)
class RoundNotSubmitted(Refusal):
    code: ClassVar[str] = "round_not_submitted"

    number: int
    status: str

    def said(self) -> Sentence:
        return _(
            "Seleksi ke-%(number)s belum diajukan, atau sudah diputuskan.",
            number=self.number,
        )


@dataclass(eq=False)
class NoCandidates(Refusal):
    """No list of the programme was sent, or everybody on it is on the decree already."""

    code: ClassVar[str] = "no_candidates"

    programme_code: str

    def said(self) -> Sentence:
        return _(
            "Belum ada calon untuk program %(programme_code)s. Kirim daftar usulan yang sudah diperiksa.",
            programme_code=self.programme_code,
        )


@dataclass(eq=False)
class NothingToDecide(Refusal):
    """A round that chose nobody and lets nobody go has nothing to put on a decree."""

    code: ClassVar[str] = "nothing_to_decide"

    number: int

    def said(self) -> Sentence:
        return _(
            "Seleksi ke-%(number)s tidak memilih siapa pun, jadi tidak ada yang ditetapkan.",
            number=self.number,
        )


@dataclass(eq=False)
class PlacesExceeded(Refusal):
    code: ClassVar[str] = "places_exceeded"

    chosen: int
    free: int

    def said(self) -> Sentence:
        return _(
            "Terpilih %(chosen)s orang, sedangkan tempat yang tersisa %(free)s. Jalankan seleksi lagi.",
            chosen=Count(self.chosen),
            free=Count(self.free),
        )


@dataclass(eq=False)
class CeilingExceeded(Refusal):
    code: ClassVar[str] = "ceiling_exceeded"

    line: str
    cost_rp: Rupiah
    left_rp: Rupiah

    def said(self) -> Sentence:
        return _(
            "Iuran terpilih %(cost_rp)s melebihi sisa pagu %(line)s, %(left_rp)s. Jalankan seleksi lagi.",
            cost_rp=Rp(self.cost_rp),
            line=self.line,
            left_rp=Rp(self.left_rp),
        )


@dataclass(eq=False)
class MakerIsChecker(Refusal):
    """Whoever prepares does not approve."""

    code: ClassVar[str] = "maker_is_checker"

    username: str

    def said(self) -> Sentence:
        return _("Anda menyiapkan seleksi ini, jadi orang lain yang menetapkannya.")


@dataclass(eq=False)
class NumberReused(Refusal):
    code: ClassVar[str] = "decree_number_reused"

    number: str

    def said(self) -> Sentence:
        return _(
            "Nomor SK %(number)s sudah dipakai. Periksa nomornya.",
            number=self.number,
        )


@dataclass(eq=False)
class NumberMissing(Refusal):
    code: ClassVar[str] = "decree_number_missing"

    def said(self) -> Sentence:
        return _("Isi nomor SK, nama penanda tangan, dan jabatannya.")


@dataclass(eq=False)
class DataChanged(Refusal):
    """The facts about the candidates are no longer those that were judged."""

    code: ClassVar[str] = "data_changed"

    number: int
    no_longer_eligible: int

    def said(self) -> Sentence:
        if self.no_longer_eligible:
            return _(
                "Sejak seleksi ke-%(number)s dijalankan, %(people)s orang terpilih kini tidak memenuhi syarat. "
                "Kembalikan, lalu jalankan seleksi lagi.",
                number=self.number,
                people=Count(self.no_longer_eligible),
            )
        return _(
            "Sejak seleksi ke-%(number)s dijalankan, data calon berubah. Kembalikan, lalu jalankan seleksi lagi.",
            number=self.number,
        )


@dataclass(eq=False)
class ListAltered(Refusal):
    """The candidates of the round are not those that were submitted."""

    code: ClassVar[str] = "list_altered"

    number: int

    def said(self) -> Sentence:
        return _(
            "Daftar seleksi ke-%(number)s tidak lagi sama dengan yang diajukan. Hubungi admin daerah.",
            number=self.number,
        )


@dataclass(eq=False)
class DecreeAfterFirstMonth(Refusal):
    """Nobody is covered by a decree for months before it."""

    code: ClassVar[str] = "decree_after_first_month"

    decided_on: date
    first_month: date

    def said(self) -> Sentence:
        return _(
            "SK tanggal %(decided_on)s tidak dapat berlaku sejak %(first_month)s. Kembalikan, lalu jalankan "
            "seleksi untuk bulan SK atau sesudahnya.",
            decided_on=self.decided_on,
            first_month=Month(self.first_month),
        )


@dataclass(eq=False)
class MonthOutsideProgramme(Refusal):
    code: ClassVar[str] = "month_outside_programme"

    month: date
    first: date
    end: date

    def said(self) -> Sentence:
        return _(
            "%(month)s bukan awal bulan dalam masa program ini.",
            month=Month(self.month),
        )


@dataclass(eq=False)
class NoDecreeYet(Refusal):
    """Only a decree can be amended."""

    code: ClassVar[str] = "no_decree_yet"

    programme_code: str

    def said(self) -> Sentence:
        return _(
            "Program %(programme_code)s belum punya SK, jadi belum ada yang dapat diubah.",
            programme_code=self.programme_code,
        )


@dataclass(eq=False)
class LeaverNotOnList(Refusal):
    code: ClassVar[str] = "leaver_not_on_list"

    people: int

    def said(self) -> Sentence:
        return _(
            "%(people)s orang yang akan keluar tidak ada dalam daftar SK program ini.",
            people=Count(self.people),
        )


@dataclass(eq=False)
class NeedsReason(Refusal):
    code: ClassVar[str] = "return_needs_reason"

    def said(self) -> Sentence:
        return _("Tulis alasan pengembalian.")


@dataclass(eq=False)
class SeedOutOfRange(Refusal):
    code: ClassVar[str] = "seed_out_of_range"

    seed: int

    def said(self) -> Sentence:
        return _("Nomor undian harus bilangan bulat dari 0 sampai 9223372036854775807.")


@dataclass(eq=False)
class NothingArranged(Refusal):
    code: ClassVar[str] = "nothing_arranged"

    def said(self) -> Sentence:
        return _("Belum ada yang diubah dari susunan sekarang.")


@dataclass(eq=False)
class AnswerMoved(Refusal):
    """People or facts changed between looking and keeping: what was seen is no longer what would be kept."""

    code: ClassVar[str] = "answer_moved"

    number: int

    def said(self) -> Sentence:
        return _(
            "Data calon seleksi ke-%(number)s berubah sejak dihitung, jadi hasilnya lain. Jalankan seleksi "
            "lagi, lalu hitung susunannya.",
            number=self.number,
        )


@dataclass(eq=False)
class RulesMoved(Refusal):
    """The programme has other rules than the round was run by: somebody kept another arrangement."""

    code: ClassVar[str] = "rules_moved"

    number: int

    def said(self) -> Sentence:
        return _(
            "Aturan program berubah sesudah seleksi ke-%(number)s. Jalankan seleksi lagi dengan aturan sekarang.",
            number=self.number,
        )


@dataclass(eq=False)
class CeilingBelowSpent(Refusal):
    code: ClassVar[str] = "ceiling_below_spent"

    line: str
    ceiling_rp: Rupiah
    spent_rp: Rupiah

    def said(self) -> Sentence:
        return _(
            "Pagu %(line)s %(ceiling_rp)s lebih kecil dari %(spent_rp)s yang sudah ditetapkan dengan SK.",
            line=self.line,
            ceiling_rp=Rp(self.ceiling_rp),
            spent_rp=Rp(self.spent_rp),
        )
