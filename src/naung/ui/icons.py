"""The icons that exist: the symbols of the vendored Tabler sprite, and no other."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

SPRITE = "vendor/tabler-icons-3.51.0/icons.svg"


@cache
def icon_names() -> frozenset[str]:
    """Names that `{% icon %}` accepts, read once from the sprite itself."""
    sprite = Path(__file__).parent / "static" / SPRITE
    return frozenset(re.findall(r'<symbol id="i-([\w-]+)"', sprite.read_text(encoding="utf-8")))
