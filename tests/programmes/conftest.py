from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _a_home_of_its_own(tmp_path, monkeypatch):
    """Keys of one test only. The fingerprint in the database belongs to them."""
    monkeypatch.setenv("NAUNG_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("NAUNG_KEYS", raising=False)
