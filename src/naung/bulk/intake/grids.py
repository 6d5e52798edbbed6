"""A sheet as received: text cells in columns, each row with the number a spreadsheet shows beside it."""

from dataclasses import dataclass, field

import polars as pl

WHITE_SPACE = (" ", "\t", "\n", "\u00a0", "\u200b", "\ufeff", "\u3000", "\u202f")


def column(index: int) -> str:
    """The name of the source column at `index`, counted from 0."""
    return f"c{index}"


@dataclass(frozen=True)
class Grid:
    """One sheet.

    `cells` has `row` (UInt32, from 1), `malformed` (Boolean: ragged, broken quotes, or a cell beyond the
    limit) and the text columns c0, c1, ...; a blank cell is null. `numbers` names the columns that hold, in a twin
    column `c3__number`, whether the cell was a number in the spreadsheet.
    """

    sheet: str
    cells: pl.DataFrame
    numbers: frozenset[str] = field(default_factory=frozenset)
    merged: tuple[tuple[int, int, int], ...] = ()
    """Cells merged downward: first row, last row, column; only the first row carries the value."""

    @property
    def columns(self) -> list[str]:
        """The source columns in their order."""
        return [name for name in self.cells.columns if name[0] == "c" and name[1:].isdigit()]


def blank_to_null(cells: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    """Cells of nothing but white space carry no value."""
    # Only columns where some cell begins with white space can hold one; most have none, and cost nothing.
    suspects = cells.select(
        pl.any_horizontal(pl.col(c).str.starts_with(space) for space in WHITE_SPACE).any().alias(c) for c in columns
    ).row(0, named=True)
    return cells.with_columns(
        pl.when(pl.col(c).str.strip_chars() != "").then(pl.col(c)).alias(c) for c in columns if suspects[c]
    )
