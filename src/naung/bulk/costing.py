"""What each candidate costs each funding line over a span of months, in columns.

The plain `rules.filling.cost_rp` prices every different case once (sector × income band × line); people only look
theirs up, so that the two cannot differ.
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from naung.bulk.filling import cost_column
from naung.rules.conditions import Candidate
from naung.rules.contributions import Programme
from naung.rules.decisions import UNDECIDED, Decisions
from naung.rules.filling import cost_rp
from naung.rules.law import Law
from naung.rules.selection import Line


def with_costs(
    frame: pl.DataFrame,
    lines: Sequence[Line],
    *,
    months: Sequence[date],
    package: frozenset[Programme],
    law: Law,
    decisions: Decisions = UNDECIDED,
) -> pl.DataFrame:
    """The frame with a cost column in whole rupiah for each line (`filling.cost_column`).

    Wanted columns: `sector`, `income_rp`. Raises NotInForce, NeedsDecision, NegativeIncome.
    """
    starts = pl.Series(
        sorted({row["income_from"] for line in law.parameters["bpu.bands"].values for row in line.value}),
        dtype=pl.Int64,
    )
    income = pl.col("income_rp").fill_null(0)
    # Any income of a band costs the same: the lowest one stands for all. A negative one stays, to be refused.
    place = pl.lit(starts).search_sorted(income, side="right").cast(pl.Int64) - 1
    band = pl.when(income < 0).then(income).otherwise(pl.lit(starts).gather(pl.max_horizontal(place, pl.lit(0))))
    banded = frame.with_columns(band.alias("__income"))
    cases = banded.select("sector", "__income").unique()
    priced = cases.with_columns(
        pl.Series(
            cost_column(line),
            [
                cost_rp(
                    Candidate(key="", sector=sector, income_rp=income_rp), line,
                    months=months, package=package, law=law, decisions=decisions,
                )
                for sector, income_rp in cases.iter_rows()
            ],
            dtype=pl.Int64,
        )
        for line in lines
    )  # fmt: skip
    return banded.join(priced, on=["sector", "__income"], how="left", maintain_order="left").drop("__income")
