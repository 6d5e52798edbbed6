"""What Beranda tells a village, gathered in few queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from naung.accounts.models import User
from naung.planning import queries
from naung.planning.queries import Ending, Month
from naung.planning.waiting import Waiting, waiting_for
from naung.registry.models import SourceList
from naung.registry.queries import lists_visible_to, workers_visible_to
from naung.rules.periods import add_months, first_of_month


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
