"""Frames out of PostgreSQL: the counterpart of `gateways.copying` for the joins that an intake needs."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl
from django.db import connection

from naung.gateways.copying import copy_frame

Schema = Mapping[str, Any]


def read_frame(query: str, params: Sequence[object], schema: Schema) -> pl.DataFrame:
    """The answer to `query` as columns, by COPY: a million rows in a second, and no tuple per row.

    Columns in the order of `schema`; NULL is null and '' is ''. Bytes arrive as text (`\\x...`).
    """
    buffer = io.BytesIO()
    with connection.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv)", params) as copy:
        for part in copy:
            buffer.write(part)
    if not buffer.tell():
        return pl.DataFrame(schema=dict(schema))
    texts = {name: pl.String if kind == pl.Boolean else kind for name, kind in schema.items()}
    frame = pl.read_csv(buffer.getvalue(), has_header=False, schema=texts)
    return frame.with_columns(pl.col(name) == "t" for name, kind in schema.items() if kind == pl.Boolean)


def put_indexes(indexes: Iterable[str]) -> None:
    """A temporary table `wanted` (nik_index), gone at the end of the transaction, holding `indexes` once each."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS wanted")
        cursor.execute("CREATE TEMPORARY TABLE wanted (nik_index uuid NOT NULL) ON COMMIT DROP")
        copy_frame(cursor, "wanted", pl.DataFrame({"nik_index": list(indexes)}, schema={"nik_index": pl.String}))
        cursor.execute("ANALYZE wanted")
