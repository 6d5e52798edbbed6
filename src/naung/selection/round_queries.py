"""What the page of a round adds up: where the line falls, and who stands around it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from naung.accounts.territory import Viewer
from naung.selection.models import Candidate, Round
from naung.selection.queries import candidates_visible_to

AROUND = 5


@dataclass(frozen=True, slots=True)
class CutLine:
    """The last rank that got a place. Of the `tied` people with its score `tied_chosen` got one; the lot decided.

    `passed` were ranked before it and wait all the same: a quota or the money stood in the way.
    """

    rank: int
    score: tuple[int, ...]
    tied: int
    tied_chosen: int
    passed: int


def cut_line_of(round_: Round) -> CutLine | None:
    """Where the places or the money end. None where nobody was chosen."""
    chosen = Candidate.Outcome.CHOSEN
    last = round_.people.filter(outcome=chosen).order_by("-rank").values_list("rank", "score").first()
    if last is None:
        return None
    rank, score = last
    assert rank is not None, "whoever is chosen has a rank"
    same = round_.people.filter(rank__isnull=False, score=score)
    found = same.aggregate(all=Count("id"), chosen=Count("id", filter=Q(outcome=chosen)))
    before = round_.people.filter(rank__lt=rank, outcome=Candidate.Outcome.WAITING).count()
    return CutLine(rank, tuple(score), found["all"], found["chosen"], before)


def around_the_line(
    user: Viewer, round_: Round, cut: CutLine | None
) -> tuple[list[Candidate], list[Candidate], list[Candidate]]:
    """The first few, the last few before the line, and the first few behind it."""
    rows = candidates_visible_to(user, round_).filter(rank__isnull=False)
    if cut is None:
        return list(rows[: 2 * AROUND]), [], []
    first = list(rows.filter(rank__lte=min(AROUND, cut.rank)))
    near = list(rows.filter(rank__gt=max(cut.rank - AROUND, AROUND), rank__lte=cut.rank))
    return first, near, list(rows.filter(rank__gt=cut.rank)[:AROUND])
