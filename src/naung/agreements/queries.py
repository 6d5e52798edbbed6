"""Reads: agreements, the matrix of offices, meetings, open tasks, the register of instruments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from naung.accounts.permissions import Permission
from naung.accounts.territory import Viewer, within_area, within_territory
from naung.agreements.holding import shown_whole
from naung.agreements.models import Agreement, Attachment, FollowUp, LegalBasis, LegalInstrument, Meeting
from naung.agreements.terms import TERM_FIELDS, as_json

Stage = Agreement.Stage


def agreements_visible_to(user: Viewer) -> QuerySet[Agreement]:
    """Nota Kesepakatan and PKS alike."""
    rows = Agreement.objects.select_related("office", "branch")
    return within_territory(rows, user, Permission.AGREEMENTS_VIEW).order_by("-signed_on", "-id")


def notas_visible_to(user: Viewer) -> QuerySet[Agreement]:
    return agreements_visible_to(user).filter(kind=Agreement.Kind.NOTA)


def pks_visible_to(user: Viewer) -> QuerySet[Agreement]:
    return agreements_visible_to(user).filter(kind=Agreement.Kind.PKS).order_by("due_on", "office__name")


def meetings_visible_to(user: Viewer) -> QuerySet[Meeting]:
    return within_territory(Meeting.objects.all(), user, Permission.AGREEMENTS_VIEW).order_by("-held_on", "-id")


def follow_ups_visible_to(user: Viewer) -> QuerySet[FollowUp]:
    """Tasks of the territory, of meetings and of agreements; open ones first, by due date."""
    if not (user.is_active and user.area_code and user.may(Permission.AGREEMENTS_VIEW)):
        return FollowUp.objects.none()
    of_meeting = within_area(Meeting.objects.all(), user.area_code)
    of_agreement = within_area(Agreement.objects.all(), user.area_code)
    return (
        FollowUp.objects.filter(Q(meeting__in=of_meeting) | Q(agreement__in=of_agreement))
        .select_related("owner", "meeting", "agreement")
        .order_by("done_on", "due_on", "id")
    )


def owed() -> Q:
    """Tasks that somebody owes now. What a paper will oblige to is owed by nobody before it is signed."""
    unsigned = Q(kind=FollowUp.Kind.OBLIGATION, agreement__stage__in=Agreement.OPEN)
    return Q(done_on=None) & ~unsigned


def attachments_visible_to(user: Viewer) -> QuerySet[Attachment]:
    """Files of agreements and meetings of the territory that nobody took off."""
    if not (user.is_active and user.area_code and user.may(Permission.AGREEMENTS_VIEW)):
        return Attachment.objects.none()
    of_meeting = shown_whole(within_area(Meeting.objects.all(), user.area_code), user)
    of_agreement = within_area(Agreement.objects.all(), user.area_code)
    rows = Attachment.objects.filter(Q(meeting__in=of_meeting) | Q(agreement__in=of_agreement))
    return rows.filter(removed_at=None).defer("sealed").order_by("id")


def instruments_visible_to(user: Viewer) -> QuerySet[LegalInstrument]:
    """Instruments of the state and of the region; doubtful ones first."""
    if not (user.is_active and user.area_code and user.may(Permission.AGREEMENTS_VIEW)):
        return LegalInstrument.objects.none()
    own = within_area(LegalInstrument.objects.exclude(area_code=""), user.area_code[:4])
    return (LegalInstrument.objects.filter(area_code="") | own).order_by("checked_on", "name")


def legal_warnings_visible_to(user: Viewer) -> list[LegalBasis]:
    """Cited instruments with something doubtful about them, of agreements and meetings the viewer sees."""
    seen = Q(agreement__in=agreements_visible_to(user)) | Q(meeting__in=meetings_visible_to(user))
    rows = LegalBasis.objects.exclude(instrument__warning="").filter(seen).order_by("id")
    found: dict[str, LegalBasis] = {}
    for basis in rows.select_related("agreement", "meeting", "instrument"):
        found.setdefault(basis.as_printed, basis)
    return list(found.values())


def in_force_on(rows: QuerySet[Agreement], day: date) -> QuerySet[Agreement]:
    """Those of `rows` that hold on `day`: complete, begun, not over, not ended before."""
    return rows.filter(holds_on(day))


def holds_on(day: date, of: str = "") -> Q:
    """The same as a condition; `of` leads to the papers from another table: "pks__"."""
    said = {f"{of}stage": Stage.IN_FORCE}
    ended_later = {f"{of}stage": Stage.ENDED, f"{of}ended_on__gt": day, f"{of}was_in_force": True}
    return (Q(**said) | Q(**ended_later)) & Q(**{f"{of}starts_on__lte": day, f"{of}ends_on__gt": day})


def is_in_force(agreement: Agreement, day: date) -> bool:
    """The same of one."""
    if agreement.starts_on is None or agreement.ends_on is None:
        return False
    if agreement.stage == Stage.ENDED:
        held = bool(agreement.was_in_force and agreement.ended_on and agreement.ended_on > day)
    else:
        held = agreement.stage == Stage.IN_FORCE
    return held and agreement.starts_on <= day < agreement.ends_on


def is_overdue(agreement: Agreement, day: date) -> bool:
    """Not signed, and its day has passed."""
    return agreement.stage in Agreement.OPEN and agreement.due_on is not None and agreement.due_on < day


def ending_within(user: Viewer, *, on: date, days: int) -> QuerySet[Agreement]:
    """Papers in force whose term ends within `days`, without a renewal that is signed or in force; the next first."""
    return ending_among(agreements_visible_to(user), on=on, days=days)


def ending_among(rows: QuerySet[Agreement], *, on: date, days: int) -> QuerySet[Agreement]:
    """The same among `rows`."""
    rows = in_force_on(rows, on).filter(ends_on__lte=on + timedelta(days=days))
    return not_renewed(rows).order_by("ends_on", "id")


def not_renewed(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Those of `rows` without a renewal that is signed or in force: a draft renews nothing yet."""
    return rows.exclude(renewals__stage__in=[Stage.SIGNED, Stage.IN_FORCE])


def with_pks_counts(notas: QuerySet[Agreement], *, on: date) -> QuerySet[Agreement]:
    """Each with `asked` and `in_force`, how many offices were asked and hold a PKS, and `overdue`, how many PKS are."""
    late = Q(pks__due_on__lt=on, pks__stage__in=Agreement.OPEN)
    return notas.annotate(
        asked=Count("pks__office", distinct=True),
        in_force=Count("pks__office", filter=holds_on(on, "pks__"), distinct=True),
        overdue=Count("pks", filter=late, distinct=True),
    )


@dataclass(frozen=True)
class Difference:
    """One thing that a renewal says otherwise than the paper it renews."""

    field: str
    old: Any
    new: Any


def differences(new: Agreement, old: Agreement) -> list[Difference]:
    """What a renewal changes, in the order of the paper."""
    fields = ("title", "starts_on", *TERM_FIELDS)
    pairs = ((field, as_json(field, getattr(old, field)), as_json(field, getattr(new, field))) for field in fields)
    found = [Difference(*pair) for pair in pairs if pair[1] != pair[2]]
    was, now = _signers(old), _signers(new)
    if was != now:
        found.append(Difference("parties", was, now))
    return found


def _signers(agreement: Agreement) -> list[str]:
    rows = agreement.parties.values_list("organisation", "signer_position", "signer_name")
    return [", ".join(part for part in row if part) for row in rows]
