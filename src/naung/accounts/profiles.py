"""The profile of an office: its sector, the kinds of work it reaches, and whom to call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from naung.accounts.models import Office, OfficeProfile, User
from naung.accounts.permissions import Permission
from naung.accounts.refusals import NotPermitted, OutsideTerritory
from naung.accounts.territory import sees_area
from naung.audit import actions as audit
from naung.gateways.vault import KEYS_LOCK, vault

_SEALED_AS = "office_profile"


@dataclass(frozen=True)
class Profile:
    """What is known of an office; `phone` in the clear, for the page of those who may call it. Never log it."""

    sector: str = ""
    groups: tuple[str, ...] = ()
    contact_name: str = ""
    phone: str = ""
    note: str = ""


def may_edit_profile(by: User | None, office: Office) -> bool:
    """Whoever edits the agreements of the territory, and the people of the office itself."""
    if by is None:
        return True
    if not sees_area(by, office.area_code):
        return False
    own = by.office_id == office.pk and by.may(Permission.AGREEMENT_EDIT_OWN)
    return own or by.may(Permission.AGREEMENT_EDIT)


def profile_of(office: Office) -> Profile:
    """The profile; an empty one where nothing was written yet."""
    kept = OfficeProfile.objects.filter(office=office).first()
    return _opened(kept) if kept else Profile()


def profiles_of(offices: Sequence[Office]) -> dict[int, Profile]:
    """The profiles of many offices by their ids; one query."""
    return {kept.office_id: _opened(kept) for kept in OfficeProfile.objects.filter(office__in=offices)}


@transaction.atomic
def write_profile(
    office: Office,
    *,
    sector: str,
    groups: Sequence[str],
    contact_name: str,
    phone: str,
    note: str,
    by: User | None,
) -> OfficeProfile:
    """Write the whole profile of an office; written again, nothing changes. Raises NotPermitted, OutsideTerritory."""
    if not may_edit_profile(by, office):
        assert by is not None
        if not sees_area(by, office.area_code):
            raise OutsideTerritory(office.area_code)
        raise NotPermitted(Permission.AGREEMENT_EDIT.value)
    Office.objects.select_for_update().get(pk=office.pk)
    with connection.cursor() as cursor:  # no key is changed meanwhile
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [KEYS_LOCK])
    kept, _made = OfficeProfile.objects.get_or_create(office=office)
    wanted = Profile(sector.strip(), tuple(groups), contact_name.strip(), phone.strip(), note.strip())
    before = _opened(kept)
    if wanted == before:
        return kept
    kept.sector, kept.groups, kept.contact_name = wanted.sector, list(wanted.groups), wanted.contact_name
    kept.note = wanted.note
    kept.sealed = vault().seal(_SEALED_AS, kept.pk, wanted.phone.encode()) if wanted.phone else None
    kept.save()
    changed = sorted(name for name in vars(wanted) if getattr(wanted, name) != getattr(before, name))
    audit.record(
        "office.profile",
        by=by,
        target_type="office",
        target_id=office.pk,
        target_name=office.name,
        area_code=office.area_code,
        fields=changed,
    )
    return kept


def _opened(kept: OfficeProfile) -> Profile:
    phone = vault().open(_SEALED_AS, kept.pk, kept.sealed).decode() if kept.sealed else ""
    return Profile(kept.sector, tuple(kept.groups), kept.contact_name, phone, kept.note)
