"""What goes into a phone to be worked on without a line: rows still open, what their form shows, nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from naung.accounts.models import User
from naung.accounts.permissions import Permission, Role
from naung.bulk.occupations import occupations
from naung.programmes.opened_row import pointed_at
from naung.registry import corrections, queries, row_queries
from naung.registry.forms import CorrectionForm
from naung.registry.models import SourceList, SourceRow
from naung.ui.terms import term

#: After this the phone forgets, sent or not.
KEPT = timedelta(days=7)
#: More rows than somebody corrects by thumb belong into the spreadsheet that goes back.
MOST_ROWS = 300


def may_work_offline(user: User) -> bool:
    """Only the operator of a village: no other office works where there is no line."""
    return user.role == Role.VILLAGE_OPERATOR and user.may(Permission.LIST_UPLOAD)


def lists_to_take(user: User) -> QuerySet[SourceList]:
    """The lists whose rows this person may keep in the phone."""
    lists = queries.lists_visible_to(user)
    return lists if may_work_offline(user) else lists.none()


def open_rows(source_list: SourceList) -> QuerySet[SourceRow]:
    """The rows of a list that a correction can mend: those to correct and those to look at."""
    parts = row_queries.parts_of(source_list)
    return SourceRow.objects.filter(
        parts["perbaiki"] | parts["periksa"], list=source_list, decided_at__isnull=True
    ).order_by("ordinal")


def packed(source_list: SourceList) -> dict[str, Any]:
    """A list with its open rows, as the phone keeps it."""
    rows = list(open_rows(source_list)[: MOST_ROWS + 1])
    left_out = open_rows(source_list).count() - MOST_ROWS if len(rows) > MOST_ROWS else 0
    return {
        "list": source_list.pk,
        "office": source_list.office_name,
        "received_on": source_list.received_at.date().isoformat(),
        "kept_days": KEPT.days,
        "left_out": left_out,
        "rows": rows_for_phone(source_list, rows[:MOST_ROWS]),
    }


def rows_for_phone(source_list: SourceList, rows: list[SourceRow]) -> list[dict[str, Any]]:
    """Rows as their correction form shows them: numbers that identify masked, or left out."""
    versions = corrections.versions_of(rows)
    said = queries.cells_of(source_list, [row.ordinal for row in rows])
    return [
        {
            "ordinal": row.ordinal,
            "row": row.row,
            "version": versions[row.pk],
            "verdict": row.verdict,
            "nik": list(one.shown.nik),
            "shown": _in_form(said[row.ordinal]),
            "faults": [{"short": str(fault.short), "sentence": str(fault.sentence)} for fault in one.faults],
            "first": list(pointed_at(row)),
        }
        for row, one in zip(rows, row_queries.explained(source_list, rows), strict=True)
    ]


def row_for_phone(row: SourceRow) -> dict[str, Any] | None:
    """One row as it stands now; None where nobody corrects it any more, so that the phone forgets it."""
    # The list anew: it counts its corrections, and without one nobody looks for them.
    found = open_rows(row.list).select_related("list").filter(pk=row.pk).first()
    return rows_for_phone(found.list, [found])[0] if found else None


def _in_form(said: dict[str, Any]) -> dict[str, str]:
    shown = CorrectionForm.as_received(said)
    return {name: value.isoformat() if isinstance(value, date) else str(value) for name, value in shown.items()}


def as_it_stands(row: SourceRow) -> dict[str, Any]:
    """Every field of the form as the row says it now, for one look beside what was typed; numbers masked."""
    said = queries.said_by(row)
    work = occupations().get(said.get("occupation") or "")
    birth_date = said.get("birth_date")
    return {
        "name": said.get("name") or "",
        "nik": masked(said.get("nik")),
        "birth_date": birth_date.isoformat() if birth_date else "",
        "sex": said.get("sex") or "",
        "village": said.get("village") or "",
        "district": said.get("district") or "",
        "occupation": term(work.label) if work else "",
        "kk": masked(said.get("kk")),
        "phone": masked(said.get("phone")),
    }


def masked(number: object) -> str:
    """The last four of a number that identifies; enough to see whether two are the same."""
    text = str(number or "")
    return f"••••{text[-4:]}" if len(text) > 8 else "••••" if text else ""


def last_change(row: SourceRow) -> tuple[str, str] | None:
    """Who changed a row last and when (ISO), by a correction or a decision."""
    found = row.corrections.select_related("corrected_by").order_by("-pk").first()
    by = found.corrected_by.full_name if found and found.corrected_by else ""
    if row.decided_at and (found is None or row.decided_at > found.corrected_at):
        return row.decided_by, row.decided_at.isoformat()
    return (by, found.corrected_at.isoformat()) if found else None
