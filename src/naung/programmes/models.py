from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

if TYPE_CHECKING:
    from naung.accounts.models import Office


class Programme(models.Model):
    """One programme of contribution aid: who may join, how many, for which months, paid by which lines.

    `spec` is the validated definition (spec.py) as it was created or last changed: criteria, priorities, quotas.
    The columns beside it are what the database must join, filter and forbid on.
    """

    class Status(models.TextChoices):
        OPEN = "open", "Dibuka"
        CLOSED = "closed", "Ditutup"

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=160)
    owner = models.ForeignKey(
        "accounts.Office",
        on_delete=models.PROTECT,
        related_name="programmes",
        help_text="The office that opened it; who runs it on a day is `owner_on(day)`.",
    )
    area_code = models.CharField(max_length=10)
    fiscal_year = models.PositiveSmallIntegerField()
    starts_on = models.DateField(help_text="First day of the first month.")
    ends_on = models.DateField(help_text="First day after the last month (half-open).")
    package = ArrayField(models.CharField(max_length=3), help_text="JKK and JKM, with or without JHT.")
    places = models.PositiveIntegerField()
    seed = models.BigIntegerField(help_text="Published seed that breaks ties.")
    spec = models.JSONField()
    sample = models.BooleanField(default=False, help_text="People and figures are invented (demo).")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="programme_has_months"),
            models.CheckConstraint(condition=Q(starts_on__day=1, ends_on__day=1), name="programme_whole_months"),
            models.CheckConstraint(condition=Q(places__gt=0), name="programme_has_places"),
        ]
        indexes = [models.Index(fields=["area_code"], name="programme_area")]

    def __str__(self) -> str:
        return self.name

    def owner_on(self, day: date) -> Office:
        """The office that runs it on `day`. Of many, prefetch `owner_changes__now`."""
        return next((one.now for one in reversed(self.owner_changes.all()) if one.since <= day), self.owner)


class RuleVersion(models.Model):
    """What a programme asked, gave and ordered by, since a day: dated, numbered, never edited.

    Version 1 is the definition it was opened with; every change is a version more, with who made it and why.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    spec = models.JSONField(help_text="The whole definition from then on.")
    changes = models.JSONField(default=list, help_text="[what, old, new] of each thing that became another.")
    since = models.DateField(help_text="The day from which rounds are run by it.")
    reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="rule_version_number_once")]
        ordering = ["-number"]
        triggers = [pgtrigger.Protect(name="immutable", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.programme_id} v{self.number}"


class FundingLine(models.Model):
    """Money for a programme: its kind decides the tariff, its ceiling and strings who may be paid from it."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="funding_lines")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    payer = models.CharField(max_length=12, help_text="rules.contributions.Payer: apbd_kab, csr, dbh_sawit...")
    donor = models.ForeignKey("accounts.Office", null=True, on_delete=models.PROTECT, related_name="pledges")
    ceiling_rp = models.BigIntegerField(help_text="Most that may be spent, in whole rupiah.")
    group_code = models.CharField(max_length=40, blank=True, help_text="Code of the wadah at BPJS Ketenagakerjaan.")
    order = models.PositiveSmallIntegerField(help_text="Lines are filled in this order.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="funding_line_code_once"),
            models.CheckConstraint(condition=Q(ceiling_rp__gte=0), name="funding_line_ceiling"),
        ]
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class WorkerAttribute(models.Model):
    """Something another office vouches for about a worker, by name: on the palm registry, orang asli Papua.

    Criteria may ask for it. Only that it was vouched for is kept; the proof is named, not copied.
    """

    worker = models.ForeignKey("registry.Worker", on_delete=models.PROTECT, related_name="attributes")
    name = models.CharField(max_length=40)
    area_code = models.CharField(max_length=10, help_text="Area of the office that vouches.")
    source = models.CharField(max_length=120, help_text="Who vouches, e.g. Dinas Perkebunan.")
    evidence = models.CharField(max_length=200, blank=True)
    as_of = models.DateField(help_text="The day the proof speaks of.")
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["worker", "name"], name="worker_attribute_once")]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.name}"


class ProgrammeBasis(models.Model):
    """What a programme stands on: an agreement, for the days it is in force, or why some months have none.

    What an agreement covers is read from its own terms whenever it is asked, so that an addendum or an early end is
    seen here at once. A reason is for the months it was written for, and for no later ones.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="bases")
    agreement = models.ForeignKey(
        "agreements.Agreement", null=True, on_delete=models.PROTECT, related_name="programme_bases"
    )
    first_month = models.DateField(null=True, help_text="Of a reason: its first month.")
    ends_on = models.DateField(null=True, help_text="Of a reason: the first month after its last (half-open).")
    reason = models.CharField(max_length=400, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, help_text="When somebody took the agreement off again.")
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agreement__isnull=False, reason="", first_month__isnull=True, ends_on__isnull=True)
                | (Q(agreement__isnull=True, ends_on__gt=F("first_month")) & ~Q(reason="")),
                name="basis_is_agreement_or_reason",
            ),
            models.CheckConstraint(
                condition=Q(first_month__isnull=True) | Q(first_month__day=1, ends_on__day=1),
                name="basis_whole_months",
            ),
            models.UniqueConstraint(
                fields=["programme", "agreement"],
                condition=Q(removed_at__isnull=True, agreement__isnull=False),
                name="basis_agreement_once",
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.agreement_id or self.reason}"


class OwnerChange(models.Model):
    """One office hands a programme to another from a month on. Never edited: what was decided before stays its own."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="owner_changes")
    was = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    now = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    since = models.DateField(help_text="First day of the first month of the new office.")
    instrument = models.CharField(max_length=160, help_text="The paper that says so, with its number.")
    reason = models.CharField(max_length=300)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(since__day=1), name="owner_change_first_of_month"),
            models.CheckConstraint(condition=~Q(was=F("now")), name="owner_change_is_a_change"),
            models.UniqueConstraint(fields=["programme", "since"], name="owner_change_once_a_month"),
        ]
        ordering = ["since", "id"]
        triggers = [pgtrigger.Protect(name="immutable", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.since}"
