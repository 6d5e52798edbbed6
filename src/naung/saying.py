"""Sentences that the domain says to people: one Indonesian template, which is also the key of its translation.

The law and the columns know no Django, so they cannot translate. They hand over the template and the facts; whoever
stands at the edge has them told in the language of the reader (`speak`). Until then they are told in Indonesian.

    from naung.saying import Rp, Sentence, sentence as _

    _("Pembayaran %(amount)s melebihi sisa tagihan %(outstanding)s.", amount=Rp(5), outstanding=Rp(4))

The name `_` is what the gettext tools look for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

MONTHS = {
    "id": (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
_OR = {"id": "atau", "en": "or"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template with `%(name)s` holes, and what goes into them."""

    template: str
    facts: Mapping[str, Any]

    def __str__(self) -> str:
        return self.told(_language(), _translate)

    def told(self, language: str, translate: Callable[[str], str]) -> str:
        """In one language; `translate` knows the template in it, or gives it back."""
        words = translate(self.template)
        if not self.facts:
            return words
        return words % {name: written(value, language, translate) for name, value in self.facts.items()}


def sentence(template: str, **facts: Any) -> Sentence:
    """A sentence to be told later. Dates are written as days, tuples as lists, whole numbers without grouping."""
    return Sentence(template, facts)


def gettext_noop(text: str) -> str:
    """`text` itself, marked for the gettext tools by this name: a part of a sentence, to be told through `Known`."""
    return text


@dataclass(frozen=True, slots=True)
class Rp:
    """Whole rupiah."""

    amount: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many: thousands are grouped."""

    number: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month by its first day."""

    day: date


@dataclass(frozen=True, slots=True)
class Months:
    """From one month to another, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Percent:
    """Out of a hundred, exactly."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Either:
    """One of several."""

    choices: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """Several faults in one sentence."""

    parts: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Both:
    """Words that stand in both languages where they are written."""

    id: str
    en: str

    def in_language(self, language: str) -> str:
        return (self.en or self.id) if language == "en" else self.id


@dataclass(frozen=True, slots=True)
class Known:
    """Words that the catalogue knows, or that stay as they are."""

    words: str


def written(value: Any, language: str, translate: Callable[[str], str]) -> str:
    """One fact, in words of the language."""
    tongue = "en" if language.lower().startswith("en") else "id"
    match value:
        case Sentence():
            return value.told(language, translate)
        case Known():
            return translate(value.words) if value.words else ""
        case Rp():
            return f"{'-' if value.amount < 0 else ''}Rp{_grouped(abs(value.amount), tongue)}"
        case Count():
            return _grouped(value.number, tongue)
        case Percent():
            exact = f"{value.value.normalize():f}%"
            return exact.replace(".", ",") if tongue == "id" else exact
        case Month():
            return _month(value.day, tongue)
        case Months():
            first, last = _month(value.first, tongue), _month(value.last, tongue)
            return first if first == last else f"{first} – {last}"
        case Either():
            *most, end = (written(one, language, translate) for one in value.choices)
            return f"{', '.join(most)} {_OR[tongue]} {end}" if most else end
        case Joined():
            return "; ".join(written(one, language, translate) for one in value.parts)
        case date():
            return f"{value.day} {_month(value, tongue)}"
        case str() | int():
            return str(value)
        case _ if hasattr(value, "in_language"):  # Both, and the Words of an explanation
            return str(value.in_language(tongue))
        case Iterable():
            return ", ".join(written(one, language, translate) for one in value)
        case _:
            return str(value)


def _month(day: date, tongue: str) -> str:
    return f"{MONTHS[tongue][day.month - 1]} {day.year}"


def _grouped(number: int, tongue: str) -> str:
    grouped = f"{number:,}"
    return grouped.replace(",", ".") if tongue == "id" else grouped


# --- the edge --------------------------------------------------------------------------------------

_language: Callable[[], str] = lambda: "id"  # noqa: E731 - what `speak` replaces
_translate: Callable[[str], str] = str


def speak(*, language: Callable[[], str], translate: Callable[[str], str]) -> None:
    """From now on sentences are told in the language that `language` answers, with the words of `translate`."""
    global _language, _translate
    _language, _translate = language, translate
