"""Our list against the branch's: what differs is kept, settled by a person, and never forgotten."""

from __future__ import annotations

from datetime import date

import pytest

from naung.accounts.refusals import NotPermitted, OutsideTerritory
from naung.audit.models import Record
from naung.contributions import actions, reconciliation
from naung.contributions.models import Bill, BillLine, Difference
from naung.contributions.reconciling import read_branch_list
from naung.contributions.refusals import DifferenceSettled, NotTheirs, SettlementUnexplained
from tests.town import Town, town, user, worker

pytestmark = pytest.mark.django_db

JAN, FEB = date(2026, 1, 1), date(2026, 2, 1)
EACH = 16_800


def nik(number: int) -> str:
    return f"127501{number % 28 + 1:02d}0180{9001 + number:04d}"


def billed(place: Town, last: date = JAN) -> Bill:
    return actions.issue_bill(place.line, first_month=JAN, last_month=last, due_on=JAN, by=place.officer)


def said_by_branch(*lines: str, title: str = "NIK;Iuran") -> bytes:
    return "\n".join([title, *lines]).encode()


def compared(place: Town, bill: Bill, content: bytes, by=None):
    branch = read_branch_list(content, "cabang.csv", as_of=JAN)
    return actions.compare_with_branch(bill, branch, as_of=JAN, by=by or place.branch)


def kinds(comparison) -> list[tuple[str, int | None, int | None]]:
    return [
        (one.kind, one.worker_id, one.their_line) for one in comparison.differences.order_by("kind", "worker_id", "pk")
    ]


def test_each_person_is_in_both_only_here_only_there_or_with_another_amount():
    place = town(people=3)
    bill = billed(place)
    found = compared(place, bill, said_by_branch(f"{nik(0)};16800", f"{nik(1)};12.000", f"{nik(7)};16800"))

    assert found.both == 1
    assert kinds(found) == [
        ("amount", place.workers[1].pk, 2),
        ("only_here", place.workers[2].pk, None),
        ("only_there", None, 3),
    ]
    amount = found.differences.get(kind="amount")
    assert (amount.here_rp, amount.there_rp) == (EACH, 12_000)


def test_somebody_only_there_is_known_when_he_is_a_worker_here():
    place = town(people=1)
    stranger = worker(7)
    found = compared(place, billed(place), said_by_branch(f"{nik(0)};16800", f"{nik(7)};"))
    assert kinds(found) == [("only_there", stranger.pk, 2)]


def test_an_amount_a_month_or_for_all_months_of_the_bill_agrees():
    place = town(people=2)
    found = compared(place, billed(place, FEB), said_by_branch(f"{nik(0)};16800", f"{nik(1)};33600"))
    assert (found.both, found.differences.count()) == (2, 0)


def test_a_list_without_amounts_is_compared_by_people():
    place = town(people=2)
    found = compared(place, billed(place), said_by_branch(nik(0), nik(1), title="NIK"))
    assert (found.both, found.differences.count()) == (2, 0)


def test_the_same_file_again_keeps_what_was_settled_and_another_file_takes_its_place():
    place = town(people=2)
    bill = billed(place)
    first = compared(place, bill, said_by_branch(nik(0), title="NIK"))
    settle(first, "theirs", place)
    assert compared(place, bill, said_by_branch(nik(0), title="NIK")) == first
    assert first.differences.get().settled == "theirs"

    second = compared(place, bill, said_by_branch(nik(0), nik(1), title="NIK"))
    assert reconciliation.in_force(bill) == second
    assert not reconciliation.open_comparisons(place.branch)
    assert Difference.objects.count() == 1  # of the first, kept


def settle(comparison, settled: str, place: Town, by=None, **facts):
    one = comparison.differences.filter(settled="").first()
    return actions.settle_difference(one, settled=settled, note="Surat 12", by=by or place.officer, **facts)


def test_settling_says_who_and_why_and_is_safe_to_repeat():
    place = town(people=2)
    found = compared(place, billed(place), said_by_branch(nik(0), title="NIK"))
    one = settle(found, "theirs", place, by=place.branch)
    assert (one.settled_by, one.note) == (place.branch, "Surat 12")
    assert actions.settle_difference(one, settled="theirs", note="Surat 12", by=place.branch).settled_at
    with pytest.raises(DifferenceSettled):
        actions.settle_difference(one, settled="ours", note="Lain", by=place.officer)
    written = Record.objects.get(action="difference.settle")
    assert (written.actor, written.reason, written.detail["settled"]) == (place.branch.username, "Surat 12", "theirs")


def test_a_difference_needs_an_answer_and_its_evidence():
    place = town(people=2)
    found = compared(place, billed(place), said_by_branch(nik(0), title="NIK"))
    one = found.differences.get()
    for settled, note in (("", "Surat"), ("theirs", "  "), ("lain", "Surat")):
        with pytest.raises(SettlementUnexplained):
            actions.settle_difference(one, settled=settled, note=note, by=place.officer)


def test_where_ours_is_wrong_the_cover_ends_and_the_unpaid_months_are_cancelled():
    place = town(people=2)
    bill = billed(place, FEB)
    found = compared(place, bill, said_by_branch(nik(0), title="NIK"))
    one = settle(found, "ours", place, leaving="moved", happened_on=date(2026, 1, 10))

    assert one.departure is not None
    assert one.departure.evidence == "Surat 12"
    months = (
        BillLine.objects.filter(bill=bill, worker=place.workers[1]).order_by("month").values_list("live", flat=True)
    )
    assert list(months) == [True, False]
    bill.refresh_from_db()
    assert bill.reversed_rp == EACH


def test_the_branch_ends_no_cover():
    place = town(people=2)
    found = compared(place, billed(place), said_by_branch(nik(0), title="NIK"))
    with pytest.raises(NotPermitted):
        settle(found, "ours", place, by=place.branch, leaving="moved", happened_on=JAN)
    assert found.differences.get().settled == ""


def test_only_somebody_on_our_bill_can_leave():
    place = town(people=1)
    found = compared(place, billed(place), said_by_branch(nik(0), nik(7), title="NIK"))
    with pytest.raises(NotTheirs):
        settle(found, "ours", place, leaving="moved", happened_on=JAN)


def test_finance_and_the_region_beside_settle_nothing():
    place = town(people=2)
    bill = billed(place)
    with pytest.raises(NotPermitted):
        compared(place, bill, said_by_branch(nik(0), title="NIK"), by=place.treasurer)
    with pytest.raises(OutsideTerritory):
        compared(place, bill, said_by_branch(nik(0), title="NIK"), by=user("cabang-lain", "branch_officer", "1276"))
    compared(place, bill, said_by_branch(nik(0), title="NIK"))
    assert not reconciliation.comparisons_visible_to(user("staf-lain", "programme_officer", "1276"))
    assert not reconciliation.comparisons_visible_to(place.treasurer)
    assert [one.waiting for one in reconciliation.open_comparisons(place.officer)] == [1]


def test_no_number_of_a_person_is_kept_with_a_comparison():
    place = town(people=1)
    found = compared(place, billed(place), said_by_branch(nik(0), nik(7), title="NIK"))
    kept = "".join(
        str(value) for model in (type(found), Difference) for row in model.objects.values_list() for value in row
    )
    assert nik(7) not in kept
    assert not any(nik(7) in str(record.detail) for record in Record.objects.all())
