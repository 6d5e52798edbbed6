"""Reads of the audit trail. It tells who looked at whom, so it is itself kept to few eyes."""

from __future__ import annotations

from typing import Any, Protocol

from django.db import connection
from django.db.models import QuerySet

from naung.audit.models import Record

AUDIT_VIEW = "audit.view"  # accounts.permissions.Permission.AUDIT_VIEW; accounts stand below this stage
REVEALED = "identity.reveal"


class Viewer(Protocol):
    """The part of a user that decides what is seen."""

    @property
    def area_code(self) -> str: ...

    @property
    def is_active(self) -> bool: ...

    def may(self, permission: Any) -> bool: ...


def records_visible_to(viewer: Viewer) -> QuerySet[Record]:
    """The records of the viewer's territory, newest first; none for whoever does not audit."""
    rows = Record.objects.order_by("-id")
    if not (viewer.is_active and viewer.area_code and viewer.may(AUDIT_VIEW)):
        return rows.none()
    return rows.filter(area_code__gte=viewer.area_code, area_code__lt=str(int(viewer.area_code) + 1))


def records_of(target_type: str, target_id: object) -> QuerySet[Record]:
    """Everything done to one thing, newest first. Show it only to who may see the thing itself."""
    return Record.objects.filter(target_type=target_type, target_id=str(target_id)).order_by("-id")


def who_saw(worker_id: int) -> QuerySet[Record]:
    """«Siapa melihat data ini»: each time somebody had a worker's numbers shown in full, and why."""
    return records_of("worker", worker_id).filter(action=REVEALED)


def chain_heads() -> dict[str, str]:
    """The last hash of every chain, by area ("" is the nation), as hexadecimal.

    Whoever keeps these elsewhere (a printout, another office) can later tell that the end of a chain was cut
    off, which the chain itself cannot show.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (left(area_code, 4)) left(area_code, 4), encode(hash, 'hex')"
            " FROM audit_record ORDER BY left(area_code, 4), id DESC"
        )
        return dict(cursor.fetchall())
