"""Keeping a tried arrangement: the rules of the programme get a version more, and a round is run by it."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from naung.accounts.acting import require
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.audit import actions as audit
from naung.programmes import actions as programmes
from naung.programmes.arrangements import Arrangement, differences
from naung.programmes.models import Programme
from naung.programmes.spec import stored_spec
from naung.selection import facts
from naung.selection.choosing import choose, judge_facts
from naung.selection.models import Candidate, Round
from naung.selection.refusals import (
    AnswerMoved,
    CeilingBelowSpent,
    NothingArranged,
    RoundLocked,
    RoundNotDraft,
    RulesMoved,
)
from naung.selection.storing import store
from naung.selection.trying import chosen_of, fingerprint_of, question_of

_Status = Round.Status


def may_be_arranged(round_: Round) -> bool:
    """Whether another arrangement may still take this round's place: it is the newest, and nobody decides on it."""
    return (
        round_.status in (_Status.DRAFT, _Status.RETURNED)
        and not Round.objects.filter(programme_id=round_.programme_id, number__gt=round_.number).exists()
    )


@transaction.atomic
def keep_arrangement(round_: Round, asked: Arrangement, *, shown: str, reason: str, on: date, by: User | None) -> Round:
    """Run the round again by another arrangement and keep both: a draft more, and the old one as superseded.

    `shown` is the fingerprint of the answer that the officer saw (`Trial.fingerprint`): where people or facts changed
    since, nothing is kept. The people, the day of judging and the seed stay those of the round.
    Raises NotPermitted, OutsideTerritory, RoundNotDraft, RoundLocked, RulesMoved, NothingArranged, AnswerMoved,
    CeilingBelowSpent and what `programmes.actions.change_rules` raises.
    """
    require(by, Permission.SELECTION_RUN, round_.programme.area_code)
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=round_.programme_id)
    round_ = Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    if waiting := programme.rounds.filter(status=_Status.SUBMITTED).first():
        raise RoundLocked(waiting.number)
    if not may_be_arranged(round_):
        raise RoundNotDraft(round_.number, round_.status)
    if programme.spec != round_.spec:
        raise RulesMoved(round_.number)
    old = stored_spec(round_.spec)
    if not differences(old, asked.applied_to(old)):
        raise NothingArranged()
    programme = programmes.change_rules(programme, asked, reason=reason, since=on, by=by)
    new = stored_spec(programme.spec)
    question = question_of(round_, programme, new)
    facts.pick_candidates(round_.pk, *Candidate.Outcome.values)
    judged = judge_facts(question)
    for line in question.rules.lines:
        if (spent := judged.standing.spent_rp.get(line.code, 0)) > line.left_rp:
            raise CeilingBelowSpent(line.code, line.left_rp, spent)
    choice = choose(question, judged)
    if fingerprint_of(chosen_of(choice)) != shown:
        raise AnswerMoved(round_.number)
    if round_.status == _Status.DRAFT:
        round_.status = _Status.SUPERSEDED
        round_.save(update_fields=["status"])
    kept = store(question, choice, by, based_on=round_)
    audit.record(
        "round.rearrange",
        by=by,
        target_type="round",
        target_id=kept.pk,
        target_name=f"{programme.code} #{kept.number}",
        area_code=programme.area_code,
        reason=reason.strip()[:300],
        based_on=round_.number,
        changes=differences(old, new),
        rule_version=kept.rule_version,
        chosen=[round_.chosen, kept.chosen],
        cost_rp=[round_.cost_rp, kept.cost_rp],
        input_sha256=kept.input_sha256,
    )
    return kept
