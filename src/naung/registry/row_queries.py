"""Reads of a list row by row, with the reasons in words: for the page that checks it and the sheet that goes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext

from naung.accounts.territory import Viewer
from naung.bulk.intake.reasons import RETURNED, explain
from naung.registry import queries
from naung.registry.models import SourceList, SourceRow, Worker
from naung.registry.reason_words import OUTSIDE, short


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason of one row: its code, a word for the badge, and the whole sentence."""

    code: str
    short: str | Promise
    sentence: str


@dataclass(frozen=True, slots=True)
class Tally:
    """The rows of a list by what has to be done with them; `fix` and `outside` together are the rejected."""

    accept: int
    fix: int
    outside: int
    review: int
    duplicate: int

    @property
    def received(self) -> int:
        return self.accept + self.to_do + self.duplicate

    @property
    def to_do(self) -> int:
        return self.fix + self.outside + self.review


_OUTSIDE = Q(verdict="reject") & ~Q(reasons=[]) & Q(reasons__contained_by=[reason.value for reason in OUTSIDE])
#: The filters of the page by their word in the address.
PARTS: dict[str, Q] = {
    "siap": Q(verdict="accept"),
    "perbaiki": Q(verdict="reject") & ~_OUTSIDE,
    "periksa": Q(verdict="review"),
    "luar": _OUTSIDE,
    "ganda": Q(verdict="duplicate"),
    "semua": Q(),
}


def tally(source_list: SourceList) -> Tally:
    """Count the rows of a list, in one query."""
    found = SourceRow.objects.filter(list=source_list).aggregate(
        **{name: Count("id", filter=part) for name, part in PARTS.items() if name != "semua"}
    )
    return Tally(found["siap"], found["perbaiki"], found["luar"], found["periksa"], found["ganda"])


def rows_of_part(source_list: SourceList, part: str, *, reason: str = "") -> QuerySet[SourceRow]:
    """The rows of a list under one filter, in their order."""
    rows = SourceRow.objects.filter(PARTS[part], list=source_list).order_by("ordinal")
    return rows.filter(reasons__contains=[reason]) if reason else rows


@dataclass(frozen=True, slots=True)
class RowExplained:
    """A row as shown, with its faults in words."""

    shown: queries.RowShown
    faults: tuple[Fault, ...]


def explained(source_list: SourceList, rows: list[SourceRow]) -> list[RowExplained]:
    """What some rows of a list said, masked, and what is wrong with them. Opens only the chunks they lie in."""
    said = queries.cells_of(source_list, [row.ordinal for row in rows])
    return [RowExplained(queries.shown(row, said[row.ordinal]), _faults(row, said[row.ordinal])) for row in rows]


def _faults(row: SourceRow, said: dict[str, Any]) -> tuple[Fault, ...]:
    return tuple(
        Fault(
            code,
            short(code),
            gettext("Petugas mengembalikan baris ini: %(why)s") % {"why": row.decision}
            if code == RETURNED
            else explain(
                code,
                digits=said.get("nik_digits"),
                age=said.get("age_years"),
                first=said.get("duplicate_of"),
            ),
        )
        for code in row.reasons
    )


def known_worker(user: Viewer, row: SourceRow) -> Worker | None:
    """The worker whom a row's NIK belongs to already, where the user may see that person."""
    said = queries.cells_of(row.list, [row.ordinal])[row.ordinal]
    return queries.worker_by_nik(user, said.get("nik") or "")


def same_person(row: SourceRow) -> list[SourceRow]:
    """Other rows of the same list that may be the same person."""
    if not row.cluster:
        return []
    return list(
        SourceRow.objects.filter(list_id=row.list_id, cluster=row.cluster).exclude(pk=row.pk).order_by("ordinal")[:3]
    )
