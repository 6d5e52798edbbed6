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


@dataclass(eq=False)
class UsernameMalformed(Refusal):
    code: ClassVar[str] = "username_malformed"

    username: str

    def __str__(self) -> str:
        return "Nama pengguna harus 3 sampai 60 huruf kecil, angka, titik, garis bawah, atau tanda hubung."


@dataclass(eq=False)
class OwnAccount(Refusal):
    """Nobody takes rights from himself, or gives himself others."""

    code: ClassVar[str] = "own_account"

    def __str__(self) -> str:
        return "Hak dan status akun Anda sendiri diubah oleh admin lain."


@dataclass(eq=False)
class LastAdmin(Refusal):
    """Without this person nobody of the region could let anybody in."""

    code: ClassVar[str] = "last_admin"

    area_code: str

    def __str__(self) -> str:
        return "Ini satu-satunya admin aktif wilayah ini. Undang admin lain lebih dulu."


@dataclass(eq=False)
class PersonInactive(Refusal):
    code: ClassVar[str] = "person_inactive"

    username: str

    def __str__(self) -> str:
        return f"Akun «{self.username}» tidak aktif. Aktifkan lebih dulu."


@dataclass(eq=False)
class InvitationNotValid(Refusal):
    """Used, expired, replaced or never made: the answer is the same, so that nobody learns which."""

    code: ClassVar[str] = "invitation_not_valid"

    def __str__(self) -> str:
        return "Tautan undangan ini tidak berlaku lagi. Minta tautan baru kepada admin daerah Anda."


@dataclass(eq=False)
class OfficeNameTaken(Refusal):
    code: ClassVar[str] = "office_name_taken"

    name: str

    def __str__(self) -> str:
        return f"Kantor «{self.name}» sudah ada di wilayah itu."


@dataclass(eq=False)
class PatternFaulty(Refusal):
    """A pattern of numbers with a token nobody knows, or without the number itself."""

    code: ClassVar[str] = "pattern_faulty"

    why: str

    def __str__(self) -> str:
        return self.why
