from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from naung.rules.ucj import DenominatorKind, percent_of
from naung.ui.terms import term


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

    @property
    def percent(self) -> Decimal:
        """Per cent to two places, from the counts."""
        return percent_of(self.covered, self.denominator)

    @property
    def printed_percent(self) -> Decimal | None:
        """The published per cent as printed: the column pads 33 to 33.00, which would claim more than was said."""
        if self.published_percent is None:
            return None
        printed = self.published_percent.normalize()
        return printed.quantize(Decimal(1)) if printed == printed.to_integral_value() else printed

    @property
    def contradicts(self) -> bool:
        """Whether the published per cent does not follow from the counts beside it, at the precision it was printed."""
        printed = self.printed_percent
        if printed is None:
            return False
        places = max(-int(printed.as_tuple().exponent), 0)
        return percent_of(self.covered, self.denominator, places=places) != printed

    @property
    def kind_label(self) -> str:
        return term(DenominatorKind(self.denominator_kind).label_id)


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
