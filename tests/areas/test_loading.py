from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from naung.areas import actions, queries
from naung.areas.models import Area
from naung.areas.refusals import AreaListOlder
from naung.areas.seed import Edition, Seed, packaged_edition, packaged_seed

pytestmark = pytest.mark.django_db

NO_FORMER = pl.DataFrame(
    schema={
        "code": pl.String,
        "name": pl.String,
        "valid_until": pl.Date,
        "successors": pl.String,
        "confidence": pl.String,
        "source": pl.String,
    }
)


def seed(version: str, decided_on: date, names: dict[str, str], former: pl.DataFrame = NO_FORMER) -> Seed:
    edition = Edition(
        version=version,
        decree=f"Keputusan {version}",
        decided_on=decided_on,
        source="invented",
        licence="none",
        since={},
    )
    return Seed(edition, pl.DataFrame({"code": list(names), "name": list(names.values())}), former)


def former(code: str, name: str, until: date, successors: str | None) -> pl.DataFrame:
    row = (code, name, until, successors, "read", "invented")
    return pl.DataFrame([row], schema=NO_FORMER.schema, orient="row")


OLD = {"12": "Utara", "1201": "Kabupaten Lama", "120101": "Hulu", "1202": "Kabupaten Tetap"}
OLD_DAY, NEW_DAY = date(2025, 4, 25), date(2030, 1, 1)


def validity(code: str) -> tuple[date | None, date | None]:
    valid = Area.objects.get(pk=code).valid
    return valid.lower, valid.upper


def test_the_first_load_does_not_pretend_to_know_when_codes_began() -> None:
    loaded = actions.load_areas(seed("a", OLD_DAY, OLD))
    assert (loaded.added, loaded.changed, loaded.closed) == (4, 0, 0)
    assert validity("1201") == (None, None)
    assert Area.objects.get(pk="120101").parent_id == "1201"


def test_a_newer_list_closes_what_vanished_adds_what_is_new_and_deletes_nothing() -> None:
    actions.load_areas(seed("a", OLD_DAY, OLD))
    newer = {"12": "Utara", "1203": "Kabupaten Baru", "120301": "Hulu", "1202": "Kabupaten Tetap Jaya"}
    loaded = actions.load_areas(seed("b", NEW_DAY, newer))
    assert (loaded.added, loaded.changed, loaded.closed) == (2, 1, 2)

    assert Area.objects.count() == 6
    assert validity("1201") == validity("120101") == (None, NEW_DAY)
    assert Area.objects.get(pk="1201").is_former
    assert validity("1203") == (NEW_DAY, None)
    assert queries.name_of("1202") == "Kabupaten Tetap Jaya"
    assert queries.name_of("1201") == "Kabupaten Lama"
    assert [area.code for area in queries.children("12")] == ["1202", "1203"]
    assert queries.frame().filter(pl.col("former"))["code"].to_list() == ["1201", "120101"]
    assert queries.loaded_version() == "b"


def test_a_newer_list_may_say_what_became_of_a_code() -> None:
    actions.load_areas(seed("a", OLD_DAY, OLD))
    names = {code: name for code, name in OLD.items() if not code.startswith("1201")} | {"1203": "Pengganti"}
    day = date(2029, 6, 1)
    actions.load_areas(seed("b", NEW_DAY, names, former("1201", "Kabupaten Lama", day, "1202 1203")))
    assert validity("1201") == (None, day)
    assert Area.objects.get(pk="1201").successors == ["1202", "1203"]


def test_a_code_that_comes_back_holds_again() -> None:
    actions.load_areas(seed("a", OLD_DAY, OLD))
    actions.load_areas(seed("b", NEW_DAY, {"12": "Utara"}))
    assert actions.load_areas(seed("c", date(2031, 1, 1), OLD)).changed == 3
    assert validity("1201") == (None, None)


def test_loading_the_same_list_again_looks_at_nothing() -> None:
    actions.load_areas(seed("a", OLD_DAY, OLD))
    assert actions.load_areas(seed("a", OLD_DAY, OLD)) == actions.Loaded("a", skipped=True)


def test_a_corrected_list_of_the_same_decree_changes_only_what_it_corrects() -> None:
    actions.load_areas(seed("a", OLD_DAY, OLD))
    loaded = actions.load_areas(seed("a2", OLD_DAY, OLD | {"1201": "Kabupaten Lama Sekali", "1204": "Lupa"}))
    assert (loaded.added, loaded.changed, loaded.closed) == (1, 1, 0)
    assert validity("1204") == (None, None)


def test_a_code_that_a_correction_takes_back_never_held() -> None:
    actions.load_areas(seed("a", OLD_DAY, OLD))
    actions.load_areas(seed("b", NEW_DAY, OLD | {"1209": "Salah Ketik"}))
    actions.load_areas(seed("b2", NEW_DAY, OLD))
    mistaken = Area.objects.get(pk="1209")
    assert mistaken.valid.isempty
    assert mistaken.is_former
    assert "1209" not in [area.code for area in queries.children("12")]


def test_an_older_list_is_refused_and_changes_nothing() -> None:
    actions.load_areas(seed("b", NEW_DAY, OLD))
    with pytest.raises(AreaListOlder, match="lebih lama") as refused:
        actions.load_areas(seed("a", OLD_DAY, {"12": "Selatan"}))
    assert refused.value.facts()["loaded_on"] == NEW_DAY
    assert queries.name_of("12") == "Utara"
    assert queries.is_loaded()  # a later decree than the packaged one: nothing to load


def test_a_list_with_a_broken_code_leaves_everything_as_it_was() -> None:
    actions.load_areas(seed("a", OLD_DAY, OLD))
    broken = seed("b", NEW_DAY, {"12": "Selatan", "12X1": "Bukan Kode"})
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.load_areas(broken)
    assert queries.name_of("12") == "Utara"
    assert queries.loaded_version() == "a"


def test_names_are_data_whatever_they_hold() -> None:
    odd = "Kampung \"Satu\", 50% \\N; DROP TABLE 'x'\nbaris é"
    actions.load_areas(seed("a", OLD_DAY, {"12": odd}))
    assert queries.name_of("12") == odd


def test_nobody_deletes_an_area_not_even_in_sql() -> None:
    actions.load_areas(seed("a", OLD_DAY, OLD))
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM areas_area WHERE code = '120101'")
    assert Area.objects.count() == 4


def test_the_packaged_list_is_loaded_once_with_its_decree() -> None:
    assert not queries.is_loaded()
    assert queries.loaded_version() is None
    loaded = actions.load_areas()
    assert loaded.added == 91_599 + 625
    assert queries.is_loaded()
    assert queries.loaded_version() == queries.data_version()
    assert validity("93") == (date(2022, 11, 9), None)
    assert validity("960101") == (date(2025, 4, 25), None)
    assert validity("9271") == (None, date(2025, 4, 25))
    assert validity("1275") == (None, None)
    assert Area.objects.get(pk="9271").successors == ["9671"]
    assert actions.load_areas().skipped

    # The next decree, made up: one village less.
    following = replace(packaged_edition(), version="next", decided_on=NEW_DAY, decree="Kepmendagri berikutnya")
    fewer = packaged_seed().areas.filter(pl.col("code") != "1275011001")
    loaded = actions.load_areas(Seed(following, fewer, packaged_seed().former))
    assert (loaded.added, loaded.changed, loaded.closed) == (0, 0, 1)
    assert validity("1275011001") == (None, NEW_DAY)
    assert queries.villages_of("1275").count() == 36
