"""Does the trail of a territory hold? Each record is hashed again, and must name the one before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from naung.audit.actions import NO_HASH, chain_of, digest
from naung.audit.models import Record
from naung.audit.queries import Viewer, records_visible_to

#: As many as a page checks each time it is opened; `everything` checks all.
NEWEST = 1_000
_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class ChainState:
    """What a check found: `checked` records, the newest of them from `until`.

    `complete` says whether it went back to the first record; `altered` were changed after they were written, and at
    `broken` places a record is missing or was put in between.
    """

    checked: int
    until: datetime | None
    complete: bool
    altered: int = 0
    broken: int = 0

    @property
    def whole(self) -> bool:
        return not (self.altered or self.broken)


def newest_state(viewer: Viewer) -> ChainState:
    """The newest records the viewer may see: little enough to be checked on every look."""
    newest = list(records_visible_to(viewer)[: NEWEST + 1])
    # One more was read: the predecessor that the oldest checked record must name.
    complete = len(newest) <= NEWEST
    return _check(reversed(newest), complete=complete)


def whole_state(viewer: Viewer) -> ChainState:
    """Every record the viewer may see, from the first; `_BATCH` in memory at a time."""
    rows = records_visible_to(viewer).order_by("id")
    return _check(rows.iterator(chunk_size=_BATCH), complete=True)


def _check(oldest_first: Iterable[Record], *, complete: bool) -> ChainState:
    last: dict[str, bytes] = {}
    checked = altered = broken = 0
    until: datetime | None = None
    for entry in oldest_first:
        chain, stored = chain_of(entry.area_code), bytes(entry.hash)
        checked += 1
        altered += digest(entry) != stored
        if chain in last or complete:
            broken += bytes(entry.previous_hash) != last.get(chain, NO_HASH)
        last[chain] = stored
        until = entry.at
    return ChainState(checked, until, complete, altered, broken)
