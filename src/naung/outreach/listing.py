"""An attendance list as a spreadsheet, read by the intake of village lists; no row is lost without being told."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from naung.areas.queries import villages_of
from naung.bulk.intake.contacts import normalise_phones, read_sex
from naung.bulk.intake.containers import Limits
from naung.bulk.intake.parsing import ParsedFile, read_file
from naung.bulk.occupations import match_occupations
from naung.outreach.actions import Person
from naung.outreach.refusals import ListTooLong, ListWithoutNames
from naung.rules.nik import NIK, parse_nik

MOST_PEOPLE = 2_000
_PLACE = re.compile(r"instansi|organisasi|lembaga|unit\s*kerja|kelompok|asal|utusan|jabatan|kantor|perusahaan", re.I)
_KIND_WORD = re.compile(r"^(?:desa|ds|kelurahan|kel|kampung|nagari|gampong)\b\.?\s*", re.I)


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
    parsed = read_file(content, filename, limits=Limits(file_bytes=5 * 2**20, rows=20_000))
    rows = parsed.rows
    if not rows["name"].drop_nulls().len():
        raise ListWithoutNames(filename)
    if rows.height > MOST_PEOPLE:
        raise ListTooLong(rows.height, MOST_PEOPLE)
    facts = pl.DataFrame(
        {
            "name": rows["name"],
            "nik": rows["nik"],
            "was_number": rows["nik_was_number"],
            "phone": normalise_phones(rows["phone"]),
            "sex": read_sex(rows["sex"]),
            "occupation": match_occupations(rows["occupation"]),
            "place": _places(parsed),
            "village": rows["village"],
        }
    )
    known = village_codes(area_code)
    people: list[Person] = []
    nameless = niks_wrong = 0
    for row in facts.iter_rows(named=True):
        name = " ".join((row["name"] or "").split())[:120]
        if not name:
            nameless += 1
            continue
        nik = parse_nik(row["nik"], was_number=bool(row["was_number"])) if row["nik"] else ()
        niks_wrong += bool(row["nik"]) and not isinstance(nik, NIK)
        village = known.get(village_key(row["village"] or ""), "")
        people.append(
            Person(
                name=name,
                organisation=(row["place"] or ("" if village else row["village"]) or "")[:120],
                village_code=village,
                occupation=row["occupation"] or "",
                sex=row["sex"] or "",
                nik=nik.text if isinstance(nik, NIK) else "",
                phone=row["phone"] or "",
            )
        )
    return Listed(people, nameless, niks_wrong)


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


def _places(parsed: ParsedFile) -> pl.Series:
    """The column that says whence somebody came, by its title; the intake of workers knows no such column."""
    taken = {cell for sheet in parsed.sheets for cell in sheet.fields.values()}
    for sheet in parsed.sheets:
        for cell, title in sheet.titles.items():
            if cell not in taken and title and _PLACE.search(title) and cell in parsed.rows.columns:
                return parsed.rows[cell].str.strip_chars()
    return pl.Series([None] * parsed.rows.height, dtype=pl.String)
