"""The kinds of fields a question has, each as strict as money and dates deserve, with its mistakes in Indonesian."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, StrictBool
from pydantic_core import PydanticCustomError

from naung.rules.decisions import questions
from naung.rules.periods import add_months, format_month, months_between, parse_month

_MOST_RUPIAH = 10**15
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_MOST_MONTHS = 1200
_DAY_WORDS = "tanggal ditulis seperti 2026-05-31"
_MONTHS_WORDS = "bulan ditulis seperti 2026-05 atau 2026-01..2026-05"
_MONTH_PATTERN = r"^\d{4}-(0[1-9]|1[0-2])$"
_RATE_PATTERN = r"^\d{1,9}([.,]\d{1,9})?%?$"
_DAY_PATTERN = r"^\d{4}-\d{2}-\d{2}$"

EnumType = TypeVar("EnumType", bound=Enum)


class Part(BaseModel):
    """Unknown fields are mistakes, and nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, hide_input_in_errors=True)


def wrong(code: str, words: str, **facts: Any) -> PydanticCustomError:
    """A mistake in words. Facts travel apart: curly brackets in them would be read as places for others."""
    return PydanticCustomError(code, words, facts or None)


def _month(value: object) -> object:
    if isinstance(value, date) and value.day == 1:
        return _within_reach(value)
    if isinstance(value, str):
        return _within_reach(_parsed(value, parse_month, "month", "bulan ditulis seperti 2026-05"))
    raise wrong("month", "bulan ditulis seperti 2026-05")


def _day(value: object) -> object:
    if isinstance(value, date):
        return _within_reach(value)
    if isinstance(value, str) and re.fullmatch(_DAY_PATTERN, value.strip()):
        return _within_reach(_parsed(value.strip(), date.fromisoformat, "day", _DAY_WORDS))
    raise wrong("day", _DAY_WORDS)


def _parsed(text: str, parse: Callable[[str], date], code: str, words: str) -> date:
    try:
        return parse(text)
    except ValueError:
        raise wrong(code, words) from None


def _within_reach(day: date) -> date:
    """Far from both ends of the calendar, so that months before and after it exist too."""
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise wrong("reach", "tahun harus antara {first} dan {last}", first=_FIRST_YEAR, last=_LAST_YEAR)
    return day


def _months(value: object) -> object:
    """`["2025-01..2025-12", "2026-03"]` as the set of those months."""
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if not isinstance(value, list | tuple | set | frozenset):
        raise wrong("months", "bulan ditulis sebagai daftar, seperti [«2025-01..2025-12», «2026-03»]")
    found: set[date] = set()
    for part in value:
        if isinstance(part, date):
            found.add(_within_reach(part))
            continue
        first_text, _, last_text = str(part).partition("..")
        first = _within_reach(_parsed(first_text, parse_month, "months", _MONTHS_WORDS))
        last = _within_reach(_parsed(last_text or first_text, parse_month, "months", _MONTHS_WORDS))
        if not 0 <= months_between(first, last) < _MOST_MONTHS:
            raise wrong("months", "bulan terakhir lebih awal daripada bulan pertama, atau jangkauannya terlalu panjang")
        found |= {add_months(first, number) for number in range(months_between(first, last) + 1)}
    return frozenset(found)


def _written_months(months: frozenset[date]) -> list[str]:
    return [format_month(one) for one in sorted(months)]


def _decisions(value: dict[str, str]) -> dict[str, str]:
    known = questions()
    for code, answer in value.items():
        if code not in known:
            raise wrong("question", "tidak ada pertanyaan «{given}»", given=code[:60])
        allowed = [one.code for one in known[code].answers]
        if answer not in allowed:
            raise wrong("answer", "jawaban {asked} salah satu dari: {allowed}", asked=code, allowed=", ".join(allowed))
    return value


def by_value(kind: type[EnumType]) -> BeforeValidator:
    """A word of an enum by its value, whatever its capitals."""
    words = {str(member.value).casefold(): member for member in kind}

    def read(value: object) -> object:
        if isinstance(value, kind):
            return value
        if isinstance(value, str) and (found := words.get(value.strip().casefold())) is not None:
            return found
        raise wrong("enum", "pilih salah satu: {allowed}", allowed=", ".join(str(one.value) for one in kind))

    return BeforeValidator(read, json_schema_input_type=kind)


Rupiah = Annotated[int, Field(strict=True, ge=-_MOST_RUPIAH, le=_MOST_RUPIAH)]
Count = Annotated[int, Field(strict=True, ge=0, le=_MOST_RUPIAH)]
Flag = StrictBool
Month = Annotated[
    date,
    BeforeValidator(_month, json_schema_input_type=Annotated[str, Field(pattern=_MONTH_PATTERN)]),
    PlainSerializer(format_month),
]
Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=Annotated[str, Field(pattern=_DAY_PATTERN)])]
Months = Annotated[
    frozenset[date],
    BeforeValidator(_months, json_schema_input_type=list[str]),
    PlainSerializer(_written_months),
]


def _rate(value: object) -> object:
    """A decimal number from text, with a point or a comma, as a percentage too. A float would be another number."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, str) and re.fullmatch(_RATE_PATTERN, value.strip()):
        number = value.strip().replace(",", ".")
        return Decimal(number.removesuffix("%")) / (100 if number.endswith("%") else 1)
    raise wrong("rate", "pecahan ditulis sebagai teks, seperti «0.25» atau «25%»")


def _checked(read: Callable[[dict[str, str]], dict[str, str]]) -> BeforeValidator:
    def check(value: object) -> object:
        if not isinstance(value, dict) or not all(isinstance(part, str) for pair in value.items() for part in pair):
            raise wrong("answers", "keputusan ditulis sebagai objek: pertanyaan dan kode jawabannya")
        return read(value)

    return BeforeValidator(check, json_schema_input_type=dict[str, str])


Rate = Annotated[
    Decimal,
    BeforeValidator(_rate, json_schema_input_type=Annotated[str, Field(pattern=_RATE_PATTERN)]),
    PlainSerializer(str),
]
Answers = Annotated[dict[str, str], _checked(_decisions)]
