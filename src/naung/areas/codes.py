"""The shape of a kode wilayah, with no list of them at hand.

A code is kept as digits only: 2 for a province, 4 for a kabupaten or kota, 6 for a kecamatan, 10 for a desa
or kelurahan. People write it with dots (12.75.01.1001); both forms are read.

Source: Permendagri 58/2021, as told by cahyadsn/wilayah: kabupaten are numbered 01-69 and kota 71-99; the
first of a village's four digits is 1 for a kelurahan, 2 for a desa, 3 for a desa adat (which counts as a desa).
"""

from __future__ import annotations

import enum
import re

from naung.areas.refusals import AreaCodeMalformed


class Kind(enum.StrEnum):
    PROVINCE = "province"
    KABUPATEN = "kabupaten"
    KOTA = "kota"
    KECAMATAN = "kecamatan"
    DESA = "desa"
    KELURAHAN = "kelurahan"


LEVELS = {2: 1, 4: 2, 6: 3, 10: 4}  # digits to level
DIGITS = {level: digits for digits, level in LEVELS.items()}

_PLAIN = re.compile(r"\d{2}(?:\d{2}(?:\d{2}(?:\d{4})?)?)?", re.ASCII)
_DOTTED = re.compile(r"\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?\.?", re.ASCII)


def parse_code(text: str) -> str:
    """The digits of a code written with or without dots.

    Raises AreaCodeMalformed for anything that is not a whole code; whether there is such an area is another
    question.
    """
    written = text.strip()
    if _PLAIN.fullmatch(written) or _DOTTED.fullmatch(written):
        return written.replace(".", "")
    raise AreaCodeMalformed(text=written[:40])


def format_code(code: str) -> str:
    """The code as people write it: `1275011001` becomes `12.75.01.1001`."""
    digits = parse_code(code)
    return ".".join(part for part in (digits[:2], digits[2:4], digits[4:6], digits[6:]) if part)


def level_of(code: str) -> int:
    """1 province, 2 kabupaten or kota, 3 kecamatan, 4 desa or kelurahan."""
    return LEVELS[len(code)]


def parent_of(code: str) -> str | None:
    """The code one level up; None above a province."""
    level = level_of(code)
    return None if level == 1 else code[: DIGITS[level - 1]]


def kind_of(code: str) -> Kind:
    match level_of(code):
        case 1:
            return Kind.PROVINCE
        case 2:
            return Kind.KOTA if code[2] >= "7" else Kind.KABUPATEN
        case 3:
            return Kind.KECAMATAN
        case _:
            return Kind.KELURAHAN if code[6] == "1" else Kind.DESA
