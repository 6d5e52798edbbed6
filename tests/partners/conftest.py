"""Two regions, each with an officer who keeps employers, and lists as branches send them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from django.utils import timezone

from naung.accounts.models import User
from naung.accounts.permissions import Role
from naung.partners.actions import take_employers
from naung.partners.models import EmployerList
from tests.pages.people import BESIDE, HERE, TODAY, add_areas, person

AS_OF = date(2026, 10, 31)


@pytest.fixture(autouse=True)
def _a_home_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("NAUNG_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("NAUNG_KEYS", raising=False)


@pytest.fixture(autouse=True)
def _the_same_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_options: TODAY)


@pytest.fixture
def areas(db: None) -> None:
    add_areas()


@pytest.fixture
def officer(areas: None) -> User:
    return person("officer-here", Role.PROGRAMME_OFFICER, HERE)


@pytest.fixture
def officer_beside(areas: None) -> User:
    return person("officer-beside", Role.PROGRAMME_OFFICER, BESIDE)


def csv_of(titles: Sequence[str], *rows: Sequence[object]) -> bytes:
    return "\r\n".join(";".join(str(cell) for cell in line) for line in (titles, *rows)).encode()


def taken(
    by: User,
    content: bytes,
    *,
    source: str = "branch",
    as_of: date = AS_OF,
    name: str = "daftar.csv",
) -> EmployerList:
    made = take_employers(file=content, filename=name, source=source, as_of=as_of, area_code=by.area_code, by=by)
    return made.list
