"""Frames into PostgreSQL by COPY: the one way in for many rows."""

from __future__ import annotations

import io
from typing import Any

import polars as pl

SLICE_ROWS = 100_000


def copy_frame(cursor: Any, table: str, frame: pl.DataFrame) -> int:
    """Append `frame` to `table`, column names as they are; returns the rows written.

    `cursor` is Django's or psycopg's. Null stays NULL and '' stays ''. Binary becomes bytea; lists of text become
    text[] (their items must be codes: letters, digits, `_`, `:`, `-`).
    """
    ready = frame.with_columns(
        *(
            (pl.lit("\\x") + pl.col(name).bin.encode("hex")).alias(name)
            for name, kind in frame.schema.items()
            if kind == pl.Binary
        ),
        *(
            (pl.lit("{") + pl.col(name).list.join(",") + pl.lit("}")).alias(name)
            for name, kind in frame.schema.items()
            if isinstance(kind, pl.List)
        ),
    )
    columns = ", ".join(f'"{name}"' for name in ready.columns)
    with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN (FORMAT csv)') as copy:
        for part in ready.iter_slices(SLICE_ROWS):
            buffer = io.BytesIO()
            part.write_csv(buffer, include_header=False)
            copy.write(buffer.getbuffer())
    return frame.height
