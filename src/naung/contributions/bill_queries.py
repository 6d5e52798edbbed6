"""What the pages of bills add up: worker-months of a bill by month and price, and bills by status."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from naung.contributions.lines import step_at
from naung.contributions.models import Bill, BillLine, Payment
from naung.contributions.refusals import PaymentExceedsBill, PaymentSplitsAMonth
from naung.coverage.models import Enrolment
from naung.programmes.models import FundingLine
from naung.rules.money import Rupiah
from naung.rules.periods import add_months, months_in


@dataclass(frozen=True, slots=True)
class PricedMonth:
    """The worker-months of one month and price of a bill. `alive` of `people` are still owed or paid, `paid` active."""

    month: date
    jkk_rp: Rupiah
    jkm_rp: Rupiah
    jht_rp: Rupiah
    people: int
    alive: int
    paid: int

    @property
    def rate_rp(self) -> Rupiah:
        return self.jkk_rp + self.jkm_rp + self.jht_rp

    @property
    def total_rp(self) -> Rupiah:
        return self.people * self.rate_rp

    @property
    def dead(self) -> int:
        """Owed no more: cancelled, or their payment undone."""
        return self.people - self.alive


def priced_months(bill: Bill) -> list[PricedMonth]:
    """By month and price, from the lines themselves."""
    rows = (
        BillLine.objects.filter(bill=bill)
        .values_list("month", "jkk_rp", "jkm_rp", "jht_rp")
        .annotate(
            people=Count("id"),
            owed=Count("id", filter=Q(live=True)),
            active=Count("id", filter=Q(live=True, payment__isnull=False)),
        )
        .order_by("month", "jkk_rp", "jkm_rp", "jht_rp")
    )
    return [PricedMonth(*row) for row in rows]


def one_price(months: list[PricedMonth]) -> bool:
    """Whether people × contribution × months is the bill: one price, and the same people every month."""
    return len({one.rate_rp for one in months}) == 1 and len({one.people for one in months}) == 1


@dataclass(frozen=True, slots=True)
class Sums:
    bills: int
    owed_rp: Rupiah
    paid_rp: Rupiah


def sums_of(bills: QuerySet[Bill]) -> Sums:
    """How many bills, what is still owed on them, what was paid."""
    found = bills.order_by().aggregate(
        n=Count("id"), owed=Sum(F("total_rp") - F("reversed_rp") - F("paid_rp")), paid=Sum("paid_rp")
    )
    return Sums(found["n"], found["owed"] or 0, found["paid"] or 0)


def people_under(line: FundingLine) -> int:
    """How many are or were enrolled under a funding line: about how many a bill of it names."""
    return Enrolment.objects.filter(funding_line=line).count()


def outstanding_rp(bill: Bill) -> Rupiah:
    """What is still owed."""
    return bill.total_rp - bill.reversed_rp - bill.paid_rp


@dataclass(frozen=True, slots=True)
class Effect:
    """What a payment would do: worker-months that become active, and what is owed after it."""

    lines: int
    left_rp: Rupiah


def effect_of(bill: Bill, amount_rp: Rupiah) -> Effect:
    """Before it is recorded. Raises PaymentExceedsBill, PaymentSplitsAMonth."""
    outstanding = outstanding_rp(bill)
    if amount_rp > outstanding or amount_rp <= 0:
        raise PaymentExceedsBill(bill.number, amount_rp, outstanding)
    step = step_at(bill.pk, amount_rp)
    if step.amount_rp != amount_rp:
        raise PaymentSplitsAMonth(amount_rp, step.amount_rp, step.next_rp)
    return Effect(step.lines, outstanding - amount_rp)


def people_unpaid(bills: list[Bill]) -> dict[int, int]:
    """How many people each of some bills still waits for: those with a month that is owed and not paid."""
    if not bills:
        return {}
    rows = BillLine.objects.filter(bill__in=bills, live=True, payment__isnull=True).order_by()
    return dict(rows.values_list("bill").annotate(people=Count("worker", distinct=True)))


# --- the list --------------------------------------------------------------------------------------

STATES = ("terbit", "sebagian", "lewat", "menunggu", "lunas", "batal")


def in_state(bills: QuerySet[Bill], state: str, *, on: date) -> QuerySet[Bill]:
    """Bills in one of `STATES`; `lewat` is owed and past its day, `menunggu` has a payment to be confirmed."""
    S = Bill.Status
    if state == "lewat":
        return bills.filter(status__in=[S.ISSUED, S.PARTLY_PAID], due_on__lt=on)
    if state == "menunggu":
        return bills.filter(Exists(Payment.objects.filter(bill=OuterRef("pk"), status=Payment.Status.RECORDED)))
    known = {"terbit": S.ISSUED, "sebagian": S.PARTLY_PAID, "lunas": S.PAID, "batal": S.REVERSED}
    return bills.filter(status=known[state]) if state in known else bills


def of_month(bills: QuerySet[Bill], month: date) -> QuerySet[Bill]:
    """Bills that hold a month."""
    return bills.filter(first_month__lte=month, last_month__gte=month)


def months_billed(bills: QuerySet[Bill]) -> list[date]:
    """Every month that some bill holds, the newest first."""
    found: set[date] = set()
    for first, last in bills.order_by().values_list("first_month", "last_month").distinct():
        found.update(months_in(first, add_months(last, 1)))
    return sorted(found, reverse=True)
