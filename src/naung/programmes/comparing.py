"""A row beside whoever may be the same person, field by field: for the eye that decides it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from naung.accounts.models import User
from naung.areas import queries as areas
from naung.bulk.intake.reasons import Reason
from naung.bulk.occupations import occupations
from naung.programmes.models import Programme
from naung.registry import queries, row_queries
from naung.registry.models import SourceList, SourceRow, Worker
from naung.registry.vault import vault
from naung.ui.terms import term


@dataclass(frozen=True, slots=True)
class Beside:
    """One column: a row handed in, or a worker whom the registry knows."""

    title: str
    name: str
    nik: tuple[str, str]
    birth_date: date | None
    sex: str
    occupation: str
    place: str
    verdict: str
    programme: str
    source: str
    source_on: datetime | None
    row: SourceRow | None = None
    worker: Worker | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One field of all columns. `differs` marks the field; None where somebody's is not known."""

    label: str | Promise
    kind: str
    cells: tuple[object, ...]
    differs: bool | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """`columns[0]` is the row itself. `known` has its NIK already; `unseen` says that the reader may not see who."""

    columns: tuple[Beside, ...]
    lines: tuple[Line, ...]
    known: Worker | None
    handed_in: bool
    unseen: bool
    rows: tuple[int, ...]
    """The numbers of the other rows, as the spreadsheet shows them."""

    @property
    def anybody(self) -> bool:
        return len(self.columns) > 1 or self.unseen


def compared(user: User, row: SourceRow) -> Comparison:
    """The row, the rows of its list that may be the same person, and the worker with its NIK."""
    others = row_queries.same_person(row)
    known, unseen = (None, False)
    if row.verdict == SourceRow.Verdict.REVIEW:
        known = row_queries.known_worker(user, row)
        unseen = known is None and Reason.NIK_CONFLICT in row.reasons and _known_elsewhere(row)
    rows = [row, *others]
    said = queries.cells_of(row.list, [one.ordinal for one in rows])
    codes = [said[one.ordinal].get("area_code") or "" for one in rows] + ([known.area_code] if known else [])
    places, work = areas.names_of(codes), occupations()

    def label(code: str) -> str:
        return term(work[code].label) if code in work else ""

    programme = _programme_name(row.list.programme_code)
    columns = []
    for one in rows:
        facts, shown = said[one.ordinal], queries.shown(one, said[one.ordinal])
        columns.append(
            Beside(
                title=_("Baris %(n)s") % {"n": one.row},
                name=shown.name,
                nik=shown.nik,
                birth_date=shown.birth_date,
                sex=facts.get("sex") or "",
                occupation=label(shown.occupation),
                place=places.get(shown.area_code, ""),
                verdict=one.verdict,
                programme=programme,
                source=row.list.filename,
                source_on=row.list.received_at,
                row=one,
            )
        )
    taken = False
    if known is not None:
        columns.append(_worker_beside(user, known, label(known.occupation), places.get(known.area_code, "")))
        taken = _handed_in(known, row.list)
    return Comparison(
        tuple(columns), _lines(columns), known, taken, unseen, tuple(one.row for one in others)
    )  # fmt: skip


def _worker_beside(user: User, worker: Worker, occupation: str, place: str) -> Beside:
    handed = queries.rows_of_worker(user, worker).select_related("list").first()
    return Beside(
        title=_("Sudah tercatat"),
        name=worker.name,
        nik=queries.masked_nik_of(worker),
        birth_date=worker.birth_date,
        sex=worker.sex,
        occupation=occupation,
        place=place,
        verdict="",
        programme=_programme_name(handed.list.programme_code) if handed else "",
        source=handed.list.filename if handed else "",
        source_on=handed.list.received_at if handed else worker.created_at,
        worker=worker,
    )


def _lines(columns: list[Beside]) -> tuple[Line, ...]:
    def line(words: str, kind: str, name: str) -> Line:
        cells = tuple(getattr(one, name) for one in columns)
        told = [" ".join(cell.upper().split()) if isinstance(cell, str) else cell for cell in cells]
        unknown = len(told) < 2 or any(cell in ("", None, ("", "")) for cell in told)
        return Line(words, kind, cells, None if unknown else any(cell != told[0] for cell in told))

    return (
        line(_("Nama"), "name", "name"),
        line("NIK", "nik", "nik"),
        line(_("Tanggal lahir"), "day", "birth_date"),
        line(_("Jenis kelamin"), "sex", "sex"),
        line(_("Pekerjaan"), "words", "occupation"),
        line(_("Tempat tinggal"), "words", "place"),
    )


def _known_elsewhere(row: SourceRow) -> bool:
    """Whether somebody outside the reader's territory has the NIK: that much the fault of the row says anyway."""
    nik = queries.cells_of(row.list, [row.ordinal])[row.ordinal].get("nik") or ""
    return bool(nik) and Worker.objects.filter(nik_index=vault().index("nik", nik)).exists()


def _handed_in(worker: Worker, source_list: SourceList) -> bool:
    return SourceRow.objects.filter(
        worker=worker, verdict=SourceRow.Verdict.ACCEPT, list__programme_code=source_list.programme_code
    ).exists()


def _programme_name(code: str) -> str:
    return Programme.objects.filter(code=code).values_list("name", flat=True).first() or code
