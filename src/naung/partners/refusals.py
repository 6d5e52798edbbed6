"""The ways the register of employers and the pledges say no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from naung.refusal import Refusal
from naung.saying import Sentence
from naung.saying import sentence as _


@dataclass(eq=False)
class NoEmployers(Refusal):
    """A file without a table of employers."""

    code: ClassVar[str] = "employers_none_in_file"

    file: str

    def said(self) -> Sentence:
        return _(
            "Berkas ini tidak berisi daftar pemberi kerja. Beri judul kolom, sedikitnya Nama perusahaan dan satu kolom"
            " lain, lalu kirim ulang."
        )


@dataclass(eq=False)
class OneRegionNeeded(Refusal):
    """Employers are kept by regency: somebody whose territory is wider takes in no list."""

    code: ClassVar[str] = "employers_of_one_region"

    def said(self) -> Sentence:
        return _("Daftar pemberi kerja diunggah oleh petugas satu kabupaten/kota.")


@dataclass(eq=False)
class EmployerAlreadyThere(Refusal):
    """The registration or the name is one's already."""

    code: ClassVar[str] = "employer_already_there"

    name: str

    def said(self) -> Sentence:
        return _("%(name)s sudah ada di daftar. Buka catatannya dan tambahkan laporan baru di sana.", name=self.name)


@dataclass(eq=False)
class ReportSaysNothing(Refusal):
    code: ClassVar[str] = "employer_report_empty"

    def said(self) -> Sentence:
        return _("Isi sedikitnya satu hal: jumlah pekerja, program yang diikuti, atau ukuran usaha.")


@dataclass(eq=False)
class ReportOfTomorrow(Refusal):
    """A fact cannot be of a day that has not come."""

    code: ClassVar[str] = "employer_report_future"

    day: date

    def said(self) -> Sentence:
        return _("Tanggal %(day)s belum tiba. Isi tanggal keadaan data itu.", day=self.day)


@dataclass(eq=False)
class DueBeforeAct(Refusal):
    code: ClassVar[str] = "approach_due_before"

    def said(self) -> Sentence:
        return _("Tenggat tindak lanjut harus pada atau sesudah tanggal surat atau kunjungan.")


@dataclass(eq=False)
class DonorMissing(Refusal):
    code: ClassVar[str] = "pledge_donor_missing"

    def said(self) -> Sentence:
        return _("Pilih donatur yang sudah ada, atau isi nama donatur baru.")


@dataclass(eq=False)
class ReasonMissing(Refusal):
    """A pledge without a PKS says why."""

    code: ClassVar[str] = "pledge_reason_missing"

    def said(self) -> Sentence:
        return _("Pilih PKS yang mendasari komitmen ini, atau isi mengapa belum ada PKS.")


@dataclass(eq=False)
class OfAnotherDonor(Refusal):
    """The funding line or the PKS belongs to somebody else."""

    code: ClassVar[str] = "pledge_of_another"

    thing: str

    def said(self) -> Sentence:
        return _("%(thing)s bukan atas nama donatur ini. Pilih yang atas namanya.", thing=self.thing)


@dataclass(eq=False)
class LineTaken(Refusal):
    code: ClassVar[str] = "pledge_line_taken"

    line: str

    def said(self) -> Sentence:
        return _("Sumber dana %(line)s sudah menjadi komitmen lain. Pilih sumber dana lain.", line=self.line)


@dataclass(eq=False)
class RunningNotCancelled(Refusal):
    code: ClassVar[str] = "pledge_running"

    def said(self) -> Sentence:
        return _("Komitmen ini sudah menjadi sumber dana program dan tidak dapat dibatalkan di sini.")


@dataclass(eq=False)
class PledgeClosed(Refusal):
    """A cancelled pledge changes no more."""

    code: ClassVar[str] = "pledge_closed"

    def said(self) -> Sentence:
        return _("Komitmen ini sudah dibatalkan. Catat komitmen baru bila donatur kembali berjanji.")


@dataclass(eq=False)
class WorkerPaired(Refusal):
    """A worker has one giver at a time."""

    code: ClassVar[str] = "worker_paired"

    def said(self) -> Sentence:
        return _("Pekerja ini sudah berpasangan dengan pemberi lain. Pilih pekerja lain.")


@dataclass(eq=False)
class GiverFull(Refusal):
    """A giver pays for so many people and no more."""

    code: ClassVar[str] = "giver_full"

    people: int

    def said(self) -> Sentence:
        return _(
            "Pemberi ini menanggung %(n)s pekerja dan semuanya sudah berpasangan. Naikkan jumlahnya lebih dulu.",
            n=self.people,
        )


@dataclass(eq=False)
class NotCoveredByDonor(Refusal):
    """Only a worker enrolled with this donor's money, today, can be paired."""

    code: ClassVar[str] = "worker_not_of_donor"

    def said(self) -> Sentence:
        return _("Pekerja ini tidak terdaftar dengan dana donatur ini pada hari itu. Pilih pekerja lain.")


@dataclass(eq=False)
class NoGivers(Refusal):
    code: ClassVar[str] = "givers_none_in_file"

    def said(self) -> Sentence:
        return _("Berkas ini tidak berisi daftar pemberi. Beri judul kolom Nama, Unit kerja, dan Jumlah pekerja.")
