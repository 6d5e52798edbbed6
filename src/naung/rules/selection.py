"""Who may join a programme and in which order: the plain reading of a selection.

Three steps, each a function of its arguments: `ineligibilities` names every reason against a candidate at
once; `order` is total and knows no chance but a published seed; `filling.fill` gives places in that order under
quotas and money. `docs/algorithms/selection.md` tells it in words; `bulk.screening`, `bulk.ranking` and
`bulk.filling` are the columnar twins, proved equal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import blake2b

from naung.rules.conditions import Candidate, Condition, Field, age_years, all_hold, holds, number_of, text_of
from naung.rules.contributions import Payer
from naung.rules.law import Law
from naung.rules.money import Rupiah

#: Stands behind every number that a field can hold: who has no number comes last.
LAST = 2_147_483_647

OVER_AGE = "over_age"
DEAD = "dead"
ALREADY_COVERED = "already_covered"
NOT_RESIDENT = "not_resident"

PLACES_FULL = "places_full"
NO_MONEY = "budget_full"


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
