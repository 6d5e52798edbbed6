"""Two at once: the database decides, whatever each of them believed."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from naung.contributions import actions
from naung.contributions.invariants import problems
from naung.contributions.models import Bill, BillLine, Payment
from naung.coverage.invariants import problems as coverage_problems
from naung.coverage.models import Enrolment
from tests.town import Town, town, worker

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
                with contextlib.suppress(threading.BrokenBarrierError):
                    both_wrote_or_wait.wait(timeout=1)

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


def after_the_first(first: Callable[[], object], *others: Callable[[], object]) -> list[object]:
    """Do `first`, and commit it only when each of the others has begun and stands waiting in the database."""
    answers: list[object] = [None] * len(others)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            answers[place] = act()
        except Exception as failure:
            answers[place] = failure
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(others)]
    with transaction.atomic():
        first()
        for thread in threads:
            thread.start()
        wait_until_waiting(len(others))
    for thread in threads:
        thread.join(timeout=60)
    return answers


def wait_until_waiting(count: int) -> None:
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot(), pg_sleep(0.02)")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0"
            )
            if cursor.fetchone()[0] >= count:
                return
    raise AssertionError("nobody waited: these acts may happen side by side")


def issue(place: Town, month: date = JAN) -> Bill:
    return actions.issue_bill(place.line, first_month=month, last_month=month, due_on=JAN, by=place.officer)


def test_a_bill_begun_before_a_departure_was_done_does_not_bill_the_leaver():
    place = town(people=2)
    gone = place.enrolments[0]

    (bill,) = after_the_first(
        lambda: actions.end_cover(
            gone, reason="death", happened_on=date(2025, 12, 30), evidence="Akta", by=place.officer
        ),
        lambda: issue(place),
    )

    assert isinstance(bill, Bill), bill
    assert bill.people == 1
    assert problems() == coverage_problems() == []


def test_a_departure_begun_before_a_bill_was_done_settles_that_bill():
    place = town(people=2)
    gone = place.enrolments[0]

    after_the_first(
        lambda: issue(place, date(2026, 2, 1)),
        lambda: actions.end_cover(gone, reason="moved", happened_on=JAN, evidence="Surat", by=place.officer),
    )

    assert Bill.objects.get().reversed_rp == 16_800
    assert problems() == coverage_problems() == []


def test_month_totals_add_up_what_a_payment_and_a_second_bill_did_at_once():
    place = town(people=3)
    bill = issue(place)
    payment = actions.record_payment(bill, sp2d_number="1", paid_on=JAN, amount_rp=bill.total_rp, by=place.treasurer)
    # Somebody who joins the same month later: a second bill over the same totals.
    Enrolment.objects.create(
        worker=worker(50), programme=place.programme, funding_line=place.line, decree=place.decree, ordinal=99,
        area_code="1275011001", period=(JAN, date(2027, 1, 1)),
    )  # fmt: skip
    after_the_first(lambda: actions.confirm_payment(payment, by=place.branch), lambda: issue(place, JAN))

    assert Bill.objects.count() == 2
    assert problems() == []


def test_bills_issued_at_once_have_numbers_without_gaps():
    place = town(people=2)
    months = [date(2026, month, 1) for month in range(1, 7)]
    at_once(*[lambda month=month: issue(place, month) for month in months])

    endings = sorted(bill.number.rsplit("/", 1)[1] for bill in Bill.objects.all())
    assert endings == ["001", "002", "003", "004", "005", "006"]
    assert problems() == []


def test_two_bills_at_once_do_not_pass_the_ceiling_together():
    place = town(people=2, ceiling_rp=3 * 16_800)
    answers = at_once(lambda: issue(place, JAN), lambda: issue(place, date(2026, 2, 1)))
    assert sorted(type(answer).__name__ for answer in answers) == ["Bill", "CeilingExceeded"]
    assert problems() == []
