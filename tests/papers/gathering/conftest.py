from __future__ import annotations

import pytest
from django.utils import timezone

from tests.pages.people import add_areas
from tests.papers.gathering.reading import TODAY


@pytest.fixture(autouse=True)
def _a_home_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("NAUNG_HOME", str(tmp_path))
    monkeypatch.delenv("NAUNG_KEYS", raising=False)


@pytest.fixture(autouse=True)
def _a_day(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_options: TODAY)


@pytest.fixture
def areas(db):
    add_areas()
