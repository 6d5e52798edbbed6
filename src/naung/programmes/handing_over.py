"""Writes: a running programme goes from one office to another, and nothing of before is written anew."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from naung.accounts.acting import require
from naung.accounts.models import Office, User
from naung.accounts.permissions import Permission
from naung.audit import actions as audit
from naung.programmes.models import OwnerChange, Programme
from naung.programmes.refusals import (
    AlreadyOwner,
    HandOverGoesBack,
    HandOverNeedsPaper,
    HandOverOutside,
    OfficeOfAnotherRegion,
    OfficeOwnsNone,
)
from naung.rules.periods import add_months

#: Offices that may run a programme.
OWNERS = (Office.Kind.OWNER, Office.Kind.SECTOR, Office.Kind.PROVINCE)


@transaction.atomic
def hand_over(
    programme: Programme, *, to: Office, since: date, instrument: str, reason: str, by: User | None
) -> OwnerChange:
    """Give `programme` to the office `to` from the first day of a month; until then the office of before runs it.

    Decrees, bills and lists keep whoever made them. Handing it over again to the same office from the same month
    changes nothing. Raises NotPermitted, OutsideTerritory, OfficeOfAnotherRegion, OfficeOwnsNone, HandOverOutside,
    HandOverGoesBack, AlreadyOwner, HandOverNeedsPaper.
    """
    require(by, Permission.PROGRAMME_EDIT, programme.area_code)
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    latest = programme.owner_changes.select_related("now").last()
    if latest is not None and (latest.now_id, latest.since) == (to.pk, since):
        return latest
    if to.area_code != region_of(programme):
        raise OfficeOfAnotherRegion(to.name)
    if to.kind not in OWNERS:
        raise OfficeOwnsNone(to.name)
    if since.day != 1 or not programme.starts_on <= since < programme.ends_on:
        raise HandOverOutside(programme.starts_on, add_months(programme.ends_on, -1))
    if latest is not None and since <= latest.since:
        raise HandOverGoesBack(latest.now.name, latest.since)
    was = programme.owner_on(since)
    if was == to:
        raise AlreadyOwner(to.name, since)
    if not (instrument.strip() and reason.strip()):
        raise HandOverNeedsPaper()
    change = OwnerChange.objects.create(
        programme=programme,
        was=was,
        now=to,
        since=since,
        instrument=instrument.strip()[:160],
        reason=reason.strip()[:300],
        made_by=by,
    )
    audit.record(
        "programme.hand_over",
        by=by,
        target_type="programme",
        target_id=programme.pk,
        target_name=programme.name,
        area_code=programme.area_code,
        reason=change.reason,
        was=was.name,
        now=to.name,
        since=since.isoformat(),
        instrument=change.instrument,
    )
    return change


def region_of(programme: Programme) -> str:
    """The area whose offices may run a programme: its regency, or the province of a programme of the whole."""
    return programme.area_code[:4]


def offices_that_may_own(programme: Programme) -> QuerySet[Office]:
    return Office.objects.filter(area_code=region_of(programme), kind__in=OWNERS).order_by("name")
