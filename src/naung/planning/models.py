from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class CoverageFigure(models.Model):
    """One published or reported figure of coverage: numerator, denominator and its kind, date and source.

    A bare percentage cannot be stored. What was printed beside the counts is kept, so that a contradiction shows.
    """

    area_code = models.CharField(max_length=10)
    as_of = models.DateField()
    wage_earners = models.BigIntegerField(null=True, help_text="PU")
    non_wage = models.BigIntegerField(null=True, help_text="BPU")
    construction = models.BigIntegerField(null=True, help_text="Jasa konstruksi")
    migrant = models.BigIntegerField(null=True, help_text="PMI")
    covered = models.BigIntegerField(help_text="All segments together.")
    denominator = models.BigIntegerField()
    denominator_kind = models.CharField(max_length=30, help_text="rules.ucj.DenominatorKind")
    published_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    source = models.CharField(max_length=240)
    note = models.CharField(max_length=300, blank=True)
    sample = models.BooleanField(default=False, help_text="Invented (demo).")
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area_code", "as_of", "denominator_kind", "source"], name="figure_once"),
            models.CheckConstraint(
                condition=Q(denominator__gt=0, covered__gte=0, covered__lte=F("denominator")), name="figure_counts"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="figure_has_source"),
        ]
        indexes = [models.Index(fields=["area_code", "-as_of"], name="figure_area")]

    def __str__(self) -> str:
        return f"{self.area_code} {self.as_of}"


class CoverageTarget(models.Model):
    """A target of UCJ for a year, with the instrument that sets it: targets of different instruments never mix."""

    area_code = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    denominator_kind = models.CharField(max_length=30)
    instrument = models.CharField(max_length=200)
    sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area_code", "year", "instrument"], name="target_once"),
            models.CheckConstraint(condition=Q(percent__gt=0, percent__lte=100), name="target_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.area_code} {self.year}"
