"""Intake and storing of CSV rows against raw psycopg COPY of the same rows."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.ground import DAY, REGENCY, Measured, peak_mib, people, stopwatch

COLUMNS = ["name", "nik", "kk", "birth_date", "sex", "address", "rt_rw", "village", "district", "occupation", "phone"]
HEADERS = ["NAMA", "NIK", "NO KK", "TGL LAHIR", "L/P", "ALAMAT", "RT/RW", "DESA", "KECAMATAN", "PEKERJAAN", "NO HP"]


def write_csv(rows: int, folder: Path) -> Path:
    path = folder / f"daftar-{rows}.csv"
    people(rows).select(COLUMNS).rename(dict(zip(COLUMNS, HEADERS, strict=True))).write_csv(path)
    return path


def raw_copy(path: Path) -> Measured:
    """The file as it is, into a table of text columns without an index."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE raw_rows ({', '.join(f'{name} text' for name in COLUMNS)})")
        with (
            path.open("rb") as file,
            stopwatch() as measured,
            cursor.copy("COPY raw_rows FROM STDIN (FORMAT csv, HEADER true)") as copy,
        ):
            while block := file.read(1 << 20):
                copy.write(block)
        cursor.execute("DROP TABLE raw_rows")
    return measured


def run(rows: int) -> list[str]:
    from naung.bulk.intake import Limits
    from naung.registry.actions import IntakeRules, take_in
    from naung.registry.models import SourceRow, Worker

    with tempfile.TemporaryDirectory() as folder:
        path = write_csv(rows, Path(folder))
        copies = [raw_copy(path) for _ in range(3)]
        copy = sorted(copies, key=lambda one: one.seconds)[1]
        with stopwatch() as ours:
            result = take_in(
                [(path.name, path)],
                programme_code="BENCH",
                rules=IntakeRules(area_code=REGENCY),
                reference_date=DAY,
                by=None,
                limits=Limits(),
            )
    stored, workers = SourceRow.objects.count(), Worker.objects.count()
    assert stored == rows, f"{stored} rows stored of {rows}"
    stages = ", ".join(f"{name} {seconds:.1f}" for name, seconds in result.seconds.items())
    return [
        f"raw COPY of {rows:,} rows: {copy.seconds:.2f} s (median of 3)",
        f"intake and storing: {ours.seconds:.2f} s wall, {ours.cpu:.2f} s CPU of ours; {workers:,} workers",
        f"  stages (s): {stages}",
        f"  ratio {ours.seconds / copy.seconds:.2f} × (target 6), peak memory {peak_mib():,.0f} MiB (target 4,096)",
    ]
