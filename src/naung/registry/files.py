"""The files as handed in, sealed under `NAUNG_HOME`/files, named by the SHA-256 of what they hold.

Written before the database commits and never changed, except by a key rotation: whatever is killed, a list in the
database always has its file. A file without a list is harmless and found again by the same upload.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from naung.gateways.home import home
from naung.registry.vault import Vault, sync_folder

_SUFFIX = ".sealed"


def folder() -> Path:
    return home() / "files"


def path_of(sha256: str) -> Path:
    return folder() / f"{sha256}{_SUFFIX}"


def keep(content: bytes, sha256: str, vault: Vault) -> None:
    """Seal and keep a file; one that is already there stays as it is."""
    path = path_of(sha256)
    if not path.exists():
        _write(path, vault.seal(_bound_to(sha256), 0, content))


def original(sha256: str, vault: Vault) -> bytes:
    """The file as it was handed in. Raises FileNotFoundError, SealBroken."""
    return vault.open(_bound_to(sha256), 0, path_of(sha256).read_bytes())


def hand_over(name: str, content: bytes, vault: Vault) -> str:
    """Keep a file that is to be taken in later, sealed together with its name; what to ask for it by."""
    packed = json.dumps(name).encode() + b"\n" + content
    token = hashlib.sha256(packed).hexdigest()
    keep(packed, token, vault)
    return token


def handed_over(token: str, vault: Vault) -> tuple[str, bytes]:
    """The name and the content of a file that waited. Raises FileNotFoundError, SealBroken."""
    name, _, content = original(token, vault).partition(b"\n")
    return json.loads(name), content


def forget(sha256: str) -> None:
    """Remove a file that was kept for a while."""
    path_of(sha256).unlink(missing_ok=True)


def reseal_old(vault: Vault) -> Iterator[str]:
    """Seal again with the active key every file that another key sealed; yields the hash of each one done."""
    head = vault.active_head()
    for path in sorted(folder().glob(f"*{_SUFFIX}")):
        with path.open("rb") as file:
            if file.read(len(head)) == head:
                continue
        sha256 = path.name.removesuffix(_SUFFIX)
        _write(path, vault.seal(_bound_to(sha256), 0, original(sha256, vault)))
        yield sha256


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_suffix(f".{secrets.token_hex(4)}.new")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        sync_folder(path.parent)
    finally:
        fresh.unlink(missing_ok=True)


def _bound_to(sha256: str) -> str:
    return f"file/{sha256}"
