"""A list whose titles nobody knows: what stands in it, and what a person says its columns mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from naung.bulk.intake.grids import Grid
from naung.bulk.intake.headers import Header, field_of

#: A list without these is no list of people.
NEEDED = ("name", "nik")
_ROWS_SEARCHED = 30
_SAMPLES = 3


@dataclass(frozen=True)
class Columns:
    """What a person said: field -> source column (c0, c1, ...), and the row of the first person, counted from 1."""

    fields: Mapping[str, str]
    first_row: int

    def header_of(self, grid: Grid) -> Header | None:
        """The header of a sheet that has these columns; None for another sheet."""
        if not set(self.fields.values()) <= set(grid.columns):
            return None
        above = grid.cells.filter(_filled(grid) & (pl.col("row") < self.first_row))
        titles = above.tail(1).select(grid.columns).to_dicts()
        # Every column has a title, if an empty one: a cell in a column that nobody uses is no cell too many.
        known = {column: (titles[0][column] or "") if titles else "" for column in grid.columns}
        return Header(tuple(range(above.height)), dict(self.fields), known)


@dataclass(frozen=True)
class SeenColumn:
    """One column as it came: its title where one stands above it, some of its cells, and our guess."""

    column: str
    title: str
    samples: tuple[str, ...] = field(repr=False)
    guess: str


@dataclass(frozen=True)
class Seen:
    """The first sheet with anything in it."""

    sheet: str
    columns: tuple[SeenColumn, ...]
    first_row: int


def seen_in(grids: list[Grid]) -> Seen | None:
    """What a person needs to see to say what the columns mean; None where nothing like a table is there."""
    for grid in grids:
        rows = grid.cells.filter(_filled(grid)).head(_ROWS_SEARCHED)
        told = rows.select(grid.columns).to_dicts()
        widths = [sum(cell is not None for cell in row.values()) for row in told]
        widest = max(widths, default=0)
        if widest < len(NEEDED) or len(told) < 2:
            continue
        head = next(at for at, width in enumerate(widths) if width * 2 > widest)
        titled = not any(sum(ch.isdigit() for ch in cell or "") >= 6 for cell in told[head].values())
        first = head + 1 if titled and head + 1 < len(told) else head
        taken: set[str] = set()
        columns = []
        for name in grid.columns:
            cells = [row[name] for row in told[first:] if row[name]]
            title = (told[head][name] or "") if titled else ""
            if not cells and not title:
                continue
            guess = field_of(title) or ""
            guess = "" if guess in taken else guess
            taken.add(guess)
            columns.append(SeenColumn(name, title, tuple(cells[:_SAMPLES]), guess))
        return Seen(grid.sheet, tuple(columns), int(rows["row"][first]))
    return None


def _filled(grid: Grid) -> pl.Expr:
    return pl.any_horizontal(pl.col(name).is_not_null() for name in grid.columns) | pl.col("malformed")
