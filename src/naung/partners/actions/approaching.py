"""Letters, visits and summons to an employer, and what came of them."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from naung.accounts.acting import require
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.audit import actions as audit
from naung.partners.models import Approach, Employer
from naung.partners.refusals import DueBeforeAct, ReportOfTomorrow


@transaction.atomic
def note_approach(
    *,
    employer: Employer,
    kind: str,
    happened_on: date,
    by: User | None,
    letter_number: str = "",
    result: str = "",
    due_on: date | None = None,
    sample: bool = False,
) -> Approach:
    """Note a letter, visit or summons; with `due_on` it waits on Beranda. Raises ReportOfTomorrow, DueBeforeAct."""
    require(by, Permission.PARTNERS_EDIT, employer.area_code)
    if happened_on > timezone.localdate():
        raise ReportOfTomorrow(happened_on)
    if due_on and due_on < happened_on:
        raise DueBeforeAct()
    made = Approach.objects.create(
        employer=employer,
        area_code=employer.area_code,
        kind=kind,
        happened_on=happened_on,
        letter_number=letter_number,
        result=result,
        due_on=due_on,
        sample=sample,
        recorded_at=timezone.now(),
        recorded_by=by,
    )
    _record("employer.approach", made, by, kind=kind, happened_on=happened_on.isoformat())
    return made


@transaction.atomic
def settle_approach(*, approach: Approach, result: str, by: User | None, on: date | None = None) -> Approach:
    """What came of it. Settling twice keeps the first."""
    require(by, Permission.PARTNERS_EDIT, approach.area_code)
    approach = Approach.objects.select_for_update(of=("self",)).select_related("employer").get(pk=approach.pk)
    if approach.settled_on is None:
        approach.settled_on = max(on or timezone.localdate(), approach.happened_on)
        approach.result = f"{approach.result}\n{result}".strip()[:400]
        approach.save(update_fields=["settled_on", "result"])
        _record("employer.approach_settle", approach, by)
    return approach


def _record(action: str, approach: Approach, by: User | None, **detail: str) -> None:
    audit.record(
        action,
        by=by,
        target_type="employer",
        target_id=approach.employer_id,
        target_name=approach.employer.name,
        area_code=approach.area_code,
        **detail,
    )
