"""Contributions of worker-months of every segment in one frame: BPU, wage earners, construction by wage.

Each row goes to the columns of its segment (`bulk.contributions`, `bulk.wage_contributions`), which are proved equal
to the plain functions; the frame comes back in its own order.
"""

import polars as pl

from naung.bulk.contributions import contributions
from naung.bulk.wage_contributions import construction_contributions, ppu_contributions
from naung.rules.decisions import UNDECIDED, Decisions
from naung.rules.law import Law

SEGMENTS = pl.Enum(["BPU", "PPU", "JAKON"])

AMOUNTS = ("jkk_rp", "jkm_rp", "jht_rp", "jp_rp", "worker_rp", "jp_deferred_rp", "total_rp")
_SCHEMA: dict[str, pl.DataType] = {
    **{name: pl.Int64() for name in AMOUNTS}, "relief": pl.String(), "recalled": pl.Boolean(), "refusal": pl.String(),
}  # fmt: skip
_NOTHING = ("jp_rp", "worker_rp", "jp_deferred_rp")


def worker_month_contributions(
    frame: pl.DataFrame | pl.LazyFrame, *, law: Law, decisions: Decisions = UNDECIDED
) -> pl.DataFrame:
    """The frame, in its order, with `AMOUNTS`, `relief`, `recalled` and `refusal` added.

    Wanted columns: `month` (date, first of the month), `segment` (`SEGMENTS`), `wage` (whole rupiah: the income of a
    BPU worker, where null is the lowest band), `programmes` (as `bulk.contributions.package` or
    `bulk.wage_contributions.wage_package` write it), `sector` and `payer` for BPU, `risk_class` for PPU. Optional:
    `labour_intensive`, `workers`, `settled_on`, `paid_through_july_2020`. Columns of other segments may be null.

    `worker_rp` is what is taken from a wage (0 for BPU), `jp_deferred_rp` what of `total_rp` may wait (PP 49/2020).
    `refusal` is the code of the plain function's refusal, `facts_missing`, or `segment_unknown`; its amounts are
    null, never zero. A segment, sector, payer or package outside its words fails: InvalidOperationError of polars.
    """
    rows = frame.lazy().with_row_index("__at").collect()
    rows = rows.with_columns(pl.col("segment").cast(SEGMENTS))
    parts = [
        _of_bpu(rows.filter(pl.col("segment") == "BPU"), law, decisions),
        ppu_contributions(rows.filter(pl.col("segment") == "PPU"), law=law).collect(),
        construction_contributions(rows.filter(pl.col("segment") == "JAKON"), law=law).collect(),
        rows.filter(pl.col("segment").is_null()).with_columns(refusal=pl.lit("segment_unknown")),
    ]
    added = pl.concat([_shaped(part) for part in parts]).sort("__at").drop("__at")
    return rows.drop("__at").hstack(added)


def _of_bpu(rows: pl.DataFrame, law: Law, decisions: Decisions) -> pl.DataFrame:
    priced = contributions(rows.rename({"wage": "income"}), law=law, decisions=decisions).collect()
    kept = pl.col("refusal").is_null()
    return priced.with_columns(pl.when(kept).then(pl.lit(0)).alias(name) for name in _NOTHING)


def _shaped(part: pl.DataFrame) -> pl.DataFrame:
    missing = [pl.lit(None, dtype=kind).alias(name) for name, kind in _SCHEMA.items() if name not in part.columns]
    return part.with_columns(missing).select("__at", *(pl.col(name).cast(kind) for name, kind in _SCHEMA.items()))
