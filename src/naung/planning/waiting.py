"""What waits for one person: work that this person may do now, in that person's territory, by deadline and harm.

A task that somebody else must do is none of this person's: whoever recorded a payment does not confirm it, whoever
prepared a round does not approve it, and whoever may not pay is told of a bill only once it is nearly late.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Exists, Max, OuterRef, Sum
from django.utils import timezone

from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.accounts.territory import within_territory
from naung.agreements.reminders import reminders
from naung.cards.queries import people_without_card
from naung.contributions.bill_queries import people_unpaid
from naung.contributions.models import Payment
from naung.contributions.queries import bills_visible_to, payments_visible_to
from naung.contributions.reconciliation import open_comparisons
from naung.lawbook.queries import decisions_for
from naung.outreach.queries import tasks_waiting_on
from naung.partners.pledges import pledges_without_agreement
from naung.partners.queries import approaches_due
from naung.planning import queries
from naung.programmes.models import FundingLine, Programme, ProgrammeBasis
from naung.programmes.standing import standing
from naung.registry.models import ReferenceList
from naung.registry.queries import lists_visible_to, references_visible_to
from naung.rules.decisions import questions
from naung.rules.money import Rupiah
from naung.rules.periods import first_of_month, last_of_month
from naung.selection.models import Round

MOST = 200  # of one kind: whoever has more starts with these
APART = 3  # more than these of one kind are told together
STALE_DAYS = 90
NEAR_DAYS = 7
AHEAD_DAYS = 30
CLIFF_DAYS = 90

#: Kinds of work, the most harmful to leave undone first: people lose cover, then money and months, then papers.
KINDS = (
    "cover_ending",
    "bill_to_pay",
    "payment_to_confirm",
    "round_to_approve",
    "bill_to_issue",
    "bill_to_follow",
    "difference_to_settle",
    "list_to_fix",
    "list_to_review",
    "list_to_verify",
    "round_to_submit",
    "deaths_old",
    "members_old",
    "question_open",
    "cards_to_print",
    "basis_lost",
    "agreement_ending",
    "renewal_due",
    "own_ending",
    "nota_due",
    "pks_due",
    "pledge_without_pks",
    "own_pks",
    "agreement_incomplete",
    "agreement_ready",
    "own_signed",
    "instrument_doubtful",
    "follow_up",
    "employer_due",
    "figure_old",
)


@dataclass(frozen=True)
class Waiting:
    """One task: what it is, how many people, rows or papers it touches, the money at stake, whose, and by when.

    `target_id` is what the page is about: the round, the bill, the list, the funding line, the agreement; 0 where the
    page is not about one thing. `things` are the papers of one kind told together, because they are many.
    """

    kind: str
    count: int
    subject: str
    target_id: int = 0
    due_on: date | None = None
    amount_rp: Rupiah = 0
    things: int = 1


def waiting_for(user: User, *, on: date | None = None) -> list[Waiting]:
    """The person's work: what is late or due within a week first, then within a month, then the rest.

    Among what is as near, the most harmful comes first, and of one kind the earliest deadline: a report two years late
    does not stand before people who lose their cover this week.
    """
    if not (user.is_active and user.area_code):
        return []
    day = on or timezone.localdate()
    around = _Around(user, day)
    found = [task for look in _LOOKS for task in look(user, around)]
    return sorted(found, key=lambda task: urgency(task, day))


def urgency(task: Waiting, on: date) -> tuple[int, int, date, int]:
    """The place of a task among others: how near, how harmful, since when, how many."""
    days = (task.due_on - on).days if task.due_on else None
    near = 2 if days is None else next((place for place, span in enumerate((NEAR_DAYS, AHEAD_DAYS)) if days <= span), 2)
    return near, KINDS.index(task.kind), task.due_on or date.max, -task.count


def _together(tasks: list[Waiting]) -> list[Waiting]:
    """Many of one kind are one task about all of them: somebody with thirty lists opens the page of lists."""
    if len(tasks) <= APART:
        return tasks
    dues = [task.due_on for task in tasks if task.due_on]
    count, money = sum(task.count for task in tasks), sum(task.amount_rp for task in tasks)
    return [Waiting(tasks[0].kind, count, "", 0, min(dues, default=None), money, len(tasks))]


@dataclass
class _Around:
    """The day, and what several kinds of work ask of it: read once."""

    user: User
    on: date

    @cached_property
    def running(self) -> dict[int, Programme]:
        programmes = queries.programmes_of(self.user)
        return {one.pk: one for one in programmes.filter(starts_on__lte=self.on, ends_on__gt=self.on)}

    @cached_property
    def month(self) -> list[Any]:
        """People planned and billed this month, by programme and funding line."""
        rows = queries.totals_visible_to(self.user).filter(month=first_of_month(self.on))
        return list(rows.values("programme", "funding_line").annotate(planned=Sum("planned"), billed=Sum("billed")))


# --- decisions and money ---------------------------------------------------------------------------


def _rounds(user: User, around: _Around) -> Iterator[Waiting]:
    if not (user.may(Permission.DECREE_APPROVE) or user.may(Permission.SELECTION_RUN)):
        return
    deciding = user.may(Permission.DECREE_APPROVE)
    status = Round.Status.SUBMITTED if deciding else Round.Status.DRAFT
    permission = Permission.DECREE_APPROVE if deciding else Permission.SELECTION_RUN
    rounds = within_territory(Round.objects.filter(status=status), user, permission, field="programme__area_code")
    if deciding:
        # Whoever prepared or submitted a round does not approve it: to them it is no task.
        rounds = rounds.exclude(prepared_by=user.pk).exclude(submitted_by=user.pk)
    kind = "round_to_approve" if deciding else "round_to_submit"
    for one in rounds.select_related("programme").order_by("first_month", "pk")[:MOST]:
        # A decree covers nobody for months before its own.
        due = last_of_month(one.first_month)
        yield Waiting(kind, one.chosen, one.programme.name, one.pk, due, one.cost_rp)


def _payments(user: User, around: _Around) -> Iterator[Waiting]:
    if not user.may(Permission.PAYMENT_CONFIRM):
        return
    payments = payments_visible_to(user).filter(status="recorded").exclude(recorded_by=user.pk)
    for one in payments.select_related("bill__programme")[:MOST]:
        bill = one.bill
        # Of a bill for one month the payment itself knows its people; it may be a part of the bill.
        people = one.line_count if bill.first_month == bill.last_month else bill.people
        yield Waiting("payment_to_confirm", people, bill.programme.name, bill.pk, bill.due_on, one.amount_rp)


def _bills(user: User, around: _Around) -> Iterator[Waiting]:
    pays = user.may(Permission.PAYMENT_RECORD) or user.may(Permission.PLEDGE_PAY)
    if not (pays or user.may(Permission.BILL_ISSUE)):
        return
    bills = bills_visible_to(user).filter(status__in=["issued", "partly_paid"])
    if pays:
        # The next payment is recorded when the last is confirmed: until then there is nothing to do here.
        pending = Payment.objects.filter(bill=OuterRef("pk"), status=Payment.Status.RECORDED)
        bills = bills.exclude(Exists(pending))
    else:
        bills = bills.filter(due_on__lte=around.on + timedelta(days=NEAR_DAYS))
    kind = "bill_to_pay" if pays else "bill_to_follow"
    found = list(bills.select_related("programme").order_by("due_on", "id")[:MOST])
    unpaid = people_unpaid([one for one in found if one.status == "partly_paid" or one.reversed_rp])
    for one in found:
        owed = one.total_rp - one.reversed_rp - one.paid_rp
        yield Waiting(kind, unpaid.get(one.pk, one.people), one.programme.name, one.pk, one.due_on, owed)


def _bills_to_issue(user: User, around: _Around) -> Iterator[Waiting]:
    if not user.may(Permission.BILL_ISSUE):
        return
    unbilled = [row for row in around.month if row["planned"] > row["billed"]]
    if not unbilled:
        return
    lines = FundingLine.objects.select_related("programme").in_bulk([row["funding_line"] for row in unbilled])
    costs = queries.monthly_costs_rp({row["programme"] for row in unbilled})
    due = last_of_month(around.on)
    for row in unbilled[:MOST]:
        line, people = lines[row["funding_line"]], row["planned"] - row["billed"]
        cost = people * costs.get(row["programme"], 0)
        yield Waiting("bill_to_issue", people, line.programme.name, line.pk, due, cost)


def _differences(user: User, around: _Around) -> Iterator[Waiting]:
    if not (user.may(Permission.PAYMENT_CONFIRM) or user.may(Permission.BILL_ISSUE)):
        return
    for one in open_comparisons(user)[:MOST]:
        name = one.bill.programme.name
        yield Waiting("difference_to_settle", one.waiting, name, one.bill_id, one.bill.due_on)


# --- people ----------------------------------------------------------------------------------------


def _endings(user: User, around: _Around) -> Iterator[Waiting]:
    if not user.may(Permission.PROGRAMME_EDIT):
        return
    on = around.on
    for one in queries.endings(user, on=on, until=on + timedelta(days=CLIFF_DAYS)):
        if (one.last_day - on).days <= CLIFF_DAYS:
            yield Waiting("cover_ending", one.people, one.programme.name, 0, one.last_day, one.renewal_rp())


def _lists(user: User, around: _Around) -> Iterator[Waiting]:
    if user.may(Permission.LIST_DECIDE):
        sent = list(lists_visible_to(user).filter(status="sent", verified_at__isnull=True).order_by("id")[:MOST])
        yield from _together(
            [Waiting("list_to_review", one.review, one.filename, one.pk) for one in sent if one.review]
        )
        sure = [one for one in sent if not one.review]
        yield from _together([Waiting("list_to_verify", one.accepted, one.filename, one.pk) for one in sure])
    elif user.may(Permission.LIST_UPLOAD):
        faulty = lists_visible_to(user).filter(status="draft", received__gt=0).order_by("id")
        for one in faulty.exclude(rejected=0, review=0)[:MOST]:
            yield Waiting("list_to_fix", one.rejected + one.review, one.filename, one.pk)


def _references(user: User, around: _Around) -> Iterator[Waiting]:
    """The dead are asked of Dukcapil by whoever runs the programme, the members by the branch that has them."""
    if not user.may(Permission.REFERENCE_UPLOAD):
        return
    wanted = ReferenceList.Kind.DEATHS if user.may(Permission.LIST_DECIDE) else ReferenceList.Kind.MEMBERS
    if not around.running:
        return
    newest = references_visible_to(user).order_by().filter(kind=wanted).aggregate(day=Max("as_of"))["day"]
    if newest is None or (around.on - newest).days > STALE_DAYS:
        due = newest + timedelta(days=STALE_DAYS) if newest else None
        yield Waiting(f"{wanted}_old", sum(row["planned"] for row in around.month), user.territory_name, 0, due)


def _cards(user: User, around: _Around) -> Iterator[Waiting]:
    if not user.may(Permission.CARDS_ISSUE):
        return
    for programme, people in people_without_card(list(around.running), on=around.on).items():
        yield Waiting("cards_to_print", people, around.running[programme].name, programme)


# --- agreements, law, figures ----------------------------------------------------------------------


def _agreements(user: User, around: _Around) -> Iterator[Waiting]:
    """Unsigned, ending and incomplete papers; many that end are one task about all of them."""
    by_kind: dict[str, list[Waiting]] = defaultdict(list)
    for one in reminders(user, around.on):
        by_kind[one.kind].append(Waiting(one.kind, one.count, one.subject, one.target_id, one.due_on))
    for kind, tasks in by_kind.items():
        yield from tasks[:MOST] if kind in ("pks_due", "own_pks") else _together(tasks[:MOST])


def _bases(user: User, around: _Around) -> Iterator[Waiting]:
    """Programmes whose agreement does not reach their last month: those months need another one, or a reason."""
    if not user.may(Permission.PROGRAMME_EDIT):
        return
    under = ProgrammeBasis.objects.filter(agreement__isnull=False, removed_at=None)
    rows = Programme.objects.filter(pk__in=under.values("programme"), ends_on__gt=around.on).order_by("pk")
    rows = within_territory(rows, user, Permission.PROGRAMME_EDIT).prefetch_related("bases__agreement__addenda")
    found = []
    for one in rows[:MOST]:
        lost = [month for month in standing(one).uncovered if month >= first_of_month(around.on)]
        if lost and lost[0] <= around.on + timedelta(days=CLIFF_DAYS):
            found.append(Waiting("basis_lost", len(lost), one.name, one.pk, lost[0]))
    yield from _together(found)


def _follow_ups(user: User, around: _Around) -> Iterator[Waiting]:
    """What the person's own office has to do, until it is done."""
    tasks = tasks_waiting_on(user).order_by("due_on", "id")
    yield from _together([Waiting("follow_up", 0, one.what, one.pk, one.due_on) for one in tasks[:MOST]])


def _pledges(user: User, around: _Around) -> Iterator[Waiting]:
    """Promises that stand on no PKS in force: to be signed before their first month."""
    if not user.may(Permission.PARTNERS_EDIT):
        return
    found = [
        Waiting("pledge_without_pks", one.people, one.donor.name, one.donor_id, one.first_month, one.amount_rp)
        for one in pledges_without_agreement(user, on=around.on)[:MOST]
    ]
    yield from _together(found)


def _employers(user: User, around: _Around) -> Iterator[Waiting]:
    """Employers to be asked again, after a letter or a visit."""
    if not user.may(Permission.PARTNERS_EDIT):
        return
    due = approaches_due(user, until=around.on + timedelta(days=AHEAD_DAYS))[:MOST]
    found = [
        Waiting("employer_due", max(0, one.employer.gap or 0), one.employer.name, one.pk, one.due_on) for one in due
    ]
    yield from _together(found)


def _questions(user: User, around: _Around) -> Iterator[Waiting]:
    """Points the law leaves open and that nobody decided: benefits that meet one are shown both ways."""
    if not user.may(Permission.LAW_DECIDE) or not around.running:
        return
    decided = decisions_for(user.area_code)
    open_ = [code for code in questions() if decided.find(code, around.on) is None]
    if open_:
        yield Waiting("question_open", len(open_), user.territory_name)


def _figures(user: User, around: _Around) -> Iterator[Waiting]:
    if not user.may(Permission.FIGURES_EDIT):
        return
    own = queries.figures_visible_to(user).filter(area_code=user.area_code, as_of__lte=around.on)
    newest = own.aggregate(day=Max("as_of"))["day"]
    if newest is not None and (around.on - newest).days > STALE_DAYS:
        yield Waiting("figure_old", 0, user.territory_name, 0, newest + timedelta(days=STALE_DAYS))


_LOOKS: tuple[Callable[[User, _Around], Iterator[Waiting]], ...] = (
    _rounds, _payments, _bills, _bills_to_issue, _differences, _endings, _lists, _references, _cards, _agreements,
    _bases, _follow_ups, _pledges, _employers, _questions, _figures,
)  # fmt: skip
