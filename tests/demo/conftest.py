from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture(autouse=True, scope="session")
def _somewhere_for_static_files() -> None:
    """The server gathers them when it starts; WhiteNoise only warns where they are missing."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
