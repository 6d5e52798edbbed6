"""NIK, KK and phone at rest: what identifies a worker, sealed and indexed by the keys of `gateways.vault`."""

from __future__ import annotations

from dataclasses import dataclass

from naung.gateways.vault import (
    KEY_FILE,
    Keyring,
    SealBroken,
    Vault,
    fingerprint,
    key_file,
    sync_folder,
    vault,
    write_keys,
)

__all__ = [
    "KEY_FILE",
    "Identity",
    "Keyring",
    "SealBroken",
    "Vault",
    "fingerprint",
    "key_file",
    "sync_folder",
    "vault",
    "write_keys",
]

_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Identity:
    """The numbers that identify a person, in the clear. Never log one, never put one in a URL."""

    nik: str
    kk: str = ""
    phone: str = ""

    def __repr__(self) -> str:
        return "Identity(…)"

    def packed(self) -> bytes:
        return _SEPARATOR.join((self.nik, self.kk, self.phone)).encode()

    @classmethod
    def unpacked(cls, plain: bytes) -> Identity:
        return cls(*plain.decode().split(_SEPARATOR))
