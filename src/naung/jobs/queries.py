"""What can be asked about jobs. A person sees those they asked for, and no others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import get_script_prefix

from naung.accounts.models import User
from naung.jobs import queueing
from naung.jobs.kinds import Kind, Words, kind_of
from naung.jobs.models import Job

_PATIENCE = timedelta(minutes=1)


def jobs_visible_to(user: User) -> QuerySet[Job]:
    """One's own, newest first."""
    return Job.objects.filter(owner=user).order_by("-asked_at", "-pk")


def counts(request: HttpRequest) -> tuple[int, int]:
    """How many jobs of the person of `request` are under way, and how many there are: for the top bar."""
    if not isinstance(request.user, User):
        return 0, 0
    open_ones = Count("pk", filter=Q(state__in=(Job.State.WAITING, Job.State.RUNNING)))
    found = Job.objects.filter(owner_id=request.user.pk).aggregate(running=open_ones, known=Count("pk"))
    return found["running"], found["known"]


def waits_in_vain(job: Job, now: datetime) -> bool:
    """Whether it waits for a worker that nobody has started."""
    return job.state == Job.State.WAITING and now - job.asked_at > _PATIENCE and not queueing.somebody_works(now)


@dataclass(frozen=True, slots=True)
class Shown:
    """A job with the words of its kind."""

    job: Job
    kind: Kind | None

    @classmethod
    def of(cls, job: Job) -> Shown:
        return cls(job, kind_of(job.kind))

    @property
    def current(self) -> int:
        """The number of the stage it is at; one more than the last when it is done."""
        codes = list(self.kind.stages) if self.kind else []
        if self.job.state == Job.State.DONE:
            return len(codes) + 1
        return codes.index(self.job.stage) + 1 if self.job.stage in codes else 1

    @property
    def stage_words(self) -> Words:
        return self.kind.stages.get(self.job.stage, "") if self.kind else ""

    @property
    def unit(self) -> Words:
        return self.kind.units.get(self.job.stage, "") if self.kind else ""

    @property
    def result_url(self) -> str:
        """In the language of the page that shows it: the worker knows no page."""
        return get_script_prefix() + self.job.result_url.removeprefix("/")

    @property
    def again_url(self) -> str:
        return self.kind.again(self.job) if self.kind else ""
