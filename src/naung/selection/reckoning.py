"""What would change the outcome of one candidate: found by trying it, never guessed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import polars as pl

from naung.bulk.filling import cost_column, group_of
from naung.programmes.arrangements import Arrangement, At, Change, differences
from naung.programmes.refusals import SpecInvalid
from naung.programmes.spec import ProgrammeSpec, ShareSpec, stored_spec
from naung.rules.selection import Dimension
from naung.selection.arrange_forms import CEILING, LEAST, MOST, PLACES
from naung.selection.keeping import may_be_arranged
from naung.selection.models import Candidate
from naung.selection.trying import Trial, tried

_QUOTA = "quota:"


@dataclass(frozen=True, slots=True)
class Turn:
    """An arrangement by which the candidate gets a place (`enters`) or loses it, with its address for the form."""

    enters: bool
    changes: list[Change]
    query: str
    spec: ProgrammeSpec


def turn_of(candidate: Candidate) -> Turn | None:
    """The other arrangement that turns a chosen or waiting candidate's outcome, tried out before it is told.

    None where the round is decided, or where no single step of places, money and shares turns it.
    """
    round_ = candidate.round
    if candidate.rank is None or not may_be_arranged(round_) or round_.programme.spec != round_.spec:
        return None
    spec = stored_spec(round_.spec)
    now = tried(round_, spec)
    waits = candidate.outcome == Candidate.Outcome.WAITING
    asked = _enough_for(now, candidate, spec) if waits else _one_too_few(now, candidate, spec)
    if asked is None:
        return None
    try:
        changed = asked.applied_to(spec)
    except SpecInvalid:
        return None
    then = tried(round_, changed)
    got = bool(then.people.filter(pl.col("worker_id") == candidate.worker_id)["now"].any())
    changes = differences(spec, changed)
    if got is not waits or not changes:
        return None
    return Turn(waits, changes, _query(changes), changed)


def _one_too_few(now: Trial, candidate: Candidate, spec: ProgrammeSpec) -> Arrangement | None:
    """So few places that everybody chosen before the candidate takes them."""
    before = now.people.filter(pl.col("now") & (pl.col("rank") < candidate.rank)).height
    places = now.standing.listed + before
    return replace(Arrangement.of(spec), places=places) if places else None


def _enough_for(now: Trial, candidate: Candidate, spec: ProgrammeSpec) -> Arrangement:
    """Places, money and shares for everybody who waits before the candidate and is kept out by the same things."""
    waiting = now.people.filter(~pl.col("now") & (pl.col("rank") <= candidate.rank))
    shares, beside = _raised(now, candidate, spec, waiting)
    blocked = pl.col("obstacles").list.eval(pl.element().str.starts_with(_QUOTA)).list.any()
    served = waiting.filter(~blocked | pl.any_horizontal(pl.col("worker_id") == candidate.worker_id, *beside))
    places = max(spec.places, now.standing.listed + now.chosen + served.height)
    ceilings = {line.code: line.ceiling_rp for line in spec.funding_lines}
    open_line = next((line for line in spec.funding_lines if not line.only_for), None)
    if open_line is not None:
        cost = int(served[cost_column(next(one for one in now.rules.lines if one.code == open_line.code))].sum() or 0)
        ceilings[open_line.code] += max(cost - now.left_rp[open_line.code], 0)
    return replace(Arrangement.of(spec), places=places, ceilings=ceilings, shares=shares)


def _raised(
    now: Trial, candidate: Candidate, spec: ProgrammeSpec, waiting: pl.DataFrame
) -> tuple[dict[At, ShareSpec], list[pl.Expr]]:
    """The candidate's full groups with room for whoever of them waits before, and who is in these groups."""
    shares, beside = {}, []
    for asked, rule in zip(spec.quotas, now.rules.quotas, strict=True):
        if rule.reason not in candidate.reasons or rule.by is Dimension.HOUSEHOLD:
            continue
        group = group_of(rule.by)
        mine = waiting.filter(pl.col("worker_id") == candidate.worker_id).select(group.alias("g"))["g"][0]
        had = now.standing.taken.get((rule.key, mine), 0)
        room = had + now.people.filter(pl.col("now") & (group == mine)).height + waiting.filter(group == mine).height
        shares[asked.key, mine] = ShareSpec(max=room, min=rule.share_of(mine).least)
        beside.append(group == mine)
    return shares, beside


def _query(changes: list[Change]) -> str:
    """The same arrangement as the form's query."""
    asked: list[tuple[str, Any]] = []
    for what, _before, after in changes:
        kind, _sep, rest = what.partition(":")
        if kind == "places":
            asked.append((PLACES, after))
        elif kind == "ceiling":
            asked.append((CEILING + rest, after))
        elif kind == "share":
            at = rest.replace(":", "~", 1)
            asked += [(MOST + at, "" if after[0] is None else after[0]), (LEAST + at, after[1])]
    return urlencode(asked, safe="~*")
