"""Village lists as villages send them: several layouts, titles, signatures, and a known share of faults.

The faults are the ones of docs/algorithms/intake.md; how many of which kind is decided by the seed.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl
import xlsxwriter

Row = list[Any]

_MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]


@dataclass(frozen=True)
class ListFile:
    """A file a village hands in."""

    name: str
    content: bytes


def village_files(
    people: pl.DataFrame, *, seed: int, programme_name: str, faulty: float = 0.12, by: str = "village_code"
) -> list[ListFile]:
    """One file per village of `people` (or per district, `by`), in the layout that this office happens to use."""
    files = []
    for number, ((_code,), group) in enumerate(sorted(people.group_by(by), key=lambda pair: pair[0])):
        rng = random.Random(f"{seed}:{_code}")
        rows = _with_faults(group.to_dicts(), rng, faulty)
        layout = _LAYOUTS[number % len(_LAYOUTS)]
        files.append(layout(rows, group["village"][0], group["district"][0], programme_name))
    return files


def _with_faults(rows: list[dict[str, Any]], rng: random.Random, share: float) -> list[dict[str, Any]]:
    """Rows as typed by hand: most are right, some lack a digit, name the dead, or stand there twice."""
    typed: list[dict[str, Any]] = []
    for row in rows:
        fault = rng.random()
        if fault >= share:
            typed.append(row)
            continue
        kind = rng.choice(_FAULTS)
        if kind == "twice":
            typed += [row, row | {"name": row["name"].upper()}]
        else:
            typed.append(row | _FAULTY[kind](row, rng))
    return typed


_FAULTY: dict[str, Callable[[dict[str, Any], random.Random], dict[str, Any]]] = {
    "short": lambda row, rng: {"nik": row["nik"][: rng.choice((14, 15))]},
    "letter": lambda row, _: {"nik": row["nik"][:-1] + "O"},
    "missing": lambda row, _: {"nik": ""},
    "spaced": lambda row, _: {"nik": f"{row['nik'][:6]} {row['nik'][6:12]} {row['nik'][12:]}"},
    "old": lambda row, rng: {
        "birth_date": row["birth_date"].replace(year=1955),
        "nik": _redated(row["nik"], 55),
    },
    "young": lambda row, rng: {
        "birth_date": row["birth_date"].replace(year=2012),
        "nik": _redated(row["nik"], 12),
    },
    "other_day": lambda row, _: {"birth_date": row["birth_date"].replace(day=row["birth_date"].day % 28 + 1)},
    "late": lambda row, _: {"name": f"Alm. {row['name']}"},
    "no_job": lambda row, _: {"occupation": ""},
    "no_name": lambda row, _: {"name": ""},
}
_FAULTS = [*_FAULTY, "twice", "twice", "spaced", "short"]


def _redated(nik: str, year: int) -> str:
    return nik[:10] + f"{year:02d}" + nik[12:]


def _in_words(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _office_layout(rows: list[dict[str, Any]], village: str, district: str, programme: str) -> ListFile:
    """A workbook with a title, a header of two words, subtotals nobody asked for and a signature."""
    table: list[Row] = [
        [f"DAFTAR USULAN PEKERJA RENTAN {village.upper()}"],
        [f"KECAMATAN {district.upper()}"],
        [programme],
        [],
        ["No", "Nama Lengkap", "N I K", "No. KK", "Tempat/Tgl Lahir", "L/P", "Alamat", "RT/RW", "Kelurahan", "Pekerjaan", "No. HP"],
    ]  # fmt: skip
    for number, row in enumerate(rows, 1):
        born = f"{row['birth_place']}, {row['birth_date']:%d-%m-%Y}"
        table.append(
            [number, row["name"], f"'{row['nik']}" if row["nik"] else "", row["kk"], born, row["sex"], row["address"],
             row["rt_rw"], row["village"], row["occupation"], row["phone"]]
        )  # fmt: skip
    table += [
        ["JUMLAH", f"{len(rows)} orang"],
        [],
        ["", "", "", "", "", "", "Lurah,"],
        [],
        ["", "", "", "", "", "", "(........................)"],
    ]
    return ListFile(f"usulan {village}.xlsx", _workbook(table, sheet="Usulan"))


def _plain_layout(rows: list[dict[str, Any]], village: str, district: str, _programme: str) -> ListFile:
    """A semicolon file from an old office machine, in its old encoding."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(["NO", "NO KTP", "NAMA", "TGL LAHIR", "JK", "ALAMAT", "DESA/KEL", "KECAMATAN", "JENIS USAHA", "HP"])
    for number, row in enumerate(rows, 1):
        writer.writerow(
            [number, row["nik"], row["name"].upper(), f"{row['birth_date']:%d/%m/%Y}", row["sex"], row["address"],
             village, district, row["occupation"], row["phone"]]
        )  # fmt: skip
    return ListFile(f"{village.lower().replace(' ', '_')}.csv", out.getvalue().encode("cp1252"))


def _worded_layout(rows: list[dict[str, Any]], village: str, district: str, _programme: str) -> ListFile:
    """A workbook with dates in words, and the address fields that repeat left to «sda»."""
    table: list[Row] = [
        [f"Data Pekerja {village}"],
        [
            "NO.",
            "NAMA",
            "NIK",
            "TANGGAL LAHIR",
            "JENIS KELAMIN",
            "DUSUN/JALAN",
            "DESA",
            "KECAMATAN",
            "PEKERJAAN",
            "KET",
        ],
    ]
    for number, row in enumerate(rows, 1):
        table.append(
            [number, row["name"], row["nik"], _in_words(row["birth_date"]), "Laki-laki" if row["sex"] == "L" else "Perempuan",
             row["address"], village if number == 1 else "sda", district if number == 1 else "sda", row["occupation"], ""]
        )  # fmt: skip
    return ListFile(f"DATA {village}.xlsx", _workbook(table, sheet="Sheet1"))


_LAYOUTS = (_office_layout, _plain_layout, _worded_layout)


def _workbook(table: list[Row], *, sheet: str) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        # The writer notes the moment; the same list must be the same bytes, or it would be taken in twice.
        book.set_properties({"created": datetime(2025, 1, 1)})  # noqa: DTZ001 - the format knows no zone
        page = book.add_worksheet(sheet)
        for number, row in enumerate(table):
            page.write_row(number, 0, row)
    return buffer.getvalue()
