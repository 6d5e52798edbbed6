"""Selection among candidates in 500 villages under quotas and budget: seconds, and how they grow from 10,000."""

from __future__ import annotations

from datetime import date

from bench.ground import DAY, REGENCY, VILLAGES, stopwatch, villages


def run(rows: int) -> list[str]:
    sizes = [size for size in (10_000, 100_000) if size < rows] + [rows]
    measured = [(size, *_select(size)) for size in sizes]
    lines = [
        f"{size:,} candidates, {VILLAGES} villages, quotas by village and district, one budget: {seconds:.2f} s "
        f"({chosen:,} chosen), {seconds / size * 1e6:.1f} µs each"
        for size, seconds, chosen in measured
    ]
    first, last = measured[0], measured[-1]
    lines.append(
        f"growth: {last[0] / first[0]:.0f} × the candidates took {last[1] / first[1]:.1f} × the time; the same list came out "
        "of a second run"
    )
    return lines


def _select(count: int) -> tuple[float, int]:
    from naung.selection import actions
    from naung.selection.models import Candidate

    programme = _programme(count)
    with stopwatch() as ours:
        round_ = actions.run_round(programme, on=DAY, by=None)
    first = list(
        Candidate.objects.filter(round=round_, outcome="chosen")
        .order_by("rank")
        .values_list("worker", flat=True)[:1000]
    )
    again = actions.run_round(programme, on=DAY, by=None)
    assert first == list(
        Candidate.objects.filter(round=again, outcome="chosen").order_by("rank").values_list("worker", flat=True)[:1000]
    )
    return ours.seconds, round_.chosen


def _programme(count: int):  # type: ignore[no-untyped-def]
    from django.db import connection

    from naung.programmes.actions import create_programme
    from naung.programmes.spec import parse_spec

    code = f"SELECT-{count}"
    places = count // 2
    spec = parse_spec(
        {
            "code": code, "name": f"Bench {count}", "owner": {"name": "Dinas Bench"}, "area": REGENCY,
            "fiscal_year": 2026, "first_month": "2026-01", "last_month": "2026-12", "places": places, "seed": 7,
            "criteria": [
                {"key": "usia", "field": "age_years", "operator": "between", "value": [18, 64], "reason": "Usia 18-64."},
                {"key": "desil", "field": "decile", "operator": "le", "value": 8, "reason": "Desil 1-8."},
            ],
            "priorities": [
                {"key": "desil", "label": "Desil", "kind": "ascending", "field": "decile"},
                {"key": "usia", "label": "Usia", "kind": "descending", "field": "age_years"},
            ],
            "quotas": [
                {"key": "desa", "by": "village", "each": {"max": max(count * 11 // (VILLAGES * 20), 1)}},
                {"key": "kecamatan", "by": "district", "each": {"max": count // 20}},
            ],
            "funding_lines": [
                {"code": "A", "name": "APBD", "payer": "apbd_kab", "ceiling_rp": places * 16_800 * 11},
                {"code": "B", "name": "CSR", "payer": "csr", "ceiling_rp": places * 16_800},
            ],
        }
    )  # fmt: skip
    programme = create_programme(spec, by=None)
    codes = [place[0] for place in villages()]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH made AS (
                INSERT INTO registry_worker (nik_index, sealed, name, name_norm, birth_date, birth_place, sex, area_code,
                                             address, occupation, sector, decile, decile_vintage, created_at)
                SELECT gen_random_uuid(), '\\x00', 'Pekerja ' || n, 'PEKERJA ' || n, date '1955-01-01' + (n::bigint * 7919 %% 19000)::int,
                       '', 'L', (%(codes)s::text[])[n * 31 %% 500 + 1], '', 'petani', 'other', n * 13 %% 10 + 1,
                       date '2025-12-01', now()
                  FROM generate_series(1, %(count)s) n
                RETURNING id),
            list AS (
                INSERT INTO registry_sourcelist (programme_code, area_code, office_name, filename, sha256, size_bytes,
                       reference_date, columns, skipped, status, received, accepted, rejected, review, duplicate, reasons,
                       received_at, sent_at)
                VALUES (%(code)s, %(area)s, '', 'bench.csv', %(code)s, 1, %(day)s, '{}', '[]', 'sent', %(count)s, %(count)s, 0, 0,
                        0, '{}', now(), now())
                RETURNING id)
            INSERT INTO registry_sourcerow (list_id, ordinal, sheet, row, verdict, reasons, cluster, worker_id, decided_by,
                                            decision)
            SELECT list.id, row_number() OVER () - 1, '', row_number() OVER (), 'accept', '{}', '', made.id, '', ''
              FROM made, list
            """,
            {"codes": codes, "count": count, "code": code, "area": REGENCY, "day": date(2026, 1, 5)},
        )
        cursor.execute("ANALYZE registry_worker, registry_sourcerow, registry_sourcelist")
    return programme
