"""Reads: bills, payments, active months, and whether somebody is protected on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Model, QuerySet

from naung.accounts.permissions import Permission, Role
from naung.accounts.territory import Viewer, within_territory
from naung.contributions import lines
from naung.contributions.models import Bill, BillLine, Payment
from naung.lawbook.queries import law_now
from naung.programmes.models import FundingLine, Programme
from naung.programmes.spec import by_declared_income
from naung.rules import protection as rules
from naung.rules.contributions import base_of_income
from naung.rules.death import CauseOfDeath, NotCovered, accident_death_benefit, death_benefit_of
from naung.rules.decisions import Decisions
from naung.rules.explaining import Account, explain
from naung.rules.law import Law
from naung.rules.money import Rupiah
from naung.rules.periods import first_of_month

M = TypeVar("M", bound=Model)


def bills_visible_to(user: Viewer) -> QuerySet[Bill]:
    """Bills of the viewer's territory, newest first; a donor sees those of its own funding lines only."""
    return _own_lines(within_territory(Bill.objects.all(), user, Permission.BILLS_VIEW), user, "funding_line__donor")


def payments_visible_to(user: Viewer) -> QuerySet[Payment]:
    rows = within_territory(Payment.objects.all(), user, Permission.BILLS_VIEW, field="bill__area_code")
    return _own_lines(rows, user, "bill__funding_line__donor")


def _own_lines(rows: QuerySet[M], user: Viewer, donor: str) -> QuerySet[M]:
    if getattr(user, "role", "") == Role.DONOR:
        office = getattr(user, "office_id", None)
        rows = rows.filter(**{donor: office}) if office else rows.none()
    return rows.order_by("-id")


def lines_visible_to(user: Viewer, bill: Bill) -> QuerySet[BillLine]:
    """The lines of a visible bill with their workers, in decree order: for those who may see people, in their area."""
    rows = within_territory(BillLine.objects.filter(bill=bill), user, Permission.WORKERS_VIEW)
    return rows.select_related("worker", "payment").order_by("ordinal", "month", "id")


@dataclass(frozen=True)
class MonthOfCover:
    """One worker-month: what it cost and how far it came."""

    month: date
    programme: Programme
    funding_line: FundingLine
    bill: Bill
    jkk_rp: Rupiah
    jkm_rp: Rupiah
    jht_rp: Rupiah
    active: bool
    live: bool
    payment: Payment | None = None

    @property
    def total_rp(self) -> Rupiah:
        return self.jkk_rp + self.jkm_rp + self.jht_rp


def months_of(worker_id: int) -> list[MonthOfCover]:
    """All worker-months of a worker the caller has found as visible, oldest first, cancelled ones included."""
    rows = (
        BillLine.objects.filter(worker_id=worker_id)
        .select_related("bill__programme", "bill__funding_line", "payment")
        # Five tables wide: only what is told of a month. The definition of the programme is long besides.
        .only(
            *("worker_id", "month", "jkk_rp", "jkm_rp", "jht_rp", "live"),
            *("bill__number", "bill__first_month", "bill__last_month", "bill__issued_on", "bill__due_on"),
            *("bill__programme__name", "bill__programme__code", "bill__funding_line__name"),
            *("bill__funding_line__payer", "payment__paid_on", "payment__sp2d_number"),
        )
    )
    # As a union each half has its index; with OR the whole table would be read.
    both = rows.filter(live=True).union(rows.filter(live=False), all=True)
    return [
        MonthOfCover(
            month=line.month,
            programme=line.bill.programme,
            funding_line=line.bill.funding_line,
            bill=line.bill,
            jkk_rp=line.jkk_rp,
            jkm_rp=line.jkm_rp,
            jht_rp=line.jht_rp,
            active=line.live and line.payment_id is not None,
            live=line.live,
            payment=line.payment,
        )
        for line in sorted(both, key=lambda line: (line.month, line.pk))
    ]


def active_months(worker_id: int) -> frozenset[date]:
    """The months in which this worker is insured: live lines with a confirmed payment."""
    return frozenset(
        BillLine.objects.filter(worker_id=worker_id, live=True, payment__isnull=False).values_list("month", flat=True)
    )


@dataclass(frozen=True)
class Protected:
    """The answer to «is this person covered that day, by whom, until when, full JKM from when»."""

    on: date
    covered: bool
    since: date | None
    until: date | None
    months: int
    full_jkm_from: date | None
    programme: Programme | None
    funding_line: FundingLine | None
    died_on: date | None


def protection(worker_id: int, on: date, *, died_on: date | None = None, law: Law | None = None) -> Protected:
    """Protection of one worker on one day, from the months that are paid. `until` is the last covered day."""
    return protection_from(months_of(worker_id), on, died_on=died_on, law=law)


def protection_from(
    months: Sequence[MonthOfCover], on: date, *, died_on: date | None = None, law: Law | None = None
) -> Protected:
    """The same from worker-months that were read before."""
    active = {month.month: month for month in months if month.active}
    state = rules.protection_on(on, active)
    this = active.get(first_of_month(on)) if state.covered else None
    return Protected(
        on=on,
        covered=state.covered,
        since=state.since,
        until=state.until,
        months=state.months,
        full_jkm_from=rules.full_jkm_from(active, law or law_now(), on=on) if state.covered else None,
        programme=this.programme if this else None,
        funding_line=this.funding_line if this else None,
        died_on=died_on,
    )


def death_account(
    months: Sequence[MonthOfCover],
    on: date,
    *,
    cause: CauseOfDeath,
    income_rp: Rupiah | None,
    law: Law,
    decisions: Decisions,
) -> Account:
    """What the heirs would be owed if a worker with these months died on a day: with its reasons.

    Open questions that the answer meets are shown both ways. `income_rp` matters only where the programme registered
    people with their declared income. Raises NotCovered, NotInForce.
    """
    active = {month.month: month for month in months if month.active}
    this = active.get(first_of_month(on))
    if cause is CauseOfDeath.WORK:
        if this is None:
            raise NotCovered(on)
        income = income_rp if by_declared_income(this.programme.spec) else None
        base = base_of_income(this.month, income=income, law=law)
        return explain(lambda _: accident_death_benefit(on, base_income=base, law=law), decisions=decisions)
    # One receipt for several months is what the question about advance payment is about.
    prepaid = this is not None and this.bill.last_month > this.bill.first_month
    return explain(
        lambda given: death_benefit_of(on, paid_months=active.keys(), law=law, decisions=given, prepaid=prepaid),
        decisions=decisions,
    )


def possible_payments(bill: Bill, *, near: Rupiah) -> tuple[Rupiah, Rupiah]:
    """The two amounts nearest to `near`, below and above, that pay whole worker-months (0 where there is none)."""
    step = lines.step_at(bill.pk, near)
    return step.amount_rp, step.next_rp
