"""Each rule of the doctor is shown a database in which it does not hold.

Most of it the database refuses; then the triggers are switched off first, as somebody with too many rights could.
"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from naung.contributions import actions
from naung.contributions.invariants import problems
from naung.contributions.models import Bill, BillLine, Payment
from tests.town import Town, town

pytestmark = pytest.mark.django_db

JAN, MAR = date(2026, 1, 1), date(2026, 3, 1)
EACH = 16_800


@pytest.fixture
def place() -> Town:
    """Three people billed for three months: January paid by one SP2D, February by a second that was undone, and a
    departure that credited one paid month."""
    made = town(people=3)
    january = _issue(made, JAN, JAN)
    _paid(made, january, "SP2D-1")
    quarter = _issue(made, date(2026, 2, 1), MAR)
    undone = _paid(made, quarter, "SP2D-2", 3 * EACH)
    actions.reverse_payment(undone, reason="ditolak bank", by=made.treasurer)
    actions.end_cover(
        made.enrolments[2], reason="death", happened_on=date(2025, 12, 3), evidence="Akta", by=made.officer
    )
    assert problems() == []
    return made


def _issue(place: Town, first: date, last: date) -> Bill:
    return actions.issue_bill(place.line, first_month=first, last_month=last, due_on=MAR, by=place.officer)


def _paid(place: Town, bill: Bill, sp2d: str, amount: int | None = None) -> Payment:
    payment = actions.record_payment(
        bill, sp2d_number=sp2d, paid_on=JAN, amount_rp=amount or bill.total_rp, by=place.treasurer
    )
    return actions.confirm_payment(payment, by=place.branch)


def _sql(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _behind_our_back(*statements: str) -> None:
    _sql("SET LOCAL session_replication_role = replica", *statements, "SET LOCAL session_replication_role = origin")


def rules() -> set[int | str]:
    return {problem.rule for problem in problems()}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE contributions_billline SET jkk_rp = jkk_rp + 1, jkm_rp = jkm_rp - 1 WHERE id = {line}", {2}),
        ("DELETE FROM contributions_billline WHERE id = {line}", {2, 3, "totals"}),
        ("UPDATE contributions_billline SET month = '2026-05-01' WHERE id = {line}", {2, "totals"}),
        ("UPDATE contributions_billline SET worker_id = -worker_id WHERE id = {line}", {"orphans"}),
        ("UPDATE contributions_billline SET enrolment_id = -1 WHERE id = {line}", {"orphans"}),
        ("UPDATE contributions_billline SET live = true WHERE month = '2026-03-01'", {2, 6, "totals"}),
        ("UPDATE contributions_billline SET payment_id = NULL WHERE id = {line}", {2, 3, "totals"}),
        ("UPDATE contributions_billline SET payment_id = 999999 WHERE id = {line}", {2, 3, "orphans"}),
        ("UPDATE contributions_transfer SET amount_rp = amount_rp + 1 WHERE id = {bill_transfer}", {4}),
        ("DELETE FROM contributions_transfer WHERE reverses_id IS NOT NULL", {4}),
        ("UPDATE contributions_transfer SET amount_rp = 1 WHERE reverses_id IS NOT NULL", {4}),
    ],
)
def test_what_the_triggers_forbid_is_found_when_they_are_switched_off(place, change, found):
    first = BillLine.objects.filter(live=True, payment__isnull=False).order_by("id").first()
    statement = change.format(line=first.pk, bill_transfer=first.bill.transfer_id)
    with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
        _sql(statement, "SET CONSTRAINTS ALL IMMEDIATE")
    _behind_our_back(statement)
    assert rules() >= found


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE contributions_bill SET people = people + 1", {2}),
        ("UPDATE contributions_bill SET jkk_rp = jkk_rp + 10, total_rp = total_rp + 10", {2, 4}),
        ("UPDATE contributions_bill SET paid_rp = 0, credited_rp = 0 WHERE paid_rp > 0", {2, 3, 4}),
        ("UPDATE contributions_bill SET status = 'issued' WHERE status = 'paid'", {3}),
        ("UPDATE contributions_payment SET amount_rp = amount_rp + 1 WHERE status = 'confirmed'", {3, 4}),
        ("UPDATE contributions_payment SET status = 'recorded' WHERE status = 'confirmed'", {2, 3}),
        ("UPDATE programmes_fundingline SET ceiling_rp = 1", {4}),
        ("UPDATE registry_worker SET died_on = '2025-11-11'", {6}),
        ("UPDATE coverage_enrolment SET period = '[2026-02-01,2027-01-01)' WHERE ordinal = 1", {6}),
        ("UPDATE coverage_monthtotal SET paid = paid + 1", {"totals"}),
        ("DELETE FROM coverage_monthtotal WHERE month = '2026-01-01'", {"totals"}),
    ],
)
def test_what_a_careless_hand_changes_is_found(place, change, found):
    _sql(change)
    assert rules() >= found


def test_two_payers_for_a_month_are_found_even_where_the_index_is_gone(place):
    _sql("DROP INDEX line_one_payer_a_month")
    _behind_our_back(
        """
        INSERT INTO contributions_billline (bill_id, worker_id, enrolment_id, area_code, month, ordinal, jkk_rp, jkm_rp,
                                            jht_rp, live)
        SELECT bill_id, worker_id, enrolment_id, area_code, month, ordinal, jkk_rp, jkm_rp, jht_rp, true
          FROM contributions_billline WHERE live LIMIT 1
        """
    )
    assert 1 in rules()


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("UPDATE contributions_bill SET total_rp = total_rp + 1", "bill_is_its_parts"),
        ("UPDATE contributions_bill SET paid_rp = total_rp + 1", "bill_paid_within"),
        ("UPDATE contributions_payment SET confirmed_by_id = recorded_by_id", "payment_four_eyes"),
        ("UPDATE contributions_payment SET transfer_id = NULL", "payment_moves_money"),
    ],
)
def test_what_no_row_may_say_is_refused_by_the_database(place, change, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        _sql(change)
