"""A month's bill against a plain INSERT ... SELECT of the same rows."""

from __future__ import annotations

from datetime import date

from bench.ground import REGENCY, stopwatch

JAN = date(2026, 1, 1)


def enrol(count: int) -> int:
    """`count` workers enrolled in one programme, by SQL; returns the funding line. People are rows, not persons."""
    from django.db import connection
    from tests.town import NOW, user

    from naung.accounts.models import Office
    from naung.programmes.models import FundingLine, Programme

    office = Office.objects.get_or_create(name="Dinas Bench", area_code=REGENCY, defaults={"kind": "owner"})[0]
    programme = Programme.objects.create(
        code=f"BILL-{count}", name="Bench", owner=office, area_code=REGENCY, fiscal_year=2026, starts_on=JAN,
        ends_on=date(2027, 1, 1), package=["JKK", "JKM"], places=count, seed=1, spec={},
    )  # fmt: skip
    line = FundingLine.objects.create(
        programme=programme, code="APBD", name="APBD", payer="apbd_kab", ceiling_rp=10**15, order=1
    )
    from naung.selection.models import Decree, Round

    round_ = Round.objects.create(
        programme=programme, number=1, on=JAN, first_month=JAN, seed=1, status="approved", spec={}, input_sha256="",
        candidates=count, chosen=count, waiting=0, ineligible=0, cost_rp=0, prepared_at=NOW,
    )  # fmt: skip
    decree = Decree.objects.create(
        programme=programme, round=round_, number="SK", decided_on=JAN, first_month=JAN, ends_on=date(2027, 1, 1),
        enters=count, leaves=0, total=count, list_sha256="", title="", signer="", signer_title="",
        approved_by=user("pimpinan-bench", "leader", REGENCY), approved_at=NOW,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM registry_worker")
        if cursor.fetchone()[0] < count:
            cursor.execute(
                """
                INSERT INTO registry_worker (nik_index, sealed, name, name_norm, birth_place, sex, area_code, address,
                                             occupation, sector, income_rp, created_at)
                SELECT gen_random_uuid(), '\\x00', 'Pekerja ' || n, 'PEKERJA ' || n, '', 'L',
                       %s || lpad((n %% 17 + 1)::text, 2, '0') || '20' || lpad((n %% 30 + 1)::text, 2, '0'), '', 'petani',
                       CASE WHEN n %% 9 = 0 THEN 'transport' ELSE 'other' END,
                       CASE WHEN n %% 5 = 0 THEN 1500000 + n %% 40 * 100000 END, now()
                  FROM generate_series(1, %s) n
                """,
                [REGENCY, count],
            )
        cursor.execute(
            """
            INSERT INTO coverage_enrolment (worker_id, programme_id, funding_line_id, decree_id, ordinal, area_code, period)
            SELECT id, %s, %s, %s, row_number() OVER (ORDER BY area_code, name_norm), area_code,
                   daterange('2026-01-01', '2027-01-01')
              FROM registry_worker ORDER BY area_code, name_norm LIMIT %s
            """,
            [programme.pk, line.pk, decree.pk, count],
        )
    with connection.cursor() as cursor:
        for table in ("registry_worker", "coverage_enrolment"):
            cursor.execute(f"VACUUM ANALYZE {table}")
        cursor.execute("CHECKPOINT")
    return int(line.pk)


def run(count: int) -> list[str]:
    from django.db import connection

    from naung.contributions.actions import issue_bill
    from naung.contributions.models import Bill
    from naung.programmes.models import FundingLine

    line = FundingLine.objects.get(pk=enrol(count))
    with stopwatch() as ours:
        bill = issue_bill(line, first_month=JAN, last_month=JAN, due_on=date(2026, 1, 15), by=None)
    assert Bill.objects.get(pk=bill.pk).line_count == count

    columns = "bill_id, worker_id, enrolment_id, area_code, month, ordinal, jkk_rp, jkm_rp, jht_rp, live"
    source = f"SELECT {columns} FROM contributions_billline WHERE bill_id = {bill.pk} ORDER BY id"
    plain = {}
    with connection.cursor() as cursor:
        for name, including in (("with the same indexes and checks", "INCLUDING ALL"), ("bare", "INCLUDING IDENTITY")):
            cursor.execute("CHECKPOINT")
            cursor.execute(f"CREATE TABLE plain_line (LIKE contributions_billline {including})")
            with stopwatch() as plain[name]:
                cursor.execute(f"INSERT INTO plain_line ({columns}) {source}")
            cursor.execute("DROP TABLE plain_line")
    lines = [f"bill of {count:,} enrolled workers: {ours.seconds:.2f} s"]
    for name, measured in plain.items():
        ratio = ours.seconds / measured.seconds
        lines.append(f"plain INSERT ... SELECT, table {name}: {measured.seconds:.2f} s; ratio {ratio:.2f} × (target 2)")
    return lines
