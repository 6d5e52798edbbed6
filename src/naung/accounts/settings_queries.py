"""Reads for Pengaturan: people with the state of their account, offices, and how a region numbers its papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from naung.accounts.models import Invitation, Office, RegionSettings, User
from naung.accounts.permissions import Role
from naung.accounts.queries import offices_in, users_visible_to

_UNUSABLE = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)


@dataclass(frozen=True)
class PeopleCount:
    active: int
    invited: int


def people(viewer: User, *, role: str = "", state: str = "", text: str = "") -> QuerySet[User]:
    """The people of the viewer's territory by name, each with `open_until`: the end of the link that is open."""
    rows = users_visible_to(viewer).order_by("full_name", "pk")
    if role:
        rows = rows.filter(role=role)
    if state == "nonaktif":
        rows = rows.filter(is_active=False)
    elif state:
        rows = rows.filter(_UNUSABLE if state == "diundang" else ~_UNUSABLE, is_active=True)
    if text:
        rows = rows.filter(Q(full_name__icontains=text) | Q(username__icontains=text))
    links = Invitation.objects.filter(user=OuterRef("pk"), used_at=None, withdrawn_at=None)
    return rows.annotate(open_until=Subquery(links.values("expires_at")[:1]))


def state_of(person: User, *, at: datetime) -> Literal["nonaktif", "aktif", "diundang", "lewat"]:
    """Where an account of `people` stands: `lewat` has no password and no link that still works."""
    if not person.is_active:
        return "nonaktif"
    if person.has_usable_password():
        return "aktif"
    until = getattr(person, "open_until", None)
    return "diundang" if until and until > at else "lewat"


def count_people(viewer: User) -> PeopleCount:
    counted = users_visible_to(viewer).aggregate(
        active=Count("pk", filter=~_UNUSABLE & Q(is_active=True)),
        invited=Count("pk", filter=_UNUSABLE & Q(is_active=True)),
    )
    return PeopleCount(**counted)


def offices_with_people(viewer: User) -> QuerySet[Office]:
    """The offices of the viewer's territory, each with the number of its active `staff`."""
    if not viewer.area_code:
        return Office.objects.none()
    return offices_in(viewer.area_code).annotate(staff=Count("people", filter=Q(people__is_active=True)))


def region_settings(area_code: str) -> RegionSettings:
    """What a region has chosen; the defaults where nothing was."""
    return RegionSettings.objects.filter(pk=area_code).first() or RegionSettings(area_code=area_code)


@dataclass(frozen=True)
class RoleFactors:
    """Of one role in the territory: who can sign in, and how many of them do so with a second factor."""

    role: str
    people: int
    with_factor: int

    @property
    def label(self) -> str:
        return str(Role(self.role).label)


def second_factors_by_role(viewer: User) -> list[RoleFactors]:
    """Every role, in their order, with its active people."""
    counted = {
        row["role"]: row
        for row in users_visible_to(viewer)
        .filter(is_active=True)
        .order_by()
        .values("role")
        .annotate(people=Count("pk"), factors=Count("pk", filter=Q(second_factor__confirmed_at__isnull=False)))
    }
    nobody = {"people": 0, "factors": 0}
    return [
        RoleFactors(role, found["people"], found["factors"])
        for role in Role.values
        for found in [counted.get(role, nobody)]
    ]
