"""What the interface answers, for its OpenAPI document."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Both(BaseModel):
    """The same words in Indonesian and English."""

    id: str
    en: str


class Origin(BaseModel):
    """Where a line of the law comes from, since when and until which last day, and how sure we are."""

    instrument: str | None
    article: str | None
    article_confidence: str | None
    in_force_from: str | None
    in_force_to: str | None = Field(description="Last day; null where no end is known.")
    known_from: str | None
    confidence: str | None = Field(description="found, recalled (not yet read in the gazette), checked or scenario.")
    date_confidence: str | None
    sources: list[dict[str, str]]
    checked_by: str | None
    checked_on: str | None


class Line(Origin):
    """One dated line of a parameter."""

    value: Any = Field(description="Money in whole rupiah; a rate as text.")
    in_force: bool
    note: str


class ParameterNow(Origin):
    """One number of the law on a day; value and origin are null where the law is silent."""

    key: str
    label: str
    label_en: str
    programme: str
    segment: str
    kind: str
    unit: str
    applies_by: str
    value: Any = Field(description="Money in whole rupiah; a rate as text.")
    since: str | None
    source: str | None


class Parameters(BaseModel):
    """Parameters on a day."""

    on: str
    count: int
    parameters: list[ParameterNow]


class ParameterThroughTime(ParameterNow):
    """One parameter on a day, with its lines through time, oldest first."""

    on: str
    timeline: list[Line]


class QuestionAnswer(BaseModel):
    """One answer to an open question, with who gives it."""

    code: str
    words: Both
    given_by: str


class OpenQuestion(BaseModel):
    """A point that the law leaves open."""

    code: str
    words: Both
    answers: list[QuestionAnswer]
    note: str


class Questions(BaseModel):
    """Every open question."""

    questions: list[OpenQuestion]


class Answered(BaseModel):
    """A result: its total, its named parts (they differ by segment and programme), and how it came about."""

    model_config = ConfigDict(extra="allow")

    total: int = Field(description="Whole rupiah.")
    recalled: bool = Field(description="A number used here was not yet read in the gazette.")
    inferred: bool = Field(description="A step is our reading and not the words of the law.")
    explanation: dict[str, Any]
    both_ways: dict[str, list[dict[str, Any]]] = Field(
        description="For each open question met: what each answer gives."
    )


class Refused(BaseModel):
    """A rule says no: `code` never changes, `message` is Indonesian, `facts` led to it."""

    code: str
    message: str
    facts: dict[str, Any]


class Undecided(Refused):
    """The law leaves open what decides the result: the question, its answers, and what each would give."""

    needs_decision: dict[str, Any]
    both_ways: dict[str, list[dict[str, Any]]]
