"""What happens to a paper in force: an addendum from a day, an early end, a renewal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from naung.accounts.acting import require
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.agreements.actions.citing import Basis, cite
from naung.agreements.actions.common import PARTY_FIELDS, audited, locked, not_ahead, numbers_free, unchanged_since
from naung.agreements.actions.drafting import began, write_parties
from naung.agreements.actions.staging import write_covers
from naung.agreements.actions.tasking import Task, write_tasks
from naung.agreements.models import Addendum, Agreement, Change, FollowUp, StageChange
from naung.agreements.refusals import (
    AddendumOutOfOrder,
    EndOutsideTerm,
    NothingChanges,
    NotInForce,
    ReasonNeeded,
    TermReversed,
)
from naung.agreements.terms import TERM_FIELDS, as_json

Stage = Agreement.Stage


@transaction.atomic
def amend(
    agreement: Agreement,
    changes: Mapping[str, Any],
    *,
    since: date,
    signed_on: date,
    region_number: str,
    branch_number: str,
    why: str,
    by: User | None,
    revision: int | None = None,
) -> Addendum:
    """Change terms (names of TERM_FIELDS) from a day on; what was said before that day stays readable for ever.

    `revision` is what the person saw. Raises ChangedMeanwhile, NotInForce, NothingChanges, AddendumOutOfOrder,
    TermReversed, NumberUsed, Overlapping, DayAhead.
    """
    require(by, Permission.AGREEMENT_EDIT, agreement.area_code)
    agreement = locked(agreement)
    if agreement.stage != Stage.IN_FORCE or agreement.starts_on is None:
        raise NotInForce(agreement.title)
    unchanged_since(agreement, revision)
    assert set(changes) <= set(TERM_FIELDS)
    not_ahead(signed_on)
    if not why.strip():
        raise ReasonNeeded()
    before = {field: as_json(field, getattr(agreement, field)) for field in changes}
    after = {field: as_json(field, value) for field, value in changes.items()}
    changed = [field for field in changes if before[field] != after[field]]
    if not changed:
        raise NothingChanges()
    last = agreement.addenda.order_by("-number").first()
    earliest = last.since if last else agreement.starts_on
    if since < earliest or (agreement.ends_on is not None and since > agreement.ends_on):
        raise AddendumOutOfOrder(earliest)
    numbers_free(agreement.area_code, {"region": region_number, "branch": branch_number})
    addendum = Addendum.objects.create(
        agreement=agreement,
        number=last.number + 1 if last else 1,
        region_number=region_number,
        branch_number=branch_number,
        signed_on=signed_on,
        since=since,
        why=why.strip(),
        before={field: before[field] for field in changed},
        after={field: after[field] for field in changed},
        made_by=by,
    )
    for field in changed:
        setattr(agreement, field, changes[field])
    if agreement.ends_on is not None and agreement.ends_on <= max(agreement.starts_on, since):
        raise TermReversed()
    agreement.revision += 1
    agreement.save()
    Change.objects.create(
        agreement=agreement,
        revision=agreement.revision,
        fields=[[field, before[field], after[field]] for field in changed],
        by=by,
    )
    write_covers(agreement)
    audited("agreement.amend", agreement, by=by, reason=why, addendum=addendum.number, fields=sorted(changed))
    return addendum


@transaction.atomic
def end_agreement(agreement: Agreement, *, on: date, reason: str, by: User | None) -> Agreement:
    """End a paper before its term: `on` is the first day on which it no longer holds.

    One in force holds for a day at least, and no longer than its term. Raises ReasonNeeded, EndOutsideTerm,
    NotPermitted, OutsideTerritory.
    """
    require(by, Permission.AGREEMENT_EDIT, agreement.area_code)
    agreement = locked(agreement)
    if agreement.stage == Stage.ENDED:
        return agreement
    if not reason.strip():
        raise ReasonNeeded()
    was = agreement.stage
    if was == Stage.IN_FORCE:
        assert agreement.starts_on is not None, "kept by the database"
        assert agreement.ends_on is not None, "kept by the database"
        if not agreement.starts_on < on <= agreement.ends_on:
            raise EndOutsideTerm(agreement.starts_on, agreement.ends_on - timedelta(days=1))
    agreement.stage, agreement.ended_on, agreement.end_reason = Stage.ENDED, on, reason.strip()[:240]
    agreement.was_in_force = was == Stage.IN_FORCE
    agreement.save(update_fields=["stage", "ended_on", "end_reason", "was_in_force"])
    if was == Stage.IN_FORCE:
        write_covers(agreement)
    StageChange.objects.create(
        agreement=agreement, was=was, now=Stage.ENDED, on=on, evidence=reason.strip()[:300], by=by
    )
    audited("agreement.end", agreement, by=by, reason=reason)
    return agreement


@transaction.atomic
def renew(agreement: Agreement, *, by: User | None, due_on: date | None = None) -> Agreement:
    """A new draft that takes over everything but numbers, days and results; a draft on its way is given back.

    It begins where the old one ends and is due, unless told otherwise, on the last day of the old one. What differs is
    read by `queries.differences(new, old)`.
    """
    require(by, Permission.AGREEMENT_EDIT, agreement.area_code)
    agreement = locked(agreement)
    if (found := agreement.renewals.exclude(stage=Stage.ENDED).first()) is not None:
        return found
    new = Agreement.objects.create(
        kind=agreement.kind, parent=agreement.parent, office=agreement.office, branch=agreement.branch,
        area_code=agreement.area_code, title=agreement.title, stage=Stage.DRAFT, due_on=due_on or last_day(agreement),
        starts_on=agreement.ends_on, programmes=agreement.programmes, segments=agreement.segments,
        groups=agreement.groups, objects_text=agreement.objects_text, scope=agreement.scope, funding=agreement.funding,
        renews=agreement, sample=agreement.sample,
    )  # fmt: skip
    write_parties(new, [{name: getattr(p, name) for name in PARTY_FIELDS} for p in agreement.parties.all()])
    printed = agreement.legal_bases.values_list("as_printed", "instrument__name")
    cite([Basis(words, name=name) for words, name in printed], of=new, by=by)
    owed = agreement.tasks.filter(kind=FollowUp.Kind.OBLIGATION)
    write_tasks(new, [Task(one.what, one.owner, None, one.sample, one.kind, one.side) for one in owed])
    began(new, by=by, on=None)
    audited("agreement.renew", new, by=by, renews=agreement.pk)
    return new


def last_day(agreement: Agreement) -> date | None:
    """The last day of its term."""
    return agreement.ends_on - timedelta(days=1) if agreement.ends_on else None
