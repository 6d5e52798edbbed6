"""The twelve rules of the product that always hold: where each is attacked, and the attacks that stood nowhere else.

A rule loses its guard quietly when a test is renamed or deleted; the register below notices.
"""

from __future__ import annotations

import ast
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F

from naung.accounts.permissions import Role
from naung.contributions import actions as contributions
from naung.contributions.models import Bill, BillLine, Payment
from naung.coverage.models import Enrolment
from naung.coverage.refusals import AlreadyEnrolled
from naung.planning.actions import record_figure
from naung.planning.models import CoverageFigure
from naung.registry.models import SourceList
from naung.rules.ucj import DenominatorKind, Segment
from naung.selection import actions as selection
from naung.selection.models import Decree, Round
from tests import factories as make
from tests.town import Town, town

pytestmark = pytest.mark.django_db

TESTS = Path(__file__).parents[1]
JAN, FEB = date(2026, 1, 1), date(2026, 2, 1)

#: Rule of the product -> the tests that try to break it, as "folder/file::test" below tests/.
ATTACKED = {
    "1 one funder for a worker, month and programme": [
        "chain/test_invariants.py::test_two_programmes_cannot_enrol_one_person_for_the_same_month",
        "contributions/test_bills.py::test_the_database_refuses_a_second_live_line_for_a_worker_and_month",
        "contributions/test_concurrency.py::test_two_transactions_cannot_both_write_a_live_line_for_a_worker_and_month",
        "selection/test_rounds.py::test_whoever_another_programme_pays_in_these_months_is_refused_and_the_programme_is_named",
    ],
    "2 a bill is the sum of its lines, by the law of the month": [
        "chain/test_invariants.py::test_a_bill_whose_parts_do_not_add_up_cannot_be_stored",
        "contributions/test_bills.py::test_a_bill_is_the_sum_of_its_lines_with_each_programme_apart",
        "contributions/test_bills.py::test_the_law_of_the_month_the_sector_and_the_payer_decide_the_price",
    ],
    "3 active only when paid": [
        "chain/test_invariants.py::test_money_that_nobody_confirmed_makes_no_month_active",
        "contributions/test_payments.py::test_a_month_is_active_only_when_its_bill_is_paid_and_confirmed",
    ],
    "4 paid money is never edited": [
        "chain/test_invariants.py::test_a_transfer_is_neither_changed_nor_deleted",
        "contributions/test_payments.py::test_an_undone_payment_names_the_old_one_and_the_people_can_be_billed_again",
        "contributions/test_payments.py::test_paid_lines_cannot_be_given_another_payment",
    ],
    "5 a decree is immutable and agrees with its list": [
        "selection/test_rounds.py::test_a_decree_and_its_entries_never_change",
        "selection/test_rounds.py::test_a_candidate_altered_behind_our_back_stops_the_decree",
    ],
    "6 nobody is billed after death, after leaving, before the decree": [
        "chain/test_invariants.py::test_a_death_that_a_list_tells_before_the_bill_stops_it_from_the_next_month",
        "contributions/test_payments.py::test_after_a_death_unpaid_months_are_cancelled_and_paid_ones_credited",
        "selection/test_rounds.py::test_no_decree_covers_months_before_it",
    ],
    "7 every refusal has a reason in words": [
        "bulk/intake/test_return.py::test_every_reason_has_words_and_a_place",
        "selection/test_invariants.py::test_a_refusal_without_a_reason_is_found",
        "selection/test_rounds.py::test_all_reasons_are_told_at_once",
    ],
    "8 no row disappears": [
        "chain/test_invariants.py::test_a_list_that_lost_a_row_cannot_be_stored",
        "chain/test_invariants.py::test_a_round_that_lost_a_candidate_cannot_be_stored",
        "registry/test_invariants.py::test_a_lost_row_is_found",
    ],
    "9 the same data gives the same list": [
        "chain/test_invariants.py::test_lists_in_another_order_give_the_same_places_to_the_same_people",
        "selection/test_rounds.py::test_the_order_in_which_lists_came_changes_nothing",
    ],
    "10 a figure carries its counts and its source": [
        "chain/test_invariants.py::test_a_figure_without_counts_or_source_cannot_be_stored",
        "rules/test_ucj.py::test_a_bare_percentage_is_refused",
        "rules/test_ucj.py::test_percent_of_a_target_is_not_coverage",
    ],
    "11 whoever prepares does not approve": [
        "chain/test_invariants.py::test_the_database_itself_refuses_a_decree_and_a_payment_with_one_pair_of_eyes",
        "contributions/test_payments.py::test_whoever_records_a_payment_does_not_confirm_it",
        "selection/test_rounds.py::test_whoever_prepared_does_not_approve",
    ],
    "12 nobody sees beyond territory and role": [
        "chain/test_walk.py::test_no_name_paper_or_number_of_another_territory_is_on_any_page",
        "chain/test_walk.py::test_no_page_changes_by_a_letter_because_another_territory_has_data",
        "chain/test_walk.py::test_nobody_changes_anything_of_another_territory_by_its_address",
    ],
}


@pytest.mark.parametrize("rule", ATTACKED)
def test_each_rule_is_attacked_by_tests_that_exist(rule: str) -> None:
    for one in ATTACKED[rule]:
        file, _, name = one.partition("::")
        tree = ast.parse((TESTS / file).read_text())
        written = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert name in written, f"rule {rule}: {one} is gone; who attacks the rule now?"


def test_two_programmes_cannot_enrol_one_person_for_the_same_month() -> None:
    first = town(people=2)
    with pytest.raises(AlreadyEnrolled, match="Program TOWN-2026"):
        town(code="KEDUA-2026", workers=first.workers[:1])
    taken = first.enrolments[0]
    with pytest.raises(IntegrityError, match="enrolment_one_at_a_time"), transaction.atomic():
        Enrolment.objects.create(
            worker=taken.worker, programme=taken.programme, funding_line=taken.funding_line, decree=taken.decree,
            ordinal=99, area_code=taken.area_code, period=(date(2026, 12, 1), date(2027, 2, 1)),
        )  # fmt: skip


def billed(place: Town, month: date = JAN) -> Bill:
    return contributions.issue_bill(place.line, first_month=month, last_month=month, due_on=month, by=place.officer)


def test_a_bill_whose_parts_do_not_add_up_cannot_be_stored() -> None:
    bill = billed(town())
    with pytest.raises(DatabaseError), transaction.atomic():
        Bill.objects.filter(pk=bill.pk).update(total_rp=F("total_rp") + 1)


def test_money_that_nobody_confirmed_makes_no_month_active() -> None:
    place = town()
    bill = billed(place)
    payment = contributions.record_payment(
        bill, sp2d_number="1", paid_on=JAN, amount_rp=bill.total_rp, by=place.treasurer
    )
    assert not BillLine.objects.filter(payment__isnull=False).exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(status="confirmed")


@pytest.mark.parametrize("statement", ["UPDATE {} SET amount_rp = 1 WHERE id = %s", "DELETE FROM {} WHERE id = %s"])
def test_a_transfer_is_neither_changed_nor_deleted(statement: str) -> None:
    bill = billed(town())
    table = type(bill.transfer)._meta.db_table
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table), [bill.transfer_id])


def test_a_death_that_a_list_tells_before_the_bill_stops_it_from_the_next_month() -> None:
    place = town(people=3)
    make.make_reference("deaths", place.workers[:1], on=date(2026, 1, 20))
    assert (billed(place).people, billed(place, FEB).people) == (3, 2)


def test_a_list_that_lost_a_row_cannot_be_stored() -> None:
    kept = make.make_list("X", make.make_workers(2))
    with pytest.raises(IntegrityError, match="list_no_row_disappears"), transaction.atomic():
        SourceList.objects.filter(pk=kept.pk).update(received=3)


def test_a_round_that_lost_a_candidate_cannot_be_stored() -> None:
    place = town()
    with pytest.raises(IntegrityError, match="round_no_candidate_lost"), transaction.atomic():
        Round.objects.filter(programme=place.programme).update(candidates=F("candidates") + 1)


def test_lists_in_another_order_give_the_same_places_to_the_same_people() -> None:
    officer = make.make_user(Role.PROGRAMME_OFFICER)
    workers = make.make_workers(12)
    drawn = []
    for code, order in (("satu-2026", workers), ("dua-2026", workers[::-1])):
        programme = make.make_programme(by=officer, code=code, places=5)
        for at in range(0, 12, 4):
            make.make_list(programme.code, order[at : at + 4])
        round_ = selection.run_round(programme, on=JAN, seed=7, by=officer)
        drawn.append(list(round_.people.order_by("rank").values_list("worker", "outcome", "rank")))
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) == 12


@pytest.mark.parametrize("change", [{"source": ""}, {"denominator": 0}, {"covered": 133_000}, {"covered": -1}])
def test_a_figure_without_counts_or_source_cannot_be_stored(change: dict[str, object]) -> None:
    figure = record_figure(
        area_code="1275", as_of=JAN, numerators={Segment.ALL: 43_526}, denominator=132_826, source="FGD",
        denominator_kind=DenominatorKind.LABOUR_FORCE, published_percent=Decimal(33), by=None,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="figure_"), transaction.atomic():
        CoverageFigure.objects.filter(pk=figure.pk).update(**change)


def test_the_database_itself_refuses_a_decree_and_a_payment_with_one_pair_of_eyes() -> None:
    place = town()
    bill = billed(place)
    paid = contributions.record_payment(bill, sp2d_number="1", paid_on=JAN, amount_rp=bill.total_rp, by=place.treasurer)
    contributions.confirm_payment(paid, by=place.branch)
    with pytest.raises(DatabaseError), transaction.atomic():
        Payment.objects.filter(pk=paid.pk).update(confirmed_by=place.treasurer)
    copy = Decree.objects.get(pk=place.decree.pk)
    copy.pk, copy.number, copy.approved_by = None, "SK-2", place.officer
    copy.round = Round.objects.create(
        **{field.name: getattr(copy.round, field.name) for field in Round._meta.concrete_fields if field.name != "id"}
        | {"number": 2}
    )
    with pytest.raises(IntegrityError, match="decree_four_eyes"), transaction.atomic():
        copy.save(force_insert=True)
