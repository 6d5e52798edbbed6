"""One number of the law through time: its values, their dates, where each comes from."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar

from naung.refusal import Refusal
from naung.saying import Sentence
from naung.saying import sentence as _

Value = TypeVar("Value")


class Confidence(StrEnum):
    """How a value came to us."""

    FOUND = "found"
    RECALLED = "recalled"
    CHECKED = "checked"
    SCENARIO = "scenario"


@dataclass(frozen=True, slots=True)
class Source:
    """A page or file that says so."""

    ref: str
    address: str


# Longer words first: the shorter ones stand in them. The files keep the catalogue's own words, so that a reader can
# lay them beside it.
_IN_INDONESIAN = (
    ("regional rules; not a national BPU rule that we found", "peraturan daerah; aturan nasional tidak ditemukan"),
    ("form and practice of BPJS Ketenagakerjaan", "formulir dan praktik BPJS Ketenagakerjaan"),
    ("practice; no article found", "praktik; pasalnya tidak ditemukan"),
    ("replaced by PP 82/2019 Lamp. I", "diganti Lampiran I PP 82/2019"),
    ("and yearly BPJS TK circular", "dan surat edaran tahunan BPJS TK"),
    ("of 2026-02-25", "tanggal 25 Februari 2026"),
    ("BPJS TK circular", "surat edaran BPJS TK"),
    ("BPJS brochure 2026", "brosur BPJS 2026"),
    ("(employers only)", "(hanya pemberi kerja)"),
    ("(implementation)", "(pelaksanaan)"),
    ("BPJS practice", "praktik BPJS"),
    ("(amending ", "(mengubah "),
    (" and Lampiran", " dan Lampiran"),
)


@dataclass(frozen=True, slots=True)
class Citation:
    """Where one number of the law comes from, and how sure we are of it.

    `start` and `until` are the days between which it holds (`until` no longer), `known_from` the day from
    which people could know it (its promulgation; None: the day it began to hold).
    """

    key: str
    label: str
    start: date
    until: date | None
    instrument: str
    article: str | None
    article_confidence: str
    confidence: Confidence
    date_confidence: str
    sources: tuple[Source, ...]
    entry: str = ""
    describes: str = ""
    stated_as: str = ""
    note: str = ""
    label_en: str = ""
    known_from: date | None = None
    until_known_from: date | None = None
    checked_by: str = ""
    checked_on: date | None = None

    @property
    def recalled(self) -> bool:
        """The value was remembered, not read, and nobody has checked it: every result that depends on it says so."""
        return self.confidence is Confidence.RECALLED

    def words_id(self) -> str:
        """`PP 44/2015, Pasal 18`; what the catalogue says in English beside the instrument is said in Indonesian."""
        words = self.words_en()
        for english, indonesian in _IN_INDONESIAN:
            words = words.replace(english, indonesian)
        return words

    def words_en(self) -> str:
        """Instrument and article as the catalogue writes them."""
        return f"{self.instrument}, {self.article}" if self.article else self.instrument


@dataclass(frozen=True, slots=True)
class Cited(Generic[Value]):
    """A value together with its citation."""

    value: Value
    citation: Citation


@dataclass(eq=False)
class NotInForce(Refusal):
    """The law, as we know it, says nothing on that day."""

    code: ClassVar[str] = "not_in_force"

    key: str
    label: str
    on: date

    def said(self) -> Sentence:
        return _(
            "Tidak ada ketentuan «%(label)s» yang berlaku pada %(on)s (%(key)s).",
            label=self.label,
            on=self.on,
            key=self.key,
        )


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One line of a parameter: a value from a day on; None says that it was repealed that day."""

    start: date
    until: date | None
    value: Any
    citation: Citation


@dataclass(frozen=True, eq=False)
class Parameter:
    """One number (or table, or rule in words) of the law through time."""

    key: str
    label: str
    kind: str
    unit: str
    programme: str
    segment: str
    applies_by: str
    values: tuple[DatedValue, ...]
    label_en: str = ""

    @cached_property
    def starts(self) -> list[date]:
        return [line.start for line in self.values]

    def line_on(self, day: date) -> DatedValue | None:
        """The line in force on a day, or None where the law is silent."""
        index = bisect_right(self.starts, day) - 1
        if index < 0:
            return None
        line = self.values[index]
        silent = line.value is None or (line.until is not None and day >= line.until)
        return None if silent else line

    def changes(self) -> set[date]:
        """The days on which this parameter begins to say something else."""
        return {line.start for line in self.values} | {line.until for line in self.values if line.until}


@dataclass(frozen=True, slots=True)
class Dated(Generic[Value]):
    """A parameter read as one type: ask it for a day."""

    parameter: Parameter

    def on(self, day: date) -> Value:
        """The value in force on that day. Raises NotInForce."""
        return self.cited(day).value

    def cited(self, day: date) -> Cited[Value]:
        """The value with its citation. Raises NotInForce."""
        found = self.find(day)
        if found is None:
            raise NotInForce(self.parameter.key, self.parameter.label, day)
        return found

    def find(self, day: date) -> Cited[Value] | None:
        """As `cited`, but None where the law is silent: for what exists only some of the time."""
        line = self.parameter.line_on(day)
        return None if line is None else Cited(line.value, line.citation)


_PYTHON_TYPES: dict[str, type] = {
    "amount": int, "rate": Decimal, "count": int, "switch": bool, "words": str, "mapping": Mapping,
    "table": tuple, "list": tuple,
}  # fmt: skip


def check_value(key: str, kind: str, value: Any) -> None:
    """Raises TypeError when a value does not fit the kind of its parameter; None (repealed) always fits."""
    expected = _PYTHON_TYPES[kind]
    if value is None:
        return
    if not isinstance(value, expected) or (expected is int and isinstance(value, bool)):
        raise TypeError(f"{key} ({kind}) takes {expected.__name__}, not {type(value).__name__}.")
