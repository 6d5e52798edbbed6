"""The ways papers say no. None of them names a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naung.refusal import Refusal
from naung.saying import Sentence
from naung.saying import sentence as _


@dataclass(eq=False)
class NumberTaken(Refusal):
    """A number is one paper's in its region, kind and year."""

    code: ClassVar[str] = "paper_number_taken"

    number: str
    year: int

    def said(self) -> Sentence:
        return _(
            "Nomor %(number)s sudah dipakai naskah sejenis pada tahun %(year)s. Pakai nomor lain.",
            number=self.number,
            year=self.year,
        )


@dataclass(eq=False)
class NumberMissing(Refusal):
    """Nobody gave a number and the region has no pattern for this kind."""

    code: ClassVar[str] = "paper_number_missing"

    def said(self) -> Sentence:
        return _("Isi nomor naskah. Daerah Anda belum memilih pola nomor untuk jenis naskah ini.")


@dataclass(eq=False)
class NumberTooLong(Refusal):
    code: ClassVar[str] = "paper_number_too_long"

    most: int

    def said(self) -> Sentence:
        return _("Nomor paling banyak %(most)s huruf.", most=self.most)


@dataclass(eq=False)
class FieldsMissing(Refusal):
    """A paper does not leave with a gap in it."""

    code: ClassVar[str] = "paper_fields_missing"

    names: tuple[str, ...]

    def said(self) -> Sentence:
        return _("Belum diisi: %(names)s. Lengkapi dahulu, lalu terbitkan.", names="; ".join(self.names))


@dataclass(eq=False)
class StillWanting(Refusal):
    """The thing itself is not ready for this paper."""

    code: ClassVar[str] = "paper_still_wanting"

    #: A whole sentence.
    what: Sentence

    def said(self) -> Sentence:
        return _("%(words)s", words=self.what)


@dataclass(eq=False)
class ContentsChanged(Refusal):
    """What would be printed is not what the person saw."""

    code: ClassVar[str] = "paper_contents_changed"

    def said(self) -> Sentence:
        return _("Isi naskah berubah sejak Anda membukanya. Periksa lagi, lalu terbitkan.")


@dataclass(eq=False)
class AlreadyIssued(Refusal):
    """There is one paper of a kind about a thing; another one replaces it."""

    code: ClassVar[str] = "paper_already_issued"

    number: str

    def said(self) -> Sentence:
        return _(
            "Naskah ini sudah terbit dengan nomor %(number)s. Terbitkan versi baru yang menggantikannya.",
            number=self.number,
        )


@dataclass(eq=False)
class AlreadyReplaced(Refusal):
    """Only the newest version can be replaced."""

    code: ClassVar[str] = "paper_already_replaced"

    number: str

    def said(self) -> Sentence:
        return _("Naskah nomor %(number)s sudah digantikan. Gantikan versi yang terbaru.", number=self.number)


@dataclass(eq=False)
class ReplacesAnother(Refusal):
    """A version takes the place of a paper of its own kind, about its own thing."""

    code: ClassVar[str] = "paper_replaces_another"

    def said(self) -> Sentence:
        return _("Versi baru hanya menggantikan naskah sejenis tentang hal yang sama.")


@dataclass(eq=False)
class AlreadyWithdrawn(Refusal):
    code: ClassVar[str] = "paper_already_withdrawn"

    number: str

    def said(self) -> Sentence:
        return _("Naskah nomor %(number)s sudah ditarik.", number=self.number)


@dataclass(eq=False)
class ReasonMissing(Refusal):
    """A paper is withdrawn for a reason that others can read."""

    code: ClassVar[str] = "paper_reason_missing"

    def said(self) -> Sentence:
        return _("Isi alasan penarikan, paling sedikit sepuluh huruf.")


@dataclass(eq=False)
class TemplateRefused(Refusal):
    """A template that could not be filled is not taken."""

    code: ClassVar[str] = "paper_template_refused"

    fault: Sentence

    def said(self) -> Sentence:
        return self.fault


@dataclass(eq=False)
class ProposalGone(Refusal):
    """What would be put in force is not the template that somebody looked at."""

    code: ClassVar[str] = "paper_proposal_gone"

    def said(self) -> Sentence:
        return _("Templat yang Anda lihat sudah diganti atau dibuang. Lihat yang sekarang, lalu pakai.")


@dataclass(eq=False)
class TemplateIsShipped(Refusal):
    """There is nothing of one's own to go back from."""

    code: ClassVar[str] = "paper_template_is_shipped"

    def said(self) -> Sentence:
        return _("Jenis naskah ini sudah memakai templat bawaan.")


@dataclass(eq=False)
class KindUnknown(Refusal):
    code: ClassVar[str] = "paper_kind_unknown"

    kind: str

    def said(self) -> Sentence:
        return _("Pilih jenis naskah dari daftar.")


@dataclass(eq=False)
class SubjectUnknown(Refusal):
    """What the paper would be about is not there, or not for this person."""

    code: ClassVar[str] = "paper_subject_unknown"

    def said(self) -> Sentence:
        return _("Pilih tentang apa naskah ini dari daftar.")


@dataclass(eq=False)
class PaperUnknown(Refusal):
    """No paper of this code, or none that the person sees: one sentence for both."""

    code: ClassVar[str] = "paper_unknown"

    def said(self) -> Sentence:
        return _("Tidak ada naskah dengan kode itu. Periksa kodenya pada naskah.")
