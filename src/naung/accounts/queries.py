"""Reads of people who sign in."""

from __future__ import annotations

from django.db.models import QuerySet

from naung.accounts.models import Office, User
from naung.accounts.permissions import Permission
from naung.accounts.territory import within_area, within_territory


def users_visible_to(viewer: User) -> QuerySet[User]:
    """The people of the viewer's territory, for whoever audits or administers it; others see themselves."""
    if viewer.may(Permission.AUDIT_VIEW):
        return within_territory(
            User.objects.select_related("office").order_by("username"), viewer, Permission.AUDIT_VIEW
        )
    return User.objects.select_related("office").filter(pk=viewer.pk, is_active=True)


def offices_in(area_code: str) -> QuerySet[Office]:
    """The offices of an area and below it. Offices are public: they are no persons."""
    return within_area(Office.objects.order_by("area_code", "name"), area_code)
