"""Which column is which: titles under many names, one row or two, and lists that come without any."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

_KEEP = re.compile(r"[^A-Z0-9#]")
#: Titles that alone mark a row as a header: no list of workers is without one of them.
_TELLING = frozenset({"nik", "name"})
_ROWS_SEARCHED = 60


@dataclass(frozen=True)
class Header:
    """Where a table's header stands and what its columns mean. `rows` are positions in the grid, from 0."""

    rows: tuple[int, ...]
    fields: dict[str, str]
    """Field name -> source column (c0, c1, ...)."""
    titles: dict[str, str]
    """Source column -> title as received."""


@cache
def _synonyms() -> tuple[dict[str, str], list[tuple[str, tuple[str, ...]]]]:
    listed = yaml.safe_load((Path(__file__).parent / "headers.yaml").read_text(encoding="utf-8"))
    exact = {str(key): field for field, ways in listed.items() for key in ways.get("exact", ())}
    contains = [(field, tuple(parts)) for field, ways in listed.items() for parts in ways.get("contains", ())]
    return exact, contains


def key_of(title: str | None) -> str:
    """A title as it is compared: capitals and digits only. "N I K" and "NIK :" are one title."""
    return _KEEP.sub("", (title or "").upper())


@cache
def telling_keys() -> list[str]:
    """Titles, as compared, that name the NIK or the name of a person."""
    return [key for key, field in _synonyms()[0].items() if field in _TELLING]


def field_of(title: str | None) -> str | None:
    """The field that a column title names, or None."""
    if not title or len(title) > 80:
        return None
    # "(sesuai KTP)" explains a title; it is not one.
    for text in (title, re.sub(r"\(.*?\)", "", title)):
        key = key_of(text)
        if not key or len(key) > 60:
            continue
        exact, contains = _synonyms()
        heir = next((f for f, parts in contains if f == "ignore_heir" and all(p in key for p in parts)), None)
        if heir:
            return heir
        if key in exact:
            return exact[key]
        for field, parts in contains:
            if all(part in key for part in parts):
                return field
        # "NAMA LENGKAP PETUGAS", "NIK (16 ANGKA)": only where nothing else claimed the title.
        if key.startswith("NIK") and len(key) <= 24:
            return "nik"
        if key.startswith("NAMA") and not re.search("DESA|DUSUN|KEL|USAHA|LEMBAGA|BANK|OPD|ORGANISASI|JALAN", key):
            return "name"
    return None


def find_header(rows: list[dict[str, str | None]], start: int = 0) -> Header | None:
    """The first header in `rows` (source column -> cell), at or below position `start`."""
    for at in range(start, min(len(rows), start + _ROWS_SEARCHED)):
        if looks_like_header(rows[at]):
            return _header_at(rows, at)
    return None


def looks_like_header(row: dict[str, str | None]) -> bool:
    """Two different fields named, one of them NIK or name, and no cell with a number a person would have."""
    cells = [cell for cell in row.values() if cell]
    if any(sum(ch.isdigit() for ch in cell) >= 6 for cell in cells):
        return False
    fields = {field for cell in cells if (field := field_of(cell))}
    return (len(fields - {"number"}) >= 2 and bool(fields & _TELLING)) or ("nik" in fields and len(cells) == 1)


def _header_at(rows: list[dict[str, str | None]], at: int) -> Header:
    titles = {c: cell for c, cell in rows[at].items() if cell}
    used = [at]
    below = rows[at + 1] if at + 1 < len(rows) else {}
    keys = {c: c for c in rows[at]}
    names: dict[str, tuple[str, ...]] = {c: (cell,) for c, cell in titles.items()}
    if _is_second_header_row(rows[at], below):
        used.append(at + 1)
        parent = ""
        for c in keys:
            parent = rows[at].get(c) or parent
            if child := below.get(c):
                names[c] = _ways_to_read(parent, child)
                titles[c] = f"{rows[at][c]} {child}" if rows[at].get(c) else child
    fields: dict[str, str] = {}
    for c, ways in names.items():
        field = next((f for way in ways if (f := field_of(way))), None)
        if field and field not in fields:
            fields[field] = c
    # L and P side by side are two boxes of one question; alone, an L is nothing.
    if not {"sex_l", "sex_p"} <= fields.keys():
        fields.pop("sex_l", None)
        fields.pop("sex_p", None)
    return Header(tuple(used), fields, titles)


def _ways_to_read(parent: str, child: str) -> tuple[str, ...]:
    """The names to try for a sub-title below a title, best first."""
    if not parent:
        return (child,)
    if re.search("LAHIR|LHR|TTL", key_of(parent)):
        if key_of(child) in {"TEMPAT", "TMP", "TMPT", "KOTA"}:
            return ("Tempat Lahir",)
        if key_of(child) in {"TANGGAL", "TGL", "TGGL", "TGLBLNTHN"}:
            return ("Tanggal Lahir",)
    return (child, f"{parent} {child}", parent)


def _is_second_header_row(upper: dict[str, str | None], lower: dict[str, str | None]) -> bool:
    """Sub-titles: several short words that name fields, none below a column that already carries people."""
    cells = [cell for cell in lower.values() if cell]
    if not cells or any(any(ch.isdigit() for ch in cell) for cell in cells):
        return False
    named = [cell for cell in cells if field_of(cell) or key_of(cell) in {"TEMPAT", "TANGGAL", "TGL", "NAMA"}]
    blank_above = [c for c, cell in lower.items() if cell and not upper.get(c)]
    telling = {c for c, cell in upper.items() if field_of(cell) in _TELLING}
    # A person's row fills the cells below NIK and name; a row of sub-titles leaves them blank or names them again.
    fills_identity = any(lower.get(c) and not field_of(lower[c]) for c in telling)
    return len(named) * 2 >= len(cells) and not fills_identity and (bool(blank_above) or len(named) >= 2)
