"""Faulty rows go home in the sender's own columns, with the reason in words."""

import io

import pytest
import python_calamine

from naung.bulk.intake import Reason, explain, return_workbook
from naung.bulk.intake.reasons import FIELD_OF
from tests.bulk.intake.lists import HEADER, csv, judge, person, read, xlsx


def back(data: bytes) -> dict[str, list[list[object]]]:
    packed = return_workbook(read(data), judge(data))
    book = python_calamine.CalamineWorkbook.from_object(io.BytesIO(packed))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_only_faulty_rows_return_in_the_senders_columns():
    rows = back(xlsx([["Desa Maju"], HEADER, person(1), person(2, NIK="12750141018000")]))["Lembar 1"]
    assert rows[0] == ["Baris", *HEADER, "Hasil", "Alasan"] or rows[0][1:4] == ["No", "Nama", "NIK"]
    assert len(rows) == 2
    assert rows[1][0] == 4
    assert rows[1][3] == "12750141018000"
    assert rows[1][-2:] == ["Perlu diperbaiki", "NIK harus 16 angka. Sekarang 14."]


def test_nothing_returned_is_a_formula():
    data = csv([HEADER, person(1, Nama='=HYPERLINK("http://x","y")', NIK="+1", Alamat="@SUM(A1)")])
    packed = return_workbook(read(data), judge(data))
    assert b"<f>" not in packed
    rows = back(data)["Daftar"]
    assert rows[1][2] == '=HYPERLINK("http://x","y")'
    assert rows[1][3] == "+1"


def test_each_sheet_returns_under_its_name():
    data = xlsx([HEADER, person(1, NIK="1")], [HEADER, person(2, NIK="2")])
    assert list(back(data)) == ["Lembar 1", "Lembar 2"]


def test_a_duplicate_says_where_the_first_one_stands():
    rows = back(csv([HEADER, person(1), person(1)]))["Daftar"]
    assert rows[1][-1] == "Orang ini sudah ada di baris 2. Baris ini tidak perlu dikirim lagi."


def test_a_clean_list_says_so():
    assert back(csv([HEADER, person(1)])) == {"Hasil": [["Semua baris diterima."]]}


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_words_and_a_place(reason):
    sentence = explain(reason, digits=15, age=67, first="baris 3")
    assert sentence.endswith(".")
    assert "{" not in sentence
    assert all(len(part.split()) <= 15 for part in sentence.split(". "))
    assert FIELD_OF[reason]
