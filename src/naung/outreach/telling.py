"""What a meeting says, told in words: in its history, and where two people changed the same thing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from naung.accounts.models import Office
from naung.agreements.models import Agreement, Meeting, MeetingChange
from naung.areas.queries import names_of
from naung.outreach import queries
from naung.outreach.forms import MeetingForm
from naung.ui import formats

#: Where a field of the form is kept under another name.
COLUMNS = {"host": "host_id", "agreement": "agreement_id"}
FIELDS = {column: field for field, column in COLUMNS.items()}
_ROWS = {"host_id": Office, "agreement_id": Agreement}


@dataclass(frozen=True)
class Edited:
    """One edit: who, when, and each thing that became another, in words."""

    change: MeetingChange
    lines: list[tuple[str, str, str]]


def history(meeting: Meeting, *, whole: bool, most: int = 20) -> list[Edited]:
    """The newest edits first; what was changed only where `whole`."""
    names = MeetingForm.words()
    rows = meeting.changes.select_related("by").order_by("-revision")[:most]
    return [
        Edited(
            one,
            [(names.get(name, name), in_words(name, old), in_words(name, new)) for name, old, new in one.fields]
            if whole
            else [],
        )
        for one in rows
    ]


def in_words(field: str, value: Any) -> str:
    """A value as an edit keeps it (JSON, by the column's name), as people read it."""
    if not value:
        return _("belum diisi")
    if field in _ROWS:
        found = _ROWS[field]._default_manager.filter(pk=value).first()
        return str(found) if found else _("sudah dihapus")
    if field == "kind":
        return str(Meeting.Kind(value).label)
    if field == "held_on":
        return formats.date_short(date.fromisoformat(value), language=get_language() or "id")
    if field == "groups":
        return ", ".join(queries.group_names(value))
    if field == "villages":
        names = names_of(value)
        return ", ".join(names.get(code, code) for code in value)
    return "\n".join(value) if isinstance(value, list) else str(value)
