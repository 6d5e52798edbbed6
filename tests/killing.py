"""Killing a process at a random moment, the hard way, to see what it leaves behind.

For intake, billing and payment alike: give the work as a Python source that a fresh interpreter runs against the
test database, and a check of what must hold afterwards.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from dataclasses import dataclass
from urllib.parse import quote

from django.db import connection

# The child says so once it is up: killing an interpreter that is still importing proves nothing.
_READY = "READY"
_DJANGO = "import django\ndjango.setup()\n"
_SAY_READY = f"print({_READY!r}, flush=True)\n"


@dataclass(frozen=True)
class Ended:
    """How the child ended: killed in the middle, or done before we got to it. `seconds` since it was ready."""

    killed: bool
    seconds: float


def test_database_url() -> str:
    """The URL of the database that this test sees, for a child process."""
    settings = connection.settings_dict
    host = quote(str(settings["HOST"]), safe="")
    port = f"&port={settings['PORT']}" if settings["PORT"] else ""
    password = quote(str(settings["PASSWORD"]), safe="")
    return f"postgresql://{settings['USER']}:{password}@/{settings['NAME']}?host={host}{port}"


test_database_url.__test__ = False  # type: ignore[attr-defined]


def start(source: str, *, prepare: str = "", **environment: str) -> subprocess.Popen[str]:
    """Run `source` in an interpreter of its own, on this test's database.

    Returns once Django is up there and `prepare` (the imports) is done, so that a kill hits the work itself.
    """
    child = subprocess.Popen(  # noqa: S603 - our own interpreter, source written in a test
        [sys.executable, "-c", _DJANGO + textwrap.dedent(prepare) + _SAY_READY + textwrap.dedent(source)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "naung.config.settings",
            "NAUNG_DATABASE_URL": test_database_url(),
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            **environment,
        },
    )
    assert child.stdout is not None
    assert child.stdout.readline().strip() == _READY, "the child never came up"
    return child


def run_and_kill(source: str, *, after_seconds: float, prepare: str = "", **environment: str) -> Ended:
    """Run `source`, and kill -9 it `after_seconds` after it was ready, unless it is done by then."""
    child = start(source, prepare=prepare, **environment)
    started = time.monotonic()
    try:
        child.wait(timeout=after_seconds)
        assert child.returncode == 0, f"the child failed by itself with {child.returncode}"
        killed = False
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGKILL)
        child.wait()
        killed = True
    finally:
        assert child.stdout is not None
        child.stdout.close()
    wait_for_the_server_to_notice()
    return Ended(killed, time.monotonic() - started)


def run_whole(source: str, *, prepare: str = "", **environment: str) -> float:
    """Run `source` to its end; the seconds it took once ready."""
    return run_and_kill(source, after_seconds=300, prepare=prepare, **environment).seconds


def moments(count: int, *, within_seconds: float, seed: int) -> list[float]:
    """Random moments of a run that takes about `within_seconds`, one in each of `count` equal stretches of it."""
    chance = random.Random(seed)
    step = within_seconds / count
    return [(at + chance.random()) * step for at in range(count)]


def wait_for_the_server_to_notice() -> None:
    """A killed client's transaction lives until the server reads the closed socket; wait for its locks to go."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
            if cursor.fetchone()[0] == 0:
                return
            cursor.execute("SELECT pg_sleep(0.02)")
    raise AssertionError("the server still works for a client that is dead")
