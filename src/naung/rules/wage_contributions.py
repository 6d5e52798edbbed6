"""What one wage earner (PPU) costs for one month: each programme, and who bears which part. In whole rupiah.

The law of the contribution month counts: of its first day, as everywhere. Each part is rounded half up to the
rupiah once, on wage × rate. See `docs/algorithms/wage-contributions.md`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from naung.rules.decisions import UNDECIDED, Decisions
from naung.rules.english import date_en
from naung.rules.explaining import Explanation, Words
from naung.rules.law import Citation, Cited, Law
from naung.rules.money import Rupiah, share
from naung.rules.periods import date_id, require_month
from naung.rules.wage_steps import Asked, explanation_of
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
    jkp: JkpParts | None
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
    rates: "WageRates"
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
        jkp=jkp_of(month, wage, law) if taken == ALL_FOUR else None,
        working=_Working(asked, rates, law),
    )


@dataclass(frozen=True, slots=True)
class Side:
    """The rate of one programme that one side bears, on the wage up to `ceiling`.

    `to_pay` is the share of it left after reliefs, `deferred` the share of that which may be paid later.
    """

    programme: WageProgramme
    borne_by: Bearer
    rate: Cited[Decimal]
    ceiling: Cited[Rupiah] | None
    to_pay: Decimal
    deferred: Decimal = Decimal(0)

    @property
    def net(self) -> Decimal:
        return self.rate.value * self.to_pay


@dataclass(frozen=True, slots=True)
class WageRates:
    """Everything about a month's contribution that does not depend on the wage.

    `deferral` is the share of JP that may wait; where its condition is not met it is `refused_deferral`.
    """

    sides: tuple[Side, ...]
    reliefs: tuple[WageRelief, ...]
    deferral: Cited[Decimal] | None
    refused_deferral: Cited[Decimal] | None
    rounding: Citation | None


# A payroll has few different rates and very many wages.
@lru_cache(maxsize=4096)
def wage_rates(
    month: date,
    *,
    risk_class: int,
    labour_intensive: bool,
    workers: int | None,
    paid_through_july_2020: bool,
    settled_on: date | None,
    law: Law,
) -> WageRates:
    """The rates of one month. Raises NotInForce."""
    reliefs = _reliefs(month, labour_intensive, workers, paid_through_july_2020, settled_on, law)

    top = law.amount("ppu.jp.wage_ceiling").cited(month)
    deferral = law.rate("relief.pp49_2020.jp_deferral").find(month)
    # That the condition of the relief is the condition of the delay too is our reading: the refusal says so.
    refused = None if paid_through_july_2020 else deferral
    allowed = deferral if paid_through_july_2020 else None
    may_wait = Decimal(0) if allowed is None else allowed.value

    def side(programme: WageProgramme, borne_by: Bearer, key: str) -> Side:
        to_pay = Decimal(1)
        for relief in reliefs:
            if relief.applied and programme in relief.programmes:
                to_pay *= 1 - relief.reduction
        rate = law.rate(key).cited(month)
        if programme is WageProgramme.JP:
            return Side(programme, borne_by, rate, top, to_pay, may_wait)
        return Side(programme, borne_by, rate, None, to_pay)

    rounding = law.words("rounding").find(month)
    return WageRates(
        sides=(
            side(WageProgramme.JKK, Bearer.EMPLOYER, f"ppu.jkk.class{risk_class}"),
            side(WageProgramme.JKM, Bearer.EMPLOYER, "ppu.jkm.rate"),
            side(WageProgramme.JHT, Bearer.EMPLOYER, "ppu.jht.employer"),
            side(WageProgramme.JHT, Bearer.WORKER, "ppu.jht.employee"),
            side(WageProgramme.JP, Bearer.EMPLOYER, "ppu.jp.employer"),
            side(WageProgramme.JP, Bearer.WORKER, "ppu.jp.employee"),
        ),
        reliefs=reliefs,
        deferral=allowed,
        refused_deferral=refused,
        rounding=None if rounding is None else rounding.citation,
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
        gross=share(base, side.rate.value),
        due=due,
        deferred=share(due, side.deferred),
        ceiling=side.ceiling.citation if side.ceiling is not None and wage > side.ceiling.value else None,
    )


def jkp_of(month: date, wage: Rupiah, law: Law) -> JkpParts | None:
    """What feeds JKP for a worker with this wage; None before the first whole month of PP 37/2021."""
    state = law.rate("ppu.jkp.state").find(month)
    jkk = law.rate("ppu.jkk.recomposition").find(month)
    if state is None or jkk is None:
        return None
    cap = law.amount("ppu.jkp.wage_cap").cited(month)
    jkm = law.rate("ppu.jkm.recomposition").find(month)
    base = min(wage, cap.value)
    return JkpParts(
        base=base,
        state=share(base, state.value),
        from_jkk=share(base, jkk.value),
        from_jkm=0 if jkm is None else share(base, jkm.value),
        state_rate=state,
        jkk_rate=jkk,
        jkm_rate=jkm,
        cap=cap.citation,
    )


_JKK = frozenset({WageProgramme.JKK})
_JKK_JKM = frozenset({WageProgramme.JKK, WageProgramme.JKM})


def _reliefs(
    month: date, labour_intensive: bool, workers: int | None, met_2020: bool, settled_on: date | None, law: Law
) -> tuple[WageRelief, ...]:
    found: list[WageRelief] = []
    if pandemic := law.rate("relief.pp49_2020.rate").find(month):
        why = (
            Words("iuran sampai Juli 2020 lunas", "contributions up to July 2020 were paid")
            if met_2020
            else Words("iuran sampai Juli 2020 belum lunas", "contributions up to July 2020 were not paid")
        )
        found.append(
            WageRelief("relief.pp49_2020", "PP 49/2020", _JKK_JKM, pandemic.value, met_2020, why, (pandemic.citation,))
        )
    if labour_intensive:
        found += _of_labour_intensive(month, workers, settled_on, law)
    return tuple(found)


def _of_labour_intensive(month: date, workers: int | None, settled_on: date | None, law: Law) -> list[WageRelief]:
    """PP 7/2025 for its months, PP 36/2025 for the months after them."""
    for key, name in (("relief.pp7_2025", "PP 7/2025"), ("relief.pp36_2025", "PP 36/2025")):
        reduction = law.rate(f"{key}.rate").find(month)
        if reduction is None:
            continue
        fewest = law.count("relief.pp7_2025.min_workers").find(month)
        settle_by = law.mapping("relief.pp36_2025.settle_by").find(month) if key == "relief.pp36_2025" else None
        last = None if settle_by is None else settle_by.value["last_day"]
        conditions = tuple(one.citation for one in (fewest, settle_by) if one is not None)
        applied, why = True, Words("industri padat karya", "labour-intensive industry")
        if fewest is not None and workers is not None and workers < fewest.value:
            applied = False
            why = Words(
                f"hanya {workers} pekerja, paling sedikit {fewest.value}",
                f"only {workers} workers, at least {fewest.value} are needed",
            )
        elif last is not None and settled_on is not None and settled_on > last:
            applied = False
            why = Words(
                f"dilunasi {date_id(settled_on)}, sesudah {date_id(last)}",
                f"settled on {date_en(settled_on)}, after {date_en(last)}",
            )
        citations = (reduction.citation, *conditions)
        return [WageRelief(key, name, _JKK, reduction.value, applied, why, citations)]
    return []
