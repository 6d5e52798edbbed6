from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naung.areas.codes import Kind, format_code, kind_of, level_of, parent_of, parse_code
from naung.areas.refusals import AreaCodeMalformed

codes = st.sampled_from([2, 4, 6, 10]).flatmap(lambda digits: st.text("0123456789", min_size=digits, max_size=digits))


@pytest.mark.parametrize(
    ("digits", "dotted"),
    [
        ("12", "12"),
        ("1275", "12.75"),
        ("127501", "12.75.01"),
        ("1275011001", "12.75.01.1001"),
    ],
)
def test_a_code_is_written_with_dots_and_kept_without(digits: str, dotted: str) -> None:
    assert format_code(digits) == dotted
    assert parse_code(dotted) == parse_code(digits) == parse_code(f"  {dotted} ") == digits


@given(codes)
def test_formatting_then_parsing_gives_the_code_back(code: str) -> None:
    assert parse_code(format_code(code)) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "127",
        "12750",
        "12750110011",
        "12.7",
        "1.2.7.5",
        "12..75",
        "12,75",
        "12.75.1001",
        "12.7501",
        "1 2 7 5",
        "12.75'; DROP TABLE areas_area; --",
        "Kota Binjai",
        "１２７５",
        "١٢",
        "12\x0075",
    ],
)
def test_what_is_not_a_whole_code_is_refused_in_words(text: str) -> None:
    with pytest.raises(AreaCodeMalformed) as refused:
        parse_code(text)
    assert "bukan kode wilayah" in str(refused.value)


def test_a_refusal_does_not_repeat_a_whole_megabyte() -> None:
    with pytest.raises(AreaCodeMalformed) as refused:
        parse_code("9" * 1_000_000)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    ("code", "level", "parent", "kind"),
    [
        ("12", 1, None, Kind.PROVINCE),
        ("1222", 2, "12", Kind.KABUPATEN),
        ("1275", 2, "12", Kind.KOTA),
        ("127501", 3, "1275", Kind.KECAMATAN),
        ("1275011001", 4, "127501", Kind.KELURAHAN),
        ("1222012001", 4, "122201", Kind.DESA),
        ("9103013001", 4, "910301", Kind.DESA),  # a desa adat
    ],
)
def test_a_code_tells_its_level_its_parent_and_its_kind(code: str, level: int, parent: str | None, kind: Kind) -> None:
    assert (level_of(code), parent_of(code), kind_of(code)) == (level, parent, kind)
