"""Numbers of bills by the pattern of a region: whoever issues at once, however often one fails, none is left out."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from naung.accounts.models import PaperCounter, RegionSettings
from naung.contributions import actions
from naung.contributions.models import Bill
from naung.contributions.refusals import CeilingExceeded
from naung.rules.periods import add_months
from tests.contributions.test_concurrency import at_once
from tests.town import Town, town, worker

JAN = date(2026, 1, 1)
TODAY = date(2026, 11, 21)
TOWN = "1275"


def pattern(text: str) -> None:
    RegionSettings.objects.update_or_create(pk=TOWN, defaults={"bill_pattern": text})


def issue(place: Town, month: int, on: date = TODAY) -> Bill:
    first = add_months(JAN, month)
    return actions.issue_bill(
        place.line, first_month=first, last_month=first, due_on=first, by=place.officer, issued_on=on
    )


def other_town(**facts: object) -> Town:
    return town(code="TOWN-B", workers=[worker(7)], people=1, **facts)


@pytest.mark.django_db(transaction=True)
def test_twenty_bills_at_once_get_twenty_numbers_without_a_gap():
    pattern("TAG/{nomor3}/{romawi_bulan}/{tahun}")
    places = [town(people=1), other_town()]
    made = at_once(*(partial(issue, place, month) for month in range(10) for place in places))
    assert [one for one in made if not isinstance(one, Bill)] == []
    assert sorted(one.number for one in made) == [f"TAG/{n:03d}/XI/2026" for n in range(1, 21)]


@pytest.mark.django_db
def test_a_bill_that_does_not_come_about_leaves_no_gap():
    pattern("{nomor}/{tahun}")
    place, poor = town(people=1), other_town(ceiling_rp=1)
    assert issue(place, 0).number == "1/2026"
    with pytest.raises(CeilingExceeded):
        issue(poor, 0)
    assert issue(place, 1).number == "2/2026"


@pytest.mark.django_db
def test_the_same_bill_asked_for_twice_takes_one_number():
    pattern("{nomor}/{tahun}")
    place = town(people=1)
    assert issue(place, 0) == issue(place, 0)
    assert PaperCounter.objects.get().last == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("{nomor}/{tahun}", ["1/2026", "2/2026", "1/2027"]),
        ("{nomor}/{kode}", ["1/TOWN-2026", "2/TOWN-2026", "3/TOWN-2026"]),
    ],
)
def test_numbers_begin_anew_with_the_year_where_it_stands_in_them(text, numbers):
    pattern(text)
    place = town(people=1)
    days = [TODAY, date(2026, 12, 31), date(2027, 1, 2)]
    assert [issue(place, month, on).number for month, on in enumerate(days)] == numbers


@pytest.mark.django_db
def test_a_number_that_is_there_already_is_passed_over():
    place = town(people=1)
    pattern("TAG/{nomor}")
    assert issue(place, 0).number == "TAG/1"
    PaperCounter.objects.update(last=0)  # as after a restored table, or another pattern and back
    assert issue(place, 1).number == "TAG/2"


@pytest.mark.django_db
def test_without_a_pattern_bills_are_numbered_by_programme_and_month():
    place = town(people=1)
    assert issue(place, 0).number == "TAG/TOWN-2026/202601/001"
    assert not PaperCounter.objects.exists()
