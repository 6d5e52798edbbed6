"""From draft to signature to force: one step, one person, one day, one piece of evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.agreements.actions.common import OWN, audited, locked, not_ahead, numbers_free, require_edit, unchanged_since
from naung.agreements.actions.drafting import FILLED_ONCE
from naung.agreements.models import Agreement, Attachment, Change, Cover, StageChange
from naung.agreements.refusals import (
    NotReady,
    NotYours,
    Overlapping,
    ReasonNeeded,
    SignedStays,
    StageGoesBack,
    TermReversed,
)
from naung.agreements.terms import as_json, covered
from naung.refusal import Refusal
from naung.saying import Known, gettext_noop

Stage = Agreement.Stage
ORDER = list(Stage)


@dataclass(frozen=True)
class Moved:
    """One of many: moved, or why not."""

    agreement: Agreement
    refusal: Refusal | None = None


@transaction.atomic
def move(
    agreement: Agreement,
    *,
    stage: str,
    on: date,
    by: User | None,
    evidence: str = "",
    attachment: Attachment | None = None,
    region_number: str = "",
    branch_number: str = "",
    signed_on: date | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    revision: int | None = None,
) -> Agreement:
    """Bring a paper to another stage, with the facts that stage asks for; told what it says already, nothing happens.

    Back only before signing, and with a reason. After signing, facts fill what is empty and replace nothing.
    `revision` is what the person saw. Raises ChangedMeanwhile, NotReady, Overlapping, StageGoesBack, SignedStays,
    ReasonNeeded, TermReversed, NumberUsed, DayAhead, NotYours, NotPermitted, OutsideTerritory.
    """
    agreement = locked(agreement)
    require_edit(by, agreement)
    if by is not None and not by.may(Permission.AGREEMENT_EDIT) and not {stage, agreement.stage} <= set(OWN):
        raise NotYours()
    was, now = Stage(agreement.stage), Stage(stage)
    assert now is not Stage.ENDED, "an agreement is ended by end_agreement"
    not_ahead(on)
    given = {
        "region_number": region_number.strip(),
        "branch_number": branch_number.strip(),
        "signed_on": signed_on,
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
    given = {field: value for field, value in given.items() if value and value != getattr(agreement, field)}
    if was is now and not given:
        return agreement
    unchanged_since(agreement, revision)
    if ORDER.index(now) < ORDER.index(was):
        if was not in Agreement.OPEN:
            raise StageGoesBack(agreement.title)
        if not evidence.strip():
            raise ReasonNeeded()
    if was in (Stage.IN_FORCE, Stage.ENDED) and given:
        raise StageGoesBack(agreement.title)
    if was is Stage.SIGNED and any(getattr(agreement, field) for field in given if field in FILLED_ONCE):
        raise SignedStays(agreement.title)
    before = {field: as_json(field, getattr(agreement, field)) for field in given}
    for field, value in given.items():
        setattr(agreement, field, value)
    not_ahead(agreement.signed_on)
    if agreement.starts_on and agreement.ends_on and agreement.ends_on <= agreement.starts_on:
        raise TermReversed()
    if missing := missing_for(agreement, now):
        raise NotReady(agreement.title, missing)
    numbers_free(
        agreement.area_code,
        {side: str(given.get(f"{side}_number", "")) for side in ("region", "branch")},
        besides=agreement,
    )
    agreement.stage = now
    agreement.revision += 1 if given else 0
    agreement.save()
    if given:
        _kept_as_change(agreement, before, given, by=by)
    if now is Stage.IN_FORCE:
        write_covers(agreement)
    StageChange.objects.create(
        agreement=agreement, was=was, now=now, on=on, evidence=evidence.strip(), attachment=attachment, by=by
    )
    audited("pks.move" if agreement.is_pks else "agreement.move", agreement, by=by, was=was, now=now)
    return agreement


def move_many(
    agreements: Iterable[Agreement], *, stage: str, on: date, by: User | None, evidence: str = ""
) -> list[Moved]:
    """Bring many papers to one stage, each by itself: one that is refused does not hold up the others."""
    done = []
    for agreement in agreements:
        try:
            done.append(Moved(move(agreement, stage=stage, on=on, by=by, evidence=evidence)))
        except Refusal as refusal:
            done.append(Moved(agreement, refusal))
    return done


def missing_for(agreement: Agreement, stage: str) -> tuple[Known, ...]:
    """What a stage asks for and the paper does not have."""
    asked: dict[str, object] = {}
    if stage in (Stage.SIGNED, Stage.IN_FORCE):
        asked[gettext_noop("tanggal tanda tangan")] = agreement.signed_on
    if stage == Stage.IN_FORCE:
        asked |= {
            gettext_noop("nomor pemerintah daerah"): agreement.region_number,
            gettext_noop("nomor BPJS Ketenagakerjaan"): agreement.branch_number,
            gettext_noop("masa berlaku"): agreement.starts_on and agreement.ends_on,
            gettext_noop("program"): agreement.programmes,
            gettext_noop("segmen"): agreement.segments,
        }
    return tuple(Known(name) for name, value in asked.items() if not value)


def write_covers(agreement: Agreement) -> None:
    """Say anew what a PKS covers and when; the database refuses what another PKS of the office covers.

    Raises Overlapping.
    """
    if not agreement.is_pks or agreement.office is None:
        return
    agreement.covers.all().delete()
    rows = [
        Cover(agreement=agreement, office=agreement.office, programme=p, segment=s, period=DateRange(first, last))
        for p, s, first, last in covered(agreement)
    ]
    try:
        with transaction.atomic():
            Cover.objects.bulk_create(rows)
    except IntegrityError:
        raise _overlapping(agreement, rows) from None


def _overlapping(agreement: Agreement, rows: list[Cover]) -> Overlapping:
    assert agreement.office is not None
    for row in rows:
        others = Cover.objects.filter(
            office=agreement.office, programme=row.programme, segment=row.segment, period__overlap=row.period
        ).exclude(agreement=agreement)
        if (other := others.select_related("agreement").first()) is not None:
            number = other.agreement.region_number
            title = f"{other.agreement.title} ({number})" if number else other.agreement.title
            return Overlapping(agreement.office.name, row.programme, title)
    return Overlapping(agreement.office.name, "", agreement.title)


def _kept_as_change(agreement: Agreement, before: dict[str, Any], given: dict[str, Any], *, by: User | None) -> None:
    Change.objects.create(
        agreement=agreement,
        revision=agreement.revision,
        fields=[[field, before[field], as_json(field, value)] for field, value in given.items()],
        by=by,
    )
