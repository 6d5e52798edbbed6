"""The rows of a list as received, in sealed pieces: raw cells (c0, c1...) and the normalised columns beside them."""

from __future__ import annotations

import io
from collections.abc import Iterator

import polars as pl

from naung.registry.models import SourceChunk
from naung.registry.vault import Vault

CHUNK_ROWS = 5_000
BOUND_TO = "chunk"
#: What is kept of a row only for the workbook that goes back to its sender.
FOR_THE_SENDER = ("duplicate_of", "age_years", "nik_digits")


def is_cell(name: str) -> bool:
    """Is it a column as received (c0, c1...), not one that the check made?"""
    return name[0] == "c" and name[1:].isdigit()


def packed(rows: pl.DataFrame) -> bytes:
    """Parquet, zstd: about a tenth of the spreadsheet. Columns that hold nothing are left out."""
    empty = [name for name, nulls in zip(rows.columns, rows.null_count().row(0), strict=True) if nulls == rows.height]
    buffer = io.BytesIO()
    rows.drop(empty).write_parquet(buffer, compression="zstd", compression_level=1, statistics=False)
    return buffer.getvalue()


def opened(chunk: SourceChunk, vault: Vault) -> pl.DataFrame:
    """The rows of a chunk in their order. Raises SealBroken."""
    return pl.read_parquet(io.BytesIO(vault.open(BOUND_TO, chunk.pk, chunk.sealed)))


def pieces(rows: pl.DataFrame) -> Iterator[tuple[int, pl.DataFrame]]:
    """`rows` cut into chunks, with the ordinal of each first row."""
    for first in range(0, rows.height, CHUNK_ROWS):
        yield first, rows.slice(first, CHUNK_ROWS)
