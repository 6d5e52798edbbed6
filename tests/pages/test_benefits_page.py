"""What the heirs of a worker would be owed, from the paid months: the page that says why, and what is left open."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from naung.contributions import actions
from naung.lawbook.actions import record_decision
from tests.chain.walking import text_of
from tests.town import Town, town, user

pytestmark = pytest.mark.django_db

JAN, JUN = date(2026, 1, 1), date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _a_home_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("NAUNG_HOME", str(tmp_path))


def paid(place: Town, first: date, last: date, sp2d: str) -> None:
    bill = actions.issue_bill(place.line, first_month=first, last_month=last, due_on=first, by=place.officer)
    payment = actions.record_payment(bill, sp2d_number=sp2d, paid_on=first, amount_rp=bill.total_rp, by=place.treasurer)
    actions.confirm_payment(payment, by=place.branch)


def shown(client, place: Town, day: str) -> str:
    client.force_login(place.officer)
    return text_of(client.get(reverse("registry:benefits", args=[place.workers[0].pk]), {"pada": day}))


def test_months_paid_one_by_one_count_as_they_pass(client):
    place = town(people=1)
    for month in range(1, 7):
        paid(place, date(2026, month, 1), date(2026, month, 1), f"SP2D-{month}")
    assert "Rp10.000.000" in shown(client, place, "2026-03-31")
    assert "Rp42.000.000" in shown(client, place, "2026-04-01")
    assert "Rp70.000.000" in shown(client, place, "2026-01-01"), "a work accident needs no waiting"


def test_months_paid_at_once_meet_a_question_that_is_shown_both_ways_until_the_region_decides(client):
    place = town(people=1)
    paid(place, JAN, JUN, "SP2D-1")

    before = shown(client, place, "2026-02-10")
    record_decision(
        area_code="1275", question="jkm.prepaid_counts_at_once", answer="no", valid_from=JAN,
        basis="Berita acara 1/2026", by=place.officer,
    )  # fmt: skip
    after = shown(client, place, "2026-02-10")

    assert "Daerah belum memutuskan" in before
    assert "Rp10.000.000" in before
    assert "Rp42.000.000" in before
    assert "Daerah belum memutuskan" not in after
    assert "Rp10.000.000" in after


def test_a_month_without_payment_is_not_covered_and_says_so_kindly(client):
    place = town(people=1)
    assert "tidak terlindungi" in shown(client, place, "2026-02-10")


def test_a_day_that_is_none_is_a_fault_of_the_form(client):
    place = town(people=1)
    client.force_login(place.officer)
    answer = client.get(reverse("registry:benefits", args=[place.workers[0].pk]), {"pada": "kemarin"})
    assert answer.status_code == 422


def test_somebody_of_another_place_finds_nothing(client):
    place = town(people=1)
    client.force_login(user("jauh", "programme_officer", "3201"))
    assert client.get(reverse("registry:benefits", args=[place.workers[0].pk])).status_code == 404
