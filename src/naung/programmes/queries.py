"""Reads: programmes, their money, and what their region has decided about open questions of law."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from naung.accounts.permissions import Permission
from naung.accounts.territory import Viewer, within_area
from naung.programmes.models import FundingLine, LegalDecision, Programme
from naung.rules.decisions import Decision, Decisions


def programmes_visible_to(user: Viewer) -> QuerySet[Programme]:
    """Programmes of the viewer's territory and of the wholes it lies in, newest first.

    A village operator hands lists to the programme of the regency; a province sees those of its regencies.
    """
    may = user.may(Permission.PROGRAMMES_VIEW) or user.may(Permission.LIST_UPLOAD) or user.may(Permission.BILLS_VIEW)
    if not (user.is_active and user.area_code and may):
        return Programme.objects.none()
    above = [user.area_code[:length] for length in (2, 4, 6) if length < len(user.area_code)]
    inside = within_area(Programme.objects.all(), user.area_code)
    visible = inside | Programme.objects.filter(area_code__in=above)
    if (role := getattr(user, "role", "")) == "donor":
        visible = visible.filter(funding_lines__donor=getattr(user, "office_id", None)).distinct()
    assert role is not None
    return visible.select_related("owner").order_by("-starts_on", "code")


def funding_lines_visible_to(user: Viewer) -> QuerySet[FundingLine]:
    """Funding lines of the visible programmes; a donor sees its own only."""
    lines = FundingLine.objects.filter(programme__in=programmes_visible_to(user)).select_related("programme", "donor")
    if getattr(user, "role", "") == "donor":
        lines = lines.filter(Q(donor_id=getattr(user, "office_id", None)))
    return lines.order_by("programme_id", "order")


def decisions_for(area_code: str) -> Decisions:
    """What the regency or its province has decided; the regency's own answer wins from the same day."""
    rows = LegalDecision.objects.filter(area_code__in=[area_code[:2], area_code[:4]]).order_by("area_code")
    by_start = {(row.question, row.valid_from): row for row in rows}
    return Decisions(
        tuple(
            Decision(question_code=row.question, answer=row.answer, start=row.valid_from, document=row.basis)
            for row in by_start.values()
        )
    )
