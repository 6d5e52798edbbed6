"""So many tries in so much time, counted in the database: whatever process asks, the count is one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from naung.accounts import limits
from naung.accounts.models import Tries

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 9, 14, 5, tzinfo=UTC)


def tried(what: str = "nama:siti", at: datetime = NOW, most: int = 3) -> int:
    return limits.minutes_to_wait([what], most=most, now=at)


def test_one_more_than_the_most_waits_until_the_first_is_old():
    assert [tried(at=NOW + timedelta(minutes=n)) for n in range(4)] == [0, 0, 0, 12]
    assert tried(at=NOW + timedelta(minutes=15)) == 0


def test_another_name_has_tries_of_its_own():
    for _ in range(4):
        tried()
    assert tried("nama:budi") == 0


def test_what_was_right_is_forgotten_and_taken_back_alone():
    tried(), tried(), tried()
    limits.take_back("nama:siti")
    assert tried() == 0
    assert tried() == 15
    limits.forget("nama:siti")
    assert tried() == 0
    limits.take_back("nobody")


def test_a_minute_has_so_many_requests_and_the_next_one_as_many_again():
    asked = [limits.seconds_to_wait("api:192.0.2.7", most=2, now=NOW) for _ in range(3)]
    assert asked == [0, 0, 55]
    assert limits.seconds_to_wait("api:192.0.2.7", most=2, now=NOW + timedelta(seconds=55)) == 0


def test_what_is_over_is_deleted():
    tried()
    limits.seconds_to_wait("api:192.0.2.7", most=2, now=NOW)
    tried("nama:budi", at=NOW + timedelta(minutes=16))
    assert Tries.objects.count() == 1


def test_nothing_that_was_tried_stands_in_the_table():
    tried("nama:kata-sandi-di-kotak-yang-salah")
    assert "kata-sandi" not in str(list(Tries.objects.values()))
