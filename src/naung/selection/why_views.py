"""«Mengapa?»: one candidate of a round, all reasons at once; a part of the table, and a page of its own."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import page, private
from naung.accounts.permissions import Permission
from naung.areas import queries as areas
from naung.bulk.occupations import occupations
from naung.programmes.spec import stored_spec
from naung.programmes.words import condition_words
from naung.registry import queries as registry
from naung.rules.selection import NO_MONEY, PLACES_FULL, lottery
from naung.selection import queries, round_queries
from naung.selection.answering import change_words
from naung.selection.explaining import evidence, reason_for
from naung.selection.models import Candidate
from naung.selection.reckoning import turn_of
from naung.selection.words import score_parts
from naung.ui.terms import term


@require_safe
@private
@permission_required(Permission.WORKERS_VIEW)
def why(request: SignedInRequest, round_id: int, worker_id: int) -> HttpResponse:
    """What was decided for a candidate, by what, and what would change it."""
    round_ = get_object_or_404(queries.rounds_visible_to(request.user), pk=round_id)
    visible = queries.candidates_visible_to(request.user, round_)
    one = get_object_or_404(visible, worker_id=worker_id)
    one.round = round_
    context = _context(request, one)
    if request.htmx:
        return render(request, "selection/_why.html", context)
    return page(request, "selection/why.html", context)


def _context(request: SignedInRequest, one: Candidate) -> dict[str, Any]:
    round_, user = one.round, request.user
    spec = stored_spec(round_.spec)
    criteria = {part.key: part for part in spec.criteria}
    keys = [key for kind, _, key in (code.partition(":") for code in one.reasons) if kind == "criterion"]
    fails = [criteria[key] for key in keys if key in criteria]
    open_to_all = [part for part in fails if not part.restricted or user.may(Permission.IDENTITY_REVEAL)]
    turn = turn_of(one) if user.may(Permission.SELECTION_RUN) else None
    work = occupations().get(one.worker.occupation)
    waiting = one.outcome == Candidate.Outcome.WAITING
    return {
        "round": round_,
        "programme": round_.programme,
        "one": one,
        "nik": registry.masked_niks([one.worker])[one.worker_id],
        "district": areas.name_of(one.area_code[:6]) or "",
        "occupation": term(work.label) if work else "",
        "reasons": [reason_for(spec, code, user) for code in one.reasons],
        "evidence": evidence(one),
        "score": score_parts(spec, one.score),
        "lot": f"{lottery(round_.seed, one.worker.nik_index.hex):016x}",
        "cut": round_queries.cut_line_of(round_) if one.rank is not None else None,
        "ahead": round_.people.filter(outcome=Candidate.Outcome.WAITING, rank__lt=one.rank).count() if waiting else 0,
        "asked": [condition_words(part) for part in open_to_all if part.mode == "hard"],
        "full": [code for code in one.reasons if code in (PLACES_FULL, NO_MONEY) or code.startswith("quota:")],
        "turn": turn,
        "changes": change_words(turn.changes, spec) if turn else [],
    }
