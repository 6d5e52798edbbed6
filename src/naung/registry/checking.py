"""The bridge between the columnar check and what the registry knows: people, earlier lists, other bodies' answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from naung.areas import queries as areas
from naung.bulk.intake import CheckContext, ParsedFile, check
from naung.bulk.intake.duplicates import group_same_nik
from naung.bulk.intake.nik import read_niks
from naung.registry import known
from naung.registry.chunks import FOR_THE_SENDER, is_cell
from naung.registry.references import ReferenceFile
from naung.registry.vault import Vault


@dataclass(frozen=True)
class IntakeRules:
    """What a programme asks of a row, for the check; programmes are a later stage and hand this up."""

    area_code: str
    """Where people must live, as declared."""
    age_min: int | None = 18
    age_max: int | None = 65
    """The age from which nobody is taken; with `age_max_inclusive` the oldest age taken."""
    age_max_inclusive: bool = False
    occupations: frozenset[str] | None = None
    """Codes or groups of the taxonomy; None takes any work."""
    required: tuple[str, ...] = ()
    """Fields that may not be blank besides NIK and name."""


# What a row says about the person, under the names of `registry_worker`; kept in the chunks beside the raw cells.
_FACTS = (
    "nik", "kk", "phone", "name", "name_norm", "birth_date", "birth_place", "sex", "sector", "income_rp", "decile",
)  # fmt: skip


def check_lists(
    files: Sequence[ParsedFile],
    *,
    rules: IntakeRules,
    programme_code: str,
    default_area: str,
    reference_date: date,
    references: Sequence[tuple[str, ReferenceFile]],
    vault: Vault,
) -> list[pl.DataFrame]:
    """The rows of each file in their order, as `storing.Checked` wants them, and what the workbook needs.

    A person whom this programme was handed before is a duplicate; one known from elsewhere is accepted as that
    worker, unless the name under this NIK is another person's: then somebody looks (nik_conflict).
    """
    if not files:
        return []
    indexes = _indexes_if_anyone_is_known(files, reference_date, vault)
    people = known.known_people(programme_code).join(indexes, on="nik_index")
    facts = known.known_facts(rules.area_code).join(indexes, on="nik_index")
    context = CheckContext(
        reference_date=reference_date,
        age_min=rules.age_min,
        age_max=rules.age_max,
        age_max_inclusive=rules.age_max_inclusive,
        area_code=rules.area_code,
        occupations=rules.occupations,
        required=rules.required,
        areas=_areas(),
        **_reference_frames(facts, references, reference_date),
        known=people.filter("handed_in").select("nik", "name_norm", "birth_date", worker_ref="worker_id"),
    )
    rows = check(files, context)
    rows = _link(rows, people)
    rows = rows.with_columns(
        pl.Series("nik_index", _hashes(rows["nik"], indexes, vault), dtype=pl.String),
        cluster=_cluster_names(rows),
        occupation=pl.col("occupation_code"),
        area_code=pl.coalesce("village_code", "district_code", pl.lit(default_area)),
        address=_address(),
        decile_vintage=pl.col("decile_vintage").str.to_date(),
    ).select(
        "file", "sheet", "row", "verdict", "reasons", "cluster", "worker_id", "nik_index", *_FACTS, "occupation",
        "area_code", "address", "decile_vintage", *FOR_THE_SENDER,
    )  # fmt: skip
    return [
        rows.filter(pl.col("file") == at).drop("file").hstack(_raw_cells(parsed)) for at, parsed in enumerate(files)
    ]


def _indexes_if_anyone_is_known(files: Sequence[ParsedFile], on: date, vault: Vault) -> pl.DataFrame:
    """`nik` and `nik_index` of everyone in the upload, given to the database too; empty where it knows nobody."""
    if not known.knows_anyone():
        return pl.DataFrame(schema={"nik": pl.String, "nik_index": pl.String})
    niks = pl.concat([read_niks(one.rows["nik"], one.rows["nik_was_number"], on=on).select("nik") for one in files])
    niks = niks.drop_nulls().unique()
    indexes = niks.with_columns(
        pl.Series("nik_index", vault.index_column("nik", niks["nik"].to_list()), dtype=pl.String)
    )
    known.put_wanted(indexes["nik_index"])
    return indexes


def _hashes(niks: pl.Series, indexes: pl.DataFrame, vault: Vault) -> pl.Series:
    """The index of each row, taken from those made already."""
    if not indexes.height:
        return pl.Series(vault.index_column("nik", niks.to_list()), dtype=pl.String)
    return niks.to_frame().join(indexes, on="nik", how="left", maintain_order="left")["nik_index"]


def _reference_frames(
    facts: pl.DataFrame, extra: Sequence[tuple[str, ReferenceFile]], on: date
) -> dict[str, pl.DataFrame]:
    """Stored answers and those that came with this upload, by kind; the upload's come last and win."""

    def of_kind(kind: str) -> pl.DataFrame:
        stored = facts.filter(pl.col("kind") == kind).select(
            "nik", pl.col("decile").cast(pl.Int16), vintage=pl.coalesce("on", "as_of")
        )
        given = [
            one.rows.select("nik", "decile", vintage=pl.coalesce("on", pl.lit(on)))
            for its_kind, one in extra
            if its_kind == kind
        ]
        return pl.concat([stored, *given])

    return {kind: of_kind(kind) for kind in ("deaths", "members", "moved", "deciles")}


def _areas() -> pl.DataFrame:
    frame = areas.frame() if areas.is_loaded() else areas.seed_frame()
    return frame.filter(~pl.col("former")).select("code", "name")


def _link(rows: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """`worker_id` of people known before; an accepted row that is another person than its NIK's goes to review."""
    others = people.filter(~pl.col("handed_in"))
    rows = rows.with_row_index("at").join(
        people.select("nik", "worker_id", known_name="name_norm"), on="nik", how="left", maintain_order="left"
    )
    # An equal name under an equal NIK needs no comparing, and is nearly always what comes.
    differs = (pl.col("name_norm") != pl.col("known_name")).fill_null(False)
    met = rows.filter((pl.col("verdict") == "accept") & differs)
    rows = rows.drop("known_name")
    if not met.height:
        return rows
    groups = group_same_nik(
        met.select("at", "nik", "name_norm", born="birth_date"),
        others.select("nik", "name_norm", "birth_date", worker_ref="worker_id"),
    )
    clash = pl.col("at").is_in(groups.filter(~pl.col("same_person"))["at"].implode())
    return rows.with_columns(
        verdict=pl.when(clash).then(pl.lit("review")).otherwise("verdict"),
        reasons=pl.when(clash)
        .then(pl.col("reasons").list.concat(pl.lit(["nik_conflict"])).list.unique(maintain_order=True))
        .otherwise("reasons"),
    )


def _cluster_names(rows: pl.DataFrame) -> pl.Expr:
    """Rows of a person who is a worker already are named after the worker, in this upload and any other."""
    if rows["worker_id"].null_count() == rows.height:
        return pl.col("cluster_id")
    worker = pl.when(pl.col("verdict").is_in(["accept", "duplicate"])).then("worker_id")
    theirs = worker.drop_nulls().first().over("cluster_id")
    return pl.coalesce(pl.format("w{}", theirs), "cluster_id")


def _address() -> pl.Expr:
    rt_rw = pl.concat_str(pl.lit("RT "), "rt", pl.lit("/RW "), pl.col("rw").fill_null("-"))
    return pl.concat_str("address", rt_rw, "hamlet", separator=" ", ignore_nulls=True)


def _raw_cells(parsed: ParsedFile) -> pl.DataFrame:
    return parsed.rows.select(name for name in parsed.rows.columns if is_cell(name))
