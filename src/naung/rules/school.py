"""School levels and the children whose schooling is paid."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from naung.refusal import Refusal
from naung.rules import anniversaries
from naung.rules.explaining import Words
from naung.rules.law import Citation, Cited, Law
from naung.rules.money import Rupiah
from naung.rules.periods import months_between
from naung.saying import Sentence
from naung.saying import sentence as _


class Level(StrEnum):
    """School levels, youngest first."""

    TK = "tk"
    SD = "sd"
    SMP = "smp"
    SMA = "sma"
    PT = "pt"

    @property
    def words(self) -> Words:
        return _WORDS[self]


_WORDS = {
    Level.TK: Words("TK", "kindergarten"),
    Level.SD: Words("SD", "primary school"),
    Level.SMP: Words("SMP", "junior secondary school"),
    Level.SMA: Words("SMA", "senior secondary school"),
    Level.PT: Words("perguruan tinggi", "university"),
}


@dataclass(frozen=True, slots=True)
class LevelTerms:
    """What the law of a day pays at each level: rupiah a year, and for how many years at most."""

    on: date
    by_level: Mapping[Level, Cited[Mapping[str, int]]]

    def amount(self, level: Level) -> Rupiah:
        return self.by_level[level].value["amount"]

    def max_years(self, level: Level) -> int:
        return self.by_level[level].value["max_years"]

    def citation(self, level: Level) -> Citation:
        return self.by_level[level].citation


def level_terms(on: date, law: Law) -> LevelTerms:
    """Raises NotInForce before December 2019: PP 44/2015 knew one lump sum instead."""
    return LevelTerms(on, {level: law.mapping(f"scholarship.{level.value}").cited(on) for level in Level})


@dataclass(eq=False)
class ImpossibleYear(Refusal):
    """A school year is numbered from 1 and years left are not below 0."""

    code: ClassVar[str] = "impossible_school_year"

    year: int

    def said(self) -> Sentence:
        return _(
            "Tahun sekolah %(year)s tidak mungkin; periksa isian anak.",
            year=self.year,
        )


@dataclass(eq=False)
class ImpossibleBirth(Refusal):
    """A child born more than a year after the event cannot be a child of the worker who died then."""

    code: ClassVar[str] = "impossible_birth"

    born_on: date

    def said(self) -> Sentence:
        return _(
            "Tanggal lahir anak %(born_on)s tidak mungkin: terlalu jauh sesudah hari kejadian.",
            born_on=self.born_on,
        )


@dataclass(frozen=True, slots=True)
class Child:
    """A child of a worker who died.

    `level` and `year` (the first is 1) say where the child stands in the school year that holds `starts`;
    without it, in the school year of the event. For a child not yet of school age `starts` is the day on
    which school begins. `through` is the last level the child will go to. Marriage or work ends the right.
    """

    born_on: date
    level: Level
    year: int = 1
    starts: date | None = None
    through: Level = Level.PT
    married_on: date | None = None
    works_from: date | None = None

    def __post_init__(self) -> None:
        if self.year < 1:
            raise ImpossibleYear(self.year)

    def require_born_by(self, on: date) -> None:
        """Raises ImpossibleBirth; a child born some months after the event is one of the worker's."""
        if months_between(on, self.born_on) > 12:
            raise ImpossibleBirth(self.born_on)

    def birthday(self, age: int) -> date:
        """The day on which the child becomes `age`; born on 29 February: 1 March where the year has none."""
        return anniversaries.birthday(self.born_on, age)
