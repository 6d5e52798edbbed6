"""What must hold over all enrolments, checked over the whole database for `naung doctor`."""

from __future__ import annotations

from django.db import connection

from naung.audit.problems import Problem

_CHECKS: tuple[tuple[int | str, str, str], ...] = (
    (
        5,
        "Isi SK dan jumlahnya berbeda",
        """
        SELECT count(*) FROM selection_decree d
         WHERE d.enters <> (SELECT count(*) FROM selection_decreeentry e WHERE e.decree_id = d.id AND e.act = 'enter')
            OR d.leaves <> (SELECT count(*) FROM selection_decreeentry e WHERE e.decree_id = d.id AND e.act = 'leave')
        """,
    ),
    (
        5,
        "Peserta yang masuk menurut SK tidak sama dengan yang terdaftar",
        """
        SELECT count(*) FROM selection_decree d
         WHERE d.enters <> (SELECT count(*) FROM coverage_enrolment e WHERE e.decree_id = d.id)
        """,
    ),
    (
        5,
        "Peserta yang terdaftar lain dari yang ditetapkan: orang, urutan, sumber dana, atau bulan pertama",
        """
        SELECT count(*) FROM coverage_enrolment e
          LEFT JOIN selection_decreeentry s ON s.decree_id = e.decree_id AND s.ordinal = e.ordinal AND s.act = 'enter'
         WHERE (s.worker_id, s.funding_line_id) IS DISTINCT FROM (e.worker_id, e.funding_line_id)
            OR lower(e.period) <> s.from_month
        """,
    ),
    (
        5,
        "Orang yang dikeluarkan dengan SK masih terdaftar",
        """
        SELECT count(*) FROM selection_decreeentry s
          JOIN selection_decree d ON d.id = s.decree_id
          JOIN coverage_enrolment e
            ON e.worker_id = s.worker_id AND e.programme_id = d.programme_id AND e.decree_id < d.id
         WHERE s.act = 'leave' AND NOT isempty(e.period) AND upper(e.period) > s.from_month
        """,
    ),
    (
        1,
        "Pekerja yang terdaftar dua kali pada bulan yang sama",
        """
        SELECT count(*) FROM (
            SELECT lower(period) < lag(upper(period)) OVER (PARTITION BY worker_id ORDER BY lower(period)) AS twice
              FROM coverage_enrolment WHERE NOT isempty(period)) stretch WHERE twice
        """,
    ),
    (
        "orphans",
        "Kepesertaan tanpa pekerja",
        """
        SELECT count(*) FROM coverage_enrolment e
         WHERE NOT EXISTS (SELECT FROM registry_worker w WHERE w.id = e.worker_id)
        """,
    ),
    (
        6,
        "Peserta yang keluar masih terdaftar sesudahnya",
        """
        SELECT count(*) FROM coverage_departure d JOIN coverage_enrolment e ON e.id = d.enrolment_id
         WHERE NOT isempty(e.period) AND upper(e.period) > d.first_month_out
        """,
    ),
    (
        6,
        "Pekerja wafat masih terdaftar sesudah bulan wafatnya",
        """
        SELECT count(*) FROM coverage_enrolment e JOIN registry_worker w ON w.id = e.worker_id
         WHERE w.died_on IS NOT NULL AND NOT isempty(e.period)
           AND upper(e.period) > (date_trunc('month', w.died_on) + interval '1 month')::date
        """,
    ),
    (
        "totals",
        "Ringkasan rencana per bulan tidak sama dengan kepesertaan",
        """
        WITH truth AS (
            SELECT funding_line_id, area_code, month::date AS month, sum(people) AS planned
              FROM (SELECT funding_line_id, area_code, period, count(*) AS people FROM coverage_enrolment
                     WHERE NOT isempty(period) GROUP BY 1, 2, 3) stretch,
                   LATERAL generate_series(lower(period), upper(period) - 1, interval '1 month') AS month
             GROUP BY 1, 2, 3)
        SELECT count(*) FROM truth FULL JOIN coverage_monthtotal t USING (funding_line_id, area_code, month)
         WHERE coalesce(truth.planned, 0) <> coalesce(t.planned, 0)
        """,
    ),
)


def problems() -> list[Problem]:
    """Every rule about enrolments that does not hold; empty when all is well."""
    found = []
    with connection.cursor() as cursor:
        for rule, words, sql in _CHECKS:
            cursor.execute(sql)
            (count,) = cursor.fetchone()
            if count:
                found.append(Problem(rule, words, count))
    return found
