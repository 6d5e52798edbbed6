"""Where people say they live, against the area of the programme.

Only what is declared counts: village, district and regency as written. The NIK is never asked; it says where it was
issued. Names are compared without "Desa", "Kel." and the like, with common short forms written out.
"""

import polars as pl

_KIND_WORDS = (
    r"^(?:DESA|KELURAHAN|KEL|DS|KECAMATAN|KEC|DISTRIK|KABUPATEN|KAB|KOTA|KOTAMADYA|GAMPONG|NAGARI|PEKON)\b[ .:/]*"
)
_SHORT_FORMS = {
    "SEI": "SUNGAI", "SI": "SUNGAI", "SEL": "SELATAN", "UT": "UTARA", "TIM": "TIMUR", "BRT": "BARAT", "TGH": "TENGAH",
    "TJ": "TANJUNG", "TG": "TANJUNG", "TJG": "TANJUNG", "PD": "PADANG", "KP": "KAMPUNG", "KMP": "KAMPUNG",
    "GN": "GUNUNG", "PL": "PULAU", "P": "PULAU", "PKN": "PEKAN", "MA": "MUARA", "MR": "MUARA", "LB": "LUBUK",
    "BT": "BATU",
    "I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6", "VII": "7", "VIII": "8", "IX": "9", "X": "10",
}  # fmt: skip
_LEVELS = {"regency": 4, "district": 6, "village": 10}


def area_key(text: pl.Expr) -> pl.Expr:
    """The name of an area as it is compared."""
    text = (
        text.str.to_uppercase()
        .str.replace(",.*$", "")
        .str.strip_chars(" .:-")
        .str.replace(r"\b(?:KEC|KECAMATAN|KAB)\b[. ].+$", "")
    )
    text = text.str.replace(_KIND_WORDS, "").str.replace_all(r"\([^)]*\)", " ")
    words = text.str.replace_all(r"[^A-Z0-9]+", " ").str.strip_chars().str.split(" ")
    return words.list.eval(pl.element().replace(_SHORT_FORMS)).list.join("")


def resolve_residence(rows: pl.DataFrame, *, areas: pl.DataFrame, area_code: str) -> pl.DataFrame:
    """For rows of `village`, `district`, `regency` (as written): codes, and how they stand to the area.

    `village_code` and `district_code` where one area inside fits; `outside` where what is declared is a known
    place elsewhere; `unknown_place` where the parts of the declaration contradict each other, or name no regency.
    """
    distinct = rows.select("village", "district", "regency").unique()
    read = distinct.with_columns(area_key(pl.col(level)).replace("", None).alias(f"{level}_key") for level in _LEVELS)
    named = areas.select(
        "code", key=area_key(pl.col("name")), digits=pl.col("code").str.len_chars(),
        inside=pl.col("code").str.starts_with(area_code) | pl.lit(area_code).str.starts_with(pl.col("code")),
    )  # fmt: skip
    for level, digits in _LEVELS.items():
        read = _look_up(read, named.filter(pl.col("digits") == digits), level)
    read = _village_in_district(read, named)
    return rows.select("village", "district", "regency").join(
        _judge(read), on=["village", "district", "regency"], how="left", nulls_equal=True, maintain_order="left"
    ).select("village_code", "district_code", "outside", "unknown_place")  # fmt: skip


def _look_up(read: pl.DataFrame, named: pl.DataFrame, level: str) -> pl.DataFrame:
    """Columns `<level>_known`, `<level>_inside`, `<level>_code` (where exactly one inside fits)."""
    by_key = named.group_by("key").agg(
        pl.lit(True).first().alias(f"{level}_known"),
        pl.col("inside").any().alias(f"{level}_inside"),
        pl.col("code").filter(pl.col("inside")).unique().sort().alias("codes"),
    )
    joined = read.join(by_key, left_on=f"{level}_key", right_on="key", how="left")
    only = pl.when(pl.col("codes").list.len() == 1).then(pl.col("codes").list.first())
    return joined.with_columns(
        only.alias(f"{level}_code"),
        pl.col(f"{level}_known").fill_null(False),
        pl.col(f"{level}_inside").fill_null(False),
    ).drop("codes")


def _village_in_district(read: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    """Two villages of one name are told apart by the district declared beside."""
    villages = named.filter((pl.col("digits") == 10) & pl.col("inside")).select(
        "key", parent=pl.col("code").str.slice(0, 6), exact="code"
    )
    villages = villages.unique(["key", "parent"], keep="none")
    joined = read.join(villages, left_on=["village_key", "district_code"], right_on=["key", "parent"], how="left")
    return joined.with_columns(village_code=pl.coalesce("exact", "village_code")).drop("exact")


def _judge(read: pl.DataFrame) -> pl.DataFrame:
    def said(level: str) -> pl.Expr:
        return pl.col(f"{level}_key").is_not_null()

    def elsewhere(level: str) -> pl.Expr:
        return said(level) & pl.col(f"{level}_known") & ~pl.col(f"{level}_inside")

    def nowhere(level: str) -> pl.Expr:
        return said(level) & ~pl.col(f"{level}_known")

    inside_above = (said("district") & pl.col("district_inside")) | (
        said("regency") & pl.col("regency_inside") & ~said("district")
    )
    outside = (
        elsewhere("regency")
        # Declared inside by regency and village: then the district is a slip, for a person to judge.
        | (elsewhere("district") & ~(pl.col("regency_inside") & said("village") & pl.col("village_inside")))
        | (elsewhere("village") & ~inside_above)
    )
    village_found = said("village") & pl.col("village_inside")
    # A village or district name that nobody knows is a misspelling or a hamlet: it proves nothing against a person, who
    # is then placed as near as the rest of the row allows.
    unknown = (
        (elsewhere("village") & inside_above)
        | (elsewhere("district") & ~outside)
        | (nowhere("regency") & ~village_found & ~(said("district") & pl.col("district_inside")))
    )
    return read.select(
        "village",
        "district",
        "regency",
        "village_code",
        district_code=pl.coalesce(pl.col("village_code").str.slice(0, 6), "district_code"),
        outside=outside,
        unknown_place=unknown & ~outside,
    )
