"""What surrounds the numbers of the law: meanings, instruments, contradictions, open points, traps.

Data in `background/*.yaml`, in Indonesian and English, with source addresses and how sure we are. It changes no
result; it says why a parameter is what it is, which question carries what the law leaves open, and which
parameters are shown for information because no computation needs them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import yaml

from naung.rules.dated import Confidence
from naung.rules.explaining import Words

_One = TypeVar("_One")


@dataclass(frozen=True, slots=True)
class Definition:
    """What a word of the law means, and where that is said."""

    code: str
    term: str
    words: Words
    legal: str
    sources: tuple[str, ...]
    confidence: Confidence
    entry: str
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """An instrument and what it is used for. The date may be only a month or a year."""

    instrument: str
    date: str
    words: Words
    sources: tuple[str, ...]
    confidence: Confidence
    entry: str
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says."""

    words: Words
    source: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sources that contradict each other, what is used here, and the parameters and questions that follow.

    Where neither follows, `why_none` says why.
    """

    code: str
    topic: Words
    says_a: Statement
    says_b: Statement
    advice: Words
    parameters: tuple[str, ...]
    questions: tuple[str, ...]
    entry: str
    why_none: Words | None = None


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """What no source settles. `questions` carry it; where there is none, `why_none` says why."""

    code: str
    words: Words
    parameters: tuple[str, ...]
    questions: tuple[str, ...]
    entry: str
    why_none: Words | None = None


@dataclass(frozen=True, slots=True)
class Pitfall:
    """What is easily got wrong."""

    code: str
    words: Words
    entry: str


@dataclass(frozen=True, slots=True)
class OfficialText:
    """Where the text of an instrument can be had, to check parameters against it."""

    instrument: str
    address: str


@cache
def definitions() -> tuple[Definition, ...]:
    """What the words of the law mean."""
    return _each("definitions", _definition)


@cache
def legal_bases() -> tuple[LegalBasis, ...]:
    """The instruments on which programmes, benefits and budgets stand."""
    return _each("legal_bases", _legal_basis)


@cache
def conflicts() -> tuple[Conflict, ...]:
    """Where two sources contradict each other."""
    return _each("conflicts", _conflict)


@cache
def open_points() -> tuple[OpenPoint, ...]:
    """What no source settles."""
    return _each("unresolved", _open_point)


@cache
def pitfalls() -> tuple[Pitfall, ...]:
    """What is easily got wrong."""
    return _each("pitfalls", lambda raw: Pitfall(raw["code"], _words(raw), raw["entry"]))


@cache
def official_texts() -> tuple[OfficialText, ...]:
    """The addresses of the official texts."""
    return _each("primary_documents", lambda raw: OfficialText(raw["instrument"], raw["address"]))


@cache
def informational() -> dict[str, Words]:
    """The parameters that no computation needs, by key, each with the reason why it is shown all the same."""
    return {key: Words(raw["id"], raw["en"]) for key, raw in _read("informational").items()}


def _definition(raw: dict[str, Any]) -> Definition:
    return Definition(
        code=raw["code"],
        term=raw["term"],
        words=_words(raw),
        legal=raw["legal"],
        sources=tuple(raw["source"]),
        confidence=Confidence(raw["confidence"]),
        entry=raw["entry"],
        note=_maybe(raw, "note"),
    )


def _legal_basis(raw: dict[str, Any]) -> LegalBasis:
    return LegalBasis(
        instrument=raw["instrument"],
        date=raw["date"],
        words=_words(raw),
        sources=tuple(raw["source"]),
        confidence=Confidence(raw["confidence"]),
        entry=raw["entry"],
        note=_maybe(raw, "note"),
    )


def _conflict(raw: dict[str, Any]) -> Conflict:
    return Conflict(
        code=raw["code"],
        topic=_words(raw, "topic"),
        says_a=Statement(_words(raw["says_a"]), raw["says_a"]["source"]),
        says_b=Statement(_words(raw["says_b"]), raw["says_b"]["source"]),
        advice=_words(raw, "advice"),
        parameters=tuple(raw["parameters"]),
        questions=tuple(raw["questions"]),
        entry=raw["entry"],
        why_none=_maybe(raw, "why_none"),
    )


def _open_point(raw: dict[str, Any]) -> OpenPoint:
    return OpenPoint(
        code=raw["code"],
        words=_words(raw),
        parameters=tuple(raw["parameters"]),
        questions=tuple(raw["questions"]),
        entry=raw["entry"],
        why_none=_maybe(raw, "why_none"),
    )


def _words(raw: dict[str, Any], name: str = "words") -> Words:
    return Words(raw[name], raw[f"{name}_en"])


def _maybe(raw: dict[str, Any], name: str) -> Words | None:
    return _words(raw, name) if name in raw else None


def _each(name: str, made: Callable[[dict[str, Any]], _One]) -> tuple[_One, ...]:
    return tuple(made(raw) for raw in _read(name))


def _read(name: str) -> Any:
    return yaml.safe_load(files("naung.rules").joinpath("background", f"{name}.yaml").read_text(encoding="utf-8"))
