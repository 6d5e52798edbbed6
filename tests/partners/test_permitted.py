"""Whoever writes about employers and donors may, and in this territory: each action asks by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from naung.accounts.models import User
from naung.accounts.refusals import NotPermitted, OutsideTerritory
from naung.partners import actions
from naung.partners.models import Employer
from tests.factories import make_office, make_user

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 5)


def employer() -> Employer:
    return Employer.objects.filter(name="PT Contoh").first() or actions.add_employer(
        area_code="1275", name="PT Contoh", by=None
    )


ACTS: dict[str, Callable[[User], object]] = {
    "add": lambda by: actions.add_employer(area_code="1275", name="PT Lain", by=by),
    "report": lambda by: actions.record_report(employer=employer(), source="wlkp", as_of=DAY, registered=1, by=by),
    "approach": lambda by: actions.note_approach(employer=employer(), kind="letter", happened_on=DAY, by=by),
    "list": lambda by: actions.take_employers(
        file=b"Nama\nPT A\n", filename="a.csv", source="wlkp", as_of=DAY, area_code="1275", by=by
    ),
    "pledge": lambda by: actions.record_pledge(
        area_code="1275", kind="csr", pledged_on=DAY, people=1, months=1, amount_rp=1, donor_name="PT Donor",
        no_agreement_reason="baru dijanjikan", by=by,
    ),
    "givers": lambda by: actions.take_givers(
        donor=make_office("ASN", "donor"), file=b"Nama;Unit\nA;B\n", filename="g.csv", area_code="1275", by=by
    ),
    "pairs": lambda by: actions.pair_all(donor=make_office("ASN", "donor"), area_code="1275", by=by),
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_an_act_is_refused_to_who_may_not_and_to_who_stands_elsewhere(act: Callable[[User], object]) -> None:
    with pytest.raises(NotPermitted):
        act(make_user("leader"))
    with pytest.raises(OutsideTerritory):
        act(make_user("programme_officer", "1271"))
