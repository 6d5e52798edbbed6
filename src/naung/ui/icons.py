"""The icons that exist: the symbols of the vendored Tabler sprite, and no other."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

SPRITE = "vendor/tabler-icons-3.51.0/icons.svg"


@cache
def icon_names() -> frozenset[str]:
    """Names that `{% icon %}` accepts, read once from the sprite itself."""
    return frozenset(_symbols())


@cache
def _symbols() -> dict[str, str]:
    sprite = (Path(__file__).parent / "static" / SPRITE).read_text(encoding="utf-8")
    return {one[1]: one[0] for one in re.finditer(r'<symbol id="i-([\w-]+)".*?</symbol>', sprite, re.DOTALL)}


def carry_icons(page: str) -> str:
    """`page` with the icons it uses in itself: on a weak line the whole sprite weighs more than the page."""
    used: dict[str, None] = {}

    def own(link: re.Match[str]) -> str:
        used[link[1]] = None
        return f'<use href="#i-{link[1]}"/>'

    drawn = re.sub(r'<use href="[^"#]*/icons(?:\.\w+)?\.svg#i-([\w-]+)"/>', own, page)
    symbols = "".join(_symbols()[name] for name in used)
    sprite = f'<svg class="vh" width="0" height="0" aria-hidden="true"><defs>{symbols}</defs></svg>'
    return re.sub(r"(<body[^>]*>)", lambda body: body[1] + sprite, drawn, count=1)
