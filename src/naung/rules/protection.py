"""Whether a person was insured on a day, until when, and from when a death pays in full.

Everything follows from one set: the months of one person that are *paid*. An unpaid month protects
nobody. See `docs/algorithms/death-benefits.md` for the months that do not yet give the full JKM.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from naung.rules.law import Law
from naung.rules.periods import MonthSpan, add_months, first_of_month, months_between, runs


@dataclass(frozen=True, slots=True)
class Protection:
    """One person on one day.

    `since` and `until` are the first and the last day of the unbroken paid run that holds the day;
    `months` counts its months up to and including the month of the day (0 when not covered).
    """

    on: date
    covered: bool
    since: date | None
    until: date | None
    months: int


def protection_on(day: date, months: Collection[date]) -> Protection:
    """Is a person with these paid months covered on `day`?

    A paid month covers all its days. The first paid month does so only from the day of registration
    or the start date of the PKS, which the caller must hold against the day of the event.
    """
    run = _run_with(day, months)
    if run is None:
        return Protection(day, covered=False, since=None, until=None, months=0)
    return Protection(day, covered=True, since=run.first, until=run.last_day, months=_counted(run, day))


def consecutive_months(day: date, months: Collection[date]) -> int:
    """Consecutive paid months up to and including the month of `day`; 0 when that month is unpaid.

    A missing month starts the count again. (Whether a gap between two budget years really does so
    is not settled by any source we read; the words are "consecutive months".)
    """
    run = _run_with(day, months)
    return 0 if run is None else _counted(run, day)


def qualifying_months(law: Law, on: date) -> int:
    """How many first months of a run do not give the full JKM to a BPU worker who dies on `on`.

    0 where no waiting time is known: PP 44/2015 has none, so silence here means that full JKM is due.
    """
    waiting = law.count("jkm.bpu.min_months").find(on)
    return 0 if waiting is None else waiting.value


def full_jkm_from(months: Collection[date], law: Law, *, on: date | None = None) -> date | None:
    """The first day from which a death pays the full JKM, in the paid run that holds `on`.

    By the law of `on` (default: the last paid day): since Permenaker 1/2025 that is the first day of
    the fourth month of the run. None when the paid months end before it, or `on` is not covered: a
    three-month programme never reaches full JKM.
    """
    if on is None:
        if not months:
            return None
        on = MonthSpan(max(months), add_months(max(months), 1)).last_day
    run = _run_with(on, months)
    if run is None:
        return None
    full_from = add_months(run.first, qualifying_months(law, on))
    return full_from if full_from < run.end else None


def full_jkm_if_paid_on(first_month: date, law: Law) -> date:
    """The day from which full JKM would be due if every month from `first_month` on is paid.

    What to tell a worker or a planner before the months are paid. For a run that began shortly before
    Permenaker 1/2025 the answer holds by the law of its first months; ask `full_jkm_from` for a day.
    """
    month = first_of_month(first_month)
    while months_between(first_month, month) < qualifying_months(law, month):
        month = add_months(month, 1)
    return month


def _run_with(day: date, months: Collection[date]) -> MonthSpan | None:
    return next((run for run in runs(frozenset(months)) if day in run), None)


def _counted(run: MonthSpan, day: date) -> int:
    return months_between(run.first, day) + 1
