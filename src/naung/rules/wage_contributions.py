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
from naung.rules.explaining import Explanation, Words
from naung.rules.law import Citation, Cited, Law
from naung.rules.money import Rupiah, is_whole, share
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
    "WageProgramme", "WageRates", "WageRelief", "ppu_contribution", "wage_rates",
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
    jp_deferred: Rupiah
    deferral: Cited[Decimal] | None
    rounding: Citation | None

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
        """The steps; their amounts add up to `total`."""
        return explanation_of(
            Asked(self.month, self.wage, self.risk_class),
            parts=self.parts,
            reliefs=self.reliefs,
            deferral=self.deferral,
            deferred=self.jp_deferred,
            jkp=self.jkp,
        )


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
    parts = tuple(_part(one, wage, rates) for one in rates.sides if one.programme in taken)
    deferred = 0
    if rates.deferral is not None:
        deferred = sum(share(p.due, rates.deferral.value) for p in parts if p.programme is WageProgramme.JP)
    return WageContribution(
        month=month,
        wage=wage,
        risk_class=risk_class,
        parts=parts,
        reliefs=tuple(relief for relief in rates.reliefs if relief.programmes & taken),
        jkp=_jkp(month, wage, law) if taken == ALL_FOUR else None,
        jp_deferred=deferred,
        deferral=rates.deferral if WageProgramme.JP in taken else None,
        rounding=rates.rounding,
    )


@dataclass(frozen=True, slots=True)
class Side:
    """The rate of one programme that one side bears, on the wage up to `ceiling`."""

    programme: WageProgramme
    borne_by: Bearer
    rate: Cited[Decimal]
    ceiling: Cited[Rupiah] | None
    to_pay: Decimal
    """What share of it is left after reliefs."""

    @property
    def net(self) -> Decimal:
        return self.rate.value * self.to_pay


@dataclass(frozen=True, slots=True)
class WageRates:
    """Everything about a month's contribution that does not depend on the wage."""

    sides: tuple[Side, ...]
    reliefs: tuple[WageRelief, ...]
    deferral: Cited[Decimal] | None
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

    def side(programme: WageProgramme, borne_by: Bearer, key: str, ceiling: Cited[Rupiah] | None = None) -> Side:
        to_pay = Decimal(1)
        for relief in reliefs:
            if relief.applied and programme in relief.programmes:
                to_pay *= 1 - relief.reduction
        return Side(programme, borne_by, law.rate(key).cited(month), ceiling, to_pay)

    top = law.amount("ppu.jp.wage_ceiling").cited(month)
    deferral = law.rate("relief.pp49_2020.jp_deferral").find(month) if paid_through_july_2020 else None
    rounding = law.words("rounding").find(month)
    return WageRates(
        sides=(
            side(WageProgramme.JKK, Bearer.EMPLOYER, f"ppu.jkk.class{risk_class}"),
            side(WageProgramme.JKM, Bearer.EMPLOYER, "ppu.jkm.rate"),
            side(WageProgramme.JHT, Bearer.EMPLOYER, "ppu.jht.employer"),
            side(WageProgramme.JHT, Bearer.WORKER, "ppu.jht.employee"),
            side(WageProgramme.JP, Bearer.EMPLOYER, "ppu.jp.employer", top),
            side(WageProgramme.JP, Bearer.WORKER, "ppu.jp.employee", top),
        ),
        reliefs=reliefs,
        deferral=deferral,
        rounding=None if rounding is None else rounding.citation,
    )


def _part(side: Side, wage: Rupiah, rates: WageRates) -> WagePart:
    base = wage if side.ceiling is None else min(wage, side.ceiling.value)
    # Rounded once, on the reduced rate: half of a rounded contribution would be another figure.
    due = share(base, side.net)
    capped = side.ceiling is not None and wage > side.ceiling.value
    citations = (side.rate.citation, *((side.ceiling.citation,) if side.ceiling is not None and capped else ()))
    if rates.rounding is not None and not is_whole(base, side.net):
        citations = (*citations, rates.rounding)
    return WagePart(side.programme, side.borne_by, base, side.rate, share(base, side.rate.value), due, citations)


def _jkp(month: date, wage: Rupiah, law: Law) -> JkpParts | None:
    """How JKP is fed, from the first whole month of PP 37/2021 on."""
    state = law.rate("ppu.jkp.state").find(month)
    jkk = law.rate("ppu.jkk.recomposition").find(month)
    if state is None or jkk is None:
        return None
    cap = law.amount("ppu.jkp.wage_cap").cited(month)
    jkm = law.rate("ppu.jkm.recomposition").find(month)
    base = min(wage, cap.value)
    citations = (state.citation, jkk.citation, *((jkm.citation,) if jkm else ()), cap.citation)
    return JkpParts(
        base=base,
        state=share(base, state.value),
        from_jkk=share(base, jkk.value),
        from_jkm=share(base, jkm.value) if jkm else 0,
        citations=citations,
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
        fewest = law.count("relief.pp7_2025.min_workers").cited(month)
        settle_by = law.mapping("relief.pp36_2025.settle_by").find(month) if key == "relief.pp36_2025" else None
        citations = (reduction.citation, fewest.citation, *((settle_by.citation,) if settle_by else ()))
        applied, why = True, Words("industri padat karya", "labour-intensive industry")
        if workers is not None and workers < fewest.value:
            applied = False
            why = Words(
                f"hanya {workers} pekerja, paling sedikit {fewest.value}",
                f"only {workers} workers, at least {fewest.value} are needed",
            )
        elif settle_by is not None and settled_on is not None and settled_on > settle_by.value["last_day"]:
            applied = False
            last = settle_by.value["last_day"]
            why = Words(f"dilunasi sesudah {date_id(last)}", f"settled after {last.isoformat()}")
        return [WageRelief(key, name, _JKK, reduction.value, applied, why, citations)]
    return []
