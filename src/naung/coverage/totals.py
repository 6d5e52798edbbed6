"""Keeping `MonthTotal.planned` true: worker-months planned per funding line, village and month."""

from __future__ import annotations

from django.db import connection

# First by stretch (a decree has few different ones), then by month: twelve million worker-months are never listed.
_PLANNED = """
SELECT funding_line_id, area_code, month::date AS month, sum(people) AS planned
  FROM (SELECT funding_line_id, area_code, period, count(*) AS people
          FROM coverage_enrolment
         WHERE programme_id = %(programme)s AND NOT isempty(period)
         GROUP BY funding_line_id, area_code, period) stretch,
       LATERAL generate_series(lower(period), upper(period) - 1, interval '1 month') AS month
 GROUP BY funding_line_id, area_code, month
"""


def refresh_planned(programme_id: int) -> None:
    """Recompute what is planned for one programme. Part of the transaction that changed its enrolments."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            MERGE INTO coverage_monthtotal t
            USING ({_PLANNED}) p
               ON t.funding_line_id = p.funding_line_id AND t.area_code = p.area_code AND t.month = p.month
            WHEN MATCHED AND t.planned <> p.planned THEN UPDATE SET planned = p.planned
            WHEN NOT MATCHED THEN
                 INSERT (programme_id, funding_line_id, area_code, month, planned, billed, paid, billed_rp, paid_rp)
                 VALUES (%(programme)s, p.funding_line_id, p.area_code, p.month, p.planned, 0, 0, 0, 0)
            """,
            {"programme": programme_id},
        )
        cursor.execute(
            f"""
            UPDATE coverage_monthtotal t SET planned = 0
             WHERE t.programme_id = %(programme)s AND t.planned > 0
               AND NOT EXISTS (SELECT FROM ({_PLANNED}) p
                                WHERE p.funding_line_id = t.funding_line_id AND p.area_code = t.area_code
                                  AND p.month = t.month)
            """,
            {"programme": programme_id},
        )
