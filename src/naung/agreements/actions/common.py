"""What every write of an agreement asks first, and how edits are compared and kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import connection
from django.utils import timezone

from naung.accounts.acting import require
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.accounts.refusals import OutsideTerritory
from naung.accounts.territory import sees_area
from naung.agreements.models import Addendum, Agreement, Change, MeetingChange
from naung.agreements.refusals import ChangedMeanwhile, Conflict, DayAhead, EditedMeanwhile, NotYours, NumberUsed
from naung.agreements.terms import as_json
from naung.audit import actions as audit

#: The first key of the advisory lock under which numbers of a region are compared; the second is the region.
_NUMBER_LOCK = 0x4E4F4D52

#: How far an office brings its own paper; what follows is said by whoever edits all of them.
OWN = (Agreement.Stage.ASKED, Agreement.Stage.DRAFT, Agreement.Stage.LEGAL_REVIEW)


def locked(agreement: Agreement) -> Agreement:
    """The row as it is now, kept from others until this transaction ends."""
    rows = Agreement.objects.select_for_update(of=("self",)).select_related("office", "branch", "parent")
    return rows.get(pk=agreement.pk)


def may_edit(by: User | None, agreement: Agreement) -> bool:
    """Whoever edits the agreements of the territory, or the PKS of the own office."""
    if by is None:
        return True
    if not sees_area(by, agreement.area_code):
        return False
    own = agreement.is_pks and by.office_id is not None and by.office_id == agreement.office_id
    return by.may(Permission.AGREEMENT_EDIT) or (own and by.may(Permission.AGREEMENT_EDIT_OWN))


def may_write(by: User, agreement: Agreement) -> bool:
    """May edit it at its present stage: an office only until legal review."""
    return may_edit(by, agreement) and (by.may(Permission.AGREEMENT_EDIT) or agreement.stage in OWN)


def require_edit(by: User | None, agreement: Agreement) -> None:
    """Raises NotPermitted, OutsideTerritory, NotYours."""
    if may_edit(by, agreement):
        return
    assert by is not None
    if not by.may(Permission.AGREEMENT_EDIT_OWN):
        require(by, Permission.AGREEMENT_EDIT, agreement.area_code)
    if not sees_area(by, agreement.area_code):
        raise OutsideTerritory(agreement.area_code)
    raise NotYours()


def not_ahead(day: date | None) -> None:
    """Raises DayAhead."""
    if day is not None and day > timezone.localdate():
        raise DayAhead(day)


def hold_numbers(area_code: str) -> None:
    """Nobody else gives out numbers of this region until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_NUMBER_LOCK, int(area_code[:4])])


def unchanged_since(agreement: Agreement, revision: int | None) -> None:
    """Raises ChangedMeanwhile where a person who saw `revision` did not see what the paper says now."""
    if revision is None or revision == agreement.revision:
        return
    last = agreement.changes.filter(revision__gt=revision).select_related("by").last()
    raise ChangedMeanwhile(last.by.full_name if last and last.by else "sistem", agreement.revision)


def numbers_free(area_code: str, numbers: Mapping[str, str], *, besides: Agreement | None = None) -> None:
    """Raises NumberUsed where an agreement or addendum of the region has one of `numbers`: {side: number}.

    Two papers of a region with a number each are compared one after the other.
    """
    if not any(numbers.values()):
        return
    hold_numbers(area_code)
    for side, number in numbers.items():
        if not number:
            continue
        field = f"{side}_number"
        same = Agreement.objects.filter(area_code=area_code, **{field: number})
        if besides is not None:
            same = same.exclude(pk=besides.pk)
        if title := same.values_list("title", flat=True).first():
            raise NumberUsed(number, title)
        amended = Addendum.objects.filter(agreement__area_code=area_code, **{field: number})
        if title := amended.values_list("agreement__title", flat=True).first():
            raise NumberUsed(number, title)


def merged(
    thing: Any, wanted: Mapping[str, Any], *, revision: int, changes: Iterable[Change | MeetingChange]
) -> dict[str, tuple[Any, Any]]:
    """What an edit of somebody who saw `revision` changes now: {field: (old, new)}.

    Another's edit of other fields stays; of the same field it raises EditedMeanwhile, with both wordings.
    """
    later = sorted((one for one in changes if one.revision > revision), key=lambda one: one.revision)
    seen = values_before(later)
    written_by = {field: change for change in later for field, _old, _new in change.fields}
    found: dict[str, tuple[Any, Any]] = {}
    conflicts: list[Conflict] = []
    for field, value in wanted.items():
        now, new = as_json(field, _value_of(thing, field)), as_json(field, value)
        before = seen.get(field, now)
        if same(field, new, before) or same(field, new, now):
            continue  # the person left it as it was, or both wrote the same
        if field in seen:
            change = written_by[field]
            who = change.by.full_name if change.by else "sistem"
            conflicts.append(Conflict(field, before, now, new, who, change.at))
        else:
            found[field] = (now, new)
    if conflicts:
        raise EditedMeanwhile(conflicts[-1].by, tuple(conflicts), thing.revision)
    return found


def values_before(changes: Iterable[Change | MeetingChange]) -> dict[str, Any]:
    """What each field that `changes` touched had said before the first of them."""
    seen: dict[str, Any] = {}
    for change in sorted(changes, key=lambda one: one.revision):
        for field, old, _new in change.fields:
            seen.setdefault(field, old)
    return seen


def touched(agreement: Agreement, wanted: Mapping[str, Any], *, revision: int) -> set[str]:
    """Which fields of `wanted` a person who saw `revision` wrote otherwise than they were then."""
    before = values_before(agreement.changes.filter(revision__gt=revision))
    found = set()
    for field, value in wanted.items():
        was = before[field] if field in before else as_json(field, _value_of(agreement, field))
        if not same(field, as_json(field, value), was):
            found.add(field)
    return found


def same(field: str, one: Any, other: Any) -> bool:
    """Whether two values say the same; boxes that were ticked have no order."""
    if field in ("programmes", "segments", "groups"):
        return sorted(one or ()) == sorted(other or ())
    return bool(one == other)


def _value_of(thing: Any, field: str) -> Any:
    if field == "parties":
        return parties_of(thing)
    if field == "bases":
        return bases_of(thing)
    return getattr(thing, field)


PARTY_FIELDS = (
    "side", "organisation", "signer_name", "signer_position", "authority", "power_number", "power_on", "power_giver",
    "address",
)  # fmt: skip


def parties_of(agreement: Agreement) -> list[dict[str, Any]]:
    """The parties as an edit compares them, days as ISO."""
    rows = agreement.parties.order_by("side", "order").values(*PARTY_FIELDS)
    return [{name: as_json(name, value) for name, value in row.items()} for row in rows]


def bases_of(agreement: Agreement) -> list[str]:
    """What it cites, as printed, in the order of writing."""
    return list(agreement.legal_bases.order_by("id").values_list("as_printed", flat=True))


def audited(action: str, agreement: Agreement, *, by: User | None, reason: str = "", **detail: Any) -> None:
    audit.record(
        action,
        by=by,
        target_type="agreement",
        target_id=agreement.pk,
        target_name=agreement.title,
        area_code=agreement.area_code,
        reason=reason,
        **detail,
    )
