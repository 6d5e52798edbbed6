"""What a round would have been by another arrangement: counted in columns from its stored candidates, nothing written.

Who may join is not asked again unless the months change: only then may another programme pay the same months.
Everything else (the order, the places, the quotas, the money) follows from the numbers kept for each candidate. The
pages of a round promise that keeping an arrangement gives what was shown; a property test holds them equal.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256

import polars as pl
from django.db import transaction

from naung.bulk.filling import cost_column
from naung.bulk.occupations import occupations
from naung.bulk.ranking import lots
from naung.programmes.models import Programme
from naung.programmes.spec import ProgrammeSpec, stored_spec
from naung.registry.frames import read_frame
from naung.rules.conditions import Field
from naung.rules.money import Rupiah
from naung.rules.selection import Dimension, SelectionRules
from naung.selection import facts
from naung.selection.choosing import Choice, Question, judge_facts, place, screened_in_order
from naung.selection.models import Candidate, Round
from naung.selection.standing import Standing, cost_of, standing_of

#: What a candidate's worker does not carry; whoever asks for it needs the lists of others.
_ASKED_OF_OTHERS = {Field.OFFICE, Field.DECILE, Field.ATTRIBUTE}

_RANKED = """
    SELECT c.worker_id, c.area_code, c.rank, c.outcome = 'chosen', array_to_string(c.score, ','),
           replace(w.nik_index::text, '-', ''), w.birth_date, w.sex, w.occupation, w.sector, w.income_rp,
           replace(w.kk_index::text, '-', '')
      FROM selection_candidate c JOIN registry_worker w ON w.id = c.worker_id
     WHERE c.round_id = %(round)s AND c.rank IS NOT NULL
     ORDER BY c.rank
"""
_KINDS = {
    "worker_id": pl.Int64, "area_code": pl.String, "old_rank": pl.Int64, "was": pl.Boolean, "scores": pl.String,
    "key": pl.String, "birth_date": pl.Date, "sex": pl.String, "occupation": pl.String, "sector": pl.String,
    "income_rp": pl.Int64, "household": pl.String,
}  # fmt: skip


@dataclass(frozen=True)
class Trial:
    """Who would get a place. `people` (the eligible, first to last) has worker_id, area_code, rank, old_rank, was, now,
    line, cost_rp, obstacles, score and the columns that quotas count by.
    """

    round: Round
    programme: Programme
    question: Question
    standing: Standing
    people: pl.DataFrame
    cost_rp: dict[str, Rupiah]
    lost: pl.DataFrame  # chosen before, and by these months no longer eligible

    @property
    def spec(self) -> ProgrammeSpec:
        return stored_spec(self.question.spec)

    @property
    def rules(self) -> SelectionRules:
        return self.question.rules

    @cached_property
    def chosen(self) -> int:
        return int(self.people["now"].sum())

    @property
    def waiting(self) -> int:
        return self.people.height - self.chosen

    @property
    def total_rp(self) -> Rupiah:
        return sum(self.cost_rp.values())

    @cached_property
    def enters(self) -> pl.DataFrame:
        """Chosen now and not before, in the new order."""
        return self.people.filter(pl.col("now") & ~pl.col("was"))

    @cached_property
    def leaves(self) -> pl.DataFrame:
        """Chosen before and not now, in the old order."""
        gone = self.people.filter(~pl.col("now") & pl.col("was")).select(
            "worker_id", "area_code", "old_rank", "obstacles"
        )
        return pl.concat([gone, self.lost]).sort("old_rank")

    @property
    def entering(self) -> int:
        return self.enters.height

    @property
    def leaving(self) -> int:
        return self.leaves.height

    @cached_property
    def left_rp(self) -> dict[str, Rupiah]:
        """By line, what the ceiling holds beyond the people of the decrees and of this answer."""
        return {
            line.code: line.left_rp - self.cost_rp.get(line.code, 0)
            for line in self.standing.remaining(self.rules).lines
        }

    @cached_property
    def fingerprint(self) -> str:
        """Of who gets a place from which line: the same answer, the same fingerprint."""
        return fingerprint_of(self.people.filter("now").select("worker_id", "line"))


def fingerprint_of(chosen: pl.DataFrame) -> str:
    """A hash of worker and line of each of the chosen, in any order."""
    return sha256(chosen.select("worker_id", "line").sort("worker_id").write_csv().encode()).hexdigest()[:32]


def chosen_of(choice: Choice) -> pl.DataFrame:
    """Worker and line of whom a choice gives a place."""
    return choice.people.filter(pl.col("outcome") == Candidate.Outcome.CHOSEN.value).select("worker_id", "line")


@transaction.atomic
def tried(round_: Round, spec: ProgrammeSpec) -> Trial:
    """The answer of another definition about the candidates of a round, beside what the round decided.

    Temporary tables are all it writes. Raises NeedsDecision and NotInForce of the law.
    """
    old = stored_spec(round_.spec)
    programme = copy.copy(round_.programme)
    programme.starts_on, programme.ends_on, programme.places = spec.months.first, spec.months.end, spec.places
    question = question_of(round_, programme, spec)
    if (old.months, round_.first_month) != (spec.months, question.first_month):
        return _judged_again(round_, question)
    standing = standing_of(programme, question.rules, leaving=question.leaving)
    placed = place(question, standing, _in_order(round_, question, old, spec))
    return _trial(round_, question, standing, placed, _NOBODY)


def question_of(round_: Round, programme: Programme, spec: ProgrammeSpec) -> Question:
    """What a round asked, with another definition. The day, the seed and who leaves stay.

    Whoever enters with the first month of the programme still does; a later month stays where it was.
    """
    old = stored_spec(round_.spec)
    moves = round_.first_month == old.first_month
    first = spec.first_month if moves else max(round_.first_month, spec.first_month)
    return replace(Question.of(round_, programme), spec=spec.stored(), first_month=first)


_NOBODY = pl.DataFrame(
    schema={"worker_id": pl.Int64, "area_code": pl.String, "old_rank": pl.Int64, "obstacles": pl.List(pl.String)}
)


def _in_order(round_: Round, question: Question, old: ProgrammeSpec, new: ProgrammeSpec) -> pl.DataFrame:
    """The eligible of a round, first to last by the priorities of the new definition, with their numbers."""
    people = read_frame(_RANKED, {"round": round_.pk}, _KINDS)  # type: ignore[arg-type]
    scores = pl.col("scores").fill_null("").str.split(",").list.eval(pl.element().cast(pl.Int64, strict=False))
    people = _with_facts(people, round_, question).with_columns(score=scores.list.drop_nulls()).drop("scores")
    keys, wanted = [one.key for one in old.priorities], [one.key for one in new.priorities]
    if keys == wanted or question.order_of is not None:
        return people.with_columns(rank=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
    parts = {key: f"score:{place}" for place, key in enumerate(keys)}
    drawn = pl.Series("lot", lots(question.seed, people["key"]), dtype=pl.UInt64)
    return (
        people.with_columns(drawn, *(pl.col("score").list.get(n).alias(name) for n, name in enumerate(parts.values())))
        .sort(*(parts[key] for key in wanted), "lot", "key")
        .with_columns(
            score=pl.concat_list(parts[key] for key in wanted), rank=pl.int_range(1, pl.len() + 1, dtype=pl.Int64)
        )
        .drop(*parts.values(), "lot")
    )


def _with_facts(people: pl.DataFrame, round_: Round, question: Question) -> pl.DataFrame:
    """What quotas count by and what money asks for; the lists of others are read only where something asks for them."""
    rules = question.rules
    asked = {one.field for line in rules.lines for one in line.only_for}
    if asked & _ASKED_OF_OTHERS or any(quota.by is Dimension.OFFICE for quota in rules.quotas):
        facts.pick_candidates(round_.pk, Candidate.Outcome.CHOSEN, Candidate.Outcome.WAITING)
        known = facts.of_picked(question.programme, first_month=question.first_month)
        ours = people.select("worker_id", "area_code", "old_rank", "was", "scores")
        return ours.join(known.drop("area_code"), on="worker_id", how="left", maintain_order="left")
    works = list(occupations().values())
    groups = {one.code: one.group for one in works}
    risks = {one.code: one.risk for one in works}
    return people.with_columns(
        pl.col("occupation", "household").fill_null(""),
        occupation_group=pl.col("occupation").replace_strict(groups, default="", return_dtype=pl.String).fill_null(""),
        occupation_risk=pl.col("occupation").replace_strict(risks, default=None, return_dtype=pl.Int64),
    )


def _judged_again(round_: Round, question: Question) -> Trial:
    """Other months: who is paid by another programme in them is asked anew, and so is everything else."""
    facts.pick_candidates(round_.pk, *Candidate.Outcome.values)
    judged = judge_facts(question)
    screened, refused = screened_in_order(question, judged)
    before = read_frame(
        "SELECT worker_id, rank, outcome = 'chosen' FROM selection_candidate WHERE round_id = %s",
        [round_.pk],
        {"worker_id": pl.Int64, "old_rank": pl.Int64, "was": pl.Boolean},
    )
    placed = place(question, judged.standing, screened.join(before, on="worker_id", how="left", maintain_order="left"))
    lost = refused.join(before.filter("was"), on="worker_id").select(
        "worker_id", "area_code", "old_rank", pl.col("reasons").alias("obstacles")
    )
    return _trial(round_, question, judged.standing, placed, lost)


def _trial(round_: Round, question: Question, standing: Standing, placed: pl.DataFrame, lost: pl.DataFrame) -> Trial:
    now = pl.col("line").is_not_null()
    prices = (pl.when(pl.col("line") == line.code).then(cost_column(line)) for line in question.rules.lines)
    people = placed.with_columns(now=now, cost_rp=pl.coalesce(*prices, pl.lit(0, dtype=pl.Int64)))
    cost = cost_of(people.filter("now"), question.rules.lines)
    return Trial(round_, question.programme, question, standing, people, cost, lost)
