"""What every measurement stands on: a database of its own, invented people, a stopwatch."""

from __future__ import annotations

import contextlib
import os
import platform
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

REGENCY = "1111"  # Bireuen: has more than 500 villages
VILLAGES = 500
DAY = date(2026, 1, 5)


@dataclass
class Measured:
    """Wall seconds of one thing, and what the process that did it used."""

    seconds: float = 0.0
    cpu: float = 0.0


@contextlib.contextmanager
def stopwatch() -> Iterator[Measured]:
    measured = Measured()
    wall, cpu = time.perf_counter(), time.process_time()
    yield measured
    measured.seconds, measured.cpu = time.perf_counter() - wall, time.process_time() - cpu


def peak_mib() -> float:
    """Peak memory of this process and of the largest child that ended, in MiB (PostgreSQL not included)."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(own, children) / 1024


def machine() -> str:
    cpu = platform.processor() or platform.machine()
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                cpu = line.split(":", 1)[1].strip()
                break
    return f"{os.cpu_count()} cores, {cpu}, Python {platform.python_version()}"


@contextlib.contextmanager
def database() -> Iterator[None]:
    """A fresh, durable embedded PostgreSQL (or NAUNG_DATABASE_URL, which must be an empty database), migrated."""
    from naung.gateways.postgres import EmbeddedPostgres

    with tempfile.TemporaryDirectory(prefix="naung-bench-", ignore_cleanup_errors=True) as folder:
        os.environ["NAUNG_HOME"] = folder
        os.environ["NAUNG_SECRET_KEY"] = "bench"  # noqa: S105
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
        with contextlib.ExitStack() as stack:
            cluster = None
            if "NAUNG_DATABASE_URL" not in os.environ:
                cluster = stack.enter_context(EmbeddedPostgres(Path(folder)))
                os.environ["NAUNG_DATABASE_URL"] = cluster.url()
            import django

            django.setup()
            from django.core.management import call_command

            from naung.areas.actions import load_areas

            call_command("migrate", verbosity=0, skip_checks=True)
            load_areas()
            yield
            from django.db import connections

            connections.close_all()
            if cluster is not None:
                cluster.stop()
                del os.environ["NAUNG_DATABASE_URL"]


def villages() -> list[tuple[str, str, str]]:
    """Code, name and district of the villages that the invented people live in."""
    from naung.areas.models import Area

    rows = (
        Area.objects.filter(code__startswith=REGENCY, level=4, valid__upper_inf=True)
        .select_related("parent")
        .order_by("code")[:VILLAGES]
    )
    return [(row.code, row.name, row.parent.name if row.parent else "") for row in rows]


def people(count: int):  # type: ignore[no-untyped-def]
    """A frame of invented people spread over the villages."""
    from naung.demo.people import Village, invent

    return invent(count, villages=[Village(*place) for place in villages()], seed=7)
