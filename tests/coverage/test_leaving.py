from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from naung.accounts.refusals import NotPermitted, OutsideTerritory
from naung.audit.models import Record
from naung.coverage.actions import apply_deaths, record_departure
from naung.coverage.invariants import problems
from naung.coverage.models import Departure, MonthTotal
from naung.coverage.queries import departures_visible_to, enrolled_on, enrolments_of, enrolments_visible_to
from naung.coverage.refusals import AlreadyLeft, DiedInTheFuture, NoEvidence, NotEnrolledThen
from tests.factories import make_reference
from tests.town import town, user, worker

pytestmark = pytest.mark.django_db

MAR, APR, JUL = date(2026, 3, 1), date(2026, 4, 1), date(2026, 7, 1)


def leave(place, nth: int = 0, *, reason: str = "moved", on: date = date(2026, 3, 17), evidence: str = "Surat 1"):
    return record_departure(place.enrolments[nth], reason=reason, happened_on=on, evidence=evidence, by=place.officer)


def planned(place) -> dict[int, int]:
    return {one.month.month: one.planned for one in MonthTotal.objects.filter(programme=place.programme)}


@pytest.mark.parametrize(
    ("on", "last_month"),
    [
        (date(2026, 3, 1), 3),
        (date(2026, 3, 31), 3),
        (date(2026, 1, 1), 1),
        (date(2026, 12, 31), 12),  # the last day of cover: nothing is lost
        (date(2025, 12, 31), 0),  # the day before: nothing is covered
        (date(2025, 6, 1), 0),
    ],
)
def test_the_month_of_the_event_is_covered_and_the_next_is_not(on, last_month):
    place = town(people=2)
    leave(place, on=on)

    assert planned(place) == {month: 1 if month > last_month else 2 for month in range(1, 13)}
    assert place.enrolments[0].period.isempty == (last_month == 0)
    assert place.enrolments[1].period.upper == date(2027, 1, 1)
    assert problems() == []


def test_leaving_twice_with_the_same_facts_is_leaving_once():
    place = town(people=1)
    assert leave(place) == leave(place)
    assert Record.objects.filter(action="departure.record").count() == 1
    with pytest.raises(AlreadyLeft):
        leave(place, on=date(2026, 5, 2))


def test_an_event_after_the_end_ends_nothing():
    with pytest.raises(NotEnrolledThen):
        leave(town(people=1, months=2), on=date(2026, 3, 1))


def test_a_departure_needs_its_evidence():
    with pytest.raises(NoEvidence):
        leave(town(people=1), evidence="  ")


def test_nobody_dies_tomorrow():
    place = town(people=1, months=600)
    with pytest.raises(DiedInTheFuture):
        leave(place, reason="death", on=timezone.localdate() + timedelta(days=1))


def test_only_who_may_and_only_at_home():
    place = town(people=1)
    for person, refusal in (
        (place.leader, NotPermitted),
        (user("jauh", "programme_officer", "3201"), OutsideTerritory),
    ):
        with pytest.raises(refusal):
            record_departure(place.enrolments[0], reason="moved", happened_on=MAR, evidence="Surat", by=person)
        with pytest.raises(refusal):
            apply_deaths("1275", by=person)


def test_a_death_ends_every_later_stretch_whoever_pays_it():
    person = worker(1)
    now = town(people=1, months=6, workers=[person])
    later = town(people=1, first=JUL, months=6, code="LANJUT", workers=[person])
    leave(now, reason="death")

    person.refresh_from_db()
    assert person.died_on == date(2026, 3, 17)
    assert now.enrolments[0].period.upper == APR
    assert later.enrolments[0].period.isempty
    assert planned(later) == dict.fromkeys(range(7, 13), 0)
    assert Departure.objects.count() == 2
    assert problems() == []


def test_moving_away_ends_one_programme_only():
    person = worker(1)
    now = town(people=1, months=6, workers=[person])
    later = town(people=1, first=JUL, months=6, code="LANJUT", workers=[person])
    leave(now)
    assert not later.enrolments[0].period.isempty


def test_a_list_of_deaths_lets_the_dead_of_an_area_go():
    place = town(people=4)
    first, second, third, _ = place.workers
    make_reference("deaths", [first], on=date(2026, 2, 3))
    make_reference("deaths", [second], on=date(2025, 11, 3))
    make_reference("deaths", [third])  # without a day nothing follows by itself
    make_reference("members", [third], on=date(2026, 2, 3))

    assert apply_deaths("1275", by=place.officer) == [place.programme]

    ends = [None if one.period.isempty else one.period.upper for one in place.enrolments]
    assert ends == [MAR, None, date(2027, 1, 1), date(2027, 1, 1)]
    assert planned(place) == {1: 3, 2: 3} | dict.fromkeys(range(3, 13), 2)
    first.refresh_from_db()
    assert first.died_on == date(2026, 2, 3)
    assert Departure.objects.get(enrolment__worker=first).evidence == "Contoh, 2026-01-01"
    assert problems() == []
    assert apply_deaths("1275", by=place.officer) == [], "once is enough"
    assert Departure.objects.count() == 2


def test_a_death_that_the_registry_knows_is_enough_and_other_areas_wait():
    place = town(people=2)
    dead = place.workers[0]
    dead.died_on = date(2026, 5, 5)
    dead.save()
    assert {problem.rule for problem in problems()} == {6}
    assert apply_deaths("3201", by=None) == []
    assert apply_deaths("127501", by=None) == [place.programme]
    assert problems() == []


def test_stretches_and_leavers_are_seen_in_their_territory_by_who_may_see_people():
    place = town(people=2)
    leave(place)
    far = user("jauh", "programme_officer", "3201")

    assert enrolments_visible_to(place.officer).count() == 2
    assert departures_visible_to(place.officer).count() == 1
    for person in (far, place.leader, place.treasurer):
        assert not enrolments_visible_to(person)
        assert not departures_visible_to(person)


def test_the_stretch_that_holds_a_day_is_found():
    place = town(people=1, months=3)
    person = place.workers[0].pk
    assert enrolled_on(date(2026, 3, 31), worker_id=person) == place.enrolments[0]
    assert enrolled_on(APR, worker_id=person) is None
    assert list(enrolments_of(person)) == place.enrolments
