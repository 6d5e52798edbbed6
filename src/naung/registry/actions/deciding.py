"""A person's hand on a list: sending it, and deciding the rows that wait for an eye."""

from __future__ import annotations

import polars as pl
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from naung.accounts.acting import require
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.audit import actions as audit
from naung.gateways.copying import copy_frame
from naung.registry import corrections
from naung.registry.models import SourceList, SourceRow, Worker
from naung.registry.refusals import (
    DecisionNeedsReason,
    RowNotAcceptable,
    RowNotUnderReview,
    WorkerAlreadyHandedIn,
)
from naung.registry.storing import worker_frame
from naung.registry.vault import Vault
from naung.registry.writing import reserve_ids, writing_vault


@transaction.atomic
def send_list(*, source_list: SourceList, by: User | None) -> SourceList:
    """Hand a draft in to the programme's owner. Sending twice is sending once.

    Raises NotPermitted, OutsideTerritory.
    """
    require(by, Permission.LIST_UPLOAD, source_list.area_code)
    source_list = SourceList.objects.select_for_update().get(pk=source_list.pk)
    if source_list.status != SourceList.Status.SENT:
        source_list.status = SourceList.Status.SENT
        source_list.sent_at = timezone.now()
        source_list.save(update_fields=["status", "sent_at"])
        audit.record(
            "list.send",
            by=by,
            target_type="list",
            target_id=source_list.pk,
            target_name=source_list.filename,
            area_code=source_list.area_code,
            programme=source_list.programme_code,
            accepted=source_list.accepted,
        )
    return source_list


@transaction.atomic
def decide_row(*, row: SourceRow, verdict: str, reason: str, by: User | None) -> SourceRow:
    """`accept` or `reject` a row under review, with the reason in words. The list's counts follow.

    Accepting makes the worker, or links the one known by that NIK. The same decision again changes nothing.
    Raises NotPermitted, OutsideTerritory, RowNotUnderReview, DecisionNeedsReason, RowNotAcceptable,
    WorkerAlreadyHandedIn.
    """
    require(by, Permission.LIST_DECIDE, row.list.area_code)
    vault = writing_vault()
    row = SourceRow.objects.select_for_update(of=("self",)).select_related("list").get(pk=row.pk)
    accept = verdict == SourceRow.Verdict.ACCEPT
    assert accept or verdict == SourceRow.Verdict.REJECT, "a person accepts or rejects"
    if row.decided_at is not None and row.verdict == verdict:
        return row
    if row.verdict != SourceRow.Verdict.REVIEW:
        raise RowNotUnderReview(row.row, row.verdict)
    if not reason.strip():
        raise DecisionNeedsReason(row.row)
    if accept:
        row.worker_id = _worker_of(row, vault)
    row.verdict = verdict
    row.decision = reason.strip()[:200]
    row.decided_by = by.username if by is not None else "sistem"
    row.decided_at = timezone.now()
    row.save(update_fields=["verdict", "worker", "decision", "decided_by", "decided_at"])
    SourceList.objects.filter(pk=row.list_id).update(
        review=F("review") - 1,
        **({"accepted": F("accepted") + 1} if accept else {"rejected": F("rejected") + 1}),
    )
    audit.record(
        "row.accept" if accept else "row.reject",
        by=by,
        target_type="list",
        target_id=row.list_id,
        target_name=row.list.filename,
        area_code=row.list.area_code,
        reason=row.decision,
        row=row.row,
        reasons=row.reasons,
        worker=row.worker_id,
    )
    return row


def _worker_of(row: SourceRow, vault: Vault) -> int:
    """The worker a row under review stands for, made where nobody has that NIK yet."""
    person = corrections.facts_of(row, vault)
    facts = person.row(0, named=True)
    nik = facts.get("nik") or ""
    if len(nik) != 16 or not (nik.isascii() and nik.isdigit()) or not facts.get("name"):
        raise RowNotAcceptable(row.row)
    index = vault.index("nik", nik)
    known = Worker.objects.filter(nik_index=index).first()
    if known is not None:
        if handed_in(known.pk, row.list.programme_code):
            raise WorkerAlreadyHandedIn(row.row, row.list.programme_code)
        return known.pk
    if "area_code" not in person.columns:
        person = person.with_columns(area_code=pl.lit(None, dtype=pl.String))
    person = person.with_columns(area_code=pl.coalesce("area_code", pl.lit(row.list.area_code)))
    return new_worker(person, index=index.hex, vault=vault)


def new_worker(person: pl.DataFrame, *, index: str, vault: Vault) -> int:
    """Write one checked line as a worker; its id. The registry's lock is held."""
    with connection.cursor() as cursor:
        (new_id,) = reserve_ids(cursor, "registry_worker", 1)
        columns = {name: pl.lit(None) for name in ("kk", "phone") if name not in person.columns}
        person = person.with_columns(**columns, id=pl.lit(new_id), nik_index=pl.lit(index))
        copy_frame(cursor, "registry_worker", worker_frame(person, vault=vault))
    return new_id


def handed_in(worker_id: int, programme_code: str) -> bool:
    """Whether an accepted row of this programme stands for the worker already."""
    return SourceRow.objects.filter(
        worker_id=worker_id, verdict=SourceRow.Verdict.ACCEPT, list__programme_code=programme_code
    ).exists()
