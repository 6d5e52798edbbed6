"""One tree of agreements: a Nota Kesepakatan (MoU), and under it the PKS of each office.

What an agreement says today stands in its columns. What it said before an addendum is kept with the addendum, so
`terms.terms_on(agreement, day)` gives the past back. See ADR 15.
"""

from __future__ import annotations

from datetime import date

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

#: The five programmes of the law, in the order of the matrix.
PROGRAMMES = ("JKK", "JKM", "JHT", "JP", "JKP")


class Segment(models.TextChoices):
    """Whom an agreement is about, as Nota Kesepakatan divide them."""

    STATE_EMPLOYERS = "state_employers", _("Pemberi kerja penyelenggara negara")
    PRIVATE_EMPLOYERS = "private_employers", _("Pemberi kerja swasta")
    BPU = "bpu", _("Pekerja bukan penerima upah (BPU)")
    CONSTRUCTION = "construction", _("Jasa konstruksi")


class Side(models.TextChoices):
    """Which of the two parties."""

    REGION = "region", _("Pemerintah daerah")
    BRANCH = "branch", _("BPJS Ketenagakerjaan")
    OTHER = "other", _("Pihak lain")


class Agreement(models.Model):
    """A Nota Kesepakatan of a region, or the PKS of one office; the columns say what it says today."""

    class Kind(models.TextChoices):
        NOTA = "nota", _("Nota Kesepakatan")
        PKS = "pks", _("Perjanjian Kerja Sama")

    class Stage(models.TextChoices):
        ASKED = "asked", _("Belum mulai")
        DRAFT = "draft", _("Draf")
        LEGAL_REVIEW = "legal_review", _("Telaah hukum")
        AGREED = "agreed", _("Disepakati")
        SIGNED = "signed", _("Ditandatangani")
        IN_FORCE = "in_force", _("Berlaku")
        ENDED = "ended", _("Berakhir")

    #: Still on the way to signature: what has a due date.
    OPEN = (Stage.ASKED, Stage.DRAFT, Stage.LEGAL_REVIEW, Stage.AGREED)

    kind = models.CharField(max_length=4, choices=Kind.choices)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="pks")
    office = models.ForeignKey("accounts.Office", null=True, on_delete=models.PROTECT, related_name="agreements")
    branch = models.ForeignKey("accounts.Office", null=True, on_delete=models.PROTECT, related_name="+")
    area_code = models.CharField(max_length=10)
    title = models.CharField(max_length=240)
    stage = models.CharField(max_length=14, choices=Stage.choices, default=Stage.DRAFT)
    due_on = models.DateField(null=True, help_text="Until when it should be signed.")

    region_number = models.CharField(max_length=80, blank=True)
    branch_number = models.CharField(max_length=80, blank=True)
    signed_on = models.DateField(null=True)
    signed_at = models.CharField(max_length=120, blank=True, help_text="Place of signing.")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True, help_text="First day after the term (half-open), addenda included.")
    term_source = models.CharField(
        max_length=240, blank=True, help_text="Where the term comes from, where the published text does not give it."
    )

    programmes = ArrayField(models.CharField(max_length=3), default=list)
    segments = ArrayField(models.CharField(max_length=20), default=list)
    groups = ArrayField(
        models.CharField(max_length=40),
        default=list,
        help_text="Occupation groups it is about: codes of bulk.occupations.",
    )
    objects_text = models.CharField(max_length=400, blank=True, help_text="Whom it is about, in words.")
    scope = models.JSONField(default=list, help_text="Scope items, one sentence each.")
    funding = models.CharField(max_length=400, blank=True, help_text="Who pays what, in words.")

    renews = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="renewals")
    ended_on = models.DateField(null=True, help_text="First day on which it no longer holds, where ended early.")
    end_reason = models.CharField(max_length=240, blank=True)
    was_in_force = models.BooleanField(
        default=False, help_text="Of an ended paper: it was in force until then. A draft given up never was."
    )
    source = models.CharField(max_length=240, blank=True, help_text="Where this is published.")
    sample = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1, help_text="Raised by every edit: two editors cannot overwrite.")
    once = models.UUIDField(null=True, unique=True, help_text="Token of the form: sent twice, kept once.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="agreement_term",
            ),
            models.CheckConstraint(
                condition=Q(kind="nota", parent__isnull=True, office__isnull=True)
                | Q(kind="pks", office__isnull=False),
                name="agreement_pks_is_of_an_office",
            ),
            # Nothing is in force without numbers, date and term.
            models.CheckConstraint(
                condition=~Q(stage="in_force")
                | (
                    ~Q(region_number="")
                    & ~Q(branch_number="")
                    & Q(signed_on__isnull=False, starts_on__isnull=False, ends_on__isnull=False)
                ),
                name="agreement_in_force_is_complete",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=["signed", "in_force"]) | Q(signed_on__isnull=False),
                name="agreement_signed_has_day",
            ),
            # What was in force held for a day at least, and no longer than its term.
            models.CheckConstraint(
                condition=Q(was_in_force=False)
                | Q(ended_on__isnull=True)
                | (Q(ended_on__gt=F("starts_on")) & Q(ended_on__lte=F("ends_on"))),
                name="agreement_ended_within_term",
            ),
            # A number is one paper's, on each side.
            models.UniqueConstraint(
                fields=["area_code", "region_number"],
                condition=~Q(region_number=""),
                name="agreement_region_number_once",
            ),
            models.UniqueConstraint(
                fields=["area_code", "branch_number"],
                condition=~Q(branch_number=""),
                name="agreement_branch_number_once",
            ),
        ]
        indexes = [
            models.Index(fields=["area_code", "kind"], name="agreement_area"),
            models.Index(fields=["office"], name="agreement_office"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_pks(self) -> bool:
        return self.kind == self.Kind.PKS

    @property
    def until(self) -> date | None:
        """The first day on which it holds no more: after its term, or earlier where it was ended."""
        return self.ended_on if self.was_in_force and self.ended_on else self.ends_on


class Cover(models.Model):
    """What an agreement in force covers: office × programme × segment over its term.

    One row per pair while it is in force, so that the database itself refuses a second PKS of the same office for
    the same programme and segment in the same days.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="covers")
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    programme = models.CharField(max_length=3)
    segment = models.CharField(max_length=20)
    period = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="pks_one_at_a_time",
                expressions=[
                    (F("office"), RangeOperators.EQUAL),
                    (F("programme"), RangeOperators.EQUAL),
                    (F("segment"), RangeOperators.EQUAL),
                    (F("period"), RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.programme} {self.segment}"


class Party(models.Model):
    """Who signs for one side, and on what authority."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    side = models.CharField(max_length=8, choices=Side.choices)
    order = models.PositiveSmallIntegerField(default=1)
    organisation = models.CharField(max_length=160)
    signer_name = models.CharField(max_length=120, blank=True)
    signer_position = models.CharField(max_length=160, blank=True)
    authority = models.CharField(
        max_length=400, blank=True, help_text="On what authority they sign: an appointment, or a surat kuasa."
    )
    power_number = models.CharField(max_length=80, blank=True, help_text="Number of the surat kuasa.")
    power_on = models.DateField(null=True, help_text="Its date.")
    power_giver = models.CharField(max_length=160, blank=True, help_text="Who gave it, e.g. Wali Kota Medan.")
    address = models.CharField(max_length=240, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "side", "order"], name="party_place_once")]
        ordering = ["agreement", "side", "order"]

    def __str__(self) -> str:
        return self.organisation


class Addendum(models.Model):
    """A change of terms from a day, by a paper of its own. What was said before is kept here and never edited."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="addenda")
    number = models.PositiveSmallIntegerField(help_text="1, 2, ... in the order of their days.")
    region_number = models.CharField(max_length=80)
    branch_number = models.CharField(max_length=80)
    signed_on = models.DateField()
    since = models.DateField(help_text="The first day of the new terms.")
    why = models.CharField(max_length=300)
    before = models.JSONField(help_text="The terms that change, as they were: {field: value}.")
    after = models.JSONField(help_text="The same fields, as they are from `since`.")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="addendum_number_once")]
        ordering = ["agreement", "number"]
        triggers = [pgtrigger.Protect(name="immutable", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"addendum {self.number}"


class Attachment(models.Model):
    """A file beside an agreement, a stage or a meeting. It is what its first bytes say, and sealed to its row."""

    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.PROTECT, related_name="attachments")
    meeting = models.ForeignKey("Meeting", null=True, on_delete=models.PROTECT, related_name="attachments")
    title = models.CharField(max_length=160)
    filename = models.CharField(max_length=160)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    sealed = models.BinaryField()
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agreement__isnull=False, meeting__isnull=True)
                | Q(agreement__isnull=True, meeting__isnull=False),
                name="attachment_hangs_on_one",
            )
        ]

    def __str__(self) -> str:
        return f"lampiran {self.pk}"


class StageChange(models.Model):
    """One step of an agreement: from where to where, by whom, on which day, on what evidence. Never edited."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="stage_changes")
    was = models.CharField(max_length=14, blank=True)
    now = models.CharField(max_length=14)
    on = models.DateField(help_text="The day it happened, as the person says.")
    evidence = models.CharField(max_length=300, blank=True)
    attachment = models.ForeignKey(Attachment, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        triggers = [pgtrigger.Protect(name="immutable", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.was} → {self.now}"


class Change(models.Model):
    """What one edit changed: read when two people edit at once, and in the history. Never edited."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="changes")
    revision = models.PositiveIntegerField(help_text="The revision that this edit made.")
    fields = models.JSONField(help_text="[field, old, new] of each thing that became another.")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "revision"], name="change_revision_once")]
        ordering = ["revision"]
        triggers = [pgtrigger.Protect(name="immutable", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"perubahan {self.revision}"


class LegalInstrument(models.Model):
    """A law, regulation or decree that papers cite: whether somebody held it against the official text, and doubts.

    `area_code` is empty for an instrument of the state; otherwise it is of a region, and the region sees it alone.
    """

    area_code = models.CharField(max_length=10, blank=True)
    name = models.CharField(max_length=80, help_text="Kind, number and year: Permendagri 15/2024.")
    about = models.CharField(max_length=240, blank=True)
    address = models.URLField(max_length=300, blank=True)
    warning = models.CharField(max_length=300, blank=True, help_text="What is doubtful about it.")
    meant = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="misprints", help_text="What was probably meant."
    )
    checked_on = models.DateField(null=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    check_note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area_code", "name"], name="instrument_once")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def checked(self) -> bool:
        return self.checked_on is not None


class LegalBasis(models.Model):
    """An instrument that an agreement or a meeting cites, as the paper prints it."""

    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.CASCADE, related_name="legal_bases")
    meeting = models.ForeignKey("Meeting", null=True, on_delete=models.CASCADE, related_name="legal_bases")
    instrument = models.ForeignKey(LegalInstrument, on_delete=models.PROTECT, related_name="citations")
    as_printed = models.CharField(max_length=240)

    def __str__(self) -> str:
        return self.as_printed

    @property
    def checked(self) -> bool:
        return self.instrument.checked

    @property
    def warning(self) -> str:
        return self.instrument.warning


class Meeting(models.Model):
    """An FGD, outreach, monitoring meeting or visit: what was planned, said and decided."""

    class Kind(models.TextChoices):
        FGD = "fgd", _("FGD")
        OUTREACH = "outreach", _("Sosialisasi")
        MONITORING = "monitoring", _("Rapat monev")
        VISIT = "visit", _("Kunjungan")

    area_code = models.CharField(max_length=10)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=200)
    held_on = models.DateField()
    place = models.CharField(max_length=160, blank=True)
    host = models.ForeignKey("accounts.Office", null=True, on_delete=models.PROTECT, related_name="meetings")
    agenda = models.JSONField(default=list, help_text="Lines.")
    notes = models.TextField(blank=True)
    decisions = models.JSONField(default=list, help_text="Lines: what was decided, beside who does what.")
    groups = ArrayField(models.CharField(max_length=40), default=list, help_text="Occupation groups it was meant for.")
    villages = ArrayField(models.CharField(max_length=10), default=list, help_text="Villages it was meant for.")
    source = models.CharField(max_length=240, blank=True)
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.SET_NULL, related_name="meetings")
    sample = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["area_code", "-held_on"], name="meeting_area")]

    def __str__(self) -> str:
        return self.title


class MeetingChange(models.Model):
    """What one edit of a meeting changed. Never edited."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="changes")
    revision = models.PositiveIntegerField()
    fields = models.JSONField(help_text="[field, old, new] of each thing that became another.")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "revision"], name="meeting_change_revision_once")]
        ordering = ["revision"]
        triggers = [pgtrigger.Protect(name="immutable", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"perubahan {self.revision}"


class FollowUp(models.Model):
    """Something to do until a day: decided in a meeting, planned with an agreement, or owed by one of its parties."""

    class Kind(models.TextChoices):
        FOLLOW_UP = "follow_up", _("Tindak lanjut")
        WORK_PLAN = "work_plan", _("Rencana kerja")
        OBLIGATION = "obligation", _("Kewajiban")

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.FOLLOW_UP)
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.CASCADE, related_name="follow_ups")
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.CASCADE, related_name="tasks")
    side = models.CharField(max_length=8, choices=Side.choices, blank=True, help_text="Whose obligation.")
    what = models.CharField(max_length=240)
    owner = models.ForeignKey("accounts.Office", null=True, on_delete=models.PROTECT, related_name="follow_ups")
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    result = models.CharField(max_length=240, blank=True)
    sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting__isnull=False, agreement__isnull=True)
                | Q(meeting__isnull=True, agreement__isnull=False),
                name="task_hangs_on_one",
            ),
            models.CheckConstraint(condition=Q(done_on__isnull=True) | ~Q(result=""), name="task_done_has_result"),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def settled(self) -> bool:
        """An obligation of a signed paper: it changes by an addendum, not by rewording."""
        if self.kind != self.Kind.OBLIGATION or self.agreement is None:
            return False
        return self.agreement.stage not in Agreement.OPEN
