"""People × contribution × months by funding line, as the law of each month has it: the sum a page shows and opens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import polars as pl

from naung.lawbook import queries as lawbook
from naung.programmes.equations import Stretch
from naung.programmes.spec import ProgrammeSpec
from naung.registry.frames import read_frame
from naung.rules.contributions import Sector, bpu_contribution
from naung.rules.money import Rupiah
from naung.rules.periods import MonthSpan
from naung.selection.models import Round

Kind = tuple[str, str, int | None, int]
_KINDS = {"line": pl.String, "sector": pl.String, "income_rp": pl.Int64, "people": pl.Int64}


@dataclass(frozen=True, slots=True)
class Part:
    """So many people who cost one line the same: `people` × (rate × months of each stretch) = `total_rp`."""

    line: str
    people: int
    stretches: tuple[Stretch, ...]

    @property
    def person_rp(self) -> Rupiah:
        return sum(one.rate_rp * one.months for one in self.stretches)

    @property
    def total_rp(self) -> Rupiah:
        return self.people * self.person_rp

    @property
    def months(self) -> int:
        return sum(one.months for one in self.stretches)

    @property
    def rate_rp(self) -> Rupiah | None:
        """The one contribution of all months, None where it changes."""
        return self.stretches[0].rate_rp if len(self.stretches) == 1 else None


def parts_of(spec: ProgrammeSpec, months: MonthSpan, kinds: Iterable[Kind]) -> list[Part]:
    """(line, sector, income, people) as parts, in the order of the lines. Raises NeedsDecision, NotInForce."""
    lines = {line.code: line for line in spec.funding_lines}
    declared = spec.income_base == "declared"
    law, decisions = lawbook.law_now(), lawbook.decisions_for(spec.area)
    found: dict[tuple[str, tuple[Stretch, ...]], int] = {}
    priced: dict[tuple[str, str, int | None], tuple[Stretch, ...]] = {}
    for code, sector, income, people in kinds:
        kind = (code, sector, income if declared else None)
        if kind not in priced:
            paid = [
                (
                    month,
                    bpu_contribution(
                        month, income=kind[2], programmes=spec.programmes, sector=Sector(sector),
                        payer=lines[code].payer, law=law, decisions=decisions,
                    ).total,
                )
                for month in months
            ]  # fmt: skip
            priced[kind] = _stretches(paid)
        at = (code, priced[kind])
        found[at] = found.get(at, 0) + people
    names = {code: line.name for code, line in lines.items()}
    places = {code: place for place, code in enumerate(lines)}
    parts = [Part(names[code], people, stretches) for (code, stretches), people in found.items()]
    order = {name: places[code] for code, name in names.items()}
    return sorted(parts, key=lambda part: (order[part.line], -part.people))


def _stretches(paid: Sequence[tuple[date, Rupiah]]) -> tuple[Stretch, ...]:
    found = []
    for rate, group in groupby(paid, key=lambda one: one[1]):
        months = [month for month, _ in group]
        found.append(Stretch(months[0], months[-1], len(months), rate))
    return tuple(found)


def kinds_of_round(round_: Round) -> list[Kind]:
    """The chosen of a stored round, counted by what decides their price."""
    found = read_frame(
        "SELECT f.code, w.sector, w.income_rp, count(*) FROM selection_candidate c"
        " JOIN programmes_fundingline f ON f.id = c.funding_line_id JOIN registry_worker w ON w.id = c.worker_id"
        " WHERE c.round_id = %(round)s AND c.outcome = 'chosen' GROUP BY 1, 2, 3",
        {"round": round_.pk},  # type: ignore[arg-type]
        _KINDS,
    )
    return list(found.iter_rows())


def parts_of_round(round_: Round, spec: ProgrammeSpec) -> list[Part]:
    """The sum of a stored round: `sum(part.total_rp)` is its `cost_rp` as long as law and facts stand."""
    return parts_of(spec, MonthSpan(round_.first_month, spec.months.end), kinds_of_round(round_))


def kinds_of(chosen: pl.DataFrame) -> list[Kind]:
    """The chosen of a trial, counted the same way."""
    return list(chosen.group_by("line", "sector", "income_rp").len("people").iter_rows())
