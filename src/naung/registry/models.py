from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from naung.registry.spelling import Spelling


def no_reasons() -> list[str]:
    """`list` inside `SourceRow` is its foreign key, so the default has a name of its own."""
    return []


class Worker(models.Model):
    """One person who works. Identified by NIK, which lives sealed in `sealed` and findable in `nik_index`.

    `area_code` is where the person lives as declared: village (10 digits), else district (6), else regency (4).
    The first six digits of a NIK are where it was issued and are never used for this.
    """

    nik_index = models.UUIDField(help_text="Keyed hash of the NIK: equality finds it, nothing else.")
    kk_index = models.UUIDField(null=True, help_text="Keyed hash of the KK number.")
    phone_index = models.UUIDField(null=True, help_text="Keyed hash of the phone number in E.164.")
    sealed = models.BinaryField(help_text="NIK, KK and phone, AES-256-GCM, see vault.py. Bound to this row's id.")
    name = models.CharField(max_length=120, help_text="As given.")
    name_norm = models.CharField(max_length=120, help_text="Upper case, no titles: for comparing and sorting.")
    birth_date = models.DateField(null=True)
    birth_place = models.CharField(max_length=60, blank=True)
    sex = models.CharField(max_length=1, blank=True, help_text="L or P, as on the KTP.")
    area_code = models.CharField(max_length=10)
    address = models.CharField(max_length=160, blank=True)
    occupation = models.CharField(max_length=40, blank=True, help_text="Code of the taxonomy, bulk/occupations.yaml.")
    sector = models.CharField(max_length=12, default="other", help_text="transport | other: decides a relief.")
    income_rp = models.BigIntegerField(null=True, help_text="Declared monthly income in rupiah; null: lowest band.")
    decile = models.PositiveSmallIntegerField(null=True, help_text="Welfare decile 1 (poorest) to 10.")
    decile_vintage = models.DateField(null=True, help_text="Extract date of the decile.")
    died_on = models.DateField(null=True)
    # A deferred check per row would cost an import more than writing the rows; `naung doctor` checks it instead.
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["nik_index"], name="worker_nik_once"),
            models.CheckConstraint(condition=Q(sex__in=["", "L", "P"]), name="worker_sex"),
        ]
        indexes = [
            # Territory is a prefix (the cluster compares bytes); with the name it is the order of every list.
            models.Index(fields=["area_code", "name_norm"], name="worker_area_name"),
            # A name typed by ear finds its person: see searching.py.
            GinIndex(OpClass(Spelling("name_norm"), name="gin_trgm_ops"), name="worker_name_trigrams"),
            models.Index(fields=["kk_index"], name="worker_kk"),
            models.Index(fields=["phone_index"], name="worker_phone"),
        ]

    def __str__(self) -> str:
        return f"pekerja {self.pk}"  # never the name: this ends up in logs


class SourceList(models.Model):
    """One file as handed in. It is kept, sealed, under its hash; each of its rows is a `SourceRow`."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draf"
        SENT = "sent", "Terkirim"

    programme_code = models.CharField(max_length=40, help_text="Kept as a code: programmes are a later stage.")
    area_code = models.CharField(max_length=10, help_text="Area of the office that handed it in.")
    office_name = models.CharField(max_length=120, blank=True)
    filename = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    reference_date = models.DateField(help_text="The day on which ages were checked.")
    columns = models.JSONField(default=dict, help_text="Per sheet: the sender's own headers, in order.")
    skipped = models.JSONField(default=list, help_text="[sheet, row, kind] of titles, blanks, subtotals, signatures.")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    received = models.PositiveIntegerField()
    accepted = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    review = models.PositiveIntegerField()
    duplicate = models.PositiveIntegerField()
    reasons = models.JSONField(default=dict, help_text="Reason code -> number of rows.")
    corrected = models.PositiveIntegerField(db_default=0, default=0, help_text="How often a row of it was corrected.")
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, help_text="When rows of it were sent last.")
    verified_at = models.DateTimeField(null=True, help_text="When an officer accepted what was sent; new rows undo it.")
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(null=True, help_text="When an officer gave it back; it is a draft again.")
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    returned_reason = models.CharField(max_length=200, blank=True, db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme_code", "sha256"], name="list_once_per_programme"),
            models.CheckConstraint(
                condition=Q(
                    received=models.F("accepted") + models.F("rejected") + models.F("review") + models.F("duplicate")
                ),
                name="list_no_row_disappears",
            ),
        ]
        indexes = [models.Index(fields=["area_code", "-id"], name="list_area")]

    def __str__(self) -> str:
        return self.filename


class SourceChunk(models.Model):
    """Up to 5.000 rows of a list exactly as received, as one sealed Parquet: raw cells and normalised columns."""

    list = models.ForeignKey(SourceList, on_delete=models.CASCADE, related_name="chunks")
    first = models.PositiveIntegerField(help_text="`SourceRow.ordinal` of its first row.")
    rows = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "first"], name="chunk_once")]

    def __str__(self) -> str:
        return f"{self.list_id}:{self.first}"


class SourceRow(models.Model):
    """One row handed in, with what became of it. What it said is in the chunk that holds its ordinal."""

    class Verdict(models.TextChoices):
        ACCEPT = "accept", "Siap"
        REJECT = "reject", "Perlu diperbaiki"
        REVIEW = "review", "Perlu diperiksa"
        DUPLICATE = "duplicate", "Ganda"

    # A list is written once, by COPY, in one transaction with its rows: the key is checked by `naung doctor`.
    list = models.ForeignKey(
        SourceList, on_delete=models.CASCADE, related_name="source_rows", db_index=False, db_constraint=False
    )
    ordinal = models.PositiveIntegerField(help_text="0, 1, 2... within the list.")
    sheet = models.CharField(max_length=60, blank=True)
    row = models.PositiveIntegerField(help_text="The number a spreadsheet shows.")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reasons = ArrayField(models.CharField(max_length=30), default=no_reasons)
    cluster = models.CharField(max_length=20, blank=True, help_text="Rows of one person share it, within one intake.")
    worker = models.ForeignKey(
        Worker, null=True, on_delete=models.PROTECT, related_name="source_rows", db_index=False, db_constraint=False
    )
    decided_by = models.CharField(max_length=150, blank=True, db_default="")
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(
        max_length=200, blank=True, db_default="", help_text="Why a person changed the verdict."
    )
    held = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Ready only after its list was sent, so that it is not sent yet; of a draft it says nothing.",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "ordinal"], name="row_once")]
        indexes = [
            models.Index(fields=["worker"], name="row_worker", condition=Q(worker__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.list_id}:{self.row}"

    @property
    def is_open(self) -> bool:
        """Whether somebody may still correct it: neither ready nor decided for good."""
        return self.verdict != self.Verdict.ACCEPT and self.decided_at is None


class RowCorrection(models.Model):
    """What a person typed over a faulty row, with the row as it was checked after that. The newest of a row counts."""

    row = models.ForeignKey(SourceRow, on_delete=models.CASCADE, related_name="corrections")
    sealed = models.BinaryField()
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField(help_text="When it was received and checked.")
    typed_at = models.DateTimeField(null=True, help_text="Made without a line: when, by the clock of that phone.")
    sent_as = models.UUIDField(null=True, help_text="Made without a line: the phone's name for it, sent again or not.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["row", "sent_as"], name="correction_sent_once")]

    def __str__(self) -> str:
        return f"{self.row_id} {self.corrected_at:%Y-%m-%d}"


class ReferenceList(models.Model):
    """What another body answered: the dead, wage earners and other members, people who moved, welfare deciles."""

    class Kind(models.TextChoices):
        DEATHS = "deaths", _("Data kematian")
        MEMBERS = "members", _("Peserta lain")
        MOVED = "moved", _("Pindah")
        DECILES = "deciles", _("Desil kesejahteraan")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    area_code = models.CharField(max_length=10)
    source = models.CharField(max_length=120, help_text="Who answered, e.g. Disdukcapil Kota Binjai.")
    as_of = models.DateField(help_text="The day the data speak of.")
    filename = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(help_text="Entries taken in.")
    malformed = models.PositiveIntegerField(default=0, help_text="Rows left out because their NIK is none.")
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "sha256", "area_code"], name="reference_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.as_of}"


class ReferenceEntry(models.Model):
    """One person named in a reference list: found by the keyed hash of the NIK, which is kept sealed beside it."""

    # Written by COPY in one transaction with its list, like the rows of a source list.
    list = models.ForeignKey(ReferenceList, on_delete=models.CASCADE, related_name="entries", db_constraint=False)
    nik_index = models.UUIDField(db_index=True)
    sealed = models.BinaryField(help_text="The NIK, bound to this row: a new index key needs it.")
    on = models.DateField(null=True, help_text="Day of death, of moving away, or extract date.")
    note = models.CharField(max_length=60, blank=True, help_text="e.g. PU, BPU mandiri, name of another funder.")
    decile = models.PositiveSmallIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.list_id}:{self.pk}"


class KeyState(models.Model):
    """Which keys this database was written with, so that no other keys are ever mixed in. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    index_fingerprint = models.BinaryField(max_length=16, help_text="Of the index key; says nothing about the key.")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="key_state_once")]

    def __str__(self) -> str:
        return "keys"
