"""Beranda of those who work through lists: the tasks of this person first, then where the region stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.audit.chain import ChainState, newest_state
from naung.planning import queries
from naung.planning.queries import Coverage, Month
from naung.planning.tasks import Task, all_done_until, told
from naung.planning.waiting import Waiting, waiting_for
from naung.rules.money import Rupiah
from naung.rules.periods import add_months, first_of_month

#: Work due within these days is what the day is about; the rest can wait.
SOON_DAYS = 7
HORIZON_DAYS = 30


@dataclass(frozen=True)
class WorkHome:
    """What waits for one person on a day, and the few figures that say why it matters."""

    today: date
    month: date
    waiting: list[Waiting]
    tasks: list[Task]
    months: list[Month]
    coverage: Coverage | None
    done_until: date
    chain: ChainState | None

    @property
    def late(self) -> int:
        return sum(task.late for task in self.tasks)

    @property
    def soon(self) -> list[Task]:
        """Late, or due within a week."""
        return [task for task in self.tasks if task.days is not None and task.days <= SOON_DAYS]

    @property
    def later(self) -> list[Task]:
        return [task for task in self.tasks if task.days is None or task.days > SOON_DAYS]

    @property
    def this_month(self) -> Month:
        return self.months[0]

    @property
    def at_stake_rp(self) -> Rupiah:
        """What is owed on the bills that wait for this person."""
        return sum(one.amount_rp for one in self.waiting if one.kind in ("bill_to_pay", "bill_to_follow"))


def work_home(user: User, *, on: date) -> WorkHome:
    """Beranda of an officer, the branch, the treasury, an auditor or an admin."""
    month = first_of_month(on)
    waiting = waiting_for(user, on=on)
    figure = queries.figures_visible_to(user).filter(area_code=user.area_code, as_of__lte=on).first()
    return WorkHome(
        today=on,
        month=month,
        waiting=waiting,
        tasks=told(waiting, on=on),
        months=queries.months_of(user, month, add_months(month, 2)),
        coverage=queries.coverage_from(figure, on=on, user=user) if figure else None,
        done_until=all_done_until(waiting, on=on, horizon=on + timedelta(days=HORIZON_DAYS)),
        chain=newest_state(user) if user.may(Permission.AUDIT_VIEW) else None,
    )
