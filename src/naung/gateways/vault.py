"""What must not be read at rest (NIK, KK, phone, a second factor): sealed, and indexed so that equality finds it.

Sealing is AES-256-GCM with a fresh nonce, bound to its table and row, so that a value cannot be moved to another
row. The first two bytes name the data key, so keys can be rotated while both are in use.

The index is keyed BLAKE2b (RFC 7693) with 16 bytes, its own key and its own domain per kind of number. A NIK has
only some 4 x 10^10 likely values: any unkeyed hash of it is reversed within minutes, so this key must never be
in the database or its backups. Both keys live in a 0600 file under `NAUNG_HOME`, or in `NAUNG_KEYS`.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import secrets
import struct
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from naung.gateways.home import home

KEY_FILE = "keys.json"
#: An advisory lock of the database: a rotation of keys holds it, whoever seals meanwhile takes it shared.
KEYS_LOCK = 0x4E524547
_NONCE_BYTES = 12
_HEAD = struct.Struct(">H")


class SealBroken(Exception):
    """A sealed value does not belong to its row, was altered, or its key is missing."""


@dataclass(frozen=True)
class Keyring:
    """The keys: data keys by number, which of them seals now, and the key of the index (32 bytes each).

    More than one data key, or a `next_index`, means that a rotation is under way (`actions.rotate_keys`).

    The codes of cards are hashed with a key of their own, `cards`, which outlives a new index key: a code is kept
    nowhere in the clear, so nothing could be hashed anew, and the cards in people's hands must go on working. Keys
    made before there were cards hash them with the index key, which then stays for the cards alone.
    """

    data: dict[int, bytes]
    active: int
    index: bytes
    next_index: bytes | None = None
    cards: bytes | None = None

    def __repr__(self) -> str:
        return f"Keyring(active={self.active}, …)"

    def to_json(self) -> str:
        raw: dict[str, object] = {
            "active": self.active,
            "data": {str(number): base64.b64encode(key).decode() for number, key in self.data.items()},
            "index": base64.b64encode(self.index).decode(),
        }
        if self.next_index is not None:
            raw["next_index"] = base64.b64encode(self.next_index).decode()
        if self.cards is not None:
            raw["cards"] = base64.b64encode(self.cards).decode()
        return json.dumps(raw)

    @classmethod
    def from_json(cls, text: str) -> Keyring:
        raw = json.loads(text)
        return cls(
            data={int(number): base64.b64decode(key) for number, key in raw["data"].items()},
            active=int(raw["active"]),
            index=base64.b64decode(raw["index"]),
            next_index=base64.b64decode(raw["next_index"]) if raw.get("next_index") else None,
            cards=base64.b64decode(raw["cards"]) if raw.get("cards") else None,
        )

    @classmethod
    def fresh(cls) -> Keyring:
        return cls(
            data={1: secrets.token_bytes(32)},
            active=1,
            index=secrets.token_bytes(32),
            cards=secrets.token_bytes(32),
        )

    def with_new_data_key(self) -> Keyring:
        """A new key seals from now on; the old ones still open."""
        number = max(self.data) + 1
        return replace(self, data=self.data | {number: secrets.token_bytes(32)}, active=number)

    def with_new_index_key(self) -> Keyring:
        """A new index key stands ready beside the one in use."""
        return replace(self, next_index=secrets.token_bytes(32))

    def with_index_changed(self) -> Keyring:
        """The index key that stood ready is the one in use."""
        assert self.next_index is not None
        return replace(self, index=self.next_index, next_index=None, cards=self.cards or self.index)

    def with_active_key_only(self) -> Keyring:
        """Forget the data keys that no longer seal anything."""
        return replace(self, data={self.active: self.data[self.active]})

    def hashing(self, kind: str) -> bytes:
        """The key that hashes one kind of value."""
        return self.cards if kind == "card" and self.cards is not None else self.index

    @property
    def index_fingerprint(self) -> bytes:
        return fingerprint(self.index)


def fingerprint(index_key: bytes) -> bytes:
    """16 bytes that tell two index keys apart and tell nothing about either."""
    return hashlib.blake2b(b"index key", digest_size=16, key=index_key, person=_person("print")).digest()


class Vault:
    """Seals, opens and indexes with one keyring."""

    def __init__(self, keys: Keyring) -> None:
        self.keys = keys
        self._ciphers = {number: AESGCM(key) for number, key in keys.data.items()}

    def seal(self, table: str, row: int, plain: bytes) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        cipher = self._ciphers[self.keys.active]
        return _HEAD.pack(self.keys.active) + nonce + cipher.encrypt(nonce, plain, _bound_to(table, row))

    def seal_column(self, table: str, rows: Sequence[int], plains: Iterable[bytes]) -> list[bytes]:
        """Seal one value per row of a table: the same as `seal`, with the look-ups hoisted out (0.9 µs each)."""
        head, encrypt = _HEAD.pack(self.keys.active), self._ciphers[self.keys.active].encrypt
        nonces = os.urandom(_NONCE_BYTES * len(rows))
        prefix = table.encode() + b":"
        return [
            head + (nonce := nonces[i : i + _NONCE_BYTES]) + encrypt(nonce, plain, prefix + b"%d" % row)
            for i, row, plain in zip(range(0, len(nonces), _NONCE_BYTES), rows, plains, strict=True)
        ]

    def open(self, table: str, row: int, sealed: bytes | memoryview) -> bytes:
        """The value in the clear. Raises SealBroken."""
        sealed = bytes(sealed)
        (number,) = _HEAD.unpack_from(sealed)
        if number not in self._ciphers:
            raise SealBroken(f"Kunci data nomor {number} tidak ada di berkas kunci.")
        nonce, body = sealed[2 : 2 + _NONCE_BYTES], sealed[2 + _NONCE_BYTES :]
        try:
            return self._ciphers[number].decrypt(nonce, body, _bound_to(table, row))
        except InvalidTag:
            raise SealBroken(f"Segel {table} {row} tidak cocok.") from None

    def index(self, kind: str, value: str) -> uuid.UUID:
        """The keyed hash of one `nik`, `kk` or `phone`, or of a `card` code."""
        keyed = hashlib.blake2b(value.encode(), digest_size=16, key=self.keys.hashing(kind), person=_person(kind))
        return uuid.UUID(bytes=keyed.digest())

    def index_column(self, kind: str, values: Iterable[str | None]) -> list[str | None]:
        """Keyed hashes as 32 hexadecimal digits, which PostgreSQL reads as uuid; None and '' stay None."""
        blake2b, key, person = hashlib.blake2b, self.keys.hashing(kind), _person(kind)
        return [
            blake2b(value.encode(), digest_size=16, key=key, person=person).hexdigest() if value else None
            for value in values
        ]

    def active_head(self) -> bytes:
        """The first two bytes of everything that the active key sealed."""
        return _HEAD.pack(self.keys.active)


def vault() -> Vault:
    """The vault of this installation. Makes the keys on first use, unless NAUNG_KEYS brings them."""
    if given := os.environ.get("NAUNG_KEYS"):
        return _vault_of(given)
    path = key_file()
    try:
        return _vault_of(path.read_text())
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with contextlib.suppress(FileExistsError):  # another command made them first
        write_keys(Keyring.fresh(), overwrite=False)
    return _vault_of(path.read_text())


def key_file() -> Path:
    return home() / KEY_FILE


def write_keys(keys: Keyring, *, overwrite: bool) -> None:
    """Write the key file whole or not at all. Raises FileExistsError when it is there and may not be replaced."""
    path = key_file()
    fresh = path.with_suffix(f".{secrets.token_hex(4)}.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(keys.to_json())
        file.flush()
        os.fsync(file.fileno())
    try:
        if overwrite:
            fresh.replace(path)
            sync_folder(path.parent)
        else:
            os.link(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a rename inside `folder` outlast a power failure."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@lru_cache(maxsize=2)
def _vault_of(text: str) -> Vault:
    return Vault(Keyring.from_json(text))


def _bound_to(table: str, row: int) -> bytes:
    return f"{table}:{row}".encode()


def _person(kind: str) -> bytes:
    return f"naung-{kind}".encode()
