"""Every row received gets one verdict, and all its reasons at once.

The check is one columnar pass: columns of findings first, then people, then the verdict. Which finding leads to
which verdict stands in `_verdicts`, in one place.
"""

from collections.abc import Sequence

import polars as pl

from naung.bulk.intake.contacts import normalise_phones, read_rupiah, read_sex
from naung.bulk.intake.context import CheckContext
from naung.bulk.intake.dates import read_dates
from naung.bulk.intake.duplicates import group_same_nik
from naung.bulk.intake.layout import FIELDS
from naung.bulk.intake.names import normalise_names
from naung.bulk.intake.nik import read_niks
from naung.bulk.intake.parsing import ParsedFile
from naung.bulk.intake.reasons import Reason
from naung.bulk.intake.residence import resolve_residence
from naung.bulk.occupations import match_occupations, occupations, sector_of

_NO_VALUE = r"^[\s\-–—.,:;_0]*$"
_RT_RW = r"(?i)^\s*(?:RT)?[\s.:]*([0-9]{1,3})\s*[/\-\s.,]*\s*(?:RW|RK)?[\s.:]*([0-9]{1,3})?\s*$"
#: Findings that leave a NIK unfit to tell people apart.
_UNFIT = (Reason.NIK_PRECISION_LOST, Reason.NIK_PLACEHOLDER)

_REJECTING = (
    Reason.MALFORMED_ROW, Reason.NIK_MISSING, Reason.NIK_LENGTH, Reason.NIK_LETTER, Reason.NIK_PRECISION_LOST,
    Reason.NIK_PLACEHOLDER, Reason.NIK_BAD_AREA, Reason.NIK_BAD_DATE, Reason.NIK_BAD_SERIAL, Reason.UNDER_AGE,
    Reason.OVER_AGE, Reason.DEAD, Reason.ALREADY_COVERED, Reason.NOT_RESIDENT, Reason.OCCUPATION,
)  # fmt: skip


def check(files: Sequence[ParsedFile], context: CheckContext) -> pl.DataFrame:
    """One line per person row of `files`, in order, with its verdict.

    Columns: `file` (position in `files`), `sheet`, `row`, `verdict`, `reasons` (list of codes), `cluster_id`,
    `duplicate_of` (in words), `worker_ref` (from `known`), then the normalised columns `nik`, `kk`, `name`,
    `name_norm`, `birth_date`, `birth_place`, `age_years`, `sex`, `phone`, `address`,
    `rt`, `rw`, `hamlet`, `village`, `district`,
    `village_code`, `district_code`, `occupation`, `occupation_code`, `sector`, `income_rp`, `mother`, `decile`,
    `decile_vintage`, `nik_digits`.

    The order of files and rows decides only which of two equal rows is called the first.
    """
    rows = _together(files)
    rows = _identity(rows, context)
    rows = _references(rows, context)
    rows = _work_and_home(rows, context)
    rows = _people(rows, context)
    rows = _verdicts(rows)
    return _result(rows, context)


def _together(files: Sequence[ParsedFile]) -> pl.DataFrame:
    wanted = ["sheet", "row", "malformed", "nik_was_number", *FIELDS]
    parts = [parsed.rows.select(pl.lit(i, dtype=pl.UInt32).alias("file"), *wanted) for i, parsed in enumerate(files)]
    if not parts:
        raise ValueError("There is no file to check.")
    return pl.concat(parts).with_row_index("at")


def _identity(rows: pl.DataFrame, context: CheckContext) -> pl.DataFrame:
    """NIK, birth date, sex and name, and what contradicts what."""
    on = context.reference_date
    niks = read_niks(rows["nik"], rows["nik_was_number"], on=on)
    # A month of no year is no date: only what has a digit claims to be one.
    said = pl.coalesce("birth_date", "birth_both")
    birth_text = rows.select(pl.when(~said.str.contains(_NO_VALUE)).then(said)).to_series()
    dates = read_dates(birth_text, on=on)
    names = normalise_names(rows.select(_worded("name")).to_series())
    rows = rows.drop("nik", "birth_date").hstack(niks).hstack(names)
    rows = rows.with_columns(
        given=dates["date"],
        place=pl.coalesce("birth_place", dates["place"]),
        birth_said=birth_text.str.contains("[0-9]").fill_null(False),
        sex=_sex(rows),
        kk=_digits16(rows["kk"]),
        name=_worded("name").str.strip_chars(),
    )
    other_fits = (pl.col("given") == pl.col("nik_born_other")).fill_null(False)
    rows = rows.with_columns(nik_birth=pl.when(other_fits).then("nik_born_other").otherwise("nik_born"))
    rows = rows.with_columns(
        birth_date=pl.coalesce("given", "nik_birth"),
        nik_dob_mismatch=pl.col("birth_said")
        & pl.col("nik_birth").is_not_null()
        & (pl.col("given") != pl.col("nik_birth")).fill_null(True),
        nik_sex_mismatch=(pl.col("sex") != pl.col("nik_sex")).fill_null(False),
        sex=pl.coalesce("sex", "nik_sex"),
        own_kk=(pl.col("kk") == pl.col("nik")).fill_null(False),
    )
    unreadable = pl.col("birth_said") & pl.col("given").is_null() & pl.col("nik_birth").is_null()
    asked = [f for f in context.required if rows.schema.get(f) == pl.String]
    missing = [pl.col(f).is_null() | pl.col(f).str.contains(_NO_VALUE) for f in asked]
    no_birth = [pl.col("birth_date").is_null()] if "birth_date" in context.required else []
    return rows.with_columns(
        age_years=_age(pl.col("birth_date"), context),
        malformed_row=pl.any_horizontal(
            "malformed", pl.col("name_norm").fill_null("") == "", unreadable, *missing, *no_birth
        ).fill_null(False),
        # A serial number that is shared or false tells nobody apart.
        nik=pl.when(~pl.any_horizontal(*(r.value for r in _UNFIT))).then("nik"),
    )


def _worded(column: str) -> pl.Expr:
    """The text where it has a letter at all; "-" and "0" are no names."""
    return pl.when(pl.col(column).str.contains(r"\p{L}")).then(pl.col(column))


def _digits16(texts: pl.Series) -> pl.Series:
    digits = pl.when(pl.col("t").str.contains("^[0-9]{16}$")).then("t").otherwise(
        pl.col("t").str.replace_all(r"[^0-9]", "")
    )  # fmt: skip
    return pl.DataFrame({"t": texts}).select(pl.when(digits.str.len_bytes() == 16).then(digits)).to_series()


def _sex(rows: pl.DataFrame) -> pl.Series:
    said = read_sex(rows["sex"])
    boxes = pl.when(pl.col("sex_l").is_not_null() & pl.col("sex_p").is_null()).then(pl.lit("L")).when(
        pl.col("sex_p").is_not_null() & pl.col("sex_l").is_null()
    ).then(pl.lit("P"))  # fmt: skip
    return rows.select(pl.coalesce(said, boxes)).to_series()


def _age(born: pl.Expr, context: CheckContext) -> pl.Expr:
    on = context.reference_date
    before = born.dt.month().cast(pl.Int32) * 100 + born.dt.day() > on.month * 100 + on.day
    return on.year - born.dt.year() - before.cast(pl.Int32)


def _references(rows: pl.DataFrame, context: CheckContext) -> pl.DataFrame:
    """Age, and the lists of deaths, members and people moved away."""
    nobody = pl.lit(False)
    age = pl.col("age_years")
    over = nobody
    if context.age_max is not None:
        over = age > context.age_max if context.age_max_inclusive else age >= context.age_max

    def listed(frame: pl.DataFrame | None) -> pl.Expr:
        if frame is None or not frame.height:
            return nobody
        return pl.col("nik").is_in(frame["nik"].unique().implode()).fill_null(False)

    rows = rows.with_columns(
        under_age=(age < context.age_min).fill_null(False) if context.age_min is not None else nobody,
        over_age=over.fill_null(False),
        on_death_list=listed(context.deaths),
        already_covered=listed(context.members),
        has_moved=listed(context.moved),
    )
    deciles = context.deciles
    if deciles is None or not deciles.height:
        return rows.with_columns(decile=pl.lit(None, dtype=pl.Int8), decile_vintage=pl.lit(None, dtype=pl.String))
    vintage = pl.col("vintage").cast(pl.String) if "vintage" in deciles.columns else pl.lit(None, dtype=pl.String)
    latest = deciles.select("nik", pl.col("decile").cast(pl.Int8), decile_vintage=vintage).sort("decile_vintage")
    return rows.drop("decile").join(latest.unique("nik", keep="last"), on="nik", how="left", maintain_order="left")


def _work_and_home(rows: pl.DataFrame, context: CheckContext) -> pl.DataFrame:
    """Occupation and residence: what proves a person out, and what nobody can tell."""
    rows = rows.with_columns(occupation_code=match_occupations(rows["occupation"]))
    if context.occupations is None:
        rows = rows.with_columns(occupation_refused=pl.lit(False), occupation_unclear=pl.lit(False))
    else:
        allowed = [o.code for o in occupations().values() if context.occupations & {o.code, o.group}]
        fits = pl.col("occupation_code").is_in(allowed)
        rows = rows.with_columns(
            occupation_refused=(~fits).fill_null(False), occupation_unclear=pl.col("occupation_code").is_null()
        )
    if context.areas is None or context.area_code is None:
        return rows.with_columns(
            *(pl.lit(None, dtype=pl.String).alias(c) for c in ("village_code", "district_code")),
            outside=pl.lit(False),
            unknown_place=pl.lit(False),
        )
    return rows.hstack(resolve_residence(rows, areas=context.areas, area_code=context.area_code))


def _people(rows: pl.DataFrame, context: CheckContext) -> pl.DataFrame:
    """Which rows are one person, and which NIKs are claimed by two."""
    told = rows.select("at", "nik", "name_norm", born="birth_date")
    groups = group_same_nik(told, context.known)
    rows = rows.join(groups, on="at", how="left", maintain_order="left").with_columns(
        same_person=pl.col("same_person").fill_null(True),
        in_known=pl.col("in_known").fill_null(False),
    )
    return rows.with_columns(
        nik_conflict=~pl.col("same_person") | pl.col("own_kk"),
        first_at=pl.when(pl.col("person").is_not_null()).then(pl.col("at").min().over("person")).otherwise(pl.col("at"))
        if groups.height
        else pl.col("at"),
    )


def _verdicts(rows: pl.DataFrame) -> pl.DataFrame:
    """The gravest finding decides: reject, then duplicate, then review; a duplicate of a good row is only that."""
    rows = rows.with_columns(
        dead=pl.col("on_death_list") | pl.col("marked_dead"),
        not_resident=pl.col("has_moved") | pl.col("outside") | pl.col("unknown_place"),
        occupation_wrong=pl.col("occupation_refused") | pl.col("occupation_unclear"),
    )
    # Reasons that reject by themselves; the four below have a milder grade too.
    graded = {Reason.DEAD, Reason.NOT_RESIDENT, Reason.OCCUPATION}
    reject = pl.any_horizontal(
        *(r.value for r in _REJECTING if r not in graded), "on_death_list", "has_moved", "outside", "occupation_refused"
    )
    review = pl.any_horizontal(
        "nik_conflict",
        "marked_dead",
        "unknown_place",
        "occupation_unclear",
        # A district number nobody has seen below a regency that exists: renumbered, or mistyped.
        "district_unknown",
        # One of the two may be a slip of the list; both together are another person's NIK.
        pl.col("nik_dob_mismatch") & pl.col("nik_sex_mismatch"),
    )
    rows = rows.with_columns(rejected=reject, reviewed=review)
    rows = _mark_duplicates(rows)
    repeated = pl.col("duplicate")
    return rows.with_columns(
        nik_bad_area=pl.col("nik_bad_area") | pl.col("district_unknown"),
        verdict=pl.when(repeated & pl.col("first_is_good"))
        .then(pl.lit("duplicate"))
        .when("rejected")
        .then(pl.lit("reject"))
        .when(repeated)
        .then(pl.lit("duplicate"))
        .when("reviewed")
        .then(pl.lit("review"))
        .otherwise(pl.lit("accept")),
    )


def _mark_duplicates(rows: pl.DataFrame) -> pl.DataFrame:
    """`duplicate`, `first_is_good`, `keeper`: the row that stands for its person is the first not rejected.

    People already known stand for themselves; a row that is rejected for its own sake stays rejected beside them.
    """
    repeats = rows.filter(pl.col("person").is_not_null() & pl.col("same_person") & ~pl.col("own_kk"))
    if not repeats.height:
        return rows.with_columns(
            duplicate=pl.lit(False), first_is_good=pl.lit(False), keeper=pl.lit(None, dtype=pl.UInt32)
        )
    standing = repeats.group_by("person").agg(
        good=pl.col("at").filter(~pl.col("rejected")).min(), any_row=pl.col("at").min()
    )
    marks = (
        repeats.select("at", "person", "in_known")
        .join(standing, on="person", how="left")
        .select(
            "at",
            keeper=pl.when(~pl.col("in_known")).then(pl.coalesce("good", "any_row")),
            duplicate=pl.col("in_known") | (pl.col("at") != pl.coalesce("good", "any_row")),
            first_is_good=~pl.col("in_known") & pl.col("good").is_not_null(),
        )
    )
    return rows.join(marks, on="at", how="left", maintain_order="left").with_columns(
        pl.col("duplicate").fill_null(False), pl.col("first_is_good").fill_null(False)
    )


def _reasons(rows: pl.DataFrame) -> pl.Series:
    """The codes of each row in their fixed order; built only for rows that have any."""
    column = {reason: reason.value for reason in Reason} | {Reason.OCCUPATION: "occupation_wrong"}
    any_reason = pl.any_horizontal(*column.values())
    told = rows.filter(any_reason).select(
        "at",
        reasons=pl.concat_list(
            pl.when(name).then(pl.lit(reason.value)) for reason, name in column.items()
        ).list.drop_nulls(),
    )
    joined = rows.select("at").join(told, on="at", how="left", maintain_order="left")
    return joined["reasons"].fill_null(pl.Series([[]], dtype=pl.List(pl.String)))


def _clusters(rows: pl.DataFrame) -> pl.Series:
    """c000001, c000002, ... in the order in which their people first appear."""
    numbers = (rows["first_at"] == rows["at"]).cast(pl.UInt32).cum_sum()
    number = numbers.gather(rows["first_at"])
    return pl.select(pl.concat_str(pl.lit("c"), number.cast(pl.String).str.zfill(6))).to_series()


def _first_in_words(rows: pl.DataFrame) -> pl.Series:
    """Where the row stands that a duplicate repeats, as its sender would look for it."""
    repeats = rows.filter("duplicate").select("at", "file", "sheet", "keeper")
    keepers = repeats.select(at="keeper").unique()
    place = rows.select("at", "file", "sheet", "row").join(keepers, on="at", how="semi")
    joined = repeats.join(place, left_on="keeper", right_on="at", how="left", suffix="_first").with_columns(
        words=pl.when(pl.col("keeper").is_null())
        .then(pl.lit("daftar yang sudah masuk"))
        .when(pl.col("file") != pl.col("file_first"))
        .then(pl.format("berkas lain, baris {}", "row"))
        .when(pl.col("sheet") != pl.col("sheet_first"))
        .then(pl.format("lembar {}, baris {}", "sheet_first", "row"))
        .otherwise(pl.format("baris {}", "row"))
    )
    return rows.select("at").join(joined.select("at", "words"), on="at", how="left", maintain_order="left")["words"]


def _result(rows: pl.DataFrame, context: CheckContext) -> pl.DataFrame:
    income = read_rupiah(rows["income"])
    phone = normalise_phones(rows["phone"])
    rt_rw = pl.col("rt_rw").str.extract_groups(_RT_RW)
    number = r"([0-9]{1,3})"
    return rows.select(
        "file",
        "sheet",
        "row",
        "verdict",
        _reasons(rows).alias("reasons"),
        _clusters(rows).alias("cluster_id"),
        _first_in_words(rows).alias("duplicate_of"),
        "worker_ref",
        "nik",
        "kk",
        "name",
        "name_norm",
        "birth_date",
        pl.col("place").alias("birth_place"),
        "age_years",
        "sex",
        phone.alias("phone"),
        "address",
        pl.coalesce(pl.col("rt").str.extract(number), rt_rw.struct.field("1")).str.zfill(3).alias("rt"),
        pl.coalesce(pl.col("rw").str.extract(number), rt_rw.struct.field("2")).str.zfill(3).alias("rw"),
        "hamlet",
        "village",
        "district",
        "village_code",
        "district_code",
        "occupation",
        "occupation_code",
        sector_of(pl.col("occupation_code")).alias("sector"),
        income.alias("income_rp"),
        "mother",
        "decile",
        "decile_vintage",
        pl.col("digits").alias("nik_digits"),
    )
