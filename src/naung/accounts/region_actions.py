"""How a region and its offices are called, and how it numbers its papers."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from naung.accounts.acting import require
from naung.accounts.actions import create_office
from naung.accounts.models import Office, RegionSettings, User
from naung.accounts.permissions import Permission, Role
from naung.accounts.refusals import OfficeNameTaken, PatternFaulty, TerritoryMalformed, UnknownRole
from naung.audit import actions as audit
from naung.documents.numbering import fault_of


@transaction.atomic
def add_office(*, name: str, kind: str, area_code: str, by: User | None) -> Office:
    """A new office, by an admin. Raises NotPermitted, OutsideTerritory, TerritoryMalformed, OfficeNameTaken."""
    require(by, Permission.SETTINGS_EDIT, area_code)
    if Office.objects.filter(name__iexact=name.strip(), area_code=area_code).exists():
        raise OfficeNameTaken(name.strip())
    return create_office(name=name, kind=kind, area_code=area_code, by=by)


@transaction.atomic
def rename_office(office: Office, *, name: str, by: User | None) -> Office:
    """Another name for the same office: everything done in it stays its own. Safe to repeat.

    Raises NotPermitted, OutsideTerritory, OfficeNameTaken.
    """
    office = Office.objects.select_for_update().get(pk=office.pk)
    require(by, Permission.SETTINGS_EDIT, office.area_code)
    before, name = office.name, name.strip()
    if name == before:
        return office
    if Office.objects.filter(name__iexact=name, area_code=office.area_code).exclude(pk=office.pk).exists():
        raise OfficeNameTaken(name)
    office.name = name
    office.save(update_fields=["name"])
    audit.record(
        "office.rename",
        by=by,
        target_type="office",
        target_id=office.pk,
        target_name=name,
        area_code=office.area_code,
        name_before=before,
    )
    return office


@transaction.atomic
def set_region(
    area_code: str, *, display_name: str, decree_pattern: str, bill_pattern: str, by: User | None
) -> RegionSettings:
    """What a province or regency is called on its pages, and its patterns; empty means our default.

    Safe to repeat. Raises NotPermitted, OutsideTerritory, TerritoryMalformed, PatternFaulty.
    """
    require(by, Permission.SETTINGS_EDIT, area_code)
    if len(area_code) not in {2, 4}:
        raise TerritoryMalformed(area_code)
    for pattern in (decree_pattern, bill_pattern):
        if pattern and (fault := fault_of(pattern)):
            raise PatternFaulty(fault)
    wanted = {"display_name": display_name.strip(), "decree_pattern": decree_pattern, "bill_pattern": bill_pattern}
    kept, made = RegionSettings.objects.select_for_update().get_or_create(pk=area_code, defaults=wanted)
    changed = [name for name, value in wanted.items() if made or getattr(kept, name) != value]
    if not changed:
        return kept
    for name in changed:
        setattr(kept, name, wanted[name])
    kept.save()
    audit.record(
        "region.set",
        by=by,
        target_type="region",
        target_id=area_code,
        target_name=kept.display_name,
        area_code=area_code,
        **{name: wanted[name] for name in changed},
    )
    return kept


@transaction.atomic
def set_security(area_code: str, *, second_factor_roles: Iterable[str], by: User | None) -> RegionSettings:
    """Which roles of a province or regency must sign in with a second factor; others may.

    Safe to repeat. Raises NotPermitted, OutsideTerritory, TerritoryMalformed, UnknownRole.
    """
    require(by, Permission.SETTINGS_EDIT, area_code)
    if len(area_code) not in {2, 4}:
        raise TerritoryMalformed(area_code)
    roles = sorted(set(second_factor_roles))
    for role in roles:
        if role not in Role.values:
            raise UnknownRole(role)
    kept, _made = RegionSettings.objects.select_for_update().get_or_create(pk=area_code)
    if kept.second_factor_roles != roles:
        kept.second_factor_roles = roles
        kept.save(update_fields=["second_factor_roles"])
        audit.record(
            "region.security",
            by=by,
            target_type="region",
            target_id=area_code,
            target_name=kept.display_name,
            area_code=area_code,
            second_factor_roles=roles,
        )
    return kept
