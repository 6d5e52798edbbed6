"""The ways the book of law says no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from naung.refusal import Refusal
from naung.rules.periods import date_id


@dataclass(eq=False)
class QuestionUnknown(Refusal):
    """A decision must answer a question that the law leaves open, with one of its answers."""

    code: ClassVar[str] = "question_unknown"

    question: str
    answer: str

    def __str__(self) -> str:
        return f"«{self.answer}» bukan jawaban yang tersedia untuk pertanyaan «{self.question}»."


@dataclass(eq=False)
class DecisionDiffers(Refusal):
    """The same question was answered otherwise from the same day."""

    code: ClassVar[str] = "decision_differs"

    question: str
    answer: str

    def __str__(self) -> str:
        return (
            f"Pertanyaan «{self.question}» sudah dijawab «{self.answer}» mulai hari yang sama."
            " Catat keputusan baru mulai hari lain."
        )


@dataclass(eq=False)
class DecisionNeedsBasis(Refusal):
    code: ClassVar[str] = "decision_needs_basis"

    question: str

    def __str__(self) -> str:
        return "Tulis surat atau risalah yang memuat keputusan ini."


@dataclass(eq=False)
class DecisionHasNoDays(Refusal):
    """A decision must hold for at least a day."""

    code: ClassVar[str] = "decision_has_no_days"

    valid_from: date
    valid_until: date

    def __str__(self) -> str:
        return f"Keputusan yang berlaku sejak {date_id(self.valid_from)} harus berakhir sesudah hari itu."


@dataclass(eq=False)
class LineUnknown(Refusal):
    """The law has no line of this parameter that begins on this day."""

    code: ClassVar[str] = "law_line_unknown"

    key: str
    start: date

    def __str__(self) -> str:
        return f"Tidak ada ketentuan «{self.key}» yang mulai berlaku {date_id(self.start)}."


@dataclass(eq=False)
class CheckNeedsDocument(Refusal):
    code: ClassVar[str] = "law_check_needs_document"

    key: str

    def __str__(self) -> str:
        return "Tulis dokumen yang Anda baca, misalnya nomor lembaran negaranya."


@dataclass(eq=False)
class CheckNeedsWords(Refusal):
    """Whoever finds a difference says what the gazette says; whoever finds none has nothing to add."""

    code: ClassVar[str] = "law_check_needs_words"

    key: str

    def __str__(self) -> str:
        return "Tulis bunyi lembaran negara bila berbeda, dan kosongkan bila sesuai."


@dataclass(eq=False)
class CheckInTheFuture(Refusal):
    code: ClassVar[str] = "law_check_in_the_future"

    checked_on: date

    def __str__(self) -> str:
        return f"Pemeriksaan tidak dapat terjadi sesudah hari ini ({date_id(self.checked_on)})."
