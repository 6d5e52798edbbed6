"""The ways accounts say no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naung.refusal import Refusal


@dataclass(eq=False)
class UsernameTaken(Refusal):
    """Another person signs in by this name, or the same person with another role or territory."""

    code: ClassVar[str] = "username_taken"

    username: str

    def __str__(self) -> str:
        return f"Nama pengguna «{self.username}» sudah dipakai. Pilih nama lain."


@dataclass(eq=False)
class UnknownRole(Refusal):
    code: ClassVar[str] = "unknown_role"

    role: str

    def __str__(self) -> str:
        return f"Peran «{self.role}» tidak dikenal."


@dataclass(eq=False)
class TerritoryMalformed(Refusal):
    """A territory is the digits of a province, regency, district or village."""

    code: ClassVar[str] = "territory_malformed"

    area_code: str

    def __str__(self) -> str:
        return f"Kode wilayah «{self.area_code}» tidak sah: isi 2, 4, 6, atau 10 angka."


@dataclass(eq=False)
class PasswordTooWeak(Refusal):
    code: ClassVar[str] = "password_too_weak"

    why: str

    def __str__(self) -> str:
        return f"Kata sandi belum cukup kuat. {self.why}"


@dataclass(eq=False)
class OutsideTerritory(Refusal):
    """The list or person belongs to an area where this user has no business."""

    code: ClassVar[str] = "outside_territory"

    area_code: str

    def __str__(self) -> str:
        return "Wilayah ini di luar wilayah kerja Anda."


@dataclass(eq=False)
class NotPermitted(Refusal):
    """The role does not allow it."""

    code: ClassVar[str] = "not_permitted"

    permission: str

    def __str__(self) -> str:
        return "Peran Anda tidak mengizinkan tindakan ini. Hubungi admin daerah."
