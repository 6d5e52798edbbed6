"""The list for whoever prints the cards. It is made once, from codes that only memory holds, and never stored."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from naung.areas import queries as areas
from naung.cards import codes
from naung.cards.actions import Issued
from naung.documents.tables import Column, plain_text, write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COLUMNS = (
    Column("No", "number", 6),
    Column("Nama", width=34),
    Column("Desa/kelurahan", width=26),
    Column("Kode kartu", width=14),
    # The code stands after '#': a browser does not send that part.
    Column("Isi QR", width=48),
)


def printed(issued: Sequence[Issued], *, kind: str, check_url: str) -> tuple[bytes, str]:
    """The list as `xlsx` or `csv`, with its media type. `check_url` is the whole address of Cek perlindungan."""
    rows = _rows(issued, check_url)
    if kind == "xlsx":
        return write_xlsx(_COLUMNS, rows, sheet="Kartu"), XLSX
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(column.title for column in _COLUMNS)
    writer.writerows(["'" + cell if cell[:1] in "=+-@" else cell for cell in map(_cell, row)] for row in rows)
    return buffer.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8"


def _cell(value: object) -> str:
    return plain_text(str(value))


def _rows(issued: Sequence[Issued], check_url: str) -> Iterator[tuple[object, ...]]:
    names = areas.names_of({one.area_code for one in issued})
    for number, one in enumerate(issued, 1):
        yield number, one.name, names.get(one.area_code, ""), codes.written(one.code), f"{check_url}#{one.code}"
