"""Reads: agreements, the matrix of offices, meetings and open tasks."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db.models import Q, QuerySet

from naung.accounts.permissions import Permission
from naung.accounts.territory import Viewer, within_area, within_territory
from naung.agreements.models import Agreement, FollowUp, LegalBasis, Meeting, OfficeAgreement


def agreements_visible_to(user: Viewer) -> QuerySet[Agreement]:
    return within_territory(Agreement.objects.all(), user, Permission.AGREEMENTS_VIEW).order_by("-signed_on", "-id")


def meetings_visible_to(user: Viewer) -> QuerySet[Meeting]:
    return within_territory(Meeting.objects.all(), user, Permission.AGREEMENTS_VIEW).order_by("-held_on", "-id")


def office_agreements_visible_to(user: Viewer) -> QuerySet[OfficeAgreement]:
    return within_territory(
        OfficeAgreement.objects.select_related("office"), user, Permission.AGREEMENTS_VIEW, field="agreement__area_code"
    ).order_by("due_on", "office__name")


def follow_ups_visible_to(user: Viewer) -> QuerySet[FollowUp]:
    """Tasks of the territory: those of a meeting and those of a work plan; open ones first, by due date."""
    if not (user.is_active and user.area_code and user.may(Permission.AGREEMENTS_VIEW)):
        return FollowUp.objects.none()
    of_meeting = within_area(Meeting.objects.all(), user.area_code)
    of_agreement = within_area(Agreement.objects.all(), user.area_code)
    return (
        FollowUp.objects.filter(Q(meeting__in=of_meeting) | Q(agreement__in=of_agreement))
        .select_related("owner", "meeting", "agreement")
        .order_by("done_on", "due_on", "id")
    )


def stages(agreement: Agreement, *, on: date) -> dict[str, int]:
    """How many offices stand at each stage, and how many of the unsigned are overdue."""
    rows = list(agreement.office_agreements.values_list("stage", "due_on"))
    counts = Counter(stage for stage, _ in rows)
    late = sum(1 for stage, due in rows if due and due < on and stage not in ("signed", "ended"))
    return {stage.value: counts.get(stage.value, 0) for stage in OfficeAgreement.Stage} | {"overdue": late}


def legal_warnings_visible_to(user: Viewer) -> QuerySet[LegalBasis]:
    """Legal bases of the territory about which something is doubtful, such as a misprinted number."""
    if not (user.is_active and user.area_code and user.may(Permission.AGREEMENTS_VIEW)):
        return LegalBasis.objects.none()
    inside = within_area(LegalBasis.objects.all(), user.area_code, field="agreement__area_code")
    of_meetings = within_area(LegalBasis.objects.all(), user.area_code, field="meeting__area_code")
    return (inside | of_meetings).exclude(warning="").select_related("agreement", "meeting").order_by("checked", "-id")
