"""Birth dates as villages write them, read over the distinct texts of a column.

Day before month, as in Indonesia; a month above twelve shows the other order. A year of two digits is the one that
makes a living person, the adult where both do. What no calendar knows (31-02) is unreadable, not bent to fit.
"""

from datetime import date

import polars as pl

from naung.rules.nik import AGE_YEARS_MAX

_MONTHS = {
    1: "JANUARI JAN JANUARY JANUARY",
    2: "FEBRUARI FEB PEBRUARI PEB FEBRUARY FEBR PEBR",
    3: "MARET MAR MARCH MRT MRET",
    4: "APRIL APR APRL",
    5: "MEI MAY MAI",
    6: "JUNI JUN JUNE",
    7: "JULI JUL JULY",
    8: "AGUSTUS AGT AGS AGU AGUST AGUS AUGUST AUG AGST AGTS",
    9: "SEPTEMBER SEP SEPT SPT",
    10: "OKTOBER OKT OCTOBER OCT OKTO",
    11: "NOVEMBER NOV NOP NOPEMBER NOPEM",
    12: "DESEMBER DES DECEMBER DEC DESEM",
}
_MONTH_NUMBER = {name: month for month, names in _MONTHS.items() for name in names.split()}

#: Excel counts days from here (its day 60 never was, and nobody alive is older).
_EXCEL_EPOCH = date(1899, 12, 30)

_ISO = r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?.*)?$"
_DMY = r"^(\d{1,2})\s*[-/., ]\s*(\d{1,2})\s*[-/., ]\s*(\d{4}|\d{2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?.*)?$"
_WORDS = r"^(\d{1,2})\s*[-/., ]*\s*([A-Z]{3,9})\s*[-/., ]*\s*(\d{4}|\d{2})$"
_WORD_FIRST = r"^([A-Z]{3,9})\s+(\d{1,2})\s*,\s*(\d{4})$"
_SOLID = r"^(\d{2})(\d{2})(\d{4})$"
_SERIAL = r"^(\d{4,5})(?:\.0+)?$"


def read_dates(texts: pl.Series, *, on: date) -> pl.DataFrame:
    """`date` (null where unreadable) and `place` (the words before the date) for each text, row by row.

    Ages beyond 0 to 100 years on the day `on` make a date unreadable.
    """
    frame = pl.DataFrame({"text": texts.cast(pl.String)})
    distinct = frame.unique("text").drop_nulls()
    read = _read(distinct, on)
    return frame.join(read, on="text", how="left", maintain_order="left").select("date", "place")


def _read(distinct: pl.DataFrame, on: date) -> pl.DataFrame:
    frame = distinct.with_columns(
        # "Binjai, 12-03-1975": place, then date. "Mar 12, 1975" begins with a month, and stays whole.
        place=pl.col("text").str.extract(r"^\s*([^0-9]*?[\p{L}.)])[\s,;:/.'-]*[0-9]"),
    ).with_columns(
        when=pl.col("text")
        .str.extract(r"([0-9].*?)\s*$")
        .str.to_uppercase()
        .str.replace_all("['’]", "")
        .str.strip_chars(" .,;"),
        whole=pl.col("text").str.to_uppercase().str.strip_chars(),
    )
    groups = [pl.col("when").str.extract_groups(p) for p in (_ISO, _DMY, _WORDS, _SOLID)]
    frame = frame.with_columns(
        iso=groups[0], dmy=groups[1], words=groups[2], solid=groups[3],
        first=pl.col("whole").str.extract_groups(_WORD_FIRST),
        serial=pl.col("when").str.extract(_SERIAL).cast(pl.Int32, strict=False),
    )  # fmt: skip

    def part(group: str, at: int) -> pl.Expr:
        return pl.col(group).struct.field(str(at)).cast(pl.Int32, strict=False)

    def month(group: str, at: int) -> pl.Expr:
        name = pl.col(group).struct.field(str(at))
        return name.replace_strict(_MONTH_NUMBER, default=None, return_dtype=pl.Int32)

    a, b = part("dmy", 1), part("dmy", 2)
    american = (b > 12) & (a <= 12)
    frame = frame.with_columns(
        day=pl.coalesce(
            part("iso", 3), pl.when(american).then(b).otherwise(a), part("words", 1), part("first", 2), part("solid", 1)
        ),
        month=pl.coalesce(
            part("iso", 2), pl.when(american).then(a).otherwise(b), month("words", 2), month("first", 1),
            part("solid", 2),
        ),
        year_text=pl.coalesce(
            pl.col("iso").struct.field("1"), pl.col("dmy").struct.field("3"), pl.col("words").struct.field("3"),
            pl.col("first").struct.field("3"), pl.col("solid").struct.field("3"),
        ),
    ).with_columns(year=pl.col("year_text").cast(pl.Int32, strict=False))  # fmt: skip
    short = pl.col("year_text").str.len_chars() == 2
    older = _real(pl.when(short).then(pl.col("year") + 1900).otherwise(pl.col("year")), on)
    younger = _real(pl.when(short).then(pl.col("year") + 2000), on)
    counted = pl.lit(_EXCEL_EPOCH) + pl.duration(days=pl.col("serial"))
    alive = pl.lit(_years_before(on, AGE_YEARS_MAX + 1))
    of_serial = pl.when((pl.col("serial") > 1000) & (counted <= on) & (counted > alive)).then(counted)
    return frame.select("text", "place", date=pl.coalesce(older, younger, of_serial))


def _real(year: pl.Expr, on: date) -> pl.Expr:
    """The date of `year` and the columns day and month, where it exists and its person would be 0 to 100."""
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    days = (
        pl.when(pl.col("month") == 2)
        .then(pl.when(leap).then(29).otherwise(28))
        .when(pl.col("month").is_in([4, 6, 9, 11]))
        .then(30)
        .otherwise(31)
    )
    real = (
        year.is_between(1800, 2200) & pl.col("month").is_between(1, 12) & (pl.col("day") >= 1) & (pl.col("day") <= days)
    ).fill_null(False)
    born = pl.date(
        pl.when(real).then(year).otherwise(2000),
        pl.when(real).then(pl.col("month")).otherwise(1),
        pl.when(real).then(pl.col("day")).otherwise(1),
    )
    return pl.when(real & (born <= on) & (born > _years_before(on, AGE_YEARS_MAX + 1))).then(born)


def _years_before(on: date, years: int) -> date:
    try:
        return on.replace(year=on.year - years)
    except ValueError:  # 29 February
        return on.replace(year=on.year - years, day=28)
