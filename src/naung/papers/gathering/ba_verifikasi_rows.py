"""The rows that a verification is about, as one frame: what became of each, why, and in which village.

However many lists there are, they are three queries: the rows, the sealed pieces that say who they are, and what was
typed over them since.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import polars as pl
from django.db import connection

from naung.bulk.intake.reasons import RETURNED, Reason
from naung.registry import chunks, corrections
from naung.registry.frames import read_frame
from naung.registry.models import RowCorrection, SourceChunk, SourceList
from naung.registry.vault import vault

R = Reason

#: The kinds of refusal that a table has room for, each with the reasons that it holds.
GROUPS: dict[str, tuple[str, ...]] = {
    "nik": tuple(reason.value for reason in R if reason.value.startswith("nik_")),
    "age": (R.UNDER_AGE, R.OVER_AGE),
    "dead": (R.DEAD,),
    "member": (R.ALREADY_COVERED,),
    "area": (R.NOT_RESIDENT,),
    "work": (R.OCCUPATION,),
    "other": (R.MALFORMED_ROW, R.DUPLICATE, RETURNED),
}
_GROUP_OF = {code: group for group, codes in GROUPS.items() for code in codes}

#: What a row can have become. A row that became ready after its list was sent waits to be sent: nobody proposed it yet.
VALID, REFUSED, DOUBLE, WAITING = "valid", "refused", "double", "waiting"

_VILLAGE = 10
_FACTS = {"name": pl.String, "nik": pl.String, "area_code": pl.String}
_ROWS = """
    SELECT r.list_id, r.ordinal, r.sheet, r.row,
           CASE WHEN r.verdict = 'accept' AND r.held THEN 'waiting'
                WHEN r.verdict = 'accept' THEN 'valid'
                WHEN r.verdict = 'reject' THEN 'refused'
                WHEN r.verdict = 'duplicate' THEN 'double'
                ELSE 'waiting' END AS became,
           array_to_string(r.reasons, ';') AS reasons,
           CASE WHEN length(l.area_code) = 10 THEN l.area_code ELSE coalesce(w.area_code, '') END AS place,
           l.filename
      FROM registry_sourcerow r
      JOIN registry_sourcelist l ON l.id = r.list_id
      LEFT JOIN registry_worker w ON w.id = r.worker_id
     WHERE r.list_id = ANY(%s)
     ORDER BY r.list_id, r.ordinal
"""
_SCHEMA = {
    "list_id": pl.Int64,
    "ordinal": pl.Int64,
    "sheet": pl.String,
    "row": pl.Int64,
    "became": pl.String,
    "reasons": pl.String,
    "place": pl.String,
    "filename": pl.String,
}


def rows_of(lists: Sequence[SourceList], *, names: bool = True) -> pl.DataFrame:
    """One line a row, in the order of the lists: `became`, `reasons` (codes with ';'), `reason` (the first of them),
    `group`, `place` (kode wilayah, '' where no village is known), and `name` and `nik` as they were received.

    Without `names` these two stay empty, and only lists that do not come from one village are opened, for the villages
    that they name. The caller found the lists as visible. Raises SealBroken.
    """
    rows = read_frame(_ROWS, [[one.pk for one in lists]], _SCHEMA)
    said = _said(lists if names else [one for one in lists if len(one.area_code) != _VILLAGE], names=names)
    joined = rows.join(said, on=["list_id", "ordinal"], how="left", maintain_order="left")
    first = pl.col("reasons").str.split(";").list.first()
    return joined.with_columns(
        # A list of an office names many villages: what the row says counts, where no worker came of it.
        place=pl.when(pl.col("place") == "").then(pl.col("area_code").fill_null("")).otherwise("place"),
        reason=pl.when(pl.col("became") == REFUSED).then(first).otherwise(pl.lit("")),
    ).with_columns(
        group=pl.when(pl.col("became") == REFUSED)
        .then(pl.col("reason").replace_strict(_GROUP_OF, default="other"))
        .otherwise(pl.lit(""))
    )


def accepted_by_place(lists: Sequence[int]) -> list[tuple[str, str, int]]:
    """Programme code, village and how many rows of some lists were accepted and sent from it; nothing is opened."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT l.programme_code,
                   CASE WHEN length(l.area_code) = 10 THEN l.area_code ELSE coalesce(w.area_code, '') END,
                   count(*)
              FROM registry_sourcerow r
              JOIN registry_sourcelist l ON l.id = r.list_id
              LEFT JOIN registry_worker w ON w.id = r.worker_id
             WHERE r.list_id = ANY(%s) AND r.verdict = 'accept' AND NOT r.held
             GROUP BY 1, 2
            """,
            [list(lists)],
        )
        return list(cursor.fetchall())


def _said(lists: Sequence[SourceList], *, names: bool) -> pl.DataFrame:
    """Who each row is about: as received, and over it what was typed since."""
    keys = vault()
    pieces = [pl.DataFrame(schema={"list_id": pl.Int64, "ordinal": pl.Int64, **_FACTS})]
    for chunk in SourceChunk.objects.filter(list__in=lists).order_by("list_id", "first").iterator(chunk_size=20):
        opened = _facts(chunks.opened(chunk, keys), names=names)
        pieces.append(
            opened.with_row_index("ordinal", offset=chunk.first).select(
                pl.lit(chunk.list_id, dtype=pl.Int64).alias("list_id"), pl.col("ordinal").cast(pl.Int64), *_FACTS
            )
        )
    received = pl.concat(pieces)
    typed = [
        _facts(pl.read_parquet(io.BytesIO(keys.open(corrections.BOUND_TO, one.pk, one.sealed))), names=names).select(
            pl.lit(one.row.list_id, dtype=pl.Int64).alias("list_id"),
            pl.lit(one.row.ordinal, dtype=pl.Int64).alias("ordinal"),
            *_FACTS,
        )
        for one in _newest_corrections(lists)
    ]
    return received.update(pl.concat(typed), on=["list_id", "ordinal"], include_nulls=True) if typed else received


def _newest_corrections(lists: Sequence[SourceList]) -> list[RowCorrection]:
    changed = [one.pk for one in lists if one.corrected]
    if not changed:
        return []
    kept = RowCorrection.objects.filter(row__list__in=changed).select_related("row").order_by("row", "-pk")
    return list(kept.distinct("row"))


def _facts(rows: pl.DataFrame, *, names: bool) -> pl.DataFrame:
    """The few facts that a paper names; a column that nobody filled in was not kept."""
    kept = [name for name in _FACTS if name in rows.columns and (names or name == "area_code")]
    missing = [pl.lit(None, dtype=kind).alias(name) for name, kind in _FACTS.items() if name not in kept]
    return rows.select(kept).with_columns(missing).select(pl.col(name).cast(kind) for name, kind in _FACTS.items())


def by_place(rows: pl.DataFrame) -> pl.DataFrame:
    """One line a village, by its code: `received`, then what the rows became and each group of refusals.

    received = valid + refused + double + waiting, and refused is the sum of the groups, in every line.
    """
    became = [(pl.col("became") == word).sum().alias(word) for word in (VALID, REFUSED, DOUBLE, WAITING)]
    groups = [(pl.col("group") == group).sum().alias(group) for group in GROUPS]
    return rows.group_by("place").agg(pl.len().alias("received"), *became, *groups).sort("place")


def by_reason(rows: pl.DataFrame) -> list[tuple[str, int]]:
    """How many refused rows each reason decided, most first: a row with several counts once, under its first."""
    counted = rows.filter(pl.col("became") == REFUSED)["reason"].value_counts()
    return sorted(counted.iter_rows(), key=lambda one: (-one[1], one[0]))
