"""Writes: rounds are run, submitted, returned and approved; an approved round is a decree.

Every action locks the programme first: places and money are counted only behind that lock.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from naung import progress
from naung.accounts import paper_numbers
from naung.accounts.acting import require
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.accounts.refusals import NotPermitted
from naung.audit import actions as audit
from naung.programmes.models import Programme
from naung.programmes.standing import require_standing
from naung.rules.periods import first_of_month
from naung.selection import decreeing, facts, queries
from naung.selection.choosing import Choice, Question, choose, judge_facts
from naung.selection.models import Candidate, Decree, Round
from naung.selection.refusals import (
    DataChanged,
    DecreeAfterFirstMonth,
    LeaverNotOnList,
    ListAltered,
    MakerIsChecker,
    MonthOutsideProgramme,
    NeedsReason,
    NoCandidates,
    NoDecreeYet,
    NothingToDecide,
    NumberMissing,
    NumberReused,
    RoundLocked,
    RoundNotDraft,
    RoundNotSubmitted,
    SeedOutOfRange,
)
from naung.selection.standing import Leaving, listed_workers
from naung.selection.storing import require_room, result_sha256, store

_Status = Round.Status


@transaction.atomic
def run_round(
    programme: Programme, *, on: date, by: User | None, seed: int | None = None, first_month: date | None = None
) -> Round:
    """Judge everybody on the sent lists as of `on`, put them in order and fill the free places: a draft.

    A draft is replaced; the same people, facts and seed again give the same draft back. Who enters is covered from
    `first_month`, by default the first month of the programme or, once that has begun, the month of `on`.
    Raises NotPermitted, OutsideTerritory, RoundLocked, NoCandidates, MonthOutsideProgramme, SeedOutOfRange,
    NeedsDecision.
    """
    programme = _locked(programme, by, Permission.SELECTION_RUN)
    seed = programme.seed if seed is None else seed
    if not 0 <= seed < 2**63:
        raise SeedOutOfRange(seed)
    _refuse_submitted(programme)
    month = first_month or max(programme.starts_on, first_of_month(on))
    _require_month(programme, month)
    question = Question(programme, programme.spec, on, month, seed)
    progress.at("gather")
    facts.pick_handed_in(programme)
    judged = judge_facts(question)
    if judged.facts.is_empty():
        raise NoCandidates(programme.code)
    if same := _draft_of(programme, judged.input_sha256):
        return same
    progress.at("choose")
    return _drafted(question, choose(question, judged), by)


@transaction.atomic
def draft_amendment(programme: Programme, *, first_month: date, leaving: Leaving, on: date, by: User | None) -> Round:
    """Let people go and give the free places to the next on the waiting list, judged again on that day: a draft.

    `leaving`: (worker id, reason, first month no longer covered). The order of the waiting list stays as it was
    decided; whoever died or is covered elsewhere by now is passed over with the reason. An empty waiting list
    still lets people go. Raises as `run_round`, NoDecreeYet, LeaverNotOnList.
    """
    programme = _locked(programme, by, Permission.SELECTION_RUN)
    _refuse_submitted(programme)
    latest = programme.rounds.filter(status=_Status.APPROVED).order_by("-number").first()
    if latest is None:
        raise NoDecreeYet(programme.code)
    _require_month(programme, first_month)
    leaving = sorted({worker: (worker, reason, month) for worker, reason, month in leaving}.values())
    if strangers := {worker for worker, _, _ in leaving} - set(listed_workers(programme)):
        raise LeaverNotOnList(len(strangers))
    question = Question(programme, programme.spec, on, first_month, latest.seed, leaving, order_of=latest.pk)
    facts.pick_candidates(latest.pk, Candidate.Outcome.WAITING)
    judged = judge_facts(question)
    if same := _draft_of(programme, judged.input_sha256):
        return same
    return _drafted(question, choose(question, judged), by)


@transaction.atomic
def submit_round(round_: Round, *, by: User | None) -> Round:
    """Lock a draft and ask for its decree. Submitting twice is submitting once.

    Its months stand under agreements in force, or somebody wrote why not. Raises NotPermitted, OutsideTerritory,
    RoundNotDraft, NothingToDecide, MonthsWithoutBasis, PlacesExceeded, CeilingExceeded.
    """
    programme = _locked(round_.programme, by, Permission.SELECTION_RUN)
    round_ = Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    if round_.status == _Status.SUBMITTED:
        return round_
    if round_.status != _Status.DRAFT:
        raise RoundNotDraft(round_.number, round_.status)
    if not round_.chosen and not round_.leaving:
        raise NothingToDecide(round_.number)
    require_standing(programme, since=round_.first_month)
    require_room(round_, programme)
    round_.status = _Status.SUBMITTED
    round_.submitted_by = by
    round_.submitted_at = timezone.now()
    round_.result_sha256 = result_sha256(round_)
    round_.returned_reason = ""
    round_.save(update_fields=["status", "submitted_by", "submitted_at", "result_sha256", "returned_reason"])
    _audited("round.submit", round_, by, chosen=round_.chosen, waiting=round_.waiting, cost_rp=round_.cost_rp)
    return round_


@transaction.atomic
def return_round(round_: Round, *, reason: str, by: User | None) -> Round:
    """Give a submitted round back with the reason; the officer may also take it back. It opens the way to another
    draft. Raises NotPermitted, OutsideTerritory, RoundNotSubmitted, NeedsReason."""
    may = Permission.DECREE_APPROVE if by is None or by.may(Permission.DECREE_APPROVE) else Permission.SELECTION_RUN
    _locked(round_.programme, by, may)
    round_ = Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    if round_.status != _Status.SUBMITTED:
        raise RoundNotSubmitted(round_.number, round_.status)
    if not reason.strip():
        raise NeedsReason()
    round_.status = _Status.RETURNED
    round_.returned_reason = reason.strip()[:300]
    round_.save(update_fields=["status", "returned_reason"])
    _audited("round.return", round_, by, reason=round_.returned_reason)
    return round_


@transaction.atomic
def approve_round(
    round_: Round, *, number: str, decided_on: date, signer: str, signer_title: str, by: User, title: str = ""
) -> Decree:
    """Make a submitted round a decree: its number, its day, its list, once and for ever.

    The facts are read again: a decree is made of what was judged, or not at all. Approving twice with the same
    number gives the same decree. Without a number it gets the next one of its region's pattern. Raises NotPermitted,
    OutsideTerritory, MakerIsChecker, RoundNotSubmitted, NumberMissing, NumberReused, DecreeAfterFirstMonth,
    MonthsWithoutBasis, ListAltered, DataChanged, PlacesExceeded, CeilingExceeded.
    """
    programme = _locked(round_.programme, by, Permission.DECREE_APPROVE)
    round_ = Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    number = number.strip()
    earlier = Decree.objects.filter(round=round_).first()
    if earlier is not None and number in ("", earlier.number):
        return earlier
    if round_.status != _Status.SUBMITTED:
        raise RoundNotSubmitted(round_.number, round_.status)
    if by.pk in (round_.prepared_by_id, round_.submitted_by_id):
        raise MakerIsChecker(by.username)
    number = _numbered(number, programme, decided_on)
    if not (number and signer.strip() and signer_title.strip()):
        raise NumberMissing()
    if queries.decree_number_taken(programme, number):
        raise NumberReused(number)
    if first_of_month(decided_on) > round_.first_month:
        raise DecreeAfterFirstMonth(decided_on, round_.first_month)
    # An agreement may have ended since the round was submitted.
    require_standing(programme, since=round_.first_month)
    _require_unchanged(round_, programme)
    require_room(round_, programme)
    decree = decreeing.make_decree(
        round_, programme, number=number, decided_on=decided_on, signer=signer.strip(),
        signer_title=signer_title.strip(), title=title.strip(), by=by,
    )  # fmt: skip
    round_.status = _Status.APPROVED
    round_.save(update_fields=["status"])
    _audited(
        "decree.approve", round_, by, number=decree.number, enters=decree.enters, leaves=decree.leaves,
        total=decree.total, list_sha256=decree.list_sha256,
    )  # fmt: skip
    return decree


# --- what the actions share ------------------------------------------------------------------------


def _locked(programme: Programme, by: User | None, permission: Permission) -> Programme:
    require(by, permission, programme.area_code)
    if by is None and permission is Permission.DECREE_APPROVE:
        raise NotPermitted(permission.value)
    return Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)


def _numbered(number: str, programme: Programme, decided_on: date) -> str:
    """The number given by hand, else the next by the pattern; the counter goes on also when both are the same."""
    numbering = paper_numbers.hold(programme.area_code, "decree", on=decided_on)
    asked: Any = {"code": programme.code, "taken": lambda one: queries.decree_number_taken(programme, one)}
    if numbering is not None and number in ("", numbering.next(**asked)):
        return numbering.take(**asked)
    return number


def _refuse_submitted(programme: Programme) -> None:
    if waiting := programme.rounds.filter(status=_Status.SUBMITTED).first():
        raise RoundLocked(waiting.number)


def _require_month(programme: Programme, month: date) -> None:
    if month.day != 1 or not programme.starts_on <= month < programme.ends_on:
        raise MonthOutsideProgramme(month, programme.starts_on, programme.ends_on)


def _draft_of(programme: Programme, input_sha256: str) -> Round | None:
    return programme.rounds.filter(status=_Status.DRAFT, input_sha256=input_sha256).first()


def _drafted(question: Question, choice: Choice, by: User | None) -> Round:
    progress.at("store")
    round_ = store(question, choice, by)
    _audited(
        "round.run", round_, by, on=question.on.isoformat(), seed=round_.seed, candidates=round_.candidates,
        chosen=round_.chosen, waiting=round_.waiting, ineligible=round_.ineligible, leaving=len(round_.leaving),
        input_sha256=round_.input_sha256,
    )  # fmt: skip
    return round_


def _require_unchanged(round_: Round, programme: Programme) -> None:
    """The list is the one submitted, and the same facts still say what they said."""
    if result_sha256(round_) != round_.result_sha256:
        raise ListAltered(round_.number)
    question = Question.of(round_, programme)
    facts.pick_candidates(round_.pk, *Candidate.Outcome.values)
    judged = judge_facts(question)
    if judged.input_sha256 != round_.input_sha256:
        chosen: Sequence[int] = list(
            round_.people.filter(outcome=Candidate.Outcome.CHOSEN).values_list("worker_id", flat=True)
        )
        raise DataChanged(round_.number, decreeing.no_longer_eligible(question, judged, chosen))


def _audited(action: str, round_: Round, by: User | None, *, reason: str = "", **detail: object) -> None:
    audit.record(
        action,
        by=by,
        target_type="round",
        target_id=round_.pk,
        target_name=f"{round_.programme.code} #{round_.number}",
        area_code=round_.programme.area_code,
        reason=reason,
        **detail,
    )
