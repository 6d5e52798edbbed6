"""People by name among a million: each question against one indexed look-up, same connection, same run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from types import SimpleNamespace

from bench.ground import REGENCY

ROUNDS = 15
_FIRST = (  # noqa: SIM905
    "SITI SUGENG SOEGENG BUDI AGUS SRI DEWI MUHAMMAD AHMAD ABDUL NUR RINA RATNA DJOKO JOKO SUKARNO CAHYO YUSUF HENDRA "
    "ENDANG WAHYU SLAMET SUPARNO SUTRISNO HARTONO SURYADI YANTI ERNI FITRI FATIMAH ZAINAL ZULKIFLI RUDI IRWAN INDRA "
    "ANDI ROSIDA LENNI MARIAM PUTRI DIAN TONI PARDI SAHAT TIGOR BINSAR MARULI DINA TONO PUTRA"
).split()
_PARTS = "RA HA YU NI TO SU WI DA MA NA LI KA SA RI BU TI GI NO PU JA KU LE ME".split()  # noqa: SIM905

#: What is asked, as an officer of a regency of the province would ask it.
QUESTIONS = {
    "whole name": "sugeng rahayu",
    "old spelling": "Soegeng Rahajoe",
    "very common name": "siti",
    "a letter forgotten": "sugng rahayu",
    "nobody": "zzqxw",
}

_FILL = """
INSERT INTO registry_worker (nik_index, sealed, name, name_norm, birth_place, sex, area_code, address, occupation, sector)
SELECT gen_random_uuid(), '', word, word, '', '', area, '', '', 'other'
FROM (
    SELECT %(first)s::text[] AS f, %(parts)s::text[] AS p, n,
           %(regency)s || lpad((n %% 12)::text, 2, '0') || '2' || lpad((n %% 40)::text, 3, '0') AS area
    FROM generate_series(1, %(rows)s) AS n
) AS numbered
CROSS JOIN LATERAL (
    SELECT f[1 + hashint4(n) %% 50 + CASE WHEN hashint4(n) %% 50 < 0 THEN 50 ELSE 0 END] || ' '
        || p[1 + abs(hashint4(n + 7) %% 23)] || p[1 + abs(hashint4(n + 11) %% 23)] || p[1 + abs(hashint4(n + 13) %% 23)]
        AS word
) AS named
"""


def run(rows: int) -> list[str]:
    from django.db import connection

    from naung.registry.models import Worker
    from naung.registry.searching import people_meant

    assert len(_FIRST) == 50
    assert len(_PARTS) == 23
    with connection.cursor() as cursor:
        facts = {"first": _FIRST, "parts": _PARTS, "regency": REGENCY, "rows": rows}
        cursor.execute("DROP INDEX worker_name_trigrams")
        cursor.execute(_FILL, facts)
        started = time.perf_counter()
        cursor.execute(
            "CREATE INDEX worker_name_trigrams ON registry_worker USING gin (registry_spelling(name_norm) gin_trgm_ops)"
        )
        built = time.perf_counter() - started
        cursor.execute("VACUUM ANALYZE registry_worker")
        cursor.execute("SELECT pg_relation_size('worker_name_trigrams')")
        size = cursor.fetchone()[0]
    officer = SimpleNamespace(area_code=REGENCY, is_active=True, may=lambda _permission: True)
    one = Worker.objects.order_by("-id").values_list("nik_index", flat=True)[0]
    bare = _milliseconds(lambda: Worker.objects.filter(nik_index=one).first())
    lines = [
        f"{rows:,} names; the trigram index takes {built:.1f} s to build and {size / 2**20:.0f} MiB",
        f"bare look-up of one worker by its blind index, through the ORM: {bare:.2f} ms (median of {ROUNDS})",
    ]
    for what, text in QUESTIONS.items():
        found = people_meant(officer, text, limit=20)
        took = _milliseconds(lambda text=text: people_meant(officer, text, limit=20))
        lines.append(f"{what}: {took:.1f} ms; ratio {took / bare:.0f} ×; {len(found.people)} shown")
    return lines


def _milliseconds(act: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        act()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000
