"""Checked lists into the database: rows, people and sealed chunks, by COPY, in the caller's transaction.

Sealing needs the id of the row, so ids are reserved first. The server writes one table on its core while we seal
the next slice on ours: one background thread owns the connection between `_Line.put` and `_Line.wait`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from types import TracebackType
from typing import Any

import polars as pl
from django.db import connection

from naung.gateways.copying import copy_parts, encode_frame
from naung.gateways.statistics import table_grew
from naung.registry import bulkload, chunks
from naung.registry.models import SourceList
from naung.registry.vault import Vault
from naung.registry.writing import reserve_ids

SLICE_ROWS = 50_000
ROWS_AT_ONCE = 100_000
CHUNKS_AT_ONCE = 16

# What a worker takes from a checked row, with the length the table allows.
_TEXTS = {"name": 120, "name_norm": 120, "birth_place": 60, "address": 160, "occupation": 40}
WORKER_COLUMNS = (
    *_TEXTS, "birth_date", "sex", "area_code", "sector", "income_rp", "decile", "decile_vintage",
)  # fmt: skip


@dataclass(frozen=True)
class Checked:
    """One list with its verdicts, ready to be stored.

    `rows`, in the order of the file: sheet, row, verdict, reasons, cluster, nik, kk, phone, nik_index, worker_id
    (where already known), raw cells and the columns of `WORKER_COLUMNS`.
    """

    list: SourceList
    rows: pl.DataFrame


def store(checked: Sequence[Checked], *, vault: Vault) -> int:
    """Write lists (already saved, with their counts) with all their rows; returns how many workers are new."""
    everyone = pl.concat(
        [one.rows.select(_ROW, list_id=pl.lit(one.list.pk)).with_row_index("ordinal") for one in checked]
    )
    people = pl.concat([_new_people(one.rows) for one in checked], how="diagonal_relaxed")
    assert not people["nik_index"].is_duplicated().any(), "one new person accepted twice"
    pieces = [-(-one.rows.height // chunks.CHUNK_ROWS) for one in checked]
    with connection.cursor() as cursor, _Line() as line:
        people = people.with_columns(
            id=pl.Series(reserve_ids(cursor, "registry_worker", people.height), dtype=pl.Int64)
        )
        chunk_ids = iter(reserve_ids(cursor, "registry_sourcechunk", sum(pieces)))
        aside = bulkload.set_aside_indexes(cursor, "registry_worker", incoming=people.height)
        rows = _with_workers(everyone, people, upload=checked[0].list.pk)
        for part in rows.iter_slices(ROWS_AT_ONCE):
            line.copy(cursor, "registry_sourcerow", part)
        for part in people.iter_slices(SLICE_ROWS):
            line.copy(cursor, "registry_worker", worker_frame(part, vault=vault))
        line.put(partial(bulkload.bring_back, cursor, aside))
        line.put(partial(table_grew, cursor, "registry_sourcerow", rows.height))
        line.put(partial(table_grew, cursor, "registry_worker", people.height))
        for one in checked:
            for ready in _sealed_chunks(one, chunk_ids, vault):
                line.copy(cursor, "registry_sourcechunk", ready)
    return people.height


_ROW = ("sheet", "row", "verdict", "reasons", "cluster", "worker_id", "nik_index")


def _new_people(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.filter((pl.col("verdict") == "accept") & pl.col("worker_id").is_null()).select(
        "nik", "kk", "phone", "nik_index", *(name for name in WORKER_COLUMNS if name in rows.columns)
    )


def _with_workers(rows: pl.DataFrame, people: pl.DataFrame, *, upload: int) -> pl.DataFrame:
    """The rows as their table wants them; an accepted row and its duplicates name the worker."""
    named = rows.join(
        people.select("nik_index", new_id="id"), on="nik_index", how="left", maintain_order="left"
    ).with_columns(
        worker_id=pl.when(pl.col("verdict").is_in(["accept", "duplicate"])).then(pl.coalesce("worker_id", "new_id"))
    )
    return named.select(
        "list_id",
        "ordinal",
        _clean("sheet", 60),
        "row",
        "verdict",
        "reasons",
        _clusters(named, upload),
        "worker_id",
    )


def _clusters(rows: pl.DataFrame, upload: int) -> pl.Series:
    """One name for all rows of a person: the worker's where there is one, so that it is the same in every upload."""
    theirs = rows.filter(pl.col("worker_id").is_not_null()).select("cluster", owner="worker_id")
    others = rows.filter(pl.col("worker_id").is_null()).select("cluster").unique()
    owned = others.join(theirs.unique("cluster", keep="first"), on="cluster")
    named = rows.select("cluster", "worker_id")
    if owned.height:
        named = named.join(owned, on="cluster", how="left", maintain_order="left")
        named = named.with_columns(worker_id=pl.coalesce("worker_id", "owner"))
    return named.select(
        cluster=pl.coalesce(pl.format("w{}", "worker_id"), pl.format("{}.{}", pl.lit(upload), "cluster"))
    ).to_series()


def worker_frame(people: pl.DataFrame, *, vault: Vault) -> pl.DataFrame:
    """Rows of `registry_worker` from people with id, nik_index, nik, kk, phone and their facts: sealed here."""
    facts = people.with_columns(
        pl.lit(None, dtype=pl.String).alias(name) for name in WORKER_COLUMNS if name not in people.columns
    )
    plain = facts.select(
        pl.concat_str(*(pl.col(name).fill_null("") for name in ("nik", "kk", "phone")), separator="\x1f").cast(
            pl.Binary
        )
    ).to_series()
    ids = facts["id"].to_list()
    return facts.select(
        "id",
        "nik_index",
        pl.Series("kk_index", vault.index_column("kk", facts["kk"].to_list()), dtype=pl.String),
        pl.Series("phone_index", vault.index_column("phone", facts["phone"].to_list()), dtype=pl.String),
        pl.Series("sealed", vault.seal_column("worker", ids, plain.to_list()), dtype=pl.Binary),
        *(_clean(name, length) for name, length in _TEXTS.items()),
        "birth_date",
        pl.col("sex").fill_null(""),
        "area_code",
        pl.col("sector").fill_null("other"),
        "income_rp",
        "decile",
        "decile_vintage",
    )


def _sealed_chunks(one: Checked, ids: Iterator[int], vault: Vault) -> Iterator[pl.DataFrame]:
    """Rows of `registry_sourcechunk`, a few at a time."""
    rows = one.rows.drop("sheet", "row", "verdict", "reasons", "cluster", "nik_index", "worker_id")
    sealed = (
        {
            "id": (chunk_id := next(ids)),
            "list_id": one.list.pk,
            "first": first,
            "rows": piece.height,
            "sealed": vault.seal(chunks.BOUND_TO, chunk_id, chunks.packed(piece)),
        }
        for first, piece in chunks.pieces(rows)
    )
    while some := list(islice(sealed, CHUNKS_AT_ONCE)):
        yield pl.DataFrame(some)


def _clean(name: str, length: int) -> pl.Expr:
    """Text as the table takes it: cut to its length, no NUL, '' where there is none."""
    return pl.col(name).cast(pl.String).str.replace_all("\x00", "", literal=True).str.slice(0, length).fill_null("")


class _Line:
    """Database work in the order it was put, on a thread of its own, so that the server and we work at once.

    At most `AHEAD` pieces wait, which bounds memory. The first failure is raised at the next `put` or at the end.
    """

    AHEAD = 4

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="naung-copy")
        self._waiting: list[Future[Any]] = []

    def __enter__(self) -> _Line:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            while failure is None and self._waiting:
                self._waiting.pop(0).result()
        finally:
            self._thread.shutdown(wait=True, cancel_futures=True)

    def put(self, work: Callable[[], Any]) -> None:
        while len(self._waiting) >= self.AHEAD:
            self._waiting.pop(0).result()
        self._waiting.append(self._thread.submit(work))

    def copy(self, cursor: Any, table: str, frame: pl.DataFrame) -> None:
        """COPY a piece: put into words here, so that the other thread only feeds the server."""
        self.put(partial(copy_parts, cursor, table, frame.columns, [encode_frame(frame)]))
