"""One writer of people at a time, with the keys that this database knows.

Everything that makes workers, reference entries or sealed chunks first asks for `writing_vault()`. Two lists that
name the same new person then never race, and a key rotation never meets a half-written list. Reading a file and
parsing it happen before; what is done under the lock is set-based, so a village's list holds it for well under a
second.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from naung.gateways.failure import GatewayError
from naung.gateways.vault import KEYS_LOCK
from naung.registry.models import KeyState
from naung.registry.vault import Vault, vault

REGISTRY_LOCK = KEYS_LOCK


def writing_vault() -> Vault:
    """Take the lock until the end of this transaction; the vault to write with.

    Raises GatewayError when these keys are not those of this database: a backup restored without its keys, or an
    index rotation that was stopped and must be finished first.
    """
    assert connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [REGISTRY_LOCK])
    # The keys are read after the lock: whoever held it before may have changed them.
    keys = vault()
    state, _ = KeyState.objects.get_or_create(id=1, defaults={"index_fingerprint": keys.keys.index_fingerprint})
    if bytes(state.index_fingerprint) != keys.keys.index_fingerprint:
        raise GatewayError(
            "Berkas kunci tidak cocok dengan basis data ini. Pulihkan berkas kuncinya, atau selesaikan pergantian"
            " kunci yang terhenti.",
            permanent=True,
        )
    return keys


def reserve_ids(cursor: Any, table: str, count: int) -> range:
    """`count` new ids of a table, so that values can be sealed to their rows before these are written.

    The sequence jumps over them in one step (a million calls of nextval take two seconds). That is safe under the
    registry's lock, which whoever writes these tables holds.
    """
    if count == 0:
        return range(0)
    cursor.execute(
        "SELECT setval(s.name, nextval(s.name) + %s) FROM (SELECT pg_get_serial_sequence(%s, 'id') AS name) AS s",
        [count - 1, table],
    )
    (last,) = cursor.fetchone()
    return range(last - count + 1, last + 1)
