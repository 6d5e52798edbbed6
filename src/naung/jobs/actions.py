"""Writes: a job is asked for, begun, finished, refused, put back; one verb, one transaction."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import get_language

from naung.accounts.models import User
from naung.jobs import queueing
from naung.jobs.kinds import Arguments, Kind, kind_of
from naung.jobs.models import Job
from naung.jobs.refusals import JobNotFailed, OwnerLeft, StoppedTooOften
from naung.refusal import Refusal

_State = Job.State
#: How often a job is begun that takes its worker down each time.
MOST_TRIES = 3
#: First key of the advisory locks by which a job's worker is known to live; the second is the job.
LOCKS = 0x4A4F42


@transaction.atomic
def ask(kind: Kind, arguments: Arguments, *, about: str, area_code: str, by: User) -> Job:
    """Ask for long work. Asked again while it is under way, the same job is given back.

    `arguments` are ids and days as JSON has them, never anything about a person.
    """
    said = json.dumps([kind.code, by.pk, arguments], sort_keys=True)
    asked = hashlib.sha256(said.encode()).hexdigest()
    job, fresh = Job.objects.get_or_create(
        fingerprint=asked,
        state__in=(_State.WAITING, _State.RUNNING),
        defaults={
            "state": _State.WAITING,
            "kind": kind.code,
            "owner": by,
            "area_code": area_code,
            "about": about[:200],
            "arguments": arguments,
            "language": get_language() or settings.LANGUAGE_CODE,
            "asked_at": timezone.now(),
        },
    )
    if fresh:
        queueing.put(job)
    return job


@transaction.atomic
def ask_again(job: Job, *, by: User) -> Job:
    """Run a job once more that a fault of ours ended. Raises JobNotFailed."""
    job = Job.objects.select_for_update(of=("self",)).get(pk=job.pk, owner=by)
    kind = kind_of(job.kind)
    if job.state != _State.FAILED or not job.fault_code or kind is None:
        raise JobNotFailed()
    return ask(kind, job.arguments, about=job.about, area_code=job.area_code, by=by)


@transaction.atomic
def begin(job_id: int) -> Job | None:
    """Mark a waiting job as running; None where there is nothing to do."""
    begun = Job.objects.filter(pk=job_id, state=_State.WAITING).update(
        state=_State.RUNNING, tries=F("tries") + 1, started_at=timezone.now(), stage="", done=None, total=None
    )
    return Job.objects.select_related("owner").get(pk=job_id) if begun else None


def finish(job: Job, result_url: str) -> None:
    """It is done. Inside the transaction of the work, so that both are true or neither."""
    _end(job, _State.DONE, result_url=result_url)


@transaction.atomic
def refuse(job: Job, refusal: Refusal) -> None:
    """A rule said no."""
    _end(job, _State.FAILED, refusal=str(refusal))


@transaction.atomic
def fault(job: Job, code: str, *, words: str = "") -> None:
    """We or the outside world failed; `code` stands in the log, `words` are for people."""
    _end(job, _State.FAILED, fault_code=code, refusal=words)


def _end(job: Job, state: str, **how: str) -> None:
    now = timezone.now()
    Job.objects.filter(pk=job.pk, state=_State.RUNNING).update(state=state, finished_at=now, **how)
    job.state, job.finished_at = state, now


@transaction.atomic
def put_back(job: Job) -> None:
    """The server stops in the middle: the next one begins it anew. That was nobody's failure, and no try."""
    _wait(job, tries=F("tries") - 1)


def _wait(job: Job, **more: object) -> None:
    Job.objects.filter(pk=job.pk, state=_State.RUNNING).update(
        state=_State.WAITING, started_at=None, stage="", done=None, total=None, **more
    )
    queueing.put(job)


def rescue() -> int:
    """Find the jobs whose worker was killed, and those the queue lost; how many were put back.

    A worker holds an advisory lock for the job it runs, on a connection of its own: where nobody holds the lock, the
    worker is gone, however it went.
    """
    found = 0
    for pk in Job.objects.filter(state=_State.RUNNING).values_list("pk", flat=True):
        found += _rescued(pk)
    with transaction.atomic():
        for job in queueing.forgotten().select_for_update(of=("self",), skip_locked=True):
            queueing.put(job)
            found += 1
    return found


@transaction.atomic
def _rescued(pk: int) -> bool:
    # The row first: while it says "running" and is held here, nobody can begin the job.
    rows = Job.objects.select_for_update(of=("self",), skip_locked=True)
    job = rows.filter(pk=pk, state=_State.RUNNING).first()
    if job is None or _has_a_worker(pk):
        return False
    if job.tries >= MOST_TRIES:
        refuse(job, StoppedTooOften(job.tries))
        return False
    _wait(job)
    return True


def _has_a_worker(pk: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT EXISTS (SELECT FROM pg_locks
                            WHERE locktype = 'advisory' AND classid = %s AND objid = %s AND objsubid = 2
                              AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
            """,
            [LOCKS, pk],
        )
        return bool(cursor.fetchone()[0])


def require_owner(job: Job) -> User:
    """The person in whose name it is done. Raises OwnerLeft."""
    if not job.owner.is_active:
        raise OwnerLeft()
    return job.owner


def forget_old(now: datetime) -> int:
    """Remove ended jobs after the days of the settings, with what was kept for them; how many."""
    before = now - timedelta(days=settings.JOBS_KEPT_DAYS)
    old = Job.objects.filter(state__in=(_State.DONE, _State.FAILED), finished_at__lt=before)
    count = 0
    for job in old:
        if kind := kind_of(job.kind):
            kind.clean(job)
            kind.forget(job)
        job.delete()
        count += 1
    return count
