"""Our list against the branch's: a comparison is kept, and each of its differences is settled by a person."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from naung.accounts.acting import require
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.audit import actions as audit
from naung.contributions.actions.keeping import audited
from naung.contributions.actions.leaving import end_cover
from naung.contributions.models import Bill, BillLine, Comparison, Difference
from naung.contributions.reconciling import BranchList, compare
from naung.contributions.refusals import DifferenceSettled, NotTheirs, SettlementUnexplained
from naung.coverage.models import Departure

_BATCH = 5_000


@transaction.atomic
def compare_with_branch(bill: Bill, branch: BranchList, *, as_of: date, by: User | None) -> Comparison:
    """Hold the branch's list against a bill and keep what differs, so that it can be settled one by one.

    The same file twice gives the first comparison back, with what was settled since. Another file takes its place.
    Raises NotPermitted, OutsideTerritory.
    """
    _require(by, bill.area_code)
    bill = Bill.objects.select_for_update(of=("self",)).get(pk=bill.pk)
    standing = bill.comparisons.filter(replaced_at__isnull=True).first()
    if standing is not None and standing.sha256 == branch.sha256:
        return standing
    found = compare(bill, branch)
    now = timezone.now()
    if standing is not None:
        standing.replaced_at = now
        standing.save(update_fields=["replaced_at"])
    comparison = Comparison.objects.create(
        bill=bill,
        as_of=as_of,
        filename=branch.filename[:255],
        sha256=branch.sha256,
        both=found.both,
        unreadable=branch.unreadable,
        taken_at=now,
        taken_by=by,
    )
    rows = found.differences.rename({"worker": "worker_id"}).iter_rows(named=True)
    Difference.objects.bulk_create((Difference(comparison=comparison, **row) for row in rows), batch_size=_BATCH)
    audited("comparison.take", bill, by=by, both=found.both, differences=found.differences.height)
    return comparison


@transaction.atomic
def settle_difference(
    difference: Difference,
    *,
    settled: str,
    note: str,
    by: User,
    leaving: str = "",
    happened_on: date | None = None,
) -> Difference:
    """Say which list was wrong about one person, and why.

    Where ours was wrong to have somebody (`leaving`: the reason, `happened_on`: the day), the person's cover ends in
    the same breath: unpaid months are cancelled, paid ones credited. Nothing else is changed here. Safe to repeat.
    Raises NotPermitted, OutsideTerritory, DifferenceSettled, SettlementUnexplained, NotTheirs, and what ending a cover
    raises.
    """
    difference = Difference.objects.select_for_update(of=("self",)).get(pk=difference.pk)
    bill = Bill.objects.get(comparisons=difference.comparison_id)
    _require(by, bill.area_code)
    note = note.strip()
    if difference.settled:
        if (difference.settled, difference.note) == (settled, note):
            return difference
        raise DifferenceSettled()
    if settled not in Difference.Settled.values or not note:
        raise SettlementUnexplained()
    if leaving:
        difference.departure = _leave(difference, bill, leaving, happened_on, note, by=by)
    difference.settled, difference.note = settled, note[:200]
    difference.settled_by, difference.settled_at = by, timezone.now()
    difference.save(update_fields=["settled", "note", "departure", "settled_by", "settled_at"])
    audit.record(
        "difference.settle",
        by=by,
        target_type="bill",
        target_id=bill.pk,
        target_name=bill.number,
        area_code=bill.area_code,
        reason=note,
        difference=difference.pk,
        kind=difference.kind,
        settled=settled,
    )
    return difference


def _leave(
    difference: Difference, bill: Bill, reason: str, happened_on: date | None, evidence: str, *, by: User
) -> Departure:
    if difference.kind != Difference.Kind.ONLY_HERE or difference.worker_id is None or happened_on is None:
        raise NotTheirs()
    line = BillLine.objects.filter(bill=bill, worker_id=difference.worker_id, live=True).order_by("-month").first()
    if line is None:
        raise NotTheirs()
    return end_cover(line.enrolment, reason=reason, happened_on=happened_on, evidence=evidence, by=by)


def _require(by: User | None, area_code: str) -> None:
    may_issue = by is None or by.may(Permission.BILL_ISSUE)
    require(by, Permission.BILL_ISSUE if may_issue else Permission.PAYMENT_CONFIRM, area_code)
