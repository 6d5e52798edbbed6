"""Writing the audit trail. Called inside the transaction of the act it describes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from naung.audit.models import Record

NO_HASH = bytes(32)
_CHAIN_LOCK = 0x4E41554E  # the first key of the advisory lock; the second is the area


class Actor(Protocol):
    """Whoever acts: a user, or the system."""

    username: str
    role: str


def record(
    action: str,
    *,
    by: Actor | None,
    target_type: str,
    target_id: object,
    target_name: str = "",
    area_code: str = "",
    reason: str = "",
    **detail: Any,
) -> Record:
    """Append one record to the trail of `area_code`.

    `detail` must be JSON: counts, codes, amounts. No NIK, KK, phone or name of a worker.
    """
    chain = chain_of(area_code)
    with connection.cursor() as cursor:
        # Two acts in one area at once must not both follow the same record.
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_CHAIN_LOCK, int(chain or 0)])
    previous = _chain(chain).order_by("-id").values_list("hash", flat=True).first()
    entry = Record(
        at=timezone.now(),
        actor=by.username if by is not None else "sistem",
        actor_role=by.role if by is not None else "",
        action=action,
        target_type=target_type,
        target_id=str(target_id),
        target_name=target_name[:200],
        area_code=area_code,
        reason=reason[:300],
        detail=detail,
        previous_hash=bytes(previous) if previous is not None else NO_HASH,
    )
    entry.hash = digest(entry)
    entry.save(force_insert=True)
    return entry


def chain_of(area_code: str) -> str:
    """Which chain an area's records hang in: its regency's; a province and the nation ("") have their own."""
    return area_code[:4]


def _chain(chain: str) -> QuerySet[Record]:
    # A province's chain is its own records, not those of its regencies, whose lock nobody holds here.
    if len(chain) < 4:
        return Record.objects.filter(area_code=chain)
    return Record.objects.filter(area_code__gte=chain, area_code__lt=str(int(chain) + 1))


def digest(entry: Record) -> bytes:
    """The hash of a record: over its content and the hash before it (SHA-256, 32 bytes)."""
    content: Mapping[str, Any] = {
        "at": _moment(entry.at),
        "actor": entry.actor,
        "role": entry.actor_role,
        "action": entry.action,
        "target": [entry.target_type, entry.target_id, entry.target_name],
        "area": entry.area_code,
        "reason": entry.reason,
        "detail": entry.detail,
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(bytes(entry.previous_hash) + text.encode()).digest()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
