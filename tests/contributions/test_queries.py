from __future__ import annotations

from datetime import date

import pytest

from naung.accounts.models import Office
from naung.contributions import actions, bill_queries, queries
from naung.contributions.models import Bill
from tests.town import Town, town, user, worker

pytestmark = pytest.mark.django_db

JAN = date(2026, 1, 1)
EACH = 16_800


def paid(place: Town, first: date = JAN, last: date | None = None, *, lines: int | None = None) -> Bill:
    bill = actions.issue_bill(
        place.line, first_month=first, last_month=last or first, due_on=date(2026, 1, 15), by=place.officer
    )
    amount = bill.total_rp if lines is None else lines * bill.total_rp // bill.line_count
    payment = actions.record_payment(
        bill, sp2d_number=f"SP2D-{bill.pk}", paid_on=JAN, amount_rp=amount, by=place.treasurer
    )
    actions.confirm_payment(payment, by=place.branch)
    return Bill.objects.get(pk=bill.pk)


def test_protection_says_by_whom_until_when_and_from_when_in_full():
    place = town(people=1)
    person = place.workers[0].pk
    paid(place, JAN, date(2026, 3, 1))
    three = queries.protection(person, date(2026, 2, 10))
    assert (three.covered, three.since, three.until, three.months) == (True, JAN, date(2026, 3, 31), 2)
    assert three.full_jkm_from is None, "three paid months never reach the full benefit"
    assert three.funding_line == place.line

    paid(place, date(2026, 4, 1))
    assert queries.protection(person, date(2026, 4, 30)).full_jkm_from == date(2026, 4, 1)
    assert not queries.protection(person, date(2026, 5, 1)).covered


def test_the_funder_of_the_day_is_named():
    person = worker(1)
    first = town(people=1, months=2, workers=[person])
    second = town(people=1, first=date(2026, 3, 1), months=2, code="CSR", payer="csr", workers=[person])
    paid(first, JAN, date(2026, 2, 1))
    paid(second, date(2026, 3, 1))

    assert queries.protection(person.pk, date(2026, 2, 28)).programme == first.programme
    march = queries.protection(person.pk, date(2026, 3, 1))
    assert (march.programme, march.months) == (second.programme, 3)
    assert queries.active_months(person.pk) == {JAN, date(2026, 2, 1), date(2026, 3, 1)}
    assert [one.active for one in queries.months_of(person.pk)] == [True, True, True]


def test_bills_and_payments_are_seen_in_their_territory():
    place = town(people=2)
    bill = paid(place)
    province = user("provinsi-cabang", "branch_officer", "12")
    for person in (place.officer, place.treasurer, place.branch, place.leader, province):
        assert list(queries.bills_visible_to(person)) == [bill]
        assert queries.payments_visible_to(person).count() == 1
    for person in (user("jauh", "finance_officer", "3201"), user("operator", "village_operator", "1275011001")):
        assert not queries.bills_visible_to(person)
        assert not queries.payments_visible_to(person)


def test_a_donor_sees_the_bills_of_its_own_money_and_nobody_on_them():
    place, other = town(people=1), town(people=1, code="LAIN", workers=[worker(9)])
    giver = Office.objects.create(name="PT Contoh", kind="donor", area_code="1275")
    place.line.donor = giver
    place.line.save()
    mine, _theirs = paid(place), paid(other)
    donor = user("donatur", "donor")
    assert not queries.bills_visible_to(donor), "a donor without an office gave nothing"
    donor.office = giver
    donor.save()

    assert list(queries.bills_visible_to(donor)) == [mine]
    assert queries.payments_visible_to(donor).count() == 1
    assert not queries.lines_visible_to(donor, mine)


def test_people_on_a_bill_are_seen_by_those_who_may_in_their_part_of_it():
    people = [worker(1), worker(2, village="1275021001")]
    place = town(people=2, workers=people)
    bill = paid(place)
    assert queries.lines_visible_to(place.officer, bill).count() == 2
    assert queries.lines_visible_to(user("lurah", "village_operator", "1275021001"), bill).get().worker == people[1]
    for person in (place.leader, place.treasurer):
        assert not queries.lines_visible_to(person, bill)


def test_sums_and_prices_of_bills():
    people = [worker(1), worker(2, sector="transport")]
    place = town(people=2, payer="csr", workers=people)
    bill = actions.issue_bill(place.line, first_month=JAN, last_month=JAN, due_on=JAN, by=place.officer)
    months = bill_queries.priced_months(bill)

    assert [(one.rate_rp, one.people, one.alive, one.paid) for one in months] == [(8_400, 1, 1, 0), (EACH, 1, 1, 0)]
    assert not bill_queries.one_price(months)
    sums = bill_queries.sums_of(queries.bills_visible_to(place.officer))
    assert (sums.bills, sums.owed_rp, sums.paid_rp) == (1, 25_200, 0)
    assert bill_queries.outstanding_rp(bill) == 25_200
    assert queries.possible_payments(bill, near=20_000) == (EACH, 25_200)
