from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Enrolment(models.Model):
    """One unbroken stretch of planned cover for one worker, under one decree and one funding line.

    `period` is [first day of the first month, first day after the last month). Planned only: a month is *active*
    when its bill line is paid (contributions). Leaving shortens the period; nothing else changes it.
    """

    # Written a million at a time from a decree: the two keys are checked by `naung doctor`.
    worker = models.ForeignKey(
        "registry.Worker", on_delete=models.PROTECT, related_name="enrolments", db_index=False, db_constraint=False
    )
    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="enrolments")
    funding_line = models.ForeignKey("programmes.FundingLine", on_delete=models.PROTECT, related_name="enrolments")
    decree = models.ForeignKey("selection.Decree", on_delete=models.PROTECT, related_name="enrolments")
    ordinal = models.PositiveIntegerField(help_text="Place on the decree: partial payments go in this order.")
    area_code = models.CharField(max_length=10, help_text="Where the worker lived when the decree was made.")
    period = DateRangeField()

    class Meta:
        constraints = [
            # One funder at a time. An empty period (left before the first month) overlaps nothing.
            ExclusionConstraint(
                name="enrolment_one_at_a_time",
                expressions=[("worker", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                violation_error_message="Pekerja ini sudah terdaftar pada bulan yang sama.",
            ),
            models.UniqueConstraint(fields=["decree", "ordinal"], name="enrolment_once_per_entry"),
        ]
        indexes = [
            # The exclusion constraint has a range index, which nobody reaches for to find one worker.
            models.Index(fields=["worker"], name="enrolment_worker"),
            models.Index(fields=["area_code"], name="enrolment_area"),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id}:{self.worker_id}"


class Departure(models.Model):
    """A worker left a programme: from which month nothing is billed any more, and why."""

    class Reason(models.TextChoices):
        DEATH = "death", _("Wafat")
        MOVED = "moved", _("Pindah")
        WAGE_JOB = "wage_job", _("Bekerja sebagai penerima upah")
        OTHER_FUNDER = "other_funder", _("Dibayar sumber lain")
        REFUSED = "refused", _("Mengundurkan diri")

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="departure")
    reason = models.CharField(max_length=12, choices=Reason.choices)
    happened_on = models.DateField(help_text="Day of death, of moving, of the new job.")
    first_month_out = models.DateField(help_text="The month of the event itself is still covered; the next is not.")
    evidence = models.CharField(max_length=200, help_text="Letter or list that shows it.")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    replaced_in = models.ForeignKey(
        "selection.Decree",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The amendment that gave the place to the next on the waiting list.",
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(first_month_out__day=1), name="departure_whole_month")]

    def __str__(self) -> str:
        return f"{self.reason} {self.first_month_out}"


class MonthTotal(models.Model):
    """Worker-months of one funding line in one village and month: planned, billed, paid. Kept by the actions of
    coverage (`planned`) and of contributions (the rest).

    Derived from enrolments and bill lines, so that a dashboard over a million people adds some hundred rows;
    `naung doctor` recomputes it.
    """

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="month_totals")
    funding_line = models.ForeignKey("programmes.FundingLine", on_delete=models.PROTECT, related_name="month_totals")
    area_code = models.CharField(max_length=10)
    month = models.DateField()
    planned = models.PositiveIntegerField(default=0)
    billed = models.PositiveIntegerField(default=0)
    paid = models.PositiveIntegerField(default=0, help_text="Active: live lines with a confirmed payment.")
    billed_rp = models.BigIntegerField(default=0)
    paid_rp = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["funding_line", "area_code", "month"], name="month_total_once"),
        ]
        indexes = [models.Index(fields=["programme", "month"], name="month_total_programme")]

    def __str__(self) -> str:
        return f"{self.funding_line_id} {self.area_code} {self.month:%Y-%m}"
