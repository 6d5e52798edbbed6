"""The minutes of one meeting: counts of who came, never their names."""

from __future__ import annotations

from naung.accounts.crests import crest_picture
from naung.agreements.models import Meeting
from naung.areas.queries import names_of
from naung.documents.minutes import Minutes, minutes_pdf
from naung.outreach.queries import Came
from naung.outreach.sheet import head_of
from naung.ui.formats import date_long, date_plain


def minutes_of(meeting: Meeting, *, came: Came) -> bytes:
    """The PDF, always in Indonesian as every official paper. Raises TypesettingFailed."""
    region = meeting.area_code[:4]
    facts = [("Kegiatan", meeting.title), ("Jenis", str(meeting.get_kind_display()))]
    facts.append(("Hari, tanggal", date_long(meeting.held_on)))
    if meeting.place:
        facts.append(("Tempat", meeting.place))
    if meeting.agreement:
        facts.append(("Kesepakatan", meeting.agreement.title))
    if came.total:
        parts = [f"{part.name} {part.people}" for part in came.groups if part.name]
        facts.append(("Hadir", f"{came.total} orang" + (f" ({', '.join(parts)})" if parts else "")))
    if meeting.villages:
        facts.append(("Sasaran wilayah", ", ".join(names_of(meeting.villages).values())))
    tasks = meeting.follow_ups.select_related("owner").order_by("due_on", "id")
    return minutes_pdf(
        Minutes(
            region=head_of(region),
            office=meeting.host.name if meeting.host else "",
            title=meeting.title,
            facts=facts,
            lists=[("Agenda", meeting.agenda), ("Keputusan", meeting.decisions)],
            notes=[line for line in meeting.notes.splitlines() if line.strip()],
            tasks=[
                (
                    task.what,
                    task.owner.name if task.owner else "belum ditetapkan",
                    date_plain(task.due_on) if task.due_on else "tanpa tenggat",
                )
                for task in tasks
            ],
            place_and_day=date_plain(meeting.held_on),
            crest=crest_picture(region),
        )
    )
