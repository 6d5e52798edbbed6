"""Small village lists for the tests of the registry: people are numbered, so that a test can speak of them."""

from __future__ import annotations

from datetime import date

from naung.accounts.actions import create_office, create_user
from naung.accounts.permissions import Role
from naung.registry.actions import IntakeRules, take_in

ON = date(2026, 11, 21)
RULES = IntakeRules(area_code="1275")
TITLES = "No;Nama Lengkap;NIK;No KK;Tanggal Lahir;Jenis Kelamin;Kecamatan;Pekerjaan;No HP"
_NAMES = (
    "BUDI SANTOSO", "AHMAD HASIBUAN", "JOKO WIDARTO", "RAHMAT LUBIS", "AGUS SAPUTRA", "HENDRA TARIGAN", "DEDI GINTING",
)  # fmt: skip


def nik_of(number: int) -> str:
    """The NIK of a made-up man: Binjai Selatan, a birthday in 1970 to 1989, his number as serial."""
    return f"127501{number % 28 + 1:02d}{number % 12 + 1:02d}{70 + number % 20:02d}{number + 1:04d}"


def kk_of(number: int) -> str:
    return f"1275011202{number:06d}"


def phone_of(number: int) -> str:
    return f"08126{number:07d}"


def name_of(number: int) -> str:
    # Letters and not digits: a name with a number in it would be no name.
    letters = "".join(chr(ord("A") + int(digit)) for digit in f"{number:04d}")
    return f"{_NAMES[number % len(_NAMES)]} {letters}"


def line(number: int, *, nik: str | None = None, name: str | None = None, place: str = "Binjai Selatan") -> str:
    born = f"{number % 28 + 1:02d}-{number % 12 + 1:02d}-19{70 + number % 20:02d}"
    nik = nik_of(number) if nik is None else nik
    name = name or name_of(number)
    return f"{number};{name};{nik};{kk_of(number)};{born};L;{place};Petani;{phone_of(number)}"


def a_list(*lines: str | int) -> bytes:
    """A CSV of lines; a bare number is that person's line."""
    rows = [one if isinstance(one, str) else line(one) for one in lines]
    return "\n".join([TITLES, *rows, ""]).encode()


def hand_in(*lists: bytes, programme_code: str = "BINJAI-2026", by=None, **kwargs):
    """Take lists in under made-up names."""
    kwargs.setdefault("rules", RULES)
    return take_in(
        [(f"daftar {at}.csv", content) for at, content in enumerate(lists, 1)],
        programme_code=programme_code,
        reference_date=ON,
        by=by,
        **kwargs,
    )


def a_person(role: Role = Role.PROGRAMME_OFFICER, area_code: str = "1275"):
    """Somebody of the cast who signs in, with an office of the same area."""
    kind = "village" if len(area_code) == 10 else "owner"
    office = create_office(name=f"Kantor {area_code}", kind=kind, area_code=area_code, by=None)
    return create_user(
        username=f"{role}-{area_code}", full_name="Contoh", role=role, area_code=area_code, office=office, by=None
    )
