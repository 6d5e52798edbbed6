"""What must hold over all cards, checked over the whole database for `naung doctor`."""

from __future__ import annotations

from django.db import connection

from naung.audit.problems import Problem

_CHECKS = (
    (
        "orphans",
        "Kartu tanpa pekerja",
        "SELECT count(*) FROM cards_card c WHERE NOT EXISTS (SELECT FROM registry_worker w WHERE w.id = c.worker_id)",
    ),
)


def problems() -> list[Problem]:
    """Every rule about cards that does not hold; empty when all is well."""
    found = []
    with connection.cursor() as cursor:
        for rule, words, sql in _CHECKS:
            cursor.execute(sql)
            (count,) = cursor.fetchone()
            if count:
                found.append(Problem(rule, words, count))
    return found
