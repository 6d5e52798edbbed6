"""The next number of a paper by the pattern of its region: no gaps, no twins.

`hold` takes the row of the counter and keeps it until the transaction of the paper ends: two papers of one kind in one
region get their numbers one after the other, and a paper that does not come about gives its number back.
Hold before the first `audit.record` of the transaction: that takes a lock too, and it must be the later one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db import connection

from naung.accounts.models import PaperCounter, RegionSettings
from naung.documents.numbering import begins_anew, number_by

#: The kinds whose pattern stands in the settings of the region; `papers` keeps the patterns of its own kinds.
Kind = Literal["decree", "bill"]
Taken = Callable[[str], bool]


@dataclass(frozen=True)
class Numbering:
    """The pattern of a region on a day, and how far it got."""

    pattern: str
    counter: PaperCounter
    on: date

    def next(self, *, code: str, taken: Taken) -> str:
        """The number that comes next; one that somebody gave by hand is passed over."""
        return self._next(code, taken)[1]

    def take(self, *, code: str, taken: Taken) -> str:
        """The same, and the counter goes on to it."""
        self.counter.last, number = self._next(code, taken)
        self.counter.save(update_fields=["last"])
        return number

    def _next(self, code: str, taken: Taken) -> tuple[int, str]:
        ordinal = self.counter.last + 1
        while taken(number := number_by(self.pattern, number=ordinal, on=self.on, code=code)):
            ordinal += 1
        return ordinal, number


def hold(area_code: str, kind: Kind, *, on: date) -> Numbering | None:
    """The numbering of a region, kept from others until this transaction ends; None where it has chosen no pattern."""
    pattern = _pattern(area_code, kind)
    return hold_by(pattern, area_code, kind, on=on) if pattern else None


def hold_by(pattern: str, area_code: str, kind: str, *, on: date) -> Numbering:
    """The same by a pattern that the caller knows; `kind` is at most 30 letters."""
    assert connection.in_atomic_block
    key = _key(area_code, kind, pattern, on)
    PaperCounter.objects.bulk_create([PaperCounter(**key, last=0)], ignore_conflicts=True)
    return Numbering(pattern, PaperCounter.objects.select_for_update().get(**key), on)


def look(area_code: str, kind: Kind, *, on: date) -> Numbering | None:
    """The same to look at: what comes next as long as nobody else takes it."""
    pattern = _pattern(area_code, kind)
    return look_by(pattern, area_code, kind, on=on) if pattern else None


def look_by(pattern: str, area_code: str, kind: str, *, on: date) -> Numbering:
    key = _key(area_code, kind, pattern, on)
    return Numbering(pattern, PaperCounter.objects.filter(**key).first() or PaperCounter(**key, last=0), on)


def _pattern(area_code: str, kind: Kind) -> str:
    found = RegionSettings.objects.filter(pk=area_code[:4]).values_list(f"{kind}_pattern", flat=True).first()
    return str(found or "")


def _key(area_code: str, kind: str, pattern: str, on: date) -> dict[str, object]:
    return {"area_code": area_code[:4], "kind": kind, "year": on.year if begins_anew(pattern) else 0}
