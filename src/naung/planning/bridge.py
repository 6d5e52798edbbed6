"""From the need to what is still unfunded: who among our own programmes closes how much of the gap.

Only programmes that began after the day of the official figure count: those that ran before are in it already, and
official figures and our own counts are never added for the same people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from naung.lawbook.queries import decisions_for, law_now
from naung.planning.queries import Coverage
from naung.programmes.budget import budget
from naung.programmes.models import FundingLine, Programme
from naung.rules.contributions import Payer
from naung.rules.contributions import Programme as Insurance
from naung.rules.dated import NotInForce
from naung.rules.law import Law
from naung.rules.money import Rupiah
from naung.rules.periods import MonthSpan

#: The colour of each kind of money (ui.charts.paint.PAYERS); what is not named here has none of its own.
LOOKS = {
    Payer.APBD_KAB: "apbd",
    Payer.APBD_PROV: "provinsi",
    Payer.DBH_SAWIT: "dbh",
    Payer.CSR: "csr",
    Payer.ZAKAT: "csr",
    Payer.DONOR: "csr",
    Payer.SELF: "mandiri",
}


@dataclass(frozen=True)
class Part:
    """People that one kind of money protects (named by a decree), or could still take in (`promised`)."""

    payer: Payer
    people: int
    promised: bool


@dataclass(frozen=True)
class Bridge:
    """The need, what closes it in order, and the rest that nobody pays for."""

    need: int
    to_target: bool
    parts: list[Part]
    monthly_rp: Rupiah

    @property
    def unfunded(self) -> int:
        """People without any money: the need less every part, never below zero."""
        return max(self.need - sum(part.people for part in self.parts), 0)

    @property
    def unfunded_rp(self) -> Rupiah:
        """What a year of contributions for them costs, at the last month billed; 0 where none was."""
        return self.unfunded * self.monthly_rp * 12


def counted_programmes(coverage: Coverage | None, programmes: Iterable[Programme], *, on: date) -> list[Programme]:
    """Programmes not yet over that the official figure cannot hold, because they began after its day."""
    return [
        one for one in programmes if one.ends_on > on and (coverage is None or one.starts_on > coverage.figure.as_of)
    ]


def bridge(
    coverage: Coverage,
    programmes: Sequence[Programme],
    lines: Sequence[FundingLine],
    planned: dict[int, int],
    *,
    monthly_rp: Rupiah,
) -> Bridge:
    """What closes the gap: people of a decree first, by kind of money; then places that have money and no decree.

    `planned` is people this month by funding line; `lines` are those of `programmes`.
    """
    needed = coverage.needed_for_target
    decreed: Counter[Payer] = Counter()
    promised: Counter[Payer] = Counter()
    for line in lines:
        decreed[Payer(line.payer)] += planned.get(line.pk, 0)
    law: Law | None = None
    for programme in programmes:
        own = [line for line in lines if line.programme_id == programme.pk]
        # Once a decree is there, what it leaves free is the waiting list's and no promise.
        if not any(planned.get(line.pk) for line in own):
            law = law or law_now()
            promised += _promised(programme, own, law)
    parts = [Part(payer, count, False) for payer, count in decreed.most_common() if count]
    parts += [Part(payer, count, True) for payer, count in promised.most_common() if count]
    return Bridge(
        need=coverage.ucj.gap if needed is None else needed,
        to_target=needed is not None,
        parts=parts,
        monthly_rp=monthly_rp,
    )


def _promised(programme: Programme, lines: Sequence[FundingLine], law: Law) -> Counter[Payer]:
    """Places of a programme without a decree that its ceilings can pay, by kind of money."""
    found: Counter[Payer] = Counter()
    try:
        priced = budget(
            places=programme.places,
            months=MonthSpan(programme.starts_on, programme.ends_on),
            package=frozenset(Insurance(name) for name in programme.package),
            lines=[(line.code, line.name, Payer(line.payer), line.ceiling_rp) for line in lines],
            law=law,
            decisions=decisions_for(programme.area_code),
        )
    except NotInForce:  # months the law says nothing about: nothing can be promised for them
        return found
    for one in priced.lines:
        found[one.payer] += one.planned
    return found
