"""The offices of a region as its agreements need them: whom each can reach, whom to call, where its PKS stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from naung.accounts.models import Office
from naung.accounts.permissions import Permission
from naung.accounts.profiles import Profile, profiles_of
from naung.accounts.territory import Viewer, within_area
from naung.agreements.models import Agreement, FollowUp
from naung.agreements.queries import pks_visible_to
from naung.agreements.reading import State, states_of
from naung.agreements.words import group_names

Stage = Agreement.Stage
#: Offices that turn a Nota Kesepakatan into a PKS.
KINDS = (Office.Kind.OWNER, Office.Kind.SECTOR)


@dataclass(frozen=True)
class OfficeLine:
    """One office: its profile, the paper that counts now (the furthest one not ended), its other papers, its tasks."""

    office: Office
    profile: Profile
    groups: list[str]
    state: State | None
    others: int
    tasks: int
    late_tasks: int


def offices_visible_to(user: Viewer, *, on: date) -> QuerySet[Office]:
    """Offices of the territory that hold a PKS or could, with `open_tasks` and `late_tasks`; by name."""
    if not (user.is_active and user.area_code and user.may(Permission.AGREEMENTS_VIEW)):
        return Office.objects.none()
    holds = Exists(Agreement.objects.filter(office=OuterRef("pk")))
    rows = within_area(Office.objects.filter(Q(kind__in=KINDS) | Q(holds)), user.area_code)
    unsigned = Q(follow_ups__kind=FollowUp.Kind.OBLIGATION, follow_ups__agreement__stage__in=Agreement.OPEN)
    undone = Q(follow_ups__done_on=None, follow_ups__isnull=False) & ~unsigned
    return rows.annotate(
        open_tasks=Count("follow_ups", filter=undone, distinct=True),
        late_tasks=Count("follow_ups", filter=undone & Q(follow_ups__due_on__lt=on), distinct=True),
    ).order_by("area_code", "name")


def office_lines(user: Viewer, offices: Sequence[Office], *, on: date) -> list[OfficeLine]:
    """What the page of offices shows of some; three queries."""
    profiles = profiles_of(offices)
    papers: dict[int, list[State]] = {}
    for state in states_of(list(pks_visible_to(user).filter(office__in=offices)), on):
        assert state.agreement.office_id is not None, "filtered by it"
        papers.setdefault(state.agreement.office_id, []).append(state)
    found = []
    for one in offices:
        held = sorted(papers.get(one.pk, ()), key=lambda state: state.agreement.stage == Stage.ENDED)
        profile = profiles.get(one.pk, Profile())
        found.append(
            OfficeLine(
                office=one,
                profile=profile,
                groups=group_names(profile.groups),
                state=held[0] if held else None,
                others=max(len(held) - 1, 0),
                tasks=getattr(one, "open_tasks", 0),
                late_tasks=getattr(one, "late_tasks", 0),
            )
        )
    return found


def own_pks(user: Viewer, office_id: int | None, *, on: date) -> list[State]:
    """The papers of the person's own office: those on their way first, then by due date."""
    if office_id is None:
        return []
    rows = pks_visible_to(user).filter(office=office_id).select_related("parent", "office", "branch")
    found = states_of(list(rows.order_by(F("due_on").asc(nulls_last=True))), on)
    return sorted(found, key=lambda one: (not one.open, one.agreement.stage == Stage.ENDED))
