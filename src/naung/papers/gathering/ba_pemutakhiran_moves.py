"""Who goes out of a programme and who comes in with a month: told from the enrolments, never from a tally beside them.

Out is whoever is covered in the month before and not in this one, in is the other way round. So what the month opens
with, less who goes out, with who comes in, is always what it closes with.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection

from naung.coverage.models import Departure
from naung.programmes.models import Programme
from naung.rules.periods import add_months

#: The reason of whoever is out because the term of the decree is over: nobody recorded a departure.
TERM = "term"


@dataclass(frozen=True, slots=True)
class Move:
    """One person who goes out or comes in. `paper` is what shows it: the evidence of leaving, the decree of entry;
    `replaces` is the worker whose place is taken."""

    worker_id: int
    area_code: str
    reason: str
    happened_on: date | None
    from_month: date
    paper: str
    replaces: int | None = None


@dataclass(frozen=True)
class Month:
    """One month of a programme. `late` left in a month before this one and were recorded in it: the count that the
    month opens with is already without them."""

    programme: Programme
    month: date
    opening: int
    out: tuple[Move, ...]
    came: tuple[Move, ...]
    late: tuple[Move, ...]

    @property
    def closing(self) -> int:
        return self.opening - len(self.out) + len(self.came)

    @property
    def next_month(self) -> date:
        return add_months(self.month, 1)

    def out_by_reason(self) -> dict[str, int]:
        """Every reason of leaving, those of nobody too, in their order; the end of the term where it ended for some."""
        counts = dict.fromkeys([*Departure.Reason.values, TERM], 0)
        for one in self.out:
            counts[one.reason] += 1
        return {reason: count for reason, count in counts.items() if count or reason != TERM}


_COVERED = "SELECT count(*) FROM coverage_enrolment WHERE programme_id = %(programme)s AND period @> %(before)s::date"
_OUT = """
    SELECT e.worker_id, e.area_code, coalesce(d.reason, 'term'), d.happened_on, %(month)s::date,
           coalesce(d.evidence, 'SK ' || s.number), NULL::bigint
      FROM coverage_enrolment e
      JOIN registry_worker w ON w.id = e.worker_id
      JOIN selection_decree s ON s.id = e.decree_id
      LEFT JOIN coverage_departure d ON d.enrolment_id = e.id
     WHERE e.programme_id = %(programme)s AND e.period @> %(before)s::date
       AND NOT EXISTS (SELECT FROM coverage_enrolment n
                        WHERE n.worker_id = e.worker_id AND n.programme_id = e.programme_id
                          AND n.period @> %(month)s::date)
     ORDER BY e.area_code, w.name_norm, e.worker_id
"""
_CAME = """
    SELECT e.worker_id, e.area_code, '', NULL::date, lower(e.period), 'SK ' || s.number,
           t.replaces
      FROM coverage_enrolment e
      JOIN registry_worker w ON w.id = e.worker_id
      JOIN selection_decree s ON s.id = e.decree_id
      LEFT JOIN selection_decreeentry t ON t.decree_id = e.decree_id AND t.ordinal = e.ordinal
     WHERE e.programme_id = %(programme)s AND e.period @> %(month)s::date
       AND NOT EXISTS (SELECT FROM coverage_enrolment o
                        WHERE o.worker_id = e.worker_id AND o.programme_id = e.programme_id
                          AND o.period @> %(before)s::date)
     ORDER BY e.area_code, w.name_norm, e.worker_id
"""
# The clock of the office decides in which month something was recorded.
_LATE = """
    SELECT e.worker_id, e.area_code, d.reason, d.happened_on, d.first_month_out, d.evidence, NULL::bigint
      FROM coverage_departure d
      JOIN coverage_enrolment e ON e.id = d.enrolment_id
      JOIN registry_worker w ON w.id = e.worker_id
     WHERE e.programme_id = %(programme)s AND d.first_month_out < %(month)s
       AND (d.recorded_at AT TIME ZONE %(zone)s)::date >= %(month)s
       AND (d.recorded_at AT TIME ZONE %(zone)s)::date < %(after)s
     ORDER BY d.first_month_out, e.area_code, w.name_norm, e.worker_id
"""


def month_of(programme: Programme, month: date, *, zone: str = "Asia/Jakarta") -> Month:
    """What happened to a programme's people with a month, in four queries. The caller found it as visible."""
    asked: dict[str, int | date | str] = {
        "programme": programme.pk,
        "month": month,
        "before": add_months(month, -1),
        "after": add_months(month, 1),
        "zone": zone,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COVERED, asked)
        (opening,) = cursor.fetchone()
        moves = []
        for query in (_OUT, _CAME, _LATE):
            cursor.execute(query, asked)
            moves.append(tuple(Move(*row) for row in cursor.fetchall()))
    return Month(programme, month, opening, *moves)


def months_with_moves(programme_ids: list[int], *, until: date) -> list[tuple[int, date, int, int]]:
    """Of some programmes the months up to `until` in which somebody went out or came in: programme, month, how many
    out, how many in; newest first. The first month of a programme, when everybody comes in, is one of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT programme_id, month, sum(went)::int, sum(came)::int
              FROM (SELECT programme_id, upper(period) AS month, count(*) AS went, 0 AS came
                      FROM coverage_enrolment WHERE programme_id = ANY(%(of)s) AND NOT isempty(period) GROUP BY 1, 2
                     UNION ALL
                    SELECT programme_id, lower(period), 0, count(*)
                      FROM coverage_enrolment WHERE programme_id = ANY(%(of)s) AND NOT isempty(period) GROUP BY 1, 2) m
             WHERE month <= %(until)s
             GROUP BY programme_id, month
             ORDER BY month DESC, programme_id
            """,
            {"of": programme_ids, "until": until},
        )
        return list(cursor.fetchall())
