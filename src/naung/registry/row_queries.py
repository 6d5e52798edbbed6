"""Reads of a list row by row, with the reasons in words: for the page that checks it and the sheet that goes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext

from naung.accounts.territory import Viewer
from naung.bulk.intake.reasons import RETURNED, Reason, explain
from naung.registry import queries
from naung.registry.models import SourceList, SourceRow, Worker
from naung.registry.reason_words import OUTSIDE, short

#: A page compares a row with as many others as fit beside it.
MOST_BESIDE = 3
#: Under one NIK stand a few rows; a list whose NIKs are all one is no list.
MOST_CLAIMS = 500


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason of one row: its code, a word for the badge, and the whole sentence."""

    code: str
    short: str | Promise
    sentence: str


@dataclass(frozen=True, slots=True)
class Tally:
    """The rows of a list by what has to be done with them; `fix` and `outside` together are the rejected.

    `ready` are the accepted that were not sent yet, `sent` those that were.
    """

    ready: int
    sent: int
    fix: int
    outside: int
    review: int
    duplicate: int

    @property
    def accept(self) -> int:
        return self.ready + self.sent

    @property
    def received(self) -> int:
        return self.accept + self.to_do + self.duplicate

    @property
    def to_do(self) -> int:
        return self.fix + self.outside + self.review

    @property
    def draft(self) -> int:
        """What stays open when the ready rows are sent."""
        return self.fix + self.review

    @property
    def left_out(self) -> int:
        """What is not sent and needs nobody's hand: outside the rules, or here already."""
        return self.outside + self.duplicate


_ACCEPTED = Q(verdict="accept")
_OUTSIDE = Q(verdict="reject") & ~Q(reasons=[]) & Q(reasons__contained_by=[reason.value for reason in OUTSIDE])
#: The filters of the page by their word in the address.
PARTS = ("siap", "terkirim", "perbaiki", "periksa", "luar", "ganda", "tidak", "semua")


def parts_of(source_list: SourceList) -> dict[str, Q]:
    """The filters of a list: of a draft every accepted row is still to be sent, later those that are held."""
    sent = source_list.status == SourceList.Status.SENT
    nothing = Q(pk__isnull=True)
    return {
        "siap": _ACCEPTED & Q(held=True) if sent else _ACCEPTED,
        "terkirim": _ACCEPTED & Q(held=False) if sent else nothing,
        "perbaiki": Q(verdict="reject") & ~_OUTSIDE,
        "periksa": Q(verdict="review"),
        "luar": _OUTSIDE,
        "ganda": Q(verdict="duplicate"),
        "tidak": _OUTSIDE | Q(verdict="duplicate"),
        "semua": Q(),
    }


def tally(source_list: SourceList) -> Tally:
    """Count the rows of a list, in one query."""
    parts = parts_of(source_list)
    found = SourceRow.objects.filter(list=source_list).aggregate(
        **{name: Count("id", filter=parts[name]) for name in PARTS if name not in ("tidak", "semua")}
    )
    return Tally(
        ready=found["siap"], sent=found["terkirim"], fix=found["perbaiki"], outside=found["luar"],
        review=found["periksa"], duplicate=found["ganda"],
    )  # fmt: skip


def rows_of_part(source_list: SourceList, part: str, *, reason: str = "") -> QuerySet[SourceRow]:
    """The rows of a list under one filter, in their order."""
    rows = SourceRow.objects.filter(parts_of(source_list)[part], list=source_list).order_by("ordinal")
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
                translate=gettext,
            ),
        )
        for code in row.reasons
    )


def known_worker(user: Viewer, row: SourceRow) -> Worker | None:
    """The worker whom a row's NIK belongs to already, where the user may see that person."""
    said = queries.cells_of(row.list, [row.ordinal])[row.ordinal]
    return queries.worker_by_nik(user, said.get("nik") or "")


def same_person(row: SourceRow) -> list[SourceRow]:
    """Other rows of the same list that may be the same person: found to be, or under the same NIK."""
    if not row.cluster:
        return []
    rows = SourceRow.objects.filter(list_id=row.list_id, cluster=row.cluster).exclude(pk=row.pk).order_by("ordinal")
    found = list(rows[:MOST_BESIDE])
    if row.verdict == SourceRow.Verdict.REVIEW and Reason.NIK_CONFLICT in row.reasons:
        found += [one for one in same_nik(row) if one not in found]
    return found[:MOST_BESIDE]


def same_nik(row: SourceRow) -> list[SourceRow]:
    """Other rows of the list that wait because they have this row's NIK under another name."""
    claims = list(
        SourceRow.objects.filter(
            list_id=row.list_id, verdict=SourceRow.Verdict.REVIEW, reasons__contains=[Reason.NIK_CONFLICT.value]
        ).order_by("ordinal")[:MOST_CLAIMS]
    )
    if all(one.pk != row.pk for one in claims):
        claims.append(row)
    said = queries.cells_of(row.list, [one.ordinal for one in claims])
    nik = said[row.ordinal].get("nik")
    return [one for one in claims if nik and one.pk != row.pk and said[one.ordinal].get("nik") == nik]
