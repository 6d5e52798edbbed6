"""Reading a simple list of givers: name, unit, how many workers, since, until. One line a person."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from naung.bulk.intake.containers import Kind, Limits, recognise
from naung.bulk.intake.dates import read_dates
from naung.bulk.intake.delimited import read_delimited
from naung.bulk.intake.isolation import read_workbook_isolated
from naung.partners.refusals import NoGivers

_TITLES = (
    ("until", re.compile(r"SAMPAI|BERAKHIR|BERHENTI")),
    ("since", re.compile(r"SEJAK|MULAI|TANGGAL|TGL")),
    ("people", re.compile(r"JUMLAH|JML|TANGGUNGAN|PEKERJA|ORANG")),
    ("unit", re.compile(r"UNIT|OPD|INSTANSI|DINAS|PERANGKAT|SKPD|KANTOR|BAGIAN")),
    ("name", re.compile(r"^NAMA")),
)
_HEADER_WITHIN = 60
MOST_PEOPLE = 1_000


@dataclass(frozen=True)
class GiverRow:
    """One person of a list. `key` is name and unit as they are compared."""

    row: int
    name: str
    unit: str
    people: int
    since: date
    until: date | None

    @property
    def key(self) -> str:
        return " ".join(f"{self.name} @ {self.unit}".upper().split())[:240]


@dataclass(frozen=True)
class GiverFile:
    """`rows` that can be read, and why each other cannot: (row, reason code)."""

    rows: list[GiverRow] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)

    @property
    def received(self) -> int:
        return len(self.rows) + len(self.refused)


def read_givers(content: bytes, name: str, *, today: date) -> GiverFile:
    """Read a list as CSV, XLSX or ODS. Without a number, a giver pays for one; without a day, from today on.

    Raises FileRefused, NoGivers.
    """
    limits = Limits()
    if recognise(content, name=name, limits=limits) is Kind.CSV:
        grids = [read_delimited(content, name=name, limits=limits)]
    else:
        grids = read_workbook_isolated(content, name=name, limits=limits)
    for grid in grids:
        for at, line in enumerate(grid.cells.head(_HEADER_WITHIN).select(grid.columns).to_dicts()):
            fields = _fields(line)
            if "name" in fields and len(fields) > 1:
                return _rows(grid.cells.slice(at + 1), fields, today)
    raise NoGivers()


def _fields(line: dict[str, str | None]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for column, title in line.items():
        plain = re.sub(r"[^A-Z0-9]", "", (title or "").upper())
        field = next((field for field, pattern in _TITLES if plain and pattern.search(plain)), None)
        # «Nama OPD» names an office, «Nama» a person.
        if field is None and plain.startswith("NAMA"):
            field = "name"
        if field:
            fields.setdefault(field, column)
    return fields


def _rows(below: pl.DataFrame, fields: dict[str, str], today: date) -> GiverFile:
    read = GiverFile()
    seen: set[str] = set()
    # Days to come are days here too: somebody gives until the end of next year.
    latest = date(today.year + 30, 1, 1)
    days: dict[str, list[date | None]] = {
        name: read_dates(below[fields[name]], on=latest)["date"].to_list() if name in fields else [None] * below.height
        for name in ("since", "until")
    }
    for at, line in enumerate(below.iter_rows(named=True)):
        cells = {field: " ".join((line[column] or "").split()) for field, column in fields.items()}
        if not any(cells.values()):
            continue
        people = cells.get("people", "") or "1"
        since = days["since"][at] or today
        until = days["until"][at]
        row = GiverRow(
            int(line["row"]), cells["name"][:120], cells.get("unit", "")[:120],
            int(people) if people.isascii() and people.isdigit() and len(people) < 5 else 0, since, until,
        )  # fmt: skip
        if reason := _fault(row, cells, seen, days, at):
            read.refused.append((row.row, reason))
        else:
            seen.add(row.key)
            read.rows.append(row)
    if not read.received:
        raise NoGivers()
    return read


def _fault(
    row: GiverRow, cells: dict[str, str], seen: set[str], days: dict[str, list[date | None]], at: int
) -> str | None:
    if not row.name:
        return "no_name"
    if not 0 < row.people <= MOST_PEOPLE:
        return "people_unreadable"
    if any(cells.get(name) and days[name][at] is None for name in ("since", "until")):
        return "day_unreadable"
    if row.until and row.until <= row.since:
        return "until_before_since"
    return "twice_in_file" if row.key in seen else None
