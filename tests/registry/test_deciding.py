from __future__ import annotations

import pytest

from naung.accounts.permissions import Role
from naung.accounts.refusals import NotPermitted, OutsideTerritory
from naung.audit.models import Record
from naung.registry import queries
from naung.registry.actions import decide_row, send_list
from naung.registry.invariants import problems
from naung.registry.models import SourceList, SourceRow, Worker
from naung.registry.refusals import (
    DecisionNeedsReason,
    RowNotUnderReview,
    WorkerAlreadyHandedIn,
)
from tests.registry.lists import a_list, a_person, hand_in, line, name_of, nik_of

pytestmark = pytest.mark.django_db

WHY = "KTP asli sudah dilihat"


@pytest.fixture
def two_under_one_nik():
    """Two people whom the list gives one NIK: both wait for somebody to look."""
    hand_in(a_list(line(1), line(1, name="ORANG LAIN SEKALI"), 2))
    return list(SourceRow.objects.filter(verdict="review").order_by("ordinal"))


def counts():
    one = SourceList.objects.get()
    return one.accepted, one.rejected, one.review, one.duplicate


def test_an_accepted_row_becomes_a_worker(two_under_one_nik):
    row = decide_row(row=two_under_one_nik[0], verdict="accept", reason=WHY, by=a_person())
    assert (row.worker.name, queries.identity_of(row.worker).nik) == (name_of(1), nik_of(1))
    assert counts() == (2, 0, 1, 0)
    assert problems() == []


def test_a_rejected_row_becomes_nobody(two_under_one_nik):
    decide_row(row=two_under_one_nik[0], verdict="reject", reason="Orang tidak dikenal", by=a_person())
    assert Worker.objects.count() == 1
    assert counts() == (1, 1, 1, 0)
    assert problems() == []


def test_the_same_decision_twice_is_one(two_under_one_nik):
    for _ in range(2):
        decide_row(row=two_under_one_nik[0], verdict="accept", reason=WHY, by=a_person())
    assert counts() == (2, 0, 1, 0)
    assert Record.objects.filter(action="row.accept").count() == 1


def test_a_decision_is_not_turned_round(two_under_one_nik):
    decide_row(row=two_under_one_nik[0], verdict="accept", reason=WHY, by=a_person())
    with pytest.raises(RowNotUnderReview):
        decide_row(row=two_under_one_nik[0], verdict="reject", reason="Salah", by=a_person())


def test_the_second_person_under_one_nik_cannot_be_accepted_too(two_under_one_nik):
    decide_row(row=two_under_one_nik[0], verdict="accept", reason=WHY, by=a_person())
    with pytest.raises(WorkerAlreadyHandedIn):
        decide_row(row=two_under_one_nik[1], verdict="accept", reason=WHY, by=a_person())
    assert counts() == (2, 0, 1, 0)


def test_a_row_nobody_need_look_at_is_not_decided(two_under_one_nik):
    with pytest.raises(RowNotUnderReview):
        decide_row(row=SourceRow.objects.get(verdict="accept"), verdict="reject", reason=WHY, by=a_person())


def test_a_decision_needs_a_reason(two_under_one_nik):
    with pytest.raises(DecisionNeedsReason):
        decide_row(row=two_under_one_nik[0], verdict="accept", reason="  ", by=a_person())


def test_who_may_not_decide_is_refused(two_under_one_nik):
    with pytest.raises(NotPermitted):
        decide_row(row=two_under_one_nik[0], verdict="accept", reason=WHY, by=a_person(Role.VILLAGE_OPERATOR))
    with pytest.raises(OutsideTerritory):
        decide_row(row=two_under_one_nik[0], verdict="accept", reason=WHY, by=a_person(area_code="1271"))


def test_a_row_that_meets_a_worker_of_another_programme_is_linked_to_it():
    hand_in(a_list(1), programme_code="LAMA")
    hand_in(a_list(line(1, name="SRI MULYONO HADI")), programme_code="BARU")
    row = decide_row(row=SourceRow.objects.get(verdict="review"), verdict="accept", reason="Ganti nama", by=a_person())
    assert row.worker == Worker.objects.get()
    assert problems() == []


def test_a_draft_is_sent_once():
    hand_in(a_list(1), send=False)
    officer = a_person()
    for _ in range(2):
        sent = send_list(source_list=SourceList.objects.get(), by=officer)
    assert sent.status == SourceList.Status.SENT
    assert sent.sent_at is not None
    assert Record.objects.filter(action="list.send").count() == 1


def test_a_draft_of_elsewhere_is_not_sent():
    hand_in(a_list(1), send=False)
    with pytest.raises(OutsideTerritory):
        send_list(source_list=SourceList.objects.get(), by=a_person(Role.VILLAGE_OPERATOR, "1275011001"))
