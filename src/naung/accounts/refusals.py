"""The ways accounts say no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naung.refusal import Refusal
from naung.saying import Known, Sentence
from naung.saying import sentence as _


@dataclass(eq=False)
class UsernameTaken(Refusal):
    """Another person signs in by this name, or the same person with another role or territory."""

    code: ClassVar[str] = "username_taken"

    username: str

    def said(self) -> Sentence:
        return _(
            "Nama pengguna «%(username)s» sudah dipakai. Pilih nama lain.",
            username=self.username,
        )


@dataclass(eq=False)
class UnknownRole(Refusal):
    code: ClassVar[str] = "unknown_role"

    role: str

    def said(self) -> Sentence:
        return _(
            "Peran «%(role)s» tidak dikenal.",
            role=self.role,
        )


@dataclass(eq=False)
class TerritoryMalformed(Refusal):
    """A territory is the digits of a province, regency, district or village."""

    code: ClassVar[str] = "territory_malformed"

    area_code: str

    def said(self) -> Sentence:
        return _(
            "Kode wilayah «%(area_code)s» tidak sah: isi 2, 4, 6, atau 10 angka.",
            area_code=self.area_code,
        )


@dataclass(eq=False)
class PasswordTooWeak(Refusal):
    code: ClassVar[str] = "password_too_weak"

    why: str

    def said(self) -> Sentence:
        return _(
            "Kata sandi belum cukup kuat. %(why)s",
            why=Known(self.why),
        )


@dataclass(eq=False)
class OutsideTerritory(Refusal):
    """The list or person belongs to an area where this user has no business."""

    code: ClassVar[str] = "outside_territory"

    area_code: str

    def said(self) -> Sentence:
        return _("Wilayah ini di luar wilayah kerja Anda.")


@dataclass(eq=False)
class NotPermitted(Refusal):
    """The role does not allow it."""

    code: ClassVar[str] = "not_permitted"

    permission: str

    def said(self) -> Sentence:
        return _("Peran Anda tidak mengizinkan tindakan ini. Hubungi admin daerah.")


@dataclass(eq=False)
class UsernameMalformed(Refusal):
    code: ClassVar[str] = "username_malformed"

    username: str

    def said(self) -> Sentence:
        return _("Nama pengguna harus 3 sampai 60 huruf kecil, angka, titik, garis bawah, atau tanda hubung.")


@dataclass(eq=False)
class OwnAccount(Refusal):
    """Nobody takes rights from himself, or gives himself others."""

    code: ClassVar[str] = "own_account"

    def said(self) -> Sentence:
        return _("Hak dan status akun Anda sendiri diubah oleh admin lain.")


@dataclass(eq=False)
class LastAdmin(Refusal):
    """Without this person nobody of the region could let anybody in."""

    code: ClassVar[str] = "last_admin"

    area_code: str

    def said(self) -> Sentence:
        return _("Ini satu-satunya admin aktif wilayah ini. Undang admin lain lebih dulu.")


@dataclass(eq=False)
class PersonInactive(Refusal):
    code: ClassVar[str] = "person_inactive"

    username: str

    def said(self) -> Sentence:
        return _(
            "Akun «%(username)s» tidak aktif. Aktifkan lebih dulu.",
            username=self.username,
        )


@dataclass(eq=False)
class InvitationNotValid(Refusal):
    """Used, expired, replaced or never made: the answer is the same, so that nobody learns which."""

    code: ClassVar[str] = "invitation_not_valid"

    def said(self) -> Sentence:
        return _("Tautan undangan ini tidak berlaku lagi. Minta tautan baru kepada admin daerah Anda.")


@dataclass(eq=False)
class OfficeNameTaken(Refusal):
    code: ClassVar[str] = "office_name_taken"

    name: str

    def said(self) -> Sentence:
        return _(
            "Kantor «%(name)s» sudah ada di wilayah itu.",
            name=self.name,
        )


@dataclass(eq=False)
class PatternFaulty(Refusal):
    """A pattern of numbers with a token nobody knows, or without the number itself."""

    code: ClassVar[str] = "pattern_faulty"

    why: str

    def said(self) -> Sentence:
        return Sentence(self.why, {})


@dataclass(eq=False)
class CodeWrong(Refusal):
    """Mistyped, too old, or used before: the answer is the same."""

    code: ClassVar[str] = "code_wrong"

    def said(self) -> Sentence:
        return _("Kode tidak cocok. Tunggu kode berikutnya di aplikasi, lalu ketik lagi.")


@dataclass(eq=False)
class SecondFactorRequired(Refusal):
    code: ClassVar[str] = "second_factor_required"

    role: str

    def said(self) -> Sentence:
        return _("Daerah Anda mewajibkan kode kedua untuk peran Anda.")


@dataclass(eq=False)
class PasswordWrong(Refusal):
    """Asked again before something that a passer-by at an open screen must not do."""

    code: ClassVar[str] = "password_wrong"

    def said(self) -> Sentence:
        return _("Kata sandi sekarang tidak cocok.")
