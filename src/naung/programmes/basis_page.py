"""What a programme stands on and who runs it, as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.accounts.territory import sees_area
from naung.agreements.models import Agreement
from naung.programmes.models import OwnerChange, Programme, ProgrammeBasis
from naung.programmes.standing import MonthStands, Standing, standing
from naung.rules.periods import add_months, runs
from naung.ui.formats import MONTHS_SHORT, month_short, spoken

_TONES = {
    Agreement.Stage.IN_FORCE: "ok",
    Agreement.Stage.SIGNED: "info",
    Agreement.Stage.ENDED: "",
}


@dataclass(frozen=True, slots=True)
class BarMonth:
    """One month of the bar: `tone` is "ada", "alasan" or "tanpa"; `words` say the same aloud."""

    short: str
    year: int | None
    tone: str
    words: str


@dataclass(frozen=True, slots=True)
class Under:
    """One agreement: how many months it helps to cover, its last day, and the months it leaves without anything."""

    basis: ProgrammeBasis
    agreement: Agreement
    months: int
    tone: str
    last_day: date | None
    without: str
    url: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A written reason and the months it answers for now."""

    basis: ProgrammeBasis
    months: str


@dataclass(frozen=True)
class BasisShown:
    standing: Standing
    bar: list[BarMonth]
    under: list[Under]
    answered: list[Answered]
    without: str

    @property
    def nothing(self) -> bool:
        return not self.under and not self.answered

    @property
    def wanting(self) -> int:
        return len(self.standing.uncovered)


def basis_of(programme: Programme, user: User) -> BasisShown:
    """The agreements, the bar of months, reasons and warnings; links only to what the reader may open."""
    rows = ProgrammeBasis.objects.select_related("agreement", "made_by").prefetch_related("agreement__addenda")
    prefetch_related_objects([programme], Prefetch("bases", rows.filter(removed_at=None)))
    found = standing(programme)
    return BasisShown(
        standing=found,
        bar=[_bar_month(one, place) for place, one in enumerate(found.months)],
        under=[_under(one, found, programme, user) for one in found.under],
        answered=[
            Answered(one, _spans([m.month for m in found.months if m.missing and m.reason == one.pk]))
            for one in found.reasons
        ],
        without=_spans(found.uncovered),
    )


def _bar_month(one: MonthStands, place: int) -> BarMonth:
    tongue = spoken(get_language())
    if one.covered:
        tone, words = "ada", _("ada perjanjian")
    elif one.reason is not None:
        tone, words = "alasan", _("dengan alasan tertulis")
    else:
        tone, words = "tanpa", _("belum ada dasar")
    year = one.month.year if place == 0 or one.month.month == 1 else None
    return BarMonth(MONTHS_SHORT[tongue][one.month.month - 1], year, tone, words)


def _under(basis: ProgrammeBasis, found: Standing, programme: Programme, user: User) -> Under:
    agreement = basis.agreement
    assert agreement is not None
    ends = min((day for day in (agreement.ended_on, agreement.ends_on) if day is not None), default=None)
    after = [month for month in found.uncovered if ends is not None and ends < add_months(month, 1)]
    reads = user.may(Permission.AGREEMENTS_VIEW) and sees_area(user, agreement.area_code)
    return Under(
        basis=basis,
        agreement=agreement,
        months=sum(1 for one in found.months if agreement.pk in one.agreements),
        tone=_TONES.get(Agreement.Stage(agreement.stage), "wait"),
        last_day=ends - timedelta(days=1) if ends else None,
        without=_spans(after) if ends is not None and ends < programme.ends_on else "",
        url=reverse("agreements:detail", args=[agreement.pk]) if reads else "",
    )


def _spans(months: Iterable[date]) -> str:
    """`Nov 2026 – Des 2026, Feb 2027`."""
    tongue = spoken(get_language())
    words = []
    for span in runs(set(months)):
        first, last = (month_short(day, language=tongue) for day in (span.first, add_months(span.end, -1)))
        words.append(first if first == last else f"{first} – {last}")
    return ", ".join(words)


@dataclass(frozen=True)
class Owners:
    """Who runs a programme today, and every handing over, the newest first; `ahead` are those still to come."""

    now: str
    changes: list[OwnerChange]
    ahead: OwnerChange | None


def owners_of(programme: Programme) -> Owners:
    today = timezone.localdate()
    rows = OwnerChange.objects.select_related("now", "was", "made_by")
    prefetch_related_objects([programme], Prefetch("owner_changes", rows))
    changes = list(programme.owner_changes.all())
    ahead = next((one for one in changes if one.since > today), None)
    return Owners(programme.owner_on(today).name, changes[::-1], ahead)
