from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Round(models.Model):
    """One selection for a programme: states its day and seed, screens, ranks, fills places, keeps the rest in order.

    Submitting locks it; another person approves it, and it becomes a decree.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draf")
        SUBMITTED = "submitted", _("Diajukan")
        APPROVED = "approved", _("Ditetapkan")
        RETURNED = "returned", _("Dikembalikan")
        SUPERSEDED = "superseded", _("Digantikan")

    class Kind(models.TextChoices):
        INITIAL = "initial", _("Penetapan")
        AMENDMENT = "amendment", _("Perubahan")

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.INITIAL)
    on = models.DateField(help_text="The day on which candidates are judged.")
    first_month = models.DateField(help_text="First month of those who enter.")
    seed = models.BigIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    spec = models.JSONField(help_text="The programme's definition as it was applied.")
    rule_version = models.PositiveSmallIntegerField(default=1, help_text="Version of the programme's rules in `spec`.")
    based_on = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="tried_as",
        help_text="The round that another arrangement was tried on, and that this one takes the place of.",
    )
    input_sha256 = models.CharField(max_length=64, help_text="Hash of the candidates and facts that were judged.")
    candidates = models.PositiveIntegerField()
    chosen = models.PositiveIntegerField()
    waiting = models.PositiveIntegerField()
    ineligible = models.PositiveIntegerField()
    cost_rp = models.BigIntegerField(help_text="What the chosen cost until the programme ends.")
    reasons = models.JSONField(default=dict, help_text="Reason code -> number of candidates.")
    order_of = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Amendment: the round whose order of the waiting list holds on.",
    )
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    returned_reason = models.CharField(max_length=300, blank=True)
    result_sha256 = models.CharField(max_length=64, blank=True, help_text="Hash of the candidates as submitted.")
    leaving = models.JSONField(
        default=list, help_text="Amendment: [worker id, reason, first month no longer covered] of those who leave."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="round_number_once"),
            models.CheckConstraint(
                condition=Q(candidates=F("chosen") + F("waiting") + F("ineligible")), name="round_no_candidate_lost"
            ),
            # One open round per programme: two drafts would compete for the same places.
            models.UniqueConstraint(
                fields=["programme"], condition=Q(status__in=["draft", "submitted"]), name="round_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} #{self.number}"


class Candidate(models.Model):
    """What a round decided for one worker, and why. Written by COPY; a round's candidates are replaced together."""

    class Outcome(models.TextChoices):
        CHOSEN = "chosen", _("Terpilih")
        WAITING = "waiting", _("Cadangan")
        INELIGIBLE = "ineligible", _("Tidak memenuhi syarat")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="people", db_index=False)
    # Checked by `naung doctor` instead of a million row triggers.
    worker = models.ForeignKey(
        "registry.Worker", on_delete=models.PROTECT, related_name="candidacies", db_index=False, db_constraint=False
    )
    area_code = models.CharField(max_length=10)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    rank = models.PositiveIntegerField(null=True, help_text="1 is first; null when ineligible.")
    reasons = ArrayField(models.CharField(max_length=60), default=list, help_text="Reason codes, all at once.")
    score = ArrayField(
        models.IntegerField(), default=list, help_text="One value per priority of the spec, smaller is earlier."
    )
    funding_line = models.ForeignKey(
        "programmes.FundingLine",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "worker"], name="candidate_once")]
        indexes = [
            models.Index(fields=["round", "outcome", "rank"], name="candidate_order"),
            models.Index(fields=["worker"], name="candidate_worker"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}:{self.worker_id}"


class Decree(models.Model):
    """An SK: an immutable, numbered snapshot. Changes come by a later decree that amends it."""

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="decrees")
    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="decree")
    amends = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="amendments")
    number = models.CharField(max_length=80)
    decided_on = models.DateField()
    first_month = models.DateField(help_text="First month of those who enter.")
    ends_on = models.DateField(help_text="First day after the last month.")
    enters = models.PositiveIntegerField()
    leaves = models.PositiveIntegerField()
    total = models.PositiveIntegerField(help_text="People on the list after this decree.")
    list_sha256 = models.CharField(max_length=64, help_text="Hash of the entries in order.")
    title = models.CharField(max_length=240)
    signer = models.CharField(max_length=120)
    signer_title = models.CharField(max_length=120)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="decree_number_once"),
            # Whoever prepares does not approve. `prepared_by` is null only where the command line prepared.
            models.CheckConstraint(
                condition=Q(prepared_by__isnull=True) | ~Q(prepared_by=F("approved_by")), name="decree_four_eyes"
            ),
        ]
        triggers = [pgtrigger.Protect(name="immutable", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.number


class DecreeEntry(models.Model):
    """One person on a decree, as named there."""

    class Act(models.TextChoices):
        ENTER = "enter", _("Masuk")
        LEAVE = "leave", _("Keluar")

    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, related_name="entries", db_index=False)
    ordinal = models.PositiveIntegerField(help_text="1, 2, 3... in the order of the list.")
    act = models.CharField(max_length=5, choices=Act.choices)
    worker = models.ForeignKey(
        "registry.Worker", on_delete=models.PROTECT, related_name="decree_entries", db_index=False, db_constraint=False
    )
    replaces = models.BigIntegerField(null=True, help_text="Worker whose place is taken.")
    reason = models.CharField(max_length=40, blank=True, help_text="Why the person leaves.")
    name = models.CharField(max_length=120)
    area_code = models.CharField(max_length=10)
    occupation = models.CharField(max_length=40, blank=True)
    funding_line = models.ForeignKey(
        "programmes.FundingLine", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    from_month = models.DateField(help_text="Enter: first month covered. Leave: first month no longer covered.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decree", "ordinal"], name="decree_entry_once")]
        indexes = [models.Index(fields=["worker"], name="decree_entry_worker")]
        triggers = [pgtrigger.Protect(name="immutable", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.decree_id}:{self.ordinal}"
