"""Who holds a meeting: whoever keeps the region's meetings all, the people of one office those that it hosts."""

from __future__ import annotations

from django.db.models import QuerySet

from naung.accounts.acting import require
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.accounts.territory import Viewer, sees_area
from naung.agreements.models import Meeting
from naung.agreements.refusals import NotYourMeeting


def of_own_office_only(viewer: Viewer) -> bool:
    """Whether the person works for one office alone: of the meetings of others they see counts."""
    return viewer.may(Permission.AGREEMENT_EDIT_OWN) and not viewer.may(Permission.AGREEMENT_EDIT)


def may_hold(user: User, meeting: Meeting) -> bool:
    """Whether the person writes this meeting, and reads who came by name."""
    if not (user.may(Permission.OUTREACH_EDIT) and sees_area(user, meeting.area_code)):
        return False
    return not of_own_office_only(user) or _hosts(user, meeting.host_id)


def shown_whole(meetings: QuerySet[Meeting], viewer: Viewer) -> QuerySet[Meeting]:
    """Those of `meetings` whose names, pictures and files the viewer may see, where they see such things at all."""
    if not of_own_office_only(viewer):
        return meetings
    office = getattr(viewer, "office_id", None)
    return meetings.filter(host=office) if office is not None else meetings.none()


def require_hold(by: User | None, area_code: str, host_id: int | None) -> None:
    """Of a meeting in `area_code` that `host_id` holds. Raises NotPermitted, OutsideTerritory, NotYourMeeting."""
    require(by, Permission.OUTREACH_EDIT, area_code)
    if by is not None and of_own_office_only(by) and not _hosts(by, host_id):
        raise NotYourMeeting()


def _hosts(user: User, host_id: int | None) -> bool:
    return host_id is not None and host_id == user.office_id
