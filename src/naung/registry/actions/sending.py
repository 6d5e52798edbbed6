"""A list between its village and the owner of the programme: sent in parts, verified, given back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from naung.accounts.acting import require
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.audit import actions as audit
from naung.bulk.intake.reasons import RETURNED
from naung.registry.list_refusals import ListNotSent, NothingReady, ReasonMissing
from naung.registry.models import SourceList, SourceRow

_ACCEPT = SourceRow.Verdict.ACCEPT


@transaction.atomic
def send_list(*, source_list: SourceList, by: User | None) -> SourceList:
    """Hand in the rows that are ready now; the others stay open and may follow by sending again.

    Sending when nothing is new changes nothing. What is sent waits for an officer to verify it.
    Raises NotPermitted, OutsideTerritory, NothingReady.
    """
    require(by, Permission.LIST_UPLOAD, source_list.area_code)
    source_list = SourceList.objects.select_for_update().get(pk=source_list.pk)
    sent_before = source_list.status == SourceList.Status.SENT
    ready = ready_to_send(source_list)
    if sent_before and not ready:
        return source_list
    if not ready:
        raise NothingReady
    SourceRow.objects.filter(list=source_list, held=True).update(held=False)
    source_list.status = SourceList.Status.SENT
    source_list.sent_at = timezone.now()
    source_list.verified_at = source_list.verified_by = None
    source_list.returned_at = source_list.returned_by = None
    source_list.returned_reason = ""
    source_list.save(
        update_fields=[
            "status", "sent_at", "verified_at", "verified_by", "returned_at", "returned_by", "returned_reason",
        ]
    )  # fmt: skip
    _record("list.send", source_list, by, accepted=source_list.accepted, sent=ready)
    return source_list


def ready_to_send(source_list: SourceList) -> int:
    """How many rows sending would hand in: all that are ready of a draft, later what became ready since."""
    if source_list.status == SourceList.Status.DRAFT:
        return source_list.accepted
    return SourceRow.objects.filter(list=source_list, verdict=_ACCEPT, held=True).count()


@transaction.atomic
def verify_list(*, source_list: SourceList, by: User | None) -> SourceList:
    """An officer accepts what was sent. The same again changes nothing.

    Raises NotPermitted, OutsideTerritory, ListNotSent.
    """
    require(by, Permission.LIST_DECIDE, source_list.area_code)
    source_list = SourceList.objects.select_for_update().get(pk=source_list.pk)
    if source_list.status != SourceList.Status.SENT:
        raise ListNotSent
    if source_list.verified_at is None:
        source_list.verified_at, source_list.verified_by = timezone.now(), by
        source_list.save(update_fields=["verified_at", "verified_by"])
        rows = SourceRow.objects.filter(list=source_list, verdict=_ACCEPT, held=False).count()
        _record("list.verify", source_list, by, rows=rows)
    return source_list


@transaction.atomic
def return_list(*, source_list: SourceList, reason: str, by: User | None) -> SourceList:
    """Give a whole list back: it is a draft again, out of every selection to come until it is sent once more.

    Raises NotPermitted, OutsideTerritory, ListNotSent, ReasonMissing.
    """
    require(by, Permission.LIST_DECIDE, source_list.area_code)
    source_list = SourceList.objects.select_for_update().get(pk=source_list.pk)
    if source_list.status != SourceList.Status.SENT:
        raise ListNotSent
    if not reason.strip():
        raise ReasonMissing
    source_list.status = SourceList.Status.DRAFT
    source_list.verified_at = source_list.verified_by = None
    source_list.returned_at, source_list.returned_by = timezone.now(), by
    source_list.returned_reason = reason.strip()[:200]
    source_list.save(
        update_fields=["status", "verified_at", "verified_by", "returned_at", "returned_by", "returned_reason"]
    )
    _record("list.return", source_list, by, reason=source_list.returned_reason)
    return source_list


@transaction.atomic
def return_rows(*, source_list: SourceList, ordinals: Sequence[int], reason: str, by: User | None) -> int:
    """Give some sent rows back for correction; the others stay sent. How many went back.

    A row that is not among the sent ones any more is left as it is.
    Raises NotPermitted, OutsideTerritory, ListNotSent, ReasonMissing.
    """
    require(by, Permission.LIST_DECIDE, source_list.area_code)
    source_list = SourceList.objects.select_for_update().get(pk=source_list.pk)
    if source_list.status != SourceList.Status.SENT:
        raise ListNotSent
    if not reason.strip():
        raise ReasonMissing
    found = SourceRow.objects.select_for_update().filter(
        list=source_list, ordinal__in=ordinals, verdict=_ACCEPT, held=False
    )
    rows = list(found)
    if not rows:
        return 0
    tally = Counter(source_list.reasons)
    for row in rows:
        tally.subtract(row.reasons)
        row.reasons = [*(code for code in row.reasons if code != RETURNED), RETURNED]
        tally.update(row.reasons)
        row.verdict, row.worker = SourceRow.Verdict.REJECT, None
        row.decision, row.decided_at = reason.strip()[:200], None
        row.decided_by = by.username if by is not None else "sistem"
    SourceRow.objects.bulk_update(
        rows, ["verdict", "worker", "reasons", "decision", "decided_at", "decided_by"], batch_size=500
    )
    SourceList.objects.filter(pk=source_list.pk).update(
        accepted=F("accepted") - len(rows),
        rejected=F("rejected") + len(rows),
        reasons={code: count for code, count in sorted(tally.items()) if count > 0},
    )
    _record("row.return", source_list, by, reason=reason.strip()[:200], rows=[row.row for row in rows][:500])
    return len(rows)


def _record(action: str, source_list: SourceList, by: User | None, *, reason: str = "", **detail: object) -> None:
    audit.record(
        action,
        by=by,
        target_type="list",
        target_id=source_list.pk,
        target_name=source_list.filename,
        area_code=source_list.area_code,
        reason=reason,
        programme=source_list.programme_code,
        **detail,
    )
