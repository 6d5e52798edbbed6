"""A row corrected where it stands, and checked again at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import polars as pl
from django.db import connection, transaction
from django.utils import timezone

from naung.accounts.acting import require
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.audit import actions as audit
from naung.bulk.intake.parsing import read_file
from naung.bulk.intake.refusals import FileRefused
from naung.registry import corrections
from naung.registry.actions.deciding import new_worker
from naung.registry.checking import IntakeRules, check_lists
from naung.registry.counting import count_again
from naung.registry.models import RowCorrection, SourceList, SourceRow
from naung.registry.refusals import NothingToCorrect, RowAlreadyAccepted, RowChangedMeanwhile
from naung.registry.writing import reserve_ids, writing_vault


@dataclass(frozen=True, slots=True)
class MadeOffline:
    """A correction typed without a line: the phone's own name for it and its clock, and the row as it stood there.

    `version` is of `corrections.versions_of`.
    """

    sent_as: UUID
    typed_at: datetime
    version: str


@transaction.atomic
def correct_row(
    *,
    row: SourceRow,
    typed: Mapping[str, str],
    rules: IntakeRules,
    by: User | None,
    offline: MadeOffline | None = None,
) -> SourceRow:
    """Check a faulty row again with what a person typed over it; the list's counts follow.

    `typed` holds fields of `corrections.TITLES`; '' leaves a field as it was received. The row as received stays.
    Typing the same again changes nothing. A row that is ready, or that an officer has decided, is not corrected here.
    Made `offline`, it is taken once however often it is sent, and only over the row as the person saw it.
    Raises NotPermitted, OutsideTerritory, RowChangedMeanwhile, RowAlreadyAccepted, NothingToCorrect.
    """
    require(by, Permission.LIST_UPLOAD, row.list.area_code)
    vault = writing_vault()
    # The list first, as sending takes it: a row made ready while it is being sent does not slip in unseen.
    SourceList.objects.select_for_update().get(pk=row.list_id)
    row = SourceRow.objects.select_for_update(of=("self",)).select_related("list").get(pk=row.pk)
    if offline is not None:
        if row.corrections.filter(sent_as=offline.sent_as).exists():
            return row
        if corrections.versions_of([row])[row.pk] != offline.version:
            raise RowChangedMeanwhile(row.row)
    if row.verdict == SourceRow.Verdict.ACCEPT or row.decided_at is not None:
        raise RowAlreadyAccepted(row.row)
    received = corrections.facts_of(row, vault).row(0, named=True)
    said = {field: str(received.get(corrections.kept_as(field)) or "") for field in corrections.TITLES}
    now = said | {field: text.strip() for field, text in typed.items() if field in said and text.strip()}
    if now == said:
        return row
    checked = _checked(row, corrections.as_list(row, received, typed), rules)
    before = row.verdict, list(row.reasons)
    row.verdict, row.reasons = checked.item(0, "verdict"), checked["reasons"].to_list()[0]
    is_worker = row.verdict in (SourceRow.Verdict.ACCEPT, SourceRow.Verdict.DUPLICATE)
    row.worker_id = checked.item(0, "worker_id") if is_worker else None
    if row.verdict == SourceRow.Verdict.ACCEPT:
        row.worker_id = row.worker_id or new_worker(checked, index=checked.item(0, "nik_index"), vault=vault)
        row.cluster = f"w{row.worker_id}"
    # Ready after the list was sent: it goes with the next sending.
    row.held = row.verdict == SourceRow.Verdict.ACCEPT and row.list.status == SourceList.Status.SENT
    row.decision = row.decided_by = ""  # what was decided spoke of the row as it was
    row.save(update_fields=["verdict", "reasons", "worker", "cluster", "held", "decision", "decided_by"])
    count_again(row, *before, correction=True)
    received_at = timezone.now()
    with connection.cursor() as cursor:
        (correction_id,) = reserve_ids(cursor, "registry_rowcorrection", 1)
    RowCorrection.objects.create(
        id=correction_id,
        row=row,
        sealed=corrections.sealed(correction_id, checked, now, vault),
        corrected_by=by,
        corrected_at=received_at,
        typed_at=offline.typed_at if offline else None,
        sent_as=offline.sent_as if offline else None,
    )
    made: dict[str, Any] = {}
    if offline is not None:
        made["offline"] = {"typed_at": offline.typed_at.isoformat(), "received_at": received_at.isoformat()}
    audit.record(
        "row.correct",
        by=by,
        target_type="list",
        target_id=row.list_id,
        target_name=row.list.filename,
        area_code=row.list.area_code,
        row=row.row,
        fields=sorted(field for field in now if now[field] != said[field]),
        verdict=row.verdict,
        reasons=row.reasons,
        worker=row.worker_id,
        **made,
    )
    return row


def _checked(row: SourceRow, content: bytes, rules: IntakeRules) -> pl.DataFrame:
    """The row, judged as every row is. Raises NothingToCorrect where no person is left in it."""
    try:
        parsed = read_file(content, "koreksi.csv")
    except FileRefused as refused:
        raise NothingToCorrect(row.row) from refused
    if parsed.rows.height != 1:
        raise NothingToCorrect(row.row)
    (checked,) = check_lists(
        [parsed],
        rules=rules,
        programme_code=row.list.programme_code,
        default_area=row.list.area_code,
        reference_date=row.list.reference_date,
        references=(),
        vault=writing_vault(),
    )
    return checked
