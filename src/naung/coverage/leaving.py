"""Leaving, set by set: who must leave, and what leaving does to periods and month totals.

Every function here belongs to the transaction of an action that holds the programmes' locks.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import connection

from naung.coverage.models import Departure, Enrolment
from naung.programmes.models import Programme

# A death that the registry knows, or that any list of deaths names with its day (the registry hears of a list only
# when it comes in, so a worker handed in later is still matched here). From the few dead to their enrolments: the
# other way round, every bill of a million people would look everybody up.
_DEAD = """
    WITH list AS (
        SELECT DISTINCT ON (n.nik_index) n.nik_index, n."on" AS died_on, l.source || ', ' || l.as_of AS source
          FROM registry_referenceentry n JOIN registry_referencelist l ON l.id = n.list_id
         WHERE l.kind = 'deaths' AND n."on" IS NOT NULL
         ORDER BY n.nik_index, l.as_of DESC, l.id DESC),
    person AS MATERIALIZED (
        SELECT w.id, w.died_on, coalesce(list.source, 'Data pekerja') AS evidence
          FROM registry_worker w LEFT JOIN list ON list.nik_index = w.nik_index WHERE w.died_on IS NOT NULL
         UNION ALL
        SELECT w.id, list.died_on, list.source
          FROM list JOIN registry_worker w ON w.nik_index = list.nik_index WHERE w.died_on IS NULL)
    SELECT e.id, e.programme_id, e.area_code, e.worker_id, person.died_on, person.evidence
      FROM person JOIN coverage_enrolment e ON e.worker_id = person.id
     WHERE NOT isempty(e.period)
       AND upper(e.period) > (date_trunc('month', person.died_on) + interval '1 month')::date
       AND NOT EXISTS (SELECT FROM coverage_departure d WHERE d.enrolment_id = e.id)
"""


def lock(programmes: Collection[int]) -> list[Programme]:
    """Hold programmes, always in the same order: enrolments, lines and month totals change only behind this lock."""
    return list(Programme.objects.select_for_update(of=("self",)).filter(pk__in=programmes).order_by("pk"))


def programmes_with_dead(area_code: str) -> list[int]:
    """Programmes in which somebody who lives in `area_code` is enrolled beyond the month of death."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT programme_id FROM ({_DEAD}) dead WHERE starts_with(area_code, %s)", [area_code]
        )
        return sorted(row[0] for row in cursor.fetchall())


def let_dead_go(programme_id: int, *, by_id: int | None, area_code: str = "") -> int:
    """Record the departure of every dead person of a programme (or of one area in it); returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH dead AS MATERIALIZED (
                SELECT * FROM ({_DEAD}) d WHERE programme_id = %(programme)s AND starts_with(area_code, %(area)s)),
            told AS (
                UPDATE registry_worker w SET died_on = dead.died_on
                  FROM dead WHERE w.id = dead.worker_id AND w.died_on IS NULL)
            INSERT INTO coverage_departure
                   (enrolment_id, reason, happened_on, first_month_out, evidence, recorded_at, recorded_by_id)
            SELECT id, 'death', died_on, (date_trunc('month', died_on) + interval '1 month')::date,
                   left(evidence, 200), now(), %(by)s
              FROM dead
            RETURNING enrolment_id
            """,
            {"programme": programme_id, "area": area_code, "by": by_id},
        )
        gone = [row[0] for row in cursor.fetchall()]
    shorten(gone)
    return len(gone)


def let_leavers_of_decree_go(decree_id: int, programme_id: int, number: str, *, by_id: int | None) -> int:
    """Whoever a decree lets go, and whose departure nobody recorded before it, leaves by the decree; returns how many.

    The day is the last one still covered: the decree says no more.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO coverage_departure
                   (enrolment_id, reason, happened_on, first_month_out, evidence, recorded_at, recorded_by_id)
            SELECT e.id, s.reason, s.from_month - 1, s.from_month, left('SK ' || %(number)s, 200), now(), %(by)s
              FROM selection_decreeentry s
              JOIN coverage_enrolment e
                ON e.worker_id = s.worker_id AND e.programme_id = %(programme)s AND e.decree_id <> s.decree_id
             WHERE s.decree_id = %(decree)s AND s.act = 'leave'
               AND NOT isempty(e.period) AND upper(e.period) > s.from_month
               AND NOT EXISTS (SELECT FROM coverage_departure d WHERE d.enrolment_id = e.id)
            RETURNING enrolment_id
            """,
            {"decree": decree_id, "programme": programme_id, "number": number, "by": by_id},
        )
        gone = [row[0] for row in cursor.fetchall()]
    shorten(gone)
    return len(gone)


def unknown_reasons(decree_id: int) -> list[str]:
    """Reasons of leaving on a decree that are no reasons of ours."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT reason FROM selection_decreeentry WHERE decree_id = %s AND act = 'leave'"
            " AND reason <> ALL(%s)",
            [decree_id, list(Departure.Reason.values)],
        )
        return sorted(row[0] for row in cursor.fetchall())


def stretches_after(worker_id: int, first_month_out: date) -> list[Enrolment]:
    """Stretches of a worker, in any programme, that reach beyond a month and that nobody has ended."""
    return list(
        Enrolment.objects.filter(worker_id=worker_id, period__endswith__gt=first_month_out, departure__isnull=True)
        .select_related("programme")
        .order_by("pk")
    )


def shorten(enrolments: list[int]) -> None:
    """Cut the periods of people whose departure is recorded, and take the lost worker-months out of the totals.

    A departure before the first month leaves an empty period.
    """
    if not enrolments:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE coverage_monthtotal t SET planned = t.planned - lost.people
              FROM (SELECT e.funding_line_id, e.area_code, month::date AS month, count(*) AS people
                      FROM coverage_enrolment e
                      JOIN coverage_departure d ON d.enrolment_id = e.id,
                           LATERAL generate_series(greatest(lower(e.period), d.first_month_out), upper(e.period) - 1,
                                                   interval '1 month') AS month
                     WHERE e.id = ANY(%s) AND NOT isempty(e.period)
                     GROUP BY 1, 2, 3) lost
             WHERE t.funding_line_id = lost.funding_line_id AND t.area_code = lost.area_code AND t.month = lost.month
            """,
            [enrolments],
        )
        cursor.execute(
            """
            UPDATE coverage_enrolment e
               SET period = daterange(lower(e.period),
                                      greatest(least(upper(e.period), d.first_month_out), lower(e.period)))
              FROM coverage_departure d
             WHERE d.enrolment_id = e.id AND e.id = ANY(%s) AND NOT isempty(e.period)
            """,
            [enrolments],
        )
