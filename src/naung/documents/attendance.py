"""The empty attendance list of a meeting, as PDF: numbered lines, and a square that leads to the same list by phone."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import segno

from naung.documents.typeset import typeset

HEADINGS = ("No.", "Nama", "Instansi/kelompok, desa", "NIK atau ponsel (boleh kosong)", "Tanda tangan")
PURPOSE = (
    "Nama dan instansi dipakai untuk laporan pertemuan. NIK dan nomor ponsel boleh dikosongkan; bila diisi, keduanya"
    " hanya dipakai untuk mengetahui apakah peserta kemudian terlindungi, dan disimpan tersandi (UU 27/2022)."
)


@dataclass(frozen=True, slots=True)
class AttendanceSheet:
    """What the sheet says. `address` is the page for phones; '' leaves the square out."""

    region: str
    office: str
    title: str
    facts: Sequence[tuple[str, str]]
    lines: int
    address: str = ""
    crest: bytes = b""


def attendance_pdf(sheet: AttendanceSheet) -> bytes:
    """Raises TypesettingFailed."""
    contents = {
        "region": sheet.region,
        "office": sheet.office,
        "title": f"Daftar hadir {sheet.title}",
        "facts": [list(fact) for fact in sheet.facts],
        "headings": list(HEADINGS),
        "lines": sheet.lines,
        "square": list(_square(sheet.address)) if sheet.address else [],
        "square_words": "Isi lewat ponsel",
        "crest": list(sheet.crest),
        "purpose": PURPOSE,
        "foot": f"Daftar hadir {sheet.title}"[:90],
    }
    return typeset("attendance.typ", contents)


def _square(address: str) -> bytes:
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="png", scale=8, border=2)
    return out.getvalue()
