"""The law as a value: every number with its dates, its article and how sure we are of it.

`current_law()` is what `parameters/**/*.yaml` say. A `Law` never changes; a scenario is another one,
made by `with_value`; the law as people knew it on an earlier day is a third, made by `as_known_on`.
Asking for a day on which the law is silent raises `NotInForce`: never zero.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from naung.rules.dated import (
    Citation,
    Cited,
    Confidence,
    Dated,
    DatedValue,
    NotInForce,
    Parameter,
    Source,
    check_value,
)
from naung.rules.decisions import UNDECIDED, Answer, Decision, Decisions, NeedsDecision
from naung.rules.line_problems import Problem, ProblemKind, line_problems
from naung.rules.money import Rupiah
from naung.rules.parameter_files import read_parameters

# The whole vocabulary of the law can be had from here.
__all__ = [
    "UNDECIDED", "Answer", "Check", "Citation", "Cited", "Confidence", "Dated", "DatedValue", "Decision", "Decisions",
    "Law", "NeedsDecision", "NotInForce", "Parameter", "Problem", "ProblemKind", "Source", "current_law", "problems",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Check:
    """A named person compared the line of `key` that starts on `start` with the gazette, and it agrees."""

    key: str
    start: date
    checked_by: str
    checked_on: date


@dataclass(frozen=True, eq=False)
class Law:
    """All parameters, as known now or as supposed in a scenario. Immutable; equal only to itself."""

    parameters: Mapping[str, Parameter]

    def amount(self, key: str) -> Dated[Rupiah]:
        return Dated(self._typed(key, "amount"))

    def rate(self, key: str) -> Dated[Decimal]:
        return Dated(self._typed(key, "rate"))

    def count(self, key: str) -> Dated[int]:
        return Dated(self._typed(key, "count"))

    def switch(self, key: str) -> Dated[bool]:
        return Dated(self._typed(key, "switch"))

    def words(self, key: str) -> Dated[str]:
        return Dated(self._typed(key, "words"))

    def mapping(self, key: str) -> Dated[Mapping[str, Any]]:
        return Dated(self._typed(key, "mapping"))

    def table(self, key: str) -> Dated[tuple[Mapping[str, Any], ...]]:
        return Dated(self._typed(key, "table"))

    def sequence(self, key: str) -> Dated[tuple[Any, ...]]:
        return Dated(self._typed(key, "list"))

    def _typed(self, key: str, kind: str) -> Parameter:
        parameter = self.parameters[key]
        if parameter.kind != kind:
            raise TypeError(f"{key} is a {parameter.kind}, not a {kind}.")
        return parameter

    def changes(self, *prefixes: str) -> list[date]:
        """The sorted days on which any parameter under one of the prefixes changes."""
        days: set[date] = set()
        for key, parameter in self.parameters.items():
            if key.startswith(prefixes or ("",)):
                days |= parameter.changes()
        return sorted(days)

    def with_value(self, key: str, day: date, value: Any, *, until: date | None = None, why: str = "skenario") -> "Law":
        """The same law with one parameter replaced from `day` on (up to `until`): a scenario.

        Later lines of the parameter are superseded unless `until` says where they return. A value of
        None repeals. A rate is a Decimal. Raises TypeError when the value does not fit the kind.
        """
        old = self.parameters[key]
        check_value(key, old.kind, value)
        citation = Citation(
            key=key,
            label=old.label,
            start=day,
            until=until,
            instrument=why,
            article=None,
            article_confidence="not known",
            confidence=Confidence.SCENARIO,
            date_confidence="scenario",
            sources=(),
        )
        before = [_cut(line, day) for line in old.values if line.start < day]
        after = [] if until is None else _resumed(old, until)
        new = replace(old, values=(*before, DatedValue(day, until, value, citation), *after))
        return Law(MappingProxyType({**self.parameters, key: new}))

    def as_known_on(self, day: date) -> "Law":
        """The law as people could know it on an earlier day: what was promulgated later is left out.

        A line that a later, then unknown line ended goes on; one that ends by itself (a relief) still ends.
        """
        return Law(MappingProxyType({key: _as_known(one, day) for key, one in self.parameters.items()}))

    def with_checks(self, checks: Iterable[Check]) -> "Law":
        """The law in which these lines count as checked against the gazette, by whom and when."""
        parameters = dict(self.parameters)
        for check in checks:
            if old := parameters.get(check.key):
                lines = tuple(_checked(line, check) if line.start == check.start else line for line in old.values)
                parameters[check.key] = replace(old, values=lines)
        return Law(MappingProxyType(parameters))


def _as_known(parameter: Parameter, day: date) -> Parameter:
    known = [line for line in parameter.values if (line.citation.known_from or line.start) <= day]
    unknown_starts = {line.start for line in parameter.values} - {line.start for line in known}
    return replace(
        parameter,
        values=tuple(
            _endless(line) if line.until in unknown_starts or _ended_later(line, day) else line for line in known
        ),
    )


def _ended_later(line: DatedValue, day: date) -> bool:
    """Did an instrument that was not yet known on `day` end the line?"""
    known_from = line.citation.until_known_from
    return known_from is not None and day < known_from


def _endless(line: DatedValue) -> DatedValue:
    return replace(line, until=None, citation=replace(line.citation, until=None))


def _checked(line: DatedValue, check: Check) -> DatedValue:
    citation = replace(
        line.citation, confidence=Confidence.CHECKED, checked_by=check.checked_by, checked_on=check.checked_on
    )
    return replace(line, citation=citation)


def _cut(line: DatedValue, day: date) -> DatedValue:
    return replace(line, until=day if line.until is None else min(line.until, day))


def _resumed(old: Parameter, day: date) -> list[DatedValue]:
    """What the old parameter says from `day` on."""
    running = old.line_on(day)
    lines = [line for line in old.values if line.start > day]
    return [replace(running, start=day), *lines] if running else lines


def problems(law: Law, *, on: date) -> list[Problem]:
    """What a reader has to look at, in the order of the keys, as seen on a day."""
    return [
        found
        for key, parameter in sorted(law.parameters.items())
        for found in line_problems(key, parameter.values, on=on)
    ]


@cache
def current_law() -> Law:
    """The law as our parameter files state it today; read once."""
    return Law(MappingProxyType(read_parameters()))
