"""One tile for each district, in its compass place: which one is behind."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from naung.ui.charts import paint

HIGH, GAP = 54, 6  # a tile's height and the space between two, in pixels
PHONE = 300  # the breadth a phone leaves to the picture: names are broken so that they fit there


@dataclass(frozen=True, slots=True)
class Tile:
    """A district: its name, the value that colours it, and what is written in it. `place` is (column, row) from 0.

    `value` None is a district without a figure: it is drawn empty and says so.
    """

    name: str
    value: Decimal | int | None
    shown: str
    place: tuple[int, int]


def grid(count: int) -> list[tuple[int, int]]:
    """Places for districts whose compass place is not known: rows of nearly a square, in the order given."""
    columns = max(math.ceil(math.sqrt(count)), 1)
    return [(place % columns, place // columns) for place in range(count)]


def classes(values: Sequence[Decimal | int | None]) -> list[int | None]:
    """One of five classes (0 to 4) for each value: equal steps from the least to the most; equal values share one."""
    known = [Decimal(value) for value in values if value is not None]
    if not known:
        return [None] * len(values)
    least, most = min(known), max(known)
    if least == most:
        return [None if value is None else 2 for value in values]
    last = len(paint.CLASSES) - 1
    found: list[int | None] = []
    for value in values:
        share = None if value is None else (Decimal(value) - least) / (most - least)
        found.append(None if share is None else min(int(share * len(paint.CLASSES)), last))
    return found


def tiles(districts: Sequence[Tile], *, title: str = "", in_place: bool = True) -> SafeString:
    """Coloured tiles with the value written in each. `in_place` False says that the order is that of the codes."""
    assert len({one.place for one in districts}) == len(districts), "two districts stand on one tile"
    columns = max((one.place[0] for one in districts), default=0) + 1
    rows = max((one.place[1] for one in districts), default=0) + 1
    step = Decimal(100) / columns
    drawn = format_html_join(
        "",
        "{}",
        (
            (_tile(one, level, step, columns),)
            for one, level in zip(districts, classes([one.value for one in districts]), strict=True)
        ),
    )
    said = "; ".join(f"{one.name} {one.shown}" for one in districts)
    note = "" if in_place else format_html('<p class="kl">{}</p>', gettext("Urut kode wilayah, bukan letaknya."))
    return format_html(
        '<svg class="grafik-tetap petak" height="{}" role="img" aria-label="{}">{}</svg>{}',
        rows * (HIGH + GAP) - GAP if districts else 0, f"{title}: {said}" if title else said, drawn, note,
    )  # fmt: skip


def _tile(one: Tile, level: int | None, step: Decimal, columns: int) -> SafeString:
    fill, ink, edge = ("#fff", paint.TEXT, paint.LINE) if level is None else paint.CLASSES[level]
    column, row = one.place
    letters = max(int((PHONE / columns - GAP) / 6.2), 4)
    name = textwrap.wrap(one.name, letters, max_lines=1, placeholder="…") or [one.name[: letters - 1] + "…"]
    if name[0] == "…":
        name = [one.name[: letters - 1] + "…"]
    return format_html(
        '<svg x="{}%" y="{}" width="{}%" height="{}"><title>{} {}</title>'
        '<rect x="1" y="1" width="96%" height="{}" rx="7" fill="{}" stroke="{}"/>'
        '<text x="48.5%" y="20" font-size="11.5" font-weight="500" fill="{}" text-anchor="middle">{}</text>'
        '<text x="48.5%" y="41" font-size="17" font-weight="800" fill="{}" text-anchor="middle">{}</text></svg>',
        f"{column * step:.2f}", row * (HIGH + GAP), f"{step:.2f}", HIGH, one.name, one.shown,
        HIGH - 2, fill, edge, ink, name[0], ink, one.shown,
    )  # fmt: skip
