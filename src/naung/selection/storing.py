"""A round and its candidates into the database: by COPY, replaced together."""

from __future__ import annotations

import hashlib

import polars as pl
from django.db import connection
from django.utils import timezone

from naung.accounts.models import User
from naung.gateways.copying import copy_frame
from naung.gateways.statistics import table_grew
from naung.programmes.models import Programme
from naung.selection.choosing import Choice, Question
from naung.selection.models import Candidate, Round
from naung.selection.refusals import CeilingExceeded, PlacesExceeded
from naung.selection.standing import chosen_cost, standing_of


def store(question: Question, choice: Choice, by: User | None, *, based_on: Round | None = None) -> Round:
    """Write the draft of the programme anew, or a first one. The programme is locked.

    `based_on`: the round whose arrangement was changed into this one; a draft written anew keeps its own.
    """
    programme = question.programme
    round_ = programme.rounds.filter(status=Round.Status.DRAFT).first()
    if round_ is None:
        round_ = Round(programme=programme, number=programme.rounds.count() + 1)
    else:
        round_.people.all().delete()
    amends = programme.decrees.exists()
    round_.kind = Round.Kind.AMENDMENT if amends else Round.Kind.INITIAL
    round_.on, round_.first_month, round_.seed = question.on, question.first_month, question.seed
    round_.spec = question.spec
    round_.rule_version = max(programme.versions.count(), 1)
    round_.based_on = based_on or round_.based_on
    round_.input_sha256 = choice.input_sha256
    round_.candidates = choice.people.height
    round_.chosen = choice.count(Candidate.Outcome.CHOSEN)
    round_.waiting = choice.count(Candidate.Outcome.WAITING)
    round_.ineligible = choice.count(Candidate.Outcome.INELIGIBLE)
    round_.cost_rp = sum(choice.cost_rp.values())
    round_.reasons = choice.reasons()
    round_.leaving = [[worker, reason, month.isoformat()] for worker, reason, month in question.leaving]
    round_.order_of_id = question.order_of
    round_.prepared_by = by
    round_.prepared_at = timezone.now()
    round_.save()
    _copy(round_, choice.people)
    return round_


def _copy(round_: Round, people: pl.DataFrame) -> None:
    lines: dict[str, int] = {line.code: line.pk for line in round_.programme.funding_lines.all()}
    # By worker: two of the three indexes then grow at their end.
    rows = people.sort("worker_id").select(
        pl.lit(round_.pk).alias("round_id"),
        "worker_id",
        "area_code",
        "outcome",
        "rank",
        "reasons",
        pl.col("score").cast(pl.List(pl.String)),
        pl.col("line").replace_strict(lines, default=None, return_dtype=pl.Int64).alias("funding_line_id"),
    )
    with connection.cursor() as cursor:
        copy_frame(cursor, "selection_candidate", rows)
        table_grew(cursor, "selection_candidate", people.height)


def result_sha256(round_: Round) -> str:
    """A hash of who was chosen, who waits and who may not join, as stored; made in the database, row by row."""
    with connection.cursor() as cursor:
        digest = hashlib.sha256()
        query = (
            "COPY (SELECT worker_id, area_code, outcome, rank, reasons, score, funding_line_id"
            " FROM selection_candidate WHERE round_id = %s ORDER BY worker_id) TO STDOUT (FORMAT csv)"
        )
        with cursor.copy(query, [round_.pk]) as copy:
            for part in copy:
                digest.update(part)
    return digest.hexdigest()


def require_room(round_: Round, programme: Programme) -> None:
    """Places and money as they are behind the lock, not as they were when the draft was made.

    Raises PlacesExceeded, CeilingExceeded.
    """
    question = Question.of(round_, programme)
    rules = standing_of(programme, question.rules, leaving=question.leaving).remaining(question.rules)
    if round_.chosen > rules.places:
        raise PlacesExceeded(round_.chosen, rules.places)
    cost = chosen_cost(round_, programme, rules)
    for line in rules.lines:
        if cost.get(line.code, 0) > max(line.left_rp, 0):
            raise CeilingExceeded(line.code, cost[line.code], max(line.left_rp, 0))
