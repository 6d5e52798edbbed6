from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q


class LegalDecision(models.Model):
    """A region's recorded answer to a question that the law leaves open (rules.decisions.NeedsDecision).

    It holds from `valid_from` until a decision that begins later, or until `valid_until`. Never changed: bills rest
    on it. Whoever decides otherwise records a new one.
    """

    area_code = models.CharField(max_length=10)
    question = models.CharField(max_length=80)
    answer = models.CharField(max_length=80)
    valid_from = models.DateField(help_text="First day on which the answer holds.")
    valid_until = models.DateField(null=True, blank=True, help_text="First day on which it no longer holds.")
    basis = models.CharField(max_length=200, help_text="Letter or minutes that record the decision.")
    decided_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        # Its first home. Renaming would stop the old release while a new one is rolled out.
        db_table = "programmes_legaldecision"
        constraints = [
            models.UniqueConstraint(fields=["area_code", "question", "valid_from"], name="legal_decision_once"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="legal_decision_has_days",
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.area_code} {self.question}"


class LawCheck(models.Model):
    """A named person compared one dated line of a parameter with the gazette.

    Of two checks of one line the later one counts. `value` is what Naung said that day: a check vouches for that value
    and not for one that a later release of the parameter files puts in its place.
    """

    class Outcome(models.TextChoices):
        AGREES = "agrees", "Sesuai"
        DIFFERS = "differs", "Berbeda"

    key = models.CharField(max_length=100, help_text="Parameter, e.g. jkm.death_grant.")
    start = models.DateField(help_text="First day of the line that was compared.")
    value = models.TextField(help_text="The value of the line as it was compared, as canonical JSON.")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    gazette_says = models.TextField(blank=True, help_text="Where it differs: what the gazette says, in words.")
    document = models.CharField(max_length=200, help_text="The document that was read, e.g. LN 2019 No. 231.")
    page = models.CharField(max_length=60, blank=True)
    checked_on = models.DateField(help_text="The day of the comparison.")
    recorded_at = models.DateTimeField(auto_now_add=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked_by_name = models.CharField(max_length=120, help_text="As the person was called that day.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="agrees", gazette_says="") | (Q(outcome="differs") & ~Q(gazette_says="")),
                name="law_check_says_how_it_differs",
            ),
            models.CheckConstraint(condition=~Q(document=""), name="law_check_names_its_document"),
        ]
        indexes = [models.Index(fields=["key", "start"], name="law_check_line")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.key} {self.start} {self.outcome}"
