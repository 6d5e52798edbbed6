"""Areas and people for the pages: one region, its village and province, and the region beside it."""

from __future__ import annotations

from datetime import date

from naung.accounts.models import Office, User
from naung.areas.models import Area

#: The day on which every page of these tests is opened.
TODAY = date(2026, 11, 21)

PROVINCE, HERE, DISTRICT, VILLAGE, BESIDE = "12", "1275", "127501", "1275011001", "1276"
NAMES = {
    PROVINCE: ("Sumatera Utara", "provinsi", None),
    HERE: ("Kota Binjai", "kota", PROVINCE),
    DISTRICT: ("Binjai Utara", "kecamatan", HERE),
    VILLAGE: ("Jati Makmur", "kelurahan", DISTRICT),
    BESIDE: ("Kota Padang Sidempuan", "kota", PROVINCE),
}


def add_areas() -> None:
    for code, (name, kind, parent) in NAMES.items():
        level = (2, 4, 6, 10).index(len(code)) + 1
        facts = {"name": name, "kind": kind, "level": level, "parent_id": parent, "source": "contoh"}
        Area.objects.get_or_create(code=code, defaults=facts | {"valid": (None, None)})


def person(username: str, role: str, area_code: str) -> User:
    """Somebody with an office of the same area; signed in by `force_login`."""
    office, _made = Office.objects.get_or_create(name=f"Kantor {role} {area_code}", area_code=area_code, kind="sector")
    facts = {"full_name": f"Contoh {username}", "role": role, "area_code": area_code, "office": office, "password": "!"}
    return User.objects.get_or_create(username=username, defaults=facts)[0]
