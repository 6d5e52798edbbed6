"""The law itself as plain values for JSON: its parameters, their lines through time, its open questions.

A rate is a text (`"0.0054"`), so that no reader makes a float of it; money is whole rupiah; a day is `2026-03-31`.
`in_force_to` is the last day on which a line holds, None where no end is known.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from naung.rules.dated import DatedValue, Parameter
from naung.rules.decisions import questions
from naung.rules.law import Law


def parameters_of(
    law: Law, *, key: str | None = None, programme: str | None = None, segment: str | None = None
) -> list[Parameter]:
    """The parameters under a key (or the beginning of one), of a programme, of a segment; sorted by key.

    A programme is found inside `JKK+JKM`, a segment inside `PPU and BPU`; what concerns all of them is not meant.
    """
    return [
        one
        for name, one in sorted(law.parameters.items())
        if (key is None or name == key or name.startswith(f"{key}."))
        and (programme is None or _holds(one.programme, programme))
        and (segment is None or _holds(one.segment, segment))
    ]


def _holds(text: str, word: str) -> bool:
    return word.casefold() in text.casefold()


def any_recalled(parameter: Parameter, on: date | None) -> bool:
    """Does the line of that day (of any day, when None) rest on memory, unchecked?"""
    lines: Iterable[DatedValue | None] = parameter.values if on is None else (parameter.line_on(on),)
    return any(line.citation.recalled for line in lines if line is not None)


def parameter_data(parameter: Parameter, *, on: date) -> dict[str, Any]:
    """One parameter as it stands on a day. Where the law is silent the value and its citation are None."""
    line = parameter.line_on(on)
    return {
        "key": parameter.key,
        "label": parameter.label,
        "label_en": parameter.label_en or parameter.label,
        "programme": parameter.programme,
        "segment": parameter.segment,
        "kind": parameter.kind,
        "unit": parameter.unit,
        "applies_by": parameter.applies_by,
        "value": None if line is None else plain(line.value),
        "since": None if line is None else line.start.isoformat(),
        "source": None if line is None else line.citation.words_id(),
        **(_SILENT if line is None else _origin(line)),
    }


def timeline_data(parameter: Parameter, *, on: date) -> list[dict[str, Any]]:
    """Every line of a parameter, oldest first; `in_force` marks the one that holds on the day."""
    holding = parameter.line_on(on)
    return [
        {"value": plain(line.value), "in_force": line is holding, **_origin(line), "note": line.citation.note}
        for line in parameter.values
    ]


def questions_data() -> list[dict[str, Any]]:
    """Every question that the law leaves open, with its answers and who gives them."""
    return [
        {
            "code": asked.code,
            "words": {"id": asked.words, "en": asked.words_en},
            "answers": [
                {"code": one.code, "words": {"id": one.words, "en": one.words_en}, "given_by": one.given_by}
                for one in asked.answers
            ],
            "note": asked.note,
        }
        for asked in questions().values()
    ]


def plain(value: Any) -> Any:
    """A value of a parameter with only text, whole numbers, truth, lists and objects in it."""
    if isinstance(value, Mapping):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    if isinstance(value, Decimal | float):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def _origin(line: DatedValue) -> dict[str, Any]:
    cited = line.citation
    return {
        "instrument": cited.instrument,
        "article": cited.article,
        "article_confidence": cited.article_confidence,
        "in_force_from": line.start.isoformat(),
        "in_force_to": None if line.until is None else (line.until - timedelta(days=1)).isoformat(),
        "known_from": (cited.known_from or line.start).isoformat(),
        "confidence": cited.confidence.value,
        "date_confidence": cited.date_confidence,
        "sources": [{"ref": source.ref, "address": source.address} for source in cited.sources],
        "checked_by": cited.checked_by or None,
        "checked_on": cited.checked_on.isoformat() if cited.checked_on else None,
    }


_ORIGIN_NAMES = (
    "instrument", "article", "article_confidence", "in_force_from", "in_force_to", "known_from", "confidence",
    "date_confidence", "sources", "checked_by", "checked_on",
)  # fmt: skip
_SILENT: dict[str, Any] = {name: [] if name == "sources" else None for name in _ORIGIN_NAMES}


def lines_in_words(parameter: Parameter, *, on: date | None = None) -> Iterator[str]:
    """The parameter as text: its line of a day, or (without a day) every line."""
    chosen = parameter.values if on is None else [line for line in [parameter.line_on(on)] if line is not None]
    for line in chosen:
        yield from _line_in_words(parameter, line)


def _line_in_words(parameter: Parameter, line: DatedValue) -> Iterator[str]:
    rows = line.value if isinstance(line.value, tuple) else (line.value,)
    for row in rows:
        yield "dicabut" if row is None else row_in_words(row)
    until = "" if line.until is None else f" sampai {line.until - timedelta(days=1)}"
    doubt = " (belum dibaca dari naskahnya)" if line.citation.recalled else ""
    yield f"[{parameter.unit}] sejak {line.start}{until}; {line.citation.words_id()}{doubt}"


def row_in_words(value: Any) -> str:
    """One value on one line: `min: 300000, max: 3600000`."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {row_in_words(part)}" for name, part in value.items())
    if isinstance(value, tuple):
        return "; ".join(row_in_words(part) for part in value)
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return str(value)
