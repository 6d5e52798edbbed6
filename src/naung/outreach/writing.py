"""Writes of a meeting's own form: what is sent twice is written once."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, transaction

from naung.accounts.models import User
from naung.agreements.actions import Task, edit_meeting, record_meeting
from naung.agreements.models import Meeting
from naung.outreach.models import SentForm


@transaction.atomic
def record_once(once: uuid.UUID | None, **facts: Any) -> Meeting:
    """`record_meeting(**facts)`; the same form again gives the meeting back. Raises what it raises."""
    if (earlier := _written(once)) is not None:
        return earlier
    meeting = record_meeting(**facts)
    _keep(once, meeting)
    return meeting


@transaction.atomic
def edit_once(
    once: uuid.UUID | None,
    meeting: Meeting,
    wanted: Mapping[str, Any],
    *,
    revision: int,
    by: User,
    follow_ups: Sequence[Task],
) -> Meeting:
    """`edit_meeting`; the same form again adds no follow-up a second time. Raises what it raises."""
    if (earlier := _written(once)) is not None:
        return earlier
    meeting = edit_meeting(meeting, wanted, revision=revision, by=by, follow_ups=follow_ups)
    _keep(once, meeting)
    return meeting


def _written(once: uuid.UUID | None) -> Meeting | None:
    """The meeting that this form wrote. Of two at the same moment the second waits for the first."""
    if once is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(once)])
    found = SentForm.objects.select_related("meeting").filter(once=once).first()
    return found.meeting if found else None


def _keep(once: uuid.UUID | None, meeting: Meeting) -> None:
    if once is not None:
        SentForm.objects.create(once=once, meeting=meeting)
