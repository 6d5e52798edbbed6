"""Writes: who came to a meeting, its photographs, and the address for phones."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from naung.accounts.models import User
from naung.agreements.holding import require_hold
from naung.agreements.models import Meeting
from naung.audit import actions as audit
from naung.gateways.vault import KEYS_LOCK, Vault, vault
from naung.outreach.models import Attendance, Door, Photo, PhotoFile
from naung.outreach.pictures import drawn
from naung.outreach.refusals import AlreadyPresent, NotHeldYet, TooManyPhotos

SEALED_AS, PHOTO_SEALED_AS = "attendance", "photo_file"
MOST_PHOTOS = 20
#: No 0 O 1 I L U: they are read for one another.
_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10
_SEPARATOR = "\n"


@dataclass(frozen=True)
class Person:
    """One person as an attendance list names them. `nik` is sixteen digits or '', `phone` E.164 or ''."""

    name: str
    organisation: str = ""
    village_code: str = ""
    occupation: str = ""
    sex: str = ""
    nik: str = ""
    phone: str = ""

    def __repr__(self) -> str:
        return "Person(…)"

    def sealed_part(self) -> bytes:
        return _SEPARATOR.join((self.nik, self.phone)).encode() if self.nik or self.phone else b""


@dataclass(frozen=True)
class TakenIn:
    """What became of many people at once: kept, and standing on the list already."""

    kept: int
    known: int


def numbers_of(attendance: Attendance) -> tuple[str, str]:
    """NIK and phone in the clear. Never log them."""
    if not attendance.sealed:
        return "", ""
    nik, phone = vault().open(SEALED_AS, attendance.pk, attendance.sealed).decode().split(_SEPARATOR)
    return nik, phone


# --- who came --------------------------------------------------------------------------------------


@transaction.atomic
def record_attendance(
    meeting: Meeting,
    person: Person,
    *,
    method: str,
    at: datetime,
    on: date,
    by: User | None,
    once: uuid.UUID | None = None,
) -> Attendance:
    """Enter one person; the same form sent twice gives the first entry back.

    `by` is None where people write themselves in: their door was asked before. Raises AlreadyPresent, NotHeldYet.
    """
    require_hold(by, meeting.area_code, meeting.host_id)
    _held(meeting, on)
    keys = _sealing()
    if once and (earlier := Attendance.objects.filter(once=once, meeting=meeting).first()):
        return earlier
    index = keys.index("nik", person.nik) if person.nik else None
    if index and Attendance.objects.filter(meeting=meeting, nik_index=index).exists():
        raise AlreadyPresent()
    kept = _insert(meeting, [person], keys=keys, method=method, at=at, by=by, once=[once])
    if not kept:  # the same NIK or the same form, in the same moment
        if once and (earlier := Attendance.objects.filter(once=once, meeting=meeting).first()):
            return earlier
        raise AlreadyPresent()
    audit.record("attendance.record", by=by, target_type="meeting", target_id=meeting.pk,
                 target_name=meeting.title, area_code=meeting.area_code, method=method)  # fmt: skip
    return Attendance.objects.get(pk=kept[0])


@transaction.atomic
def record_list(
    meeting: Meeting, people: Sequence[Person], *, method: str, at: datetime, on: date, by: User | None
) -> TakenIn:
    """Enter many people; whoever stands on the list stays as they are, so that a list may be handed in twice.

    Raises NotHeldYet.
    """
    require_hold(by, meeting.area_code, meeting.host_id)
    _held(meeting, on)
    keys = _sealing()
    # Two officers with the same list take turns, so that neither doubles the other's names.
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    # Two people may share a name: as many as the list names, less those who stand there.
    standing = Counter(Attendance.objects.filter(meeting=meeting, nik_index=None).values_list("name", "organisation"))
    fresh: list[Person] = []
    niks: set[str] = set()
    for person in people:
        plain = (person.name, person.organisation)
        if person.nik:
            if person.nik not in niks:
                niks.add(person.nik)
                fresh.append(person)
        elif standing[plain] > 0:
            standing[plain] -= 1
        else:
            fresh.append(person)
    kept = len(_insert(meeting, fresh, keys=keys, method=method, at=at, by=by)) if fresh else 0
    if kept:
        audit.record("attendance.list", by=by, target_type="meeting", target_id=meeting.pk,
                     target_name=meeting.title, area_code=meeting.area_code, people=kept)  # fmt: skip
    return TakenIn(kept, len(people) - kept)


@transaction.atomic
def remove_attendance(attendance: Attendance, *, by: User) -> None:
    """Take somebody off the list who asks for it or was entered by mistake."""
    meeting = attendance.meeting
    require_hold(by, meeting.area_code, meeting.host_id)
    attendance.delete()
    audit.record("attendance.remove", by=by, target_type="meeting", target_id=meeting.pk,
                 target_name=meeting.title, area_code=meeting.area_code)  # fmt: skip


_INSERT = """
    INSERT INTO outreach_attendance (id, meeting_id, name, organisation, village_code, occupation, sex, nik_index,
                                     sealed, method, once, recorded_at, recorded_by_id)
    SELECT n.id, %(meeting)s, n.name, n.organisation, n.village, n.occupation, n.sex, n.nik, n.sealed, %(method)s,
           n.once, %(at)s, %(by)s
      FROM unnest(%(ids)s::bigint[], %(names)s::text[], %(organisations)s::text[], %(villages)s::text[],
                  %(occupations)s::text[], %(sexes)s::text[], %(niks)s::uuid[], %(sealed)s::bytea[], %(once)s::uuid[])
        AS n(id, name, organisation, village, occupation, sex, nik, sealed, once)
        ON CONFLICT DO NOTHING
    RETURNING id
"""


def _insert(
    meeting: Meeting,
    people: Sequence[Person],
    *,
    keys: Vault,
    method: str,
    at: datetime,
    by: User | None,
    once: Sequence[uuid.UUID | None] | None = None,
) -> list[int]:
    """Write people in one statement; the ids of those who did not stand there before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('outreach_attendance', 'id')) FROM generate_series(1, %s)",
            [len(people)],
        )
        ids = [row[0] for row in cursor.fetchall()]
        packed = [person.sealed_part() for person in people]
        sealed = keys.seal_column(SEALED_AS, ids, packed)
        facts: dict[str, Any] = {
            "meeting": meeting.pk,
            "method": method,
            "at": at,
            "by": by.pk if by else None,
            "ids": ids,
            "names": [person.name for person in people],
            "organisations": [person.organisation for person in people],
            "villages": [person.village_code for person in people],
            "occupations": [person.occupation for person in people],
            "sexes": [person.sex for person in people],
            "niks": keys.index_column("nik", (person.nik for person in people)),
            "sealed": [value if plain else None for value, plain in zip(sealed, packed, strict=True)],
            "once": [str(one) if one else None for one in once or [None] * len(people)],
        }
        cursor.execute(_INSERT, facts)
        return [row[0] for row in cursor.fetchall()]


def _held(meeting: Meeting, on: date) -> None:
    if on < meeting.held_on:
        raise NotHeldYet(meeting.held_on)


def _sealing() -> Vault:
    """The vault, with no key changed until the end of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [KEYS_LOCK])
    return vault()


# --- the address for phones ------------------------------------------------------------------------


@transaction.atomic
def door_of(meeting: Meeting) -> Door:
    """The address of this meeting's list; made when it is asked for first, for the day of the meeting."""
    door, _ = Door.objects.get_or_create(
        meeting=meeting,
        defaults={"code": "".join(secrets.choice(_SIGNS) for _ in range(CODE_LENGTH)), "open_on": meeting.held_on},
    )
    return door


@transaction.atomic
def open_door(meeting: Meeting, *, on: date, by: User) -> Door:
    """Let people write themselves in today. Raises NotHeldYet."""
    require_hold(by, meeting.area_code, meeting.host_id)
    _held(meeting, on)
    door = Door.objects.select_for_update().get(pk=door_of(meeting).pk)
    if door.open_on != on or door.closed_at:
        door.open_on, door.closed_at = on, None
        door.save(update_fields=["open_on", "closed_at"])
        audit.record("attendance.open", by=by, target_type="meeting", target_id=meeting.pk,
                     target_name=meeting.title, area_code=meeting.area_code)  # fmt: skip
    return door


@transaction.atomic
def close_door(meeting: Meeting, *, at: datetime, by: User) -> Door:
    """From now on nobody writes themselves in; closing again changes nothing."""
    require_hold(by, meeting.area_code, meeting.host_id)
    door = Door.objects.select_for_update().get(pk=door_of(meeting).pk)
    if door.closed_at is None:
        door.closed_at = at
        door.save(update_fields=["closed_at"])
        audit.record("attendance.close", by=by, target_type="meeting", target_id=meeting.pk,
                     target_name=meeting.title, area_code=meeting.area_code)  # fmt: skip
    return door


# --- photographs -----------------------------------------------------------------------------------


def add_photo(meeting: Meeting, content: bytes, *, caption: str, at: datetime, by: User) -> Photo:
    """Keep a photograph, drawn anew; the same file twice is one. Raises PhotoRefused, TooManyPhotos."""
    require_hold(by, meeting.area_code, meeting.host_id)
    sha256 = hashlib.sha256(content).hexdigest()
    if earlier := Photo.objects.filter(meeting=meeting, sha256=sha256).first():
        return earlier
    picture = drawn(content)  # outside the transaction: it takes half a second of one core
    with transaction.atomic():
        keys = _sealing()
        Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
        if Photo.objects.filter(meeting=meeting).count() >= MOST_PHOTOS:
            raise TooManyPhotos(MOST_PHOTOS)
        photo, made = Photo.objects.get_or_create(
            meeting=meeting,
            sha256=sha256,
            defaults={
                "caption": caption,
                "width": picture.width,
                "height": picture.height,
                "recorded_at": at,
                "recorded_by": by,
            },
        )
        if made:
            for size, drawing in ((PhotoFile.Size.FULL, picture.full), (PhotoFile.Size.SMALL, picture.small)):
                file = PhotoFile.objects.create(photo=photo, size=size)
                file.sealed = keys.seal(PHOTO_SEALED_AS, file.pk, drawing)
                file.save(update_fields=["sealed"])
            audit.record("photo.add", by=by, target_type="meeting", target_id=meeting.pk,
                         target_name=meeting.title, area_code=meeting.area_code)  # fmt: skip
    return photo


@transaction.atomic
def remove_photo(photo: Photo, *, by: User) -> None:
    """Take a photograph away: whoever is on it may ask for that."""
    meeting = photo.meeting
    require_hold(by, meeting.area_code, meeting.host_id)
    photo.delete()
    audit.record("photo.remove", by=by, target_type="meeting", target_id=meeting.pk,
                 target_name=meeting.title, area_code=meeting.area_code)  # fmt: skip


def jpeg_of(file: PhotoFile) -> bytes:
    """The picture in the clear."""
    assert file.sealed is not None, "written with its photo"
    return vault().open(PHOTO_SEALED_AS, file.pk, file.sealed)
