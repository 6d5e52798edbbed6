from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Agreement(models.Model):
    """A Nota Kesepakatan (MoU) between a region and the agency's branch. PKS hang under it, one per office."""

    area_code = models.CharField(max_length=10)
    title = models.CharField(max_length=240)
    region_number = models.CharField(max_length=80, blank=True)
    branch_number = models.CharField(max_length=80, blank=True)
    signed_on = models.DateField(null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True, help_text="First day after the term.")
    region_party = models.CharField(max_length=160)
    branch_party = models.CharField(max_length=160)
    programmes = models.JSONField(default=list, help_text="JKK, JKM, JHT, JP, JKP")
    objects_text = models.CharField(max_length=400, help_text="Whom it is about, in words.")
    scope = models.JSONField(default=list, help_text="Scope items, one sentence each.")
    source = models.CharField(max_length=240, help_text="Where this is published.")
    sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="agreement_term",
            )
        ]
        indexes = [models.Index(fields=["area_code"], name="agreement_area")]

    def __str__(self) -> str:
        return self.title


class LegalBasis(models.Model):
    """An instrument an agreement or meeting cites, and whether somebody checked that it is the right one."""

    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.CASCADE, related_name="legal_bases")
    meeting = models.ForeignKey("Meeting", null=True, on_delete=models.CASCADE, related_name="legal_bases")
    as_printed = models.CharField(max_length=160)
    checked = models.BooleanField(default=False)
    warning = models.CharField(max_length=300, blank=True, help_text="What is doubtful about it.")

    def __str__(self) -> str:
        return self.as_printed


class OfficeAgreement(models.Model):
    """A PKS: what one office does under the agreement, and how far it has come."""

    class Stage(models.TextChoices):
        ASKED = "asked", _("Diminta")
        DRAFT = "draft", _("Draf")
        LEGAL_REVIEW = "legal_review", _("Telaah hukum")
        AGREED = "agreed", _("Disepakati")
        SIGNED = "signed", _("Ditandatangani")
        ENDED = "ended", _("Berakhir")

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="office_agreements")
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="agreements")
    stage = models.CharField(max_length=14, choices=Stage.choices, default=Stage.ASKED)
    due_on = models.DateField(null=True)
    number = models.CharField(max_length=80, blank=True)
    signed_on = models.DateField(null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    reaches = models.CharField(max_length=200, blank=True, help_text="Occupation groups the office can reach.")
    sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "office"], name="pks_once_per_office"),
            # Nothing is signed without a number, a date and a term.
            models.CheckConstraint(
                condition=~Q(stage="signed")
                | (~Q(number="") & Q(signed_on__isnull=False, starts_on__isnull=False, ends_on__isnull=False)),
                name="pks_signed_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.stage}"


class Meeting(models.Model):
    """An FGD, outreach or monitoring meeting, with what was said and agreed."""

    class Kind(models.TextChoices):
        FGD = "fgd", _("FGD")
        OUTREACH = "outreach", _("Sosialisasi")
        MONITORING = "monitoring", _("Rapat monev")

    area_code = models.CharField(max_length=10)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=200)
    held_on = models.DateField()
    place = models.CharField(max_length=160, blank=True)
    notes = models.TextField(blank=True)
    source = models.CharField(max_length=240, blank=True)
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.SET_NULL, related_name="meetings")

    class Meta:
        indexes = [models.Index(fields=["area_code", "-held_on"], name="meeting_area")]

    def __str__(self) -> str:
        return self.title


class FollowUp(models.Model):
    """Something a meeting or an agreement asks of somebody, until a day."""

    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.CASCADE, related_name="follow_ups")
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.CASCADE, related_name="work_items")
    what = models.CharField(max_length=240)
    owner = models.ForeignKey("accounts.Office", null=True, on_delete=models.PROTECT, related_name="follow_ups")
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    result = models.CharField(max_length=240, blank=True)
    sample = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.what
