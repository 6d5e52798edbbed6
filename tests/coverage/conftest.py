from __future__ import annotations

import pytest

from tests.factories import make_list, make_programme, make_user, make_workers


@pytest.fixture(autouse=True)
def _a_home_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("NAUNG_HOME", str(tmp_path))


@pytest.fixture
def officer(db):
    return make_user("programme_officer")


@pytest.fixture
def leader(db):
    return make_user("leader")


@pytest.fixture
def programme(officer):
    """Ten places for fourteen people whose list was sent."""
    made = make_programme()
    make_list(made.code, make_workers(14))
    return made
