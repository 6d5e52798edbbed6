"""Who gets a place: the plain reading, person by person. `bulk.filling` is the columnar twin."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from naung.rules.conditions import Candidate, all_hold
from naung.rules.contributions import Programme, Sector, bpu_contribution
from naung.rules.decisions import UNDECIDED, Decisions
from naung.rules.law import Law
from naung.rules.money import Rupiah
from naung.rules.selection import NO_MONEY, PLACES_FULL, Dimension, Line, Quota, SelectionRules, Share

CostOf = Callable[[Candidate, Line], Rupiah]


@dataclass(frozen=True, slots=True)
class Placement:
    """`line` pays for a chosen candidate; None is the waiting list, with everything that stood in the way."""

    line: str | None
    reasons: frozenset[str] = frozenset()


def group_of(by: Dimension, candidate: Candidate) -> str:
    """The group in which a quota counts the candidate; "" where it is not known."""
    match by:
        case Dimension.VILLAGE:
            return candidate.area_code if len(candidate.area_code) == 10 else ""
        case Dimension.DISTRICT:
            return candidate.area_code[:6] if len(candidate.area_code) >= 6 else ""
        case Dimension.REGENCY:
            return candidate.area_code[:4] if len(candidate.area_code) >= 4 else ""
        case _:
            value: str = getattr(candidate, by.value)
            return value


def share_for(quota: Quota, group: str) -> Share:
    """The share of a group. A person whose family card is not known is a family alone: no limit."""
    if quota.by is Dimension.HOUSEHOLD and not group:
        return Share()
    return quota.share_of(group)


class _Counter:
    """What has been given so far: places, places by group, money by line."""

    def __init__(self, rules: SelectionRules, cost: CostOf, taken: Mapping[tuple[str, str], int], on: date) -> None:
        self.rules = rules
        self.cost = cost
        self.on = on
        self.places = rules.places
        self.taken = dict(taken)
        self.left = {line.code: line.left_rp for line in rules.lines}

    def groups(self, candidate: Candidate) -> list[tuple[Quota, tuple[str, str], Share]]:
        named = [(quota, group_of(quota.by, candidate)) for quota in self.rules.quotas]
        return [(quota, (quota.key, group), share_for(quota, group)) for quota, group in named]

    def wanted(self, candidate: Candidate) -> bool:
        """Whether a smallest share of one of the candidate's groups is not yet reached."""
        return any(self.taken.get(at, 0) < share.least for _, at, share in self.groups(candidate))

    def obstacles(self, candidate: Candidate) -> frozenset[str]:
        found = {
            quota.reason
            for quota, at, share in self.groups(candidate)
            if share.most is not None and self.taken.get(at, 0) >= share.most
        }
        if self.places <= 0:
            found.add(PLACES_FULL)
        if self._line_for(candidate) is None:
            found.add(NO_MONEY)
        return frozenset(found)

    def take(self, candidate: Candidate) -> str | None:
        """Give the candidate a place if nothing stands in the way; the code of the line that pays."""
        if self.obstacles(candidate):
            return None
        line = self._line_for(candidate)
        assert line is not None
        self.places -= 1
        self.left[line.code] -= self.cost(candidate, line)
        for _, at, _ in self.groups(candidate):
            self.taken[at] = self.taken.get(at, 0) + 1
        return line.code

    def _line_for(self, candidate: Candidate) -> Line | None:
        for line in self.rules.lines:
            fits = all_hold(line.only_for, candidate, on=self.on)
            if fits and self.cost(candidate, line) <= self.left[line.code]:
                return line
        return None


def fill(
    ordered: Sequence[Candidate],
    rules: SelectionRules,
    *,
    cost: CostOf,
    on: date,
    taken: Mapping[tuple[str, str], int] | None = None,
) -> list[Placement]:
    """Give the places to `ordered`, first to last; one placement for each, in the same order.

    First pass: only people of whom some group has not yet its smallest share. Second pass: everybody left.
    In both, who meets a full quota, or whom no line can pay for to the end, is passed over and waits.
    `rules.places` and `left_rp` of the lines are what is still free; `taken` are the people already on the
    list, by (quota key, group).
    """
    given = _Counter(rules, cost, taken or {}, on)
    lines: dict[str, str] = {}
    for candidate in ordered:
        if given.wanted(candidate) and (line := given.take(candidate)):
            lines[candidate.key] = line
    for candidate in ordered:
        if candidate.key not in lines and (line := given.take(candidate)):
            lines[candidate.key] = line
    return [Placement(lines[one.key]) if one.key in lines else Placement(None, given.obstacles(one)) for one in ordered]


def cost_rp(
    candidate: Candidate,
    line: Line,
    *,
    months: Sequence[date],
    package: frozenset[Programme],
    law: Law,
    decisions: Decisions = UNDECIDED,
) -> Rupiah:
    """What the candidate costs this line over the months, in whole rupiah, as a bill would say.

    The band of the declared income; without one the lowest, in which local governments register.
    Raises NotInForce, NeedsDecision, NegativeIncome.
    """
    return sum(
        bpu_contribution(
            month,
            income=candidate.income_rp,
            programmes=package,
            sector=Sector(candidate.sector),
            payer=line.payer,
            law=law,
            decisions=decisions,
        ).total
        for month in months
    )
