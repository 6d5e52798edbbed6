"""Who sees which rows: territory by area-code prefix, deny by default.

Every `..._visible_to(user)` query is built on `within_territory`.
"""

from __future__ import annotations

from typing import Protocol, TypeVar

from django.db.models import Model, Q, QuerySet

from naung.accounts.permissions import Permission

M = TypeVar("M", bound=Model)


class Viewer(Protocol):
    """The part of a user that decides what is seen."""

    @property
    def area_code(self) -> str: ...

    @property
    def is_active(self) -> bool: ...

    def may(self, permission: Permission) -> bool: ...


def within_territory(
    rows: QuerySet[M], viewer: Viewer, permission: Permission, *, field: str = "area_code"
) -> QuerySet[M]:
    """The rows of `rows` whose area code lies in the viewer's territory; none without the permission."""
    if not (viewer.is_active and viewer.area_code and viewer.may(permission)):
        return rows.none()
    return within_area(rows, viewer.area_code, field=field)


def within_area(rows: QuerySet[M], area_code: str, *, field: str = "area_code") -> QuerySet[M]:
    """The rows in one area and everything below it.

    A range and not LIKE: any index serves it under any collation.
    """
    after = str(int(area_code) + 1)
    return rows.filter(Q(**{f"{field}__gte": area_code, f"{field}__lt": after}))


def sees_area(viewer: Viewer, area_code: str) -> bool:
    """Whether an area lies in the viewer's territory."""
    return bool(viewer.is_active and viewer.area_code and area_code.startswith(viewer.area_code))
