"""Columns told from their content, for lists that come without a header."""

import re
from collections.abc import Callable

import polars as pl

from naung.bulk.occupations import match_occupations
from naung.rules.nik import NIK, parse_nik

_SAMPLE_ROWS = 300
_DATE = re.compile(r"\d{1,2}[-/. ](?:\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{2,4}|\d{4}-\d{2}-\d{2}")
_SEX = re.compile(r"(?i)^(l|p|lk|pr|laki.?laki|perempuan|pria|wanita)$")
_PHONE = re.compile(r"^(?:\+?62|0)?8[\d \-]{7,13}$")
_RT_RW = re.compile(r"(?i)^(?:rt\W*)?\d{1,3}\s*/\s*(?:rw\W*)?\d{1,3}$")
_PERSON = re.compile(r"^[^\W\d][^\d]{2,60}$")
_ADDRESS = re.compile(r"(?i)^(jl|jalan|gg|gang|dusun|dsn|lingk|kp|kampung|blok|perum)\b")


def infer_fields(cells: pl.DataFrame, columns: list[str]) -> dict[str, str]:
    """Field -> column for a table without titles; empty where no column holds NIKs.

    A list is a list of people because it carries NIKs: without any such column nothing is guessed.
    """
    sample = cells.head(_SAMPLE_ROWS)
    values = {c: [v.strip() for v in sample[c].drop_nulls().to_list()] for c in columns}
    nik = _nik_column(values)
    if nik is None:
        return {}
    fields = {"nik": nik}
    rest = [c for c in columns if c != nik and values[c]]

    def claim(field: str, pattern: re.Pattern[str], share: float = 0.6) -> None:
        for c in rest:
            if c not in fields.values() and _share(values[c], pattern.search) >= share:
                fields[field] = c
                return

    claim("birth_date", re.compile(rf"^(?:{_DATE.pattern})(?: 00:00:00)?$"))
    if "birth_date" not in fields:
        claim("birth_both", _DATE)
    claim("sex", _SEX)
    claim("phone", _PHONE)
    claim("rt_rw", _RT_RW)
    claim("kk", re.compile(r"^'?\d{16}$"))
    claim("number", re.compile(r"^\d{1,6}\.?$"), 0.9)
    claim("address", _ADDRESS)
    _claim_occupation(fields, values, rest)
    # What is left of words: names differ from row to row, villages do not.
    words = [c for c in rest if c not in fields.values() and _share(values[c], _PERSON.search) >= 0.6]
    if words:
        fields["name"] = max(words, key=lambda c: (len(set(values[c])) / len(values[c]) > 0.5, -columns.index(c)))
    return fields


def _nik_column(values: dict[str, list[str]]) -> str | None:
    scored = []
    for c, cells in values.items():
        looks = [v for v in cells if 14 <= sum(ch.isdigit() for ch in v) <= 18]
        if len(looks) * 2 < len(cells) or not looks:
            continue
        valid = sum(isinstance(parse_nik(v), NIK) for v in looks)
        # Family card numbers look alike but repeat within a family.
        scored.append((valid / len(looks), len(set(looks)) / len(looks), c))
    return max(scored)[2] if scored else None


def _claim_occupation(fields: dict[str, str], values: dict[str, list[str]], rest: list[str]) -> None:
    for c in rest:
        if c in fields.values() or not values[c]:
            continue
        codes = match_occupations(pl.Series(values[c]))
        if codes.is_not_null().mean() >= 0.5:  # type: ignore[operator]
            fields["occupation"] = c
            return


def _share(cells: list[str], test: Callable[[str], object]) -> float:
    return sum(1 for cell in cells if test(cell)) / len(cells) if cells else 0.0
