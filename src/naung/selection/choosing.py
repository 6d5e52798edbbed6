"""From facts to outcomes: screen, rank or keep the order, fill. No writing here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from naung.bulk.costing import with_costs
from naung.bulk.filling import filled
from naung.bulk.ranking import ranked
from naung.bulk.screening import ineligibilities
from naung.lawbook import queries as lawbook
from naung.programmes.models import Programme
from naung.programmes.spec import by_declared_income, rules_of, stored_spec
from naung.registry.frames import read_frame
from naung.rules.contributions import Programme as Insurance
from naung.rules.money import Rupiah
from naung.rules.periods import MonthSpan
from naung.rules.selection import SelectionRules
from naung.selection import facts
from naung.selection.models import Candidate, Round
from naung.selection.standing import Leaving, Standing, cost_of, standing_of

_Outcome = Candidate.Outcome


@dataclass(frozen=True)
class Choice:
    """What a round decides. `people` has worker_id, area_code, outcome, rank, reasons, score, line."""

    people: pl.DataFrame
    cost_rp: dict[str, Rupiah]
    input_sha256: str

    def count(self, outcome: str) -> int:
        return int((self.people["outcome"] == outcome).sum())

    def reasons(self) -> dict[str, int]:
        """How many people each reason was told to, the most frequent first."""
        told = self.people["reasons"].explode().drop_nulls().value_counts(name="people")
        return dict(told.sort(["people", "reasons"], descending=[True, False]).iter_rows())


@dataclass(frozen=True)
class Question:
    """What is asked of the people picked: judged on a day, for months from one on, by a definition and a seed.

    `order_of`: the round whose ranks hold on (an amendment); None draws the order anew.
    """

    programme: Programme
    spec: dict[str, Any]
    on: date
    first_month: date
    seed: int
    leaving: Leaving = ()
    order_of: int | None = None

    @classmethod
    def of(cls, round_: Round, programme: Programme) -> Question:
        """What a round once asked, to be asked again."""
        return cls(
            programme, round_.spec, round_.on, round_.first_month, round_.seed, leaving_of(round_), round_.order_of_id
        )

    @property
    def rules(self) -> SelectionRules:
        return rules_of(stored_spec(self.spec), seed=self.seed)

    def written(self, standing: Standing) -> bytes:
        """Everything but the facts that decides the answer, as bytes that a hash can begin with."""
        said = {
            "spec": self.spec,
            "on": self.on.isoformat(),
            "first_month": self.first_month.isoformat(),
            "ends_on": self.programme.ends_on.isoformat(),
            "seed": self.seed,
            "leaving": [[worker, reason, month.isoformat()] for worker, reason, month in self.leaving],
            "order_of": self.order_of,
            "listed": standing.listed,
            "taken": sorted([*at, count] for at, count in standing.taken.items()),
            "spent_rp": dict(sorted(standing.spent_rp.items())),
        }
        return json.dumps(said, sort_keys=True, ensure_ascii=False).encode()


def leaving_of(round_: Round) -> list[tuple[int, str, date]]:
    """Whom an amendment lets go: worker, reason, first month no longer covered."""
    return [(worker, reason, date.fromisoformat(month)) for worker, reason, month in round_.leaving]


@dataclass(frozen=True)
class Judged:
    """The facts about the people picked, what the programme has given, and the hash of both."""

    facts: pl.DataFrame
    standing: Standing
    input_sha256: str


def judge_facts(question: Question) -> Judged:
    """Read everything the answer depends on. The people are picked by then (`facts.pick_...`)."""
    known = facts.of_picked(question.programme, first_month=question.first_month)
    standing = standing_of(question.programme, question.rules, leaving=question.leaving)
    return Judged(known, standing, facts.sha256_of(known, question.written(standing)))


def choose(question: Question, judged: Judged) -> Choice:
    """Screen, order, fill. Raises NeedsDecision and NotInForce of the law."""
    ordered, out = screened_in_order(question, judged)
    placed = place(question, judged.standing, ordered)
    chosen = pl.col("line").is_not_null()
    columns = ["worker_id", "area_code", "outcome", "rank", "reasons", "score", "line"]
    inside = placed.with_columns(
        outcome=pl.when(chosen).then(pl.lit(_Outcome.CHOSEN.value)).otherwise(pl.lit(_Outcome.WAITING.value)),
        reasons=pl.concat_list("remarks", "obstacles"),
    ).select(columns)
    outside = out.with_columns(
        outcome=pl.lit(_Outcome.INELIGIBLE.value),
        rank=pl.lit(None, dtype=pl.Int64),
        reasons=pl.concat_list("reasons", "remarks"),
        score=pl.lit([], dtype=pl.List(pl.Int64)),
        line=pl.lit(None, dtype=pl.String),
    ).select(columns)
    return Choice(
        pl.concat([inside, outside]), cost_of(placed.filter(chosen), question.rules.lines), judged.input_sha256
    )


def screened_in_order(question: Question, judged: Judged) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Who may join, first to last, and who may not, each with the reasons."""
    screened = ineligibilities(judged.facts, question.rules, on=question.on, law=lawbook.law_now()).collect()
    ordered = ranked(screened.filter(pl.col("reasons").list.len() == 0), question.rules, on=question.on)
    if question.order_of is not None:
        ordered = _in_the_order_of(question.order_of, ordered)
    return ordered, screened.filter(pl.col("reasons").list.len() > 0)


def place(question: Question, standing: Standing, ordered: pl.DataFrame) -> pl.DataFrame:
    """Price everybody for the months of the question and give the free places, first to last.

    `line` and `obstacles` are added, with a cost column for each line. Raises NeedsDecision and NotInForce of the law.
    """
    rules = standing.remaining(question.rules)
    priced = with_costs(
        ordered if by_declared_income(question.spec) else ordered.with_columns(income_rp=pl.lit(None, dtype=pl.Int64)),
        rules.lines,
        months=list(MonthSpan(question.first_month, question.programme.ends_on)),
        package=frozenset(Insurance(name) for name in question.programme.package),
        law=lawbook.law_now(),
        decisions=lawbook.decisions_for(question.programme.area_code),
    )
    return filled(priced, rules, on=question.on, taken=standing.taken)


def _in_the_order_of(round_id: int, ordered: pl.DataFrame) -> pl.DataFrame:
    """The same people by their ranks in an earlier round, with the numbers that gave these ranks."""
    earlier = read_frame(
        "SELECT worker_id, rank, array_to_string(score, ',') FROM selection_candidate"
        " WHERE round_id = %s AND rank IS NOT NULL",
        [round_id],
        {"worker_id": pl.Int64, "old_rank": pl.Int64, "old_score": pl.String},
    )
    scores = pl.col("old_score").str.split(",").list.eval(pl.element().cast(pl.Int64, strict=False)).list.drop_nulls()
    return (
        ordered.join(earlier, on="worker_id", how="left")
        .sort("old_rank")
        .with_columns(score=scores, rank=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
        .drop("old_rank", "old_score")
    )
