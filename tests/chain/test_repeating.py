"""Saying again what is recorded already changes nothing and leaves no mark in the trail."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from naung.accounts.permissions import Role
from naung.agreements.actions import move, prepare_pks, record_agreement
from naung.audit.models import Record
from naung.planning.actions import set_target
from naung.planning.models import CoverageTarget
from naung.rules.ucj import DenominatorKind
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_pks_brought_twice_to_one_stage_is_moved_once() -> None:
    officer = make.make_user(Role.PROGRAMME_OFFICER)
    agreement = record_agreement(area_code="1275", title="Nota", programmes=["JKK"], segments=["bpu"], by=officer)
    (pks,) = prepare_pks(agreement, offices=[make.make_office()], due_on=None, by=officer)
    for number in ("", "7/2025", "7/2025"):
        move(pks, stage="draft", on=date(2026, 1, 5), region_number=number, by=officer)
    assert Record.objects.filter(action="pks.move").count() == 2
    assert [change.now for change in pks.stage_changes.all()] == ["asked", "draft", "draft"]
    assert agreement.pks.get().region_number == "7/2025"


def test_a_target_set_twice_is_set_once_and_another_percentage_replaces_it() -> None:
    for percent in (45, 45, 50):
        set_target(
            area_code="1275", year=2026, percent=Decimal(percent), denominator_kind=DenominatorKind.LABOUR_FORCE,
            instrument="RPJMD", by=None,
        )  # fmt: skip
    assert CoverageTarget.objects.get().percent == 50
    assert list(Record.objects.order_by("pk").values_list("action", flat=True)) == ["target.record", "target.change"]
