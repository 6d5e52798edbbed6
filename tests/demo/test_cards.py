"""Whoever tries the demo gets a code that works, each time anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from naung.cards import queries
from naung.contributions import actions as contributions
from naung.demo.cards import give_cards, sample_code
from tests.town import town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_home_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAUNG_HOME", str(tmp_path))


def test_the_sample_code_is_somebody_s_who_is_paid() -> None:
    made, month = town(people=2), date(2026, 1, 1)
    give_cards(made.programme, on=month, by=made.officer)
    give_cards(made.programme, on=month, by=made.officer)
    assert queries.cards_of_programme(made.programme.pk, on=month) == queries.Counted(people=2, with_card=2)
    assert sample_code(made.programme.code) == ""
    bill = contributions.issue_bill(
        made.line, first_month=month, last_month=month, due_on=month, payment_code="K", by=made.officer
    )
    payment = contributions.record_payment(
        bill, sp2d_number="1", paid_on=month, amount_rp=bill.total_rp // 2, by=made.treasurer
    )
    contributions.confirm_payment(payment, by=made.branch)
    first, second = sample_code(made.programme.code), sample_code(made.programme.code)
    assert queries.worker_of_code(first) is None
    paid = queries.worker_of_code(second)
    assert paid is not None
    assert queries.status_of(paid, today=month).state is queries.State.COVERED
