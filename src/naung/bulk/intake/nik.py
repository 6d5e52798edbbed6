"""The columnar twin of `naung.rules.nik`: the same reading of a NIK over a million rows.

Equal to the plain reference, finding by finding; `tests/rules/test_nik.py` holds the two together. Comparisons of
the NIK with other columns (birth date, sex, another person) are `checking`'s.
"""

from datetime import date

import polars as pl

from naung.rules.nik import (
    ADULT_AGE_YEARS,
    AGE_YEARS_MAX,
    EXACT_NUMBER_MAX,
    FLOAT_TEXT,
    SCIENTIFIC,
    SEPARATORS,
    NIKFinding,
    known_prefixes,
)

#: Findings in the order of `NIKFinding`; each is a Boolean column of `read_niks`.
FINDINGS = tuple(finding.value for finding in NIKFinding)
_COUNTED = ["1234567890123456", "0123456789012345", "9876543210987654", "6543210987654321"]


def read_niks(text: pl.Series, was_number: pl.Series, *, on: date) -> pl.DataFrame:
    """One row per cell: `nik` (sixteen digits, else null), a Boolean per finding, and what the NIK says.

    `digits` (how many signs were written), `district_unknown`, `nik_sex`, `nik_born` (its century judged on the day
    `on`, the adult where two fit), `nik_born_other` (the other century where that fits too).
    """
    frame = pl.DataFrame({"raw": text, "number": was_number})
    clean = frame["raw"].str.contains("^[0-9]{16}$").fill_null(False)
    frame = _written(frame, clean)
    frame = frame.with_columns(
        sixteen=pl.col("written").str.contains("^[0-9]{16}$"),
    ).with_columns(nik=pl.when(pl.col("sixteen") & ~pl.col("scientific")).then("written"))
    return _findings(_parts(frame), on)


def _written(frame: pl.DataFrame, clean: pl.Series) -> pl.DataFrame:
    """What is left of the cell without spaces, dots, dashes and quotes; only unclean cells are touched."""
    if clean.all():
        return frame.with_columns(written="raw", scientific=pl.lit(False))
    frame = frame.with_row_index("at")
    dirty = frame.filter(~clean).with_columns(pl.col("raw").fill_null(""))
    scientific = pl.col("raw").str.contains(SCIENTIFIC)
    was_float = pl.col("raw").str.contains(FLOAT_TEXT)
    stripped = pl.col("raw").str.strip_chars(" ")
    dirty = dirty.with_columns(
        scientific=scientific,
        number=pl.col("number") | was_float,
        raw=pl.when(was_float).then(stripped.str.slice(0, stripped.str.len_chars() - 2)).otherwise("raw"),
    ).with_columns(written=pl.col("raw").str.replace_all(SEPARATORS, ""))
    tidy = frame.filter(clean).with_columns(scientific=pl.lit(False), written="raw")
    return pl.concat([tidy, dirty.select(tidy.columns)]).sort("at").drop("at")


def _parts(frame: pl.DataFrame) -> pl.DataFrame:
    """The six numbers inside a NIK."""
    number = pl.col("nik").cast(pl.Int64, strict=False)
    frame = frame.with_columns(whole=number)
    whole = pl.col("whole")
    day = (whole // 10**8) % 100
    return frame.with_columns(
        district=(whole // 10**10).cast(pl.Int32),
        day_sign=day.cast(pl.Int16),
        day=pl.when(day > 40).then(day - 40).otherwise(day).cast(pl.Int8),
        month=((whole // 10**6) % 100).cast(pl.Int8),
        year=((whole // 10**4) % 100).cast(pl.Int32),
        serial=(whole % 10**4).cast(pl.Int16),
    )


def _findings(frame: pl.DataFrame, on: date) -> pl.DataFrame:
    whole, written = pl.col("whole"), pl.col("written")
    prefixes = known_prefixes()
    districts = [int(code) for code in prefixes.districts]
    regencies = [int(code) for code in prefixes.regencies]
    has_digit = written.str.contains("[0-9]")
    missing = ~pl.col("scientific") & (~has_digit | written.str.contains("^0{1,15}$"))
    readable = pl.col("nik").is_not_null()
    told = ~pl.col("scientific") & ~missing
    letter = told & written.str.contains("[^0-9]")
    length = told & (written.str.len_chars() != 16)
    frame = frame.with_columns(
        missing=missing, letter=letter, length=length, placeholder=readable & _placeholder(whole)
    )
    judged = readable & ~pl.col("placeholder")
    real_day = (
        (pl.col("day") >= 1)
        & pl.col("month").is_between(1, 12)
        & (pl.col("day") <= _days_in(pl.col("month"), pl.col("year") % 4 == 0))
    )
    regency = pl.col("district") // 100
    bad_area = ~regency.is_in(regencies) | (pl.col("district") % 100 == 0)
    frame = frame.with_columns(
        nik_bad_date=judged & ~real_day,
        nik_bad_area=judged & bad_area,
        nik_bad_serial=judged & (pl.col("serial") == 0),
        nik_precision_lost=pl.col("scientific")
        | (judged & pl.col("number") & ((whole > EXACT_NUMBER_MAX) | (whole % 10 == 0))).fill_null(False),
        district_unknown=judged & ~bad_area & ~pl.col("district").is_in(districts),
    )
    frame = _born(frame, judged & real_day, on)
    return frame.select(
        "nik",
        digits=pl.col("written").str.len_chars(),
        nik_missing=pl.col("missing").fill_null(True),
        nik_length=pl.col("length").fill_null(False),
        nik_letter=pl.col("letter").fill_null(False),
        nik_bad_date=pl.col("nik_bad_date").fill_null(False),
        nik_bad_area=pl.col("nik_bad_area").fill_null(False),
        nik_bad_serial=pl.col("nik_bad_serial").fill_null(False),
        nik_precision_lost=pl.col("nik_precision_lost").fill_null(False),
        nik_placeholder=pl.col("placeholder").fill_null(False),
        district_unknown=pl.col("district_unknown").fill_null(False),
        nik_sex=pl.when(judged).then(pl.when(pl.col("day_sign") > 40).then(pl.lit("P")).otherwise(pl.lit("L"))),
        nik_born="born",
        nik_born_other="born_other",
    )


def _placeholder(whole: pl.Expr) -> pl.Expr:
    """One digit or one block over and over, counting up or down, or nothing but one digit after the area."""
    blocks = pl.any_horizontal(whole % unit == 0 for unit in (1111111111111111, 101010101010101, 1000100010001))
    tail = (whole % 10**10) % 1111111111 == 0
    return blocks | tail | whole.is_in([int(text) for text in _COUNTED])


def _days_in(month: pl.Expr, leap: pl.Expr) -> pl.Expr:
    return (
        pl.when(month == 2)
        .then(pl.when(leap).then(29).otherwise(28))
        .when(month.is_in([4, 6, 9, 11]))
        .then(30)
        .otherwise(31)
    )


def _born(frame: pl.DataFrame, readable: pl.Expr, on: date) -> pl.DataFrame:
    """The two centuries, each where the person would be 0 to 100 years old on the day `on`."""

    def in_century(century: int) -> pl.Expr:
        year = pl.col("year") + century
        # 29 February 1900 never was.
        real = readable & ~((pl.col("day") == 29) & (pl.col("month") == 2) & (year == 1900))
        born = pl.date(
            pl.when(real).then(year).otherwise(2000),
            pl.when(real).then(pl.col("month")).otherwise(1),
            pl.when(real).then(pl.col("day")).otherwise(1),
        )
        days = on.month * 100 + on.day
        age = on.year - year - (pl.col("month").cast(pl.Int32) * 100 + pl.col("day") > days).cast(pl.Int32)
        return pl.when(real & age.is_between(0, AGE_YEARS_MAX)).then(born)

    assert ADULT_AGE_YEARS <= AGE_YEARS_MAX  # of two that fit, the earlier century is the adult
    older, younger = in_century(1900), in_century(2000)
    return frame.with_columns(older=older, younger=younger).with_columns(
        born=pl.coalesce("older", "younger"),
        born_other=pl.when(pl.col("older").is_not_null()).then("younger"),
    )
