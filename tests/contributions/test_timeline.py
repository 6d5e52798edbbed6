"""The picture of one worker, from stretches and months alone: no database."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from naung.contributions.timeline import timeline_of
from naung.rules.law import current_law
from naung.rules.periods import add_months


def enrolled(first: date, months: int, payer: str = "apbd_kab"):
    period = SimpleNamespace(lower=first, upper=add_months(first, months), isempty=months == 0)
    return SimpleNamespace(period=period, funding_line=SimpleNamespace(name="APBD", payer=payer))


def month(when: date, *, active: bool = True, live: bool = True):
    return SimpleNamespace(month=when, active=active and live, live=live)


def labels(timeline, lane: int) -> list[str]:
    return [str(piece.label) for piece in timeline.lanes[lane].stretches]


def drawn(enrolments, months, *, today: date):
    return timeline_of(enrolments, months, today=today, law=current_law())


def test_somebody_never_enrolled_has_no_picture():
    assert drawn([], [], today=date(2026, 1, 1)) is None


@pytest.mark.parametrize(("year", "tier"), [(2022, "Penuh: Rp42 juta"), (2026, "Terbatas: Rp10 juta")])
def test_three_months_protected_in_full_by_the_law_of_2022_and_hardly_today(year, tier):
    first = date(year, 10, 1)
    paid = [month(add_months(first, number)) for number in range(3)]

    timeline = drawn([enrolled(first, 3)], paid, today=date(year + 1, 1, 12))

    assert labels(timeline, 0) == ["Terlindungi, 3 bulan", "Tidak terlindungi"]
    assert labels(timeline, 3) == [tier, "Tidak ada santunan"]
    assert timeline.ends_on == date(year, 12, 31)
    assert timeline.first == date(year, 7, 1)


def test_a_month_that_is_billed_and_not_paid_protects_nobody():
    first = date(2026, 1, 1)

    timeline = drawn(
        [enrolled(first, 12)], [month(first), month(date(2026, 2, 1), active=False)], today=date(2026, 2, 9)
    )

    assert labels(timeline, 0) == ["Terlindungi, 1 bulan", "Tidak terlindungi", "Direncanakan SK, belum dibayar"]
    assert labels(timeline, 2) == ["lunas", "Ditagihkan, belum dibayar", "Belum ditagihkan"]


def test_a_cancelled_month_is_not_drawn():
    first = date(2026, 1, 1)

    timeline = drawn([enrolled(first, 1)], [month(first), month(date(2026, 2, 1), live=False)], today=date(2026, 1, 9))

    assert labels(timeline, 2) == ["lunas"]


def test_a_whole_year_is_seen_with_the_month_after_it():
    timeline = drawn([enrolled(date(2026, 1, 1), 12)], [], today=date(2026, 6, 1))

    assert (timeline.first, timeline.months) == (date(2026, 1, 1), 13)


def test_three_paid_years_in_a_row_open_the_scholarship_too():
    first = date(2022, 1, 1)
    paid = [month(add_months(first, number)) for number in range(37)]

    timeline = drawn([enrolled(first, 37)], paid, today=date(2025, 1, 20))

    assert labels(timeline, 3) == ["Penuh: Rp42 juta", "Penuh: Rp42 juta dan beasiswa anak"]
    assert timeline.lanes[3].stretches[1].first == date(2024, 12, 1)


def test_the_first_months_of_a_new_run_say_from_when_a_death_pays_in_full():
    timeline = drawn([enrolled(date(2026, 1, 1), 12)], [month(date(2026, 1, 1))], today=date(2026, 1, 20))
    assert labels(timeline, 3) == ["Terbatas: Rp10 juta", "Penuh mulai Apr 2026, bila iuran tidak terputus"]


def test_who_is_chosen_again_is_promised_the_months_and_not_shown_without_a_payer_there():
    first = date(2026, 1, 1)
    chosen = [(date(2027, 2, 1), date(2027, 7, 1))]

    timeline = timeline_of(
        [enrolled(first, 12)], [], today=date(2026, 12, 9), law=current_law(), first=date(2026, 9, 1), chosen=chosen
    )

    assert labels(timeline, 0)[-1] == "Terpilih, SK belum terbit"
    assert timeline.lanes[1].stretches[-1].end == date(2027, 2, 1)


def test_nothing_after_a_death_is_drawn_as_unprotected():
    first, died = date(2026, 1, 1), date(2026, 3, 9)
    paid = [month(add_months(first, number)) for number in range(3)]

    timeline = timeline_of([enrolled(first, 3)], paid, today=date(2026, 9, 1), law=current_law(), died_on=died)

    assert [labels(timeline, lane)[-1] for lane in (0, 1)] == ["Terlindungi, 3 bulan", "APBD"]
