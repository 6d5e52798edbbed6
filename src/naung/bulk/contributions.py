"""BPU contributions of many worker-months at once: `rules.contributions` over columns.

The plain function is the reference and is asked itself, once for each cell of the tariff (stretch of
months × band × sector × payer × condition); the frame then only looks its cell up. So the two cannot
differ, and a million rows cost a few look-ups per column. A row that the plain function would refuse
has empty amounts and the code of the refusal: never a zero.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import product

import polars as pl

from naung.refusal import Refusal
from naung.rules.contributions import Payer, Programme, Sector, bpu_contribution
from naung.rules.decisions import UNDECIDED, Decisions
from naung.rules.law import Law
from naung.rules.money import Rupiah
from naung.rules.periods import add_months

SECTORS = pl.Enum([sector.value for sector in Sector])
PAYERS = pl.Enum([payer.value for payer in Payer])

# The place of a package in this list, plus one, has a bit for each programme: JKK 1, JKM 2, JHT 4.
_PACKAGES = [
    "+".join(programme.value for bit, programme in enumerate(Programme) if bits >> bit & 1)
    for bits in range(1, 2 ** len(Programme))
]
PACKAGES = pl.Enum(_PACKAGES)

_COLUMNS = ("jkk", "jkm", "jht")


def package(programmes: Collection[Programme]) -> str:
    """`JKK+JKM`: how a set of programmes is written in the `programmes` column."""
    return "+".join(programme.value for programme in Programme if programme in programmes)


def contributions(frame: pl.DataFrame | pl.LazyFrame, *, law: Law, decisions: Decisions = UNDECIDED) -> pl.LazyFrame:
    """The frame with `jkk_rp`, `jkm_rp`, `jht_rp`, `total_rp`, `relief`, `recalled`, `refusal` added.

    Wanted columns: `month` (date, first of the month), `income` (whole rupiah, null = lowest band),
    `sector`, `payer` (values of the enums, as text or as `SECTORS`, `PAYERS`), `programmes` (what
    `package` writes), and, where the condition of PP 49/2020 matters, `paid_through_july_2020`
    (boolean, null = met). `relief` names the relief that was applied. `refusal` is the code of the
    plain function's refusal, or `facts_missing` for an empty fact; its amounts are null, never zero.

    A sector, payer or package outside the enums fails on collect: InvalidOperationError of polars.
    """
    lazy = frame.lazy()
    conditional = "paid_through_july_2020" in lazy.collect_schema().names()
    tariff = _tariff(law, decisions, conditional)

    cell = _slot("month", tariff.month_starts)
    cell = cell * (len(tariff.income_starts) + 1) + _slot("income", tariff.income_starts).fill_null(1)
    cell = cell * len(Sector) + pl.col("sector").cast(SECTORS).to_physical().cast(pl.UInt32)
    cell = cell * len(Payer) + pl.col("payer").cast(PAYERS).to_physical().cast(pl.UInt32)
    if conditional:
        cell = cell * 2 + pl.col("paid_through_july_2020").fill_null(True).cast(pl.UInt32)
    bits = pl.col("programmes").cast(PACKAGES).to_physical().cast(pl.UInt8) + 1

    looked_up = lazy.with_columns(cell.alias("__cell"), bits.alias("__bits"))
    return _with_amounts(looked_up, tariff.cells).drop("__cell", "__bits")


def _slot(column: str, starts: pl.Series) -> pl.Expr:
    """0 before the first start, 1 from it on, and so forth; null stays null."""
    slot = pl.lit(starts).search_sorted(pl.col(column).cast(starts.dtype), side="right")
    return pl.when(pl.col(column).is_not_null()).then(slot.cast(pl.UInt32))


def _with_amounts(lazy: pl.LazyFrame, cells: pl.DataFrame) -> pl.LazyFrame:
    at = {name: pl.lit(cells[name]).gather(pl.col("__cell")) for name in cells.columns}
    taken = {name: (pl.col("__bits") & (1 << bit)) > 0 for bit, name in enumerate(_COLUMNS)}
    refusal = pl.coalesce(
        pl.when(pl.col("__cell").is_null() | pl.col("__bits").is_null()).then(pl.lit("facts_missing")),
        *(pl.when(taken[name]).then(at[f"{name}_refusal"]) for name in _COLUMNS),
    )
    recalled = pl.any_horizontal(taken[name] & at[f"{name}_recalled"] for name in _COLUMNS)
    priced = lazy.with_columns(refusal.alias("refusal"))
    kept = pl.col("refusal").is_null()
    return priced.with_columns(
        *(
            pl.when(kept).then(pl.when(taken[name]).then(at[name]).otherwise(0)).alias(f"{name}_rp")
            for name in _COLUMNS
        ),
        pl.when(kept & (taken["jkk"] | taken["jkm"])).then(at["relief"]).alias("relief"),
        pl.when(kept).then(recalled).alias("recalled"),
    ).with_columns(total_rp=pl.sum_horizontal("jkk_rp", "jkm_rp", "jht_rp", ignore_nulls=False))


@dataclass(frozen=True, eq=False)
class _Tariff:
    """Every different contribution there is, with the starts that find its place."""

    month_starts: pl.Series
    income_starts: pl.Series
    cells: pl.DataFrame


@lru_cache(maxsize=8)
def _tariff(law: Law, decisions: Decisions, conditional: bool) -> _Tariff:
    """Ask the plain function once for each cell, in the order in which `contributions` counts them."""
    months = _month_starts(law, decisions)
    incomes = sorted({row["income_from"] for line in law.parameters["bpu.bands"].values for row in line.value})
    cells = [
        _cell(month, income, sector, payer, law, decisions, met)
        for month, income, sector, payer, met in product(
            [add_months(months[0], -1), *months],
            [-1, *incomes],
            Sector,
            Payer,
            (False, True) if conditional else (True,),
        )
    ]
    schema = pl.Schema(
        {name: pl.Int64() for name in _COLUMNS}
        | {f"{name}_recalled": pl.Boolean() for name in _COLUMNS}
        | {f"{name}_refusal": pl.String() for name in _COLUMNS}
        | {"relief": pl.String()}
    )
    return _Tariff(
        month_starts=pl.Series(months, dtype=pl.Date),
        income_starts=pl.Series(incomes, dtype=pl.Int64),
        cells=pl.DataFrame(cells, schema=schema, orient="row"),
    )


def _month_starts(law: Law, decisions: Decisions) -> list[date]:
    """The months from which anything about BPU contributions may differ from the month before."""
    days = set(law.changes("bpu.bands", "bpu.jkk.rate", "bpu.jkm.amount", "bpu.jht.rate", "relief.pp"))
    for decision in decisions.taken:
        days |= {decision.start} | ({decision.until} if decision.until else set())
    # The law of a month is the law of its first day: a change inside a month is seen by the next one.
    return sorted({day if day.day == 1 else add_months(day, 1) for day in days})


def _cell(
    month: date, income: Rupiah, sector: Sector, payer: Payer, law: Law, decisions: Decisions, met: bool
) -> tuple[int | bool | str | None, ...]:
    def ask(programme: Programme) -> tuple[Rupiah | None, bool | None, str | None, str | None]:
        try:
            contribution = bpu_contribution(
                month, income=income, programmes={programme}, sector=sector, payer=payer,
                law=law, decisions=decisions, paid_through_july_2020=met,
            )  # fmt: skip
        except Refusal as refusal:
            return None, None, refusal.code, None
        relief = contribution.relief
        return contribution.total, contribution.recalled, None, relief.key if relief else None

    amounts, recalled, refusals, reliefs = zip(*(ask(programme) for programme in Programme), strict=True)
    # JKK and JKM are relieved together, so the relief of either is the relief of the row.
    return (*amounts, *recalled, *refusals, reliefs[0] or reliefs[1])
