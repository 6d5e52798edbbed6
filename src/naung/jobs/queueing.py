"""The queue: procrastinate, in the same database and therefore in the same transaction as our rows."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from naung.jobs.models import Job

#: The one task of the queue. What it does is in our own row.
TASK, QUEUE = "naung.jobs.perform", "naung"
_SILENCE = timedelta(minutes=1)


def put(job: Job) -> None:
    """Put a job in the queue; it is there once the transaction commits."""
    from procrastinate.contrib.django import app

    app.configure_task(TASK, queue=QUEUE).defer(job_id=job.pk)


def somebody_works(now: datetime) -> bool:
    """Whether a worker was heard of lately; it says so every ten seconds."""
    from procrastinate.contrib.django.models import ProcrastinateWorker

    return bool(ProcrastinateWorker.objects.filter(last_heartbeat__gt=now - _SILENCE).exists())


def forgotten() -> QuerySet[Job]:
    """Jobs that wait and that the queue does not know: it was stopped between taking one and beginning it."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    known = ProcrastinateJob.objects.annotate(ours=Cast(KeyTextTransform("job_id", "args"), BigIntegerField())).filter(
        task_name=TASK, status__in=("todo", "doing"), ours=OuterRef("pk")
    )
    return Job.objects.filter(~Exists(known), state=Job.State.WAITING).order_by("asked_at")
