"""What is wrong with a programme file, in Indonesian, with the place where it is wrong."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

_WORDS = {
    "missing": "belum diisi",
    "extra_forbidden": "tidak dikenal; periksa ejaannya",
    "string_type": "harus berupa teks dalam tanda kutip",
    "string_too_short": "terlalu pendek",
    "string_too_long": "terlalu panjang (paling banyak {max_length} huruf)",
    "string_pattern_mismatch": "hanya boleh huruf (kecil untuk «key»), angka, «_» dan «-»",
    "int_type": "harus angka bulat",
    "int_parsing": "harus angka bulat",
    "int_from_float": "harus angka bulat",
    "bool_type": "harus true atau false",
    "bool_parsing": "harus true atau false",
    "list_type": "harus berupa daftar [ ... ]",
    "dict_type": "harus berupa objek {{ ... }}",
    "model_type": "harus berupa objek {{ ... }}",
    "model_attributes_type": "harus berupa objek {{ ... }}",
    "too_short": "perlu paling sedikit {min_length} isi",
    "greater_than_equal": "paling kecil {ge}",
    "less_than_equal": "paling besar {le}",
    "less_than": "harus di bawah {lt}",
    "literal_error": "pilih salah satu: {expected}",
    "enum": "pilih salah satu: {expected}",
    "date_type": "tanggal ditulis seperti 2026-01-31",
    "date_parsing": "tanggal ditulis seperti 2026-01-31",
    "date_from_datetime_parsing": "tanggal ditulis seperti 2026-01-31",
    "date_from_datetime_inexact": "tanggal ditulis seperti 2026-01-31",
}


def sentences(failure: ValidationError) -> tuple[str, ...]:
    """One sentence for every mistake: `criteria[2].operator: pilih salah satu: ...`."""
    found: dict[str, str] = {}
    for error in failure.errors(include_url=False, include_input=False):
        location, words = error["loc"], _words(error)
        if "value" in location and (branch := location.index("value") + 1) < len(location):
            # pydantic tells of every branch of the union; whoever wrote the file knows of none.
            location, words = location[:branch], "harus angka bulat, teks, atau daftar dari salah satunya"
        found.setdefault(_place(location), words)
    return tuple(f"{place}: {words}" if place else words for place, words in found.items())


def _place(location: tuple[int | str, ...]) -> str:
    place = ""
    for part in location:
        if isinstance(part, int):
            place += f"[{part + 1}]"  # people count from one
        else:
            place += f".{part}" if place else part
    return place


def _words(error: Any) -> str:
    if (words := _WORDS.get(error["type"])) is None:
        # Our own checks bring their words along; anything else pydantic may say is told plainly.
        return error["msg"] if error["type"] not in _PYDANTIC_ONLY and error["type"].islower() else "isinya keliru"
    context = {key: str(value).replace(" or ", " atau ") for key, value in error.get("ctx", {}).items()}
    return words.format(**context)


_PYDANTIC_ONLY = {
    "json_invalid", "value_error", "assertion_error", "int_parsing_size", "float_type", "finite_number",
    "recursion_loop", "invalid_key", "is_instance_of", "union_tag_invalid", "frozen_instance", "date_past",
    "no_such_attribute", "string_unicode", "string_sub_type", "none_required", "greater_than", "too_long",
}  # fmt: skip
