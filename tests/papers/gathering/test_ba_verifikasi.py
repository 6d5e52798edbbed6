"""The verification: everything proposed became something, by village and by reason, and every total agrees."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from naung.papers.gathering import ba_verifikasi as paper_of
from naung.papers.gathering import ba_verifikasi_rows as verified
from naung.papers.gathering.ba_verifikasi_rows import GROUPS
from naung.registry.actions import correct_row, send_list, verify_list
from naung.registry.models import SourceList, SourceRow
from tests.factories import make_reference
from tests.papers.gathering.reading import NIK, TODAY, column, fields_fit, figure, said
from tests.registry.lists import RULES, a_list, a_person, hand_in, line, nik_of
from tests.town import TOWN, Town, town, user

BY_SENTENCE = {
    "diusulkan": "jumlah_diusulkan",
    "memenuhi": "jumlah_memenuhi",
    "tidak_memenuhi": "jumlah_tidak",
    "ganda": "jumlah_ganda",
    "belum": "jumlah_belum",
}


def gathered(place: Town, area: str = "1275", **options):
    thing = paper_of.subject(place.officer, f"{place.programme.pk}-{area}")
    return paper_of.contents(thing, on=TODAY, by=place.officer, **options)


def agrees(paper) -> None:
    """Every column adds up to its last line, that line to its sentence, and each line to what was proposed."""
    *lines, total = paper.contents["hasil"]
    for name, sentence in BY_SENTENCE.items():
        assert sum(column(lines, name)) == figure(total[name]) == figure(paper.contents[sentence]), name
    for row in paper.contents["hasil"]:
        parts = ("memenuhi", "tidak_memenuhi", "ganda", "belum")
        assert figure(row["diusulkan"]) == sum(figure(row[part]) for part in parts)
    assert sum(column(paper.contents["alasan"], "jumlah")) == figure(total["tidak_memenuhi"])


@pytest.fixture
def place(areas) -> Town:
    return town(people=0)


def handed_in(place: Town, *lists: bytes, **options) -> None:
    hand_in(*lists, programme_code=place.programme.code, **options)


@pytest.mark.django_db
def test_what_was_proposed_is_accounted_for(place):
    handed_in(place, a_list(1, 2, 3, line(3), line(4, nik="12345"), line(5, nik="")))
    paper = gathered(place)

    agrees(paper)
    one = SourceList.objects.get()
    assert figure(paper.contents["jumlah_diusulkan"]) == one.received == 6
    assert figure(paper.contents["jumlah_memenuhi"]) == one.accepted
    assert figure(paper.contents["jumlah_tidak"]) == one.rejected == 2
    assert {row["kode"] for row in paper.contents["alasan"]} == {"nik_length", "nik_missing"}
    assert fields_fit("ba_verifikasi", paper)


@pytest.mark.django_db
def test_a_row_mended_after_its_list_was_sent_waits_until_it_is_sent(place):
    handed_in(place, a_list(1, line(2, nik="12345")), send=False)
    the_list = SourceList.objects.get()
    send_list(source_list=the_list, by=None)
    correct_row(row=SourceRow.objects.get(ordinal=1), typed={"nik": nik_of(2)}, rules=RULES, by=None)

    waits = gathered(place)
    agrees(waits)
    assert (figure(waits.contents["jumlah_memenuhi"]), figure(waits.contents["jumlah_belum"])) == (1, 1)

    send_list(source_list=SourceList.objects.get(), by=None)
    done = gathered(place)
    assert (figure(done.contents["jumlah_memenuhi"]), figure(done.contents["jumlah_belum"])) == (2, 0)


@pytest.mark.django_db
def test_rows_of_an_office_are_told_by_the_place_they_name(place):
    handed_in(place, a_list(1, line(2, nik="12345"), line(3, nik="", place="Binjai Kota")))
    with_names = verified.rows_of(list(SourceList.objects.all()))
    without = verified.rows_of(list(SourceList.objects.all()), names=False)

    assert with_names["place"].to_list() == without["place"].to_list()
    assert set(with_names["place"].str.slice(0, 4)) == {"1275"}
    assert without["name"].null_count() == without["nik"].null_count() == 3
    looked_at = gathered(place, names=False)
    assert looked_at.fields_digest() == gathered(place).fields_digest()
    assert looked_at.lists == ()


@pytest.mark.django_db
def test_one_district_or_village_is_told_by_its_own_rows(place):
    handed_in(
        place, a_list(1, 2, line(3, nik="12345"), line(4, place="Binjai Kota"), line(5, nik="", place="Binjai Kota"))
    )
    keys = {one.key.partition("-")[2]: one.detail for one in paper_of.subjects(place.officer)}
    parts = [area for area in keys if len(area) > len(TOWN)]
    assert parts, "office lists are told by where their people live"
    told = {area: gathered(place, area) for area in parts if len(area) == 6}
    for paper in told.values():
        agrees(paper)
    proposed = [figure(paper.contents["jumlah_diusulkan"]) for paper in told.values()]
    assert sum(proposed) == figure(gathered(place).contents["jumlah_diusulkan"]) == 5
    assert sorted(proposed) == [2, 3]
    refused = [
        [row for one in paper.lists[1:] for group in one.groups for row in group.rows] for paper in told.values()
    ]
    assert [len(rows) for rows in refused] == [1, 1]


@pytest.mark.django_db
def test_a_list_not_sent_is_not_proposed(place):
    handed_in(place, a_list(1, 2), send=False)
    assert paper_of.subjects(place.officer) == []
    assert paper_of.subject(place.officer, f"{place.programme.pk}-1275") is None


@pytest.mark.django_db
def test_the_refused_are_listed_with_their_codes_and_a_masked_nik(place):
    handed_in(place, a_list(1, line(2, nik="12345"), line(3, nik=nik_of(3)[:6] + "9913" + nik_of(3)[10:])))
    paper = gathered(place)

    refused = paper.lists[-1]
    rows = [row for group in refused.groups for row in group.rows]
    assert len(rows) == figure(paper.contents["jumlah_tidak"]) == figure(refused.ending_total) == 2
    assert {row[2] for row in rows} == {"bukan 16 angka", f"1275••••••••{nik_of(3)[-4:]}"}
    assert {(row[4], row[5]) for row in rows} == {
        ("nik_length", "NIK tidak lengkap"),
        ("nik_bad_date, nik_sex_mismatch", "Tanggal di NIK tidak ada; NIK beda dari jenis kelamin"),
    }
    public = said(paper, paper.editions["public"])
    assert "HASIBUAN" not in public
    assert "RAHMAT LUBIS" not in public
    assert not NIK.search(public + said(paper, paper.editions["full"]))


@pytest.mark.django_db
def test_the_matrix_agrees_with_the_body(place):
    handed_in(place, a_list(1, 2, line(4, nik="12345"), line(5, nik="")))
    paper = gathered(place)
    matrix = paper.lists[0]
    whole = dict(zip([one.title for one in matrix.headings], matrix.groups[-1].rows[0], strict=True))
    assert figure(whole["Diusulkan"]) == figure(paper.contents["jumlah_diusulkan"])
    assert figure(whole["NIK"]) == figure(whole["Tidak memenuhi"]) == figure(paper.contents["jumlah_tidak"])


@pytest.mark.django_db
def test_the_method_says_what_was_compared_and_who_looked(place):
    handed_in(place, a_list(1, 2))
    make_reference("deaths", [], as_of=date(2026, 10, 1))
    make_reference("members", [], as_of=date(2027, 1, 1))
    verify_list(source_list=SourceList.objects.get(), by=a_person())
    method = " ".join(gathered(place).suggested["metode"])
    assert "data kematian dari Contoh, keadaan 1 Oktober 2026" in method
    assert "penerima upah" not in method, "an answer of a later day was not known"
    assert "1 dari 1 daftar" in method


@pytest.mark.django_db
def test_another_region_finds_nothing(place):
    handed_in(place, a_list(1, 2))
    key = f"{place.programme.pk}-1275"
    stranger = user("tetangga", "programme_officer", "1276")
    assert (paper_of.subjects(stranger), paper_of.subject(stranger, key)) == ([], None)
    assert paper_of.subjects(place.officer)[0].key == key
    assert paper_of.subject(place.officer, f"{place.programme.pk}-1276") is None
    assert paper_of.subject(place.officer, "1275") is None


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["1275011001", "1275011002", "127502", ""]),
            st.sampled_from(["valid", "refused", "double", "waiting"]),
            st.sampled_from(list(GROUPS)),
        ),
        max_size=60,
    )
)
def test_no_row_disappears_between_villages_and_reasons(rows):
    frame = pl.DataFrame(
        [
            {"place": place, "became": became, "group": group if became == "refused" else "", "reason": group}
            for place, became, group in rows
        ],
        schema={"place": pl.String, "became": pl.String, "group": pl.String, "reason": pl.String},
    )
    table = verified.by_place(frame)
    for row in table.to_dicts():
        assert row["received"] == row["valid"] + row["refused"] + row["double"] + row["waiting"]
        assert row["refused"] == sum(row[group] for group in GROUPS)
    assert table["received"].sum() == len(rows)
    assert sum(count for _reason, count in verified.by_reason(frame)) == table["refused"].sum()
