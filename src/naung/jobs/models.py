from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """Long work that a person asked for, and how far it is: what its page shows.

    The queue (procrastinate) says *when* it runs; this row says *what* it is and how it ended, and outlives the
    queue's own row. Nothing here names a person: `arguments` are ids and days, `about` is the name of a programme or
    the number of a paper.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Menunggu")
        RUNNING = "running", _("Berjalan")
        DONE = "done", _("Selesai")
        FAILED = "failed", _("Tidak selesai")

    kind = models.CharField(max_length=40, help_text="Code of a `kinds.Kind`.")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jobs")
    area_code = models.CharField(max_length=10)
    about = models.CharField(max_length=200)
    arguments = models.JSONField()
    language = models.CharField(max_length=10, help_text="What its owner reads: refusals are told in it.")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of who asked for what: asked twice is asked once.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    stage = models.CharField(max_length=30, blank=True)
    done = models.PositiveIntegerField(null=True)
    total = models.PositiveIntegerField(null=True)
    tries = models.PositiveSmallIntegerField(default=0, help_text="How often it was begun and not put back cleanly.")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    result_url = models.CharField(max_length=200, blank=True, help_text="Path of the page of what came out.")
    refusal = models.TextField(blank=True, help_text="The sentence of the rule that said no.")
    fault_code = models.CharField(max_length=12, blank=True, help_text="The code beside the traceback in the log.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "running"), finished_at__isnull=True)
                | Q(state__in=("done", "failed"), finished_at__isnull=False),
                name="job_ends_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(refusal="", fault_code=""), name="job_failure_says_why"
            ),
            models.CheckConstraint(condition=~Q(state="done") | ~Q(result_url=""), name="job_done_leads_somewhere"),
            models.UniqueConstraint(
                fields=["fingerprint"], condition=Q(state__in=("waiting", "running")), name="job_asked_once"
            ),
        ]
        indexes = [models.Index(fields=["owner", "-asked_at"], name="job_of_owner")]

    def __str__(self) -> str:
        return f"pekerjaan {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)
