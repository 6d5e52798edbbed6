"""The list of areas that travels with the package, read without a database.

`areas.csv.xz` holds the areas in force by the latest decree we ship, `former.csv` the codes that NIKs and old
lists still carry, `edition.json` where both come from. `scripts/make_area_seed.py` writes all three.
"""

from __future__ import annotations

import functools
import json
import lzma
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from types import MappingProxyType

import polars as pl

from naung.areas.codes import Kind

FRAME = pl.Schema({"code": pl.String, "name": pl.String, "kind": pl.String, "level": pl.Int16, "former": pl.Boolean})

_FOLDER = resources.files("naung.areas") / "data"


@dataclass(frozen=True)
class Edition:
    """One state of the national list: the decree behind it and the version of the data made from it."""

    version: str
    decree: str
    decided_on: date
    source: str
    licence: str
    # Province to the first day of its codes, where a decree we know began them.
    since: Mapping[str, date]


@dataclass(frozen=True)
class Seed:
    """What `actions.load_areas` loads.

    `areas`: code, name. `former`: code, name, valid_until (the first day the code no longer held), successors
    (codes separated by spaces, or null), confidence (`read` from a list, or `recalled`), source.
    """

    edition: Edition
    areas: pl.DataFrame
    former: pl.DataFrame


@functools.cache
def packaged_edition() -> Edition:
    facts = json.loads((_FOLDER / "edition.json").read_text(encoding="utf-8"))
    return Edition(
        version=facts["version"],
        decree=facts["decree"],
        decided_on=date.fromisoformat(facts["decided_on"]),
        source=facts["source"],
        licence=facts["licence"],
        since=MappingProxyType({code: date.fromisoformat(day) for code, day in facts["since"].items()}),
    )


def data_version() -> str:
    """The version of the packaged list; changes whenever a code, a name or a former code changes."""
    return packaged_edition().version


@functools.cache
def packaged_seed() -> Seed:
    areas = pl.read_csv(lzma.decompress((_FOLDER / "areas.csv.xz").read_bytes()), infer_schema=False)
    former = pl.read_csv((_FOLDER / "former.csv").read_bytes(), infer_schema=False).with_columns(
        pl.col("valid_until").str.to_date()
    )
    return Seed(packaged_edition(), areas, former)


@functools.cache
def seed_frame() -> pl.DataFrame:
    """Every area of the package, former ones too, as `FRAME`, sorted by code; no database is asked."""
    seed = packaged_seed()
    return (
        pl.concat(
            [
                seed.areas.select("code", "name", former=pl.lit(False)),
                seed.former.select("code", "name", former=pl.lit(True)),
            ]
        )
        .with_columns(kind=kind_expression(), level=level_expression())
        .select(FRAME.names())
        .sort("code")
    )


def level_expression() -> pl.Expr:
    """`codes.level_of` over the column `code`."""
    return pl.col("code").str.len_bytes().replace_strict({2: 1, 4: 2, 6: 3, 10: 4}, return_dtype=pl.Int16)


def kind_expression() -> pl.Expr:
    """`codes.kind_of` over the column `code`."""
    code, digits = pl.col("code"), pl.col("code").str.len_bytes()
    return (
        pl.when(digits == 2)
        .then(pl.lit(Kind.PROVINCE.value))
        .when(digits == 4)
        .then(
            pl.when(code.str.slice(2, 1) >= "7").then(pl.lit(Kind.KOTA.value)).otherwise(pl.lit(Kind.KABUPATEN.value))
        )
        .when(digits == 6)
        .then(pl.lit(Kind.KECAMATAN.value))
        .when(code.str.slice(6, 1) == "1")
        .then(pl.lit(Kind.KELURAHAN.value))
        .otherwise(pl.lit(Kind.DESA.value))
    )


def issuing_regencies() -> frozenset[str]:
    """The four digits a NIK may begin with: every kabupaten and kota that is known to have had a code.

    Judge a NIK by these and not by six digits: when a regency is split, its districts get other codes while
    the NIKs issued before keep the old ones, and most lists of such districts are lost to us.
    """
    return frozenset(seed_frame().filter(level=2)["code"])
