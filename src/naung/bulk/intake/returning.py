"""The faulty rows go back as a spreadsheet in the sender's own columns, the reason in words beside each.

Every cell is written as text, as it was received: no formula runs, and a NIK stays sixteen digits.
"""

import io

import polars as pl
import xlsxwriter

from naung.bulk.intake.parsing import ParsedFile, SheetLayout
from naung.bulk.intake.reasons import explain, fields_of

RESULT_WORDS = {
    "accept": "Diterima",
    "reject": "Perlu diperbaiki",
    "review": "Akan diperiksa petugas",
    "duplicate": "Sudah ada",
}
_SHEET_ROWS_MAX = 1_048_575


def return_workbook(parsed: ParsedFile, checked: pl.DataFrame, *, file: int = 0, everything: bool = False) -> bytes:
    """An XLSX of the rows of `parsed` that were not simply taken, or of `everything`.

    `checked` is what `check` returned, in which `parsed` stood at position `file`. Rows accepted with a warning are
    among the returned: the warning is for the village.
    """
    mine = checked.filter(pl.col("file") == file)
    if not everything:
        mine = mine.filter((pl.col("verdict") != "accept") | (pl.col("reasons").list.len() > 0))
    judged = parsed.rows.join(
        mine.select("sheet", "row", "verdict", "reasons", "duplicate_of", "age_years", "nik_digits"),
        on=["sheet", "row"],
        how="inner",
        maintain_order="right",
    )
    packed = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        packed,
        # Cells are data: nothing becomes a formula, a link or a number on the way out.
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    used: set[str] = set()
    for sheet in parsed.sheets:
        rows = judged.filter(pl.col("sheet") == sheet.name)
        if rows.height:
            _write_sheet(workbook, sheet, rows, _sheet_name(sheet.name, used))
    if not used:
        workbook.add_worksheet("Hasil").write_string(0, 0, "Semua baris diterima.")
    workbook.close()
    return packed.getvalue()


def _write_sheet(workbook: xlsxwriter.Workbook, sheet: SheetLayout, rows: pl.DataFrame, name: str) -> None:
    title = workbook.add_format({"bold": True, "text_wrap": True, "bottom": 1, "num_format": "@"})
    text = workbook.add_format({"num_format": "@"})
    wrong = workbook.add_format({"num_format": "@", "bg_color": "#FFE08A"})
    words = workbook.add_format({"num_format": "@", "text_wrap": True})
    page = workbook.add_worksheet(name)
    columns = [c for c in sheet.columns if c in sheet.titles or rows[c].is_not_null().any()]
    heads = ["Baris", *(sheet.titles.get(c, "") for c in columns), "Hasil", "Alasan"]
    for at, head in enumerate(heads):
        page.write_string(0, at, head, title)
    page.freeze_panes(1, 0)
    page.set_column(0, 0, 6, text)
    page.set_column(1, len(columns), 18, text)
    page.set_column(len(columns) + 1, len(columns) + 1, 20, text)
    page.set_column(len(columns) + 2, len(columns) + 2, 60, words)
    for at, row in enumerate(rows.head(_SHEET_ROWS_MAX).iter_rows(named=True), start=1):
        page.write_number(at, 0, row["row"])
        faulty = {sheet.fields.get(f) for code in row["reasons"] for f in fields_of(code)}
        for to, column in enumerate(columns, start=1):
            mark = wrong if column in faulty else text
            if row[column] is not None:
                page.write_string(at, to, row[column], mark)
            elif column in faulty:
                page.write_blank(at, to, None, mark)
        page.write_string(at, len(columns) + 1, RESULT_WORDS[row["verdict"]], text)
        page.write_string(at, len(columns) + 2, " ".join(_sentences(row)), words)


def _sentences(row: dict[str, object]) -> list[str]:
    digits, age, first = row["nik_digits"], row["age_years"], row["duplicate_of"]
    assert isinstance(row["reasons"], list)
    return [
        explain(
            code,
            digits=digits if isinstance(digits, int) else None,
            age=age if isinstance(age, int) else None,
            first=str(first) if first else None,
        )
        for code in row["reasons"]
    ]


def _sheet_name(wanted: str, used: set[str]) -> str:
    """A name Excel takes: 31 signs, none of a few, not twice."""
    plain = "".join(" " if sign in "[]:*?/\\'" else sign for sign in wanted).strip()[:28] or "Daftar"
    name, number = plain, 2
    while name.lower() in used or name.lower() == "history":
        name, number = f"{plain[:28]} {number}", number + 1
    used.add(name.lower())
    return name
