"""The list of all parameters of the law, as it stands on one day, searched and filtered. No database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from naung.rules.dated import Citation, DatedValue, Parameter
from naung.rules.law import Law, Problem, ProblemKind, problems

# What "soon" means for a change that lies ahead.
SOON = timedelta(days=180)
PROGRAMMES = ("JKK", "JKM", "JHT", "JP", "JKP")
# The words of the parameter files that speak of a segment.
SEGMENTS = {
    "bpu": ("BPU", "pekerja rentan"),
    "ppu": ("PPU",),
    "jakon": ("construction", "konstruksi"),
    "pmi": ("PMI",),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for. Empty means all."""

    on: date
    text: str = ""
    programme: str = ""
    segment: str = ""
    confidence: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One parameter on one day: the line in force, or the nearest one where none is."""

    parameter: Parameter
    line: DatedValue
    in_force: bool
    changes_on: date | None
    differs: bool
    problems: tuple[Problem, ...]

    @property
    def citation(self) -> Citation:
        return self.line.citation

    @property
    def last_day(self) -> date | None:
        return last_day(self.line)


@dataclass(frozen=True, slots=True)
class Marks:
    """What people and the check of the law itself have to say about parameters, by key."""

    differing: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()

    def problems_of(self, key: str) -> tuple[Problem, ...]:
        return tuple(one for one in self.problems if one.key == key)


def marks(law: Law, *, differing: Iterable[str], on: date) -> Marks:
    """The marks of a law: lines that overlap or leave a gap. What is recalled or lies ahead is shown by itself."""
    found = tuple(one for one in problems(law, on=on) if one.kind in {ProblemKind.OVERLAP, ProblemKind.GAP})
    return Marks(frozenset(differing), found)


def rows(law: Law, wanted: Wanted, marks: Marks) -> list[Row]:
    """Every parameter that fits, in the order of the keys."""
    return [row for row in _all(law, wanted.on, marks) if _fits(row, wanted)]


def tally(found: Sequence[Row]) -> Counter[str]:
    """How many rows are found, recalled, checked (by confidence), and how many differ from the gazette."""
    counts = Counter(row.citation.confidence.value for row in found)
    counts["differs"] = sum(row.differs for row in found)
    return counts


def nearest(parameter: Parameter, on: date) -> tuple[DatedValue, bool]:
    """The line to show on a day and whether it is in force: the last begun, or the first to come."""
    if line := parameter.line_on(on):
        return line, True
    begun = [line for line in parameter.values if line.start <= on]
    return (begun[-1] if begun else parameter.values[0]), False


def last_day(line: DatedValue) -> date | None:
    """The last day on which a line holds, where it ends."""
    return line.until - timedelta(days=1) if line.until else None


def changes_soon(parameter: Parameter, on: date) -> date | None:
    """The next day, not far off, on which the parameter begins to say something else."""
    ahead = [day for day in parameter.changes() if on < day <= on + SOON]
    return min(ahead, default=None)


def _all(law: Law, on: date, marks: Marks) -> Iterator[Row]:
    for key, parameter in sorted(law.parameters.items()):
        line, in_force = nearest(parameter, on)
        yield Row(
            parameter, line, in_force, changes_soon(parameter, on), key in marks.differing, marks.problems_of(key)
        )


def _fits(row: Row, wanted: Wanted) -> bool:
    one = row.parameter
    return (
        (not wanted.text or all(word in _searched(one) for word in wanted.text.lower().split()))
        and (not wanted.programme or _names(one.programme, wanted.programme))
        and (
            not wanted.segment or one.segment == "all" or any(word in one.segment for word in SEGMENTS[wanted.segment])
        )
        and (not wanted.confidence or _confidence_fits(row, wanted.confidence))
        and _state_fits(row, wanted.state)
    )


def _confidence_fits(row: Row, wanted: str) -> bool:
    return row.differs if wanted == "differs" else row.citation.confidence.value == wanted


def _state_fits(row: Row, wanted: str) -> bool:
    if wanted == "problem":
        return bool(row.problems)
    return not wanted or row.in_force == (wanted == "in_force")


def _names(programmes: str, wanted: str) -> bool:
    """Whether `JKK+JKM` names JKM. What holds for all holds for each."""
    words = programmes.replace("/", "+").replace("->", "+").split("+")
    return wanted in words or programmes in {"all", "register"}


def _is_of(segment: str, wanted: str) -> bool:
    return segment == "all" or any(word in segment for word in SEGMENTS[wanted])


def _searched(one: Parameter) -> str:
    """The text that is searched, in small letters."""
    parts: list[Any] = [one.key, one.label, one.label_en]
    for line in one.values:
        said = line.citation
        parts += [said.instrument, said.article or "", said.describes, said.stated_as, said.note]
        parts += [line.value] if isinstance(line.value, str) else []
    return " ".join(str(part) for part in parts).lower()
