"""The number of a decree: by the pattern of the region, or by hand, and never twice."""

from __future__ import annotations

import pytest

from naung.accounts.models import PaperCounter, RegionSettings
from naung.selection import queries
from naung.selection.actions import run_round
from naung.selection.refusals import DecreeAfterFirstMonth, NumberMissing, NumberReused
from tests.factories import make_list, make_programme, make_workers
from tests.selection.test_rounds import ON, date, decreed, leader, officer, proposed  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    found, _ = proposed()
    RegionSettings.objects.create(pk=found.area_code[:4], decree_pattern="188/{nomor}/K/{tahun}")
    return found


def last() -> list[int]:
    return list(PaperCounter.objects.values_list("last", flat=True))


def test_a_decree_without_a_number_gets_the_next_one(programme, officer, leader):  # noqa: F811
    assert queries.next_decree_number(programme, on=ON) == f"188/1/K/{ON.year}"
    assert decreed(run_round(programme, on=ON, by=officer), leader, number="").number == f"188/1/K/{ON.year}"
    assert queries.next_decree_number(programme, on=ON) == f"188/2/K/{ON.year}"


def test_the_next_number_typed_by_hand_is_the_same_as_none(programme, officer, leader):  # noqa: F811
    decreed(run_round(programme, on=ON, by=officer), leader, number=f"188/1/K/{ON.year}")
    assert last() == [1]


def test_the_law_may_give_another_number(programme, officer, leader):  # noqa: F811
    assert decreed(run_round(programme, on=ON, by=officer), leader, number="900/77/2025").number == "900/77/2025"
    assert last() == [0]


def test_a_number_given_by_hand_is_passed_over_and_not_given_twice(programme, officer, leader):  # noqa: F811
    decreed(run_round(programme, on=ON, by=officer), leader, number=f"188/2/K/{ON.year}")
    PaperCounter.objects.update(last=1)
    assert queries.next_decree_number(programme, on=ON) == f"188/3/K/{ON.year}"
    other = make_programme(code="LAIN-2027", first_month="2027-01", last_month="2027-12")
    make_list(other.code, make_workers(2, first=50))
    with pytest.raises(NumberReused):
        decreed(run_round(other, on=ON, by=officer), leader, number=f"188/2/K/{ON.year}")


def test_a_decree_that_is_refused_takes_no_number(programme, officer, leader):  # noqa: F811
    with pytest.raises(DecreeAfterFirstMonth):
        decreed(run_round(programme, on=ON, by=officer), leader, number="", on=date(2030, 1, 1))
    assert last() == []


def test_without_a_pattern_the_number_is_needed(officer, leader):  # noqa: F811
    programme, _ = proposed()
    with pytest.raises(NumberMissing):
        decreed(run_round(programme, on=ON, by=officer), leader, number="")
