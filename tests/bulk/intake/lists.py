"""Village lists made for tests: real XLSX, ODS and CSV bytes, with invented people."""

import io
import zipfile
from datetime import date
from xml.sax.saxutils import escape

import polars as pl
import xlsxwriter

from naung.bulk.intake import CheckContext, ParsedFile, check, read_file

ON = date(2026, 11, 21)

HEADER = ["No", "Nama", "NIK", "TTL", "L/P", "Alamat", "Desa", "Kecamatan", "Pekerjaan", "No HP"]


def nik(born: date = date(1980, 1, 1), *, sex: str = "L", area: str = "127501", serial: int = 1) -> str:
    day = born.day + (40 if sex == "P" else 0)
    return f"{area}{day:02d}{born:%m%y}{serial:04d}"


def person(number: int = 1, **changes: object) -> list[object]:
    """One row of a list under HEADER; the fish seller unless changed."""
    born = changes.pop("born", date(1980, 1, 1))
    assert isinstance(born, date)
    cells: dict[str, object] = {
        "No": number,
        "Nama": "Rahmawati Siregar",
        "NIK": nik(born, sex="P", serial=number),
        "TTL": f"Binjai, {born:%d-%m-%Y}",
        "L/P": "P",
        "Alamat": "Jl. Melati 3",
        "Desa": "",
        "Kecamatan": "",
        "Pekerjaan": "Penjual ikan",
        "No HP": "0812 3456 7890",
    }
    assert not (unknown := changes.keys() - cells.keys()), unknown
    return list((cells | changes).values())


def csv(rows: list[list[object]], *, separator: str = ";", encoding: str = "utf-8", end: str = "\n") -> bytes:
    return end.join(separator.join("" if v is None else str(v) for v in row) for row in rows).encode(encoding)


def xlsx(
    rows: list[list[object]], *more: list[list[object]], merge: list[tuple[int, int, int, int, str]] = ()
) -> bytes:  # type: ignore[assignment]
    """Sheets "Lembar 1", "Lembar 2", ...; numbers stay numbers, dates become date cells, texts stay texts."""
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_formulas": False})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for i, sheet in enumerate((rows, *more)):
        page = book.add_worksheet(f"Lembar {i + 1}")
        for at, row in enumerate(sheet):
            for to, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write_datetime(at, to, cell, day)
                elif isinstance(cell, int | float):
                    page.write_number(at, to, cell)
                elif cell not in ("", None):
                    page.write_string(at, to, str(cell))
        if i == 0:
            for area in merge:
                page.merge_range(*area)
    book.close()
    return packed.getvalue()


def ods(rows: list[list[object]]) -> bytes:
    def cell(value: object) -> str:
        if value in ("", None):
            return "<table:table-cell/>"
        if isinstance(value, date):
            return f'<table:table-cell office:value-type="date" office:date-value="{value}"/>'
        if isinstance(value, int | float):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        text = escape(str(value))
        return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

    lines = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    name = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{name}:office:1.0" '
        f'xmlns:table="{name}:table:1.0" xmlns:text="{name}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Daftar">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{name}:manifest:1.0"/>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def zipped(files: dict[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def read(data: bytes, name: str = "daftar") -> ParsedFile:
    """In this process: the child has tests of its own."""
    return read_file(data, name, isolate=False)


def verdicts(*files: bytes, **context: object) -> list[tuple[str, list[str]]]:
    """(verdict, reasons) of every person row, in order."""
    checked = judge(*files, **context)
    return list(zip(checked["verdict"].to_list(), checked["reasons"].to_list(), strict=True))


def judge(*files: bytes, **context: object) -> pl.DataFrame:
    return check([read(data) for data in files], CheckContext(reference_date=ON, **context))  # type: ignore[arg-type]
