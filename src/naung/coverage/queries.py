"""Reads: who is enrolled, until when, who left."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from naung.accounts.permissions import Permission
from naung.accounts.territory import Viewer, within_territory
from naung.coverage.models import Departure, Enrolment


def enrolments_visible_to(user: Viewer) -> QuerySet[Enrolment]:
    """Enrolments of the viewer's territory, with worker and programme; for those who may see people."""
    return (
        within_territory(Enrolment.objects.all(), user, Permission.WORKERS_VIEW)
        .select_related("worker", "programme", "funding_line")
        .order_by("area_code", "worker__name_norm", "id")
    )


def enrolments_of(worker_id: int) -> QuerySet[Enrolment]:
    """All stretches of one worker, oldest first. The caller has already found the worker as visible."""
    return (
        Enrolment.objects.filter(worker_id=worker_id)
        .select_related("programme", "funding_line", "decree", "departure")
        .defer("programme__spec")
        .order_by("decree__decided_on", "id")
    )


def enrolled_on(day: date, *, worker_id: int) -> Enrolment | None:
    """The stretch that holds `day`, if there is one: at most one can."""
    return Enrolment.objects.filter(worker_id=worker_id, period__contains=day).select_related("programme").first()


def departures_visible_to(user: Viewer) -> QuerySet[Departure]:
    return (
        within_territory(Departure.objects.all(), user, Permission.WORKERS_VIEW, field="enrolment__area_code")
        .select_related("enrolment__worker", "enrolment__programme", "replaced_in")
        .order_by("-recorded_at")
    )
