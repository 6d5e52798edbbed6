"""What waits for one person: work that only that role may do, in that person's territory, most urgent first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.accounts.territory import within_territory
from naung.contributions.queries import bills_visible_to, payments_visible_to
from naung.registry.queries import lists_visible_to
from naung.selection.models import Round

MOST = 20


@dataclass(frozen=True)
class Waiting:
    """One task: what it is, how many people or rows it touches, whose, and by when.

    `kind` is round_to_approve, payment_to_confirm, bill_to_pay, list_to_review or list_to_fix; `target_id` is the
    round, the bill or the list.
    """

    kind: str
    count: int
    subject: str
    target_id: int
    due_on: date | None = None


def waiting_for(user: User) -> list[Waiting]:
    """Work that waits for the person's role: those with a due date first, the nearest on top."""
    found = [*_rounds(user), *_payments(user), *_bills(user), *_lists(user)]
    return sorted(found, key=lambda item: (item.due_on is None, item.due_on or date.max))


def _rounds(user: User) -> Iterator[Waiting]:
    # Whoever prepared or submitted a round does not approve it: to them it is no task.
    rounds = within_territory(
        Round.objects.filter(status=Round.Status.SUBMITTED),
        user,
        Permission.DECREE_APPROVE,
        field="programme__area_code",
    ).exclude(prepared_by=user.pk)
    for one in rounds.exclude(submitted_by=user.pk).select_related("programme")[:MOST]:
        yield Waiting("round_to_approve", one.chosen, one.programme.name, one.pk)


def _payments(user: User) -> Iterator[Waiting]:
    if not user.may(Permission.PAYMENT_CONFIRM):
        return
    payments = payments_visible_to(user).filter(status="recorded").exclude(recorded_by=user.pk)
    for one in payments.select_related("bill__programme")[:MOST]:
        yield Waiting("payment_to_confirm", one.bill.people, one.bill.programme.name, one.bill_id, one.bill.due_on)


def _bills(user: User) -> Iterator[Waiting]:
    # Whoever issued a bill follows it until it is paid.
    if not (user.may(Permission.PAYMENT_RECORD) or user.may(Permission.BILL_ISSUE)):
        return
    bills = bills_visible_to(user).filter(status__in=["issued", "partly_paid"])
    for one in bills.select_related("programme").order_by("due_on", "id")[:MOST]:
        yield Waiting("bill_to_pay", one.people, one.programme.name, one.pk, one.due_on)


def _lists(user: User) -> Iterator[Waiting]:
    if user.may(Permission.LIST_DECIDE):
        for one in lists_visible_to(user).filter(review__gt=0, status="sent").order_by("id")[:MOST]:
            yield Waiting("list_to_review", one.review, one.filename, one.pk)
    elif user.may(Permission.LIST_UPLOAD):
        faulty = lists_visible_to(user).filter(status="draft", received__gt=0).order_by("id")
        for one in faulty.exclude(rejected=0, review=0)[:MOST]:
            yield Waiting("list_to_fix", one.rejected + one.review, one.filename, one.pk)
