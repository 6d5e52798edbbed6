"""Reads: programmes and their money."""

from __future__ import annotations

from datetime import date

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from naung.accounts.models import User
from naung.accounts.permissions import Permission, Role
from naung.accounts.territory import Viewer, within_area
from naung.lawbook.queries import decisions_for, law_now
from naung.programmes.budget import Budget, LinePrice, budget
from naung.programmes.models import FundingLine, OwnerChange, Programme
from naung.programmes.spec import ProgrammeSpec, stored_spec
from naung.rules.contributions import Payer
from naung.rules.contributions import Programme as Insurance
from naung.rules.decisions import Decisions
from naung.rules.law import Law
from naung.rules.periods import MonthSpan

__all__ = [
    "Budget",
    "LinePrice",
    "budget_of",
    "funding_lines_visible_to",
    "owner_name_on",
    "programmes_visible_to",
    "spec_of",
]


def programmes_visible_to(user: Viewer) -> QuerySet[Programme]:
    """Programmes of the viewer's territory and of the wholes it lies in, newest first.

    A village operator hands lists to the programme of the regency; a province sees those of its regencies. A donor
    sees the programmes that one of its lines pays for.
    """
    may = user.may(Permission.PROGRAMMES_VIEW) or user.may(Permission.LIST_UPLOAD) or user.may(Permission.BILLS_VIEW)
    if not (user.is_active and user.area_code and may):
        return Programme.objects.none()
    above = [user.area_code[:length] for length in (2, 4, 6) if length < len(user.area_code)]
    visible = within_area(Programme.objects.all(), user.area_code) | Programme.objects.filter(area_code__in=above)
    if _is_donor(user):
        visible = visible.filter(pk__in=FundingLine.objects.filter(donor=_office(user)).values("programme"))
    return visible.select_related("owner").order_by("-starts_on", "code")


def funding_lines_visible_to(user: Viewer) -> QuerySet[FundingLine]:
    """Funding lines of the visible programmes; a donor sees its own only."""
    lines = FundingLine.objects.filter(programme__in=programmes_visible_to(user)).select_related("programme", "donor")
    if _is_donor(user):
        lines = lines.filter(donor=_office(user))
    return lines.order_by("programme_id", "order")


def _is_donor(user: Viewer) -> bool:
    return isinstance(user, User) and user.role == Role.DONOR


def _office(user: Viewer) -> int:
    # A donor without an office has given nothing: no line carries 0.
    return (user.office_id or 0) if isinstance(user, User) else 0


def owner_name_on(day: date) -> Coalesce:
    """For `annotate`: the name of the office that runs a programme on `day`, as `Programme.owner_on` answers it."""
    changes = OwnerChange.objects.filter(programme=OuterRef("pk"), since__lte=day).order_by("-since", "-id")
    return Coalesce(Subquery(changes.values("now__name")[:1]), F("owner__name"))


def spec_of(programme: Programme) -> ProgrammeSpec:
    """The definition that the programme was opened with."""
    return stored_spec(programme.spec)


def budget_of(programme: Programme, *, law: Law | None = None, decisions: Decisions | None = None) -> Budget:
    """Whether the money is enough for the places, at the lowest band. Open questions are told, not guessed.

    Raises NotInForce where the law says nothing about the months.
    """
    return budget(
        places=programme.places,
        months=MonthSpan(programme.starts_on, programme.ends_on),
        package=frozenset(Insurance(name) for name in programme.package),
        lines=[(line.code, line.name, Payer(line.payer), line.ceiling_rp) for line in programme.funding_lines.all()],
        law=law or law_now(),
        decisions=decisions_for(programme.area_code) if decisions is None else decisions,
    )
