"""Who may join a programme, in which order, and who gets a place: the plain reading of a selection.

Three steps, each a function of its arguments: `ineligibilities` names every reason against a candidate at
once; `order` is total and knows no chance but a published seed; `fill` gives places in that order under
quotas and money. `docs/algorithms/selection.md` tells it in words; `bulk.screening`, `bulk.ranking` and
`bulk.filling` are the columnar twins, proved equal.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import blake2b

from naung.rules.conditions import Candidate, Condition, Field, age_years, all_hold, holds, number_of, text_of
from naung.rules.contributions import Payer, Programme, Sector, bpu_contribution
from naung.rules.decisions import UNDECIDED, Decisions
from naung.rules.law import Law
from naung.rules.money import Rupiah

#: Stands behind every number that a field can hold: who has no number comes last.
LAST = 2_147_483_647

OVER_AGE = "over_age"
DEAD = "dead"
ALREADY_COVERED = "already_covered"
NOT_RESIDENT = "not_resident"


@dataclass(frozen=True, slots=True)
class Criterion:
    """A condition of the programme with its name. Hard: who fails it may not join. Soft: it is only told.

    Who meets everything in one of `or_all_of` meets it too: «palm workers, or fishers of the islands».
    In force on a day from `valid_from` (open: always) until `valid_to`, the first day it no longer holds.
    """

    key: str
    condition: Condition
    hard: bool = True
    valid_from: date | None = None
    valid_to: date | None = None
    or_all_of: tuple[tuple[Condition, ...], ...] = ()

    def met_by(self, candidate: Candidate, *, on: date) -> bool:
        return holds(self.condition, candidate, on=on) or any(
            all_hold(other, candidate, on=on) for other in self.or_all_of
        )

    def in_force(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on < self.valid_to)

    @property
    def reason(self) -> str:
        return f"criterion:{self.key}"


class PriorityKind(StrEnum):
    """How one step of the order gives its number; smaller comes earlier."""

    TIERS = "tiers"
    ASCENDING = "ascending"
    DESCENDING = "descending"
    LISTED = "listed"
    POINTS = "points"
    SOFT = "soft"


@dataclass(frozen=True, slots=True)
class Points:
    """So many points for whoever meets all the conditions."""

    points: int
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Priority:
    """One step of the order. Which parts it uses depends on its kind, see `score_of`."""

    key: str
    kind: PriorityKind
    field: Field | None = None
    tiers: tuple[tuple[Condition, ...], ...] = ()
    values: tuple[str, ...] = ()
    weights: tuple[Points, ...] = ()


class Dimension(StrEnum):
    """What a quota counts by."""

    VILLAGE = "village"
    DISTRICT = "district"
    REGENCY = "regency"
    OCCUPATION = "occupation"
    OCCUPATION_GROUP = "occupation_group"
    OFFICE = "office"
    HOUSEHOLD = "household"


@dataclass(frozen=True, slots=True)
class Share:
    """At most `most` places (None: no limit), and `least` places before everybody else."""

    most: int | None = None
    least: int = 0


@dataclass(frozen=True)
class Quota:
    """Places by village, district, regency, occupation, office or family; `each` is for the groups not named."""

    key: str
    by: Dimension
    groups: Mapping[str, Share] = field(default_factory=dict)
    each: Share = Share()

    def share_of(self, group: str) -> Share:
        return self.groups.get(group, self.each)

    @property
    def reason(self) -> str:
        return f"quota:{self.key}"


@dataclass(frozen=True, slots=True)
class Line:
    """Money: `left_rp` may still be spent, on people who meet every condition of `only_for`."""

    code: str
    payer: Payer
    left_rp: Rupiah
    only_for: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class SelectionRules:
    """What a programme says about who, in which order, how many, with which money."""

    places: int
    seed: int
    criteria: tuple[Criterion, ...] = ()
    priorities: tuple[Priority, ...] = ()
    quotas: tuple[Quota, ...] = ()
    lines: tuple[Line, ...] = ()
    members_allowed: tuple[str, ...] = ()


# --- who may join ----------------------------------------------------------------------------------


def ineligibilities(candidate: Candidate, rules: SelectionRules, *, on: date, law: Law) -> set[str]:
    """Every reason against the candidate on that day, all at once; empty means eligible.

    Four reasons need no criterion: a known death, a known move, another payer or membership for the same
    months, and the age from which nobody can register any more (Permenaker 5/2021: not yet 65).
    """
    reasons = {
        criterion.reason
        for criterion in rules.criteria
        if criterion.hard and criterion.in_force(on) and not criterion.met_by(candidate, on=on)
    }
    if candidate.dead:
        reasons.add(DEAD)
    if candidate.moved:
        reasons.add(NOT_RESIDENT)
    if candidate.covered_by or _is_member(candidate, rules):
        reasons.add(ALREADY_COVERED)
    limit = law.count("bpu.age_max_registration").find(on)
    if limit and candidate.birth_date and age_years(candidate.birth_date, on) >= limit.value:
        reasons.add(OVER_AGE)
    return reasons


def remarks(candidate: Candidate, rules: SelectionRules, *, on: date) -> set[str]:
    """The soft criteria that the candidate does not meet: told, and no reason to refuse."""
    return {
        criterion.reason
        for criterion in rules.criteria
        if not criterion.hard and criterion.in_force(on) and not criterion.met_by(candidate, on=on)
    }


def _is_member(candidate: Candidate, rules: SelectionRules) -> bool:
    if candidate.member_note is None:
        return False
    return candidate.member_note.strip(" ").lower() not in {note.strip(" ").lower() for note in rules.members_allowed}


# --- in which order --------------------------------------------------------------------------------


def score(candidate: Candidate, rules: SelectionRules, *, on: date) -> tuple[int, ...]:
    """One number for each priority of the programme, in its order; smaller is earlier."""
    return tuple(score_of(priority, candidate, rules, on=on) for priority in rules.priorities)


def score_of(priority: Priority, candidate: Candidate, rules: SelectionRules, *, on: date) -> int:
    """The number one priority gives: a tier's place, a field as it is or turned round, the place in a list,
    minus the points, or how many soft criteria are not met. Who cannot be placed comes last."""
    match priority.kind:
        case PriorityKind.TIERS:
            met = (n for n, tier in enumerate(priority.tiers) if all_hold(tier, candidate, on=on))
            return next(met, len(priority.tiers))
        case PriorityKind.POINTS:
            return -sum(one.points for one in priority.weights if all_hold(one.conditions, candidate, on=on))
        case PriorityKind.SOFT:
            return len(remarks(candidate, rules, on=on))
        case PriorityKind.LISTED:
            return _place_in(priority, candidate)
        case _:
            assert priority.field is not None
            number = number_of(priority.field, candidate, on)
            if number is None:
                return LAST
            # An income may be larger than the column that keeps the score; the order of the poor is not touched.
            bounded = min(number, LAST - 1)
            return bounded if priority.kind is PriorityKind.ASCENDING else -bounded


def _place_in(priority: Priority, candidate: Candidate) -> int:
    assert priority.field is not None
    if priority.field is Field.AREA:
        inside = (n for n, code in enumerate(priority.values) if candidate.area_code.startswith(code))
        return next(inside, len(priority.values))
    text = text_of(priority.field, candidate)
    return priority.values.index(text) if text in priority.values else len(priority.values)


def lottery(seed: int, key: str) -> int:
    """The lot of a candidate: 64 bits of BLAKE2b over `key`, keyed with the seed in decimal digits."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8, key=str(seed).encode()).digest(), "big")


def order(candidates: Iterable[Candidate], rules: SelectionRules, *, on: date) -> list[Candidate]:
    """The candidates from first to last, whatever order they came in.

    Priorities in the programme's order, then the lot, then the key itself, so that no two are ever equal.
    """
    return sorted(candidates, key=lambda one: (score(one, rules, on=on), lottery(rules.seed, one.key), one.key))


# --- who gets a place ------------------------------------------------------------------------------

PLACES_FULL = "places_full"
NO_MONEY = "budget_full"

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
