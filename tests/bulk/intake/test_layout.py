"""Village lists in the shapes they really come in: who is a row, and what becomes of every other line."""

from datetime import date

import pytest

from naung.bulk.intake.headers import field_of
from tests.bulk.intake.lists import HEADER, csv, judge, nik, ods, person, read, verdicts, xlsx

PEOPLE = [person(1), person(2), person(3)]


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("No KTP", "nik"), ("N I K", "nik"), ("NIK/No. KTP", "nik"), ("Nomor Induk Kependudukan", "nik"),
        ("NIK (16 angka)", "nik"), ("No. KK", "kk"), ("Nomor Kartu Keluarga", "kk"), ("Tgl Lahir", "birth_date"),
        ("TTL", "birth_both"), ("Tempat/Tgl Lahir", "birth_both"), ("TEMPAT, TANGGAL LAHIR", "birth_both"),
        ("Tempat Lahir", "birth_place"), ("JK", "sex"), ("L/P", "sex"), ("Jenis\nKelamin", "sex"),
        ("Pekerjaan", "occupation"),
        ("Jenis Usaha", "occupation"), ("Desa/Kel", "village"), ("Kec.", "district"), ("No. HP/WA", "phone"),
        ("Ket", "note"),
        ("Nama (sesuai KTP)", "name"), ("nama_lengkap", "name"), ("Nama Ibu Kandung", "mother"), ("RT / RW", "rt_rw"),
        ("NIK Ahli Waris", "ignore_heir"), ("Nama Ahli Waris", "ignore_heir"), ("No.", "number"),
        ("Nama Usaha", None), ("Warna", None),
    ],
)  # fmt: skip
def test_a_title_under_any_name_finds_its_field(title, field):
    assert field_of(title) == field


def assert_three_people(data: bytes) -> None:
    parsed = read(data)
    assert parsed.rows["nik"].to_list() == [row[2] for row in PEOPLE]
    assert [v for v, _ in verdicts(data)] == ["accept"] * 3


@pytest.mark.parametrize("make", [csv, xlsx, ods])
def test_titles_above_numbers_below_the_header_and_signatures_are_no_people(make):
    data = make([
        ["DAFTAR CALON PENERIMA BANTUAN IURAN"], ["DESA MAJU JAYA TAHUN 2026"], [], HEADER,
        [str(i + 1) for i in range(len(HEADER))], *PEOPLE, [],
        ["", "", "", "", "", "", "", "Binjai, 12 Oktober 2026"],
        ["", "Mengetahui,", "", "", "", "", "", "Operator Desa"],
        ["", "Kepala Desa Maju Jaya", "", "", "", "", "", ""], ["", "SUPARMAN, S.H.", "", "", "", "", "", "TUTI"],
        ["", "NIP. 197001011990031001"],
    ])  # fmt: skip
    assert_three_people(data)


@pytest.mark.parametrize("make", [csv, xlsx])
def test_sections_subtotals_and_repeated_headers_are_no_people(make):
    data = make([
        HEADER, ["Dusun I"], PEOPLE[0], ["", "Jumlah Dusun I", "", "1"], [], HEADER, ["", "DUSUN II"], PEOPLE[1],
        PEOPLE[2], ["Sub Total", "", "", "2"], ["TOTAL", "", "", "", "3"],
    ])  # fmt: skip
    assert_three_people(data)


def test_every_line_is_either_a_person_or_told_as_skipped():
    rows = [["Judul"], [], HEADER, ["Dusun I"], *PEOPLE, ["Jumlah", "3"], [], ["Mengetahui"]]
    parsed = read(csv(rows))
    seen = sorted(parsed.rows["row"].to_list() + parsed.skipped["row"].to_list())
    assert seen == list(range(1, len(rows) + 1))


def test_a_page_may_order_its_columns_anew():
    turned = list(reversed(HEADER))
    assert_three_people(csv([HEADER, PEOPLE[0], turned, list(reversed(PEOPLE[1])), list(reversed(PEOPLE[2]))]))


def test_two_header_rows_are_read_as_one():
    data = xlsx(
        [
            ["No", "Nama", "NIK", "Tempat/Tgl Lahir", "", "Jenis Kelamin", "", "Alamat", "", "", "Pekerjaan"],
            ["", "", "", "Tempat", "Tanggal", "L", "P", "Desa", "RT", "RW", ""],
            [1, "Siti", nik(sex="P"), "Binjai", "01-01-1980", "", "v", "Maju", "03", "1", "Petani"],
        ],
        merge=[(0, 3, 0, 4, "Tempat/Tgl Lahir"), (0, 5, 0, 6, "Jenis Kelamin"), (0, 7, 0, 9, "Alamat")],
    )
    row = judge(data).row(0, named=True)
    assert (row["birth_place"], row["birth_date"], row["sex"]) == ("Binjai", date(1980, 1, 1), "P")
    assert (row["village"], row["rt"], row["rw"], row["verdict"]) == ("Maju", "003", "001", "accept")


def test_a_title_over_two_columns_covers_place_and_date():
    data = xlsx([["Nama", "NIK", "TTL", "", "L/P"], ["Siti", nik(sex="P"), "Binjai", "01-01-1980", "P"]])
    row = judge(data).row(0, named=True)
    assert (row["birth_place"], row["birth_date"]) == ("Binjai", date(1980, 1, 1))


def test_several_sheets_each_have_their_header_or_go_on_without():
    data = xlsx([HEADER, PEOPLE[0]], [["Lanjutan"], HEADER[::-1], PEOPLE[1][::-1]], [PEOPLE[2][::-1]])
    parsed = read(data)
    assert parsed.rows.select("sheet", "row").rows() == [("Lembar 1", 2), ("Lembar 2", 3), ("Lembar 3", 1)]
    assert parsed.rows["nik"].to_list() == [row[2] for row in PEOPLE]


def test_a_sheet_of_instructions_is_told_and_skipped():
    parsed = read(xlsx([["Petunjuk pengisian"], ["Isi NIK dengan 16 angka"]], [HEADER, *PEOPLE]))
    assert parsed.rows.height == 3
    assert set(parsed.skipped.filter(sheet="Lembar 1")["kind"]) == {"not_a_list"}


@pytest.mark.parametrize("make", [csv, xlsx])
def test_a_list_without_any_header_is_told_from_its_content(make):
    rows = [person(i, Nama=n) for i, n in enumerate(["Ani Lubis", "Budi Ginting", "Cut Nyak", "Dedi Saragih"], 1)]
    checked = judge(make(rows))
    assert checked["name"].to_list() == ["Ani Lubis", "Budi Ginting", "Cut Nyak", "Dedi Saragih"]
    assert checked["occupation_code"].to_list() == ["penjual_ikan"] * 4
    assert checked["verdict"].to_list() == ["accept"] * 4
    assert checked["birth_date"].to_list() == [date(1980, 1, 1)] * 4


@pytest.mark.parametrize("mark", ["sda", "s.d.a", "SDA", '"', "-", "idem"])
def test_as_above_takes_the_value_above(mark):
    data = xlsx([HEADER, person(1), person(2, Alamat=mark), person(3, Alamat=mark)])
    assert read(data).rows["address"].to_list() == ["Jl. Melati 3"] * 3
    # As received stays as received.
    assert read(data).cells().to_list()[1][5] == mark


def test_cells_merged_downward_hold_for_every_row():
    rows = [HEADER, person(1, Desa="Maju"), person(2), person(3), person(4)]
    data = xlsx(rows, merge=[(1, 6, 3, 6, "Maju")])
    assert read(data).rows["village"].to_list() == ["Maju", "Maju", "Maju", None]


def test_someone_without_a_nik_is_still_someone():
    data = csv([HEADER, person(1), person(2, NIK=""), person(3, NIK="-"), person(4, NIK="belum ada"), person(5)])
    assert [reasons for _, reasons in verdicts(data)] == [[], ["nik_missing"], ["nik_missing"], ["nik_missing"], []]


def test_a_narrow_list_of_names_and_niks_keeps_who_has_none():
    data = csv([["Nama", "NIK"], ["Ani", nik(serial=1)], ["Budi", ""], ["Cici", nik(serial=3)]])
    assert [v for v, _ in verdicts(data)] == ["accept", "reject", "accept"]


def test_numbered_lines_left_empty_are_blank():
    parsed = read(xlsx([HEADER, person(1), [2], [3]]))
    assert parsed.rows.height == 1
    assert parsed.skipped["kind"].to_list() == ["header", "blank", "blank"]


def test_formulas_and_html_are_text():
    row = judge(csv([HEADER, person(1, Nama="=HYPERLINK(1)", Alamat="<script>alert(1)</script>")])).row(0, named=True)
    assert row["name"] == "=HYPERLINK(1)"
    assert row["address"] == "<script>alert(1)</script>"


def test_a_name_alone_above_others_is_sent_back_and_not_lost():
    alone = ["", "Siti", *[""] * (len(HEADER) - 2)]
    data = csv([HEADER, person(1), alone, person(3), alone])
    assert [reasons for _, reasons in verdicts(data)] == [[], ["nik_missing"], []]
    assert read(data).skipped.rows() == [("", 1, "header"), ("", 5, "note")]
