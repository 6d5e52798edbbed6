from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from naung.refusal import Refusal
from naung.saying import Joined, Known, Sentence
from naung.saying import sentence as _


@dataclass(eq=False)
class TermReversed(Refusal):
    """An agreement that would end before it starts."""

    code: ClassVar[str] = "term_reversed"

    def said(self) -> Sentence:
        return _("Masa berlaku berakhir sebelum mulai. Periksa kedua tanggalnya.")


@dataclass(eq=False)
class EndOutsideTerm(Refusal):
    """A paper in force holds for a day at least, and no longer than its term."""

    code: ClassVar[str] = "end_outside_term"

    first: date
    last: date

    def said(self) -> Sentence:
        return _("Hari terakhir berlaku paling awal %(first)s dan paling akhir %(last)s. Periksa tanggalnya.",
                 first=self.first, last=self.last)  # fmt: skip


@dataclass(eq=False)
class AgreementThere(Refusal):
    """A second Nota Kesepakatan of the same title and day."""

    code: ClassVar[str] = "agreement_there"

    title: str

    def said(self) -> Sentence:
        return _(
            "«%(title)s» dengan tanggal tanda tangan yang sama sudah ada. Belum ada yang tersimpan: ubah naskah yang "
            "ada, atau beri judul lain.",
            title=self.title,
        )


@dataclass(eq=False)
class NotReady(Refusal):
    """A stage asks for facts that are not there: nothing is in force without numbers, day and term."""

    code: ClassVar[str] = "agreement_not_ready"

    title: str
    missing: tuple[Known, ...]

    def said(self) -> Sentence:
        return _(
            "%(title)s belum dapat berpindah tahap: %(missing)s belum diisi.", title=self.title, missing=self.missing
        )


@dataclass(eq=False)
class StageGoesBack(Refusal):
    """What was signed does not become a draft again."""

    code: ClassVar[str] = "stage_goes_back"

    title: str

    def said(self) -> Sentence:
        return _(
            "%(title)s sudah ditandatangani, jadi tidak kembali ke tahap sebelumnya. Ubah dengan adendum, atau akhiri.",
            title=self.title,
        )


@dataclass(eq=False)
class ReasonNeeded(Refusal):
    """A step back, or an end, needs its reason."""

    code: ClassVar[str] = "reason_needed"

    def said(self) -> Sentence:
        return _("Isi alasannya, supaya perangkat daerah tahu apa yang harus diperbaiki.")


@dataclass(eq=False)
class DayAhead(Refusal):
    """Something that happened cannot have happened tomorrow."""

    code: ClassVar[str] = "day_ahead"

    day: date

    def said(self) -> Sentence:
        return _("Tanggal %(day)s belum tiba. Isi tanggal hari ini atau sebelumnya.", day=self.day)


@dataclass(eq=False)
class NumberUsed(Refusal):
    """A number that another paper of the region has."""

    code: ClassVar[str] = "number_used"

    number: str
    title: str

    def said(self) -> Sentence:
        return _("Nomor %(number)s sudah dipakai %(title)s. Periksa nomornya.", number=self.number, title=self.title)


@dataclass(eq=False)
class Overlapping(Refusal):
    """Two PKS of one office for one programme and segment in the same days."""

    code: ClassVar[str] = "pks_overlaps"

    office: str
    programme: str
    title: str

    def said(self) -> Sentence:
        return _(
            "%(office)s sudah punya PKS untuk %(programme)s pada masa yang sama: %(title)s. Ubah masa berlaku, atau "
            "akhiri yang lama lebih dahulu.",
            office=self.office,
            programme=self.programme,
            title=self.title,
        )


@dataclass(eq=False)
class SignedStays(Refusal):
    """Terms of a signed paper change by an addendum, not by editing."""

    code: ClassVar[str] = "signed_stays"

    title: str

    def said(self) -> Sentence:
        return _(
            "%(title)s sudah ditandatangani. Isinya berubah dengan adendum, bukan dengan mengubah naskah.",
            title=self.title,
        )


@dataclass(eq=False)
class ObligationStays(Refusal):
    """What a party of a signed paper owes changes by an addendum."""

    code: ClassVar[str] = "obligation_stays"

    title: str

    def said(self) -> Sentence:
        return _(
            "%(title)s sudah ditandatangani, jadi kewajiban di dalamnya tetap. Ubah dengan adendum, atau tambahkan "
            "sebagai rencana kerja.",
            title=self.title,
        )


@dataclass(eq=False)
class TaskChangedMeanwhile(Refusal):
    """Somebody else worded the task anew since this person opened the page. Nothing was written."""

    code: ClassVar[str] = "task_changed_meanwhile"

    now: str

    def said(self) -> Sentence:
        return _(
            "Tugas ini diubah orang lain sejak Anda membuka halaman ini, menjadi «%(now)s». Belum ada yang tertimpa: "
            "periksa, lalu simpan lagi bila isian Anda yang benar.",
            now=self.now,
        )


@dataclass(eq=False)
class NotInForce(Refusal):
    """Only a paper in force can be amended or ended."""

    code: ClassVar[str] = "not_in_force"

    title: str

    def said(self) -> Sentence:
        return _(
            "%(title)s belum berlaku, jadi belum dapat diubah dengan adendum. Ubah naskahnya saja.", title=self.title
        )


@dataclass(eq=False)
class AddendumOutOfOrder(Refusal):
    """An addendum from a day before an earlier one, or outside the term."""

    code: ClassVar[str] = "addendum_out_of_order"

    earliest: date

    def said(self) -> Sentence:
        return _("Adendum berlaku paling awal %(earliest)s: sebelum itu isinya sudah tetap.", earliest=self.earliest)


@dataclass(eq=False)
class NothingChanges(Refusal):
    """An addendum that says what is said already."""

    code: ClassVar[str] = "nothing_changes"

    def said(self) -> Sentence:
        return _("Tidak ada yang berubah. Isi paling sedikit satu hal yang diubah.")


@dataclass(eq=False)
class NotYours(Refusal):
    """A person who may not write this paper, or not this step."""

    code: ClassVar[str] = "agreement_not_yours"

    def said(self) -> Sentence:
        return _(
            "Anda hanya dapat mengubah PKS kantor Anda sendiri, sampai telaah hukum. "
            "Langkah berikutnya oleh Bagian Hukum."
        )


@dataclass(frozen=True)
class Conflict:
    """One field that two people changed: what it was, what the other wrote, what this person wrote."""

    field: str
    was: Any
    theirs: Any
    yours: Any
    by: str
    at: Any


@dataclass(eq=False)
class EditedMeanwhile(Refusal):
    """Somebody else changed the same field since this person opened the page. Nothing was written."""

    code: ClassVar[str] = "edited_meanwhile"

    by: str
    conflicts: tuple[Conflict, ...] = ()
    revision: int = 0

    def said(self) -> Sentence:
        return _(
            "%(by)s mengubah hal yang sama sejak Anda membuka halaman ini. Belum ada yang tertimpa: "
            "pilih isi yang benar.",
            by=self.by,
        )


@dataclass(eq=False)
class ChangedMeanwhile(Refusal):
    """Somebody else changed the paper since this person opened the page of its stage or addendum. Nothing was written.

    `revision` is the one that the person sees from now on.
    """

    code: ClassVar[str] = "changed_meanwhile"

    by: str
    revision: int

    def said(self) -> Sentence:
        return _(
            "%(by)s mengubah naskah ini sejak Anda membuka halaman ini. Belum ada yang tersimpan. Isian Anda tetap "
            "ada, isi lain sudah yang terbaru: periksa, lalu simpan lagi.",
            by=self.by,
        )


@dataclass(eq=False)
class EvidenceStays(Refusal):
    """A file that a step of a paper names as its evidence."""

    code: ClassVar[str] = "evidence_stays"

    title: str

    def said(self) -> Sentence:
        return _("%(title)s adalah bukti sebuah tahap, jadi tidak dapat dilepas.", title=self.title)


@dataclass(eq=False)
class FileRefused(Refusal):
    """An attachment that is not what it claims, or not something we keep."""

    code: ClassVar[str] = "attachment_refused"

    why: Sentence

    def said(self) -> Sentence:
        return self.why


@dataclass(eq=False)
class InstrumentThere(Refusal):
    """A second entry of one instrument in the register of a region."""

    code: ClassVar[str] = "instrument_there"

    name: str

    def said(self) -> Sentence:
        return _("%(name)s sudah ada di daftar peraturan. Ubah yang ada.", name=self.name)


@dataclass(eq=False)
class FileUnreadable(Refusal):
    """A file of an agreement that says something we cannot take in; every fault with its place."""

    code: ClassVar[str] = "agreement_file"

    faults: tuple[Sentence, ...]

    def said(self) -> Sentence:
        return _("Berkas kesepakatan belum dapat dibaca: %(faults)s.", faults=Joined(self.faults))


@dataclass(eq=False)
class AgreementUnknown(Refusal):
    """No agreement of this number, or none that the person sees."""

    code: ClassVar[str] = "agreement_unknown"

    number: int

    def said(self) -> Sentence:
        return _("Kesepakatan %(number)s tidak ada, atau di luar wilayah Anda.", number=self.number)


@dataclass(eq=False)
class NotYourMeeting(Refusal):
    """A person of one office who would write the meeting of another."""

    code: ClassVar[str] = "meeting_not_yours"

    def said(self) -> Sentence:
        return _(
            "Anda hanya dapat mencatat dan mengubah pertemuan yang diselenggarakan kantor Anda sendiri. "
            "Pilih kantor Anda sebagai penyelenggara."
        )
