"""What must hold over all papers, checked over the whole database for `naung doctor`."""

from __future__ import annotations

import hashlib

from django.db import connection

from naung.audit.problems import Problem
from naung.gateways.vault import SealBroken, vault
from naung.papers.models import PaperFile

_CHECKS = (
    (
        "papers",
        "Nomor naskah dipakai lebih dari sekali",
        """
        SELECT count(*) FROM papers_paper p
         WHERE EXISTS (SELECT FROM papers_paper q
                        WHERE (q.region_code, q.kind, q.year, q.number) = (p.region_code, p.kind, p.year, p.number)
                          AND q.id < p.id AND p.replaces_id IS DISTINCT FROM q.id
                          AND NOT EXISTS (SELECT FROM papers_paper r
                                           WHERE r.replaces_id = q.id AND r.number = q.number))
        """,
    ),
    (
        "papers",
        "Naskah tanpa berkas",
        "SELECT count(*) FROM papers_paper p WHERE NOT EXISTS (SELECT FROM papers_paperfile f WHERE f.paper_id = p.id)",
    ),
    (
        "papers",
        "Naskah memakai nomor versi yang bukan kelanjutannya",
        """
        SELECT count(*) FROM papers_paper p JOIN papers_paper q ON q.id = p.replaces_id
         WHERE p.version > 1 AND (p.version, p.number) <> (q.version + 1, q.number)
        """,
    ),
)


def problems() -> list[Problem]:
    """Every rule about papers that does not hold; each file is opened and hashed again, one at a time."""
    found = []
    with connection.cursor() as cursor:
        for rule, words, sql in _CHECKS:
            cursor.execute(sql)
            (count,) = cursor.fetchone()
            if count:
                found.append(Problem(rule, words, count))
    if altered := sum(not _is_as_issued(file) for file in PaperFile.objects.order_by("pk").iterator(chunk_size=5)):
        found.append(Problem("papers", "Berkas naskah tidak cocok dengan sidiknya", altered))
    return found


def _is_as_issued(file: PaperFile) -> bool:
    try:
        content = vault().open("paper", file.pk, file.sealed)
    except SealBroken:
        return False
    return hashlib.sha256(content).hexdigest() == file.sha256 and len(content) == file.size
