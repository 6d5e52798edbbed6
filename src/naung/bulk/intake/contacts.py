"""Phone numbers and incomes as written, made one form each."""

import polars as pl


def normalise_phones(texts: pl.Series) -> pl.Series:
    """+62 and the national number, the first of several in one cell; null where it cannot be a phone number."""
    digits = (
        pl.col("text").str.extract(r"^([^/;,&]*)").str.replace_all(r"[^0-9+]", "").str.replace(r"^\+?(?:62|0062)", "0")
    )
    frame = pl.DataFrame({"text": texts}).select(d=digits)
    national = (
        pl.when(pl.col("d").str.starts_with("0")).then(pl.col("d").str.strip_chars_start("0"))
        # A spreadsheet that took the number for a number dropped its zero.
        .when(pl.col("d").str.starts_with("8")).then(pl.col("d"))
    )  # fmt: skip
    number = frame.select(n=national)
    return number.select(
        pl.when(pl.col("n").str.contains("^[1-9][0-9]{7,12}$")).then(pl.concat_str(pl.lit("+62"), "n"))
    ).to_series()


def read_rupiah(texts: pl.Series) -> pl.Series:
    """Whole rupiah of "Rp 1.500.000,00", "1,5 jt", "800rb"; null where it is none of these."""
    frame = pl.DataFrame({"text": texts})
    distinct = frame.unique("text").drop_nulls()
    plain = pl.col("text").str.to_uppercase().str.replace_all(r"RP\.?|IDR|\s|/.*$|PER\s*BULAN.*$|,-|\.-", "")
    read = distinct.with_columns(t=plain).with_columns(
        amount=pl.col("t").str.extract(r"^([0-9]+(?:[.,][0-9]+)?)(?:JT|JUTA|RB|RIBU)$"),
        unit=pl.col("t").str.extract(r"^[0-9]+(?:[.,][0-9]+)?(JT|JUTA|RB|RIBU)$"),
        whole=pl.col("t")
        .str.extract(r"^([0-9]{1,3}(?:[.,][0-9]{3})+|[0-9]+)(?:[.,][0-9]{1,2})?$")
        .str.replace_all("[.,]", ""),
    )
    # Exact: a decimal is scaled by its digits, never through a float.
    whole_part = pl.col("amount").str.extract(r"^([0-9]+)").cast(pl.Int64, strict=False)
    fraction = pl.col("amount").str.extract(r"[.,]([0-9]+)$").fill_null("").str.slice(0, 3).str.pad_end(3, "0")
    unit = pl.when(pl.col("unit").str.starts_with("J")).then(1_000_000).otherwise(1_000)
    scaled = whole_part * unit + fraction.cast(pl.Int64, strict=False) * (unit // 1_000)
    read = read.select(
        "text",
        amount=pl.when(pl.col("unit").is_not_null())
        .then(scaled)
        .otherwise(pl.col("whole").cast(pl.Int64, strict=False)),
    )
    return frame.join(read, on="text", how="left", maintain_order="left")["amount"]


def read_sex(texts: pl.Series) -> pl.Series:
    """L or P; null where the cell says neither."""
    key = pl.col("text").str.to_uppercase().str.replace_all("[^A-Z]", "")
    said = {
        **dict.fromkeys(("L", "LK", "LAKI", "LAKILAKI", "PRIA", "M", "MALE", "LELAKI", "COWOK", "LAKILAK"), "L"),
        **dict.fromkeys(("P", "PR", "PEREMPUAN", "WANITA", "W", "F", "FEMALE", "PRP", "CEWEK", "PEREMP", "PER"), "P"),
    }
    frame = pl.DataFrame({"text": texts})
    read = frame.unique("text").with_columns(sex=key.replace_strict(said, default=None, return_dtype=pl.String))
    return frame.join(read, on="text", how="left", maintain_order="left", nulls_equal=True)["sex"]
