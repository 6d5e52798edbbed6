"""What happened to one worker, newest first, told from the rows that every stage wrote. No row, no event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from naung.accounts.permissions import Permission
from naung.accounts.territory import Viewer
from naung.audit.models import Record
from naung.audit.queries import REVEALED
from naung.contributions.models import Bill
from naung.contributions.queries import MonthOfCover
from naung.coverage.models import Enrolment
from naung.registry.models import SourceRow, Worker
from naung.rules.periods import MonthSpan, runs
from naung.selection.models import Candidate

SHOWN = 7


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history. `first` and `last` are the months it is about; `tone` is "", "bad", "next" or "ok"."""

    on: date
    words: str
    note: str = ""
    url: str = ""
    tone: str = ""
    first: date | None = None
    last: date | None = None


def history_of(
    worker: Worker,
    viewer: Viewer,
    *,
    today: date,
    lists: Iterable[SourceRow],
    candidacies: Iterable[Candidate],
    enrolments: Sequence[Enrolment],
    months: Sequence[MonthOfCover],
    records: Iterable[Record],
) -> list[Event]:
    """Every event of a worker, the newest first; links only to pages that the viewer may open."""
    events = [
        *_handed_in(lists),
        *_judged(candidacies, enrolments, viewer),
        *_enrolled(enrolments, viewer),
        *_billed(months, viewer),
        *_ended(months, today, worker.died_on),
        *_recorded(records),
    ]
    if worker.died_on:
        events.append(Event(worker.died_on, _("Wafat"), tone="bad"))
    # What happened on one day stands in the order of the chain, the last step on top.
    return [event for _place, event in sorted(enumerate(events), key=lambda pair: (pair[1].on, pair[0]), reverse=True)]


def _handed_in(lists: Iterable[SourceRow]) -> Iterator[Event]:
    for row in lists:
        yield Event(
            timezone.localdate(row.list.received_at),
            _("Diusulkan dalam daftar"),
            _("%(file)s, baris %(row)s") % {"file": row.list.filename, "row": row.row},
            reverse("registry:row", args=[row.list_id, row.ordinal]),
            tone="next",
        )


def may_ask_why(viewer: Viewer, one: Candidate) -> bool:
    """Whether the page of a decision opens for somebody: a village sees its people, not the rounds of its city."""
    return viewer.may(Permission.PROGRAMMES_VIEW) and one.round.programme.area_code.startswith(viewer.area_code)


def _judged(candidacies: Iterable[Candidate], enrolments: Sequence[Enrolment], viewer: Viewer) -> Iterator[Event]:
    """Decisions of rounds; one that a decree followed is told by the decree."""
    decreed = {one.decree.round_id for one in enrolments}
    words = {
        Candidate.Outcome.CHOSEN: _("Terpilih dalam seleksi"),
        Candidate.Outcome.WAITING: _("Masuk daftar cadangan"),
    }
    for one in candidacies:
        if one.round_id not in decreed:
            yield Event(
                one.round.on,
                words.get(Candidate.Outcome(one.outcome), _("Tidak memenuhi syarat")),
                one.round.programme.name,
                reverse("selection:why", args=[one.round_id, one.worker_id]) if may_ask_why(viewer, one) else "",
                tone="next",
            )


def _enrolled(enrolments: Sequence[Enrolment], viewer: Viewer) -> Iterator[Event]:
    may_open = viewer.may(Permission.PROGRAMMES_VIEW)
    for one in enrolments:
        url = reverse("selection:decree", args=[one.decree_id]) if may_open else ""
        words = _("Ditetapkan SK %(number)s") % {"number": one.decree.number}
        yield Event(one.decree.decided_on, words, one.programme.name, url)
        if hasattr(one, "departure"):
            yield Event(
                one.departure.happened_on,
                _("Keluar dari program: %(why)s") % {"why": one.departure.get_reason_display()},
                _("Bukti: %(evidence)s") % {"evidence": one.departure.evidence},
                tone="bad",
            )


def _billed(months: Sequence[MonthOfCover], viewer: Viewer) -> Iterator[Event]:
    """One event a bill, with the worker's months in it: told as paid once it is, so that nothing stands here twice."""
    may_open = viewer.may(Permission.BILLS_VIEW)

    def page_of(bill: Bill) -> str:
        return reverse("contributions:bill", args=[bill.pk]) if may_open else ""

    def key(one: MonthOfCover) -> tuple[int, int, bool]:
        return (one.bill.pk, one.payment.pk if one.payment else 0, one.live)

    for _key, group in groupby(sorted(months, key=lambda one: (key(one), one.month)), key=key):
        its = list(group)
        bill, payment, live = its[0].bill, its[0].payment, its[0].live
        if payment is None:
            words = _("Iuran ditagihkan") if live else _("Iuran ditagihkan, kemudian dibatalkan")
            on, note, tone = bill.issued_on, bill.number, "next"
        else:
            words = _("Iuran lunas") if live else _("Iuran dibayar, kemudian dikembalikan")
            note = _("%(bill)s, SP2D %(number)s") % {"bill": bill.number, "number": payment.sp2d_number}
            on, tone = payment.paid_on, "ok" if live else "next"
        yield Event(on, words, note, page_of(bill), tone, its[0].month, its[-1].month)


def _ended(months: Sequence[MonthOfCover], today: date, died_on: date | None) -> Iterator[Event]:
    """The last day of each paid run that lies behind."""
    for run in _runs(months):
        if run.last_day < today and not (died_on and run.first <= died_on <= run.last_day):
            yield Event(run.last_day, _("Perlindungan berakhir"), tone="bad")


def _runs(months: Sequence[MonthOfCover]) -> Sequence[MonthSpan]:
    return list(runs(frozenset(one.month for one in months if one.active)))


def _recorded(records: Iterable[Record]) -> Iterator[Event]:
    """What only the audit trail knows: cards made and withdrawn."""
    words = {"cards.renew": _("Kode kartu baru dibuat"), "cards.withdraw": _("Kartu ditarik")}
    for one in records:
        if one.action != REVEALED and one.action in words:
            yield Event(timezone.localdate(one.at), words[one.action], tone="next")
