from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _a_home_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("NAUNG_HOME", str(tmp_path))
