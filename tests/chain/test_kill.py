"""Billing and payment killed with -9 at random moments: after another run nothing is lost, doubled or half paid.

The intake is killed in tests/registry/test_concurrency.py, thirty times too.
"""

from __future__ import annotations

import os
import random
from datetime import date
from importlib import import_module
from importlib.util import find_spec

import pytest
from django.apps import apps

from naung.accounts.permissions import Role
from naung.contributions import actions
from naung.contributions.models import Bill, BillLine, Payment, Transfer
from naung.coverage.actions import enact_round
from naung.programmes.intake_rules import intake_rules
from naung.programmes.models import Programme
from naung.registry.actions import take_in
from naung.rules.periods import add_months
from naung.selection.actions import run_round, submit_round
from tests import factories as make
from tests import killing
from tests.registry.lists import a_list

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PEOPLE = 2_500
TIMES_KILLED = 30
FIRST = date(2022, 10, 1)
RATE_RP = 16_800

_PREPARE = """
import os
from datetime import date
from tests.chain.test_kill import bill_and_pay
"""


def bill_and_pay(month: date) -> Bill:
    """One month from the bill to the active month, as four people do it; done again it changes nothing."""
    programme = Programme.objects.get()
    officer, treasurer, branch = (
        make.make_user(role) for role in (Role.PROGRAMME_OFFICER, Role.FINANCE_OFFICER, Role.BRANCH_OFFICER)
    )
    bill = actions.issue_bill(
        programme.funding_lines.get(), first_month=month, last_month=month, due_on=month, by=officer
    )
    payment = actions.record_payment(
        bill, sp2d_number=f"SP2D-{month:%Y-%m}", paid_on=month, amount_rp=PEOPLE * RATE_RP, by=treasurer
    )
    actions.confirm_payment(payment, by=branch)
    bill.refresh_from_db()
    return bill


def work(month: date) -> str:
    """What a child runs. It leaves without tidying up, so that every moment of its life is one of the work."""
    return f"bill_and_pay(date({month.year}, {month.month}, 1))\nos._exit(0)"


def a_covered_town() -> None:
    """PEOPLE with cover for three years, by list, selection and decree."""
    officer, leader = make.make_user(Role.PROGRAMME_OFFICER), make.make_user(Role.LEADER)
    for role in (Role.FINANCE_OFFICER, Role.BRANCH_OFFICER):
        make.make_user(role)
    programme = make.make_programme(
        by=officer,
        fiscal_year=2022,
        first_month="2022-10",
        last_month="2025-09",
        places=PEOPLE,
        funding_lines=[{"code": "apbd", "name": "APBD", "payer": "apbd_kab", "ceiling_rp": 10**12}],
    )
    take_in(
        [("daftar.csv", a_list(*range(1, PEOPLE + 1)))],
        programme_code=programme.code,
        rules=intake_rules(programme, on=date(2022, 9, 1)),
        reference_date=date(2022, 9, 1),
        by=officer,
    )
    drawn = run_round(programme, on=date(2022, 9, 12), by=officer)
    submit_round(drawn, by=officer)
    enact_round(drawn, number="1", decided_on=date(2022, 9, 20), signer="A", signer_title="B", by=leader)


def problems_of_every_app() -> list[object]:
    """What the doctor finds in the data."""
    found: list[object] = []
    for app in apps.get_app_configs():
        if app.name.startswith("naung.") and find_spec(f"{app.name}.invariants"):
            found += import_module(f"{app.name}.invariants").problems()
    return found


def state_of(month: date) -> str:
    """How far a month came; each stage is there whole or not at all."""
    bill = Bill.objects.filter(first_month=month).first()
    if bill is None:
        assert not BillLine.objects.filter(month=month).exists()
        return "nothing"
    lines = BillLine.objects.filter(bill=bill)
    assert lines.count() == PEOPLE
    paid = lines.filter(payment__isnull=False).count()
    assert paid in (0, PEOPLE)
    payment = Payment.objects.filter(bill=bill).first()
    if payment is None:
        return "billed"
    assert bool(paid) == (payment.status == Payment.Status.CONFIRMED)
    return "paid" if paid else "recorded"


def test_killed_at_random_moments_billing_and_payment_leave_whole_steps_and_the_next_run_completes_them() -> None:
    a_covered_town()
    assert problems_of_every_app() == []
    home = {"NAUNG_HOME": os.environ["NAUNG_HOME"], "prepare": _PREPARE}
    whole = min(killing.run_whole(work(add_months(FIRST, at)), **home) for at in (0, 1))
    left: list[str] = []
    killed = 0
    # In mixed order, and as parts of the shortest run seen: how fast a shared machine works changes under our hands.
    parts = killing.moments(TIMES_KILLED, within_seconds=1.0, seed=20261121)
    random.Random(20261121).shuffle(parts)
    for at, part in enumerate(parts, 2):
        month = add_months(FIRST, at)
        ended = killing.run_and_kill(work(month), after_seconds=part * whole, **home)
        if ended.killed:
            killed += 1
        else:
            whole = min(whole, ended.seconds)
        left.append(state_of(month))
        assert problems_of_every_app() == []
        assert bill_and_pay(month).status == Bill.Status.PAID
        assert state_of(month) == "paid"
    months = TIMES_KILLED + 2
    assert killed > TIMES_KILLED // 2, "too few were really killed for this to prove anything"
    assert len(set(left)) > 1, f"every kill came before the first step or after the last: {left}"
    assert Bill.objects.count() == Payment.objects.count() == months
    assert BillLine.objects.count() == months * PEOPLE
    assert BillLine.objects.filter(live=True, payment__isnull=False).count() == months * PEOPLE
    assert sum(Payment.objects.values_list("amount_rp", flat=True)) == months * PEOPLE * RATE_RP
    assert Transfer.objects.filter(reverses__isnull=False).count() == 0
    assert problems_of_every_app() == []
