"""What an agreement says on a day: its columns say today's terms, its addenda undo them one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from naung.agreements.models import Addendum, Agreement

#: What an addendum may change.
TERM_FIELDS = ("ends_on", "programmes", "segments", "groups", "objects_text", "scope", "funding")


@dataclass(frozen=True)
class Terms:
    """The terms of one stretch of days: from `since` (None: from the start) until `until` (None: to the end)."""

    since: date | None
    until: date | None
    ends_on: date | None
    programmes: tuple[str, ...]
    segments: tuple[str, ...]
    groups: tuple[str, ...]
    objects_text: str
    scope: tuple[str, ...]
    funding: str
    addendum: Addendum | None


def as_json(field: str, value: Any) -> Any:
    """A term as an addendum and a change keep it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: as_json(name, part) for name, part in value.items()}
    return [as_json(field, part) for part in value] if isinstance(value, (list, tuple)) else value


def from_json(field: str, value: Any) -> Any:
    if field.endswith("_on") and isinstance(value, str) and value:
        return date.fromisoformat(value)
    return value


def stretches(agreement: Agreement, addenda: Iterable[Addendum] | None = None) -> list[Terms]:
    """All terms in the order of their days: the original first, then one a addendum."""
    ordered = sorted(agreement.addenda.all() if addenda is None else addenda, key=lambda one: one.number)
    now = {field: getattr(agreement, field) for field in TERM_FIELDS}
    found: list[Terms] = []
    until: date | None = None
    for addendum in reversed(ordered):
        found.append(_terms(now, addendum.since, until, addendum))
        until = addendum.since
        now |= {field: from_json(field, value) for field, value in addendum.before.items()}
    found.append(_terms(now, None, until, None))
    return list(reversed(found))


def terms_on(agreement: Agreement, day: date, addenda: Iterable[Addendum] | None = None) -> Terms:
    """The terms that hold on `day`; before the first addendum's day, the original ones."""
    every = stretches(agreement, addenda)
    return next(one for one in reversed(every) if one.since is None or one.since <= day)


def covered(agreement: Agreement, addenda: Iterable[Addendum] | None = None) -> Iterator[tuple[str, str, date, date]]:
    """Programme, segment, first day and day after the last, for each stretch of the term."""
    if agreement.starts_on is None:
        return
    for one in stretches(agreement, addenda):
        first = max(filter(None, (agreement.starts_on, one.since)))
        last = min((day for day in (agreement.ended_on, one.until, one.ends_on) if day is not None), default=None)
        if last is None or last <= first:
            continue
        for programme in one.programmes:
            for segment in one.segments:
                yield programme, segment, first, last


def _terms(now: dict[str, Any], since: date | None, until: date | None, addendum: Addendum | None) -> Terms:
    return Terms(
        since=since,
        until=until,
        ends_on=now["ends_on"],
        programmes=tuple(now["programmes"]),
        segments=tuple(now["segments"]),
        groups=tuple(now["groups"]),
        objects_text=now["objects_text"],
        scope=tuple(now["scope"]),
        funding=now["funding"],
        addendum=addendum,
    )
