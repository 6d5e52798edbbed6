"""Spreadsheets that are safe to open: text stays text, a cell is never a formula or a link.

For lists sent back to villages, exports and attachments. Rows are written as they come, so that a long
list needs little memory.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

Kind = Literal["text", "number", "rupiah", "date"]

# The most characters one cell of the format can hold; more makes the file unreadable.
CELL_LIMIT = 32_767
# Excel keeps fifteen digits of a number: anything longer (a NIK, a KK) must be text.
EXACT_DIGITS = 10**15
# Not allowed in XML 1.0, which the file is made of.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what its cells hold, and its width in characters."""

    title: str
    kind: Kind = "text"
    width: int = 18


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: lines of title, the header row, then rows. `bold_rows` counts rows from 0 (subtotals)."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    title: Sequence[str] = ()
    bold_rows: frozenset[int] = field(default_factory=frozenset)


def write_xlsx(
    columns: Sequence[Column | str],
    rows: Iterable[Sequence[Any]],
    *,
    sheet: str = "Daftar",
    title: Sequence[str] = (),
) -> bytes:
    """One sheet as the bytes of an XLSX file; a column given as text alone holds text."""
    known = [column if isinstance(column, Column) else Column(column) for column in columns]
    return write_sheets([Sheet(sheet, known, rows, title=title)])


def write_sheets(sheets: Sequence[Sheet]) -> bytes:
    """Several sheets as the bytes of one XLSX file."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {
        "constant_memory": True,
        "in_memory": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        looks = {
            "title": book.add_format({"bold": True}),
            "head": book.add_format(
                {"bold": True, "bg_color": "#E1EDFC", "border": 1, "text_wrap": True, "valign": "top"}
            ),
            "text": book.add_format({"num_format": "@"}),
            "number": book.add_format({"num_format": "0"}),
            "rupiah": book.add_format({"num_format": "#,##0"}),
            "date": book.add_format({"num_format": "dd/mm/yyyy"}),
        }
        bold = {
            kind: book.add_format({"bold": True, "top": 1, "num_format": pattern})
            for kind, pattern in (("text", "@"), ("number", "0"), ("rupiah", "#,##0"), ("date", "dd/mm/yyyy"))
        }
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name[:31]), sheet, looks, bold)
    return buffer.getvalue()


def _write(page: Any, sheet: Sheet, looks: dict[str, Any], bold: dict[str, Any]) -> None:
    """One sheet, top to bottom: a file written in constant memory cannot go back up."""
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
    line = 0
    for text in sheet.title:
        page.write_string(line, 0, plain_text(text), looks["title"])
        line += 1
    if sheet.title:
        line += 1
    header = line
    for place, column in enumerate(sheet.columns):
        page.write_string(header, place, plain_text(column.title), looks["head"])
    page.freeze_panes(header + 1, 0)
    page.repeat_rows(header)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    for index, row in enumerate(sheet.rows):
        styles = bold if index in sheet.bold_rows else looks
        for place, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            _cell(page, header + 1 + index, place, value, styles[column.kind], styles["text"])


def _cell(page: Any, line: int, place: int, value: Any, style: Any, text_style: Any) -> None:
    if value is None or value == "":
        page.write_blank(line, place, None, style)
    elif isinstance(value, datetime):
        page.write_string(line, place, value.isoformat(sep=" ", timespec="minutes"), text_style)
    elif isinstance(value, date):
        page.write_datetime(line, place, value, style)
    elif isinstance(value, int | Decimal) and not isinstance(value, bool) and abs(int(value)) < EXACT_DIGITS:
        page.write_number(line, place, value, style)
    else:
        page.write_string(line, place, plain_text(str(value)), text_style)


def plain_text(value: str) -> str:
    """`value` as a cell can hold it: without control characters, cut at the limit of the format."""
    return _UNWRITABLE.sub("", value)[:CELL_LIMIT]
