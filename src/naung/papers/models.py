from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

_NEVER = pgtrigger.Update | pgtrigger.Delete


class PaperTemplate(models.Model):
    """A region's own wording of one kind of paper: a DOCX with named fields, checked when it was handed in.

    The newest row counts. One without content says: back to the template that comes with the product. Nothing about
    a person is in it, so it is not sealed.
    """

    area_code = models.CharField(max_length=4)
    kind = models.CharField(max_length=30)
    version = models.PositiveSmallIntegerField(help_text="1, 2, 3... of this region and kind.")
    content = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    filename = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=200, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area_code", "kind", "version"], name="paper_template_version_once"),
            models.CheckConstraint(
                condition=Q(content__isnull=True, sha256="") | (Q(content__isnull=False) & ~Q(sha256="")),
                name="paper_template_has_its_hash",
            ),
        ]
        triggers = [pgtrigger.Protect(name="immutable", operation=_NEVER)]

    def __str__(self) -> str:
        return f"{self.kind} {self.area_code}/{self.version}"


class ProposedTemplate(models.Model):
    """A template that was handed in and checked, and that nothing uses yet: somebody looks at its example first.

    One for each region and kind; another upload takes its place, and put in force it becomes a `PaperTemplate`.
    """

    area_code = models.CharField(max_length=4)
    kind = models.CharField(max_length=30)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    filename = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=200, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area_code", "kind"], name="proposed_template_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.area_code}, diusulkan"


class PaperPattern(models.Model):
    """How a region numbers one kind of paper, e.g. `{nomor3}/BA/{romawi_bulan}/{tahun}`.

    Decrees and bills have theirs in `RegionSettings`, where they stood first.
    """

    area_code = models.CharField(max_length=4)
    kind = models.CharField(max_length=30)
    pattern = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area_code", "kind"], name="paper_pattern_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.area_code}: {self.pattern}"


class Paper(models.Model):
    """A paper as it was issued. It never changes: a mistake is mended by another paper that `replaces` it.

    `number` is one paper's in its region, kind and year; a paper issued anew may keep it, and counts `version` up.
    `code` stands in the square of the paper and on the public page that confirms it: neither says who is named there.
    """

    kind = models.CharField(max_length=30)
    area_code = models.CharField(max_length=10)
    region_code = models.CharField(max_length=4, help_text="First four digits of the area: whose numbers these are.")
    region_name = models.CharField(max_length=120, help_text="As it stood on the day of issue.")
    year = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=80)
    other_number = models.CharField(max_length=80, blank=True, help_text="Of the other party, where there are two.")
    version = models.PositiveSmallIntegerField(default=1)
    dated = models.DateField()
    title = models.CharField(max_length=240, help_text="Shown on the public page: names nobody.")
    about_type = models.CharField(max_length=30)
    about_id = models.BigIntegerField()
    about_part = models.CharField(max_length=20, blank=True, help_text="Of one thing, such as the month of a report.")
    about_name = models.CharField(max_length=240, blank=True)
    about_url = models.CharField(max_length=200, blank=True)
    template = models.ForeignKey(
        PaperTemplate, null=True, on_delete=models.PROTECT, related_name="papers", help_text="Null: the shipped one."
    )
    drawn_by = models.CharField(max_length=40, help_text="Version of the product that drew it.")
    contents_sha256 = models.CharField(max_length=64, help_text="Of fields and lists, as canonical JSON.")
    code = models.CharField(max_length=16, unique=True)
    address = models.CharField(max_length=200, help_text="What the square on the paper leads to.")
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    issued_office = models.CharField(max_length=120, blank=True)
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region_code", "kind", "year", "number", "version"], name="paper_number_once"
            ),
            models.CheckConstraint(condition=Q(version=1) | Q(replaces__isnull=False), name="paper_anew_replaces"),
            models.CheckConstraint(condition=~Q(number=""), name="paper_has_a_number"),
        ]
        indexes = [
            models.Index(fields=["area_code", "-issued_at"], name="paper_newest"),
            models.Index(fields=["kind", "about_type", "about_id"], name="paper_about"),
        ]
        triggers = [pgtrigger.Protect(name="immutable", operation=_NEVER)]

    def __str__(self) -> str:
        return self.number


class PaperFile(models.Model):
    """One file of a paper, byte for byte as it was handed out, sealed to this row.

    Nothing but a change of keys may write it anew: then the head of the seal, which names the key, is another.
    """

    class Edition(models.TextChoices):
        PUBLIC = "public", _("Untuk umum")
        FULL = "full", _("Lengkap, dengan nama")

    class Form(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "DOCX"

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="files")
    edition = models.CharField(max_length=6, choices=Edition.choices)
    form = models.CharField(max_length=4, choices=Form.choices)
    sha256 = models.CharField(max_length=64, db_index=True, help_text="Of the file as it is handed out.")
    size = models.PositiveIntegerField(help_text="Bytes.")
    pages = models.PositiveSmallIntegerField(null=True, help_text="Of a PDF.")
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "edition", "form"], name="paper_file_once")]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="resealed_only",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "ROW(OLD.id, OLD.paper_id, OLD.edition, OLD.form, OLD.sha256, OLD.size, OLD.pages) IS DISTINCT FROM"
                    " ROW(NEW.id, NEW.paper_id, NEW.edition, NEW.form, NEW.sha256, NEW.size, NEW.pages)"
                    " OR substring(OLD.sealed FROM 1 FOR 2) = substring(NEW.sealed FROM 1 FOR 2)"
                    " OR octet_length(OLD.sealed) <> octet_length(NEW.sealed)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.edition}.{self.form}"


class PaperWithdrawal(models.Model):
    """A paper no longer counts, and why. The paper itself stays as it is."""

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.CharField(max_length=300)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField()

    class Meta:
        triggers = [pgtrigger.Protect(name="immutable", operation=_NEVER)]

    def __str__(self) -> str:
        return f"{self.paper_id} ditarik"
