"""What must hold over all rounds and decrees, checked over the whole database for `naung doctor`."""

from __future__ import annotations

from django.db import connection

from naung.audit.problems import Problem
from naung.selection.decreeing import list_sha256
from naung.selection.models import Decree

_CHECKS: tuple[tuple[int | str, str, str], ...] = (
    (
        8,
        "Jumlah calon sebuah seleksi tidak sama dengan isinya",
        """
        SELECT count(*) FROM selection_round r
          LEFT JOIN (SELECT round_id, count(*) AS people, count(*) FILTER (WHERE outcome = 'chosen') AS chosen,
                            count(*) FILTER (WHERE outcome = 'waiting') AS waiting
                       FROM selection_candidate GROUP BY round_id) c ON c.round_id = r.id
         WHERE (r.candidates, r.chosen, r.waiting)
            <> (coalesce(c.people, 0), coalesce(c.chosen, 0), coalesce(c.waiting, 0))
        """,
    ),
    (
        7,
        "Calon yang tidak memenuhi syarat atau menunggu tanpa alasan",
        "SELECT count(*) FROM selection_candidate WHERE outcome <> 'chosen' AND reasons = '{}'",
    ),
    (
        5,
        "Jumlah orang pada SK tidak sama dengan masuk dikurangi keluar",
        """
        SELECT count(*) FROM (
            SELECT total, sum(enters - leaves) OVER (PARTITION BY programme_id ORDER BY id) AS counted
              FROM selection_decree) d
         WHERE total <> counted
        """,
    ),
    (
        5,
        "Orang pada SK melebihi jumlah tempat program",
        """
        SELECT count(*) FROM selection_decree d JOIN programmes_programme p ON p.id = d.programme_id
         WHERE d.total > p.places
        """,
    ),
    (
        "orphans",
        "Calon atau isi SK tanpa pekerja",
        """
        SELECT (SELECT count(*) FROM selection_candidate c
                 WHERE NOT EXISTS (SELECT FROM registry_worker w WHERE w.id = c.worker_id))
             + (SELECT count(*) FROM selection_decreeentry e
                 WHERE NOT EXISTS (SELECT FROM registry_worker w WHERE w.id = e.worker_id))
        """,
    ),
    (
        11,
        "SK ditetapkan oleh yang menyiapkannya",
        "SELECT count(*) FROM selection_decree WHERE prepared_by_id = approved_by_id",
    ),
)


def problems() -> list[Problem]:
    """What is wrong with rounds and decrees; lists of decrees are hashed again, one decree at a time."""
    found = []
    with connection.cursor() as cursor:
        for rule, words, query in _CHECKS:
            cursor.execute(query)
            if count := cursor.fetchone()[0]:
                found.append(Problem(rule, words, count))
    altered = sum(one.list_sha256 != list_sha256(one) for one in Decree.objects.order_by("id").iterator())
    if altered:
        found.append(Problem(5, "Isi SK tidak cocok dengan sidiknya", altered))
    return found
