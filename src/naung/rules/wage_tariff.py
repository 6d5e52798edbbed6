"""The rates of a wage earner's month: everything about a contribution that does not depend on the wage.

The law of the contribution month counts: of its first day. See `docs/algorithms/wage-contributions.md`.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from naung.rules.english import date_en
from naung.rules.explaining import Words
from naung.rules.law import Citation, Cited, Law
from naung.rules.money import Rupiah, share
from naung.rules.periods import date_id
from naung.rules.wage_terms import Bearer, JkpParts, WageProgramme, WageRelief

_JKK = frozenset({WageProgramme.JKK})
_JKK_JKM = frozenset({WageProgramme.JKK, WageProgramme.JKM})


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
