"""Each rule of the doctor is shown a database in which it does not hold; what the database refuses is tried too."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction

from naung.coverage.actions import record_departure
from naung.coverage.invariants import problems
from tests.town import town

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    made = town(people=3)
    record_departure(
        made.enrolments[2], reason="moved", happened_on=date(2026, 4, 2), evidence="Surat", by=made.officer
    )
    assert problems() == []
    return made


def _sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _behind_our_back(statement: str) -> None:
    """As somebody would who switches the triggers off."""
    _sql("SET LOCAL session_replication_role = replica")
    _sql(statement)
    _sql("SET LOCAL session_replication_role = origin")


def rules() -> set[int | str]:
    return {problem.rule for problem in problems()}


def test_somebody_missing_from_the_enrolments_of_a_decree_is_found(place):
    _sql(f"DELETE FROM coverage_enrolment WHERE id = {place.enrolments[0].pk}")
    assert 5 in rules()


def test_somebody_who_took_another_ones_place_is_found(place):
    _sql(f"UPDATE coverage_enrolment SET worker_id = worker_id + 1000 WHERE id = {place.enrolments[0].pk}")
    assert rules() == {5, "orphans"}


def test_cover_before_the_decree_is_found(place):
    _sql(f"UPDATE coverage_enrolment SET period = '[2025-12-01,2027-01-01)' WHERE id = {place.enrolments[0].pk}")
    assert rules() == {5, "totals"}


def test_cover_after_leaving_is_found(place):
    _sql(f"UPDATE coverage_enrolment SET period = '[2026-01-01,2027-01-01)' WHERE id = {place.enrolments[2].pk}")
    assert rules() == {6, "totals"}


def test_cover_after_death_is_found(place):
    _sql(f"UPDATE registry_worker SET died_on = '2026-06-30' WHERE id = {place.workers[0].pk}")
    assert rules() == {6}


def test_a_total_changed_by_hand_is_found(place):
    _sql("UPDATE coverage_monthtotal SET planned = planned + 1 WHERE month = '2026-02-01'")
    assert rules() == {"totals"}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE selection_decreeentry SET ordinal = ordinal + 10",
        "DELETE FROM selection_decreeentry",
        "UPDATE selection_decree SET total = 2",
        "DELETE FROM selection_decree",
    ],
)
def test_a_decree_is_not_changed_by_anybody(place, change):
    with pytest.raises(ProgrammingError, match="pgtrigger"), transaction.atomic():
        _sql(change)


def test_a_decree_changed_behind_our_back_is_found(place):
    _behind_our_back("UPDATE selection_decree SET enters = 2")
    assert rules() == {5}


def test_somebody_let_go_by_a_decree_and_still_enrolled_is_found(place):
    """Two decrees of one programme: the second says «leave» and nothing follows."""
    _behind_our_back(
        """
        WITH later AS (
            INSERT INTO selection_decree (programme_id, round_id, number, decided_on, first_month, ends_on, enters,
                                          leaves, total, list_sha256, title, signer, signer_title, approved_by_id,
                                          approved_at)
            SELECT programme_id, -1, 'SK-2', decided_on, '2026-05-01', ends_on, 0, 1, 2, '', '', '', '',
                   approved_by_id, approved_at FROM selection_decree
            RETURNING id)
        INSERT INTO selection_decreeentry (decree_id, ordinal, act, worker_id, reason, name, area_code, occupation,
                                           funding_line_id, from_month)
        SELECT later.id, 1, 'leave', worker_id, 'moved', '', area_code, '', funding_line_id, '2026-05-01'
          FROM later, selection_decreeentry WHERE ordinal = 1
        """
    )
    assert rules() == {5}
