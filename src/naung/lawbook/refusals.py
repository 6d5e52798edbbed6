"""The ways the book of law says no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from naung.refusal import Refusal
from naung.saying import Sentence
from naung.saying import sentence as _


@dataclass(eq=False)
class QuestionUnknown(Refusal):
    """A decision must answer a question that the law leaves open, with one of its answers."""

    code: ClassVar[str] = "question_unknown"

    question: str
    answer: str

    def said(self) -> Sentence:
        return _(
            "«%(answer)s» bukan jawaban yang tersedia untuk pertanyaan «%(question)s».",
            answer=self.answer,
            question=self.question,
        )


@dataclass(eq=False)
class DecisionDiffers(Refusal):
    """The same question was answered otherwise from the same day."""

    code: ClassVar[str] = "decision_differs"

    question: str
    answer: str

    def said(self) -> Sentence:
        return _(
            "Pertanyaan «%(question)s» sudah dijawab «%(answer)s» mulai hari yang sama. Catat keputusan "
            "baru mulai hari lain.",
            question=self.question,
            answer=self.answer,
        )


@dataclass(eq=False)
class DecisionNeedsBasis(Refusal):
    code: ClassVar[str] = "decision_needs_basis"

    question: str

    def said(self) -> Sentence:
        return _("Tulis surat atau risalah yang memuat keputusan ini.")


@dataclass(eq=False)
class DecisionHasNoDays(Refusal):
    """A decision must hold for at least a day."""

    code: ClassVar[str] = "decision_has_no_days"

    valid_from: date
    valid_until: date

    def said(self) -> Sentence:
        return _(
            "Keputusan yang berlaku sejak %(valid_from)s harus berakhir sesudah hari itu.",
            valid_from=self.valid_from,
        )


@dataclass(eq=False)
class LineUnknown(Refusal):
    """The law has no line of this parameter that begins on this day."""

    code: ClassVar[str] = "law_line_unknown"

    key: str
    start: date

    def said(self) -> Sentence:
        return _(
            "Tidak ada ketentuan «%(key)s» yang mulai berlaku %(start)s.",
            key=self.key,
            start=self.start,
        )


@dataclass(eq=False)
class CheckNeedsDocument(Refusal):
    code: ClassVar[str] = "law_check_needs_document"

    key: str

    def said(self) -> Sentence:
        return _("Tulis dokumen yang Anda baca, misalnya nomor lembaran negaranya.")


@dataclass(eq=False)
class CheckNeedsWords(Refusal):
    """Whoever finds a difference says what the gazette says; whoever finds none has nothing to add."""

    code: ClassVar[str] = "law_check_needs_words"

    key: str

    def said(self) -> Sentence:
        return _("Tulis bunyi lembaran negara bila berbeda, dan kosongkan bila sesuai.")


@dataclass(eq=False)
class CheckInTheFuture(Refusal):
    code: ClassVar[str] = "law_check_in_the_future"

    checked_on: date

    def said(self) -> Sentence:
        return _(
            "Pemeriksaan tidak dapat terjadi sesudah hari ini (%(checked_on)s).",
            checked_on=self.checked_on,
        )
