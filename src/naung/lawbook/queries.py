"""Reads: the law with what people checked of it, and what a region decided about its open questions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from threading import Lock
from typing import Any

from django.db.models import Count, Max, QuerySet

from naung.lawbook.models import LawCheck, LegalDecision
from naung.rules.dated import DatedValue
from naung.rules.decisions import Decision, Decisions
from naung.rules.law import Check, Law, current_law

__all__ = [
    "checks_of",
    "decisions_for",
    "decisions_recorded",
    "differing",
    "latest_checks",
    "law_now",
    "line_of",
    "stated",
]

# Which checks a law was made with: how many, the newest, and when. Checks are only ever added.
_State = tuple[int, int | None, datetime | None]
_lock = Lock()
_made: tuple[_State, Law] | None = None


def law_now() -> Law:
    """The law as our files state it, with the lines marked that people compared with the gazette and found to agree.

    The same object until somebody records another check: functions of the law remember what they computed by it.
    One small question to the database.
    """
    global _made
    seen = LawCheck.objects.aggregate(n=Count("id"), newest=Max("id"), at=Max("recorded_at"))
    state: _State = (seen["n"], seen["newest"], seen["at"])
    if not seen["n"]:
        return current_law()
    with _lock:
        if _made is None or _made[0] != state:
            _made = (state, current_law().with_checks(_agreeing()))
        return _made[1]


def _agreeing() -> Iterable[Check]:
    for one in latest_checks().values():
        if one.outcome == LawCheck.Outcome.AGREES and still_speaks_of(one):
            yield Check(one.key, one.start, one.checked_by_name, one.checked_on)


def latest_checks() -> dict[tuple[str, date], LawCheck]:
    """The check that counts for each line, by parameter and first day."""
    rows = LawCheck.objects.order_by("key", "start", "-id").distinct("key", "start")
    return {(one.key, one.start): one for one in rows}


def differing() -> list[LawCheck]:
    """The lines of the law that a person found to say otherwise in the gazette, and that we still state so."""
    return [one for one in latest_checks().values() if one.outcome == LawCheck.Outcome.DIFFERS and still_speaks_of(one)]


def still_speaks_of(check: LawCheck) -> bool:
    """Whether the line that was compared still states what it stated then."""
    line = line_of(current_law(), check.key, check.start)
    return line is not None and stated(line) == check.value


def checks_of(key: str) -> QuerySet[LawCheck]:
    """Who compared lines of this parameter with the gazette, newest first."""
    return LawCheck.objects.filter(key=key).order_by("-id")


def line_of(law: Law, key: str, start: date) -> DatedValue | None:
    """The line of a parameter that begins on a day."""
    parameter = law.parameters.get(key)
    return next((line for line in parameter.values if line.start == start), None) if parameter else None


def stated(line: DatedValue) -> str:
    """The value of a line as canonical JSON: equal texts, equal values."""
    return json.dumps(_plain(line.value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Decimal | date):
        return str(value)
    return value


def decisions_for(area_code: str) -> Decisions:
    """What the regency or its province has decided; the regency's own answer wins from the same day."""
    own: dict[tuple[str, date], Decision] = {}
    province: dict[tuple[str, date], Decision] = {}
    for row in LegalDecision.objects.filter(area_code__in=[area_code[:2], area_code[:4]]):
        found = Decision(row.question, row.answer, row.valid_from, row.valid_until, row.basis)
        (own if len(row.area_code) > 2 else province)[row.question, row.valid_from] = found
    answers = province | own
    for place, theirs in province.items():
        ours = answers[place]
        # The province's answer returns where the regency's own ends by itself.
        if ours.until and ours is not theirs and (theirs.until is None or ours.until < theirs.until):
            answers.setdefault((theirs.question_code, ours.until), replace(theirs, start=ours.until))
    return Decisions(tuple(answers.values()))


def decisions_recorded(area_code: str) -> QuerySet[LegalDecision]:
    """Every decision that holds or held for a region, its own and its province's, the latest to begin first."""
    return (
        LegalDecision.objects.filter(area_code__in=[area_code[:2], area_code[:4]])
        .select_related("decided_by")
        .order_by("question", "-valid_from", "-area_code")
    )
