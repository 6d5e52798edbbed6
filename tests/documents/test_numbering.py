from __future__ import annotations

from datetime import date

import pytest

from naung.documents.numbering import TOKENS, begins_anew, fault_of, number_by


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("188.45/{nomor}/K/{romawi_bulan}/{tahun}", "188.45/7/K/XI/2026"),
        ("{nomor3}-{bulan}-{tahun}", "007-11-2026"),
        ("{nomor}", "7"),
        ("TAG/{kode}/{nomor}", "TAG/BNJ-1/7"),
    ],
)
def test_a_pattern_becomes_a_number(pattern, number):
    assert number_by(pattern, number=7, on=date(2026, 11, 21), code="BNJ-1") == number


def test_every_month_has_its_roman_number():
    found = [number_by("{nomor} {romawi_bulan}", number=1, on=date(2026, month, 1), code="") for month in range(1, 13)]
    assert found[0] == "1 I"
    assert found[3] == "1 IV"
    assert found[8] == "1 IX"
    assert found[11] == "1 XII"
    assert len(set(found)) == 12


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("{nomor}/{hari}", "{hari}"),
        ("{nomor}/{}", "{}"),
        ("SK/{tahun}", "{nomor}"),
        ("", "{nomor}"),
        ("{nomor}/{tahun", "tanda"),
        ("{nomor}<b>", "tanda"),
        ("{nomor}\n", "tanda"),
        ("{nomor.__class__}", "tidak dikenal"),
        ("{nomor}" + "x" * 60, "60"),
    ],
)
def test_a_faulty_pattern_is_told_what_is_wrong(pattern, said):
    assert said in (fault_of(pattern) or "")


@pytest.mark.parametrize("token", TOKENS)
def test_every_token_stands_in_the_help_of_a_fault(token):
    assert f"{{{token}}}" in (fault_of("{nomor}{apa}") or "")


def test_numbers_begin_anew_only_where_the_year_tells_them_apart():
    assert begins_anew("{nomor}/{tahun}")
    assert not begins_anew("{nomor}/{bulan}")


def test_the_classification_and_the_office_are_plain_letters_of_the_pattern():
    pattern = "500.15.14.2/{nomor}/Disnakertrans/{tahun}"
    assert number_by(pattern, number=7, on=date(2026, 11, 21), code="") == "500.15.14.2/7/Disnakertrans/2026"


def test_a_token_that_no_paper_knows_is_told_so():
    said = fault_of("{klasifikasi}/{nomor}")
    assert said is not None
    assert "{klasifikasi}" in said
