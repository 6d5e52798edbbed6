"""Under which agreement a programme stands, month by month, and which months have none.

A month stands when every one of its days lies in the term of an agreement in force, for every programme of the law in
the package and for workers who earn no wage (segment BPU). Several agreements may follow each other within a month. A
month without is answered for by a written reason, or by nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from naung.agreements.models import Agreement, Segment
from naung.agreements.terms import covered
from naung.programmes.models import Programme, ProgrammeBasis
from naung.programmes.refusals import MonthsWithoutBasis
from naung.rules.periods import MonthSpan, add_months, runs


@dataclass(frozen=True, slots=True)
class Held:
    """Days on which an agreement in force covers one programme of the law: `first` up to, not including, `end`."""

    agreement: int
    programme: str
    first: date
    end: date


@dataclass(frozen=True, slots=True)
class Excused:
    """Months that somebody gave a reason for: `first` up to, not including, `end`."""

    basis: int
    first: date
    end: date


@dataclass(frozen=True, slots=True)
class MonthStands:
    """One month. `agreements` hold on some of its days; `missing` are the programmes of the law with a day that none
    covers; `reason` is the basis that answers for it."""

    month: date
    agreements: tuple[int, ...]
    missing: tuple[str, ...]
    reason: int | None

    @property
    def covered(self) -> bool:
        return not self.missing

    @property
    def uncovered(self) -> bool:
        return bool(self.missing) and self.reason is None


@dataclass(frozen=True)
class Standing:
    """Every month of a programme, in order, and the rows it stands on."""

    months: tuple[MonthStands, ...]
    bases: tuple[ProgrammeBasis, ...] = ()

    @property
    def covered(self) -> tuple[date, ...]:
        return tuple(one.month for one in self.months if one.covered)

    @property
    def excused(self) -> tuple[date, ...]:
        return tuple(one.month for one in self.months if one.missing and one.reason is not None)

    @property
    def uncovered(self) -> tuple[date, ...]:
        return tuple(one.month for one in self.months if one.uncovered)

    @property
    def gaps(self) -> list[MonthSpan]:
        return runs(set(self.uncovered))

    @property
    def under(self) -> tuple[ProgrammeBasis, ...]:
        """The agreements chosen, whether they hold or not."""
        return tuple(one for one in self.bases if one.agreement_id)

    @property
    def reasons(self) -> tuple[ProgrammeBasis, ...]:
        """The reasons that answer for a month now."""
        used = {one.reason for one in self.months if one.missing}
        return tuple(one for one in self.bases if one.pk in used)


def months_standing(
    months: Iterable[date], package: Iterable[str], held: Sequence[Held], excused: Sequence[Excused]
) -> tuple[MonthStands, ...]:
    """The pure rule. Of several reasons for a month the last one written answers."""
    wanted = sorted(package)
    found = []
    for month in months:
        end = add_months(month, 1)
        here = [one for one in held if one.first < end and one.end > month and one.programme in wanted]
        missing = tuple(
            name for name in wanted if not _fills(month, end, [one for one in here if one.programme == name])
        )
        reason = max((one.basis for one in excused if one.first <= month < one.end), default=None)
        found.append(MonthStands(month, tuple(sorted({one.agreement for one in here})), missing, reason))
    return tuple(found)


def _fills(day: date, end: date, stretches: Sequence[Held]) -> bool:
    for one in sorted(stretches, key=lambda stretch: stretch.first):
        if one.first > day:
            return False
        day = max(day, one.end)
    return day >= end


def held_days(agreement: Agreement) -> list[Held]:
    """What an agreement covers of workers without a wage while it is, or was, in force; nothing while it is not."""
    if agreement.stage == Agreement.Stage.ENDED:
        if not (agreement.was_in_force and agreement.ended_on):
            return []
    elif agreement.stage != Agreement.Stage.IN_FORCE:
        return []
    return [
        Held(agreement.pk, programme, first, end)
        for programme, segment, first, end in covered(agreement)
        if segment == Segment.BPU
    ]


def standing(programme: Programme) -> Standing:
    """Every month of `programme` under its agreements as they are now.

    Of many, prefetch `bases__agreement__addenda`.
    """
    bases = tuple(sorted((one for one in programme.bases.all() if one.removed_at is None), key=lambda one: one.pk))
    held = [days for one in bases if one.agreement for days in held_days(one.agreement)]
    excused = [
        Excused(one.pk, one.first_month, one.ends_on) for one in bases if one.first_month and one.ends_on
    ]  # fmt: skip
    span = MonthSpan(programme.starts_on, programme.ends_on)
    return Standing(months_standing(span, programme.package, held, excused), bases)


def require_standing(programme: Programme, *, since: date) -> None:
    """Every month of `programme` from `since` on stands under an agreement, or says why not.

    Raises MonthsWithoutBasis.
    """
    without = tuple(month for month in standing(programme).uncovered if month >= since)
    if without:
        raise MonthsWithoutBasis(programme.code, without, tuple(programme.package))
