from __future__ import annotations

import hashlib
import json
import lzma
from importlib import resources

import polars as pl
import pytest

from naung.areas.codes import kind_of, level_of, parent_of
from naung.areas.seed import (
    FRAME,
    data_version,
    issuing_regencies,
    packaged_edition,
    packaged_seed,
    seed_frame,
)

DATA = resources.files("naung.areas") / "data"


def in_force() -> pl.DataFrame:
    return seed_frame().filter(~pl.col("former"))


def test_the_counts_are_those_of_the_decree() -> None:
    """Kepmendagri 300.2.2-2138/2025: 38 provinces, 416 + 98, 7,285, 8,496 + 75,266."""
    assert dict(in_force().group_by("kind").len().iter_rows()) == {
        "province": 38,
        "kabupaten": 416,
        "kota": 98,
        "kecamatan": 7_285,
        "kelurahan": 8_496,
        "desa": 75_266,
    }


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("1275", "Kota Binjai"),
        ("1222", "Kabupaten Labuhanbatu Selatan"),
        ("1271", "Kota Medan"),
        ("6409", "Kabupaten Penajam Paser Utara"),
    ],
)
def test_the_places_of_the_five_stories_are_there(code: str, name: str) -> None:
    assert in_force().filter(code=code)["name"].item() == name


def test_kota_binjai_has_five_kecamatan_and_37_kelurahan() -> None:
    binjai = in_force().filter(pl.col("code").str.starts_with("1275"))
    assert dict(binjai.group_by("kind").len().iter_rows()) == {"kota": 1, "kecamatan": 5, "kelurahan": 37}


def test_the_frame_has_its_columns_and_no_code_twice() -> None:
    frame = seed_frame()
    assert frame.schema == FRAME
    assert frame["code"].is_unique().all()
    assert frame["code"].is_sorted()
    assert not frame["name"].is_in(["", " "]).any()
    assert frame.null_count().sum_horizontal().item() == 0


def test_the_columns_say_what_the_functions_say() -> None:
    for code, kind, level in seed_frame().select("code", "kind", "level").iter_rows():
        assert (kind, level) == (kind_of(code), level_of(code))


def test_every_area_lies_in_another_unless_it_is_a_province() -> None:
    frame = seed_frame()
    known = set(frame["code"])
    assert [code for code in known if (parent := parent_of(code)) and parent not in known] == []


def test_the_sidecar_names_decree_source_licence_and_the_hashes_of_what_is_there() -> None:
    facts = json.loads((DATA / "edition.json").read_text(encoding="utf-8"))
    assert facts["decree"] == "Kepmendagri 300.2.2-2138/2025"
    assert facts["licence"] == "MIT"
    assert "cahyadsn/wilayah" in facts["source"]
    areas = lzma.decompress((DATA / "areas.csv.xz").read_bytes())
    assert hashlib.sha256(areas).hexdigest() == facts["areas_sha256"]
    assert hashlib.sha256((DATA / "former.csv").read_bytes()).hexdigest() == facts["former_sha256"]
    both = hashlib.sha256((facts["areas_sha256"] + facts["former_sha256"]).encode()).hexdigest()
    assert data_version() == packaged_edition().version == f"{facts['decided_on']}+{both[:12]}"


def test_the_list_is_small_enough_to_travel() -> None:
    assert len((DATA / "areas.csv.xz").read_bytes()) < 600_000


@pytest.mark.parametrize(
    ("code", "name", "successor"),
    [
        ("9101", "Kabupaten Merauke", "9301"),
        ("9104", "Kabupaten Nabire", "9401"),
        ("9102", "Kabupaten Jayawijaya", "9501"),
        ("9271", "Kota Sorong", "9671"),
        # Districts were renumbered when the regency moved; these pairs were read in an old list.
        ("910268", "Wesaput", "950140"),
        ("910417", "Yaro", "940110"),
        ("910703", "Ilu", "940202"),
        ("910804", "Aradide", "940303"),
        ("911309", "Dekai", "950307"),
        ("911418", "Nabunage", "950417"),
        ("920139", "Mariat", "960114"),
        ("920426", "Kais Darat", "960215"),
        ("920513", "Misool Selatan", "960312"),
        ("920505", "Kepulauan Ayau", "960323"),
        ("920524", "Ayau", "960305"),
        ("921024", "Mare Selatan", "960524"),
        ("6404", "Kabupaten Bulungan", "6501"),
        ("6473", "Kota Tarakan", "6571"),
        ("7321", "Kabupaten Mamuju", "7602"),
    ],
)
def test_a_former_code_keeps_its_name_and_names_its_successor(code: str, name: str, successor: str) -> None:
    row = packaged_seed().former.filter(code=code).row(0, named=True)
    assert (row["name"], row["successors"]) == (name, successor)


def test_every_successor_is_in_force_and_of_the_same_kind() -> None:
    former = packaged_seed().former.drop_nulls("successors").select("code", "name", heir="successors")
    heirs = former.join(in_force(), left_on="heir", right_on="code", how="inner")
    assert heirs.height == former.height == 624
    assert (heirs["name"] == heirs["name_right"]).all()
    assert all(kind_of(code) == kind_of(heir) for code, heir in heirs.select("code", "heir").iter_rows())


def test_a_former_code_says_whether_it_was_read_or_recalled() -> None:
    former = packaged_seed().former
    assert set(former["confidence"]) == {"read", "recalled"}
    assert former["source"].null_count() == former["valid_until"].null_count() == 0
    recalled = former.filter(confidence="recalled")
    assert set(recalled["code"].str.slice(0, 2)) == {"54", "64", "73"}


def test_a_nik_may_begin_with_any_regency_that_ever_had_a_code() -> None:
    known = issuing_regencies()
    assert {"1275", "9101", "9301", "6404", "6501", "7321"} <= known
    assert not {"0000", "9999", "1299", "5401"} & known
    assert len(known) == 514 + 36
