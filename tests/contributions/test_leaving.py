"""What leaving does to money: nothing after it is owed, and what was paid too much is a claim, not a loss."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from naung.accounts.models import User
from naung.accounts.refusals import NotPermitted, OutsideTerritory
from naung.contributions import actions, ledger, queries
from naung.contributions.invariants import problems
from naung.contributions.models import Bill, BillLine, Payment, Transfer
from naung.contributions.refusals import AlreadyBilledElsewhere, AlreadyReversed, NoReason
from naung.coverage.actions import record_departure
from naung.coverage.invariants import problems as coverage_problems
from naung.coverage.models import Departure
from tests.factories import make_reference, make_workers, nik_of
from tests.town import Town, town, user, worker

pytestmark = pytest.mark.django_db

JAN, FEB, MAR, APR, JUL = (date(2026, month, 1) for month in (1, 2, 3, 4, 7))
EACH = 16_800


def issue(place: Town, first: date, last: date | None = None) -> Bill:
    return actions.issue_bill(
        place.line, first_month=first, last_month=last or first, due_on=date(2026, 1, 15), by=place.officer
    )


def pay(place: Town, bill: Bill, sp2d: str = "SP2D-1") -> Payment:
    payment = actions.record_payment(
        bill, sp2d_number=sp2d, paid_on=JAN, amount_rp=bill.total_rp - bill.reversed_rp, by=place.treasurer
    )
    return actions.confirm_payment(payment, by=place.branch)


def dies(place: Town, nth: int, on: date) -> Departure:
    return actions.end_cover(place.enrolments[nth], reason="death", happened_on=on, evidence="Akta", by=place.officer)


def test_deaths_known_when_a_bill_is_issued_are_not_billed_and_older_bills_are_settled():
    place = town(people=3)
    pay(place, issue(place, JAN, MAR))
    make_reference("deaths", [place.workers[1]], on=date(2026, 2, 20))

    april = issue(place, APR)

    assert (april.people, april.total_rp) == (2, 2 * EACH)
    assert queries.active_months(place.workers[1].pk) == {JAN, FEB}
    assert Bill.objects.get(first_month=JAN).credited_rp == EACH
    assert Departure.objects.get().recorded_by == place.officer
    assert problems() == coverage_problems() == []


def test_a_new_list_of_deaths_settles_a_whole_area():
    place = town(people=3)
    issue(place, JAN, MAR)
    make_reference("deaths", place.workers[:2], on=date(2026, 1, 20))

    assert actions.end_cover_of_dead("1275", by=place.officer) == 4
    assert actions.end_cover_of_dead("1275", by=place.officer) == 0
    assert ledger.owed(place.line) == (3 + 1 + 1) * EACH
    assert problems() == coverage_problems() == []


def deaths_file(*numbers: int, on: str) -> bytes:
    lines = [f"{nik_of(number)},{on}" for number in numbers]
    return "\n".join(["NIK,Tanggal Meninggal", *lines]).encode()


def handed_in(file: bytes, by: User) -> actions.ReferenceApplied:
    return actions.take_reference_list(
        file=file, filename="mati.csv", kind="deaths", source="Disdukcapil", as_of=APR, area_code="1275", by=by
    )


def test_handing_in_a_list_of_deaths_ends_the_covers_and_settles_the_bills_at_once():
    place = town(people=3, workers=make_workers(3))
    issue(place, JAN, MAR)
    file = deaths_file(0, 1, on="2026-01-20")

    applied = handed_in(file, place.officer)
    again = handed_in(file, place.officer)

    assert (applied.months_settled, applied.waits_for_officer) == (4, False)
    assert (again.months_settled, again.taken.repeated) == (0, True)
    assert ledger.owed(place.line) == (3 + 1 + 1) * EACH
    assert set(Departure.objects.values_list("happened_on", flat=True)) == {date(2026, 1, 20)}
    assert problems() == coverage_problems() == []


def test_deaths_from_somebody_who_may_not_end_covers_wait_for_the_next_bill():
    place = town(people=3, workers=make_workers(3))
    pay(place, issue(place, JAN, MAR))

    applied = handed_in(deaths_file(0, on="2026-01-20"), place.branch)

    assert (applied.months_settled, applied.waits_for_officer) == (0, True)
    assert not Departure.objects.exists()
    assert issue(place, APR).people == 2
    assert Bill.objects.get(first_month=JAN).credited_rp == 2 * EACH


def test_a_death_is_settled_with_every_payer():
    person = worker(1)
    now = town(people=1, months=6, workers=[person])
    later = town(people=1, first=JUL, months=6, code="LANJUT", payer="csr", workers=[person])
    pay(now, issue(now, JAN, MAR))
    issue(later, JUL)
    dies(now, 0, date(2026, 2, 2))

    assert ledger.balance(now.line, ledger.K.RECEIVABLE) == EACH
    assert ledger.owed(later.line) == 0
    assert Bill.objects.get(programme=later.programme).status == Bill.Status.REVERSED
    assert problems() == coverage_problems() == []


def test_a_departure_recorded_without_its_money_is_settled_by_the_next_bill():
    place = town(people=2)
    issue(place, JAN, MAR)
    record_departure(
        place.enrolments[0], reason="moved", happened_on=date(2026, 1, 9), evidence="Surat", by=place.officer
    )
    assert {problem.rule for problem in problems()} == {6}

    issue(place, APR)

    assert problems() == coverage_problems() == []


def test_whoever_left_without_being_settled_is_not_billed_twice_and_the_first_bill_is_named():
    person = worker(1)
    first = town(people=1, workers=[person])
    bill = issue(first, MAR)
    record_departure(
        first.enrolments[0], reason="other_funder", happened_on=date(2026, 2, 9), evidence="Surat", by=first.officer
    )
    second = town(people=1, first=MAR, months=3, code="LAIN", payer="csr", workers=[person])
    with pytest.raises(AlreadyBilledElsewhere) as refusal, transaction.atomic():
        issue(second, MAR)
    assert (refusal.value.people, refusal.value.bills) == (1, (bill.number,))

    actions.settle_departures(first.programme, by=first.officer)

    assert issue(second, MAR).people == 1
    assert problems() == coverage_problems() == []


def test_a_payment_with_credited_months_can_still_be_undone():
    place = town(people=2)
    payment = pay(place, issue(place, JAN, FEB))
    dies(place, 0, date(2026, 1, 9))
    assert ledger.balance(place.line, ledger.K.RECEIVABLE) == EACH

    actions.reverse_payment(payment, reason="SP2D ditolak", by=place.branch)

    assert all(ledger.balance(place.line, kind) == 0 for kind in ledger.K.values)
    assert not BillLine.objects.filter(live=True).exists()
    assert issue(place, JAN, FEB).total_rp == 3 * EACH
    assert problems() == coverage_problems() == []


def test_every_undoing_needs_a_reason_and_happens_once():
    place = town(people=1)
    bill = issue(place, JAN)
    payment = pay(place, bill)
    with pytest.raises(NoReason):
        actions.reverse_payment(payment, reason=" ", by=place.branch)
    actions.reverse_payment(payment, reason="salah", by=place.branch)
    with pytest.raises(AlreadyReversed):
        actions.reverse_payment(payment, reason="salah", by=place.branch)
    with pytest.raises(AlreadyReversed):
        actions.confirm_payment(payment, by=place.branch)
    with pytest.raises(AlreadyReversed):
        actions.reverse_bill(bill, reason="salah", by=place.officer)
    with pytest.raises(NoReason):
        actions.reverse_bill(issue(place, FEB), reason="", by=place.officer)
    assert Transfer.objects.filter(reverses__isnull=False).count() == 2


def test_each_act_on_money_belongs_to_a_role_at_home():
    place = town(people=1)
    bill = issue(place, JAN)
    receipt = {"sp2d_number": "SP2D-1", "paid_on": JAN, "amount_rp": bill.total_rp}
    payment = actions.record_payment(bill, by=place.treasurer, **receipt)
    operator = user("operator", "village_operator", "1275011001")
    months = {"first_month": FEB, "last_month": FEB, "due_on": FEB}
    for act in (
        lambda by: actions.issue_bill(place.line, by=by, **months),
        lambda by: actions.record_payment(bill, by=by, **receipt),
        lambda by: actions.confirm_payment(payment, by=by),
        lambda by: actions.reverse_payment(payment, reason="x", by=by),
        lambda by: actions.reverse_bill(bill, reason="x", by=by),
        lambda by: actions.settle_departures(place.programme, by=by),
        lambda by: actions.end_cover_of_dead("1275", by=by),
    ):
        with pytest.raises(NotPermitted):
            act(operator)
    for role, act in (
        ("programme_officer", lambda by: actions.issue_bill(place.line, by=by, **months)),
        ("finance_officer", lambda by: actions.record_payment(bill, by=by, **receipt)),
        ("branch_officer", lambda by: actions.confirm_payment(payment, by=by)),
    ):
        with pytest.raises(OutsideTerritory):
            act(user(f"{role}-jauh", role, "3201"))
