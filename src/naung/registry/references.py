"""Reading what another body answered: the dead, members, people who moved, deciles. One column must be the NIK."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from naung.bulk.intake.contacts import read_rupiah
from naung.bulk.intake.containers import Kind, Limits, recognise
from naung.bulk.intake.dates import read_dates
from naung.bulk.intake.delimited import read_delimited
from naung.bulk.intake.grids import Grid
from naung.bulk.intake.headers import field_of
from naung.bulk.intake.isolation import read_workbook_isolated
from naung.bulk.intake.nik import read_niks
from naung.registry.models import ReferenceList
from naung.registry.refusals import NoSuchKind, NothingRecognised

ROWS = {"nik": pl.String, "on": pl.Date, "note": pl.String, "decile": pl.Int16, "amount": pl.Int64}
_NOTE_CHARS = 60
_HEADER_WITHIN = 60
# Titles as people write them, without spaces and signs; birth dates are never the day of an event.
_WHEN = {
    "deaths": re.compile(r"MENINGGAL|WAFAT|MATI|DEATH|DIED|^TANGGAL$|^TGL$"),
    "moved": re.compile(r"PINDAH|MOVED|^TANGGAL$|^TGL$"),
    "members": re.compile(r"KEPESERTAAN|AKTIF|MULAI|TERDAFTAR|^TANGGAL$|^TGL$"),
    "deciles": re.compile(r"VINTAGE|PEMUTAKHIRAN|^TANGGAL$|^TGL$"),
}
_BIRTH = re.compile(r"LAHIR|BIRTH|TTL")
_NOTE = re.compile(r"KETERANGAN|CATATAN|SEGMEN|STATUS|PROGRAM|PENJAMIN|PEMBAYAR|NOTE|^KET$")
_DECILE = re.compile(r"DESIL|DECILE")
# A contribution of one person: only the list of a bill has it.
_AMOUNT = re.compile(r"^IURAN|JUMLAHIURAN|TOTALIURAN|^TOTAL$|^JUMLAH$|AMOUNT")


@dataclass(frozen=True)
class ReferenceFile:
    """A reference file as read: `rows` (`ROWS`, each NIK once) and how many lines named nobody."""

    name: str
    sha256: str
    rows: pl.DataFrame
    malformed: int


def read_reference(source: Path | bytes, name: str, *, kind: str, as_of: date) -> ReferenceFile:
    """Read an answer as CSV, XLSX or ODS. A later line about the same person adds nothing to an earlier one.

    Raises FileRefused, NoSuchKind, NothingRecognised.
    """
    if kind not in ReferenceList.Kind.values:
        raise NoSuchKind(kind)
    content = source.read_bytes() if isinstance(source, Path) else source
    tables = [table for grid in _grids(content, name) if (table := _table(grid)) is not None]
    lines = [_lines(table, kind, as_of) for table in tables]
    rows = pl.concat(lines) if lines else pl.DataFrame(schema=ROWS)
    good = rows.filter(pl.col("nik").is_not_null())
    if not good.height:
        raise NothingRecognised(name)
    return ReferenceFile(
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        rows=good.unique("nik", keep="first", maintain_order=True),
        malformed=rows.height - good.height,
    )


@dataclass(frozen=True)
class _Table:
    """The lines below a header: `cells` by source column, titles as received."""

    cells: pl.DataFrame
    titles: dict[str, str]
    nik: str


def _grids(content: bytes, name: str) -> list[Grid]:
    limits = Limits()
    if recognise(content, name=name, limits=limits) is Kind.CSV:
        return [read_delimited(content, name=name, limits=limits)]
    return read_workbook_isolated(content, name=name, limits=limits)


def _table(grid: Grid) -> _Table | None:
    """The table of a sheet: below the first line that has a title for NIK. A sheet without one says nothing."""
    columns = grid.columns
    for at, line in enumerate(grid.cells.head(_HEADER_WITHIN).select(columns).to_dicts()):
        titles = {cell: title for cell, title in line.items() if title}
        nik = next((cell for cell, title in titles.items() if field_of(title) == "nik"), None)
        if nik is not None:
            below = grid.cells.slice(at + 1)
            return _Table(below.filter(pl.any_horizontal(pl.col(columns).is_not_null())), titles, nik)
    return None


def _lines(table: _Table, kind: str, as_of: date) -> pl.DataFrame:
    cells = table.cells
    number = f"{table.nik}__number"
    was_number = cells[number] if number in cells.columns else pl.repeat(False, cells.height, eager=True)
    niks = read_niks(cells[table.nik], was_number.fill_null(False), on=as_of)
    unfit = niks["nik_precision_lost"] | niks["nik_placeholder"]
    rows = pl.DataFrame(
        {
            "nik": niks["nik"].set(unfit, None),
            "on": read_dates(_cells(table, _WHEN[kind], but=_BIRTH), on=as_of)["date"],
            "note": _cells(table, _NOTE).str.strip_chars().str.slice(0, _NOTE_CHARS),
            "decile": _cells(table, _DECILE).str.extract(r"^\D*(\d{1,2})\b").cast(pl.Int16, strict=False),
            "amount": read_rupiah(_cells(table, _AMOUNT)),
        },
        schema=ROWS,
    ).with_columns(pl.when(pl.col("decile").is_between(1, 10)).then("decile"))
    if kind == ReferenceList.Kind.DECILES:
        rows = rows.with_columns(nik=pl.when(pl.col("decile").is_not_null()).then("nik"))
    return rows


def _cells(table: _Table, wanted: re.Pattern[str], *, but: re.Pattern[str] | None = None) -> pl.Series:
    """The cells under the first title that `wanted` finds; null where there is no such column."""
    for cell, title in table.titles.items():
        key = re.sub(r"[^A-Z0-9]", "", title.upper())
        if wanted.search(key) and not (but and but.search(key)):
            return table.cells[cell]
    return pl.repeat(None, table.cells.height, dtype=pl.String, eager=True)
