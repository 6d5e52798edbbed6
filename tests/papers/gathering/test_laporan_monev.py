"""The monitoring report: its figures are the ledger's, few people cannot be picked out, and what is unknown is said."""

from __future__ import annotations

from datetime import date

import pytest

from naung.agreements.models import FollowUp, Meeting
from naung.contributions import actions
from naung.coverage.models import MonthTotal
from naung.papers.gathering import laporan_monev as paper_of
from naung.papers.gathering import laporan_monev_counts as counts
from naung.planning.models import CoverageFigure, CoverageTarget
from tests.factories import make_list, make_office
from tests.papers.gathering.reading import NIK, TODAY, column, fields_fit, figure, said
from tests.town import TOWN, Town, town, user, worker

pytestmark = pytest.mark.django_db

JAN, MAR, APR = date(2026, 1, 1), date(2026, 3, 1), date(2026, 4, 1)
EACH = 16_800
FIRST = f"{TOWN}-q202601"


def people(*by_village: int) -> list:
    made = []
    for place, count in enumerate(by_village, 1):
        made += [worker(len(made) + n, village=f"{TOWN}01100{place}") for n in range(count)]
    return made


def a_town(*by_village: int, **facts) -> Town:
    workers = people(*by_village)
    return town(people=len(workers), workers=workers, ceiling_rp=EACH * len(workers) * 12, **facts)


def pay(place: Town, first: date, last: date, *, on: date) -> None:
    bill = actions.issue_bill(place.line, first_month=first, last_month=last, due_on=on, by=place.officer)
    payment = actions.record_payment(
        bill, sp2d_number=f"SP2D-{bill.pk}", paid_on=on, amount_rp=bill.total_rp, by=place.treasurer
    )
    actions.confirm_payment(payment, by=place.branch)


def gathered(place: Town, key: str = FIRST, *, on: date = TODAY):
    return paper_of.contents(paper_of.subject(place.officer, key), on=on, by=place.officer)


def test_the_figures_are_those_of_the_ledger(areas):
    place = a_town(9, 8)
    make_list(place.programme.code, place.workers)
    pay(place, JAN, MAR, on=date(2026, 3, 5))
    paper = gathered(place)

    *lines, total = paper.contents["capaian"]
    villages = [row for row in lines if not row["wilayah"].startswith("Kecamatan")]
    march = MonthTotal.objects.filter(month=MAR)
    assert sum(column(villages, "aktif")) == figure(total["aktif"]) == sum(one.paid for one in march) == 17
    assert sum(column(villages, "ditetapkan")) == figure(total["ditetapkan"]) == sum(one.planned for one in march)
    assert figure(total["memenuhi"]) == 17
    assert figure(total["kuota"]) == place.programme.places
    (money,) = paper.contents["anggaran"]
    assert (figure(money["pagu"]), figure(money["realisasi"])) == (17 * EACH * 12, 17 * EACH * 3)
    assert figure(money["tagihan"]) == figure(money["realisasi"])
    assert money["persen"] == "25%"
    assert [row["jumlah"] if "jumlah" in row else row["aktif"] for row in paper.contents["pekerjaan"]] == ["17"]
    assert fields_fit("laporan_monev", paper)


def test_what_was_paid_after_the_period_is_not_in_it(areas):
    place = a_town(9)
    pay(place, JAN, MAR, on=APR)
    assert figure(gathered(place).contents["anggaran"][0]["realisasi"]) == 0
    assert figure(gathered(place, f"{TOWN}-q202604").contents["anggaran"][0]["realisasi"]) == 9 * EACH * 3


def test_few_people_of_a_village_are_hidden_and_cannot_be_worked_out(areas):
    place = a_town(9, 3, 8)
    paper = gathered(place)
    rows = {row["wilayah"]: row for row in paper.contents["capaian"]}
    hidden = [name for name, row in rows.items() if row["ditetapkan"] in ("<5", "•")]
    assert rows[f"{TOWN}011002"]["ditetapkan"] == "<5"
    assert len(hidden) > 1, "one hidden village would follow from the total"
    assert rows["Jumlah"]["ditetapkan"] == "20"
    assert any(one.startswith("<5") for one in paper.contents["catatan"])


def test_few_who_left_are_told_for_the_whole_period_and_hidden(areas):
    place = a_town(9)
    for nth in (0, 1):
        actions.end_cover(
            place.enrolments[nth], reason="death", happened_on=date(2026, 1, 9), evidence="Akta", by=place.officer
        )
    (row,) = gathered(place).contents["mutasi"]
    assert row == {"bulan": "Januari sampai dengan Maret 2026", "masuk": "9", "keluar": "<5", "akhir": "7"}
    months = gathered(place, f"{TOWN}-q202604").contents["mutasi"]
    assert [(one["bulan"], one["keluar"], one["akhir"]) for one in months] == [
        ("April 2026", "0", "7"), ("Mei 2026", "0", "7"), ("Juni 2026", "0", "7"),
    ]  # fmt: skip


def test_a_very_small_programme_tells_no_count_at_all(areas):
    place = a_town(2)
    paper = gathered(place)
    assert paper.contents["capaian"][-1]["ditetapkan"] in ("<5", "•")
    assert {one["akhir"] for one in paper.contents["mutasi"]} == {"•"}
    assert {one["ditetapkan"] for one in paper.contents["pekerjaan"]} <= {"<5", "•"}
    assert "2 orang" not in paper.suggested["pendahuluan"]


def test_claims_are_said_to_be_unknown(areas):
    paper = gathered(a_town(6))
    assert paper.contents["klaim"] == []
    assert "belum dicatat di sistem ini" in paper.contents["klaim_keterangan"]
    assert "tidak berarti tidak ada klaim" in paper.contents["klaim_keterangan"]


def test_coverage_carries_its_counts_its_day_and_its_source(areas):
    place = a_town(6)
    CoverageFigure.objects.create(
        area_code=TOWN, as_of=date(2025, 12, 31), covered=43_526, denominator=132_826,
        denominator_kind="labour_force", published_percent=33, source="Kantor cabang",
    )  # fmt: skip
    CoverageFigure.objects.create(
        area_code=TOWN, as_of=date(2026, 6, 30), covered=60_000, denominator=132_826,
        denominator_kind="labour_force", source="Kantor cabang",
    )  # fmt: skip
    CoverageTarget.objects.create(
        area_code=TOWN, year=2026, percent=45, denominator_kind="labour_force", instrument="RPJMD"
    )
    lines = {row["ukuran"]: row for row in gathered(place).contents["ucj"]}
    assert lines["UCJ Kota Binjai"]["nilai"] == "32,77%"
    for words in ("43.526", "132.826", "angkatan kerja", "31 Desember 2025", "Kantor cabang"):
        assert words in lines["UCJ Kota Binjai"]["definisi"]
    assert "perlu 16.246 orang lagi" in lines["Sasaran 2026"]["definisi"]


def test_without_an_official_figure_no_share_is_said(areas):
    assert gathered(a_town(6)).contents["ucj"] == []


def test_what_meetings_asked_for_stands_with_its_owner_and_day(areas):
    place = a_town(6)
    office = make_office("Dinas Perikanan", "sector")
    asked = Meeting.objects.create(area_code=TOWN, kind="monitoring", title="Rapat", held_on=date(2026, 2, 3))
    later = Meeting.objects.create(area_code=TOWN, kind="monitoring", title="Rapat", held_on=date(2026, 5, 3))
    beside = Meeting.objects.create(area_code="1276", kind="monitoring", title="Rapat", held_on=date(2026, 2, 3))
    FollowUp.objects.create(meeting=asked, what="Serahkan kartu", owner=office, due_on=date(2026, 3, 10))
    FollowUp.objects.create(meeting=asked, what="Cetak", done_on=date(2026, 3, 1), result="200 lembar")
    FollowUp.objects.create(meeting=asked, what="Lama", done_on=date(2026, 4, 1), result="Selesai kemudian")
    FollowUp.objects.create(meeting=later, what="Belum diminta")
    FollowUp.objects.create(meeting=beside, what="Daerah lain")

    FollowUp.objects.create(meeting=asked, kind="obligation", what="Tiap bulan")

    rows = {row["uraian"]: row for row in gathered(place).contents["tindak_lanjut"]}
    assert set(rows) == {"Serahkan kartu", "Cetak"}
    assert rows["Serahkan kartu"]["penanggung_jawab"] == "Dinas Perikanan"
    assert rows["Serahkan kartu"]["keadaan"] == "belum selesai, lewat tenggat"
    assert rows["Cetak"]["keadaan"] == "selesai 1 Maret 2026: 200 lembar"


def test_what_goes_wrong_is_said_by_the_figures(areas):
    place = a_town(6, 7)
    actions.issue_bill(place.line, first_month=JAN, last_month=MAR, due_on=date(2026, 3, 31), by=place.officer)
    issues = " ".join(gathered(place).suggested["masalah"])
    assert "Iuran Maret 2026 untuk 13 (tiga belas) orang peserta belum dibayar." in issues
    assert "1 (satu) tagihan melewati jatuh tempo dengan sisa Rp655.200,00." in issues


def test_many_villages_go_to_an_attachment_that_every_copy_has(areas, monkeypatch):
    monkeypatch.setattr("naung.papers.gathering.ba_parts.LINES_IN_BODY", 1)
    paper = gathered(a_town(9, 8))
    assert [row["wilayah"] for row in paper.contents["capaian"]] == ["Kecamatan Binjai Utara", "Jumlah"]
    (attached,) = paper.editions["public"]
    assert [len(group.rows) for group in attached.groups] == [3, 1]
    assert "Contoh Pekerja" not in said(paper, paper.editions["public"])
    assert not NIK.search(said(paper, paper.editions["public"]))


def test_a_quota_of_places_is_told_where_every_programme_sets_one(areas):
    place = a_town(9, 8)
    place.programme.spec["quotas"] = [{"key": "desa", "by": "village", "groups": {f"{TOWN}011001": {"max": 12}}}]
    place.programme.save(update_fields=["spec"])
    rows = {row["wilayah"]: row["kuota"] for row in gathered(place).contents["capaian"]}
    assert (rows["Jati Makmur"], rows[f"{TOWN}011002"]) == ("12", "—")


def test_periods_are_those_in_which_a_programme_ran(areas):
    place = a_town(6)
    keys = [one.key for one in paper_of.subjects(place.officer)]
    assert keys[0] == f"{TOWN}-y202601"
    assert FIRST in keys
    assert f"{TOWN}-m202611" in keys
    assert not any("202612" in key or "202501" in key for key in keys)
    assert paper_of.subject(place.officer, f"{TOWN}-q202501") is None
    for key in ("", TOWN, f"{TOWN}-q202602", f"{TOWN}-q202613", f"{TOWN}-x202601"):
        assert paper_of.subject(place.officer, key) is None


def test_a_running_year_is_told_up_to_this_month(areas):
    place = a_town(6)
    paper = gathered(place, f"{TOWN}-y202601", on=date(2026, 4, 9))
    assert "April 2026" in paper.suggested["pendahuluan"]
    assert [one["bulan"] for one in paper.contents["mutasi"]][-1] == "April 2026"


def test_a_programme_that_ended_is_told_by_its_last_month(areas):
    place = a_town(6, months=5)
    later = town(people=7, first=date(2026, 9, 1), months=2, code="LANJUT", workers=[worker(50 + n) for n in range(7)])
    half = gathered(place, f"{TOWN}-q202604")
    assert half.contents["capaian"][-1]["ditetapkan"] == "6"
    assert half.contents["mutasi"][-1]["bulan"] == "Mei 2026"
    assert not any("belum terisi" in one for one in half.suggested["masalah"])

    year = gathered(place, f"{TOWN}-y202601")
    assert year.contents["capaian"][-1]["ditetapkan"] == "7"
    assert year.contents["capaian"][-1]["kuota"] == str(later.programme.places)
    assert len(year.contents["anggaran"]) == 3, "money of both programmes and their sum"


def test_another_region_finds_no_period(areas):
    place = a_town(6)
    stranger = user("tetangga", "programme_officer", "1276")
    assert paper_of.subjects(stranger) == []
    assert paper_of.subject(stranger, FIRST) is None
    assert paper_of.subject(stranger, "1276-q202601") is None
    assert paper_of.subject(user("lurah", "village_operator", f"{TOWN}011001"), FIRST) is None
    assert counts.reached([], month=JAN).whole == counts.Counts()
    assert place.programme.pk
