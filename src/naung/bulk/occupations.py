"""The taxonomy of work, and a matcher over columns that finds the code in what villages write.

Exact synonyms are tried first, then words that all occur in the text; among several, the one with the most
words, then the longest, then the first in the file. A text that fits nothing has no code: nothing is guessed.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import polars as pl
import yaml

Sector = Literal["transport", "other"]


@dataclass(frozen=True)
class Occupation:
    """One kind of work. `risk` runs from 1 (low) to 5 (deadly), an ordering of our own."""

    code: str
    label: str
    group: str
    sector: Sector
    risk: int
    synonyms: tuple[str, ...]
    contains: tuple[tuple[str, ...], ...]


@cache
def occupations() -> dict[str, Occupation]:
    """All occupations by code, in the order of the file."""
    listed = yaml.safe_load((Path(__file__).parent / "occupations.yaml").read_text(encoding="utf-8"))
    return {
        row["code"]: Occupation(
            code=row["code"],
            label=row["label"],
            group=row["group"],
            sector=row["sector"],
            risk=row["risk"],
            synonyms=tuple(str(s) for s in row["synonyms"]),
            contains=tuple(tuple(words) for words in row.get("contains", ())),
        )
        for row in listed
    }


def match_occupations(texts: pl.Series) -> pl.Series:
    """The code of each text (null where none fits), row by row as `texts`."""
    frame = pl.DataFrame({"text": texts.cast(pl.String)})
    distinct = frame.unique("text").drop_nulls()
    found = distinct.with_columns(code=_code(distinct["text"]))
    return frame.join(found, on="text", how="left", maintain_order="left")["code"]


def sector_of(codes: pl.Expr) -> pl.Expr:
    """`transport` or `other` for a column of codes; null where there is no code."""
    return codes.replace_strict(
        {o.code: o.sector for o in occupations().values()}, default=None, return_dtype=pl.String
    )


def _key(text: pl.Expr) -> pl.Expr:
    spaced = text.str.to_uppercase().str.replace_all(r"\([^)]*\)", " ").str.replace_all(r"[^A-Z0-9]+", " ")
    return spaced.str.strip_chars()


def _code(texts: pl.Series) -> pl.Series:
    frame = pl.DataFrame({"text": texts}).select(key=_key(pl.col("text")))
    exact = pl.col("key").replace_strict(_synonyms(), default=None, return_dtype=pl.String)
    padded = pl.format(" {} ", "key")
    by_words = pl.coalesce(
        *(
            pl.when(pl.all_horizontal(padded.str.contains(word, literal=True) for word in words)).then(pl.lit(code))
            for words, code in _word_rules()
        )
    )
    return frame.select(code=pl.coalesce(exact, by_words)).to_series()


@cache
def _synonyms() -> dict[str, str]:
    keys: dict[str, str] = {}
    listed = [(s, o.code) for o in occupations().values() for s in (o.label, o.code.replace("_", " "), *o.synonyms)]
    normal = pl.DataFrame({"s": [s for s, _ in listed]}).select(_key(pl.col("s")))["s"].to_list()
    for key, (_, code) in zip(normal, listed, strict=True):
        keys.setdefault(key, code)
    return keys


@cache
def _word_rules() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Word rules, the most telling first: most words, then longest, then the order of the file.

    A word of four letters and more may stand inside a longer one (PENJUAL, JUALAN); a shorter one
    stands alone, or RT would be found in KARTU.
    """
    rules = [(words, o.code) for o in occupations().values() for words in o.contains]
    rules.sort(key=lambda rule: (-len(rule[0]), -sum(map(len, rule[0]))))
    return tuple((tuple(w.upper() if len(w) > 3 else f" {w.upper()} " for w in words), code) for words, code in rules)
