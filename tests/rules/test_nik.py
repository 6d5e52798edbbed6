"""A NIK read by the plain reference and by its columnar twin, which must say the same."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naung.bulk.intake.nik import FINDINGS, read_niks
from naung.rules.nik import NIK, known_prefixes, parse_nik

ON = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        (None, ["nik_missing"]), ("", ["nik_missing"]), ("-", ["nik_missing"]), ("0", ["nik_missing"]),
        ("belum ada", ["nik_missing"]),
        ("127501010180001", ["nik_length"]), ("12750101018000011", ["nik_length"]),
        ("1275O10101800001", ["nik_letter"]), ("127501010l800001", ["nik_letter"]),
        ("127501010180000l (KTP)", ["nik_length", "nik_letter"]),
        ("6.40201E+15", ["nik_precision_lost"]), ("6,40201E+15", ["nik_precision_lost"]),
        ("1E15", ["nik_precision_lost"]),
        ("0000000000000000", ["nik_placeholder"]), ("9999999999999999", ["nik_placeholder"]),
        ("1234567890123456", ["nik_placeholder"]), ("1234123412341234", ["nik_placeholder"]),
        ("1275011111111111", ["nik_placeholder"]),
        ("0012010101800001", ["nik_bad_area"]), ("9901010101800001", ["nik_bad_area"]),
        ("1299010101800001", ["nik_bad_area"]),
        ("1275000101800001", ["nik_bad_area"]),
        ("1275013201800001", ["nik_bad_date"]), ("1275013102800001", ["nik_bad_date"]),
        ("1275012902810001", ["nik_bad_date"]),
        ("1275014001800001", ["nik_bad_date"]), ("1275017201800001", ["nik_bad_date"]),
        ("1275018101800001", ["nik_bad_date"]),
        ("1275010113800001", ["nik_bad_date"]), ("1275010001800001", ["nik_bad_date"]),
        ("1275010101800000", ["nik_bad_serial"]),
        ("1299013102800000", ["nik_bad_date", "nik_bad_area", "nik_bad_serial"]),
    ],
)  # fmt: skip
def test_everything_wrong_with_a_nik_is_told_at_once(text, findings):
    assert sorted(parse_nik(text)) == sorted(findings)


@pytest.mark.parametrize(
    "text",
    ["1275010101800001", "'1275010101800001", "1275 0101 0180 0001", "1275.0101.0180.0001", "127501-010180-0001",
     "\u00a01275010101800001\ufeff", '"1275010101800001"', "1275010101800001.0"],
)  # fmt: skip
def test_spaces_dots_and_quotes_are_only_writing(text):
    assert parse_nik(text) == NIK("1275010101800001")


@pytest.mark.parametrize(
    ("number", "lost"),
    [
        ("1275010101800001", False),
        ("1275010101800010", True),  # Excel keeps fifteen digits of what is typed
        ("9603011203800017", True),  # above 2^53
        ("9007199254740993", True),
    ],
)
def test_a_nik_stored_as_a_number_may_have_lost_its_end(number, lost):
    found = parse_nik(number, was_number=True)
    assert (not isinstance(found, NIK) and "nik_precision_lost" in found) is lost


@pytest.mark.parametrize("area", ["5401", "6404", "9104", "9201", "6501", "9301", "9501", "9601", "7319"])
def test_every_regency_that_ever_issued_stays_good(area):
    assert isinstance(parse_nik(f"{area}010101800001"), NIK)


@pytest.mark.parametrize("area", ["0101", "1000", "2001", "4001", "9901", "1280"])
def test_regencies_that_never_were_are_told(area):
    assert parse_nik(f"{area}010101800001") == ("nik_bad_area",)


def test_an_unseen_district_of_a_known_regency_is_a_question():
    found = parse_nik("1275990101800001")
    assert isinstance(found, NIK)
    assert not found.district_known


@pytest.mark.parametrize(
    ("nik", "given", "born"),
    [
        ("1275010101800001", None, date(1980, 1, 1)),
        ("1275014101800001", None, date(1980, 1, 1)),
        ("1275010101050001", None, date(2005, 1, 1)),  # 1905 would be 121 years old
        ("1275012902000001", None, date(2000, 2, 29)),  # 1900 was no leap year
        ("1275010101260001", None, date(1926, 1, 1)),  # a hundred, or a baby: the adult
        ("1275010101260001", date(2026, 1, 1), date(2026, 1, 1)),
        ("1275012212260001", None, date(1926, 12, 22)),  # in 2026 this day is still to come
    ],
)
def test_the_century_is_judged_by_who_can_be_alive(nik, given, born):
    found = parse_nik(nik)
    assert isinstance(found, NIK)
    assert found.birth_date(on=ON, given=given) == born


def test_all_current_districts_are_known():
    assert len(known_prefixes().districts) >= 7285
    assert len({code[:2] for code in known_prefixes().regencies}) == 39  # 38 provinces and East Timor


DIGITS = st.one_of(
    st.from_regex(
        r"(1275|9603|5401|1299|3273)(0[0-9]|99)([0-7][0-9])(0[0-9]|1[0-3])[0-9]{2}(0000|[0-9]{4})", fullmatch=True
    ),
    st.from_regex(r"[0-9]{14,18}", fullmatch=True),
    st.from_regex(r"([0-9]{1}){16}|([0-9]{2}){8}", fullmatch=True),
    st.sampled_from("0123456789").map(lambda d: "127501" + d * 10),
)  # fmt: skip
WRITTEN = st.one_of(
    DIGITS,
    DIGITS.map(lambda d: f"'{d[:4]} {d[4:8]}.{d[8:12]}-{d[12:]}"),
    DIGITS.map(lambda d: d + ".0"),
    DIGITS.map(lambda d: d.replace("0", "O", 1)),
    st.text(alphabet="0123456789 .-'OlE+\u00a0\u200b\u2013\t,/", max_size=20),
    st.text(max_size=20),
    st.none(),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(WRITTEN, st.booleans()), min_size=1, max_size=20))
def test_the_columnar_twin_says_what_the_reference_says(cells):
    texts = pl.Series([text for text, _ in cells], dtype=pl.String)
    numbers = pl.Series([number for _, number in cells], dtype=pl.Boolean)
    read = read_niks(texts, numbers, on=ON)
    for (text, number), row in zip(cells, read.iter_rows(named=True), strict=True):
        found = parse_nik(text, was_number=number)
        if isinstance(found, NIK):
            assert not any(row[finding] for finding in FINDINGS), text
            assert row["nik"] == found.text
            assert row["nik_sex"] == found.sex
            assert row["nik_born"] == found.birth_date(on=ON)
            assert row["district_unknown"] is not found.district_known
            if row["nik_born_other"]:
                assert found.birth_date(on=ON, given=row["nik_born_other"]) == row["nik_born_other"]
        else:
            assert {finding for finding in FINDINGS if row[finding]} == set(found), text
