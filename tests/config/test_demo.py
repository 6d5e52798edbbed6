"""A demo never touches a real installation, and a killed one can always be begun again."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from naung.accounts.actions import create_user
from naung.config.cli.serving import HomeIsNotADemo, _clear, _marked, _require_nobody


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NAUNG_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("NAUNG_DATABASE_URL", raising=False)
    return tmp_path / "home"


def test_a_new_home_becomes_a_demo_s_and_stays_one(home: Path) -> None:
    assert _marked() == _marked() == home / "demo"


def test_an_installation_with_keys_of_its_own_never_becomes_a_demo(home: Path) -> None:
    home.mkdir()
    (home / "keys.json").write_text("{}")
    with pytest.raises(HomeIsNotADemo):
        _marked()
    with pytest.raises(HomeIsNotADemo):
        _clear()
    assert (home / "keys.json").exists()


def test_fresh_deletes_all_of_a_demo(home: Path) -> None:
    _marked()
    (home / "files").mkdir()
    (home / "files" / "a.sealed").write_text("x")
    (home / "secret-key").write_text("x")
    _clear()
    assert list(home.iterdir()) == []


def test_fresh_leaves_a_database_alone_that_is_not_its_own(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _marked()
    monkeypatch.setenv("NAUNG_DATABASE_URL", "postgresql://db.example/naung")
    with pytest.raises(click.UsageError):
        _clear()
    assert (home / "demo").exists()


@pytest.mark.django_db
def test_invented_people_do_not_join_a_database_where_somebody_signs_in() -> None:
    _require_nobody()
    create_user(username="ratna", full_name="Ratna", role="leader", area_code="1275", by=None)
    with pytest.raises(HomeIsNotADemo):
        _require_nobody()
