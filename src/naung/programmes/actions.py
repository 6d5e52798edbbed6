"""Writes: programmes from their files, later versions of their rules, and what offices vouch for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from naung.accounts.acting import require
from naung.accounts.actions import create_office
from naung.accounts.models import Office, User
from naung.accounts.permissions import Permission
from naung.areas.models import Area
from naung.audit import actions as audit
from naung.programmes.arrangements import Arrangement, differences
from naung.programmes.basing import stand_as_written
from naung.programmes.models import FundingLine, Programme, RuleVersion
from naung.programmes.refusals import (
    AreaNotKnown,
    AttributeNameInvalid,
    ChangeNeedsReason,
    MonthsDecided,
    NobodyKnown,
    PlacesBelowListed,
    ProgrammeDiffers,
    ProgrammeInUse,
)
from naung.programmes.spec import ProgrammeSpec, stored_spec
from naung.programmes.spec_parts import KEY
from naung.rules.conditions import COVERED, MEMBER
from naung.rules.selection import Dimension

_PROGRAMME_LOCK = 0x50524F47


@transaction.atomic
def create_programme(spec: ProgrammeSpec, *, by: User | None, replace: bool = False) -> Programme:
    """Open a programme as its file defines it; the same definition again changes nothing.

    With `replace` another definition takes its place, as long as no round was run by the old one.
    The agreements that the file names, or its reason for none, are kept beside the programme.
    Raises NotPermitted, OutsideTerritory, AreaNotKnown, ProgrammeDiffers, ProgrammeInUse, AgreementNotKnown,
    AgreementDoesNotFit.
    """
    require(by, Permission.PROGRAMME_EDIT, spec.area)
    with connection.cursor() as cursor:
        # Two people opening the same programme at once: the second finds the first one's.
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_PROGRAMME_LOCK, spec.code])
    stored = spec.stored()
    earlier = Programme.objects.select_for_update().filter(code=spec.code).first()
    before = earlier.spec if earlier else None
    if earlier is not None:
        require(by, Permission.PROGRAMME_EDIT, earlier.area_code)
        if earlier.spec == stored:
            # What it stands on was decided since; the file speaks only where nobody has.
            if not earlier.bases.exists():
                stand_as_written(earlier, spec, by=by)
            return earlier
        if not replace:
            parts = sorted(key for key in {*stored, *earlier.spec} if stored.get(key) != earlier.spec.get(key))
            raise ProgrammeDiffers(spec.code, tuple(parts))
        if rounds := earlier.rounds.count():
            raise ProgrammeInUse(spec.code, rounds)
        _opened(earlier)
        earlier.funding_lines.all().delete()
    _require_areas(spec)
    programme = _write(spec, stored, earlier, by)
    _versioned(programme, by=by, changes=differences(stored_spec(before), spec) if before else [])
    audit.record(
        "programme.replace" if earlier else "programme.create",
        by=by,
        target_type="programme",
        target_id=programme.pk,
        target_name=programme.name,
        area_code=programme.area_code,
        code=programme.code,
        places=programme.places,
        seed=programme.seed,
        ceiling_rp=sum(line.ceiling_rp for line in spec.funding_lines),
    )
    stand_as_written(programme, spec, by=by)
    return programme


def _write(spec: ProgrammeSpec, stored: dict[str, Any], earlier: Programme | None, by: User | None) -> Programme:
    programme = earlier or Programme(code=spec.code, created_by=by)
    programme.name = spec.name
    programme.owner = create_office(name=spec.owner.name, kind=spec.owner.kind, area_code=spec.area, by=by)
    programme.area_code = spec.area
    programme.fiscal_year = spec.fiscal_year
    programme.starts_on, programme.ends_on = spec.months.first, spec.months.end
    programme.package = sorted(one.value for one in spec.package)
    programme.places = spec.places
    programme.seed = spec.seed
    programme.sample = spec.sample
    programme.spec = stored
    programme.save()
    FundingLine.objects.bulk_create(
        FundingLine(
            programme=programme,
            code=line.code,
            name=line.name,
            payer=line.payer.value,
            donor=_donor(line.donor.name, spec.area, by) if line.donor else None,
            ceiling_rp=line.ceiling_rp,
            group_code=line.group_code,
            order=number,
        )
        for number, line in enumerate(spec.funding_lines, 1)
    )
    return programme


def _donor(name: str, area_code: str, by: User | None) -> Office:
    return create_office(name=name, kind=Office.Kind.DONOR.value, area_code=area_code, by=by)


def _require_areas(spec: ProgrammeSpec) -> None:
    """Codes that the national list does not have are mistyped. Without a list nothing can be said."""
    named = {spec.area}
    for quota in spec.quotas:
        if quota.by in (Dimension.VILLAGE, Dimension.DISTRICT, Dimension.REGENCY):
            named |= {group.replace(".", "") for group in quota.groups}
    known = set(Area.objects.filter(code__in=named).values_list("code", flat=True))
    if (unknown := named - known) and Area.objects.exists():
        raise AreaNotKnown(min(unknown))


@transaction.atomic
def change_rules(programme: Programme, asked: Arrangement, *, reason: str, since: date, by: User | None) -> Programme:
    """Give a programme other places, money, months, order or shares, as a version more of its rules.

    The version before stays as it was, and so do the rounds that were run by it. Asking for what already is changes
    nothing. Raises NotPermitted, OutsideTerritory, SpecInvalid, AreaNotKnown, ChangeNeedsReason, MonthsDecided,
    PlacesBelowListed.
    """
    require(by, Permission.PROGRAMME_EDIT, programme.area_code)
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    old = stored_spec(programme.spec)
    new = asked.applied_to(old)
    changes = differences(old, new)
    if not changes:
        return programme
    if not reason.strip():
        raise ChangeNeedsReason()
    _require_areas(new)
    if latest := programme.decrees.order_by("-id").first():
        if old.months != new.months:
            raise MonthsDecided(latest.number)
        if new.places < latest.total:
            raise PlacesBelowListed(new.places, latest.total)
    _opened(programme)
    programme.starts_on, programme.ends_on, programme.places = new.months.first, new.months.end, new.places
    programme.spec = new.stored()
    programme.save(update_fields=["starts_on", "ends_on", "places", "spec"])
    for line in new.funding_lines:
        programme.funding_lines.filter(code=line.code).update(ceiling_rp=line.ceiling_rp)
    version = _versioned(programme, by=by, changes=changes, reason=reason, since=since)
    audit.record(
        "programme.change_rules",
        by=by,
        target_type="programme",
        target_id=programme.pk,
        target_name=programme.name,
        area_code=programme.area_code,
        reason=version.reason,
        version=version.number,
        changes=changes,
    )
    return programme


def _opened(programme: Programme) -> None:
    """Version 1 of a programme that was written without one: the definition it has until now."""
    if not programme.versions.exists():
        RuleVersion.objects.create(
            programme=programme, number=1, spec=programme.spec, since=timezone.localdate(programme.created_at),
            made_at=programme.created_at, made_by=programme.created_by,
        )  # fmt: skip


def _versioned(
    programme: Programme, *, by: User | None, changes: list[Any], reason: str = "", since: date | None = None
) -> RuleVersion:
    return RuleVersion.objects.create(
        programme=programme,
        number=programme.versions.count() + 1,
        spec=programme.spec,
        changes=changes,
        since=since or timezone.localdate(),
        reason=reason.strip()[:300],
        made_at=timezone.now(),
        made_by=by,
    )


@transaction.atomic
def vouch(
    *,
    name: str,
    nik_indexes: Sequence[str],
    source: str,
    as_of: date,
    area_code: str,
    evidence: str = "",
    by: User | None,
) -> int:
    """Enter that an office vouches for people: by keyed hash of the NIK, so that no number travels. Returns how
    many workers of the area carry the attribute now who did not before.

    Raises NotPermitted, OutsideTerritory, AttributeNameInvalid, NobodyKnown.
    """
    require(by, Permission.REFERENCE_UPLOAD, area_code)
    if not re.fullmatch(KEY, name) or len(name) > 40 or name in (COVERED, MEMBER):
        raise AttributeNameInvalid(name)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM registry_worker WHERE nik_index = ANY(%s::uuid[]) AND starts_with(area_code, %s)",
            [list(nik_indexes), area_code],
        )
        workers = [row[0] for row in cursor.fetchall()]
        if not workers:
            raise NobodyKnown(name, len(nik_indexes))
        cursor.execute(
            "INSERT INTO programmes_workerattribute"
            " (worker_id, name, area_code, source, evidence, as_of, recorded_at, recorded_by_id)"
            " SELECT w, %s, %s, %s, %s, %s, %s, %s FROM unnest(%s::bigint[]) w"
            " ON CONFLICT (worker_id, name) DO NOTHING",
            [
                name, area_code, source[:120], evidence[:200], as_of, timezone.now(), by.pk if by else None, workers,
            ],
        )  # fmt: skip
        added: int = cursor.rowcount
    audit.record(
        "attribute.vouch",
        by=by,
        target_type="attribute",
        target_id=name,
        target_name=name,
        area_code=area_code,
        source=source[:120],
        named=len(nik_indexes),
        known=len(workers),
        added=added,
    )
    return added
