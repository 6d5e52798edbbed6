"""What `naung doctor` finds in programmes, rounds and decrees: nothing, until somebody goes behind our back."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from naung.programmes import invariants as programmes
from naung.programmes.models import Programme
from naung.selection import invariants
from naung.selection.actions import approve_round, run_round, submit_round
from naung.selection.models import Candidate, Round
from tests.factories import make_list, make_programme, make_user, make_workers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _decreed():
    programme = make_programme(places=3)
    make_list(programme.code, make_workers(5))
    round_ = submit_round(run_round(programme, on=date(2025, 12, 15), by=make_user()), by=make_user())
    approve_round(
        round_, number="1", decided_on=date(2025, 12, 15), signer="a", signer_title="b", by=make_user("leader")
    )


def behind_our_back(query: str) -> None:
    """What only who owns the database can do: change a row past its triggers."""
    with connection.cursor() as cursor:
        # A trigger cannot be disabled while its table still has checks to make in this transaction.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE selection_decreeentry DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE selection_decree DISABLE TRIGGER USER")
        cursor.execute(query)


def test_a_healthy_database_has_no_problem():
    assert invariants.problems() == []
    assert programmes.problems() == []


def test_a_candidate_who_disappeared_is_missed():
    Candidate.objects.filter(outcome="waiting").first().delete()
    assert [(one.rule, one.count) for one in invariants.problems()] == [(8, 1)]


def test_a_refusal_without_a_reason_is_found():
    Candidate.objects.filter(outcome="waiting").update(reasons=[])
    assert [(one.rule, one.count) for one in invariants.problems()] == [(7, 2)]


def test_an_entry_changed_behind_our_back_is_found():
    behind_our_back("UPDATE selection_decreeentry SET name = 'Orang Lain' WHERE ordinal = 2")
    assert [one.words for one in invariants.problems()] == ["Isi SK tidak cocok dengan sidiknya"]


def test_a_total_changed_behind_our_back_is_found():
    behind_our_back("UPDATE selection_decree SET total = 2")
    assert [one.rule for one in invariants.problems()] == [5]


def test_a_programme_that_left_its_definition_is_found():
    Programme.objects.update(places=4)
    assert [one.rule for one in programmes.problems()] == ["programme_columns"]
    Programme.objects.update(spec={"code": 1})
    assert [one.rule for one in programmes.problems()] == ["programme_spec"]
    assert Round.objects.count() == 1
