"""Reads of the audit trail. The trail tells who looked at whom, so it is itself kept to few eyes."""

from __future__ import annotations

from django.db import connection
from django.db.models import QuerySet

from naung.audit.models import Record


def records_in(area_code: str | None) -> QuerySet[Record]:
    """The records of an area and everything below it, newest first; all of them for None.

    Who may ask is the caller's business (`accounts.queries.records_visible_to`): accounts stand below this stage.
    """
    rows = Record.objects.order_by("-id")
    if area_code is None:
        return rows
    return rows.filter(area_code__gte=area_code, area_code__lt=str(int(area_code) + 1))


def records_of(target_type: str, target_id: object, *, actions: tuple[str, ...] = ()) -> QuerySet[Record]:
    """What was done to one thing, newest first; only some actions where `actions` names them."""
    rows = Record.objects.filter(target_type=target_type, target_id=str(target_id)).order_by("-id")
    return rows.filter(action__in=actions) if actions else rows


def chain_heads() -> dict[str, str]:
    """The last hash of every chain, by area ("" is the nation), as hexadecimal.

    Whoever keeps these elsewhere (a printout, another office) can later tell that the end of a chain was cut off,
    which the chain itself cannot show.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (chain) chain, encode(hash, 'hex')"
            " FROM (SELECT left(area_code, 4) AS chain, id, hash FROM audit_record) AS r ORDER BY chain, id DESC"
        )
        return dict(cursor.fetchall())
