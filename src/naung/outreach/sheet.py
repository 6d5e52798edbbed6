"""The attendance sheet of one meeting, ready to print."""

from __future__ import annotations

from naung.accounts.crests import crest_picture
from naung.accounts.models import RegionSettings
from naung.agreements.models import Meeting
from naung.areas.queries import name_of
from naung.documents.attendance import AttendanceSheet, attendance_pdf
from naung.ui.formats import date_long

LINES = 40


def sheet_of(meeting: Meeting, *, address: str) -> bytes:
    """The PDF. `address` is the whole address of the page for phones. Raises TypesettingFailed."""
    region = meeting.area_code[:4]
    facts = [("Kegiatan", meeting.title), ("Hari, tanggal", date_long(meeting.held_on))]
    if meeting.place:
        facts.append(("Tempat", meeting.place))
    return attendance_pdf(
        AttendanceSheet(
            region=head_of(region),
            office=meeting.host.name if meeting.host else "",
            title=meeting.title,
            facts=facts,
            lines=LINES,
            address=address,
            crest=crest_picture(region),
        )
    )


def head_of(region: str) -> str:
    """How a region signs: «Kota Binjai» as «Pemerintah Kota Binjai»."""
    chosen = RegionSettings.objects.filter(pk=region).values_list("display_name", flat=True).first()
    name = chosen or name_of(region) or region
    return name if name.lower().startswith("pemerintah") else f"Pemerintah {name}"
