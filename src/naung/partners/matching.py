"""Lines of a list against the employers that are known: new, updated, unchanged, or refused with the reason.

An employer is known again by its registration; without one, by its name in the region, and where several have that
name, by the place. What is still two is refused: a list does not decide which of two employers it means.
"""

from __future__ import annotations

from typing import Any

import polars as pl
from django.db import connection

from naung.areas import queries as areas
from naung.bulk.intake.residence import resolve_residence

_KNOWN: dict[str, Any] = {
    "id": pl.Int64, "registration": pl.String, "name_key": pl.String, "area_code": pl.String, "registered": pl.Int64,
    "reported": pl.Int64, "programmes": pl.List(pl.String), "size": pl.String, "address": pl.String,
    "sector": pl.String, "contact": pl.Boolean,
}  # fmt: skip
FACTS = ("registered", "reported", "programmes", "size")


def judged(rows: pl.DataFrame, *, area_code: str) -> pl.DataFrame:
    """`rows` (reading.ROWS) with `area_code`, `employer_id` (null: new) and `verdict`; refused ones with `reason`."""
    placed = _placed(rows, area_code)
    known = _known(area_code)
    return _told_apart(_matched(placed, known), known).sort("at").drop("at")


def _placed(rows: pl.DataFrame, area_code: str) -> pl.DataFrame:
    """Where each works; what names no place works in the region as a whole."""
    asked = rows.with_columns(regency=pl.lit(None, dtype=pl.String))
    codes = resolve_residence(asked, areas=areas.frame(), area_code=area_code)
    named = pl.col("village").is_not_null() | pl.col("district").is_not_null()
    return pl.concat([rows, codes], how="horizontal").with_row_index("at").with_columns(
        area_code=pl.coalesce("village_code", "district_code", pl.lit(area_code)),
        reason=pl.coalesce(
            "reason",
            pl.when(named & pl.col("outside").fill_null(False)).then(pl.lit("outside")),
            pl.when(named & pl.coalesce("village_code", "district_code").is_null()).then(pl.lit("place_unknown")),
        ),
    ).drop("village_code", "district_code", "outside", "unknown_place")  # fmt: skip


def _known(area_code: str) -> pl.DataFrame:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, nullif(registration, ''), name_key, area_code, registered, reported, programmes, size, address,"
            " sector, contact IS NOT NULL FROM partners_employer WHERE region_code = %s ORDER BY id",
            [area_code[:4]],
        )
        return pl.DataFrame(cursor.fetchall(), schema=_KNOWN, orient="row")


def _matched(rows: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    by_number = known.filter(pl.col("registration").is_not_null()).select(
        "registration", by_number="id", number_key="name_key"
    )
    by_name = known.group_by("name_key").agg(
        by_name=pl.col("id").first(), bearers=pl.len(), numbered=pl.col("registration").first()
    )
    by_place = known.group_by("name_key", "area_code").agg(by_place=pl.col("id").first(), there=pl.len())
    found = (
        rows.join(by_number, on="registration", how="left")
        .join(by_name, on="name_key", how="left")
        .join(by_place, on=["name_key", "area_code"], how="left")
    )
    one_name = (pl.col("bearers") == 1) & (pl.col("registration").is_null() | pl.col("numbered").is_null())
    one_there = (pl.col("there") == 1) & pl.col("registration").is_null()
    other_name = pl.col("by_number").is_not_null() & (
        pl.col("name_key").str.split(" ").list.set_intersection(pl.col("number_key").str.split(" ")).list.len() == 0
    )
    several = pl.col("by_number").is_null() & pl.col("registration").is_null() & (pl.col("bearers") > 1) & ~one_there
    return found.with_columns(
        employer_id=pl.coalesce(
            "by_number", pl.when(one_name).then("by_name"), pl.when(one_there.fill_null(False)).then("by_place")
        ),
        reason=pl.coalesce(
            "reason",
            pl.when(other_name.fill_null(False)).then(pl.lit("number_of_another")),
            pl.when(several.fill_null(False)).then(pl.lit("name_of_several")),
        ),
    ).select(*rows.columns, "employer_id")


def _told_apart(rows: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """The verdict of each line; the second line about one employer is refused, for it would hide the first."""
    who = pl.coalesce(
        pl.col("employer_id").cast(pl.String),
        pl.lit("n") + pl.col("registration"),
        pl.col("name_key") + pl.lit("@") + pl.col("area_code"),
    )
    fit = rows.filter(pl.col("reason").is_null()).with_columns(who=who)
    number = pl.col("registration")
    again = ~pl.col("who").is_first_distinct() | (number.is_not_null() & ~number.is_first_distinct())
    fit = fit.with_columns(reason=pl.when(again).then(pl.lit("twice_in_file"))).drop("who")
    rows = pl.concat([rows.filter(pl.col("reason").is_not_null()), fit])
    now = known.select(
        pl.col("id").alias("employer_id"),
        *(pl.col(name).alias(f"{name}_now") for name in (*FACTS, "address", "sector", "registration", "area_code")),
    )
    joined = rows.join(now, on="employer_id", how="left")
    changed = pl.any_horizontal(
        *(_says_other(name) for name in FACTS),
        *(_says_other(name) for name in ("address", "sector", "registration")),
        # A place only becomes more exact: from the region to one of its villages.
        pl.col("area_code").str.len_chars() > pl.col("area_code_now").str.len_chars(),
    ).fill_null(False)
    return joined.with_columns(
        verdict=pl.when(pl.col("reason").is_not_null()).then(pl.lit("refused"))
        .when(pl.col("employer_id").is_null()).then(pl.lit("new"))
        .when(changed).then(pl.lit("updated"))
        .otherwise(pl.lit("unchanged"))
    ).drop(pl.selectors.ends_with("_now"))  # fmt: skip


def _says_other(name: str) -> pl.Expr:
    """The line speaks of it, and says other than what is known."""
    said, now = pl.col(name), pl.col(f"{name}_now")
    if name == "programmes":
        # As text, for lists have no order to compare by here.
        said, now = said.list.sort().list.join(","), now.list.sort().list.join(",")
    return said.is_not_null() & said.ne_missing(now)
