from __future__ import annotations

from typing import Any

import pytest

from naung.areas import queries
from naung.areas.refusals import AreaCodeMalformed, AreaUnknown

pytestmark = pytest.mark.usefixtures("areas")


def found(text: str, **options: Any) -> list[str]:
    return [area.code for area in queries.search_areas(text, **options)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Binjai", "1275"),
        ("BINJAI", "1275"),
        ("  kota   binjai ", "1275"),
        ("Kota Medan", "1271"),
        ("kec binjai", "120505"),
        ("Kec. Binjai", "120505"),
        ("kecamatan Binjai Utara", "127501"),
        ("kel. Binjai Estate", "1275051002"),
        ("Kelurahan Binjai Estate", "1275051002"),
        ("desa Binjai Estate", "1275051002"),  # villages say desa and mean a kelurahan
        ("labuhan batu selatan", "1222"),
        ("Kab. Labuhanbatu Selatan", "1222"),
        ("kabupaten penajam paser utara", "6409"),
        ("penajam paser", "6409"),
        ("prov. sumatera utara", "12"),
        ("jakarta", "31"),
        ("ta'binjai", "7306102002"),
        ("Ta’binjai", "7306102002"),  # the apostrophe a word processor writes
        ("Bínjái", "1275"),
        ("Binjay", "1275"),  # as it is misspelt
    ],
)
def test_the_place_that_is_meant_comes_first(text: str, first: str) -> None:
    assert found(text)[0] == first


def test_a_name_that_many_places_bear_gives_the_larger_ones_first() -> None:
    areas = queries.search_areas("sukamaju", limit=50)
    exact = [area for area in areas if area.name == "Sukamaju"]
    assert areas[: len(exact)] == exact
    assert len(exact) > 10
    assert [area.level for area in exact] == sorted(area.level for area in exact)


def test_a_kind_before_the_name_leads_to_that_kind_alone() -> None:
    assert {area.kind for area in queries.search_areas("kel binjai")} == {"kelurahan"}
    assert {area.kind for area in queries.search_areas("desa binjai")} == {"desa"}


def test_a_name_that_begins_with_such_a_word_is_found_as_it_is() -> None:
    assert queries.search_areas("kota baru")[0].name == "Kota Baru"
    assert queries.search_areas("kota")[0].name == "Kota"


@pytest.mark.parametrize("text", ["12.75", "1275", "12.75."])
def test_a_code_finds_its_area_and_what_lies_in_it(text: str) -> None:
    assert found(text, limit=3) == ["1275", "127501", "1275011001"]


def test_a_search_stays_within_an_area() -> None:
    codes = found("binjai", within="12.75", limit=50)
    assert codes[0] == "1275"
    assert all(code.startswith("1275") for code in codes)


def test_a_search_within_what_is_no_area_is_refused() -> None:
    with pytest.raises(AreaCodeMalformed):
        queries.search_areas("binjai", within="%")


def test_former_codes_are_found_by_code_and_by_name_only_when_asked_for() -> None:
    assert found("91.01", limit=1) == ["9101"]
    assert "9101" not in found("merauke", limit=50)
    assert "9101" in found("merauke", limit=50, former=True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "%",
        "_",
        "%%%%",
        "\\",
        "'",
        "';--",
        "\x00",
        "Bin\x00jai\x1b[31m",
        "<script>alert(1)</script>",
        "=HYPERLINK(1)",
        "a" * 100_000,
        "....",
        "(",
        "%(name)s",
        "{0}",
        "🦆",
        "\ud800",
        "٣٤",
    ],
)
def test_hostile_text_finds_nothing_and_breaks_nothing(text: str) -> None:
    answer = found(text)
    assert len(answer) <= 20
    if not any(char.isalpha() and char.isascii() for char in text):
        assert answer == []


def test_a_wildcard_is_a_character_like_any_other() -> None:
    assert found("binja_") == found("binja%") or "1275" in found("binja_")
    assert all("%" in area.name for area in queries.search_areas("%j%"))


def test_nobody_can_ask_for_more_than_a_page() -> None:
    assert len(found("su", limit=1_000_000)) == queries.SEARCH_LIMIT
    assert len(found("su", limit=-1)) == 1


def test_a_search_with_its_parents_is_one_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        area = queries.search_areas("Kel. Binjai Estate")[0]
        assert area.parent is not None
        assert area.parent.parent is not None
        assert area.parent.parent.name == "Kota Binjai"


def test_an_area_is_had_by_either_form_of_its_code() -> None:
    assert queries.area("12.75.01.1001") == queries.area("1275011001")
    assert queries.area("1275011001").dotted_code == "12.75.01.1001"
    assert queries.name_of("12.75") == "Kota Binjai"
    assert queries.name_of("1299") is None
    with pytest.raises(AreaUnknown):
        queries.area("1299")


def test_a_path_reads_from_the_province_down() -> None:
    assert queries.path("12.75.01") == ["Sumatera Utara", "Kota Binjai", "Binjai Utara"]
    assert queries.path("12") == ["Sumatera Utara"]
    with pytest.raises(AreaUnknown):
        queries.path("1299")


def test_children_and_villages_are_those_in_force() -> None:
    assert queries.children().count() == 38
    assert [area.name for area in queries.children("1275")] == [
        "Binjai Utara",
        "Binjai Kota",
        "Binjai Barat",
        "Binjai Timur",
        "Binjai Selatan",
    ]
    assert queries.villages_of("12.75").count() == 37
    assert queries.children("91").count() == 9  # its former regencies are not among them


def test_the_database_holds_what_the_package_holds() -> None:
    assert queries.frame().equals(queries.seed_frame())
