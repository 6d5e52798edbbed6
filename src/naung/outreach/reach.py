"""Who was reached by meetings, and how many of them joined afterwards: figures, never people.

A person is one NIK. Somebody who gave none is counted as present and said to be beyond matching; nothing is guessed
from a name. *Joined* is told twice, because a decree is not yet protection: planned (a decree gives months after the
meeting) and active (such a month is paid). Whoever was covered on the day of the meeting did not join because of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from naung.accounts.permissions import Permission
from naung.accounts.territory import Viewer, within_territory
from naung.agreements.holding import of_own_office_only
from naung.agreements.models import Meeting
from naung.areas.models import Area
from naung.areas.queries import names_of, villages_of
from naung.disclosure import hidden_rows, small, written
from naung.outreach.queries import Cell, group_name

#: What is held for workers; an FGD or a monitoring meeting is held among offices.
FOR_WORKERS = (Meeting.Kind.OUTREACH.value, Meeting.Kind.VISIT.value)
ALL_KINDS = tuple(kind.value for kind in Meeting.Kind)

# One row for each NIK (its first meeting) and one for each presence without a NIK, with what became of it.
_PEOPLE = """
    WITH present AS (
        SELECT a.nik_index, a.occupation, a.village_code, m.held_on, a.id
          FROM outreach_attendance a JOIN agreements_meeting m ON m.id = a.meeting_id
         WHERE m.area_code >= %(area)s AND m.area_code < %(after)s AND m.kind = ANY(%(kinds)s)
           AND m.held_on >= %(since)s AND m.held_on < %(until)s
    ), people AS (
        SELECT DISTINCT ON (nik_index) nik_index, occupation, village_code, held_on
          FROM present WHERE nik_index IS NOT NULL ORDER BY nik_index, held_on, id
    ), known AS (
        SELECT p.*, coalesce(w.merged_into_id, w.id) AS worker
          FROM people p LEFT JOIN registry_worker w ON w.nik_index = p.nik_index
           AND w.area_code >= %(area)s AND w.area_code < %(after)s
    ), planned AS (
        SELECT k.worker, k.held_on,
               bool_or(e.period @> k.held_on) AS covered_then, bool_or(lower(e.period) > k.held_on) AS later
          FROM known k JOIN coverage_enrolment e ON e.worker_id = k.worker
         WHERE NOT isempty(e.period) AND e.area_code >= %(area)s AND e.area_code < %(after)s
         GROUP BY k.worker, k.held_on
    ), told AS (
        SELECT k.occupation, k.village_code, k.worker IS NOT NULL AS registered,
               coalesce(c.covered_then, false) AS covered_then,
               coalesce(c.later AND NOT c.covered_then, false) AS planned,
               coalesce(c.later AND NOT c.covered_then, false) AND EXISTS (
                   SELECT 1 FROM contributions_billline l
                    WHERE l.worker_id = k.worker AND l.live AND l.payment_id IS NOT NULL AND l.month > k.held_on
               ) AS active
          FROM known k LEFT JOIN planned c ON c.worker = k.worker AND c.held_on = k.held_on
    )
    SELECT occupation, village_code, 0 AS unnumbered, count(*) AS people, count(*) FILTER (WHERE registered),
           count(*) FILTER (WHERE covered_then), count(*) FILTER (WHERE planned), count(*) FILTER (WHERE active)
      FROM told GROUP BY occupation, village_code
     UNION ALL
    SELECT occupation, village_code, count(*), 0, 0, 0, 0, 0
      FROM present WHERE nik_index IS NULL GROUP BY occupation, village_code
"""

#: unnumbered, people, registered, covered then, planned after, active after
Numbers = tuple[int, int, int, int, int, int]
_NOTHING: Numbers = (0, 0, 0, 0, 0, 0)


@dataclass(frozen=True)
class Row:
    """One group or village: how many were present without a NIK, how many people by NIK, and who of these joined."""

    code: str
    name: str
    unnumbered: Cell
    people: Cell
    planned: Cell
    active: Cell


@dataclass(frozen=True)
class Unreached:
    """Villages of one district from which nobody is known to have come."""

    district: str
    of: int
    villages: tuple[str, ...]


@dataclass(frozen=True)
class Reach:
    """The figures of one territory and one span of meetings, as of one day. Counts of people, whole."""

    as_of: date
    meetings: int
    unnumbered: Cell
    people: Cell
    registered: Cell
    covered_then: Cell
    planned: Cell
    active: Cell
    planned_percent: int | None
    groups: list[Row]
    villages: list[Row]
    villages_reached: int
    villages_all: int
    unreached: list[Unreached]


def reach(viewer: Viewer, *, on: date, year: int | None = None, kinds: Sequence[str] = FOR_WORKERS) -> Reach:
    """Whom the meetings of a territory reached, of one year or of all. Empty without the permission.

    Small counts are hidden from those who see no people (disclosure.py).
    """
    guarded = not viewer.may(Permission.OUTREACH_EDIT) or of_own_office_only(viewer)
    held = within_territory(Meeting.objects.all(), viewer, Permission.AGREEMENTS_VIEW).filter(
        kind__in=kinds, held_on__lte=on
    )
    if year:
        held = held.filter(held_on__year=year)
    allowed = viewer.is_active and bool(viewer.area_code) and viewer.may(Permission.AGREEMENTS_VIEW)
    rows = _counted(viewer.area_code, year=year, kinds=kinds) if allowed else []
    by_group: dict[str, Numbers] = {}
    by_village: dict[str, Numbers] = {}
    for occupation, village, *counts in rows:
        numbers: Numbers = tuple(counts)  # type: ignore[assignment]
        by_group[occupation] = _added(by_group.get(occupation, _NOTHING), numbers)
        by_village[village] = _added(by_village.get(village, _NOTHING), numbers)
    total = _NOTHING
    for numbers in by_group.values():
        total = _added(total, numbers)
    groups, group_broken = _rows(by_group, {code: group_name(code) for code in by_group}, guarded)
    villages, village_broken = _rows(by_village, names_of(by_village), guarded)
    broken = group_broken or village_broken
    unnumbered, people, registered, covered, planned, active = _ladder(total, guarded, broken)
    unreached, every = _unreached(viewer.area_code, {code for code in by_village if code}) if allowed else ([], 0)
    free = total[1] - total[3]
    return Reach(
        as_of=on,
        meetings=held.count(),
        unnumbered=unnumbered,
        people=people,
        registered=registered,
        covered_then=covered,
        planned=planned,
        active=active,
        planned_percent=round(100 * total[4] / free) if free and isinstance(planned, int) else None,
        groups=groups,
        villages=villages,
        villages_reached=every - sum(len(one.villages) for one in unreached),
        villages_all=every,
        unreached=unreached,
    )


def _counted(
    area: str, *, year: int | None, kinds: Sequence[str]
) -> list[tuple[str, str, int, int, int, int, int, int]]:
    span = (date(year, 1, 1), date(year + 1, 1, 1)) if year else (date(1900, 1, 1), date(2200, 1, 1))
    facts: dict[str, Any] = {
        "area": area,
        "after": str(int(area) + 1).zfill(len(area)),
        "kinds": list(kinds),
        "since": span[0],
        "until": span[1],
    }
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, facts)
        return list(cursor.fetchall())


def _added(one: Numbers, other: Numbers) -> Numbers:
    return tuple(a + b for a, b in zip(one, other, strict=True))  # type: ignore[return-value]


def _rows(counted: dict[str, Numbers], names: dict[str, str], guarded: bool) -> tuple[list[Row], bool]:
    """The rows, most people first and the unsaid last; whether the totals must be hidden for their sake."""
    ordered = sorted(counted.items(), key=lambda item: (item[0] == "", -(item[1][0] + item[1][1]), item[0]))
    hidden: frozenset[int] = frozenset()
    broken = False
    if guarded and ordered:
        hidden, broken = hidden_rows([(n[0], n[1], n[4], n[5]) for _, n in ordered])
    found = []
    for at, (code, numbers) in enumerate(ordered):
        cells = [written(numbers[i], hidden=True) if at in hidden else numbers[i] for i in (0, 1, 4, 5)]
        found.append(Row(code, names.get(code, ""), *cells))
    return found, broken


def _ladder(total: Numbers, guarded: bool, broken: bool) -> list[Cell]:
    """The totals. A small step is hidden, and one that leaves a small rest of the step above it."""
    if not guarded:
        return list(total)
    people, free = total[1], total[1] - total[3]
    above = (total[0], people, people, people, free, total[4])
    return [
        written(count, hidden=True) if broken or small(count) or small(whole - count) else count
        for count, whole in zip(total, above, strict=True)
    ]


def _unreached(area: str, reached: set[str]) -> tuple[list[Unreached], int]:
    """By district, the villages nobody came from; and how many villages there are."""
    if len(area) < 4:  # a province: its regencies look for themselves
        return [], 0
    every = list(villages_of(area).values_list("code", "name"))
    names = dict(Area.objects.filter(pk__in={code[:6] for code, _ in every}).values_list("code", "name"))
    inside: dict[str, list[tuple[str, str]]] = {}
    for code, name in every:
        inside.setdefault(code[:6], []).append((code, name))
    found = []
    for district, villages in inside.items():
        missed = tuple(name for code, name in villages if code not in reached)
        if missed:
            found.append(Unreached(names.get(district, district), len(villages), missed))
    return sorted(found, key=lambda one: (-len(one.villages), one.district)), len(every)
