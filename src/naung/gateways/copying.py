"""Frames into PostgreSQL by COPY: the one way in for many rows."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

SLICE_ROWS = 100_000


def copy_frame(cursor: Any, table: str, frame: pl.DataFrame) -> int:
    """Append `frame` to `table`, column names as they are; returns the rows written.

    `cursor` is Django's or psycopg's. Null stays NULL and '' stays ''. Binary becomes bytea; lists of text become
    text[] (their items must be codes: letters, digits, `_`, `:`, `-`).
    """
    ready = _as_text(frame)
    copy_parts(cursor, table, ready.columns, map(_encoded, ready.iter_slices(SLICE_ROWS)))
    return frame.height


def encode_frame(frame: pl.DataFrame) -> memoryview:
    """`frame` as `copy_parts` sends it, for those who encode one slice while the server takes another."""
    return _encoded(_as_text(frame))


def copy_parts(cursor: Any, table: str, columns: Sequence[str], parts: Iterable[bytes | memoryview]) -> None:
    """Append rows that `encode_frame` made to `table`, in one COPY."""
    names = ", ".join(f'"{name}"' for name in columns)
    with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN (FORMAT csv)') as copy:
        for part in parts:
            copy.write(part)


def _as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """Bytes and lists in PostgreSQL's spelling."""
    return frame.with_columns(
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


def _encoded(part: pl.DataFrame) -> memoryview:
    buffer = io.BytesIO()
    part.write_csv(buffer, include_header=False)
    return buffer.getbuffer()
