"""A list goes to the owner of the programme in parts, is verified there, or comes back; no row is lost on the way."""

from __future__ import annotations

import pytest

from naung.accounts.permissions import Role
from naung.accounts.refusals import NotPermitted
from naung.audit.models import Record
from naung.registry.actions import (
    correct_row,
    decide_same,
    ready_to_send,
    return_list,
    return_rows,
    send_list,
    verify_list,
)
from naung.registry.intake_results import workbook_of
from naung.registry.invariants import problems
from naung.registry.list_refusals import ListNotSent, NobodyToCompare, NothingReady, ReasonMissing
from naung.registry.models import SourceList, SourceRow, Worker
from naung.registry.refusals import RowNotUnderReview
from tests.registry.lists import RULES, a_list, a_person, hand_in, line, nik_of

pytestmark = pytest.mark.django_db

SEEN = "KTP keduanya sudah dilihat"


def the_list() -> SourceList:
    return SourceList.objects.get()


def the_row(ordinal: int) -> SourceRow:
    return SourceRow.objects.select_related("list").get(ordinal=ordinal)


def counts() -> tuple[int, int, int, int]:
    one = the_list()
    assert one.received == one.accepted + one.rejected + one.review + one.duplicate
    return one.accepted, one.rejected, one.review, one.duplicate


def operator():
    return a_person(Role.VILLAGE_OPERATOR, "1275")


def test_a_row_corrected_after_sending_waits_until_the_list_is_sent_again():
    hand_in(a_list(1, line(2, nik="12345")), send=False)
    send_list(source_list=the_list(), by=None)
    assert ready_to_send(the_list()) == 0

    correct_row(row=the_row(1), typed={"nik": nik_of(2)}, rules=RULES, by=None)

    assert the_row(1).held
    assert ready_to_send(the_list()) == 1
    send_list(source_list=the_list(), by=None)
    assert not the_row(1).held
    assert ready_to_send(the_list()) == 0
    assert Record.objects.filter(action="list.send").count() == 2


def test_a_draft_with_no_ready_row_is_not_sent():
    hand_in(a_list(line(1, nik="12345")), send=False)
    with pytest.raises(NothingReady):
        send_list(source_list=the_list(), by=None)
    assert the_list().status == "draft"


def test_new_rows_undo_the_verification_and_a_second_look_brings_it_back():
    hand_in(a_list(1, line(2, nik="12345")))
    officer = a_person()
    verify_list(source_list=the_list(), by=officer)
    verify_list(source_list=the_list(), by=officer)
    assert (the_list().verified_by, Record.objects.filter(action="list.verify").count()) == (officer, 1)

    correct_row(row=the_row(1), typed={"nik": nik_of(2)}, rules=RULES, by=None)
    assert the_list().verified_at is not None
    send_list(source_list=the_list(), by=None)

    assert the_list().verified_at is None


def test_a_list_given_back_is_a_draft_with_its_reason_until_it_is_sent_again():
    hand_in(a_list(1, 2))
    return_list(source_list=the_list(), reason="Belum ada tanda tangan lurah", by=a_person())
    assert (the_list().status, the_list().returned_reason) == ("draft", "Belum ada tanda tangan lurah")
    assert ready_to_send(the_list()) == 2

    send_list(source_list=the_list(), by=None)

    assert (the_list().status, the_list().returned_at, the_list().returned_reason) == ("sent", None, "")


def test_rows_given_back_are_corrected_and_the_others_stay_sent():
    hand_in(a_list(1, 2, 3))
    assert return_rows(source_list=the_list(), ordinals=[1], reason="NIK milik tetangga", by=a_person()) == 1
    assert counts() == (2, 1, 0, 0)
    assert (the_row(1).reasons, the_row(1).decision, the_row(1).worker) == (["returned"], "NIK milik tetangga", None)
    assert workbook_of(the_list())[:2] == b"PK"

    correct_row(row=the_row(1), typed={"nik": nik_of(2)}, rules=RULES, by=operator())

    assert counts() == (3, 0, 0, 0)
    assert (the_row(1).held, the_row(1).decision, the_list().reasons) == (True, "", {})
    assert problems() == []


def test_giving_back_twice_or_what_is_not_sent_touches_nothing():
    hand_in(a_list(1, line(2, nik="12345")))
    assert return_rows(source_list=the_list(), ordinals=[0, 1, 99], reason="Salah", by=None) == 1
    assert return_rows(source_list=the_list(), ordinals=[0], reason="Salah", by=None) == 0
    assert counts() == (0, 2, 0, 0)


def test_verifying_and_giving_back_need_an_officer_a_sent_list_and_a_reason():
    hand_in(a_list(1), send=False)
    village, officer = operator(), a_person(area_code="12")
    for act in (
        lambda by: verify_list(source_list=the_list(), by=by),
        lambda by: return_list(source_list=the_list(), reason="Salah", by=by),
        lambda by: return_rows(source_list=the_list(), ordinals=[0], reason="Salah", by=by),
    ):
        with pytest.raises(NotPermitted):
            act(village)
        with pytest.raises(ListNotSent):
            act(officer)
    send_list(source_list=the_list(), by=village)
    with pytest.raises(ReasonMissing):
        return_list(source_list=the_list(), reason=" ", by=officer)
    with pytest.raises(ReasonMissing):
        return_rows(source_list=the_list(), ordinals=[0], reason=" ", by=officer)


# --- the same person or not ------------------------------------------------------------------------


@pytest.fixture
def two_under_one_nik():
    hand_in(a_list(line(1), line(1, name="ORANG LAIN SEKALI"), 2), send=False)


def test_one_person_written_twice_stays_once(two_under_one_nik):
    kept = decide_same(row=the_row(1), same=True, reason=SEEN, by=operator())

    assert (kept.verdict, kept.reasons) == ("accept", [])
    assert (the_row(0).verdict, the_row(0).worker_id) == ("duplicate", kept.worker_id)
    assert counts() == (2, 0, 0, 1)
    assert Record.objects.get(action="row.same").detail["others"] == [the_row(0).row]
    assert problems() == []


def test_of_two_people_one_keeps_the_nik_and_the_other_is_corrected(two_under_one_nik):
    decide_same(row=the_row(0), same=False, reason=SEEN, by=operator())
    assert counts() == (2, 1, 0, 0)
    assert the_row(1).is_open

    row = correct_row(row=the_row(1), typed={"nik": nik_of(3), "birth_date": "04-04-1973"}, rules=RULES, by=None)

    assert row.verdict == "accept"
    assert problems() == []


def test_the_same_decision_twice_is_one_and_another_is_refused(two_under_one_nik):
    for _ in range(2):
        decide_same(row=the_row(0), same=True, reason=SEEN, by=None)
    assert Record.objects.filter(action="row.same").count() == 1
    with pytest.raises(RowNotUnderReview):
        decide_same(row=the_row(0), same=False, reason="Ternyata bukan", by=None)


def test_whom_the_programme_has_already_is_repeated_and_not_taken_twice():
    hand_in(a_list(1))
    hand_in(a_list(line(1, name="ORANG LAIN SEKALI")), send=False)
    row = SourceRow.objects.get(verdict="review")

    row = decide_same(row=row, same=True, reason=SEEN, by=operator())

    assert (row.verdict, row.worker_id) == ("duplicate", Worker.objects.get().pk)
    assert problems() == []


def test_who_is_another_than_the_worker_with_the_nik_goes_back_for_correction():
    hand_in(a_list(1), programme_code="LAMA")
    hand_in(a_list(line(1, name="ORANG LAIN SEKALI")), send=False)
    row = decide_same(row=SourceRow.objects.get(verdict="review"), same=False, reason=SEEN, by=operator())
    assert (row.verdict, row.is_open, Worker.objects.count()) == ("reject", True, 1)


def test_a_village_settles_a_row_of_a_sent_list_and_sends_it_itself(two_under_one_nik):
    send_list(source_list=the_list(), by=None)
    decide_same(row=the_row(0), same=True, reason=SEEN, by=operator())
    assert ready_to_send(the_list()) == 1


def test_a_row_that_nobody_shares_a_nik_with_is_not_compared():
    hand_in(a_list(line(1).replace("1275011202000001", nik_of(1)), 2))
    assert the_row(0).reasons == ["nik_conflict"]  # the number of the family card
    with pytest.raises(NobodyToCompare):
        decide_same(row=the_row(0), same=True, reason=SEEN, by=None)
