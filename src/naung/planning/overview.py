"""Everything Beranda tells, gathered in few queries: for a territory, for a village, for a donor."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum

from naung.accounts.models import User
from naung.contributions.queries import bills_visible_to
from naung.planning import queries
from naung.planning.queries import Ending, Money, Month
from naung.planning.waiting import Waiting, waiting_for
from naung.programmes.models import FundingLine
from naung.programmes.queries import funding_lines_visible_to
from naung.registry.models import SourceList
from naung.registry.queries import lists_visible_to, workers_visible_to
from naung.rules.money import Rupiah
from naung.rules.periods import add_months, first_of_month

MONTHS_BACK, MONTHS_AHEAD = 10, 3
HISTORY = 12


# --- a village -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class VillageOverview:
    """One village on a day, for the person who hands in its lists."""

    today: date
    month: date
    to_fix: list[SourceList]
    sent: list[SourceList]
    people: int
    this_month: Month
    ends: list[Ending]
    waiting: list[Waiting]

    @property
    def rows_to_fix(self) -> int:
        return sum(one.rejected + one.review for one in self.to_fix)


def village_overview(user: User, *, on: date) -> VillageOverview:
    """Lists to correct first, then the village's people by state."""
    month = first_of_month(on)
    lists = list(lists_visible_to(user)[:40])
    draft = [one for one in lists if one.status == SourceList.Status.DRAFT]
    return VillageOverview(
        today=on,
        month=month,
        to_fix=[one for one in draft if one.rejected or one.review],
        sent=[one for one in lists if one.status == SourceList.Status.SENT][:5],
        people=workers_visible_to(user).order_by().count(),
        this_month=queries.months_of(user, month, month)[0],
        ends=queries.endings(user, on=on, until=add_months(month, 12)),
        waiting=waiting_for(user),
    )


# --- a donor ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pledge:
    """One funding line of a donor: what was promised, billed and paid, and whom it covers this month. No names."""

    line: FundingLine
    billed_rp: Rupiah
    paid_rp: Rupiah
    planned: int
    active: int


@dataclass(frozen=True)
class DonorOverview:
    today: date
    month: date
    pledges: list[Pledge]
    months: list[Month]
    open_bills: int
    open_rp: Rupiah

    @property
    def active(self) -> int:
        return sum(pledge.active for pledge in self.pledges)

    @property
    def money(self) -> Money:
        return Money(
            ceiling_rp=sum(pledge.line.ceiling_rp for pledge in self.pledges),
            billed_rp=sum(pledge.billed_rp for pledge in self.pledges),
            paid_rp=sum(pledge.paid_rp for pledge in self.pledges),
        )


def donor_overview(user: User, *, on: date) -> DonorOverview:
    """Only what this donor's own money does: counts and rupiah, never people."""
    month = first_of_month(on)
    lines = list(funding_lines_visible_to(user))
    first, last = add_months(month, -MONTHS_BACK), add_months(month, MONTHS_AHEAD)
    rows = list(
        queries.totals_visible_to(user)
        .values("funding_line", "month")
        .annotate(p=Sum("planned"), b=Sum("billed"), a=Sum("paid"), brp=Sum("billed_rp"), arp=Sum("paid_rp"))
    )
    bills = bills_visible_to(user).filter(status__in=["issued", "partly_paid"]).order_by()
    owed = list(bills.values_list("total_rp", "paid_rp", "reversed_rp"))
    return DonorOverview(
        today=on,
        month=month,
        pledges=[_pledge(line, [row for row in rows if row["funding_line"] == line.pk], month) for line in lines],
        months=_added_up(rows, first, last),
        open_bills=len(owed),
        open_rp=sum(total - paid - reversed_ for total, paid, reversed_ in owed),
    )


def _pledge(line: FundingLine, rows: list[Any], month: date) -> Pledge:
    sums: Counter[str] = Counter()
    for row in rows:
        sums.update({"brp": row["brp"], "arp": row["arp"]})
        if row["month"] == month:
            sums.update({"p": row["p"], "a": row["a"]})
    return Pledge(line, sums["brp"], sums["arp"], sums["p"], sums["a"])


def _added_up(rows: list[Any], first: date, last: date) -> list[Month]:
    months, month = [], first
    while month <= last:
        sums: Counter[str] = Counter()
        for row in rows:
            if row["month"] == month:
                sums.update({key: row[key] for key in ("p", "b", "a", "brp", "arp")})
        months.append(Month(month, sums["p"], sums["b"], sums["a"], sums["brp"], sums["arp"]))
        month = add_months(month, 1)
    return months
