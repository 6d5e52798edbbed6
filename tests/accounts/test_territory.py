"""Deny by default: who has no territory, or no permission, sees no row at all."""

from __future__ import annotations

import pytest

from naung.accounts.models import Office, User
from naung.accounts.permissions import PERMISSIONS, Permission, Role
from naung.accounts.territory import sees_area, within_territory


def a_viewer(area_code="1275", role=Role.PROGRAMME_OFFICER, is_active=True):
    return User(username="x", role=role, area_code=area_code, is_active=is_active)


@pytest.fixture
def offices(db):
    return [
        Office.objects.create(name=code, kind="owner", area_code=code)
        for code in ("12", "1275", "127501", "1275011001", "1276", "127", "13")
    ]


def seen(viewer, permission=Permission.WORKERS_VIEW):
    return {o.area_code for o in within_territory(Office.objects.all(), viewer, permission)}


@pytest.mark.parametrize(
    ("territory", "expected"),
    [
        ("1275", {"1275", "127501", "1275011001"}),
        ("1275011001", {"1275011001"}),
        ("12", {"12", "1275", "127501", "1275011001", "1276", "127"}),
        ("99", set()),
    ],
)
def test_a_territory_is_everything_below_its_code(offices, territory, expected):
    assert seen(a_viewer(territory)) == expected


@pytest.mark.parametrize(
    "viewer",
    [a_viewer(""), a_viewer(is_active=False), a_viewer(role=Role.FINANCE_OFFICER), a_viewer(role="unknown")],
)
def test_without_territory_role_or_activity_nothing_is_seen(offices, viewer):
    assert seen(viewer) == set()


def test_leaders_and_donors_see_no_workers():
    for role in (Role.LEADER, Role.DONOR, Role.PROVINCE, Role.ADMIN, Role.FINANCE_OFFICER):
        assert Permission.WORKERS_VIEW not in PERMISSIONS[role]


def test_an_area_outside_or_above_is_not_ones_own():
    assert sees_area(a_viewer("1275"), "1275011001")
    assert not sees_area(a_viewer("1275"), "12")
    assert not sees_area(a_viewer("1275"), "1276")
    assert not sees_area(a_viewer(""), "1275")
