"""A person's eye on a row: taken or refused, the same person as another or not."""

from __future__ import annotations

from functools import partial

import polars as pl
from django.db import connection, transaction
from django.utils import timezone

from naung.accounts.acting import require
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.audit import actions as audit
from naung.bulk.intake.reasons import Reason
from naung.gateways.copying import copy_frame
from naung.registry import corrections
from naung.registry.counting import count_again
from naung.registry.list_refusals import NobodyToCompare
from naung.registry.models import SourceList, SourceRow, Worker
from naung.registry.queries import workers_visible_to
from naung.registry.refusals import (
    DecisionNeedsReason,
    RowNotAcceptable,
    RowNotUnderReview,
    WorkerAlreadyHandedIn,
)
from naung.registry.row_queries import same_nik
from naung.registry.storing import worker_frame
from naung.registry.vault import Vault
from naung.registry.writing import reserve_ids, writing_vault

# Either of these may be a slip of the list; both together are another person's NIK (bulk.intake.checking).
_HARMLESS_ALONE = {Reason.NIK_DOB_MISMATCH, Reason.NIK_SEX_MISMATCH}


@transaction.atomic
def decide_row(*, row: SourceRow, verdict: str, reason: str, by: User | None) -> SourceRow:
    """`accept` or `reject` a row under review, with the reason in words. The list's counts follow.

    Accepting makes the worker, or links the one known by that NIK. The same decision again changes nothing.
    Raises NotPermitted, OutsideTerritory, RowNotUnderReview, DecisionNeedsReason, RowNotAcceptable,
    WorkerAlreadyHandedIn.
    """
    require(by, Permission.LIST_DECIDE, row.list.area_code)
    vault = writing_vault()
    row = _locked(row)
    accept = verdict == SourceRow.Verdict.ACCEPT
    assert accept or verdict == SourceRow.Verdict.REJECT, "a person accepts or rejects"
    if row.decided_at is not None and row.verdict == verdict:
        return row
    if row.verdict != SourceRow.Verdict.REVIEW:
        raise RowNotUnderReview(row.row, row.verdict)
    if not reason.strip():
        raise DecisionNeedsReason(row.row)
    worker = _worker_of(row, vault) if accept else None
    _settle(row, verdict, reasons=row.reasons, reason=reason, by=by, worker_id=worker)
    _record("row.accept" if accept else "row.reject", row, by)
    return row


@transaction.atomic
def decide_same(*, row: SourceRow, same: bool, reason: str, by: User | None) -> SourceRow:
    """Whether a row and whoever else has its NIK are one person; the village's operator may say so.

    One person: this row stands for that person and other rows under the NIK are duplicates; whom the programme has
    already, this row repeats. Different people: one of the NIKs is wrong. A row of the list that has this row's NIK,
    or this row where a worker has it, goes back to be corrected. A row with another fault keeps waiting for it.
    The same decision again changes nothing.
    Raises NotPermitted, OutsideTerritory, RowNotUnderReview, DecisionNeedsReason, NobodyToCompare.
    """
    require(by, Permission.LIST_UPLOAD, row.list.area_code)
    vault = writing_vault()
    row = _locked(row)
    if row.verdict != SourceRow.Verdict.REVIEW or Reason.NIK_CONFLICT not in row.reasons:
        if row.decision and row.decision == reason.strip()[:200]:
            return row
        raise RowNotUnderReview(row.row, row.verdict)
    if not reason.strip():
        raise DecisionNeedsReason(row.row)
    known = _known_of(row, vault)
    others = [_locked(one) for one in same_nik(row)]
    unseen = known is not None and by is not None and not workers_visible_to(by).filter(pk=known.pk).exists()
    if (known is None and not others) or (same and unseen):
        raise NobodyToCompare(row.row)
    settle = partial(_settle, reason=reason, by=by)
    if known is not None and not same:
        settle(row, SourceRow.Verdict.REJECT, reasons=row.reasons, final=False)
    elif known is not None and handed_in(known.pk, row.list.programme_code):
        settle(row, SourceRow.Verdict.DUPLICATE, reasons=[Reason.DUPLICATE.value], worker_id=known.pk)
    else:
        _stand_for_the_nik(row, vault, reason=reason, by=by)
        for one in others:
            if same:
                settle(one, SourceRow.Verdict.DUPLICATE, reasons=[Reason.DUPLICATE.value], worker_id=row.worker_id)
            else:
                settle(one, SourceRow.Verdict.REJECT, reasons=one.reasons, final=False)
    _record("row.same" if same else "row.different", row, by, others=[one.row for one in others])
    return row


def _stand_for_the_nik(row: SourceRow, vault: Vault, *, reason: str, by: User | None) -> None:
    """The row is the one whose NIK it is; ready, unless something else is to be looked at."""
    left = [code for code in row.reasons if code != Reason.NIK_CONFLICT]
    if len(left) > 1 or not set(left) <= _HARMLESS_ALONE:
        _settle(row, SourceRow.Verdict.REVIEW, reasons=left, reason=reason, by=by, final=False)
        return
    _settle(
        row, SourceRow.Verdict.ACCEPT, reasons=left, reason=reason, by=by, worker_id=_worker_of(row, vault)
    )  # fmt: skip


def _locked(row: SourceRow) -> SourceRow:
    return SourceRow.objects.select_for_update(of=("self",)).select_related("list").get(pk=row.pk)


def _settle(
    row: SourceRow,
    verdict: str,
    *,
    reasons: list[str],
    reason: str,
    by: User | None,
    worker_id: int | None = None,
    final: bool = True,
) -> None:
    """Write what a person decided; a row that is not decided for good may still be corrected."""
    before = row.verdict, list(row.reasons)
    row.verdict, row.reasons, row.worker_id = verdict, list(reasons), worker_id
    row.held = verdict == SourceRow.Verdict.ACCEPT and _waits_for_sending(row, by)
    row.decision = reason.strip()[:200]
    row.decided_by = by.username if by is not None else "sistem"
    row.decided_at = timezone.now() if final else None
    row.save(update_fields=["verdict", "reasons", "worker", "held", "decision", "decided_by", "decided_at"])
    count_again(row, *before)


def _waits_for_sending(row: SourceRow, by: User | None) -> bool:
    """What an officer accepts of a sent list is received by that; what a village settles is sent by the village."""
    officer = by is None or by.may(Permission.LIST_DECIDE)
    return row.list.status == SourceList.Status.SENT and not officer


def _record(action: str, row: SourceRow, by: User | None, **detail: object) -> None:
    audit.record(
        action,
        by=by,
        target_type="list",
        target_id=row.list_id,
        target_name=row.list.filename,
        area_code=row.list.area_code,
        reason=row.decision,
        row=row.row,
        reasons=row.reasons,
        worker=row.worker_id,
        **detail,
    )


def _known_of(row: SourceRow, vault: Vault) -> Worker | None:
    nik = corrections.facts_of(row, vault).row(0, named=True).get("nik") or ""
    return Worker.objects.filter(nik_index=vault.index("nik", nik)).first() if nik else None


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
