"""What one wage earner (PPU) costs for one month: each programme, and who bears which part. In whole rupiah.

The law of the contribution month counts: of its first day, as everywhere. Each part is rounded half up to the
rupiah once, on wage × rate. See `docs/algorithms/wage-contributions.md`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from naung.rules.decisions import UNDECIDED, Decisions
from naung.rules.explaining import Explanation
from naung.rules.law import Law
from naung.rules.money import Rupiah, share
from naung.rules.periods import require_month
from naung.rules.wage_steps import Asked, explanation_of
from naung.rules.wage_tariff import Side, WageRates, jkp_of, wage_rates
from naung.rules.wage_terms import (
    ALL_FOUR,
    RISK_CLASSES,
    Bearer,
    JkpParts,
    NegativeWage,
    NoSuchRiskClass,
    WagePart,
    WageProgramme,
    WageRelief,
)

__all__ = [
    "ALL_FOUR", "RISK_CLASSES", "Bearer", "JkpParts", "NegativeWage", "NoSuchRiskClass", "WageContribution", "WagePart",
    "WageProgramme", "WageRates", "WageRelief", "jkp_of", "ppu_contribution", "wage_rates",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class WageContribution:
    """One wage earner, one month. `total` is what is owed; of it `jp_deferred` may be paid later (PP 49/2020)."""

    month: date
    wage: Rupiah
    risk_class: int
    parts: tuple[WagePart, ...]
    reliefs: tuple[WageRelief, ...]
    working: "_Working"

    def due(self, programme: WageProgramme, borne_by: Bearer | None = None) -> Rupiah:
        """What is owed for a programme, by one side or by both."""
        return sum(part.due for part in self.parts if part.programme is programme and borne_by in (None, part.borne_by))

    @property
    def jkk(self) -> Rupiah:
        return self.due(WageProgramme.JKK)

    @property
    def jkm(self) -> Rupiah:
        return self.due(WageProgramme.JKM)

    @property
    def jht_employer(self) -> Rupiah:
        return self.due(WageProgramme.JHT, Bearer.EMPLOYER)

    @property
    def jht_employee(self) -> Rupiah:
        return self.due(WageProgramme.JHT, Bearer.WORKER)

    @property
    def jp_employer(self) -> Rupiah:
        return self.due(WageProgramme.JP, Bearer.EMPLOYER)

    @property
    def jp_employee(self) -> Rupiah:
        return self.due(WageProgramme.JP, Bearer.WORKER)

    @property
    def employer_total(self) -> Rupiah:
        return sum(part.due for part in self.parts if part.borne_by is Bearer.EMPLOYER)

    @property
    def employee_total(self) -> Rupiah:
        return sum(part.due for part in self.parts if part.borne_by is Bearer.WORKER)

    @property
    def total(self) -> Rupiah:
        return sum(part.due for part in self.parts)

    @property
    def jkp(self) -> JkpParts | None:
        """What feeds JKP, which follows for who has all four programmes; None for others and before it began."""
        if set(self.working.asked.programmes) != ALL_FOUR:
            return None
        return jkp_of(self.month, self.wage, self.working.law)

    @property
    def jp_deferred(self) -> Rupiah:
        """What of JP may be paid later, both sides together; it is still owed."""
        return sum(part.deferred for part in self.parts)

    @property
    def due_now(self) -> Rupiah:
        """What has to be paid at the due day: the total without what PP 49/2020 lets wait."""
        return self.total - self.jp_deferred

    @property
    def relief(self) -> WageRelief | None:
        """The relief that lowered this contribution, if one did."""
        return next((relief for relief in self.reliefs if relief.applied), None)

    @property
    def recalled(self) -> bool:
        """True when a number used here was remembered and not yet checked against the gazette."""
        return self.explanation.recalled

    @property
    def explanation(self) -> Explanation:
        """The steps; their amounts add up to `total`. Built when asked for: most are never explained."""
        rates = self.working.rates
        return explanation_of(
            self.working.asked,
            parts=self.parts,
            reliefs=self.reliefs,
            deferral=rates.deferral,
            refused_deferral=rates.refused_deferral,
            jkp=self.jkp,
            rounding=rates.rounding,
            law=self.working.law,
        )


@dataclass(frozen=True, slots=True)
class _Working:
    """What an explanation needs beyond the result."""

    asked: Asked
    rates: WageRates
    law: Law


def ppu_contribution(
    month: date,
    *,
    wage: Rupiah,
    risk_class: int,
    programmes: Collection[WageProgramme] | None = None,
    labour_intensive: bool = False,
    workers: int | None = None,
    paid_through_july_2020: bool = True,
    settled_on: date | None = None,
    law: Law,
    decisions: Decisions = UNDECIDED,
) -> WageContribution:
    """The contribution of a wage earner for `month`, in whole rupiah.

    `programmes` None means JKK, JKM, JHT and JP. `labour_intensive` says that the employer belongs to the
    industries of PP 7/2025, `workers` how many it employs (None: enough). `settled_on` is the day on which the
    month was paid: after 30 June 2026 a month of PP 36/2025 is owed in full. No open question is met here;
    `decisions` is taken so that every contribution is asked alike.

    Raises NotInForce outside the known law, NegativeWage, NoSuchRiskClass.

    Source: PP 44/2015 art. 16, 18; PP 46/2015 art. 16-17; PP 45/2015 art. 28-29; PP 37/2021 and PP 6/2025 art. 11
    (JKP); PP 49/2020 art. 5; PP 7/2025 art. 4(1); PP 36/2025 art. 10A.
    """
    require_month(month)
    if wage < 0:
        raise NegativeWage(wage)
    if risk_class not in RISK_CLASSES:
        raise NoSuchRiskClass(risk_class)
    taken = ALL_FOUR if programmes is None else frozenset(programmes)
    rates = wage_rates(
        month,
        risk_class=risk_class,
        labour_intensive=labour_intensive,
        workers=workers,
        paid_through_july_2020=paid_through_july_2020,
        settled_on=settled_on,
        law=law,
    )
    asked = Asked(
        month,
        wage,
        risk_class,
        tuple(one for one in WageProgramme if one in taken),
        labour_intensive,
        workers,
        paid_through_july_2020,
        settled_on,
    )
    return WageContribution(
        month=month,
        wage=wage,
        risk_class=risk_class,
        parts=tuple(_part(one, wage) for one in rates.sides if one.programme in taken),
        reliefs=tuple(relief for relief in rates.reliefs if relief.programmes & taken),
        working=_Working(asked, rates, law),
    )


def _part(side: Side, wage: Rupiah) -> WagePart:
    base = wage if side.ceiling is None else min(wage, side.ceiling.value)
    # Rounded once, on the reduced rate: half of a rounded contribution would be another figure.
    due = share(base, side.net)
    return WagePart(
        programme=side.programme,
        borne_by=side.borne_by,
        base=base,
        rate=side.rate,
        to_pay=side.to_pay,
        gross=due if side.to_pay == 1 else share(base, side.rate.value),
        due=due,
        deferred=share(due, side.deferred) if side.deferred else 0,
        ceiling=side.ceiling.citation if side.ceiling is not None and wage > side.ceiling.value else None,
    )
