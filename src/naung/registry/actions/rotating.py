"""New keys for old: resumable at any point, and no key is forgotten while something still needs it.

    1. new key written beside the old one      killed here: both open everything; run again to go on
    2. workers, entries, chunks, files resealed, a batch a transaction
    3. under the registry's lock: nothing of the old key is left, then it is forgotten

An index key cannot be used half-way (a person would be found under one key and not under the other), so a new one
waits as `next_index` until all rows carry it, in one transaction that also stores its fingerprint. The database is
the judge of which of the two is in use, whenever the process dies.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from naung.accounts.models import User
from naung.audit import actions as audit
from naung.registry import files
from naung.registry.models import KeyState
from naung.registry.refusals import KeysComeFromEnvironment
from naung.registry.vault import Identity, Keyring, Vault, fingerprint, vault, write_keys
from naung.registry.writing import REGISTRY_LOCK, writing_vault

BATCH_ROWS = 5_000
BATCH_CHUNKS = 20


@dataclass(frozen=True)
class Sealed:
    """A column of sealed values: the name its rows are bound to, and how many are sealed anew in a transaction.

    The registry may not import the stages above it, so it knows their tables by name; a test asks every model.
    """

    table: str
    bound_to: str
    rows: int = BATCH_ROWS
    column: str = "sealed"


_SEALED = (
    Sealed("registry_worker", "worker"),
    Sealed("registry_referenceentry", "entry"),
    Sealed("registry_sourcechunk", "chunk", BATCH_CHUNKS),
    Sealed("registry_rowcorrection", "correction"),
    Sealed("accounts_secondfactor", "second_factor"),
    Sealed("accounts_officeprofile", "office_profile"),
    Sealed("agreements_attachment", "agreement_attachment", BATCH_CHUNKS),
    Sealed("outreach_attendance", "attendance"),
    Sealed("outreach_photofile", "photo_file", BATCH_CHUNKS),
    Sealed("partners_employer", "employer", column="contact"),
    Sealed("papers_paperfile", "paper", BATCH_CHUNKS),
)
#: Tables whose NIK alone is indexed, and how it is read from what was sealed there.
_NIK_INDEXED: dict[str, Callable[[bytes], str]] = {
    "registry_referenceentry": lambda plain: plain.decode(),
    "outreach_attendance": lambda plain: plain.decode().split("\n")[0],
}


@dataclass(frozen=True)
class Rotated:
    """What a rotation did: sealed things sealed again, and whether the index key changed."""

    resealed: int
    reindexed: int
    resumed: bool


def rotate_keys(
    *, by: User | None, index: bool = False, progress: Callable[[str, int], None] = lambda stage, done: None
) -> Rotated:
    """Replace the data key, and with `index` the index key too; a rotation that was stopped is finished first.

    With `index` nobody can hand in lists while the index is made anew (about a minute per million workers); the
    pages stay up. Raises KeysComeFromEnvironment: then put the new key into NAUNG_KEYS beside the old one, make it
    active, and run this once more to seal everything with it.
    """
    keys = vault().keys
    resumed = len(keys.data) > 1 or keys.next_index is not None
    if os.environ.get("NAUNG_KEYS"):
        if index or not resumed:
            raise KeysComeFromEnvironment()
    elif not resumed:
        _begin(index=index, by=by)
    reindexed = _settle_index(progress)
    resealed = _reseal_everything(progress)
    _forget(by=by, resealed=resealed, reindexed=reindexed)
    return Rotated(resealed=resealed, reindexed=reindexed, resumed=resumed)


@transaction.atomic
def _begin(*, index: bool, by: User | None) -> None:
    keys = writing_vault().keys.with_new_data_key()
    audit.record("keys.rotate", by=by, target_type="keys", target_id=keys.active, index=index)
    write_keys(keys.with_new_index_key() if index else keys, overwrite=True)


def _settle_index(progress: Callable[[str, int], None]) -> int:
    """Bring the database to `next_index` where one stands ready, and the key file after it."""
    if vault().keys.next_index is None:
        return 0
    with connection.cursor() as cursor:
        # Held across commit and key file, so that no writer sees the one changed and not the other. If we die in
        # between, writers find that the fingerprint disagrees and refuse until this is run again.
        cursor.execute("SELECT pg_advisory_lock(%s)", [REGISTRY_LOCK])
        try:
            keys = vault().keys
            if keys.next_index is None:
                return 0
            state = KeyState.objects.filter(id=1).first()
            done = 0
            if state is None or bytes(state.index_fingerprint) != fingerprint(keys.next_index):
                done = _reindex(keys, progress)
            write_keys(keys.with_index_changed(), overwrite=True)
            return done
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [REGISTRY_LOCK])


@transaction.atomic
def _reindex(keys: Keyring, progress: Callable[[str, int], None]) -> int:
    assert keys.next_index is not None
    old, new = Vault(keys), Vault(keys.with_index_changed())
    done = 0
    for ids, sealed in _batches(_SEALED[0]):
        people = [Identity.unpacked(old.open("worker", i, s)) for i, s in zip(ids, sealed, strict=True)]
        _update(
            "UPDATE registry_worker w SET nik_index = n.nik, kk_index = n.kk, phone_index = n.phone"
            " FROM unnest(%s::bigint[], %s::uuid[], %s::uuid[], %s::uuid[]) AS n(id, nik, kk, phone)"
            " WHERE w.id = n.id",
            ids,
            new.index_column("nik", (p.nik for p in people)),
            new.index_column("kk", (p.kk for p in people)),
            new.index_column("phone", (p.phone for p in people)),
        )
        done += len(ids)
        progress("index", done)
    for held in _SEALED:
        if (nik_in := _NIK_INDEXED.get(held.table)) is None:
            continue
        for ids, sealed in _batches(held):
            niks = [nik_in(old.open(held.bound_to, i, s)) or None for i, s in zip(ids, sealed, strict=True)]
            _update(
                f"UPDATE {held.table} e SET nik_index = n.nik"
                " FROM unnest(%s::bigint[], %s::uuid[]) AS n(id, nik) WHERE e.id = n.id",
                ids,
                new.index_column("nik", niks),
            )
            done += len(ids)
            progress("index", done)
    KeyState.objects.update_or_create(id=1, defaults={"index_fingerprint": new.keys.index_fingerprint})
    return done


def _reseal_everything(progress: Callable[[str, int], None]) -> int:
    done = 0
    for held in _SEALED:
        last = 0
        while True:
            last, count = _reseal_batch(held, after=last)
            if last == 0:
                break
            done += count
            progress(held.table, done)
    with transaction.atomic():
        for _ in files.reseal_old(writing_vault()):
            done += 1
            progress("files", done)
    return done


@transaction.atomic
def _reseal_batch(held: Sealed, *, after: int) -> tuple[int, int]:
    """Reseal the next rows that an old key sealed; the last id looked at (0: none is left) and how many."""
    keys = writing_vault()
    ids, sealed = _next(held, held.rows, after=after, but_not=keys.active_head())
    if not ids:
        return 0, 0
    opened = [keys.open(held.bound_to, i, s) for i, s in zip(ids, sealed, strict=True)]
    _update(
        f"UPDATE {held.table} t SET {held.column} = n.sealed"
        " FROM unnest(%s::bigint[], %s::bytea[]) AS n(id, sealed)"
        " WHERE t.id = n.id",
        ids,
        keys.seal_column(held.bound_to, ids, opened),
    )
    return ids[-1], len(ids)


@transaction.atomic
def _forget(*, by: User | None, resealed: int, reindexed: int) -> None:
    """Drop the old data keys, once it is certain under the lock that they seal nothing any more."""
    keys = writing_vault()
    left = sum(len(_next(held, 1, after=0, but_not=keys.active_head())[0]) for held in _SEALED) + sum(
        1 for _ in files.reseal_old(keys)
    )
    assert left == 0, "something was sealed with an old key while the lock was ours"
    audit.record(
        "keys.rotated",
        by=by,
        target_type="keys",
        target_id=keys.keys.active,
        resealed=resealed,
        reindexed=reindexed,
    )
    if not os.environ.get("NAUNG_KEYS"):
        write_keys(keys.keys.with_active_key_only(), overwrite=True)


def _batches(held: Sealed) -> Any:
    last = 0
    while True:
        ids, sealed = _next(held, held.rows, after=last)
        if not ids:
            return
        yield ids, sealed
        last = ids[-1]


def _next(held: Sealed, size: int, *, after: int, but_not: bytes | None = None) -> tuple[list[int], list[bytes]]:
    """The next `size` sealed values of a table by id, those sealed by one key left out, and rows that seal nothing."""
    unless = "" if but_not is None else f" AND substring({held.column} FROM 1 FOR 2) <> %s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, {held.column} FROM {held.table}"
            f" WHERE id > %s AND {held.column} IS NOT NULL{unless} ORDER BY id LIMIT %s",
            [after, *([] if but_not is None else [but_not]), size],
        )
        rows = cursor.fetchall()
    return [row[0] for row in rows], [bytes(row[1]) for row in rows]


def _update(statement: str, *columns: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, columns)
