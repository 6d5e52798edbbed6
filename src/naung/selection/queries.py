"""Reads of rounds, candidates and decrees. People are seen by territory; counts by who sees programmes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db import connection
from django.db.models import Model, QuerySet, Sum

from naung.accounts import paper_numbers
from naung.accounts.permissions import Permission
from naung.accounts.territory import Viewer, within_territory
from naung.programmes.models import Programme
from naung.programmes.spec import rules_of, stored_spec
from naung.registry.models import SourceList, Worker
from naung.rules.selection import Dimension, Share
from naung.selection import facts
from naung.selection.models import Candidate, Decree, DecreeEntry, Round

PAGE_ROWS = 50
M = TypeVar("M", bound=Model)


def rounds_visible_to(user: Viewer) -> QuerySet[Round]:
    """Rounds of programmes in the user's territory, newest first: counts, no people."""
    rows = Round.objects.select_related("programme", "prepared_by", "submitted_by").order_by("-id")
    return within_territory(rows, user, Permission.PROGRAMMES_VIEW, field="programme__area_code")


def decrees_visible_to(user: Viewer) -> QuerySet[Decree]:
    """Decrees of programmes in the user's territory, newest first: numbers and totals, no people."""
    rows = Decree.objects.select_related("programme", "amends", "approved_by", "round").order_by("-decided_on", "-id")
    return within_territory(rows, user, Permission.PROGRAMMES_VIEW, field="programme__area_code")


def decree_number_taken(programme: Programme, number: str) -> bool:
    """Whether the region has a decree of this number."""
    return Decree.objects.filter(programme__area_code=programme.area_code, number=number).exists()


def next_decree_number(programme: Programme, *, on: date) -> str:
    """What the pattern of the region gives to the next decree, if nobody is faster; empty where it has no pattern."""
    numbering = paper_numbers.look(programme.area_code, "decree", on=on)
    if numbering is None:
        return ""
    return numbering.next(code=programme.code, taken=lambda one: decree_number_taken(programme, one))


def people_handed_in(programme: Programme) -> int:
    """About how many a round would judge: the accepted rows of its sent lists."""
    lists = SourceList.objects.filter(programme_code=programme.code, status=SourceList.Status.SENT)
    return int(lists.aggregate(rows=Sum("accepted"))["rows"] or 0)


def candidates_visible_to(user: Viewer, round_: Round) -> QuerySet[Candidate]:
    """The candidates of a round who live in the user's territory, by rank and then those who may not join."""
    rows = (
        Candidate.objects.filter(round=round_)
        .select_related("worker", "funding_line")
        .defer("worker__sealed")
        .order_by("rank", "id")
    )
    return within_territory(rows, user, Permission.WORKERS_VIEW)


def entries_visible_to(user: Viewer, decree: Decree) -> QuerySet[DecreeEntry]:
    """The people on a decree who live in the user's territory, in the order of the list."""
    rows = DecreeEntry.objects.filter(decree=decree).select_related("funding_line").order_by("ordinal")
    return within_territory(rows, user, Permission.WORKERS_VIEW)


def names_replaced(user: Viewer, decree: Decree, workers: Iterable[int]) -> dict[int, str]:
    """Names of people whose place somebody takes by a decree, as named there, where the user may see them."""
    gone = entries_visible_to(user, decree).filter(act=DecreeEntry.Act.LEAVE, worker_id__in=list(workers))
    return dict(gone.values_list("worker_id", "name"))


def candidacies_of(user: Viewer, worker: Worker) -> QuerySet[Candidate]:
    """What rounds decided for one worker whom the user may see, newest first."""
    rows = (
        Candidate.objects.filter(worker=worker)
        .select_related("round__programme")
        # What a page tells about each; definitions and counts of whole rounds are long.
        .only(
            "worker_id",
            "area_code",
            "outcome",
            "rank",
            "round__on",
            "round__first_month",
            "round__status",
            "round__programme__name",
            "round__programme__ends_on",
        )
        .order_by("-round_id")
    )
    return within_territory(rows, user, Permission.WORKERS_VIEW)


def covering_programmes(candidate: Candidate) -> list[str]:
    """The names of other programmes whose decrees give the candidate a month of the round's span."""
    round_ = candidate.round
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT p.name FROM ({facts.COVERING.format(people='(SELECT %(worker)s AS worker_id) picked')}) c"
            " JOIN programmes_programme p ON p.id = c.programme_id ORDER BY p.name",
            {
                "worker": candidate.worker_id,
                "programme": round_.programme_id,
                "first_month": round_.first_month,
                "ends_on": round_.programme.ends_on,
            },
        )
        return [name for (name,) in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Page:
    """Up to fifty candidates. `after` of the next page, or None where this is the last."""

    rows: list[Candidate]
    next_after: int | None


def page_of_candidates(user: Viewer, round_: Round, *, outcome: str = "", after: int = 0) -> Page:
    """Fifty candidates behind rank `after` (behind id `after` for those who may not join, who have no rank).

    By position and not by offset, so that the last page of a million is as near as the first.
    """
    rows = candidates_visible_to(user, round_)
    if outcome == Candidate.Outcome.INELIGIBLE:
        rows = rows.filter(outcome=outcome, id__gt=after).order_by("id")
    else:
        rows = rows.filter(rank__gt=after).order_by("rank")
        if outcome:
            rows = rows.filter(outcome=outcome)
    found = list(rows[: PAGE_ROWS + 1])
    shown = found[:PAGE_ROWS]
    if len(found) <= PAGE_ROWS:
        return Page(shown, None)
    last = shown[-1]
    return Page(shown, last.rank if last.rank is not None else last.pk)


def waiting_list(user: Viewer, programme: Programme) -> QuerySet[Candidate]:
    """Who waits now, in order: the waiting list that the latest approved round left."""
    latest = programme.rounds.filter(status=Round.Status.APPROVED).order_by("-number").first()
    if latest is None:
        return Candidate.objects.none()
    return candidates_visible_to(user, latest).filter(outcome=Candidate.Outcome.WAITING)


@dataclass(frozen=True, slots=True)
class GroupShare:
    """One group of a quota: how many were chosen and wait, beside what the quota allows and promises."""

    group: str
    chosen: int
    waiting: int
    share: Share

    @property
    def short(self) -> int:
        """How many are missing to the smallest share."""
        return max(self.share.least - self.chosen, 0)


_COLUMN = {
    Dimension.VILLAGE: "CASE WHEN length(c.area_code) = 10 THEN c.area_code ELSE '' END",
    Dimension.DISTRICT: "CASE WHEN length(c.area_code) >= 6 THEN left(c.area_code, 6) ELSE '' END",
    Dimension.REGENCY: "left(c.area_code, 4)",
    Dimension.OCCUPATION: "w.occupation",
}


def distribution(round_: Round, *, by: Dimension = Dimension.VILLAGE) -> list[GroupShare]:
    """How the places fell by area or occupation, beside the quotas of that kind. Counts, no people."""
    quotas = [quota for quota in rules_of(stored_spec(round_.spec)).quotas if quota.by is by]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMN[by]}, count(*) FILTER (WHERE c.outcome = 'chosen'),"
            " count(*) FILTER (WHERE c.outcome = 'waiting')"
            " FROM selection_candidate c JOIN registry_worker w ON w.id = c.worker_id"
            " WHERE c.round_id = %s AND c.rank IS NOT NULL GROUP BY 1",
            [round_.pk],
        )
        found = {group: (chosen, waiting) for group, chosen, waiting in cursor.fetchall()}
    promised = {group for quota in quotas for group in quota.groups}
    return [
        GroupShare(group, *found.get(group, (0, 0)), _tightest([quota.share_of(group) for quota in quotas]))
        for group in sorted({*found, *promised})
    ]


def _tightest(shares: list[Share]) -> Share:
    """Of several quotas of one kind the lowest limit and the largest promise hold."""
    limits = [share.most for share in shares if share.most is not None]
    return Share(min(limits, default=None), max((share.least for share in shares), default=0))
