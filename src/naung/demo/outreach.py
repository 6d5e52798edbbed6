"""Who came to the sosialisasi of the Binjai story. The people are those of its lists, invented; so is that they came."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import polars as pl
from django.conf import settings

from naung.agreements.models import Meeting
from naung.bulk.occupations import match_occupations
from naung.demo.cast import BINJAI, Cast
from naung.outreach.actions import Person, record_list
from naung.outreach.models import Attendance

_TITLE = "Sosialisasi JKK dan JKM kepada pekerja rentan Binjai Kota"


def binjai(cast: Cast, people: pl.DataFrame) -> None:
    """Some seventy who later stood on the lists of their villages, and a dozen who gave no NIK."""
    meeting = Meeting.objects.get(area_code=BINJAI, title=_TITLE)
    if Attendance.objects.filter(meeting=meeting).exists():
        return
    came = people.gather_every(97, 5)
    codes = match_occupations(came["occupation"]).fill_null("")
    named = [
        Person(
            name=row["name"],
            village_code=row["village_code"],
            occupation=code,
            sex=row["sex"],
            nik=row["nik"] if place % 7 else "",
        )
        for place, (row, code) in enumerate(zip(came.to_dicts(), codes, strict=True))
    ]
    at = datetime(2025, 11, 20, 11, 30, tzinfo=ZoneInfo(settings.TIME_ZONE)).astimezone(UTC)
    record_list(meeting, named, method="paper", at=at, on=meeting.held_on, by=cast["staf.binjai"])
