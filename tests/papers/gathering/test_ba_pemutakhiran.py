"""The month's changes: what it opens with, less who goes, with who comes, is what it closes with."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from naung.contributions import actions
from naung.coverage.actions import draft_replacements, record_departure
from naung.coverage.models import Departure, Enrolment, MonthTotal
from naung.papers.gathering import ba_pemutakhiran as paper_of
from naung.papers.gathering.ba_pemutakhiran_moves import month_of
from naung.rules.periods import add_months, months_in
from tests.coverage.chain import decreed, enacted, enrolments
from tests.factories import make_list, make_programme, make_user, make_workers
from tests.papers.gathering.reading import NIK, TODAY, fields_fit, figure, said
from tests.town import Town, town, user

pytestmark = pytest.mark.django_db

JAN, FEB, MAR, APR = (date(2026, month, 1) for month in (1, 2, 3, 4))


def gathered(place: Town, month: date, **options):
    thing = paper_of.subject(place.officer, f"{place.programme.pk}-{month:%Y-%m}")
    return paper_of.contents(thing, on=TODAY, by=place.officer, **options)


def counts(paper) -> tuple[int, int, int, int]:
    names = ("jumlah_awal", "jumlah_keluar", "jumlah_masuk", "jumlah_akhir")
    opening, out, came, closing = (figure(paper.contents[name]) for name in names)
    assert opening - out + came == closing
    return opening, out, came, closing


def leaves(place: Town, nth: int, reason: str, on: date) -> Departure:
    return actions.end_cover(
        place.enrolments[nth], reason=reason, happened_on=on, evidence=f"Surat {nth}", by=place.officer
    )


def test_every_month_opens_with_what_the_one_before_closed_with(areas):
    place = town(people=6)
    leaves(place, 0, "death", date(2026, 1, 9))
    leaves(place, 1, "moved", date(2026, 1, 30))
    leaves(place, 2, "refused", date(2026, 3, 3))

    told = [counts(gathered(place, month)) for month in months_in(JAN, date(2026, 6, 1))]
    assert told == [(0, 0, 6, 6), (6, 2, 0, 4), (4, 0, 0, 4), (4, 1, 0, 3), (3, 0, 0, 3)]
    planned = MonthTotal.objects.filter(month=APR).values_list("planned", flat=True)
    assert sum(planned) == told[3][3], "the paper and the month totals count the same people"


def test_reasons_add_up_and_those_of_nobody_are_said(areas):
    place = town(people=6)
    leaves(place, 0, "death", date(2026, 1, 9))
    leaves(place, 1, "moved", date(2026, 1, 30))
    paper = gathered(place, FEB)

    reasons = {row["alasan"]: figure(row["jumlah"]) for row in paper.contents["keluar"]}
    assert sum(reasons.values()) == 2
    assert reasons["Meninggal dunia"] == reasons["Pindah ke luar daerah"] == 1
    assert reasons["Mengundurkan diri"] == 0
    assert fields_fit("ba_pemutakhiran", paper)


def test_a_replacement_comes_in_for_whoever_left(areas):
    officer = make_user()
    programme = make_programme(by=officer)
    make_list(programme.code, make_workers(14))
    decreed(programme)
    gone = enrolments(programme)[3]
    record_departure(gone, reason="moved", happened_on=date(2026, 2, 5), evidence="Surat pindah 7", by=officer)
    enacted(
        draft_replacements(programme, first_month=MAR, on=date(2026, 2, 20), by=officer),
        "188/2/2026",
        on=date(2026, 2, 25),
    )
    paper = paper_of.contents(paper_of.subject(officer, f"{programme.pk}-2026-03"), on=TODAY, by=officer)

    assert counts(paper) == (10, 1, 1, 10)
    assert {row["alasan"]: row["jumlah"] for row in paper.contents["masuk"]} == {"Pengganti dari daftar tunggu": "1"}
    out, came = paper.lists
    newcomer = Enrolment.objects.get(decree__number="188/2/2026").worker
    assert came.groups[0].rows[0][1] == newcomer.name
    assert came.groups[0].rows[0][-1] == out.groups[0].rows[0][1] == gone.worker.name
    assert "SK 188/2/2026" in came.groups[0].rows[0]


def test_who_left_before_and_was_recorded_late_is_told_apart(areas):
    place = town(people=4)
    late = leaves(place, 0, "death", date(2026, 1, 9))
    Departure.objects.filter(pk=late.pk).update(recorded_at=datetime(2026, 4, 7, tzinfo=UTC))

    paper = gathered(place, APR)
    assert counts(paper) == (3, 0, 0, 3)
    assert any("1 (satu) orang" in one and "baru dicatat" in one for one in paper.contents["catatan"])
    assert [len(group.rows) for one in paper.lists for group in one.groups] == [1]
    assert paper.lists[0].groups[0].rows[0][-1] == "Februari 2026"


def test_a_month_without_changes_says_so(areas):
    place = town(people=2)
    paper = gathered(place, MAR)
    assert counts(paper) == (2, 0, 0, 2)
    assert "Tidak ada peserta yang masuk atau keluar pada bulan ini." in paper.contents["catatan"]
    assert paper.lists == []


def test_after_the_last_month_everybody_is_out_because_the_term_is_over(areas):
    place = town(people=2, months=3)
    found = month_of(place.programme, add_months(JAN, 3))
    assert (found.opening, found.closing) == (2, 0)
    assert found.out_by_reason()["term"] == 2
    assert "Masa penetapannya berakhir" in {row["alasan"] for row in gathered(place, APR).contents["keluar"]}


def test_the_copy_for_everybody_names_nobody_and_no_copy_holds_a_whole_nik(areas):
    place = town(people=2)
    leaves(place, 0, "death", date(2026, 1, 9))
    paper = gathered(place, FEB)
    assert list(paper.editions) == ["public", "full"]
    assert "Contoh Pekerja" not in said(paper, paper.editions["public"])
    full = said(paper, paper.editions["full"])
    assert "Contoh Pekerja 0" in full
    assert "1275••••••••9001" in full
    assert not NIK.search(full)
    assert gathered(place, FEB, names=False).lists == ()


def test_another_region_and_who_may_not_see_people_find_nothing(areas):
    place = town(people=1)
    for stranger in (
        user("tetangga", "programme_officer", "1276"),
        place.leader,
        user("lurah", "village_operator", "1275011001"),
    ):
        assert paper_of.subjects(stranger) == []
        assert paper_of.subject(stranger, f"{place.programme.pk}-2026-01") is None
    assert [one.key for one in paper_of.subjects(place.officer)] == [f"{place.programme.pk}-2026-01"]
    for key in ("", "x-2026-01", f"{place.programme.pk}-2026-13", f"{place.programme.pk}-2031-01"):
        assert paper_of.subject(place.officer, key) is None
