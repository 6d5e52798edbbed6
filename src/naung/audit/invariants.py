"""Does the chain of records hold? Every record is hashed again and must name the one before it."""

from __future__ import annotations

from naung.audit.actions import NO_HASH, chain_of, digest
from naung.audit.models import Record
from naung.audit.problems import Problem

_BATCH = 2_000


def problems() -> list[Problem]:
    """What is wrong with the trail: records altered, and records missing or put in between.

    One pass in order of writing, `_BATCH` records in memory at a time.
    """
    last: dict[str, bytes] = {}
    altered = broken = 0
    for entry in Record.objects.order_by("id").iterator(chunk_size=_BATCH):
        chain = chain_of(entry.area_code)
        stored = bytes(entry.hash)
        altered += digest(entry) != stored
        broken += bytes(entry.previous_hash) != last.get(chain, NO_HASH)
        last[chain] = stored
    found = []
    if altered:
        found.append(Problem("audit_altered", "Catatan audit diubah setelah ditulis", altered))
    if broken:
        found.append(Problem("audit_chain", "Rantai catatan audit terputus: ada yang hilang atau disisipkan", broken))
    return found
