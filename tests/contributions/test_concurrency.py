"""Two at once: the database decides, whatever each of them believed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from naung.contributions import actions
from naung.contributions.invariants import problems
from naung.contributions.models import Bill, BillLine, Payment
from tests.town import town

pytestmark = pytest.mark.django_db(transaction=True)

JAN = date(2026, 1, 1)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run the acts in threads with connections of their own; the answer or the exception of each."""
    answers: list[object] = [None] * len(acts)
    ready = threading.Barrier(len(acts))

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            ready.wait(timeout=10)
            answers[place] = act()
        except Exception as failure:
            answers[place] = failure
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def test_two_transactions_cannot_both_write_a_live_line_for_a_worker_and_month():
    place = town(people=1)
    enrolment = place.enrolments[0]
    both_wrote_or_wait = threading.Barrier(2)

    def write() -> None:
        with transaction.atomic():
            BillLine.objects.create(
                bill_id=1,
                worker_id=enrolment.worker_id,
                enrolment=enrolment,
                area_code=enrolment.area_code,
                month=JAN,
                ordinal=1,
                jkk_rp=10_000,
                jkm_rp=6_800,
                jht_rp=0,
            )
            # The first holds its row open until the second has surely tried; the second waits inside its INSERT.
            if both_wrote_or_wait.n_waiting == 0:
                try:
                    both_wrote_or_wait.wait(timeout=1)
                except threading.BrokenBarrierError:
                    pass

    answers = at_once(write, write)

    assert sorted(type(answer).__name__ for answer in answers) == ["IntegrityError", "NoneType"]
    assert any(isinstance(answer, IntegrityError) for answer in answers)
    assert BillLine.objects.count() == 1


def test_two_officers_who_bill_the_same_month_make_one_bill():
    place = town(people=5)

    def issue() -> Bill:
        return actions.issue_bill(place.line, first_month=JAN, last_month=JAN, due_on=JAN, by=place.officer)

    first, second = at_once(issue, issue)

    assert isinstance(first, Bill), first
    assert isinstance(second, Bill), second
    assert first.pk == second.pk
    assert BillLine.objects.count() == 5
    assert problems() == []


def test_one_receipt_entered_twice_at_once_is_one_payment():
    place = town(people=2)
    bill = actions.issue_bill(place.line, first_month=JAN, last_month=JAN, due_on=JAN, by=place.officer)

    def record() -> Payment:
        return actions.record_payment(
            bill, sp2d_number="SP2D-1", paid_on=JAN, amount_rp=bill.total_rp, by=place.treasurer
        )

    answers = at_once(record, record)
    assert {answer.pk for answer in answers if isinstance(answer, Payment)} == {Payment.objects.get().pk}

    payment = Payment.objects.get()
    at_once(
        lambda: actions.confirm_payment(payment, by=place.branch),
        lambda: actions.confirm_payment(payment, by=place.branch),
    )
    bill.refresh_from_db()
    assert bill.paid_rp == bill.total_rp
    assert problems() == []
