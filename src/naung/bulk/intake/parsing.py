"""One file in, one line per person out; or a refusal of the whole file, in words."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from naung.bulk.intake.containers import Kind, Limits, recognise
from naung.bulk.intake.delimited import read_delimited
from naung.bulk.intake.grids import Grid, column
from naung.bulk.intake.headers import Header
from naung.bulk.intake.isolation import read_workbook_isolated
from naung.bulk.intake.layout import FIELDS, lay_out
from naung.bulk.intake.matching import Columns, Seen, seen_in
from naung.bulk.intake.refusals import FileFault, FileRefused
from naung.bulk.intake.workbooks import read_workbook


@dataclass(frozen=True)
class SheetLayout:
    """How one sheet was read: source columns in order, their titles as received, and the fields found."""

    name: str
    columns: tuple[str, ...]
    titles: dict[str, str]
    fields: dict[str, str]


@dataclass(frozen=True)
class ParsedFile:
    """A list as received.

    `rows` has one line per person: `sheet`, `row` (as a spreadsheet shows it, from 1), the source cells as received in
    c0, c1, ..., the same cells again under the names of `FIELDS` (dittos and merged cells filled in), `nik_was_number`
    and `malformed`. `skipped` has every other line: `sheet`, `row`, `kind`.
    """

    name: str
    sha256: str
    size: int
    sheets: tuple[SheetLayout, ...]
    rows: pl.DataFrame
    skipped: pl.DataFrame

    def cells(self) -> pl.Series:
        """The cells of each person row as received, one list per row; null where a cell was blank."""
        columns = [c for c in self.rows.columns if c[0] == "c" and c[1:].isdigit()]
        return self.rows.select(pl.concat_list(columns).alias("cells")).to_series()


def read_file(
    source: Path | bytes,
    name: str,
    *,
    limits: Limits | None = None,
    isolate: bool = True,
    columns: Columns | None = None,
) -> ParsedFile:
    """Read a list from a path or from its bytes; `name` is what the sender called it.

    Spreadsheets are parsed in a child process unless `isolate` is False. `columns` is what a person said about a
    list whose titles nobody knows.
    Raises FileRefused: empty, no person in it, not a table, old Excel, password, too large, unreadable.
    """
    limits = limits or Limits()
    if isinstance(source, Path) and source.stat().st_size > limits.file_bytes:
        raise FileRefused(fault=FileFault.TOO_LARGE, file=name, found=f"{source.stat().st_size // 2**20} MB")
    data = source.read_bytes() if isinstance(source, Path) else source
    grids = grids_of(data, name, limits, isolate=isolate)
    rows, skipped, sheets = _lay_out_all(grids, columns)
    if not rows.height:
        raise FileRefused(fault=FileFault.NO_ROWS, file=name)
    return ParsedFile(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        sheets=tuple(sheets),
        rows=rows,
        skipped=skipped,
    )


def look_into(data: bytes, name: str, *, limits: Limits | None = None) -> Seen | None:
    """The columns of a file as they came, for a person to say what they mean; None where there is no table.

    Raises FileRefused as `read_file` does, but not for want of people.
    """
    return seen_in(grids_of(data, name, limits or Limits()))


def grids_of(data: bytes, name: str, limits: Limits, *, isolate: bool = True) -> list[Grid]:
    """The sheets of a file as they came. Raises FileRefused."""
    kind = recognise(data, name=name, limits=limits)
    if kind is Kind.CSV:
        return [read_delimited(data, name=name, limits=limits)]
    if isolate:
        return read_workbook_isolated(data, name=name, limits=limits)
    return read_workbook(data, name=name, limits=limits)


def _lay_out_all(
    grids: list[Grid], told: Columns | None = None
) -> tuple[pl.DataFrame, pl.DataFrame, list[SheetLayout]]:
    rows, skipped, sheets = [], [], []
    header: Header | None = None
    for grid in grids:
        laid = lay_out(grid, header, told)
        header = laid.header or header
        sheet = pl.lit(grid.sheet).alias("sheet")
        rows.append(laid.rows.select(sheet, "row", "malformed", "nik_was_number", *grid.columns, *FIELDS))
        skipped.append(laid.skipped.select(sheet, "row", "kind"))
        titles, fields = (laid.header.titles, laid.header.fields) if laid.header else ({}, {})
        sheets.append(SheetLayout(grid.sheet, tuple(grid.columns), titles, fields))
    if len(rows) == 1:
        return rows[0], skipped[0], sheets
    together = pl.concat(rows, how="diagonal") if rows else pl.DataFrame()
    return _in_column_order(together), pl.concat(skipped) if skipped else pl.DataFrame(), sheets


def _in_column_order(rows: pl.DataFrame) -> pl.DataFrame:
    cells = sorted((c for c in rows.columns if c[0] == "c" and c[1:].isdigit()), key=lambda c: int(c[1:]))
    assert all(c == column(int(c[1:])) for c in cells)
    return rows.select([c for c in rows.columns if c not in cells] + cells)
