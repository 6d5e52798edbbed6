"""Candidates in columns: who comes before whom. The columnar twin of `rules.selection.order`."""

import struct
from datetime import date
from hashlib import blake2b

import polars as pl

from naung.bulk.screening import all_hold, number_of, unmet_soft
from naung.rules.conditions import Field
from naung.rules.selection import LAST, Priority, PriorityKind, SelectionRules


def ranked(frame: pl.DataFrame, rules: SelectionRules, *, on: date) -> pl.DataFrame:
    """The candidates from first to last, with `rank` (1 is first), `score` (a number for each priority) and `lot`.

    A total order: priorities, then the lot, then the key. The order of `frame` plays no part.
    """
    parts = [f"score:{number}" for number in range(len(rules.priorities))]
    scored = frame.with_columns(
        pl.Series("lot", lots(rules.seed, frame["key"]), dtype=pl.UInt64),
        *(_score(one, rules, on).cast(pl.Int64).alias(name) for one, name in zip(rules.priorities, parts, strict=True)),
    )
    score = pl.concat_list(parts) if parts else pl.lit([], dtype=pl.List(pl.Int64))
    return (
        scored.sort(*parts, "lot", "key")
        .with_columns(score.alias("score"), rank=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
        .drop(parts)
    )


def lots(seed: int, keys: pl.Series) -> list[int]:
    """The lot of each key as `rules.selection.lottery` draws it.

    A published lot must be one that anybody can draw again with a common tool, so this is BLAKE2b and not the hash
    of a library, at the price of the one loop over people: about a second for a million.
    """
    secret = str(seed).encode()
    drawn = b"".join([blake2b(key.encode(), digest_size=8, key=secret).digest() for key in keys.to_list()])
    return list(struct.unpack(f">{len(keys)}Q", drawn))


def _score(priority: Priority, rules: SelectionRules, on: date) -> pl.Expr:
    """The number that one priority gives; see `rules.selection.score_of`."""
    match priority.kind:
        case PriorityKind.TIERS:
            steps = [pl.when(all_hold(tier, on=on)).then(pl.lit(place)) for place, tier in enumerate(priority.tiers)]
            return pl.coalesce(*steps, pl.lit(len(priority.tiers)))
        case PriorityKind.POINTS:
            given = (all_hold(one.conditions, on=on).cast(pl.Int64) * one.points for one in priority.weights)
            return -pl.sum_horizontal(pl.lit(0, dtype=pl.Int64), *given)
        case PriorityKind.SOFT:
            return unmet_soft(rules, on=on)
        case PriorityKind.LISTED:
            return _place_in(priority)
        case _:
            assert priority.field is not None
            bounded = pl.min_horizontal(number_of(priority.field, on), pl.lit(LAST - 1, dtype=pl.Int64))
            number = bounded if priority.kind is PriorityKind.ASCENDING else -bounded
            known = number_of(priority.field, on).is_not_null()
            return pl.when(known).then(number).otherwise(pl.lit(LAST, dtype=pl.Int64))


def _place_in(priority: Priority) -> pl.Expr:
    assert priority.field is not None
    values, last = priority.values, len(priority.values)
    if priority.field is Field.AREA:
        steps = (
            pl.when(pl.col("area_code").str.starts_with(code)).then(pl.lit(place)) for place, code in enumerate(values)
        )
        return pl.coalesce(*steps, pl.lit(last))
    places = {value: values.index(value) for value in values}
    return pl.col(priority.field.value).replace_strict(places, default=last, return_dtype=pl.Int64)
