"""Reads of the registry. Whatever a person sees goes through `..._visible_to(user)`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from django.db.models import Count, QuerySet

from naung.accounts.permissions import Permission
from naung.accounts.territory import Viewer, within_territory
from naung.registry import chunks, corrections
from naung.registry.intake_results import received_cells
from naung.registry.intake_results import workbook_of as workbook_of
from naung.registry.models import ReferenceEntry, ReferenceList, SourceChunk, SourceList, SourceRow, Worker
from naung.registry.vault import Identity, vault

PAGE_ROWS = 50
_NIK_DIGITS = 16
_SHOWN = 4
_DOTS = "••••••••"


# --- workers ---------------------------------------------------------------------------------------


def workers_visible_to(user: Viewer) -> QuerySet[Worker]:
    """The workers of the user's territory, by area and name: the order in which they are indexed.

    A worker known only by district or regency is seen by those whose territory covers all of it.
    """
    rows = Worker.objects.order_by("area_code", "name_norm", "id").defer("sealed")
    return within_territory(rows, user, Permission.WORKERS_VIEW)


def worker_by_nik(user: Viewer, nik: str) -> Worker | None:
    """The visible worker with this NIK, by its blind index; spaces and dots are forgiven."""
    digits = "".join(ch for ch in nik if ch.isascii() and ch.isdigit())
    if len(digits) != _NIK_DIGITS:
        return None
    return workers_visible_to(user).filter(nik_index=vault().index("nik", digits)).first()


def workers_by_kk(user: Viewer, kk: str) -> QuerySet[Worker]:
    """The visible workers on one family card."""
    return workers_visible_to(user).filter(kk_index=vault().index("kk", kk))


def mask_nik(nik: str) -> tuple[str, str]:
    """The first and last four digits, all that a page shows (design.md §8); ('', '') where there is none."""
    return (nik[:_SHOWN], nik[-_SHOWN:]) if len(nik) == _NIK_DIGITS else ("", "")


def masked_nik_of(worker: Worker) -> tuple[str, str]:
    """The masked NIK of one worker, opened for the purpose and forgotten. Raises SealBroken."""
    return mask_nik(identity_of(worker).nik)


def masked_niks(workers: list[Worker]) -> dict[int, tuple[str, str]]:
    """Masked NIKs of a page of workers by id, in one query."""
    keys = vault()
    rows = Worker.objects.filter(pk__in=[worker.pk for worker in workers]).values_list("pk", "sealed")
    return {pk: mask_nik(Identity.unpacked(keys.open("worker", pk, sealed)).nik) for pk, sealed in rows}


def identity_of(worker: Worker) -> Identity:
    """The numbers in the clear, for files that an office must send. People get `actions.reveal_identity`."""
    return Identity.unpacked(vault().open("worker", worker.pk, worker.sealed))


def rows_of_worker(user: Viewer, worker: Worker) -> QuerySet[SourceRow]:
    """In which visible lists a worker was handed in."""
    return (
        SourceRow.objects.filter(worker=worker, list__in=lists_visible_to(user))
        .select_related("list")
        .order_by("list_id", "ordinal")
    )


# --- lists -----------------------------------------------------------------------------------------


def lists_visible_to(user: Viewer) -> QuerySet[SourceList]:
    """The lists handed in by offices of the user's territory, newest first."""
    return within_territory(
        SourceList.objects.select_related("received_by").order_by("-id"), user, Permission.WORKERS_VIEW
    )


@dataclass(frozen=True, slots=True)
class RowShown:
    """One row of a list as a page shows it: what was received, masked, beside what became of it."""

    row: SourceRow
    name: str
    nik: tuple[str, str]
    birth_date: date | None
    occupation: str
    area_code: str


def rows_of(source_list: SourceList, *, verdict: str | None = None, reason: str | None = None) -> QuerySet[SourceRow]:
    """The rows of a list in its order, some verdict or reason only. The list comes from `lists_visible_to`."""
    rows = SourceRow.objects.filter(list=source_list).order_by("ordinal")
    if verdict:
        rows = rows.filter(verdict=verdict)
    if reason:
        rows = rows.filter(reasons__contains=[reason])
    return rows


def page_of_rows(
    source_list: SourceList, *, page: int = 1, verdict: str | None = None, reason: str | None = None
) -> list[RowShown]:
    """Fifty rows of a list with what they said. Opens only the chunks these rows lie in."""
    first = (max(page, 1) - 1) * PAGE_ROWS
    rows = list(rows_of(source_list, verdict=verdict, reason=reason)[first : first + PAGE_ROWS])
    said = cells_of(source_list, [row.ordinal for row in rows])
    return [shown(row, said[row.ordinal]) for row in rows]


def said_by(row: SourceRow) -> dict[str, Any]:
    """What one row says now: its cells, and the facts that the check made of them or of its newest correction."""
    return cells_of(row.list, [row.ordinal])[row.ordinal]


def row_as_received(row: SourceRow) -> dict[str, Any]:
    """One row: its cells under the sender's own titles, numbers that identify masked out."""
    said = cells_of(row.list, [row.ordinal])[row.ordinal]
    layout = row.list.columns.get(row.sheet, {})
    hidden = {layout.get("fields", {}).get(field) for field in ("nik", "kk", "phone")}
    return {
        layout.get("titles", {}).get(cell) or cell: (_masked(said.get(cell)) if cell in hidden else said.get(cell))
        for cell in layout.get("columns", [])
    }


def _masked(value: object) -> str | None:
    text = str(value or "")
    if not text:
        return None
    return f"{text[:_SHOWN]}{_DOTS}{text[-_SHOWN:]}" if len(text) >= 3 * _SHOWN else _DOTS


def shown(row: SourceRow, said: dict[str, Any]) -> RowShown:
    return RowShown(
        row=row,
        name=said.get("name") or "",
        nik=mask_nik(said.get("nik") or ""),
        birth_date=said.get("birth_date"),
        occupation=said.get("occupation") or "",
        area_code=said.get("area_code") or "",
    )


def cells_of(source_list: SourceList, ordinals: list[int]) -> dict[int, dict[str, Any]]:
    """What some rows said, by ordinal."""
    by_chunk: dict[int, list[int]] = {}
    for ordinal in ordinals:
        by_chunk.setdefault(ordinal // chunks.CHUNK_ROWS * chunks.CHUNK_ROWS, []).append(ordinal)
    keys = vault()
    said: dict[int, dict[str, Any]] = {}
    for chunk in SourceChunk.objects.filter(list=source_list, first__in=by_chunk):
        wanted = by_chunk[chunk.first]
        picked = chunks.opened(chunk, keys)[[ordinal - chunk.first for ordinal in wanted]]
        said.update(zip(wanted, picked.to_dicts(), strict=True))
    for ordinal, corrected in corrections.newest(source_list, ordinals, keys).items():
        said[ordinal] |= {name: None for name in said[ordinal] if not chunks.is_cell(name)} | corrected.row(
            0, named=True
        )
    return said


def received_rows(source_list: SourceList) -> pl.DataFrame:
    """All rows of a list as they were received, in their order, with `ordinal`."""
    return received_cells(source_list).with_row_index("ordinal")


def counts_by_verdict(lists: QuerySet[SourceList]) -> dict[str, int]:
    """How many rows of some lists ended in which verdict."""
    rows = SourceRow.objects.filter(list__in=lists).values_list("verdict").annotate(n=Count("id"))
    return dict.fromkeys(SourceRow.Verdict.values, 0) | dict(rows)


def counts_by_reason(lists: QuerySet[SourceList]) -> Counter[str]:
    """How many rows of some lists carry which reason, from what the lists remember."""
    total: Counter[str] = Counter()
    for reasons in lists.values_list("reasons", flat=True):
        total.update(reasons)
    return total


# --- reference lists -------------------------------------------------------------------------------


def references_visible_to(user: Viewer) -> QuerySet[ReferenceList]:
    """What other bodies answered about the user's territory, newest first; for those who may upload it."""
    return within_territory(
        ReferenceList.objects.select_related("received_by").order_by("-as_of", "-id"),
        user,
        Permission.REFERENCE_UPLOAD,
    )


@dataclass(frozen=True, slots=True)
class Known:
    """What reference lists say about one person: the latest of each kind, with its source and date."""

    kind: str
    on: date | None
    note: str
    decile: int | None
    source: str
    as_of: date


def references_about(worker: Worker) -> list[Known]:
    """The latest word of each kind of reference list on a worker, from lists of the worker's area or above or
    below it. Show it only to who sees the worker."""
    entries = (
        ReferenceEntry.objects.filter(nik_index=worker.nik_index)
        .select_related("list")
        .order_by("list__kind", "-list__as_of", "-list_id")
    )
    latest: dict[str, Known] = {}
    for entry in entries:
        theirs = entry.list
        if concerns(theirs.area_code, worker.area_code):
            latest.setdefault(
                theirs.kind,
                Known(theirs.kind, entry.on, entry.note, entry.decile, theirs.source, theirs.as_of),
            )
    return list(latest.values())


def concerns(list_area: str, area_code: str) -> bool:
    """Whether a reference list of one area speaks about another: one of them lies in the other."""
    return list_area.startswith(area_code) or area_code.startswith(list_area)
