from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from naung.areas import codes


class Edition(models.Model):
    """One national list that was loaded: the latest `decided_on` is the one in force here."""

    version = models.CharField(max_length=60, primary_key=True)
    decree = models.CharField(max_length=100)
    decided_on = models.DateField(help_text="Day of the decree.")
    source = models.TextField()
    licence = models.CharField(max_length=40)
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "edisi daftar wilayah"
        ordering = ["-decided_on", "-loaded_at"]

    def __str__(self) -> str:
        return self.decree


class Area(models.Model):
    """A province, kabupaten, kota, kecamatan, desa or kelurahan by its code of the Ministry of Home Affairs.

    A row is a *code*, not a piece of land: an area that gets another code becomes another row, and the old
    one names it in `successors`. Rows are never deleted: NIKs, lists and decrees keep their codes for ever.
    """

    class Kind(models.TextChoices):
        PROVINCE = codes.Kind.PROVINCE.value, "Provinsi"
        KABUPATEN = codes.Kind.KABUPATEN.value, "Kabupaten"
        KOTA = codes.Kind.KOTA.value, "Kota"
        KECAMATAN = codes.Kind.KECAMATAN.value, "Kecamatan"
        DESA = codes.Kind.DESA.value, "Desa"
        KELURAHAN = codes.Kind.KELURAHAN.value, "Kelurahan"

    class Confidence(models.TextChoices):
        READ = "read", "Dibaca dari daftar"
        RECALLED = "recalled", "Dari ingatan, belum dicocokkan"

    code = models.CharField("kode", max_length=10, primary_key=True, help_text="Digits only: 2, 4, 6 or 10.")
    name = models.CharField("nama", max_length=120)
    kind = models.CharField("jenis", max_length=10, choices=Kind)
    level = models.PositiveSmallIntegerField(help_text="1 province, 2 kabupaten/kota, 3 kecamatan, 4 desa/kelurahan.")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children", db_index=False)
    valid = DateRangeField(
        "berlaku",
        help_text="[first day of the code, first day it no longer held); no lower bound where unknown.",
    )
    successors = ArrayField(
        models.CharField(max_length=10),
        default=list,
        help_text="The codes that took this one's place; empty while it holds, or where unknown.",
    )
    source = models.TextField(help_text="Where the code comes from: a decree, or a list.")
    confidence = models.CharField(max_length=8, choices=Confidence, default=Confidence.READ)

    class Meta:
        verbose_name = "wilayah"
        ordering = ["code"]
        triggers = [pgtrigger.Protect(name="areas_are_never_deleted", operation=pgtrigger.Delete)]
        indexes = [
            # Names are searched by likeness and by parts. Codes are searched by their beginning: Django gives
            # a primary key of characters its pattern index (`..._like`) by itself.
            GinIndex(OpClass(Lower("name"), name="gin_trgm_ops"), name="area_name_trigrams"),
            models.Index(fields=["parent", "code"], name="area_parent"),
        ]
        constraints = [
            models.CheckConstraint(
                name="area_code_shape",
                condition=Q(code__regex=r"^[0-9]{2}$", level=1)
                | Q(code__regex=r"^[0-9]{4}$", level=2)
                | Q(code__regex=r"^[0-9]{6}$", level=3)
                | Q(code__regex=r"^[0-9]{10}$", level=4),
            ),
            models.CheckConstraint(
                name="area_parent_unless_province",
                condition=Q(level=1, parent__isnull=True) | Q(level__gt=1, parent__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def dotted_code(self) -> str:
        return codes.format_code(self.code)

    @property
    def is_former(self) -> bool:
        """Whether the code no longer holds."""
        return self.valid.isempty or self.valid.upper is not None
