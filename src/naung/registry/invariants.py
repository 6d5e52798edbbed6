"""What must hold in the registry, asked of the whole database in a few set-based questions."""

from __future__ import annotations

from django.db import connection

from naung.audit.problems import Problem
from naung.registry import files
from naung.registry.models import KeyState, ReferenceList, SourceList
from naung.registry.vault import vault

# Rule, words, question that counts where it does not hold.
_QUESTIONS: tuple[tuple[int | str, str, str], ...] = (
    (
        8,
        "Daftar yang jumlah barisnya tidak sama dengan baris yang tersimpan",
        """
        SELECT count(*) FROM registry_sourcelist l LEFT JOIN (
            SELECT list_id, count(*) AS received,
                count(*) FILTER (WHERE verdict = 'accept') AS accepted,
                count(*) FILTER (WHERE verdict = 'reject') AS rejected,
                count(*) FILTER (WHERE verdict = 'review') AS review,
                count(*) FILTER (WHERE verdict = 'duplicate') AS duplicate
            FROM registry_sourcerow GROUP BY list_id
        ) r ON r.list_id = l.id
        WHERE (l.received, l.accepted, l.rejected, l.review, l.duplicate) IS DISTINCT FROM
            (coalesce(r.received, 0), coalesce(r.accepted, 0), coalesce(r.rejected, 0), coalesce(r.review, 0),
             coalesce(r.duplicate, 0))
        """,
    ),
    (
        8,
        "Daftar yang isi asli barisnya tidak lengkap",
        """
        SELECT count(*) FROM registry_sourcelist l LEFT JOIN (
            SELECT list_id, sum(rows) AS rows, bool_and(first = expected) AS gapless FROM (
                SELECT list_id, rows, first,
                    coalesce(sum(rows) OVER (PARTITION BY list_id ORDER BY first
                        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS expected
                FROM registry_sourcechunk
            ) AS c GROUP BY list_id
        ) c ON c.list_id = l.id
        WHERE l.received > 0 AND (c.rows IS DISTINCT FROM l.received OR NOT c.gapless)
        """,
    ),
    (
        "row_without_list",
        "Baris atau potongan yang tidak punya daftar",
        """
        SELECT count(*) FROM registry_sourcerow r
        WHERE NOT EXISTS (SELECT 1 FROM registry_sourcelist l WHERE l.id = r.list_id)
        """,
    ),
    (
        "row_worker",
        "Baris yang menunjuk pekerja yang tidak ada, atau diterima tanpa pekerja",
        """
        SELECT count(*) FROM registry_sourcerow r LEFT JOIN registry_worker w ON w.id = r.worker_id
        WHERE (r.worker_id IS NOT NULL AND w.id IS NULL) OR (r.verdict = 'accept' AND r.worker_id IS NULL)
        """,
    ),
    (
        "handed_in_twice",
        "Pekerja yang diterima lebih dari sekali untuk satu program",
        """
        SELECT count(*) FROM (
            SELECT 1 FROM registry_sourcerow r JOIN registry_sourcelist l ON l.id = r.list_id
            WHERE r.verdict = 'accept' GROUP BY l.programme_code, r.worker_id HAVING count(*) > 1
        ) AS twice
        """,
    ),
    (
        "row_held",
        "Baris yang menunggu dikirim tetapi tidak siap",
        "SELECT count(*) FROM registry_sourcerow WHERE held AND verdict <> 'accept'",
    ),
    (
        "worker_merged",
        "Pekerja yang digabung ke pekerja yang tidak ada",
        """
        SELECT count(*) FROM registry_worker w
        WHERE w.merged_into_id IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM registry_worker o WHERE o.id = w.merged_into_id)
        """,
    ),
    (
        "reference_rows",
        "Data acuan yang jumlah barisnya tidak sama dengan isinya",
        """
        SELECT count(*) FROM registry_referencelist l
        FULL JOIN (SELECT list_id, count(*) AS rows FROM registry_referenceentry GROUP BY list_id) e
            ON e.list_id = l.id
        WHERE l.id IS NULL OR l.rows <> coalesce(e.rows, 0)
        """,
    ),
)


def problems() -> list[Problem]:
    """Every rule of the registry that does not hold; an empty list for a healthy database."""
    found = []
    for rule, words, question in _QUESTIONS:
        with connection.cursor() as cursor:
            cursor.execute(question)
            count = cursor.fetchone()[0]
        if count:
            found.append(Problem(rule, words, count))
    return [*found, *_files_missing(), *_keys_wrong()]


def _files_missing() -> list[Problem]:
    hashes = {*SourceList.objects.values_list("sha256", flat=True)}
    hashes |= {*ReferenceList.objects.values_list("sha256", flat=True)}
    missing = sum(not files.path_of(sha256).exists() for sha256 in hashes)
    return [Problem("file_missing", "Berkas asli yang tidak ada di folder berkas", missing)] if missing else []


def _keys_wrong() -> list[Problem]:
    state = KeyState.objects.filter(id=1).first()
    keys = vault().keys
    if state is not None and bytes(state.index_fingerprint) != keys.index_fingerprint:
        return [Problem("keys", "Berkas kunci tidak cocok dengan basis data ini", 1)]
    unfinished = len(keys.data) > 1 or keys.next_index is not None
    return [Problem("keys_rotation", "Pergantian kunci belum selesai: jalankan lagi", 1)] if unfinished else []
