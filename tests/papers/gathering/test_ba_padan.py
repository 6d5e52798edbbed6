"""Matched data: every line of the answer stands under one code, and nobody is named."""

from __future__ import annotations

from datetime import date

import pytest

from naung.contributions import actions
from naung.contributions.reconciling import read_branch_list
from naung.papers.gathering import ba_padan as paper_of
from naung.registry.models import ReferenceEntry, ReferenceList, SourceRow
from naung.registry.vault import vault
from tests.factories import make_reference, make_workers
from tests.papers.gathering.reading import NIK, TODAY, column, fields_fit, figure, said
from tests.registry.lists import a_list, hand_in, nik_of
from tests.town import town, user

pytestmark = pytest.mark.django_db

JAN = date(2026, 1, 1)


def gathered(place, key: str):
    thing = paper_of.subject(place.officer, key)
    return paper_of.contents(thing, on=TODAY, by=place.officer)


def agrees(paper) -> dict[str, int]:
    *lines, total = paper.contents["hasil"]
    sent, matched, other = (figure(paper.contents[name]) for name in ("jumlah_dikirim", "jumlah_cocok", "jumlah_tidak"))
    assert sum(column(lines, "jumlah")) == figure(total["jumlah"]) == sent == matched + other
    counts: dict[str, int] = {}
    for row in lines:
        counts[row["kode"]] = counts.get(row["kode"], 0) + figure(row["jumlah"])
    return counts


def test_a_list_of_deaths_says_who_is_out_already_and_who_is_not(areas):
    place = town(people=4)
    stranger = make_workers(1, first=50, village="1276010001")[0]
    candidate = make_workers(1, first=60)[0]
    actions.end_cover(
        place.enrolments[0], reason="death", happened_on=date(2026, 1, 9), evidence="Akta", by=place.officer
    )
    known = make_reference("deaths", [*place.workers[:2], candidate, stranger])
    ReferenceList.objects.filter(pk=known.pk).update(malformed=3)

    paper = gathered(place, f"d{known.pk}")
    assert agrees(paper) == {"COCOK 1": 1, "COCOK 2": 1, "COCOK 3": 1, "TIDAK ADA": 1, "NIK SALAH": 3}
    assert figure(paper.contents["jumlah_cocok"]) == 3
    assert paper.contents["berkas"] == [{"berkas": "acuan.csv", "tanggal": "1 Januari 2026", "sidik": known.sha256}]
    assert fields_fit("ba_padan", paper)


def test_whoever_was_refused_because_of_it_is_matched_too(areas):
    place = town(people=0)
    dead = make_workers(1, first=70)[0]
    hand_in(a_list(1, 2), programme_code=place.programme.code)
    known = make_reference("deaths", [dead])
    ReferenceEntry.objects.create(list=known, nik_index=vault().index("nik", nik_of(9)), sealed=b"")
    ReferenceEntry.objects.create(list=known, nik_index=vault().index("nik", nik_of(40)), sealed=b"")
    ReferenceList.objects.filter(pk=known.pk).update(rows=3)
    hand_in(a_list(9), programme_code=place.programme.code)
    assert SourceRow.objects.get(verdict="reject").reasons == ["dead"]

    counts = agrees(gathered(place, f"d{known.pk}"))
    assert (counts["COCOK 3"], counts["COCOK 4"], counts["TIDAK ADA"]) == (1, 1, 1)


def test_a_person_twice_in_a_list_is_one_person_and_one_double(areas):
    place = town(people=1)
    known = make_reference("deaths", place.workers)
    ReferenceEntry.objects.create(list=known, nik_index=place.workers[0].nik_index, sealed=b"")
    ReferenceList.objects.filter(pk=known.pk).update(rows=2)
    assert agrees(gathered(place, f"d{known.pk}"))["GANDA"] == 1


def test_remarks_that_few_share_are_not_told(areas):
    place = town(people=7)
    known = make_reference("members", place.workers, note="PU")
    ReferenceEntry.objects.filter(list=known, nik_index=place.workers[0].nik_index).update(note="Menolak, istri sakit")

    paper = gathered(place, f"d{known.pk}")
    assert agrees(paper)["COCOK"] == 7
    assert {row["arti"]: row["jumlah"] for row in paper.contents["hasil"] if row["kode"] == "COCOK"} == {
        "Cocok, keterangan: PU": "6",
        "Cocok, tanpa keterangan atau keterangan lain": "1",
    }
    assert "istri" not in said(paper)


def test_deciles_are_told_one_by_one(areas):
    place = town(people=3)
    known = make_reference("deciles", place.workers, decile=2)
    ReferenceEntry.objects.filter(list=known, nik_index=place.workers[0].nik_index).update(decile=10)
    counts = agrees(gathered(place, f"d{known.pk}"))
    assert (counts["DESIL 2"], counts["DESIL 10"]) == (2, 1)


def test_an_empty_answer_says_nought_and_not_nothing(areas):
    place = town(people=1)
    known = make_reference("moved", [])
    paper = gathered(place, f"d{known.pk}")
    assert set(agrees(paper).values()) == {0}
    assert paper.contents["jumlah_dikirim"] == "0 (nol) baris"


def test_the_branch_list_is_held_against_the_bill(areas):
    place = town(people=3)
    bill = actions.issue_bill(place.line, first_month=JAN, last_month=JAN, due_on=JAN, by=place.officer)
    niks = [f"127501{number + 1:02d}0180{9001 + number:04d}" for number in range(9)]
    content = f"NIK;Iuran\n{niks[0]};16800\n{niks[1]};12000\n{niks[7]};16800\n{niks[8]};16800\n12;16800".encode()
    branch = read_branch_list(content, "cabang.csv", as_of=JAN)
    found = actions.compare_with_branch(bill, branch, as_of=JAN, by=place.branch)
    actions.settle_difference(
        found.differences.get(kind="amount"), settled="theirs", note="Sudah diperbaiki cabang", by=place.officer
    )

    paper = gathered(place, f"t{found.pk}")
    assert agrees(paper) == {"COCOK": 1, "BEDA": 1, "TAGIHAN": 1, "CABANG": 2, "NIK SALAH": 1}
    words = {row["kode"]: row["arti"] for row in paper.contents["hasil"]}
    assert words["BEDA"].endswith("seluruhnya sudah diselesaikan")
    assert words["CABANG"].endswith("2 belum diselesaikan")
    assert paper.about.name == bill.number


def test_nobody_is_named(areas):
    place = town(people=2)
    known = make_reference("deaths", place.workers)
    paper = gathered(place, f"d{known.pk}")
    assert list(paper.editions) == ["public"]
    assert "Contoh Pekerja" not in said(paper)
    assert not NIK.search(said(paper).replace(known.sha256, ""))


def test_another_region_finds_no_answer(areas):
    place = town(people=1)
    known = make_reference("deaths", place.workers)
    stranger = user("tetangga", "programme_officer", "1276")
    assert paper_of.subjects(stranger) == []
    assert paper_of.subject(stranger, f"d{known.pk}") is None
    assert [one.key for one in paper_of.subjects(place.officer)] == [f"d{known.pk}"]
    assert paper_of.subject(place.officer, "d") is None
    assert paper_of.subject(place.officer, f"z{known.pk}") is None
