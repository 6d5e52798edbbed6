"""Reading the branch's list, and holding it against the people of a bill: by keyed hash of the NIK, in columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from naung.contributions.models import Bill, BillLine, Difference
from naung.registry.models import Worker
from naung.registry.references import read_reference
from naung.registry.vault import vault
from naung.rules.periods import months_between

FOUND = {
    "kind": pl.String,
    "worker": pl.Int64,
    "their_line": pl.Int64,
    "here_rp": pl.Int64,
    "there_rp": pl.Int64,
}


@dataclass(frozen=True, slots=True)
class BranchList:
    """Whom the branch's list names: `nik_index` (hex), `their_line` (counted from 1), `there_rp` where it states one.

    The numbers themselves are kept nowhere.
    """

    filename: str
    sha256: str
    people: pl.DataFrame
    unreadable: int


def read_branch_list(content: bytes, filename: str, *, as_of: date) -> BranchList:
    """Raises FileRefused, NothingRecognised."""
    read = read_reference(content, filename, kind="members", as_of=as_of)
    people = pl.DataFrame(
        {
            "nik_index": pl.Series(vault().index_column("nik", read.rows["nik"].to_list()), dtype=pl.String),
            "their_line": pl.int_range(1, read.rows.height + 1, dtype=pl.Int64, eager=True),
            "there_rp": read.rows["amount"],
        }
    )
    return BranchList(filename, read.sha256, people, read.malformed)


@dataclass(frozen=True, slots=True)
class Compared:
    """How many agree, and the differences (`FOUND`)."""

    both: int
    differences: pl.DataFrame


def compare(bill: Bill, branch: BranchList) -> Compared:
    """The live lines of a bill against the branch's list.

    An amount agrees when it is what the person costs in all of the bill's months, or in one of them.
    """
    here = _people_of(bill)
    months = months_between(bill.first_month, bill.last_month) + 1
    there = branch.people
    pairs = here.join(there, on="nik_index", how="inner")
    differs = (
        pl.col("there_rp").is_not_null()
        & ~pl.col("there_rp").is_in([0])
        & ((pl.col("there_rp") != pl.col("here_rp")) & (pl.col("there_rp") * months != pl.col("here_rp")))
    )
    amounts = pairs.filter(differs)
    only_here = here.join(there, on="nik_index", how="anti")
    only_there = there.join(here, on="nik_index", how="anti").join(_known(there), on="nik_index", how="left")
    K = Difference.Kind
    parts = [_as(K.ONLY_HERE, only_here), _as(K.ONLY_THERE, only_there), _as(K.AMOUNT, amounts)]
    return Compared(pairs.height - amounts.height, pl.concat(parts).sort("kind", "worker", "their_line"))


def _as(kind: str, rows: pl.DataFrame) -> pl.DataFrame:
    absent = [pl.lit(None, dtype=dtype).alias(name) for name, dtype in FOUND.items() if name not in rows.columns]
    return rows.with_columns(*absent).with_columns(kind=pl.lit(str(kind))).select(*FOUND)


def _people_of(bill: Bill) -> pl.DataFrame:
    lines = BillLine.objects.filter(bill=bill, live=True).values_list(
        "worker__nik_index", "worker_id", "jkk_rp", "jkm_rp", "jht_rp"
    )
    rows = [(index.hex, worker, jkk + jkm + jht) for index, worker, jkk, jkm, jht in lines.iterator(chunk_size=10_000)]
    frame = pl.DataFrame(rows, schema={"nik_index": pl.String, "worker": pl.Int64, "here_rp": pl.Int64}, orient="row")
    return frame.group_by("nik_index", "worker").agg(pl.col("here_rp").sum())


def _known(there: pl.DataFrame) -> pl.DataFrame:
    """Which of the branch's people are workers here, though not on this bill."""
    found = Worker.objects.filter(nik_index__in=there["nik_index"].to_list()).values_list("nik_index", "pk")
    rows = [(index.hex, worker) for index, worker in found]
    return pl.DataFrame(rows, schema={"nik_index": pl.String, "worker": pl.Int64}, orient="row")
