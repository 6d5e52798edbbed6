"""An attendance list as a spreadsheet: opened as safely as a village's list, read more simply.

People sign with a name and little else, so a row with a name alone is a person here. Every row below the titles is
somebody, is blank, or is counted as no person: none is lost without being told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from naung.areas.queries import villages_of
from naung.bulk.intake.contacts import normalise_phones, read_sex
from naung.bulk.intake.containers import Limits
from naung.bulk.intake.grids import Grid
from naung.bulk.intake.headers import field_of
from naung.bulk.intake.parsing import grids_of
from naung.bulk.occupations import match_occupations
from naung.outreach.actions import Person
from naung.outreach.refusals import ListTooLong, ListWithoutNames
from naung.rules.nik import NIK, parse_nik

MOST_PEOPLE = 2_000
_LIMITS = Limits(file_bytes=5 * 2**20, rows=20_000)
_TITLES_WITHIN = 40
_FIELDS = ("name", "nik", "phone", "sex", "sex_l", "sex_p", "occupation", "village", "place", "number", "note")
_PLACE = re.compile(r"instansi|organisasi|lembaga|unit\s*kerja|kelompok|asal|utusan|jabatan|kantor|perusahaan", re.I)
_KIND_WORD = re.compile(r"^(?:desa|ds|kelurahan|kel|kampung|nagari|gampong)\b\.?\s*", re.I)
_NO_PERSON = re.compile(
    r"^\W*(?:mengetahui|menyetujui|jumlah|total|rekap|kepala\s|ketua\s|sekretaris|nip\b|notulis|panitia|pimpinan rapat|"
    r"demikian|catatan|keterangan|ttd\b|tanda tangan)",
    re.I,
)

_Row = dict[str, str | None]


@dataclass(frozen=True)
class Listed:
    """The people of a file, and how many of its rows name nobody or write a NIK that is none.

    A row whose NIK is wrong is kept without it: that the person came is known, who it was in the register is not.
    """

    people: list[Person]
    nameless: int
    niks_wrong: int


def people_in(content: bytes, filename: str, *, area_code: str) -> Listed:
    """The people of an XLSX, ODS or CSV. Raises FileRefused, ListWithoutNames, ListTooLong."""
    rows = [row for grid in grids_of(content, filename, _LIMITS) for row in _rows(grid)]
    named = [row for row in rows if _is_name(row)]
    if not named:
        raise ListWithoutNames(filename)
    if len(named) > MOST_PEOPLE:
        raise ListTooLong(len(named), MOST_PEOPLE)
    phones = normalise_phones(_column(named, "phone"))
    works = match_occupations(_column(named, "occupation"))
    sexes = read_sex(_column(named, "sex"))
    villages = village_codes(area_code)
    people: list[Person] = []
    niks_wrong = 0
    for row, phone, work, sex in zip(named, phones, works, sexes, strict=True):
        nik = parse_nik(row["nik"], was_number=row["nik_was_number"] is not None) if row["nik"] else ()
        niks_wrong += bool(row["nik"]) and not isinstance(nik, NIK)
        village = villages.get(village_key(row["village"] or ""), "")
        # A village that is not of this region is still where somebody came from.
        place = row["place"] or ("" if village else row["village"]) or ""
        people.append(
            Person(
                name=_plain(row["name"]),
                organisation=_plain(place),
                village_code=village,
                occupation=work or "",
                sex=sex or ("L" if row["sex_l"] else "P" if row["sex_p"] else ""),
                nik=nik.text if isinstance(nik, NIK) else "",
                phone=phone or "",
            )
        )
    return Listed(people, len(rows) - len(named), niks_wrong)


def village_key(text: str) -> str:
    """A village as people write it, for comparing: «Kel. Binjai Estate» and «BINJAI ESTATE» are one."""
    return re.sub(r"[^a-z0-9]", "", _KIND_WORD.sub("", text.strip()).lower())


def village_codes(area_code: str) -> dict[str, str]:
    """The villages of an area by name; a name that two of them bear leads to neither."""
    found: dict[str, str] = {}
    for code, name in villages_of(area_code).values_list("code", "name"):
        key = village_key(name)
        found[key] = "" if key in found else code
    return {key: code for key, code in found.items() if code}


def _rows(grid: Grid) -> Iterator[_Row]:
    """The rows of a sheet below its titles, by field; blank ones and titles repeated on later pages left out."""
    fields: dict[str, str] = {}
    for at, cells in enumerate(grid.cells.iter_rows(named=True)):
        titles = _fields_of({name: cells[name] for name in grid.columns})
        if "name" in titles:
            fields = fields or titles
            continue
        if not fields:
            if at >= _TITLES_WITHIN:
                return
            continue
        row: _Row = {field: cells[fields[field]] if field in fields else None for field in _FIELDS}
        number = f"{fields.get('nik', '')}__number"
        row["nik_was_number"] = "1" if cells.get(number) else None
        # Lines that are only numbered, to be written on, are blank.
        if any(cells[name] for name in grid.columns if name not in (fields.get("number"), fields.get("note"))):
            yield row


def _fields_of(cells: _Row) -> dict[str, str]:
    """Which column carries what, if these cells are titles."""
    found: dict[str, str] = {}
    for name, cell in cells.items():
        if not cell or any(sign.isdigit() for sign in cell):
            continue
        field = field_of(cell)
        if field not in _FIELDS:
            field = "place" if _PLACE.search(cell) else None
        if field and field not in found:
            found[field] = name
    if not {"sex_l", "sex_p"} <= found.keys():
        found.pop("sex_l", None)
        found.pop("sex_p", None)
    return found


def _is_name(row: _Row) -> bool:
    """Whether a row names a person: letters, and not the words or the date of a signature below the list."""
    name = row["name"] or ""
    if not re.search(r"[^\W\d_]", name) or _NO_PERSON.match(name):
        return False
    alone = not any(row[field] for field in ("nik", "phone", "place", "village", "occupation"))
    return not (alone and any(sign.isdigit() for sign in name))


def _column(rows: list[_Row], field: str) -> pl.Series:
    return pl.Series([row[field] for row in rows], dtype=pl.String)


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())[:120]
