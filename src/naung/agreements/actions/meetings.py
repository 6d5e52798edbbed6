"""Meetings: what was planned, said and decided, and who does what until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from naung.accounts.models import Office, User
from naung.agreements.actions.citing import Basis, cite
from naung.agreements.actions.common import merged
from naung.agreements.actions.tasking import Task
from naung.agreements.holding import require_hold
from naung.agreements.models import Agreement, FollowUp, Meeting, MeetingChange
from naung.agreements.terms import from_json
from naung.audit import actions as audit

MEETING_FIELDS = (
    "kind", "title", "held_on", "place", "host_id", "agenda", "notes", "decisions", "groups", "villages", "source",
    "agreement_id",
)  # fmt: skip


@transaction.atomic
def record_meeting(
    *,
    area_code: str,
    kind: str,
    title: str,
    held_on: date,
    by: User | None,
    place: str = "",
    host: Office | None = None,
    agenda: Sequence[str] = (),
    notes: str = "",
    decisions: Sequence[str] = (),
    groups: Sequence[str] = (),
    villages: Sequence[str] = (),
    source: str = "",
    agreement: Agreement | None = None,
    follow_ups: Sequence[Task] = (),
    bases: Sequence[Basis] = (),
    sample: bool = False,
    repeat: bool = False,
) -> Meeting:
    """Enter a meeting, past or planned, with what was agreed there.

    Two meetings may share title, day and place. A script that may run again says `repeat`: then the earlier of them
    is given back as it is. Raises NotPermitted, OutsideTerritory, NotYourMeeting.
    """
    require_hold(by, area_code, host.pk if host else None)
    same = Meeting.objects.filter(area_code=area_code, title=title, held_on=held_on, place=place)
    if repeat and (earlier := same.order_by("id").first()) is not None:
        return earlier
    meeting = Meeting.objects.create(
        area_code=area_code, title=title, held_on=held_on, kind=kind, place=place, host=host, agenda=list(agenda),
        notes=notes, decisions=list(decisions), groups=list(groups), villages=list(villages), source=source,
        agreement=agreement, sample=sample,
    )  # fmt: skip
    add_follow_ups(meeting, follow_ups)
    cite(bases, of=meeting, by=by)
    _audited("meeting.record", meeting, by=by, follow_ups=len(follow_ups))
    return meeting


@transaction.atomic
def edit_meeting(
    meeting: Meeting, wanted: Mapping[str, Any], *, revision: int, by: User | None, follow_ups: Sequence[Task] = ()
) -> Meeting:
    """Write what a person who saw `revision` wants (names of MEETING_FIELDS), and more follow-ups.

    Fields another changed meanwhile are kept; the same field raises EditedMeanwhile.
    Raises NotPermitted, OutsideTerritory, NotYourMeeting too.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    require_hold(by, meeting.area_code, meeting.host_id)
    if "host_id" in wanted:  # an office does not write its meeting away to another
        require_hold(by, meeting.area_code, wanted["host_id"])
    assert set(wanted) <= set(MEETING_FIELDS)
    found = merged(meeting, wanted, revision=revision, changes=meeting.changes.select_related("by"))
    add_follow_ups(meeting, follow_ups)
    if found:
        for field, (_old, value) in found.items():
            setattr(meeting, field, from_json(field, value))
        meeting.revision += 1
        meeting.save()
        MeetingChange.objects.create(
            meeting=meeting,
            revision=meeting.revision,
            fields=[[field, old, value] for field, (old, value) in found.items()],
            by=by,
        )
    if found or follow_ups:
        _audited("meeting.edit", meeting, by=by, fields=sorted(found), follow_ups=len(follow_ups))
    return meeting


def add_follow_ups(meeting: Meeting, follow_ups: Sequence[Task]) -> None:
    FollowUp.objects.bulk_create(
        FollowUp(
            meeting=meeting,
            kind=FollowUp.Kind.FOLLOW_UP,
            what=task.what[:240],
            owner=task.owner,
            due_on=task.due_on,
            sample=task.sample,
        )
        for task in follow_ups
    )


def _audited(action: str, meeting: Meeting, *, by: User | None, **detail: Any) -> None:
    audit.record(
        action,
        by=by,
        target_type="meeting",
        target_id=meeting.pk,
        target_name=meeting.title,
        area_code=meeting.area_code,
        **detail,
    )
