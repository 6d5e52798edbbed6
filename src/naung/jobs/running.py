"""A job is run: in the name of whoever asked, in one transaction with the news that it is done.

How far it is goes to the page over a connection of its own, which also holds the lock by which the job's worker is
known to live. A rule that says no ends the job with its sentence; whatever else happens ends it with a code that
stands in the log.
"""

from __future__ import annotations

import contextlib
import logging
import secrets
import threading
import time
import traceback
from collections.abc import Iterator

import psycopg
from django.db import connection, transaction
from django.utils import translation

from naung import progress
from naung.gateways.failure import GatewayError
from naung.jobs import actions
from naung.jobs.kinds import Kind, kind_of
from naung.jobs.models import Job
from naung.refusal import Refusal

log = logging.getLogger(__name__)

_SELDOM_SECONDS = 0.5
_AGAIN_SECONDS = 0.2


class Stopped(BaseException):
    """The server stops; not an Exception, so that no action takes it for a failure of its own."""


class Stopping:
    """Whether the server stops, and what is to be interrupted then."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self._lock = threading.Lock()
        self._busy: psycopg.Connection[object] | None = None

    def ask(self) -> None:
        """End the work under way: its next word is its last, and its statements are cancelled."""
        if not self.asked.is_set():
            self.asked.set()
            threading.Thread(target=self._interrupt, name="naung-stop", daemon=True).start()

    def _interrupt(self) -> None:
        # More than once: the first may come between two statements.
        while self._busy is not None:
            with self._lock, contextlib.suppress(psycopg.Error):
                if self._busy is not None:
                    self._busy.cancel_safe(timeout=2)
            time.sleep(_AGAIN_SECONDS)

    @contextlib.contextmanager
    def may_interrupt(self, busy: psycopg.Connection[object]) -> Iterator[None]:
        self._busy = busy
        try:
            yield
        finally:
            with self._lock:
                self._busy = None


def run(job_id: int, stopping: Stopping | None = None) -> None:
    """Run a job that waits. Nothing happens where it is done already or somebody is at it."""
    stopping = stopping or Stopping()
    with _watch(job_id) as watch:
        if watch is None or (job := actions.begin(job_id)) is None:
            return
        with translation.override(job.language), progress.heard_by(_Reporter(job, watch, stopping)):
            _run(job, stopping)


def _run(job: Job, stopping: Stopping) -> None:
    kind = kind_of(job.kind)
    try:
        if kind is None:
            raise LookupError(f"no kind of job is called {job.kind!r}")
        connection.ensure_connection()
        with stopping.may_interrupt(connection.connection):
            _perform(job, kind)
    except Refusal as refusal:
        actions.refuse(job, refusal)
    except Stopped:
        actions.put_back(job)
        return
    except Exception as failure:
        if stopping.asked.is_set():  # most likely its statement was cancelled; whatever it was, it comes again
            actions.put_back(job)
            return
        code = secrets.token_hex(3).upper()
        # Where it happened, without messages: one of the database may quote a row.
        log.error("fault %s in job %s (%s)\n%s", code, job.pk, job.kind, _where(failure))
        actions.fault(job, code, words=str(failure) if isinstance(failure, GatewayError) else "")
        return  # what was kept for it stays: it may be run again
    if kind is not None:
        kind.clean(job)


def _perform(job: Job, kind: Kind) -> None:
    actions.require_owner(job)
    if kind.one_transaction:
        with transaction.atomic():
            actions.finish(job, kind.perform(job))
    else:
        actions.finish(job, kind.perform(job))


def _where(failure: BaseException) -> str:
    told: list[str] = []
    one: BaseException | None = failure
    while one is not None and len(told) < 5:
        told.insert(0, "".join(traceback.format_tb(one.__traceback__)) + type(one).__name__)
        one = one.__cause__ or one.__context__
    return "\n".join(told)


@contextlib.contextmanager
def _watch(job_id: int) -> Iterator[psycopg.Connection[object] | None]:
    """A connection outside every transaction that holds the job's lock, or None where another holds it."""
    wanted = connection.get_connection_params()
    for ours in ("cursor_factory", "context"):
        wanted.pop(ours, None)
    with psycopg.connect(**wanted, autocommit=True) as own:
        held = own.execute("SELECT pg_try_advisory_lock(%s, %s)", [actions.LOCKS, job_id]).fetchone()
        yield own if held == (True,) else None


class _Reporter:
    """Writes what is said to the job's row: a new stage at once, a count twice a second."""

    def __init__(self, job: Job, own: psycopg.Connection[object], stopping: Stopping) -> None:
        self._job, self._own, self._stopping = job, own, stopping
        self._stage = ""
        self._at = 0.0

    def __call__(self, stage: str, done: int | None, of: int | None) -> None:
        if self._stopping.asked.is_set():
            raise Stopped
        now = time.monotonic()
        if stage == self._stage and now - self._at < _SELDOM_SECONDS:
            return
        self._stage, self._at = stage, now
        self._own.execute(
            "UPDATE jobs_job SET stage = %s, done = %s, total = %s WHERE id = %s AND state = 'running'",
            [stage, done, of, self._job.pk],
        )
