"""What agreements ask of a person before it is too late: papers unsigned, ending, or signed and
not in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, OuterRef, QuerySet, Subquery

from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.agreements import queries
from naung.agreements.actions.amending import last_day
from naung.agreements.actions.staging import missing_for
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
    """Papers that end within the first reminder, or lapsed not long ago, until their renewal is signed.

    Each with `begun`, the id of the renewal that is on its way (None: nobody has begun one).
    """
    rows = queries.agreements_visible_to(user).filter(
        stage=Stage.IN_FORCE,
        ends_on__lte=on + timedelta(days=STEPS[0]),
        ends_on__gt=on - timedelta(days=LAPSED_DAYS),
    )
    begun = Agreement.objects.filter(renews=OuterRef("pk"), stage__in=Agreement.OPEN).order_by("id").values("pk")
    return queries.not_renewed(rows).annotate(begun=Subquery(begun[:1])).order_by("ends_on", "id")


def reminders(user: User, on: date) -> Iterator[Reminder]:
    """For whoever edits all agreements, and for the people of one office about its own PKS."""
    if user.may(Permission.AGREEMENT_EDIT):
        yield from _of_all(user, on)
    elif user.may(Permission.AGREEMENT_EDIT_OWN) and user.office_id is not None:
        yield from _of_own(user, on)


def _of_all(user: User, on: date) -> Iterator[Reminder]:
    late = list(ending(user, on))
    yield from _due(user, on, besides=[begun for one in late if (begun := _begun(one))])
    for one in late:
        kind = "renewal_due" if _begun(one) else "agreement_ending"
        yield Reminder(kind, 0, _named(one), _begun(one) or one.pk, last_day(one))
    for one in _signed(user):
        kind = "agreement_incomplete" if missing_for(one, Stage.IN_FORCE) else "agreement_ready"
        yield Reminder(kind, 0, _named(one), one.pk)
    doubtful = {basis.instrument_id for basis in queries.legal_warnings_visible_to(user)}
    unchecked = LegalInstrument.objects.filter(pk__in=doubtful, checked_on=None).order_by("name")
    if names := [one.name for one in unchecked]:
        yield Reminder("instrument_doubtful", len(names), names[0] if len(names) == 1 else "", 0)


def _due(user: User, on: date, *, besides: Sequence[int]) -> Iterator[Reminder]:
    """One for each Nota Kesepakatan: sixteen offices late with theirs are one conversation.

    `besides` are Nota Kesepakatan that are told of as renewals.
    """
    near = queries.agreements_visible_to(user).filter(
        due_on__lte=on + timedelta(days=AHEAD_DAYS), stage__in=Agreement.OPEN
    )
    late: dict[int, list[date]] = {}
    titles: dict[int, str] = {}
    for one in near.select_related("parent").order_by("due_on", "id"):
        assert one.due_on is not None, "filtered by it"
        if not one.is_pks:
            if one.pk not in besides:
                yield Reminder("nota_due", 0, one.title, one.pk, one.due_on)
            continue
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
        yield Reminder("own_ending", 0, one.title, _begun(one) or one.pk, last_day(one))
    for one in _signed(user).filter(office=user.office_id):
        yield Reminder("own_signed", 0, one.title, one.pk)


def _signed(user: User) -> QuerySet[Agreement]:
    """Signed, and nobody has said yet that they are in force."""
    return queries.agreements_visible_to(user).filter(stage=Stage.SIGNED).order_by("signed_on", "id")


def _begun(one: Agreement) -> int | None:
    """The renewal on its way, as `ending` found it."""
    begun: int | None = getattr(one, "begun", None)
    return begun


def _named(one: Agreement) -> str:
    return f"{one.title} ({one.region_number})" if one.region_number and one.is_pks else one.title
