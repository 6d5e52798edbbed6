"""XLSX and ODS through calamine, which tells a number from a text: a NIK typed as a number is a finding.

Runs in the process of `isolation` when the file is a stranger's. Formulas are never evaluated: the value that the
sender's program stored is what counts. Pieces of rows become columns at once, so that Python objects never hold
the whole sheet.
"""

import datetime
import io
from collections.abc import Iterator
from itertools import islice

import polars as pl
import python_calamine

from naung.bulk.intake.containers import Limits
from naung.bulk.intake.grids import Grid, blank_to_null, column
from naung.bulk.intake.refusals import FileFault, FileRefused

Cell = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta

_PIECE_ROWS = 20_000


def read_workbook(data: bytes, *, name: str, limits: Limits) -> list[Grid]:
    """Every sheet that holds anything. Raises FileRefused where it cannot be read or is beyond the limits."""
    try:
        workbook = python_calamine.CalamineWorkbook.from_object(io.BytesIO(data))
        sheets = workbook.sheet_names
    except python_calamine.PasswordError as error:
        raise FileRefused(fault=FileFault.PASSWORD, file=name) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise FileRefused(fault=FileFault.UNREADABLE, file=name) from error

    grids, rows_left = [], limits.rows
    for sheet_name in sheets:
        try:
            sheet = workbook.get_sheet_by_name(sheet_name)
        except python_calamine.WorksheetNotFound:
            continue  # a chart
        except (python_calamine.CalamineError, OSError, ValueError) as error:
            raise FileRefused(fault=FileFault.UNREADABLE, file=name) from error
        rows_left -= sheet.height
        if rows_left < 0:
            raise FileRefused(fault=FileFault.TOO_MANY_ROWS, file=name, found=str(limits.rows - rows_left))
        if sheet.height:
            grids.append(_grid(sheet, limits))
    return grids


def _grid(sheet: python_calamine.CalamineSheet, limits: Limits) -> Grid:
    left = sheet.start[1] if sheet.start else 0
    # The iterator starts at the sheet's first row, but at its first filled column.
    names = [column(left + i) for i in range(min(sheet.width, limits.columns))]
    pieces = list(_pieces(sheet.iter_rows(), names, limits))
    cells = pl.concat(pieces) if pieces else pl.DataFrame()
    # Nobody reads number flags of a column without numbers.
    flags = [c for c in cells.columns if c.endswith("__number")]
    idle = [c for c in flags if not cells[c].any()]
    merged = tuple(
        (top + 1, bottom + 1, at)
        for (top, at), (bottom, _) in (sheet.merged_cell_ranges or ())
        if bottom > top and column(at) in names
    )
    return Grid(
        sheet=sheet.name,
        cells=blank_to_null(cells.drop(idle), names),
        numbers=frozenset(c.removesuffix("__number") for c in flags if c not in idle),
        merged=merged,
    )


def _pieces(rows: Iterator[list[Cell]], names: list[str], limits: Limits) -> Iterator[pl.DataFrame]:
    first = 1
    while piece := list(islice(rows, _PIECE_ROWS)):
        data: dict[str, pl.Series] = {}
        for c, cells in zip(names, zip(*piece, strict=True), strict=False):
            data[c] = pl.Series([_text(cell) for cell in cells], dtype=pl.String)
            data[f"{c}__number"] = pl.Series([type(cell) in (int, float) for cell in cells], dtype=pl.Boolean)
        frame = pl.DataFrame(data)
        too_long = pl.any_horizontal(pl.col(c).str.len_chars() > limits.cell_chars for c in names)
        yield frame.select(
            pl.int_range(first, first + pl.len(), dtype=pl.UInt32).alias("row"),
            too_long.fill_null(False).alias("malformed"),
            pl.lit(None, dtype=pl.UInt16).alias("fields"),
            *(pl.col(c).str.slice(0, limits.cell_chars) for c in names),
            *(f"{c}__number" for c in names),
        ).filter(pl.any_horizontal(pl.col(c).is_not_null() for c in names))
        first += len(piece)


def _text(cell: Cell) -> str | None:
    """A cell as its column would print it; whole numbers without a decimal point, dates as ISO."""
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e18 else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(sep=" ")
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell)
