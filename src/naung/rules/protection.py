"""Whether a person was insured on a day, until when, and from when a death pays in full.

Everything follows from one set: the months of one person that are *paid*. An unpaid month protects
nobody. See `docs/algorithms/death-benefits.md` for the months that do not yet give the full JKM.

The functions here read the law's words plainly: months count as they pass, and a gap starts the count again.
What no source settles (a gap between two budget years, months prepaid at once, an event in a month whose
arrears may still be settled) is asked of the region where a benefit is computed from the whole ledger of
months: `death`. Whether a membership still stands in an unpaid month is `arrears.membership_on`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from naung.refusal import Refusal
from naung.rules.explaining import Explanation, Fact, Step, Words
from naung.rules.law import Cited, Law
from naung.rules.periods import MonthSpan, add_months, date_id, first_of_month, months_between, runs
from naung.saying import Known, Sentence, gettext_noop
from naung.saying import sentence as _


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
    is not settled by any source we read; the words are "consecutive months". `death` asks.)
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


class Entry(StrEnum):
    """By which way a worker came in: each has its own rule on the first day of cover."""

    GENERAL = "general"
    DONOR_LIST = "donor_list"
    PEMDA = "pemda"


@dataclass(eq=False)
class CoverNotBegun(Refusal):
    """A condition for the start of cover is not met yet."""

    code: ClassVar[str] = "cover_not_begun"

    missing: str

    def said(self) -> Sentence:
        return _(
            "Perlindungan belum mulai: %(missing)s.",
            missing=Known(self.missing),
        )


@dataclass(frozen=True, slots=True)
class CoverStart:
    """The first day on which an event is covered, and the rule that says so."""

    day: date
    step: Step
    facts: tuple[Fact, ...]

    @property
    def total(self) -> int:
        return 0

    @property
    def explanation(self) -> Explanation:
        return Explanation(Words("Awal perlindungan", "Start of cover"), self.day, (self.step,), self.facts)


def cover_begins(
    entry: Entry,
    *,
    form_complete_on: date | None,
    first_paid_on: date | None = None,
    pks_starts_on: date | None = None,
    letter: bool = False,
    law: Law,
) -> CoverStart:
    """The first day of cover of a worker who came in by `entry`.

    GENERAL: the form is complete and the first contribution paid in full. DONOR_LIST, a worker added to
    the list of a donor, employer or wadah that already pays: the complete form was received (or the
    electronic entry accepted); the payment is not waited for. PEMDA: the general rule, or the start date
    in the PKS where a `letter` of the regional office says so. The law of the day found counts.

    Raises CoverNotBegun while a condition is not met, NotInForce before the known rule (April 2021,
    July 2022 for the two others).

    Source: Permenaker 5/2021 jo. 1/2025 (recalled for BPU); Perdir BPJS TK 22/PERDIR.02/072022; Probis
    Kepesertaan 908.
    """
    if entry is Entry.PEMDA and letter:
        day = _known(pks_starts_on, gettext_noop("tanggal mulai dalam PKS belum ada"))
        rule = law.words("bpu.cover_start.pemda").cited(day)
        words = Words(
            f"Mulai {date_id(day)}, tanggal mulai dalam PKS, dengan surat kantor wilayah",
            f"From {day.isoformat()}, the start date in the PKS, on a letter of the regional office",
        )
        return _cover_start(day, words, rule, {"pks_starts_on": day})
    complete = _known(form_complete_on, gettext_noop("formulir belum lengkap"))
    if entry is Entry.DONOR_LIST:
        rule = law.words("bpu.cover_start.new_worker_in_donor_list").cited(complete)
        words = Words(
            f"Mulai {date_id(complete)}, hari formulir lengkap diterima",
            f"From {complete.isoformat()}, the day the complete form was received",
        )
        return _cover_start(complete, words, rule, {"form_complete_on": complete})
    paid = _known(first_paid_on, gettext_noop("iuran pertama belum dibayar"))
    day = max(complete, paid)
    rule = law.words("bpu.cover_start.general").cited(day)
    words = Words(
        f"Mulai {date_id(day)}, hari formulir lengkap dan iuran pertama lunas",
        f"From {day.isoformat()}, the day the form was complete and the first contribution paid",
    )
    return _cover_start(day, words, rule, {"form_complete_on": complete, "first_paid_on": paid})


def _known(day: date | None, missing: str) -> date:
    if day is None:
        raise CoverNotBegun(missing)
    return day


_DAYS = {
    "form_complete_on": Words("Formulir lengkap", "Form complete"),
    "first_paid_on": Words("Iuran pertama lunas", "First contribution paid"),
    "pks_starts_on": Words("Tanggal mulai PKS", "Start date of the PKS"),
}


def _cover_start(day: date, words: Words, rule: Cited[str], days: dict[str, date]) -> CoverStart:
    facts = tuple(Fact(name, _DAYS[name], Words(date_id(on), on.isoformat())) for name, on in days.items())
    return CoverStart(day, Step("cover_start", words, citations=(rule.citation,)), facts)
