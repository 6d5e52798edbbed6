"""What must hold over all employers, pledges and pairs, checked over the whole database for `naung doctor`."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from naung.audit.problems import Problem
from naung.partners.refreshing import disagreeing

_CHECKS = (
    (
        "pairs",
        "Pasangan yang lebih banyak daripada yang ditanggung pemberinya",
        """
        SELECT count(*) FROM partners_giver g
         WHERE g.people < (SELECT count(*) FROM partners_pairing p WHERE p.giver_id = g.id AND p.until IS NULL)
        """,
    ),
    (
        "pairs",
        "Pekerja berpasangan dengan pemberi dari donatur yang tidak membayarnya",
        """
        SELECT count(*) FROM partners_pairing p
          JOIN partners_giver g ON g.id = p.giver_id
          JOIN coverage_enrolment e ON e.id = p.enrolment_id
          JOIN programmes_fundingline l ON l.id = e.funding_line_id
         WHERE l.donor_id IS DISTINCT FROM g.donor_id OR e.worker_id <> p.worker_id
        """,
    ),
    (
        "pledges",
        "Komitmen dengan sumber dana atau PKS atas nama donatur lain",
        """
        SELECT count(*) FROM partners_pledge p
          LEFT JOIN programmes_fundingline l ON l.id = p.funding_line_id
          LEFT JOIN agreements_agreement a ON a.id = p.agreement_id
         WHERE (l.id IS NOT NULL AND l.donor_id IS DISTINCT FROM p.donor_id)
            OR (a.id IS NOT NULL AND a.office_id IS DISTINCT FROM p.donor_id)
        """,
    ),
)


def problems() -> Iterator[Problem]:
    if count := disagreeing():
        yield Problem("employers", "Keadaan pemberi kerja lain dari laporannya yang terbaru", count)
    with connection.cursor() as cursor:
        for rule, words, statement in _CHECKS:
            cursor.execute(statement)
            (count,) = cursor.fetchone()
            if count:
                yield Problem(rule, words, count)
