"""The picture of one worker over time: cover, who pays, contributions, tier of benefit. From the ledger and the law."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from naung.contributions.queries import MonthOfCover
from naung.coverage.models import Enrolment
from naung.rules.contributions import Payer
from naung.rules.dated import NotInForce
from naung.rules.death import death_benefit
from naung.rules.law import Law
from naung.rules.money import Rupiah
from naung.rules.periods import add_months, first_of_month, last_of_month, months_between, months_in
from naung.rules.protection import consecutive_months, full_jkm_if_paid_on
from naung.rules.scholarship import jkm_gives_scholarship
from naung.ui.charts import Lane, Stretch
from naung.ui.formats import month_short, rupiah_short

WIDTH_MONTHS = 12
_PAYER_LOOKS = {
    Payer.APBD_PROV: "payer_provinsi",
    Payer.DBH_SAWIT: "payer_dbh",
    Payer.DBHCHT: "payer_dbh",
    Payer.CSR: "payer_csr",
    Payer.DONOR: "payer_csr",
    Payer.ZAKAT: "payer_csr",
    Payer.SELF: "payer_mandiri",
}


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the chart tag draws: `ends_on` is the last planned day."""

    lanes: tuple[Lane, ...]
    first: date
    months: int
    ends_on: date | None


def timeline_of(
    enrolments: Sequence[Enrolment],
    months: Sequence[MonthOfCover],
    *,
    today: date,
    law: Law,
    first: date | None = None,
    chosen: Sequence[tuple[date, date]] = (),
    died_on: date | None = None,
) -> Timeline | None:
    """Twelve months around a worker's latest cover, or from `first`; None for somebody never enrolled or billed.

    `chosen` are stretches [first month, end) for which a round has chosen the worker and no decree is signed yet.
    Nothing is drawn as unprotected after `died_on`.
    """
    periods = [(one.period.lower, one.period.upper) for one in enrolments if not one.period.isempty]
    alive = [one for one in months if one.live]
    if not periods and not alive:
        return None
    starts = [start for start, _end in periods] or [min(one.month for one in alive)]
    ends = [end for _start, end in periods] + [add_months(one.month, 1) for one in alive]
    begin, width = _window(max(starts), max(ends))
    begin, end = first or begin, max(ends)
    ahead = sorted((max(start, end), stop) for start, stop in chosen if stop > end)
    facts = _Facts(
        planned=sorted({month for start, stop in periods for month in months_in(start, stop)}),
        paid=frozenset(one.month for one in alive if one.active),
        billed=frozenset(one.month for one in alive),
        end=end,
        window_end=add_months(begin, width),
        this_month=first_of_month(died_on or today),
        law=law,
        ahead=tuple(ahead),
        alive=died_on is None,
    )
    lanes = (
        Lane(_("Perlindungan"), _("JKK dan JKM"), tuple(_cover(facts))),
        Lane(_("Sumber dana"), _("siapa yang membayar"), tuple(_payers(enrolments, facts))),
        Lane(_("Iuran"), _("bulan demi bulan"), tuple(_payments(facts))),
        Lane(_("Jenjang manfaat"), _("JKM, bila wafat"), tuple(_tiers(facts))),
    )
    return Timeline(lanes, begin, width, end - timedelta(days=1))


def _window(start: date, end: date) -> tuple[date, int]:
    """First month and how many: a short stretch stands in the middle; a year is whole, with a month after its end."""
    room = WIDTH_MONTHS - months_between(start, end)
    if room > 0:
        return add_months(start, -(room // 3)), WIDTH_MONTHS
    return add_months(end, -WIDTH_MONTHS), WIDTH_MONTHS + 1


@dataclass(frozen=True, slots=True)
class _Facts:
    planned: list[date]
    paid: frozenset[date]
    billed: frozenset[date]
    end: date
    window_end: date
    this_month: date
    law: Law
    ahead: tuple[tuple[date, date], ...] = ()
    alive: bool = True

    @property
    def unfunded(self) -> tuple[date, date] | None:
        """From the end of every decree to the first month for which the worker is chosen again."""
        start = self.ahead[0][0] if self.ahead else self.window_end
        return (self.end, start) if self.alive and self.end < start else None

    @property
    def all_months(self) -> list[date]:
        return sorted({*self.planned, *self.billed})


def _runs(months: Iterable[date], state_of: dict[date, str]) -> list[tuple[str, date, date, int]]:
    """Months in a row with one state: (state, first, end, how many); half-open."""
    numbered = [(month, add_months(month, -place)) for place, month in enumerate(sorted(months))]
    found = []
    for (state, _anchor), group in groupby(numbered, key=lambda pair: (state_of[pair[0]], pair[1])):
        members = [month for month, _ in group]
        found.append((state, members[0], add_months(members[-1], 1), len(members)))
    return found


def _cover(facts: _Facts) -> list[Stretch]:
    def state(month: date) -> str:
        if month in facts.paid:
            return "covered"
        return "promised" if month > facts.this_month else "gap"

    words = {
        "covered": lambda n: ngettext("Terlindungi, %(n)s bulan", "Terlindungi, %(n)s bulan", n) % {"n": n},
        "promised": lambda n: _("Direncanakan SK, belum dibayar"),
        "gap": lambda n: _("Tidak terlindungi"),
    }
    states = {month: state(month) for month in facts.all_months}
    found = [
        Stretch(first, end, words[look](count), look) for look, first, end, count in _runs(facts.all_months, states)
    ]
    until = min(facts.window_end, add_months(facts.this_month, 1))
    if facts.unfunded and facts.end < until:
        found.append(Stretch(facts.end, min(until, facts.unfunded[1]), _("Tidak terlindungi"), "gap"))
    return found + [Stretch(start, stop, _("Terpilih, SK belum terbit"), "promised") for start, stop in facts.ahead]


def _payers(enrolments: Sequence[Enrolment], facts: _Facts) -> list[Stretch]:
    found = [
        Stretch(
            one.period.lower,
            one.period.upper,
            one.funding_line.name,
            _PAYER_LOOKS.get(Payer(one.funding_line.payer), "payer"),
        )
        for one in enrolments
        if not one.period.isempty
    ]
    if facts.unfunded:
        found.append(Stretch(*facts.unfunded, _("Belum ada sumber dana"), "no_payer"))
    return found


def _payments(facts: _Facts) -> list[Stretch]:
    found = [Stretch(month, add_months(month, 1), _("lunas"), "paid") for month in sorted(facts.paid)]
    open_months = [month for month in facts.all_months if month not in facts.paid]
    states = {month: "billed" if month in facts.billed else "unpaid" for month in open_months}
    words = {"billed": _("Ditagihkan, belum dibayar"), "unpaid": _("Belum ditagihkan")}
    found += [Stretch(first, end, words[look], look) for look, first, end, _n in _runs(open_months, states)]
    return sorted(found, key=lambda piece: piece.first)


def _tiers(facts: _Facts) -> list[Stretch]:
    """What a death in each paid month would pay, by the law of that month; for what is unpaid, from when in full."""
    tiers = {}
    for month in sorted(facts.paid):
        if tier := _tier(month, consecutive_months(month, facts.paid), facts.law):
            tiers[month] = tier
    words = {month: label for month, (label, _full) in tiers.items()}
    found = [
        Stretch(first, end, label, "full" if tiers[first][1] else "limited")
        for label, first, end, _n in _runs(words, words)
    ]
    unpaid = [month for month in facts.planned if month not in facts.paid and month >= facts.this_month]
    if unpaid:
        run_start = _start_of_run(unpaid[0], facts.paid)
        from_month = full_jkm_if_paid_on(run_start, facts.law)
        if from_month <= unpaid[0]:
            label = _("Penuh, bila iuran terus dibayar")
        elif from_month > unpaid[-1]:
            label = _("Terbatas; penuh baru mulai %(month)s") % {"month": month_short(from_month, language=_language())}
        else:
            label = _("Penuh mulai %(month)s, bila iuran tidak terputus") % {
                "month": month_short(from_month, language=_language())
            }
        found.append(Stretch(unpaid[0], add_months(unpaid[-1], 1), label, "not_yet"))
    until = min(facts.window_end, add_months(facts.this_month, 1))
    if facts.unfunded and facts.end < until:
        found.append(Stretch(facts.end, min(until, facts.unfunded[1]), _("Tidak ada santunan"), "not_yet"))
    return found


@lru_cache(maxsize=512)
def _tier_amount(month: date, in_a_row: int, law: Law) -> tuple[Rupiah, bool, bool] | None:
    """What the last day of a paid month pays, whether in full, and whether with the scholarship."""
    last = last_of_month(month)
    try:
        benefit = death_benefit(last, months_paid=in_a_row, law=law)
    except NotInForce:
        return None
    try:
        schooling = jkm_gives_scholarship(last, months_paid=in_a_row, law=law)
    except NotInForce:
        schooling = False
    return benefit.total, benefit.full, schooling


def _tier(month: date, in_a_row: int, law: Law) -> tuple[str, bool] | None:
    found = _tier_amount(month, in_a_row, law)
    if found is None:
        return None
    total, full, schooling = found
    if schooling:
        pattern = _("Penuh: %(amount)s dan beasiswa anak")
    else:
        pattern = _("Penuh: %(amount)s") if full else _("Terbatas: %(amount)s")
    return pattern % {"amount": rupiah_short(total, language=_language())}, full


def _language() -> str:
    return get_language() or "id"


def _start_of_run(month: date, paid: frozenset[date]) -> date:
    while add_months(month, -1) in paid:
        month = add_months(month, -1)
    return month
