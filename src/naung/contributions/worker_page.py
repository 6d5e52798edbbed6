"""What the page of one worker says: covered today or not, until when, what that means, what happened, who looked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from naung.accounts.permissions import Role
from naung.audit.models import Record
from naung.audit.queries import REVEALED, records_of
from naung.contributions import queries
from naung.contributions.queries import MonthOfCover, Protected
from naung.coverage.models import Departure, Enrolment
from naung.lawbook.queries import decisions_for
from naung.refusal import Refusal
from naung.registry.models import Worker
from naung.rules.death import CauseOfDeath
from naung.rules.law import Law
from naung.rules.money import Rupiah
from naung.rules.periods import MonthSpan, add_months, first_of_month, months_between, runs
from naung.rules.protection import full_jkm_if_paid_on
from naung.selection.models import Candidate, Round

RECORDS = 40
_SOON_DAYS = 30
_MONTHS_A_YEAR = 12
_SCHOLARSHIP = "scholarship.jkm_min_years"


@dataclass(frozen=True, slots=True)
class OnDeath:
    """What the family would receive for a death that is not of work: one amount, or from one to another.

    `confidence` is the mark of the weakest number in it; `open_question` where the region has not decided.
    """

    least: Rupiah
    most: Rupiah
    confidence: str = "read"
    open_question: bool = False
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """One person on one day. Programme end and paid-until are two dates and are never mixed.

    `cut_on` is the first day without cover after the last paid run that lies behind; `state` is the badge.
    """

    state: str
    protection: Protected
    programme_ends: date | None
    paid_until: date | None
    cut_on: date | None
    cut_days: int
    current: Enrolment | None
    latest: Enrolment | None
    departure: Departure | None
    on_death: OnDeath | None
    paid: Sequence[MonthOfCover]
    paid_rp: Rupiah
    rate_rp: Rupiah
    paid_spans: Sequence[MonthSpan]
    full_from: date | None
    scholarship_left: int | None


def standing_of(
    worker: Worker, enrolments: Sequence[Enrolment], months: Sequence[MonthOfCover], *, today: date, law: Law
) -> Standing:
    """Where a worker stands on `today`, from stretches and months that were read before."""
    day = worker.died_on or today
    protection = queries.protection_from(months, day, died_on=worker.died_on, law=law)
    whole = [one for one in enrolments if not one.period.isempty]
    paid = [one for one in months if one.active]
    spans = runs(frozenset(one.month for one in paid))
    behind = [span for span in spans if span.last_day < today]
    cut_on = behind[-1].end if behind and not protection.covered and not worker.died_on else None
    latest = max(whole, key=lambda one: one.period.upper, default=None)
    return Standing(
        state=_state(worker, whole, protection, today),
        protection=protection,
        programme_ends=latest.period.upper - timedelta(days=1) if latest else None,
        paid_until=spans[-1].last_day if spans else None,
        cut_on=cut_on,
        cut_days=(today - cut_on).days + 1 if cut_on else 0,
        current=_current(enrolments, today),
        latest=latest,
        departure=next((one.departure for one in reversed(enrolments) if hasattr(one, "departure")), None),
        on_death=on_death_of(worker, months, day, law),
        paid=paid,
        paid_rp=sum(one.total_rp for one in paid),
        rate_rp=next((one.total_rp for one in reversed(months) if one.live), 0),
        paid_spans=spans,
        full_from=_full_from(protection, day, law),
        scholarship_left=_scholarship_left(protection, law),
    )


def on_death_of(worker: Worker, months: Sequence[MonthOfCover], day: date, law: Law) -> OnDeath | None:
    """The cash of a death on `day` that is not of work, by the paid months; None where nothing is due."""
    decisions = decisions_for(worker.area_code[:4])
    try:
        account = queries.death_account(
            months, day, cause=CauseOfDeath.OTHER, income_rp=None, law=law, decisions=decisions
        )
    except Refusal:
        return None
    ways = [way.explanation for answers in account.ways.values() for way in answers if way.explanation]
    told = [account.explanation] if account.explanation else ways
    if not told:
        return None
    totals = [one.total for one in told]
    return OnDeath(
        min(totals),
        max(totals),
        "recalled" if any(one.recalled for one in told) else "read",
        open_question=account.unanswered is not None,
        inferred=any(one.inferred for one in told),
    )


def chosen_ahead(candidacies: Sequence[Candidate]) -> list[tuple[date, date]]:
    """The stretches for which an open round has chosen the worker, and nobody has signed a decree yet."""
    waiting = {Round.Status.DRAFT, Round.Status.SUBMITTED}
    return [
        (one.round.first_month, one.round.programme.ends_on)
        for one in candidacies
        if one.outcome == Candidate.Outcome.CHOSEN and one.round.status in waiting
    ]


@dataclass(frozen=True, slots=True)
class Row:
    """Months in a row that cost the same, are paid from one line and stand alike; `state` is their badge."""

    first: date
    last: date
    months: Sequence[MonthOfCover]
    state: str

    @property
    def total_rp(self) -> Rupiah:
        return sum(one.total_rp for one in self.months)


def rows_of_months(months: Sequence[MonthOfCover], *, this_month: date, each: bool = False) -> list[Row]:
    """The months of a worker, newest first; with `each` one row a month."""
    rows: list[Row] = []
    for one in months:
        state = _month_state(one, this_month)
        last = rows[-1] if rows else None
        if (
            last is not None
            and not each
            and last.state == state
            and add_months(last.last, 1) == one.month
            and last.months[-1].funding_line.pk == one.funding_line.pk
            and last.months[-1].total_rp == one.total_rp
        ):
            rows[-1] = Row(last.first, one.month, [*last.months, one], state)
        else:
            rows.append(Row(one.month, one.month, [one], state))
    return rows[::-1]


def _month_state(one: MonthOfCover, this_month: date) -> str:
    if not one.live:
        return "dibatalkan"
    if not one.active:
        return "ditagihkan"
    return "aktif" if one.month == this_month else "lunas"


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody had the numbers shown in full."""

    record: Record
    role: str


def records_about(worker: Worker) -> list[Record]:
    """What the audit trail says about a worker, newest first."""
    return list(records_of("worker", worker.pk)[:RECORDS])


def looks_in(records: Sequence[Record]) -> list[Look]:
    """«Siapa melihat data ini», from records that were read before."""
    roles = {value: str(label) for value, label in Role.choices}
    return [Look(one, roles.get(one.actor_role, _("Sistem"))) for one in records if one.action == REVEALED]


def _current(enrolments: Sequence[Enrolment], today: date) -> Enrolment | None:
    """The stretch that somebody can still leave: it holds today or lies ahead."""
    open_ones = [one for one in enrolments if not one.period.isempty and one.period.upper > today]
    return next((one for one in open_ones if not hasattr(one, "departure")), None)


def current_of(enrolments: Sequence[Enrolment], today: date) -> Enrolment | None:
    return _current(enrolments, first_of_month(today))


def _state(worker: Worker, whole: Sequence[Enrolment], protection: Protected, today: date) -> str:
    """The badge beside the name: what holds today."""
    if worker.died_on:
        return "wafat"
    if protection.covered:
        assert protection.until is not None
        return "akan_berakhir" if (protection.until - today).days <= _SOON_DAYS else "aktif"
    if any(today < stretch.period.lower for stretch in whole):
        return "ditetapkan"
    return "tidak_terlindungi" if whole else ""


def _full_from(protection: Protected, day: date, law: Law) -> date | None:
    """From when a death pays in full, if every month goes on being paid; None while nothing is paid."""
    if protection.full_jkm_from:
        return protection.full_jkm_from
    return full_jkm_if_paid_on(first_of_month(protection.since), law) if protection.since else None


def _scholarship_left(protection: Protected, law: Law) -> int | None:
    """How many paid months in a row are missing until a death opens the scholarship; None where it is not known."""
    years = law.count(_SCHOLARSHIP).find(protection.on)
    if years is None or not protection.covered or protection.since is None:
        return None
    needed = add_months(first_of_month(protection.since), years.value * _MONTHS_A_YEAR - 1)
    return max(0, months_between(first_of_month(protection.on), needed))
