"""How the parts of an agreement are called and told: in its history, its addenda, its renewals and its conflicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from naung.agreements.models import Segment
from naung.bulk.occupations import occupations
from naung.ui import formats
from naung.ui.terms import term

#: Every field that an edit, an addendum or a renewal can change.
FIELD_WORDS: dict[str, str | Promise] = {
    "title": _("Judul"),
    "due_on": _("Tenggat tanda tangan"),
    "region_number": _("Nomor pemerintah daerah"),
    "branch_number": _("Nomor BPJS Ketenagakerjaan"),
    "signed_on": _("Tanggal tanda tangan"),
    "signed_at": _("Tempat tanda tangan"),
    "starts_on": _("Berlaku mulai"),
    "ends_on": _("Berlaku sampai"),
    "term_source": _("Sumber masa berlaku"),
    "programmes": _("Program"),
    "segments": _("Segmen"),
    "groups": _("Kelompok pekerjaan"),
    "objects_text": _("Sasaran"),
    "scope": _("Ruang lingkup"),
    "funding": _("Pembiayaan"),
    "source": _("Sumber"),
    "branch_id": _("Cabang BPJS Ketenagakerjaan"),
    "office_id": _("Perangkat daerah"),
    "parties": _("Para pihak"),
    "bases": _("Dasar hukum"),
}


def field_words(field: str) -> str:
    """The name of a field; one that has none is called by its column."""
    return str(FIELD_WORDS.get(field, field))


def say(field: str, value: Any) -> str:
    """A value as it stands in the history of `field` (JSON, or as a column gives it), in the language of the page."""
    if value in (None, "", [], ()):
        return gettext("belum diisi")
    if field.endswith("_on"):
        day = date.fromisoformat(value) if isinstance(value, str) else value
        if field == "ends_on":  # half-open: the last day is the one before
            return _day(day - timedelta(days=1))
        return _day(day)
    if field == "segments":
        return ", ".join(segment_names(value))
    if field == "groups":
        return ", ".join(group_names(value))
    if field == "parties":
        return "; ".join(_party(one) for one in value)
    if isinstance(value, (list, tuple)):
        return ("; " if field in ("scope", "bases") else ", ").join(str(part) for part in value)
    return str(value)


def segment_names(codes: Iterable[str]) -> list[str]:
    known = dict(Segment.choices)
    return [str(known.get(code, code)) for code in codes]


def group_names(codes: Iterable[str]) -> list[str]:
    work = occupations()
    return [term(work[code].label) if code in work else code for code in codes]


def _party(one: Any) -> str:
    if not isinstance(one, Mapping):
        return str(one)
    parts = (one.get(name) for name in ("organisation", "signer_position", "signer_name"))
    return ", ".join(str(part) for part in parts if part)


def _day(day: date) -> str:
    return formats.date_short(day, language=get_language() or "id")
