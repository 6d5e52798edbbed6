"""Reads: meetings with what hangs on them, who came, and its photographs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Left, Length

from naung.accounts.models import User
from naung.accounts.permissions import Permission, Role, permissions_of
from naung.accounts.territory import Viewer, within_territory
from naung.agreements.holding import shown_whole
from naung.agreements.models import FollowUp, Meeting
from naung.agreements.queries import follow_ups_visible_to, meetings_visible_to, owed
from naung.areas.queries import names_of
from naung.bulk.occupations import occupations
from naung.disclosure import hidden_rows, small, written
from naung.outreach.models import Attendance, Door, Photo, PhotoFile
from naung.ui.terms import term


def meetings_held_by(user: Viewer) -> QuerySet[Meeting]:
    """The meetings that somebody writes: of the territory, or of the one office they work for."""
    rows = shown_whole(meetings_visible_to(user), user)
    return within_territory(rows, user, Permission.OUTREACH_EDIT)


def attendances_visible_to(user: Viewer) -> QuerySet[Attendance]:
    """Who came, by name: for those who hold the meeting. Others see counts (`came`)."""
    held = meetings_held_by(user).order_by()
    return Attendance.objects.select_related("meeting").filter(meeting__in=held).order_by("id")


def photos_visible_to(user: Viewer) -> QuerySet[Photo]:
    """Pictures show people: the people of one office see those of their own meetings."""
    shown = shown_whole(meetings_visible_to(user), user).order_by()
    return Photo.objects.select_related("meeting").filter(meeting__in=shown).order_by("id")


def photo_files_visible_to(user: Viewer) -> QuerySet[PhotoFile]:
    return PhotoFile.objects.filter(photo__in=photos_visible_to(user).order_by())


def meetings_listed(
    user: Viewer, *, kind: str = "", year: int | None = None, open_only: bool = False
) -> QuerySet[Meeting]:
    """Meetings of the territory, newest first, with how many came and how many follow-ups are open."""
    # Counted for the meetings of one page, not by joining everybody who ever came.
    found = meetings_visible_to(user).annotate(
        came=_counted(Attendance.objects.all()), open_tasks=_counted(FollowUp.objects.filter(done_on=None))
    )
    if kind:
        found = found.filter(kind=kind)
    if year:
        found = found.filter(held_on__year=year)
    if open_only:
        found = found.filter(open_tasks__gt=0)
    return found


def _counted(rows: QuerySet[Any]) -> Coalesce:
    """How many of `rows` belong to the meeting at hand."""
    counts = rows.filter(meeting=OuterRef("pk")).order_by().values("meeting").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counts), 0)


def years_of(user: Viewer) -> list[int]:
    """The years in which there were meetings, newest first."""
    return [day.year for day in meetings_visible_to(user).order_by().dates("held_on", "year", order="DESC")]


def open_door(code: str, *, on: date) -> Door | None:
    """The list behind a code of a phone, where it is open on this day; one answer for every way it is not."""
    found = Door.objects.select_related("meeting").filter(code=code[:16].upper(), closed_at=None, open_on=on)
    found = found.filter(meeting__held_on__lte=on)  # it may have been moved since the door was opened
    return found.first()


def tasks_waiting_on(user: User) -> QuerySet[FollowUp]:
    """Open tasks of the person's own office.

    Those that nobody owns, and those of an office where nobody signs in who could see them, wait on whoever keeps
    agreements: no task is lost because of an account that does not exist.
    """
    mine = Q(owner=user.office_id) if user.office_id else Q(pk=None)
    if user.may(Permission.AGREEMENT_EDIT):
        readers = [role for role in Role.values if Permission.AGREEMENTS_VIEW in permissions_of(role)]
        above = Left(OuterRef("area"), Length("area_code"))  # the task lies in the territory of the account
        somebody = User.objects.filter(
            office=OuterRef("owner"), is_active=True, role__in=readers, area_code__gt="", area_code=above
        )
        mine |= Q(owner=None) | Q(~Exists(somebody))
    tasks = follow_ups_visible_to(user).annotate(area=Coalesce("meeting__area_code", "agreement__area_code"))
    return tasks.filter(mine, owed())


# --- counts of one meeting -------------------------------------------------------------------------


#: A count, or the mark that stands for a hidden one.
Cell = int | str


@dataclass(frozen=True)
class Part:
    """People of one kind: its code and name ('' where it was not said), and how many."""

    code: str
    name: str
    people: Cell


@dataclass(frozen=True)
class Came:
    """How many came to a meeting, by occupation and by village, and how many gave a NIK."""

    total: Cell
    with_nik: Cell
    groups: list[Part]
    villages: list[Part]


def came(meeting: Meeting, *, guarded: bool) -> Came:
    """Counts of who came. `guarded` hides small ones, for readers who may not know who it was."""
    rows = list(Attendance.objects.filter(meeting=meeting).values_list("occupation", "village_code", "nik_index"))
    groups, groups_broken = _shown(Counter(occupation for occupation, _, _ in rows), guarded)
    villages, villages_broken = _shown(Counter(village for _, village, _ in rows), guarded)
    names = names_of(code for code, _ in villages)
    total, with_nik = len(rows), sum(index is not None for _, _, index in rows)
    hide_total = groups_broken or villages_broken or (guarded and small(total))
    # Beside a visible total, a few without a NIK follow from those with one.
    hide_niks = guarded and (small(with_nik) or small(total - with_nik))
    return Came(
        total=written(total, hidden=True) if hide_total else total,
        with_nik=written(with_nik, hidden=True) if hide_niks else with_nik,
        groups=[Part(code, group_name(code), cell) for code, cell in groups],
        villages=[Part(code, names.get(code, ""), cell) for code, cell in villages],
    )


def _shown(counts: Counter[str], guarded: bool) -> tuple[list[tuple[str, Cell]], bool]:
    """Counts as they may be shown, the largest first and the unsaid last; whether their total must be hidden too."""
    ordered = sorted(counts.items(), key=lambda item: (item[0] == "", -item[1], item[0]))
    if not guarded or not ordered:
        return [(code, count) for code, count in ordered], False
    hidden, broken = hidden_rows([(count,) for _, count in ordered])
    return [
        (code, written(count, hidden=True) if at in hidden else count) for at, (code, count) in enumerate(ordered)
    ], broken


def group_name(code: str) -> str:
    """The word for an occupation; '' for one that was not said."""
    known = occupations().get(code)
    return term(known.label) if known else ""


def group_names(codes: Iterable[str]) -> list[str]:
    return [group_name(code) or code for code in codes]
