"""Reading `parameters/**/*.yaml` into a law, and refusing a file that does not say what it must.

The path of a file is its key: `jkm/bpu/before_min.yaml` is `jkm.bpu.before_min`. Every dated line
names its instrument, how sure we are, and the addresses of its sources; `until` is the first day on
which the line no longer holds, `known_from` the day of promulgation where it is another than the first,
`until_known_from` the day on which a later instrument ended the line and put nothing in its place.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import yaml

from naung.rules.dated import Citation, Confidence, DatedValue, Parameter, Source, check_value

_HEAD = ("label", "programme", "segment", "kind", "unit", "applies_by", "values")
_SURENESS = ("article_confidence", "confidence", "date_confidence")
_LINE = ("value", "instrument", "article", *_SURENESS, "entry", "source")

# The C parser reads the files ten times as fast; it is absent from some builds of PyYAML.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_parameters() -> dict[str, Parameter]:
    """Every parameter by key. Raises ValueError naming the file and what is wrong with it."""
    root = files("naung.rules").joinpath("parameters")
    return {key: _parameter(key, file) for key, file in sorted(_walk(root, ""), key=lambda pair: pair[0])}


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}.")
        elif entry.name.endswith(".yaml") and not entry.name.startswith("_"):
            yield prefix + entry.name.removesuffix(".yaml"), entry


def _parameter(key: str, file: Traversable) -> Parameter:
    raw = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  (both loaders are safe ones)
    _require(key, raw, _HEAD)
    dated = sorted(raw["values"].items())
    lines = [_line(key, raw, start, line) for start, line in dated]
    for earlier, later in pairwise(lines):
        if earlier.until and earlier.until > later.start:
            raise ValueError(f"{key}: two lines hold on {later.start.isoformat()}.")
    head = {name: raw[name] for name in _HEAD if name != "values"}
    return Parameter(key=key, values=tuple(lines), label_en=raw.get("label_en", ""), **head)


def _line(key: str, head: Mapping[str, Any], start: date, raw: Mapping[str, Any]) -> DatedValue:
    where = f"{key} {start}"
    _require(where, raw, _LINE)
    value = _value(head["kind"], raw["value"], where)
    check_value(where, head["kind"], value)
    until = raw.get("until")
    citation = Citation(
        key=key,
        label=head["label"],
        label_en=head.get("label_en", ""),
        start=start,
        until=until,
        instrument=raw["instrument"],
        article=raw["article"],
        article_confidence=raw["article_confidence"],
        confidence=Confidence(raw["confidence"]),
        date_confidence=raw["date_confidence"],
        sources=tuple(Source(**source) for source in raw["source"]),
        entry=raw["entry"],
        describes=raw.get("describes", ""),
        stated_as=raw.get("stated_as", ""),
        note=raw.get("note", ""),
        known_from=raw.get("known_from"),
        until_known_from=raw.get("until_known_from"),
    )
    return DatedValue(start, until, value, citation)


def _require(where: str, raw: Mapping[str, Any], names: tuple[str, ...]) -> None:
    if missing := [name for name in names if name not in raw]:
        raise ValueError(f"{where} does not say its {', '.join(missing)}.")


def _value(kind: str, raw: Any, where: str) -> Any:
    if kind == "rate" and raw is not None:
        if not isinstance(raw, str):
            raise ValueError(f"{where}: a rate is a quoted decimal, so that no float touches money.")
        return Decimal(raw)
    return _frozen(raw)


def _frozen(raw: Any) -> Any:
    """The same value, unchangeable."""
    if isinstance(raw, dict):
        return MappingProxyType({name: _frozen(value) for name, value in raw.items()})
    if isinstance(raw, list):
        return tuple(_frozen(value) for value in raw)
    return raw
