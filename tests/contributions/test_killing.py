"""Killed at any moment of billing and paying, and done again: no month is lost, doubled or half paid."""

from __future__ import annotations

import os
from datetime import date

import pytest

from naung.contributions import actions
from naung.contributions.invariants import problems
from naung.contributions.models import Bill, BillLine, Payment, Transfer
from naung.coverage.invariants import problems as coverage_problems
from naung.rules.periods import add_months
from tests import killing
from tests.factories import make_workers
from tests.town import Town, town

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PEOPLE, TIMES_KILLED = 1_500, 16
JAN = date(2026, 1, 1)

_PREPARE = """
    from datetime import date
    from naung.accounts.models import User
    from naung.contributions import actions
    from naung.programmes.models import FundingLine
"""


def _source(place: Town, month: date) -> str:
    return f"""
        line = FundingLine.objects.get(pk={place.line.pk})
        month = date({month.year}, {month.month}, 1)
        bill = actions.issue_bill(
            line, first_month=month, last_month=month, due_on=month, by=User.objects.get(pk={place.officer.pk})
        )
        payment = actions.record_payment(
            bill, sp2d_number=f"SP2D-{{month}}", paid_on=date(2026, 1, 20), amount_rp=bill.total_rp,
            by=User.objects.get(pk={place.treasurer.pk}),
        )
        actions.confirm_payment(payment, by=User.objects.get(pk={place.branch.pk}))
    """


def _again(place: Town, month: date) -> None:
    """What an officer does who does not know how far it came: everything again."""
    bill = actions.issue_bill(place.line, first_month=month, last_month=month, due_on=month, by=place.officer)
    payment = actions.record_payment(
        bill, sp2d_number=f"SP2D-{month}", paid_on=date(2026, 1, 20), amount_rp=bill.total_rp, by=place.treasurer
    )
    actions.confirm_payment(payment, by=place.branch)


def test_killed_at_random_moments_a_month_is_billed_and_paid_once_and_whole():
    place = town(people=PEOPLE, months=TIMES_KILLED + 1, workers=make_workers(PEOPLE))
    home = {"NAUNG_HOME": os.environ["NAUNG_HOME"]}
    whole = killing.run_whole(_source(place, JAN), prepare=_PREPARE, **home)
    stood = set()
    for at, after in enumerate(killing.moments(TIMES_KILLED, within_seconds=whole, seed=20261121), 1):
        month = add_months(JAN, at)
        killing.run_and_kill(_source(place, month), prepare=_PREPARE, after_seconds=after, **home)
        lines = BillLine.objects.filter(month=month)
        stood.add((lines.count(), lines.filter(payment__isnull=False).count()))
        assert problems() == []

        _again(place, month)

        assert lines.filter(live=True, payment__isnull=False).count() == lines.count() == PEOPLE
    months = TIMES_KILLED + 1
    assert stood <= {(0, 0), (PEOPLE, 0), (PEOPLE, PEOPLE)}, "a month stood half billed or half paid"
    assert len(stood) > 1, "every kill came at the same stage: this proves nothing"
    assert Bill.objects.filter(status="paid").count() == Bill.objects.count() == months
    assert Payment.objects.count() == months
    assert Transfer.objects.count() == 2 * months
    assert problems() == coverage_problems() == []
