"""What the pages of bills add up: worker-months of a bill by month and price, and bills by status."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet, Sum

from naung.contributions.models import Bill, BillLine
from naung.coverage.models import Enrolment
from naung.programmes.models import FundingLine
from naung.rules.money import Rupiah


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
