"""A report as a spreadsheet or as CSV: the same cells as the page, safe to open."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from naung.documents.tables import Column, Kind, Sheet, plain_text, write_sheets
from naung.planning.reports import Report
from naung.ui.formats import date_plain, month

#: What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def headings() -> list[str]:
    return [
        _("Kode wilayah"),
        _("Wilayah"),
        _("Direncanakan bulan terakhir"),
        _("Aktif bulan terakhir"),
        _("Bulan-orang lunas"),
        _("Ditagihkan (Rp)"),
        _("Dibayar (Rp)"),
    ]


def titles(found: Report, *, on: date) -> list[str]:
    """What the table is about, of which months, from where and of which day."""
    asked = found.asked
    lines = [
        _("Laporan perlindungan pekerja %(area)s") % {"area": found.area_name},
        _("Periode %(first)s sampai %(last)s") % {"first": month(asked.first), "last": month(asked.last)},
        _("Program: %(name)s") % {"name": asked.programme.name if asked.programme else _("semua program")},
        _("Sumber: buku iuran Naung, %(day)s") % {"day": date_plain(on)},
    ]
    if found.coverage:
        figure = found.coverage.figure
        lines.append(
            _("Angka resmi UCJ: %(covered)s dari %(whole)s, %(source)s, %(day)s")
            % {
                "covered": figure.covered,
                "whole": figure.denominator,
                "source": figure.source,
                "day": date_plain(figure.as_of),
            }
        )
    if found.hides:
        lines.append(_("<5: kurang dari 5 orang. •: disembunyikan supaya jumlah kecil tidak dapat dihitung."))
    return lines


def rows(found: Report) -> Iterator[list[int | str]]:
    for line in found.lines:
        yield [line.code, line.name, *line.cells]
    total = found.total
    cells: list[int | str] = ["•"] * 5 if found.total_hidden else [*total.people, total.billed_rp, total.paid_rp]
    yield ["", _("Jumlah"), *cells]


def as_xlsx(found: Report, *, on: date) -> bytes:
    kinds: tuple[Kind, ...] = ("text", "text", "number", "number", "number", "rupiah", "rupiah")
    widths = (14, 30, 16, 16, 16, 18, 18)
    shapes = zip(headings(), kinds, widths, strict=True)
    columns = [Column(name, kind=kind, width=width) for name, kind, width in shapes]
    body = list(rows(found))
    moves: list[list[int | str]] = [[move.name, move.entered, move.left] for move in found.moves]
    moves.append([_("Jumlah"), found.entered, found.left])
    inout = [Column(_("Wilayah"), width=30), Column(_("Masuk"), kind="number"), Column(_("Keluar"), kind="number")]
    bold = frozenset([place for place, line in enumerate(found.lines) if line.level == 0] + [len(body) - 1])
    about, last = titles(found, on=on), frozenset({len(moves) - 1})
    return write_sheets(
        [
            Sheet(_("Wilayah"), columns, body, title=about, bold_rows=bold),
            Sheet(_("Masuk dan keluar"), inout, moves, title=about, bold_rows=last),
        ]
    )


def as_csv(found: Report, *, on: date) -> bytes:
    """Separated by semicolons, as spreadsheets set to Indonesian expect; UTF-8 with its mark."""
    text = io.StringIO()
    out = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for title in titles(found, on=on):
        out.writerow([safe(title)])
    out.writerow([])
    out.writerow(headings())
    for row in rows(found):
        out.writerow([safe(cell) for cell in row])
    out.writerow([])
    out.writerow([_("Wilayah"), _("Masuk"), _("Keluar")])
    for move in found.moves:
        out.writerow([safe(move.name), move.entered, move.left])
    out.writerow([_("Jumlah"), found.entered, found.left])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def safe(cell: int | str) -> int | str:
    """Text that no spreadsheet takes for a formula."""
    if isinstance(cell, int):
        return cell
    clean = plain_text(cell)
    return f"'{clean}" if clean.startswith(_FORMULA) else clean
