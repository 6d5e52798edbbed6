"""How a region numbers its papers: a pattern such as `188.45/{nomor}/K/{romawi_bulan}/{tahun}`."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from naung.saying import gettext_noop

__all__ = ["TOKENS", "begins_anew", "fault_of", "number_by"]

LONGEST = 60
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_TOKEN = re.compile(r"\{([^{}]*)\}")
_PLAIN = re.compile(r"[A-Za-z0-9 ./_(),-]*", re.ASCII)

TOKENS: dict[str, Callable[[int, date, str], str]] = {
    "nomor": lambda number, on, code: str(number),
    "nomor3": lambda number, on, code: f"{number:03d}",
    "bulan": lambda number, on, code: f"{on.month:02d}",
    "romawi_bulan": lambda number, on, code: _ROMAN[on.month - 1],
    "tahun": lambda number, on, code: str(on.year),
    "kode": lambda number, on, code: code,
}


def number_by(pattern: str, *, number: int, on: date, code: str) -> str:
    """`45/K/XI/2026`: the number of one paper of a day, of the programme `code`."""
    assert fault_of(pattern) is None, "a pattern is checked before it is kept"
    return _TOKEN.sub(lambda token: TOKENS[token[1]](number, on, code), pattern)


def fault_of(pattern: str) -> str | None:
    """What is wrong with a pattern, as a sentence; None where it can be used."""
    if len(pattern) > LONGEST:
        return f"Pola paling banyak {LONGEST} huruf. Sekarang {len(pattern)}."
    tokens = _TOKEN.findall(pattern)
    if unknown := [token for token in tokens if token not in TOKENS]:
        return f"Penanda {{{unknown[0]}}} tidak dikenal. Pakai {_listed()}."
    if not {"nomor", "nomor3"} & set(tokens):
        return gettext_noop("Pola harus memuat {nomor} atau {nomor3}, supaya tiap dokumen berbeda.")
    if not _PLAIN.fullmatch(_TOKEN.sub("", pattern)):
        return gettext_noop("Pola hanya boleh memuat huruf, angka, spasi, dan tanda . / - _ ( ) , di luar penanda.")
    return None


def begins_anew(pattern: str) -> bool:
    """Whether its numbers begin with 1 again in a new year: only where the year stands in them."""
    return "{tahun}" in pattern


def _listed() -> str:
    return ", ".join(f"{{{token}}}" for token in TOKENS)
