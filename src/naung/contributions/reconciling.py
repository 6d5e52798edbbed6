"""Reading the branch's list, to hold it against a bill."""

from __future__ import annotations

from datetime import date

import polars as pl

from naung.registry.references import read_reference
from naung.registry.vault import vault


def branch_hashes(content: bytes, filename: str, *, as_of: date) -> pl.Series:
    """The keyed hashes of the NIKs in a branch's list, as hex; the numbers themselves are kept nowhere.

    Raises FileRefused, NothingRecognised.
    """
    read = read_reference(content, filename, kind="members", as_of=as_of)
    return pl.Series("nik_index", vault().index_column("nik", read.rows["nik"].to_list()), dtype=pl.String)
