"""What agreements ask of a person before it is too late: unsigned PKS, terms that end, papers signed but incomplete."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.agreements import queries
from naung.agreements.models import Agreement, LegalInstrument

Stage = Agreement.Stage
#: How long before its end a paper is first, again and last reminded of.
STEPS = (90, 60, 30)
AHEAD_DAYS = 30
#: A paper that lapsed without renewal is told for this long; after that it is history.
LAPSED_DAYS = 180


@dataclass(frozen=True)
class Reminder:
    """One thing to do: its kind, how many papers, what they are called, the paper's id (0: many), by when."""

    kind: str
    count: int
    subject: str
    target_id: int
    due_on: date | None = None


def step_of(days: int) -> int | None:
    """Which of the reminders is due with so many days left: 90, 60 or 30; None where it is too early or too late."""
    return next((step for step in reversed(STEPS) if 0 <= days <= step), None)


def ending(user: User, on: date) -> QuerySet[Agreement]:
    """Papers that end within the first reminder, or lapsed not long ago, and that nobody has begun to renew."""
    rows = queries.agreements_visible_to(user).filter(
        stage=Stage.IN_FORCE,
        ends_on__lte=on + timedelta(days=STEPS[0]),
        ends_on__gt=on - timedelta(days=LAPSED_DAYS),
    )
    begun = Q(renewals__stage__in=[one for one in Stage.values if one != Stage.ENDED])
    return rows.exclude(begun).order_by("ends_on", "id")


def reminders(user: User, on: date) -> Iterator[Reminder]:
    """For whoever edits all agreements, and for the people of one office about its own PKS."""
    if user.may(Permission.AGREEMENT_EDIT):
        yield from _of_all(user, on)
    elif user.may(Permission.AGREEMENT_EDIT_OWN) and user.office_id is not None:
        yield from _of_own(user, on)


def _of_all(user: User, on: date) -> Iterator[Reminder]:
    yield from _due(user, on)
    for one in ending(user, on):
        assert one.ends_on is not None, "filtered by it"
        yield Reminder("agreement_ending", 0, _named(one), one.pk, one.ends_on - timedelta(days=1))
    incomplete = Q(ends_on=None) | Q(starts_on=None) | Q(region_number="") | Q(branch_number="")
    signed = queries.agreements_visible_to(user).filter(stage=Stage.SIGNED).filter(incomplete)
    for one in signed.order_by("signed_on", "id"):
        yield Reminder("agreement_incomplete", 0, _named(one), one.pk)
    doubtful = {basis.instrument_id for basis in queries.legal_warnings_visible_to(user)}
    unchecked = LegalInstrument.objects.filter(pk__in=doubtful, checked_on=None).order_by("name")
    if names := [one.name for one in unchecked]:
        yield Reminder("instrument_doubtful", len(names), names[0] if len(names) == 1 else "", 0)


def _due(user: User, on: date) -> Iterator[Reminder]:
    """One for each Nota Kesepakatan: sixteen offices late with theirs are one conversation."""
    near = queries.pks_visible_to(user).filter(due_on__lte=on + timedelta(days=AHEAD_DAYS), stage__in=Agreement.OPEN)
    late: dict[int, list[date]] = {}
    titles: dict[int, str] = {}
    for one in near.select_related("parent"):
        assert one.due_on is not None, "filtered by it"
        of = one.parent or one
        late.setdefault(of.pk, []).append(one.due_on)
        titles[of.pk] = of.title
    for agreement, days in late.items():
        yield Reminder("pks_due", len(days), titles[agreement], agreement, min(days))


def _of_own(user: User, on: date) -> Iterator[Reminder]:
    own = queries.pks_visible_to(user).filter(office=user.office_id)
    for one in own.filter(stage__in=Agreement.OPEN).order_by(F("due_on").asc(nulls_last=True), "id"):
        yield Reminder("own_pks", 0, one.title, one.pk, one.due_on)
    for one in ending(user, on).filter(office=user.office_id):
        assert one.ends_on is not None, "filtered by it"
        yield Reminder("own_ending", 0, one.title, one.pk, one.ends_on - timedelta(days=1))


def _named(one: Agreement) -> str:
    return f"{one.title} ({one.region_number})" if one.region_number and one.is_pks else one.title
