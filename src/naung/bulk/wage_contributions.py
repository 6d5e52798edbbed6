"""Contributions of wage earners and construction workers over columns: `rules.wage_contributions`, a month a row.

The rates of a month come from the plain functions, asked once for each cell (stretch of months × class of risk ×
relief × condition); the frame looks its cell up and multiplies. Products are exact: whole rupiah × a rate over ten
thousand millions, in integers of 128 bits, rounded half up as `money.share` does. A row that the plain function
would refuse has empty amounts and the code of the refusal: never a zero.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import product
from typing import Any

import polars as pl

from naung.refusal import Refusal
from naung.rules.construction import construction_by_wage
from naung.rules.dated import Citation
from naung.rules.law import Law
from naung.rules.money import Rupiah
from naung.rules.periods import add_months
from naung.rules.wage_contributions import (
    RISK_CLASSES,
    Bearer,
    NegativeWage,
    NoSuchRiskClass,
    WageProgramme,
    WageRates,
    jkp_of,
    wage_rates,
)

_SCALE = 10**10
_SIDES = tuple(f"{programme.value.lower()}.{bearer.value}" for programme, bearer in (
    (WageProgramme.JKK, Bearer.EMPLOYER), (WageProgramme.JKM, Bearer.EMPLOYER), (WageProgramme.JHT, Bearer.EMPLOYER),
    (WageProgramme.JHT, Bearer.WORKER), (WageProgramme.JP, Bearer.EMPLOYER), (WageProgramme.JP, Bearer.WORKER),
))  # fmt: skip
_PACKAGES = [
    "+".join(programme.value for bit, programme in enumerate(WageProgramme) if bits >> bit & 1)
    for bits in range(1, 2 ** len(WageProgramme))
]
#: What the `programmes` column of a wage earner may say.
WAGE_PACKAGES = pl.Enum(_PACKAGES)
_ALL = len(_PACKAGES)

# How the relief of labour-intensive employers stands for a row: not asked for, given, asked for in vain.
_NONE, _GIVEN, _REFUSED = range(3)
_LAW_KEYS = ("ppu.", "relief.", "jakon.wage.", "rounding")


def wage_package(programmes: Iterable[WageProgramme]) -> str:
    """`JKK+JKM+JHT+JP`: how a set of programmes is written in the `programmes` column."""
    taken = set(programmes)
    return "+".join(programme.value for programme in WageProgramme if programme in taken)


def ppu_contributions(frame: pl.DataFrame | pl.LazyFrame, *, law: Law) -> pl.LazyFrame:
    """The frame with what each wage earner's month costs.

    Wanted columns: `month` (date, first of the month), `wage` (whole rupiah), `risk_class` (1 to 5), `programmes`
    (what `wage_package` writes). Optional: `labour_intensive` (null = no), `workers` (null = enough), `settled_on`
    (date, null = in time), `paid_through_july_2020` (null = met).

    Added: `jkk_rp`, `jkm_rp`, `jht_rp`, `jp_rp` (both sides), `worker_rp` (what is taken from the wage),
    `jp_deferred_rp`, `total_rp`, `relief`, `recalled`, `refusal` (its code, or `facts_missing`).
    """
    lazy = _with_defaults(frame.lazy())
    rates = _ppu_rates(law)
    at = _starts_before(pl.col("month"), rates.month_starts)
    fewest, last_day = (pl.lit(rates.months[name]).gather(at) for name in ("fewest", "last_day"))
    given = (
        pl.col("labour_intensive")
        & (pl.col("workers").is_null() | fewest.is_null() | (pl.col("workers") >= fewest))
        & (pl.col("settled_on").is_null() | last_day.is_null() | (pl.col("settled_on") <= last_day))
    )
    relief = pl.when(given).then(_GIVEN).when(pl.col("labour_intensive")).then(_REFUSED).otherwise(_NONE)
    known_class = pl.col("risk_class").is_between(RISK_CLASSES[0], RISK_CLASSES[-1])
    cell = at
    cell = cell * len(RISK_CLASSES) + pl.when(known_class).then(pl.col("risk_class") - RISK_CLASSES[0]).otherwise(0)
    cell = cell * 3 + relief
    cell = cell * 2 + pl.col("paid_through_july_2020").cast(pl.UInt32)
    missing = pl.any_horizontal(pl.col(name).is_null() for name in ("month", "wage", "risk_class", "programmes"))
    early = (
        pl.when(missing)
        .then(pl.lit("facts_missing"))
        .when(pl.col("wage") < 0)
        .then(pl.lit(NegativeWage.code))
        .when(~known_class)
        .then(pl.lit(NoSuchRiskClass.code))
    )
    looked_up = lazy.with_columns(
        __cell=cell.cast(pl.UInt32),
        __early=early,
        __bits=pl.col("programmes").cast(WAGE_PACKAGES).to_physical().cast(pl.UInt8) + 1,
    )
    return _priced(looked_up, rates.cells).drop("__cell", "__early", "__bits", *_added(frame))


def construction_contributions(frame: pl.DataFrame | pl.LazyFrame, *, law: Law) -> pl.LazyFrame:
    """The frame with what each construction worker's month costs, where the wage is known.

    Wanted columns: `month`, `wage`; optional `paid_through_july_2020`. Added: the columns of `ppu_contributions`.
    """
    lazy = _with_defaults(frame.lazy())
    rates = _construction_rates(law)
    cell = _starts_before(pl.col("month"), rates.month_starts) * 2 + pl.col("paid_through_july_2020").cast(pl.UInt32)
    missing = pl.any_horizontal(pl.col(name).is_null() for name in ("month", "wage"))
    early = pl.when(missing).then(pl.lit("facts_missing")).when(pl.col("wage") < 0).then(pl.lit(NegativeWage.code))
    both = _PACKAGES.index("JKK+JKM") + 1
    looked_up = lazy.with_columns(__cell=cell.cast(pl.UInt32), __early=early, __bits=pl.lit(both, dtype=pl.UInt8))
    return _priced(looked_up, rates.cells).drop("__cell", "__early", "__bits", *_added(frame))


_DEFAULTS = {
    "labour_intensive": pl.lit(False),
    "workers": pl.lit(None, dtype=pl.Int64),
    "settled_on": pl.lit(None, dtype=pl.Date),
    "paid_through_july_2020": pl.lit(True),
}


def _with_defaults(lazy: pl.LazyFrame) -> pl.LazyFrame:
    names = lazy.collect_schema().names()
    lazy = lazy.with_columns(default.alias(name) for name, default in _DEFAULTS.items() if name not in names)
    return lazy.with_columns(
        pl.col("labour_intensive").fill_null(False), pl.col("paid_through_july_2020").fill_null(True)
    )


def _added(frame: pl.DataFrame | pl.LazyFrame) -> list[str]:
    names = frame.lazy().collect_schema().names()
    return [name for name in _DEFAULTS if name not in names]


def _starts_before(column: pl.Expr, starts: pl.Series) -> pl.Expr:
    """0 before the first start, 1 from it on, and so forth."""
    return pl.lit(starts).search_sorted(column.cast(starts.dtype), side="right").cast(pl.UInt32)


def _priced(lazy: pl.LazyFrame, cells: pl.DataFrame) -> pl.LazyFrame:
    at = {name: pl.lit(cells[name]).gather(pl.col("__cell")) for name in cells.columns}
    taken = {
        programme.value.lower(): (pl.col("__bits") & (1 << bit)) > 0 for bit, programme in enumerate(WageProgramme)
    }
    wage = pl.col("wage").cast(pl.Int128)
    ceiling = at["ceiling"].cast(pl.Int128)
    base = {side: pl.min_horizontal(wage, ceiling) if side.startswith("jp.") else wage for side in _SIDES}

    def product_of(side: str, rate: str) -> pl.Expr:
        return base[side] * at[f"{side}.{rate}"].cast(pl.Int128)

    lazy = lazy.with_columns(refusal=pl.coalesce("__early", at["refusal"]))
    lazy = lazy.with_columns(
        *(_half_up(product_of(side, "net")).alias(f"__{side}") for side in _SIDES),
        *(_half_up(product_of(side, "rate")).alias(f"__gross.{side}") for side in _SIDES[:2]),
    )
    kept = pl.col("refusal").is_null()
    due = {side: pl.when(taken[side.partition(".")[0]]).then(pl.col(f"__{side}")).otherwise(0) for side in _SIDES}
    lowered = pl.any_horizontal(
        taken[side.partition(".")[0]] & (pl.col(f"__{side}") != pl.col(f"__gross.{side}")) for side in _SIDES[:2]
    )
    deferred = sum(
        (_half_up(due[side] * at["deferral"].cast(pl.Int128)) for side in _SIDES[4:]), start=pl.lit(0, pl.Int64)
    )
    rounded = {side: product_of(side, "net") % _SCALE != 0 for side in _SIDES}
    recalled = pl.any_horizontal(
        *(
            taken[side.partition(".")[0]] & (at[f"{side}.recalled"] | (at["rounding_recalled"] & rounded[side]))
            for side in _SIDES
        ),
        taken["jp"] & at["ceiling_recalled"] & (wage > ceiling).fill_null(False),
        lowered & at["relief_recalled"],
        (taken["jkk"] | taken["jkm"]) & at["refused_relief_recalled"],
        taken["jp"] & at["deferral_recalled"],
        (pl.col("__bits") == _ALL) & at["jkp_recalled"],
    )
    both = {
        "jkk": due["jkk.employer"],
        "jkm": due["jkm.employer"],
        "jht": due["jht.employer"] + due["jht.worker"],
        "jp": due["jp.employer"] + due["jp.worker"],
    }
    named = pl.when(taken["jkk"]).then(at["relief_jkk"]).when(taken["jkm"]).then(at["relief_jkm"])
    return lazy.with_columns(
        *(pl.when(kept).then(amount).alias(f"{name}_rp") for name, amount in both.items()),
        pl.when(kept).then(due["jht.worker"] + due["jp.worker"]).alias("worker_rp"),
        pl.when(kept).then(deferred).alias("jp_deferred_rp"),
        pl.when(kept).then(pl.sum_horizontal(*both.values())).alias("total_rp"),
        pl.when(kept).then(named).alias("relief"),
        pl.when(kept).then(recalled).alias("recalled"),
    ).drop(*(f"__{side}" for side in _SIDES), *(f"__gross.{side}" for side in _SIDES[:2]))


def _half_up(scaled: pl.Expr) -> pl.Expr:
    """A product over `_SCALE` in whole rupiah, rounded half up; products are not negative here."""
    return ((2 * scaled + _SCALE) // (2 * _SCALE)).cast(pl.Int64)


@dataclass(frozen=True, eq=False)
class _Rates:
    month_starts: pl.Series
    months: pl.DataFrame
    cells: pl.DataFrame


_CELL = (
    {f"{side}.{rate}": pl.Int64 for side in _SIDES for rate in ("rate", "net")}
    | {f"{side}.recalled": pl.Boolean for side in _SIDES}
    | {"ceiling": pl.Int64, "deferral": pl.Int64, "relief_jkk": pl.String, "relief_jkm": pl.String}
    | {
        f"{name}_recalled": pl.Boolean
        for name in ("rounding", "ceiling", "relief", "refused_relief", "deferral", "jkp")
    }
    | {"refusal": pl.String}
)


def _month_starts(law: Law) -> list[date]:
    """The months from which anything about these contributions may differ from the month before."""
    # The law of a month is the law of its first day: a change inside a month is seen by the next one.
    return sorted({day if day.day == 1 else add_months(day, 1) for day in law.changes(*_LAW_KEYS)})


@lru_cache(maxsize=8)
def _ppu_rates(law: Law) -> _Rates:
    """Ask the plain function once for each cell, in the order in which `ppu_contributions` counts them."""
    starts = _month_starts(law)
    months = [add_months(starts[0], -1), *starts]
    cells = [
        _ppu_cell(month, risk_class, relief, met, law)
        for month, risk_class, relief, met in product(months, RISK_CLASSES, (_NONE, _GIVEN, _REFUSED), (False, True))
    ]
    by_month = [
        (
            getattr(law.count("relief.pp7_2025.min_workers").find(month), "value", None),
            _settle_by(law, month),
        )
        for month in months
    ]
    return _Rates(
        pl.Series(starts, dtype=pl.Date),
        pl.DataFrame(by_month, schema={"fewest": pl.Int64, "last_day": pl.Date}, orient="row"),
        pl.DataFrame(cells, schema=_CELL),
    )


def _settle_by(law: Law, month: date) -> date | None:
    found = law.mapping("relief.pp36_2025.settle_by").find(month)
    return None if found is None else found.value["last_day"]


def _ppu_cell(month: date, risk_class: int, relief: int, met: bool, law: Law) -> dict[str, Any]:
    try:
        rates = wage_rates(
            month,
            risk_class=risk_class,
            labour_intensive=relief != _NONE,
            # Nobody at all is too few, wherever a number is asked for.
            workers=0 if relief == _REFUSED else None,
            paid_through_july_2020=met,
            settled_on=None,
            law=law,
        )
    except Refusal as refusal:
        return _empty() | {"refusal": refusal.code}
    jkp = jkp_of(month, 0, law)
    return _cell_of(rates) | {"jkp_recalled": jkp is not None and _recalled(jkp.citations)}


def _cell_of(rates: WageRates) -> dict[str, Any]:
    cell = _empty()
    for side in rates.sides:
        name = f"{side.programme.value.lower()}.{side.borne_by.value}"
        cell |= {
            f"{name}.rate": _scaled(side.rate.value),
            f"{name}.net": _scaled(side.net),
            f"{name}.recalled": side.rate.citation.recalled,
        }
        if side.ceiling is not None:
            cell |= {"ceiling": side.ceiling.value, "ceiling_recalled": side.ceiling.citation.recalled}
    if rates.deferral is not None:
        cell["deferral"] = _scaled(rates.deferral.value)
    if named := rates.deferral or rates.refused_deferral:
        cell["deferral_recalled"] = named.citation.recalled
    for programme in (WageProgramme.JKK, WageProgramme.JKM):
        applied = [one.key for one in rates.reliefs if one.applied and programme in one.programmes]
        cell[f"relief_{programme.value.lower()}"] = applied[0] if applied else None
    return cell | {
        "relief_recalled": any(_recalled(one.citations) for one in rates.reliefs if one.applied),
        "refused_relief_recalled": any(_recalled(one.citations) for one in rates.reliefs if not one.applied),
        "rounding_recalled": rates.rounding is not None and rates.rounding.recalled,
    }


def _empty() -> dict[str, Any]:
    numbers = {name: 0 for name, kind in _CELL.items() if kind == pl.Int64}
    return numbers | {name: False for name, kind in _CELL.items() if kind == pl.Boolean} | {
        "refusal": None, "relief_jkk": None, "relief_jkm": None,
    }  # fmt: skip


def _recalled(citations: Iterable[Citation]) -> bool:
    return any(citation.recalled for citation in citations)


def _scaled(rate: Decimal) -> int:
    """A rate over `_SCALE`. A rate with more than ten decimals is our own mistake."""
    scaled = rate * _SCALE
    assert scaled == int(scaled), f"{rate} has more decimals than the columns carry"
    return int(scaled)


@lru_cache(maxsize=8)
def _construction_rates(law: Law) -> _Rates:
    """Ask the plain function once for each cell: on a wage so large that every rate comes out whole."""
    starts = _month_starts(law)
    months = [add_months(starts[0], -1), *starts]
    cells = [_construction_cell(month, met, law) for month in months for met in (False, True)]
    return _Rates(pl.Series(starts, dtype=pl.Date), pl.DataFrame(), pl.DataFrame(cells, schema=_CELL))


def _construction_cell(month: date, met: bool, law: Law) -> dict[str, Any]:
    try:
        one = construction_by_wage(month, wage=_SCALE, paid_through_july_2020=met, law=law)
    except Refusal as refusal:
        return _empty() | {"refusal": refusal.code}
    gross: dict[str, Rupiah] = {step.code: step.amount or 0 for step in one.explanation.steps}
    applied = law.rate("relief.pp49_2020.rate").find(month) if met else None
    rounding = law.words("rounding").cited(month).citation
    cell = _empty() | {"rounding_recalled": rounding.recalled}
    for name, due in (("jkk", one.jkk), ("jkm", one.jkm)):
        cell |= {
            f"{name}.employer.rate": gross[name],
            f"{name}.employer.net": due,
            f"{name}.employer.recalled": law.rate(f"jakon.wage.{name}").cited(month).citation.recalled,
            f"relief_{name}": None if applied is None else "relief.pp49_2020",
        }
    relief = law.rate("relief.pp49_2020.rate").find(month)
    is_recalled = relief is not None and relief.citation.recalled
    return cell | {
        "relief_recalled": is_recalled and met,
        "refused_relief_recalled": is_recalled and not met,
    }
