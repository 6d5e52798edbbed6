"""One NIK on several rows: one person written twice, or two people under one number.

Only rows with the same sixteen digits are compared; finding one person under *different* NIKs is record linkage, a
later part that plugs in after this one: it will take the rows left with their own cluster, and merge clusters.

Whether rows are one person is decided against one of them chosen by content (the fullest name), so that the
order of files and rows decides only which row is called the first, never what the group is.
"""

import polars as pl

from naung.bulk.intake.names import spelling


def group_same_nik(rows: pl.DataFrame, known: pl.DataFrame | None) -> pl.DataFrame:
    """For `rows` (`at`, `nik`, `name_norm`, `born`; in order), columns by `at`, rows of a shared NIK only.

    `same_person` (all rows under this NIK are one person), `person` (a key: equal for rows of one person), `in_known`
    (the NIK also stands in the registry or an earlier list) and `worker_ref` from there.
    """
    shared = pl.col("nik").is_duplicated()
    if known is not None and known.height:
        shared = shared | pl.col("nik").is_in(known["nik"].unique().implode())
    here = rows.filter(pl.col("nik").is_not_null() & shared).select("at", "nik", "name_norm", "born")
    there = _known_rows(known, here)
    together = pl.concat([here.with_columns(worker_ref=pl.lit(None, dtype=pl.String)), there], how="diagonal_relaxed")
    if not together.height:
        return together.select(
            "at", person=pl.col("nik"), same_person=pl.lit(True), in_known=pl.lit(False), worker_ref="worker_ref"
        )
    together = together.with_columns(
        alike=(pl.col("name_norm").n_unique().over("nik") == 1),
        in_known=pl.col("at").is_null().any().over("nik"),
        worker_ref=pl.col("worker_ref").drop_nulls().first().over("nik"),
    )
    # Most repeats are written alike; only the others need their spelling looked at.
    same = together.filter("alike").select("at", "in_known", "worker_ref", same_person=pl.lit(True), person="nik")
    told = pl.concat([same, _compare(together.filter(~pl.col("alike"))).select(same.columns)])
    return told.filter(pl.col("at").is_not_null())


def _compare(rows: pl.DataFrame) -> pl.DataFrame:
    """`same_person` and `person` for rows under one NIK whose names differ."""
    rows = rows.with_columns(words=spelling(pl.col("name_norm").fill_null("")))
    rows = rows.with_columns(
        length=pl.col("words").list.join("").str.len_chars(), joined=pl.col("words").list.join(" ")
    )
    fullest = rows.sort(
        ["nik", pl.col("words").list.len(), "length", "joined", "born"], descending=[False, True, True, False, False],
        nulls_last=True,
    ).unique("nik", keep="first", maintain_order=True)  # fmt: skip
    models = fullest.select("nik", model="words", model_joined="joined", model_born="born")
    compared = rows.join(models, on="nik", how="left").with_columns(agrees=_agrees())
    # Whoever is not the model's person is at least the same as another of the same name.
    return compared.with_columns(
        same_person=pl.col("agrees").all().over("nik"),
        person=pl.when("agrees").then("nik").otherwise(pl.concat_str("nik", "joined", separator=" ")),
    )


def _known_rows(known: pl.DataFrame | None, here: pl.DataFrame) -> pl.DataFrame:
    if known is None or not known.height:
        return here.head(0)
    ref = pl.col("worker_ref").cast(pl.String) if "worker_ref" in known.columns else pl.lit(None, dtype=pl.String)
    return known.join(here.select("nik").unique(), on="nik", how="semi").select(
        pl.lit(None, dtype=here.schema["at"]).alias("at"), "nik", "name_norm", pl.col("birth_date").alias("born"),
        ref.alias("worker_ref"),
    )  # fmt: skip


def _agrees() -> pl.Expr:
    """The row is the person of the fullest name: by words, by initials, or by spelling; birth dates do not object.

    Under one NIK an equal name is enough; a shorter one (BUDI for BUDI SANTOSO, M YUSUF for MUHAMMAD YUSUF)
    needs the same birth date.
    """
    words, model = pl.col("words"), pl.col("model")
    equal = (pl.col("joined") == pl.col("model_joined")) | (words.list.join("") == model.list.join(""))
    all_words_in = words.list.set_difference(model).list.len() == 0
    # What is left over may be initials: each the first letter of a word that the other has more.
    spare = words.list.set_difference(model)
    spare_model = model.list.set_difference(words)
    initials = spare.list.eval(pl.element().str.slice(0, 1)).list.sort().list.join("")
    model_initials = spare_model.list.eval(pl.element().str.slice(0, 1)).list.sort().list.join("")
    shortest = pl.min_horizontal(
        spare.list.eval(pl.element().str.len_chars()).list.max(),
        spare_model.list.eval(pl.element().str.len_chars()).list.max(),
    )
    by_initials = (initials == model_initials) & (shortest == 1) & (words.list.len() > 1)
    nameless = pl.col("joined") == ""
    same_day = (pl.col("born") == pl.col("model_born")).fill_null(True)
    return (equal | nameless | ((all_words_in | by_initials) & same_day)).fill_null(False)
