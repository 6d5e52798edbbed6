"""What is to be done: items of a work plan, obligations of a paper, follow-ups of a meeting."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from naung.accounts.acting import require
from naung.accounts.models import Office, User
from naung.accounts.permissions import Permission
from naung.accounts.territory import sees_area
from naung.agreements.actions.common import audited, locked, may_edit, may_write, not_ahead, require_edit
from naung.agreements.holding import require_hold
from naung.agreements.models import Agreement, FollowUp
from naung.agreements.refusals import NotYours, ObligationStays, TaskChangedMeanwhile
from naung.audit import actions as audit


@dataclass(frozen=True)
class Task:
    """What somebody should do, until when. `kind` is a FollowUp.Kind, `side` whose obligation it is."""

    what: str
    owner: Office | None = None
    due_on: date | None = None
    sample: bool = False
    kind: str = ""
    side: str = ""


@transaction.atomic
def add_task(agreement: Agreement, task: Task, *, by: User | None) -> FollowUp:
    """An item of the work plan, or an obligation of one party until it is signed. Raises ObligationStays, NotYours."""
    require_edit(by, agreement)
    if task.kind == FollowUp.Kind.OBLIGATION:
        _may_owe(by, locked(agreement))
    kept = write_tasks(agreement, [task])[0]
    audited("task.add", agreement, by=by)
    return kept


@transaction.atomic
def change_task(
    task: FollowUp, *, what: str, owner: Office | None, due_on: date | None, by: User | None, saw: str = ""
) -> FollowUp:
    """Word an open task anew, give it to another office, or another day. `saw` is the `task_mark` of what was shown.

    Raises ObligationStays, TaskChangedMeanwhile, NotYours, NotPermitted.
    """
    task = FollowUp.objects.select_for_update(of=("self",)).select_related("meeting", "agreement").get(pk=task.pk)
    _require_task(by, task, finishing=False)
    if task.done_on is None and (task.what, task.owner, task.due_on) != (what, owner, due_on):
        _as_seen(task, saw)
        was = _worded(task)
        task.what, task.owner, task.due_on = what, owner, due_on
        task.save(update_fields=["what", "owner", "due_on"])
        _task_audited("task.change", task, by=by, was=was, now=_worded(task))
    return task


@transaction.atomic
def remove_task(task: FollowUp, *, by: User | None, saw: str = "") -> None:
    """Take back an open task; a finished one stays. Raises what change_task raises."""
    task = FollowUp.objects.select_for_update(of=("self",)).select_related("meeting", "agreement").get(pk=task.pk)
    _require_task(by, task, finishing=False)
    if task.done_on is None:
        _as_seen(task, saw)
        _task_audited("task.remove", task, by=by, was=_worded(task))
        task.delete()


@transaction.atomic
def finish_follow_up(task: FollowUp, *, result: str, on: date, by: User | None) -> FollowUp:
    """Mark a task as done; doing it again changes nothing. Its owner may, and whoever edits agreements.

    Raises DayAhead, NotPermitted.
    """
    task = FollowUp.objects.select_for_update(of=("self",)).select_related("meeting", "agreement").get(pk=task.pk)
    _require_task(by, task, finishing=True)
    not_ahead(on)
    if task.done_on is None:
        task.done_on, task.result = on, result
        task.save(update_fields=["done_on", "result"])
        _task_audited("task.finish", task, by=by)
    return task


def may_finish(by: User, task: FollowUp) -> bool:
    """The people of the office that owns it, and whoever edits the agreements of the territory."""
    if not sees_area(by, area_of(task)):
        return False
    if by.may(Permission.AGREEMENT_EDIT):
        return True
    return by.office_id is not None and by.office_id == task.owner_id and by.may(Permission.AGREEMENTS_VIEW)


def area_of(task: FollowUp) -> str:
    of = task.meeting or task.agreement
    assert of is not None, "a task hangs on a meeting or an agreement"
    return of.area_code


def task_mark(task: FollowUp) -> str:
    """What a task says, in short: two marks differ where its words, office or day do."""
    return hashlib.sha256(repr(sorted(_worded(task).items())).encode()).hexdigest()[:16]


def _worded(task: FollowUp) -> dict[str, Any]:
    return {"what": task.what, "owner": task.owner_id, "due_on": task.due_on.isoformat() if task.due_on else None}


def _as_seen(task: FollowUp, saw: str) -> None:
    if saw and saw != task_mark(task):
        raise TaskChangedMeanwhile(task.what)


def _may_owe(by: User | None, agreement: Agreement) -> None:
    """Obligations are part of what is signed. Raises ObligationStays, NotYours."""
    if agreement.stage not in Agreement.OPEN:
        raise ObligationStays(agreement.title)
    if by is not None and not may_write(by, agreement):
        raise NotYours()


def _require_task(by: User | None, task: FollowUp, *, finishing: bool) -> None:
    _require_person(by, task, finishing=finishing)
    if not finishing and task.kind == FollowUp.Kind.OBLIGATION and task.agreement is not None:
        _may_owe(by, locked(task.agreement))


def _require_person(by: User | None, task: FollowUp, *, finishing: bool) -> None:
    if by is None or (finishing and may_finish(by, task)):
        return
    if task.agreement is not None and may_edit(by, task.agreement):
        return
    # Whoever holds meetings words their tasks; whether one is done is said by its office.
    if task.meeting is not None and by.may(Permission.OUTREACH_EDIT) and not finishing:
        require_hold(by, task.meeting.area_code, task.meeting.host_id)
        return
    require(by, Permission.AGREEMENT_EDIT, area_of(task))


def _task_audited(action: str, task: FollowUp, *, by: User | None, **detail: Any) -> None:
    audit.record(action, by=by, target_type="task", target_id=task.pk, area_code=area_of(task), **detail)


def write_tasks(agreement: Agreement, tasks: Sequence[Task]) -> list[FollowUp]:
    return FollowUp.objects.bulk_create(
        FollowUp(
            agreement=agreement,
            kind=task.kind or FollowUp.Kind.WORK_PLAN,
            side=task.side,
            what=task.what[:240],
            owner=task.owner,
            due_on=task.due_on,
            sample=task.sample,
        )
        for task in tasks
    )
