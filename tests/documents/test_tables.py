"""Spreadsheets that are safe to open: what came from a cell goes back as text."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from naung.documents.tables import CELL_LIMIT, Column, Sheet, write_sheets, write_xlsx


def cells(workbook: bytes, sheet: int = 0) -> list[list]:
    return CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(sheet).to_python()


def markup(workbook: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+62812", "-5", "@SUM(A1)", "=cmd|' /C calc'!A0", "{=1}", "https://example.org", "<b>x</b>", "\t=1+1"],
)
def test_text_stays_text_and_never_runs(text):
    book = write_xlsx(["Nama"], [[text]])
    assert cells(book)[1] == [text]
    assert "<f>" not in markup(book)
    assert "hyperlink" not in markup(book)


def test_a_nik_keeps_all_its_digits_even_when_handed_over_as_a_number():
    rows = cells(write_xlsx(["NIK"], [["9601011203800017"], [9601011203800017]]))
    assert [row[0] for row in rows[1:]] == ["9601011203800017", "9601011203800017"]


def test_numbers_and_dates_are_numbers_and_dates():
    columns = [Column("Orang", "number"), Column("Iuran", "rupiah"), Column("Lahir", "date"), Column("Nilai", "number")]
    row = cells(write_xlsx(columns, [[5000, 1_008_000_000, date(1980, 5, 5), Decimal("62.5")]]))[1]
    assert row == [5000, 1_008_000_000, date(1980, 5, 5), 62.5]


def test_what_a_cell_cannot_hold_is_left_out_and_the_file_still_opens():
    row = cells(write_xlsx(["a", "b", "c"], [["a\x00b\x1f\ud800", "x" * (CELL_LIMIT + 1), None]]))[1]
    assert row[0] == "ab"
    assert len(row[1]) == CELL_LIMIT
    assert row[2:] in ([], [""])


def test_titles_stand_above_the_header():
    lines = cells(write_xlsx(["Nama"], [["Citra"]], title=("Daftar kembali", "Desa Contoh")))
    assert [line[0] for line in lines] == ["Daftar kembali", "Desa Contoh", "", "Nama", "Citra"]


def test_a_row_that_does_not_fit_its_columns_is_our_own_mistake():
    with pytest.raises(ValueError, match=r"shorter|longer"):
        write_xlsx(["a", "b"], [["one"]])


def test_several_sheets_keep_their_names_and_order():
    sheets = [Sheet("Baik", [Column("a")], [["1"]]), Sheet("Perlu diperbaiki", [Column("a")], [["2"]])]
    book = CalamineWorkbook.from_filelike(io.BytesIO(write_sheets(sheets)))
    assert book.sheet_names == ["Baik", "Perlu diperbaiki"]
