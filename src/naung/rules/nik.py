"""The NIK: sixteen digits that say where and when a person was first registered, and nothing about today.

`rrrrdd DDMMYY ssss`: regency and district of *issue*, birth date (day + 40 for women), serial. The plain
reading here is the reference; `naung.bulk.intake.nik` is its columnar twin and is proved equal to it.

What a NIK cannot say: the century of the birth date (judged from the day of reference), and where the
person lives now (never inferred). A NIK is for life, so every prefix ever issued stays good.
"""

import csv
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal

Sex = Literal["L", "P"]

#: The largest whole number a spreadsheet's floating point holds exactly; every NIK of 91-96 lies above it.
EXACT_NUMBER_MAX = 2**53

#: Nobody older than this is taken for a worker when the century is judged.
AGE_YEARS_MAX = 100
ADULT_AGE_YEARS = 18

# Written out, and not \s: Python and Rust disagree about a few characters, and the twin must not.
SEPARATORS = (
    "[ \\t\\r\\n\\x0b\\x0c\u00a0\u2000-\u200d\u202f\u2060\u3000\ufeff"
    ".\\-\u2013\u2014'\u2018\u2019`\u00b4\"\u201c\u201d]"
)
SCIENTIFIC = r"^[ ']*[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,2} *$"
FLOAT_TEXT = r"^ *[0-9]{15,17}[.,]0 *$"


class NIKFinding(StrEnum):
    """What is wrong with a NIK as written; the codes never change."""

    MISSING = "nik_missing"
    LENGTH = "nik_length"
    LETTER = "nik_letter"
    BAD_DATE = "nik_bad_date"
    BAD_AREA = "nik_bad_area"
    BAD_SERIAL = "nik_bad_serial"
    PRECISION_LOST = "nik_precision_lost"
    PLACEHOLDER = "nik_placeholder"


@dataclass(frozen=True)
class NIK:
    """A NIK whose every part can be read.

    `district_known` is False where the regency exists but its district number was never seen: districts
    are renumbered, so that is a question for a person and no refusal.
    """

    text: str
    district_known: bool = True

    @property
    def area_code(self) -> str:
        """The six digits of the district that issued it. Not where the person lives."""
        return self.text[:6]

    @property
    def sex(self) -> Sex:
        return "P" if int(self.text[6:8]) > 40 else "L"

    @property
    def serial(self) -> str:
        return self.text[12:]

    def birth_date(self, *, on: date, given: date | None = None) -> date | None:
        """The birth date, its century judged on the day `on`.

        A person is 0 to 100 years old. Where both centuries allow that, the one that agrees with the
        `given` birth date wins, else the adult. None where neither does.
        """
        day, month, year = int(self.text[6:8]) % 40, int(self.text[8:10]), int(self.text[10:12])
        possible = []
        for century in (1900, 2000):
            if (born := _real_date(century + year, month, day)) and 0 <= age_years(born, on=on) <= AGE_YEARS_MAX:
                possible.append(born)
        if given in possible:
            return given
        return possible[0] if possible else None


def parse_nik(text: str | None, *, was_number: bool = False) -> NIK | tuple[NIKFinding, ...]:
    """The NIK that `text` writes, or everything that is wrong with it, in the order of `NIKFinding`.

    Spaces, dots, dashes and quotes are writing, and dropped. Letters are not: an O for a zero is told, and never
    repaired in silence. `was_number` says that the cell held a number and not text: beyond 2^53 a
    number is not exact, and Excel keeps fifteen digits of what is typed, so that the last becomes 0.
    """
    raw = text or ""
    if re.search(SCIENTIFIC, raw):
        return (NIKFinding.PRECISION_LOST,)
    if re.search(FLOAT_TEXT, raw):
        raw, was_number = raw.strip(" ")[:-2], True
    digits = re.sub(SEPARATORS, "", raw)

    if not re.search("[0-9]", digits) or re.fullmatch("0{1,15}", digits):
        return (NIKFinding.MISSING,)
    if not re.fullmatch("[0-9]+", digits):
        return (NIKFinding.LETTER,) if len(digits) == 16 else (NIKFinding.LENGTH, NIKFinding.LETTER)
    if len(digits) != 16:
        return (NIKFinding.LENGTH,)
    if _is_placeholder(digits):
        return (NIKFinding.PLACEHOLDER,)

    wrong = []
    if not _is_real_day(digits):
        wrong.append(NIKFinding.BAD_DATE)
    if digits[:4] not in known_prefixes().regencies or digits[4:6] == "00":
        wrong.append(NIKFinding.BAD_AREA)
    if digits[12:] == "0000":
        wrong.append(NIKFinding.BAD_SERIAL)
    if was_number and (int(digits) > EXACT_NUMBER_MAX or digits.endswith("0")):
        wrong.append(NIKFinding.PRECISION_LOST)
    if wrong:
        return tuple(wrong)
    return NIK(digits, district_known=digits[:6] in known_prefixes().districts)


def age_years(born: date, *, on: date) -> int:
    """Completed years of age; someone born on 29 February has their birthday on 1 March in common years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@dataclass(frozen=True)
class Prefixes:
    """Regencies (four digits) and districts (six) that ever issued a NIK."""

    regencies: frozenset[str]
    districts: frozenset[str]


@cache
def known_prefixes() -> Prefixes:
    """The committed list made by `scripts/make_nik_prefixes.py`: Kemendagri's codes, holes, former codes."""
    regencies, districts = set(), set()
    with (Path(__file__).parent / "nik_prefixes.csv").open(encoding="utf-8") as lines:
        for line in csv.DictReader(lines):
            regencies.add(line["regency"])
            for part in f"{line['districts']} {line['withdrawn_districts']}".split():
                first, _, last = part.partition("-")
                districts |= {f"{line['regency']}{n:02d}" for n in range(int(first), int(last or first) + 1)}
    return Prefixes(frozenset(regencies), frozenset(districts))


def _is_placeholder(digits: str) -> bool:
    """One digit or one block over and over, counting up or down, or nothing but one digit after the area."""
    repeated = any(digits == digits[:size] * (16 // size) for size in (1, 2, 4))
    counted = digits in ("1234567890123456", "0123456789012345", "9876543210987654", "6543210987654321")
    return repeated or counted or digits[6:] == digits[6] * 10


def _is_real_day(digits: str) -> bool:
    """Day 01-31 or 41-71 that exists in that month, in one century at least."""
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    day = day - 40 if day > 40 else day
    return any(_real_date(century + year, month, day) for century in (1900, 2000))


def _real_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
