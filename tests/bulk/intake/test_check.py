"""One verdict for every row, all reasons at once, and what two rows of one NIK mean."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naung.bulk.intake import CheckContext, Reason, check
from naung.bulk.intake.contacts import normalise_phones, read_rupiah
from naung.bulk.intake.dates import read_dates
from naung.bulk.intake.names import normalise_names
from naung.bulk.occupations import match_occupations, occupations
from tests.bulk.intake.lists import HEADER, ON, csv, judge, nik, person, read, verdicts, xlsx

BORN = date(1980, 1, 1)

AREAS = pl.DataFrame(
    [
        ("12", "Sumatera Utara"), ("1275", "Kota Binjai"), ("127501", "Binjai Utara"), ("127502", "Binjai Kota"),
        ("1275011001", "Pahlawan"), ("1275011002", "Jati Makmur"), ("1275021001", "Pekan Binjai"),
        ("1275021002", "Setia"),
        ("1205", "Kabupaten Langkat"), ("120508", "Stabat"), ("1205081001", "Stabat Baru"),
        ("1205082001", "Karang Rejo"),
    ],
    schema=["code", "name"],
    orient="row",
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "context", "expected"),
    [
        ({}, {}, ("accept", [])),
        ({"NIK": ""}, {}, ("reject", ["nik_missing"])),
        ({"NIK": "12750141018001"}, {}, ("reject", ["nik_length"])),
        ({"NIK": "1275O14101800001"}, {}, ("reject", ["nik_letter"])),
        ({"NIK": "1.27501E+15"}, {}, ("reject", ["nik_precision_lost"])),
        ({"NIK": "1111111111111111"}, {}, ("reject", ["nik_placeholder"])),
        ({"NIK": nik(BORN, sex="P", area="999901")}, {}, ("reject", ["nik_bad_area"])),
        ({"NIK": nik(BORN, sex="P", area="127599")}, {}, ("review", ["nik_bad_area"])),
        ({"NIK": "1275017102800001"}, {}, ("reject", ["nik_bad_date"])),
        ({"NIK": nik(BORN, sex="P", serial=0)}, {}, ("reject", ["nik_bad_serial"])),
        ({"TTL": "Binjai, 02-01-1980"}, {}, ("accept", ["nik_dob_mismatch"])),
        ({"L/P": "L"}, {}, ("accept", ["nik_sex_mismatch"])),
        ({"L/P": "L", "TTL": "Binjai, 02-01-1980"}, {}, ("review", ["nik_dob_mismatch", "nik_sex_mismatch"])),
        ({"TTL": "Binjai, 31-02-1980"}, {}, ("accept", ["nik_dob_mismatch"])),
        ({"TTL": "31-02-1980", "NIK": "12"}, {}, ("reject", ["malformed_row", "nik_length"])),
        ({"Nama": ""}, {}, ("reject", ["malformed_row"])),
        ({"Nama": "Alm. Rahmawati"}, {}, ("review", ["dead"])),
        ({"Nama": "Rahmawati (almh)"}, {}, ("review", ["dead"])),
        ({"Nama": "Rahmawati binti Alm. Yusuf"}, {}, ("accept", [])),
        ({"born": date(2008, 11, 22)}, {}, ("reject", ["under_age"])),
        ({"born": date(2008, 11, 21)}, {}, ("accept", [])),
        ({"born": date(1961, 11, 21)}, {}, ("reject", ["over_age"])),
        ({"born": date(1961, 11, 22)}, {}, ("accept", [])),
        ({"born": date(1961, 11, 21)}, {"age_max_inclusive": True}, ("accept", [])),
        ({"born": date(1960, 11, 21)}, {"age_max_inclusive": True}, ("reject", ["over_age"])),
        ({}, {"deaths": pl.DataFrame({"nik": [nik(sex="P")]})}, ("reject", ["dead"])),
        ({}, {"members": pl.DataFrame({"nik": [nik(sex="P")]})}, ("reject", ["already_covered"])),
        ({}, {"moved": pl.DataFrame({"nik": [nik(sex="P")]})}, ("reject", ["not_resident"])),
        ({}, {"occupations": frozenset({"penjual_ikan"})}, ("accept", [])),
        ({}, {"occupations": frozenset({"Perdagangan"})}, ("accept", [])),
        ({}, {"occupations": frozenset({"petani"})}, ("reject", ["occupation"])),
        ({"Pekerjaan": ""}, {"occupations": frozenset({"petani"})}, ("review", ["occupation"])),
        ({"Pekerjaan": "xyz"}, {"occupations": frozenset({"petani"})}, ("review", ["occupation"])),
        ({"Pekerjaan": ""}, {}, ("accept", [])),
        ({"No HP": ""}, {"required": ("phone",)}, ("reject", ["malformed_row"])),
    ],
)  # fmt: skip
def test_each_finding_leads_to_its_verdict(changes, context, expected):
    assert verdicts(csv([HEADER, person(1, **changes)]), **context) == [expected]


@pytest.mark.parametrize(
    ("village", "district", "expected"),
    [
        ("", "", ("accept", [])),
        ("Pahlawan", "", ("accept", [])),
        ("Pahlawan, Binjai Utara", "", ("accept", [])),
        ("Kel. Jati Makmur", "Kec. Binjai Utara", ("accept", [])),
        ("JATIMAKMUR", "", ("accept", [])),
        ("Pekan Binjai", "Binjai Utara", ("accept", [])),  # the wrong district, and still at home
        ("", "Stabat", ("reject", ["not_resident"])),
        ("Karang Rejo", "", ("reject", ["not_resident"])),
        ("Stabat Baru", "Stabat", ("reject", ["not_resident"])),
        ("Entah Di Mana", "Binjai Kota", ("accept", [])),  # a misspelling proves nothing
        ("Karang Rejo", "Binjai Kota", ("review", ["not_resident"])),
    ],
)
def test_people_live_where_they_say_and_not_where_their_nik_was_issued(village, district, expected):
    row = person(1, Desa=village, Kecamatan=district, NIK=nik(sex="P", area="320101"))
    assert verdicts(csv([HEADER, row]), areas=AREAS, area_code="1275") == [expected]


def test_a_resolved_village_carries_its_code():
    row = judge(csv([HEADER, person(1, Desa="Pkn Binjai")]), areas=AREAS, area_code="1275").row(0, named=True)
    assert (row["village_code"], row["district_code"]) == ("1275021001", "127502")


@pytest.mark.parametrize("province", ["1275", "9603"])
def test_a_nik_typed_as_a_number_is_a_finding_where_it_may_be_false(province):
    exact = int(nik(sex="P", area=f"{province}01", serial=7))
    rounded = int(nik(sex="P", area=f"{province}01", serial=10))
    found = verdicts(xlsx([HEADER, person(1, NIK=exact), person(2, NIK=rounded)]))
    beyond = province == "9603"
    assert found[0] == (("reject", ["nik_precision_lost"]) if beyond else ("accept", []))
    assert found[1] == ("reject", ["nik_precision_lost"])


def test_dates_in_cells_and_serials_are_read():
    rows = [
        ["Nama", "NIK", "Tgl Lahir"],
        *(["Budi", nik(serial=i), cell] for i, cell in enumerate([BORN, 29221, "1/1/80"], 1)),
    ]
    assert judge(xlsx(rows))["birth_date"].to_list() == [BORN] * 3


SAME = {"NIK": nik(sex="P", serial=9)}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Rahmawati Siregar", "RAHMAWATI  SIREGAR"), ("Rahmawati Siregar", "Hj. Rahmawati Siregar, S.Pd"),
        ("Rahmawati Siregar", "Siregar Rahmawati"), ("Rahmawati", "Rahmawati Siregar"),
        ("R. Siregar", "Rahmawati Siregar"),
        ("Muhammad Yusuf", "M. Jusup"), ("Muhammad Yusuf", "Muh. Yusuf"), ("Soekarno Poetra", "Sukarno Putra"),
        ("Siti binti Ahmad", "Siti"), ("Abdul Rahman", "Abd. Rachman"),
    ],
)  # fmt: skip
def test_one_person_written_twice_is_taken_once(first, second):
    rows = [HEADER, person(1, Nama=first, **SAME), person(2, Nama=second, **SAME)]
    checked = judge(csv(rows))
    assert checked["verdict"].to_list() == ["accept", "duplicate"]
    assert checked["cluster_id"].n_unique() == 1
    assert checked["duplicate_of"].to_list() == [None, "baris 2"]


@pytest.mark.parametrize(
    ("first", "second"), [("Rahmawati", "Tumini"), ("Budi Santoso", "Budi Siregar"), ("Ani", "Ana")]
)
def test_two_people_under_one_nik_go_to_review_and_none_wins(first, second):
    rows = [HEADER, person(1, Nama=first, **SAME), person(2, Nama=second, **SAME), person(3, Nama=first, **SAME)]
    checked = judge(csv(rows))
    assert checked["verdict"].to_list() == ["review"] * 3
    assert checked["reasons"].to_list() == [["nik_conflict"]] * 3
    assert checked["cluster_id"][0] == checked["cluster_id"][2] != checked["cluster_id"][1]


def test_a_family_card_number_under_nik_is_a_conflict():
    header = [*HEADER, "No KK"]
    assert verdicts(csv([header, [*person(1), nik(sex="P")]])) == [("review", ["nik_conflict"])]


def test_the_next_good_row_takes_the_place_of_a_rejected_first():
    rows = [
        HEADER,
        person(1, Nama="Siti", **SAME, Pekerjaan="PNS"),
        person(2, Nama="Siti", **SAME),
        person(3, Nama="Siti", **SAME),
    ]
    found = verdicts(csv(rows), occupations=frozenset({"penjual_ikan"}))
    assert [v for v, _ in found] == ["duplicate", "accept", "duplicate"]


def test_duplicates_are_found_across_sheets_and_files():
    one, two = xlsx([HEADER, person(1)], [HEADER, person(1)]), csv([HEADER, person(1), person(2)])
    checked = judge(one, two)
    assert checked["verdict"].to_list() == ["accept", "duplicate", "duplicate", "accept"]
    assert checked["duplicate_of"].to_list() == [None, "lembar Lembar 1, baris 2", "berkas lain, baris 2", None]


def test_people_already_known_are_duplicates_or_conflicts():
    known = pl.DataFrame({
        "nik": [nik(sex="P"), nik(sex="P", serial=2)], "name_norm": ["RAHMAWATI SIREGAR", "SOMEONE ELSE"],
        "birth_date": [BORN, BORN], "worker_ref": ["w1", "w2"],
    })  # fmt: skip
    checked = judge(csv([HEADER, person(1), person(2), person(3)]), known=known)
    assert checked["verdict"].to_list() == ["duplicate", "review", "accept"]
    assert checked["worker_ref"].to_list()[0] == "w1"


def test_placeholders_and_lost_digits_make_no_two_rows_one_person():
    rows = [HEADER, person(1, NIK="1111111111111111"), person(2, NIK="1111111111111111")]
    assert verdicts(csv(rows)) == [("reject", ["nik_placeholder"])] * 2


def test_deciles_of_the_latest_vintage_are_attached():
    deciles = pl.DataFrame({"nik": [nik(sex="P")] * 2, "decile": [3, 2], "vintage": ["2024", "2025"]})
    row = judge(csv([HEADER, person(1)]), deciles=deciles).row(0, named=True)
    assert (row["decile"], row["decile_vintage"]) == (2, "2025")


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("12/03/1975", date(1975, 3, 12)), ("12-03-75", date(1975, 3, 12)), ("1975-03-12", date(1975, 3, 12)),
        ("1975-03-12 00:00:00", date(1975, 3, 12)), ("12 Maret 75", date(1975, 3, 12)),
        ("17 Agt 1968", date(1968, 8, 17)),
        ("1 Nopember 1990", date(1990, 11, 1)), ("27465", date(1975, 3, 12)), ("03/25/1975", date(1975, 3, 25)),
        ("12.03.1975", date(1975, 3, 12)), ("12-Mar-75", date(1975, 3, 12)), ("5-5-05", date(2005, 5, 5)),
        ("31-02-1980", None), ("29-02-1981", None), ("1 Januari 2030", None), ("1-1-1850", None), ("tidak tahu", None),
    ],
)  # fmt: skip
def test_a_birth_date_is_read_as_indonesians_write_it(text, read_as):
    assert read_dates(pl.Series([text]), on=ON)["date"].to_list() == [read_as]


def test_phones_and_incomes_take_one_form():
    phones = [
        "0812-3456-7890",
        "+62 812 3456 7890",
        "62812 3456 7890",
        "81234567890",
        "081234567890/0857",
        "061-4567890",
        "-",
        None,
    ]
    mobile = "+6281234567890"
    assert normalise_phones(pl.Series(phones)).to_list() == [mobile] * 5 + ["+62614567890", None, None]
    incomes = ["Rp 1.500.000,00", "1,5 jt", "800rb", "1500000", "1.500.000,-", "banyak", None]
    assert read_rupiah(pl.Series(incomes)).to_list() == [
        1_500_000,
        1_500_000,
        800_000,
        1_500_000,
        1_500_000,
        None,
        None,
    ]


def test_names_are_compared_without_titles_and_fathers():
    given_names = [
        "H. Budi Santoso, S.Pd",
        "Drs. H. Ahmad",
        "Siti binti Yusuf",
        "Nur'aini",
        "  BUDI  ",
        "Budi (suami Siti)",
    ]
    assert normalise_names(pl.Series(given_names))["name_norm"].to_list() == [
        "BUDI SANTOSO", "AHMAD", "SITI", "NURAINI", "BUDI", "BUDI",
    ]  # fmt: skip


def test_every_synonym_finds_its_own_occupation_or_an_exact_elder():
    taken: dict[str, str] = {}
    for one in occupations().values():
        for text in (one.label, *one.synonyms):
            taken.setdefault(text.upper(), one.code)
    assert match_occupations(pl.Series(list(taken))).to_list() == list(taken.values())
    assert len(occupations()) >= 50


@st.composite
def dirty_lists(draw: st.DrawFn) -> list[list[object]]:
    """Rows of people with any of the faults, some of them twice."""
    rows = []
    for i in range(draw(st.integers(1, 12))):
        serial = draw(st.integers(0, 4))
        rows.append(person(
            i + 1,
            NIK=draw(st.sampled_from([nik(sex="P", serial=serial), "", "12", "1.2E+15", "12750O", "1" * 16])),
            Nama=draw(st.sampled_from(["Ani", "ANI", "Hj. Ani Lubis", "Budi", "Alm. Budi", ""])),
            TTL=draw(st.sampled_from(["Binjai, 1-1-1980", "31-02-1980", "", "2-1-80", "1-1-2015"])),
            **{"L/P": draw(st.sampled_from(["L", "P", ""]))},
            Pekerjaan=draw(st.sampled_from(["Petani", "nelayan", "PNS", "?", ""])),
        ))  # fmt: skip
    return rows


CONTEXT = {"occupations": frozenset({"petani", "nelayan"}), "deaths": pl.DataFrame({"nik": [nik(sex="P", serial=3)]})}


@settings(max_examples=30, deadline=None)
@given(dirty_lists())
def test_every_row_received_ends_in_exactly_one_verdict(rows):
    parsed = read(csv([HEADER, *rows]))
    checked = check([parsed], CheckContext(reference_date=ON, **CONTEXT))
    assert checked.select("sheet", "row").equals(parsed.rows.select("sheet", "row"))
    assert set(checked["verdict"]) <= {"accept", "reject", "review", "duplicate"}
    assert checked["cluster_id"].null_count() == 0
    order = list(Reason)
    for verdict, reasons in zip(checked["verdict"], checked["reasons"].to_list(), strict=True):
        assert [order.index(Reason(r)) for r in reasons] == sorted(order.index(Reason(r)) for r in reasons)
        assert reasons or verdict == "accept"
        assert ("duplicate" in reasons) >= (verdict == "duplicate")


@settings(max_examples=30, deadline=None)
@given(dirty_lists(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_count_but_which_row_is_first(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    one, two = (judge(csv([HEADER, *order]), **CONTEXT) for order in (rows, shuffled))
    people = [c.group_by("nik").agg(pl.col("cluster_id").n_unique()).sort("nik").rows() for c in (one, two)]
    assert people[0] == people[1]
    # Who is in conflict, and how many people are taken, is decided by content.
    for verdict in ("reject", "review", "duplicate", "accept"):
        if verdict in ("accept", "review"):
            continue
        assert one.filter(verdict=verdict).height == two.filter(verdict=verdict).height
    taken = [c.filter(pl.col("verdict").is_in(["accept", "review"])).height for c in (one, two)]
    assert taken[0] == taken[1]
