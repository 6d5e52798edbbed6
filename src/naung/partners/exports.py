"""The compliance list as a spreadsheet or CSV: cells are data, none is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from naung.documents.tables import Column, plain_text, write_xlsx
from naung.partners.compliance import Required, Standing, missing_of
from naung.partners.models import Employer
from naung.ui.formats import date_plain

#: What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
MOST_ROWS = 200_000


def _columns() -> list[Column]:
    return [
        Column(_("NPP"), width=14),
        Column(_("Nama pemberi kerja"), width=36),
        Column(_("Jenis"), width=14),
        Column(_("Sektor"), width=8),
        Column(_("Ukuran usaha"), width=18),
        Column(_("Kecamatan"), width=20),
        Column(_("Desa/kelurahan"), width=20),
        Column(_("Program wajib"), width=18),
        Column(_("Program diikuti"), width=18),
        Column(_("Program belum diikuti"), width=18),
        Column(_("Pekerja menurut perusahaan"), kind="number", width=14),
        Column(_("Tanggal laporan"), kind="date", width=14),
        Column(_("Pekerja terdaftar"), kind="number", width=14),
        Column(_("Tanggal data cabang"), kind="date", width=14),
        Column(_("Kesenjangan"), kind="number", width=12),
        Column(_("Keadaan"), width=18),
    ]


def _lines(employers: Iterable[Employer], required: Required, places: dict[str, str]) -> Iterator[list[Any]]:
    # Told once each: a hundred thousand translations of four words take longer than the file.
    kinds, sizes, standings = (
        {value: str(label) for value, label in choices.choices} for choices in (Employer.Kind, Employer.Size, Standing)
    )
    none = _("belum")
    for one in employers:
        asked, missing = required.of(one.kind, one.size), missing_of(one, required)
        standing: str = one.standing  # type: ignore[attr-defined]
        yield [
            one.registration,
            one.name,
            kinds[one.kind],
            one.sector,
            sizes.get(one.size, ""),
            places.get(one.area_code[:6], "") if len(one.area_code) >= 6 else "",
            places.get(one.area_code, "") if len(one.area_code) == 10 else "",
            " ".join(asked or ()),
            "" if one.programmes is None else " ".join(one.programmes) or none,
            " ".join(missing or ()),
            one.reported,
            one.reported_on,
            one.registered,
            one.registered_on,
            one.gap,
            standings[standing],
        ]


def _title(region: str, on: date) -> list[str]:
    return [
        _("Kepatuhan pemberi kerja %(area)s") % {"area": region},
        _("Program wajib menurut aturan pada %(day)s") % {"day": date_plain(on)},
    ]


def as_xlsx(employers: Iterable[Employer], required: Required, places: dict[str, str], *, region: str) -> bytes:
    lines = _lines(employers, required, places)
    return write_xlsx(_columns(), lines, sheet=_("Pemberi kerja"), title=_title(region, required.on))


def as_csv(employers: Iterable[Employer], required: Required, places: dict[str, str], *, region: str) -> bytes:
    """Separated by semicolons, as spreadsheets set to Indonesian expect; UTF-8 with its mark."""
    text = io.StringIO()
    out = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for line in _title(region, required.on):
        out.writerow([line])
    out.writerow([column.title for column in _columns()])
    for row in _lines(employers, required, places):
        out.writerow([_safe(cell) for cell in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _safe(cell: Any) -> Any:
    """Text that no spreadsheet takes for a formula; a number stays one."""
    if not isinstance(cell, str):
        return "" if cell is None else cell
    clean = plain_text(cell)
    return f"'{clean}" if clean.startswith(_FORMULA) else clean
