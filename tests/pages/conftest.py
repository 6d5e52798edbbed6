"""One region with a programme, its neighbour, and a person of every role: who opens which page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from naung.accounts.models import User
from naung.accounts.permissions import Role
from tests.pages.people import BESIDE, HERE, PROVINCE, TODAY, VILLAGE, add_areas, person
from tests.town import Town, town


@pytest.fixture(autouse=True, scope="session")
def _somewhere_for_static_files() -> None:
    """The server gathers them when it starts; WhiteNoise only warns where they are missing."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def _the_same_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_options: TODAY)


@pytest.fixture
def areas(db: None) -> None:
    add_areas()


@pytest.fixture
def everyone(areas: None) -> dict[str, User]:
    """A person of each role in the region, by role."""
    where = {Role.VILLAGE_OPERATOR: VILLAGE, Role.PROVINCE: PROVINCE}
    return {role: person(f"{role}-here", role, where.get(Role(role), HERE)) for role in Role.values}


@pytest.fixture
def as_role(everyone: dict[str, User]) -> Callable[[str], Client]:
    """A client signed in as the region's person of a role."""

    def sign_in(role: str) -> Client:
        client = Client()
        client.force_login(everyone[role])
        return client

    return sign_in


@pytest.fixture
def beside(areas: None) -> Client:
    """An officer of the region beside, signed in."""
    client = Client()
    client.force_login(person("staff-beside", Role.PROGRAMME_OFFICER, BESIDE))
    return client


@pytest.fixture
def a_town(areas: None) -> Town:
    """Three people covered from January to December 2026, nothing billed."""
    return town(people=3, first=date(2026, 1, 1), months=12)
