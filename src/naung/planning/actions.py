"""Recording figures of coverage and targets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from naung.accounts.models import User
from naung.accounts.territory import sees_area
from naung.audit import actions as audit
from naung.planning.models import CoverageFigure, CoverageTarget
from naung.planning.refusals import ImpossibleFigure, OutsideTerritory
from naung.rules import ucj as rules
from naung.rules.ucj import Denominator, DenominatorKind, Segment

_COLUMNS = {
    Segment.PU: "wage_earners",
    Segment.BPU: "non_wage",
    Segment.CONSTRUCTION: "construction",
    Segment.PMI: "migrant",
}


@transaction.atomic
def record_figure(
    *,
    area_code: str,
    as_of: date,
    numerators: Mapping[Segment, int],
    denominator: int,
    denominator_kind: DenominatorKind,
    source: str,
    by: User | None,
    published_percent: Decimal | None = None,
    note: str = "",
    sample: bool = False,
) -> CoverageFigure:
    """Record one figure of coverage with its counts; the same figure twice is one.

    Raises what `rules.ucj.ucj` raises, ImpossibleFigure, OutsideTerritory.
    """
    if by is not None and not sees_area(by, area_code):
        raise OutsideTerritory(area_code)
    figure = rules.ucj(
        numerators,
        as_of=as_of,
        source=source,
        denominator=Denominator(denominator_kind, denominator, as_of, source),
    )
    if figure.covered > denominator:
        raise ImpossibleFigure(figure.covered, denominator)
    stored, made = CoverageFigure.objects.get_or_create(
        area_code=area_code,
        as_of=as_of,
        denominator_kind=denominator_kind.value,
        source=source,
        defaults={
            **{column: numerators.get(segment) for segment, column in _COLUMNS.items()},
            "covered": figure.covered,
            "denominator": denominator,
            "published_percent": published_percent,
            "note": note,
            "sample": sample,
            "recorded_by": by,
        },
    )
    if made:
        audit.record(
            "figure.record",
            by=by,
            target_type="coverage_figure",
            target_id=stored.pk,
            area_code=area_code,
            covered=figure.covered,
            denominator=denominator,
            kind=denominator_kind.value,
        )
    return stored


@transaction.atomic
def set_target(
    *,
    area_code: str,
    year: int,
    percent: Decimal,
    denominator_kind: DenominatorKind,
    instrument: str,
    by: User | None,
    sample: bool = False,
) -> CoverageTarget:
    """Record the target that one instrument sets for a year; another percentage replaces it, the same is no news."""
    if by is not None and not sees_area(by, area_code):
        raise OutsideTerritory(area_code)
    key: dict[str, Any] = {"area_code": area_code, "year": year, "instrument": instrument}
    facts = {"percent": percent, "denominator_kind": denominator_kind.value, "sample": sample}
    if same := CoverageTarget.objects.filter(**key, **facts).first():
        return same
    target, made = CoverageTarget.objects.update_or_create(**key, defaults=facts)
    audit.record(
        "target.record" if made else "target.change",
        by=by,
        target_type="coverage_target",
        target_id=target.pk,
        area_code=area_code,
        year=year,
        percent=str(percent),
    )
    return target
