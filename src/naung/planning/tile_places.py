"""Where districts stand on the tile map: committed compass places of some regions, otherwise the order of codes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import yaml

from naung.ui.charts.tiles import grid

Place = tuple[int, int]


@cache
def _known() -> dict[str, dict[str, Place]]:
    text = files("naung.planning").joinpath("tile_places.yaml").read_text(encoding="utf-8")
    places = yaml.safe_load(text)["places"]
    return {area: {code: (column, row) for code, (column, row) in found.items()} for area, found in places.items()}


def places_of(area_code: str, codes: Sequence[str]) -> tuple[list[Place], bool]:
    """A place for each code, and whether they are compass places: only if every code has one."""
    known = _known().get(area_code, {})
    if codes and all(code in known for code in codes):
        return [known[code] for code in codes], True
    return grid(len(codes)), False


def short_name(name: str, among: Sequence[str]) -> str:
    """`Binjai Utara` is «Utara» among the districts of Binjai: a first word that all of them share says nothing."""
    first, _space, rest = name.partition(" ")
    shared = len(among) > 1 and all(one.startswith(f"{first} ") for one in among)
    return rest if shared and rest else name
