"""Another law than today's: as it was known on an earlier day, or with numbers replaced for a scenario."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, ClassVar

from naung.refusal import Refusal
from naung.rules.dated import Parameter, check_value
from naung.rules.law import Law
from naung.saying import Known, Sentence, gettext_noop
from naung.saying import sentence as _


@dataclass(eq=False)
class ScenarioNotUnderstood(Refusal):
    """A supposed number that names no parameter, no day, or a value of another kind."""

    code: ClassVar[str] = "scenario_not_understood"

    written: str
    why: str

    def said(self) -> Sentence:
        return _(
            "Skenario «%(written)s» tidak dimengerti: %(why)s.",
            written=self.written,
            why=Known(self.why),
        )


@dataclass(frozen=True, slots=True)
class Supposition:
    """One number replaced from a day on, up to (not including) `until`."""

    key: str
    value: Any
    start: date
    until: date | None = None


def read_supposition(written: str, law: Law) -> Supposition:
    """`jkm.death_grant=25000000@2027-01-01`, or with an end `...@2027-01-01..2028-01-01` (the first day without it).

    A rate is a decimal fraction (`0.005`) or a percentage (`0,5%`); a mapping, list or table is JSON; `null` repeals.
    Raises ScenarioNotUnderstood.
    """
    key, equals, rest = written.partition("=")
    value, at, days = rest.rpartition("@")
    if not (equals and at):
        raise ScenarioNotUnderstood(written, gettext_noop("tulis KUNCI=NILAI@TANGGAL"))
    parameter = law.parameters.get(key.strip())
    if parameter is None:
        raise ScenarioNotUnderstood(written, f"tidak ada angka peraturan «{key.strip()}»")
    first, _, end = days.partition("..")
    try:
        start, until = date.fromisoformat(first.strip()), date.fromisoformat(end.strip()) if end else None
    except ValueError:
        raise ScenarioNotUnderstood(written, gettext_noop("tanggal ditulis seperti 2027-01-01")) from None
    if until is not None and until <= start:
        raise ScenarioNotUnderstood(written, gettext_noop("tanggal akhir harus sesudah tanggal awal"))
    meant = _value(written, parameter.kind, value.strip())
    if isinstance(meant, Mapping) and (missing := _names(parameter) - set(meant)):
        raise ScenarioNotUnderstood(written, f"objek itu juga harus memuat {', '.join(sorted(missing))}")
    return Supposition(parameter.key, meant, start, until)


def _names(parameter: Parameter) -> set[str]:
    """What the newest line of a mapping names; functions of the law look all of it up."""
    return next((set(line.value) for line in reversed(parameter.values) if line.value is not None), set())


def supposed(law: Law, suppositions: tuple[Supposition, ...]) -> Law:
    """The law with these numbers replaced, in the order given."""
    for one in suppositions:
        law = law.with_value(one.key, one.start, one.value, until=one.until)
    return law


@lru_cache(maxsize=128)
def law_known_on(law: Law, day: date) -> Law:
    """The law as people could know it on `day`: what was promulgated later is left out.

    Days on which the same was known give the same object: functions of the law remember what they computed by it,
    and whoever asks for every day of a century must not fill the memory.
    """
    known = [d for d in _days_of_news(law) if d <= day]
    return _as_known(law, max(known, default=date.min))


@lru_cache(maxsize=128)
def _as_known(law: Law, day: date) -> Law:
    return law.as_known_on(day)


@lru_cache(maxsize=8)
def _days_of_news(law: Law) -> tuple[date, ...]:
    news = {line.citation.known_from or line.start for one in law.parameters.values() for line in one.values}
    return tuple(sorted(news))


def _value(written: str, kind: str, text: str) -> Any:
    if text == "null":
        return None
    try:
        value = _READERS[kind](text)
        check_value(written, kind, value)
    except (ValueError, InvalidOperation, TypeError, KeyError):
        raise ScenarioNotUnderstood(written, f"nilai «{text}» bukan {_KINDS.get(kind, kind)}") from None
    return value


def _rate(text: str) -> Decimal:
    number = text.replace(",", ".")
    rate = Decimal(number.removesuffix("%")) / (100 if number.endswith("%") else 1)
    if not rate.is_finite():
        raise ValueError(text)
    return rate


def _switch(text: str) -> bool:
    return {"true": True, "ya": True, "false": False, "tidak": False}[text.casefold()]


def _json(text: str) -> Any:
    # Every number with a point is a Decimal: a float must not touch money.
    return _tuples(json.loads(text, parse_float=Decimal))


def _tuples(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_tuples(part) for part in value)
    if isinstance(value, dict):
        return {name: _tuples(part) for name, part in value.items()}
    return value


_READERS: dict[str, Any] = {
    "amount": int, "count": int, "rate": _rate, "switch": _switch, "words": str,
    "mapping": _json, "table": _json, "list": _json,
}  # fmt: skip
_KINDS = {
    "amount": "rupiah bulat", "count": "angka bulat", "rate": "persen (0,5%) atau pecahan (0.005)",
    "switch": "true atau false", "mapping": "objek JSON", "table": "daftar JSON", "list": "daftar JSON",
}  # fmt: skip
