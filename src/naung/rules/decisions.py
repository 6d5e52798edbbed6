"""What the law leaves open, and what a region has decided about it.

Where the sources are silent or contradict each other Naung does not guess: it raises `NeedsDecision`
with the question and the answers that sources give. A region's recorded decision, with its dates and
its document, is passed in as data and answers the question from its first day on.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import ClassVar

import yaml

from naung.refusal import Refusal
from naung.saying import Both, Joined, Sentence
from naung.saying import sentence as _


@dataclass(frozen=True, slots=True)
class Answer:
    """One possible answer, in words, with who gives it."""

    code: str
    words: str
    given_by: str
    words_en: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A point that the law leaves open, under a code that never changes."""

    code: str
    words: str
    answers: tuple[Answer, ...]
    note: str = ""
    words_en: str = ""


@dataclass(eq=False)
class NeedsDecision(Refusal):
    """The law is unsettled here; a person with the authority to decide has to answer first."""

    code: ClassVar[str] = "needs_decision"

    question_code: str
    question: str
    answers: tuple[Answer, ...]

    def said(self) -> Sentence:
        return _(
            "Perlu keputusan daerah (%(question_code)s): %(question)s Pilihan: %(choices)s.",
            question_code=self.question_code,
            question=Both(self.question, question(self.question_code).words_en),
            choices=Joined(
                tuple(
                    Both(f"{one.code}: {one.words}", f"{one.code}: {one.words_en or one.words}") for one in self.answers
                )
            ),
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """A region's answer to one question, from `start` until `until` (the first day it no longer holds)."""

    question_code: str
    answer: str
    start: date
    until: date | None = None
    document: str = ""

    def __post_init__(self) -> None:
        allowed = {answer.code for answer in question(self.question_code).answers}
        if self.answer not in allowed:
            raise ValueError(f"{self.question_code}: {self.answer!r} is none of the answers {sorted(allowed)}.")

    def holds_on(self, day: date) -> bool:
        return self.start <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions of one region. Of two that hold on the same day the later one counts."""

    taken: tuple[Decision, ...] = ()

    def __post_init__(self) -> None:
        begun = [(one.question_code, one.start) for one in self.taken]
        if len(begun) != len(set(begun)):
            raise ValueError("Two decisions answer the same question from the same day.")

    def find(self, question_code: str, on: date) -> Decision | None:
        holding = [one for one in self.taken if one.question_code == question_code and one.holds_on(on)]
        return max(holding, key=lambda one: one.start, default=None)

    def answering(self, question_code: str, answer: str) -> "Decisions":
        """The same decisions, but for this answer to one question: to show what it would give."""
        others = tuple(one for one in self.taken if one.question_code != question_code)
        return Decisions((*others, Decision(question_code, answer, date.min, None, "andaian")))

    def require(self, question_code: str, on: date) -> str:
        """The answer in force on a day. Raises NeedsDecision when there is none."""
        if decision := self.find(question_code, on):
            return decision.answer
        asked = question(question_code)
        raise NeedsDecision(asked.code, asked.words, asked.answers)


UNDECIDED = Decisions()


@cache
def questions() -> dict[str, Question]:
    """Every open question by its code, from `questions.yaml`."""
    raw = yaml.safe_load(files("naung.rules").joinpath("questions.yaml").read_text(encoding="utf-8"))
    return {
        code: Question(
            code=code,
            words=entry["words"],
            answers=tuple(Answer(**answer) for answer in entry["answers"]),
            note=entry.get("note", ""),
            words_en=entry.get("words_en", ""),
        )
        for code, entry in raw.items()
    }


def question(code: str) -> Question:
    """The open question with this code; an unknown code is our own mistake (KeyError)."""
    return questions()[code]
