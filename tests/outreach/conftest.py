"""A meeting in one region, and its people by role."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from naung.accounts.models import User
from naung.accounts.permissions import Role
from naung.agreements.actions import record_meeting
from naung.agreements.models import Meeting
from tests.pages.people import BESIDE, HERE, PROVINCE, TODAY, VILLAGE, add_areas, person


@pytest.fixture(autouse=True)
def _the_same_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_options: TODAY)


@pytest.fixture
def everyone(db: None) -> dict[str, User]:
    """A person of each role, each with an office of their own."""
    add_areas()
    where = {Role.VILLAGE_OPERATOR: VILLAGE, Role.PROVINCE: PROVINCE}
    return {role: person(f"{role}-here", role, where.get(Role(role), HERE)) for role in Role.values}


@pytest.fixture
def officer(everyone: dict[str, User]) -> User:
    return everyone[Role.PROGRAMME_OFFICER]


@pytest.fixture
def meeting(officer: User) -> Meeting:
    """Held today."""
    return held("Sosialisasi nelayan", by=officer)


def held(title: str, *, by: User | None, on: date = TODAY, kind: str = "outreach", area: str = HERE) -> Meeting:
    return record_meeting(area_code=area, kind=kind, title=title, held_on=on, by=by)


@pytest.fixture
def as_role(everyone: dict[str, User]) -> Callable[[str], Client]:
    def sign_in(role: str) -> Client:
        client = Client()
        client.force_login(everyone[role])
        return client

    return sign_in


@pytest.fixture
def beside(everyone: dict[str, User]) -> Client:
    """An officer of the region beside, signed in."""
    client = Client()
    client.force_login(person("staff-beside", Role.PROGRAMME_OFFICER, BESIDE))
    return client
