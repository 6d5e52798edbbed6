"""Writes: agreements, the PKS of each office, meetings and their follow-ups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from naung.accounts.models import Office, User
from naung.agreements.models import Agreement, FollowUp, LegalBasis, Meeting, OfficeAgreement
from naung.agreements.refusals import SignedIncomplete, TermReversed
from naung.audit import actions as audit


@dataclass(frozen=True)
class Basis:
    """An instrument as the paper prints it, and what is doubtful about it."""

    as_printed: str
    warning: str = ""
    checked: bool = False


@dataclass(frozen=True)
class Task:
    """What somebody should do, until when."""

    what: str
    owner: Office | None = None
    due_on: date | None = None
    sample: bool = False


@transaction.atomic
def record_agreement(
    *,
    area_code: str,
    title: str,
    region_party: str,
    branch_party: str,
    programmes: Sequence[str],
    objects_text: str,
    scope: Sequence[str],
    source: str,
    by: User | None,
    signed_on: date | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    region_number: str = "",
    branch_number: str = "",
    bases: Sequence[Basis] = (),
    work_plan: Sequence[Task] = (),
    sample: bool = False,
) -> Agreement:
    """Enter a Nota Kesepakatan with its legal bases and work plan; the same title on the same day is one.

    Raises TermReversed.
    """
    if starts_on and ends_on and ends_on <= starts_on:
        raise TermReversed()
    agreement, made = Agreement.objects.get_or_create(
        area_code=area_code,
        title=title,
        signed_on=signed_on,
        defaults={
            "region_party": region_party,
            "branch_party": branch_party,
            "programmes": list(programmes),
            "objects_text": objects_text,
            "scope": list(scope),
            "source": source,
            "starts_on": starts_on,
            "ends_on": ends_on,
            "region_number": region_number,
            "branch_number": branch_number,
            "sample": sample,
        },
    )
    if made:
        LegalBasis.objects.bulk_create(
            LegalBasis(agreement=agreement, as_printed=b.as_printed, warning=b.warning, checked=b.checked)
            for b in bases
        )
        FollowUp.objects.bulk_create(
            FollowUp(agreement=agreement, what=t.what, owner=t.owner, due_on=t.due_on, sample=t.sample)
            for t in work_plan
        )
        _audited("agreement.record", agreement, by=by)
    return agreement


@transaction.atomic
def ask_offices(
    agreement: Agreement,
    *,
    offices: Sequence[Office],
    due_on: date | None,
    by: User | None,
    reaches: Sequence[str] = (),
    sample: bool = False,
) -> int:
    """Ask offices to draw up a PKS under the agreement; an office asked before stays as it is."""
    before = agreement.office_agreements.count()
    OfficeAgreement.objects.bulk_create(
        (
            OfficeAgreement(
                agreement=agreement,
                office=office,
                due_on=due_on,
                reaches=reaches[number] if number < len(reaches) else "",
                sample=sample,
            )
            for number, office in enumerate(offices)
        ),
        ignore_conflicts=True,
    )
    asked = agreement.office_agreements.count() - before
    if asked:
        _audited("pks.ask", agreement, by=by, offices=asked)
    return asked


@transaction.atomic
def move_office_agreement(
    pks: OfficeAgreement,
    *,
    stage: str,
    by: User | None,
    number: str = "",
    signed_on: date | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> OfficeAgreement:
    """Bring a PKS to another stage; told what it says already, nothing happens.

    Raises SignedIncomplete, TermReversed.
    """
    pks = OfficeAgreement.objects.select_for_update(of=("self",)).select_related("office", "agreement").get(pk=pks.pk)
    before = (pks.stage, pks.number, pks.signed_on, pks.starts_on, pks.ends_on)
    pks.number = number or pks.number
    pks.signed_on = signed_on or pks.signed_on
    pks.starts_on = starts_on or pks.starts_on
    pks.ends_on = ends_on or pks.ends_on
    if pks.starts_on and pks.ends_on and pks.ends_on <= pks.starts_on:
        raise TermReversed()
    if stage == OfficeAgreement.Stage.SIGNED:
        needed = {"nomor": pks.number, "tanggal": pks.signed_on, "masa berlaku": pks.starts_on and pks.ends_on}
        missing = [name for name, value in needed.items() if not value]
        if missing:
            raise SignedIncomplete(pks.office.name, ", ".join(missing))
    was, pks.stage = pks.stage, stage
    if before == (stage, pks.number, pks.signed_on, pks.starts_on, pks.ends_on):
        return pks
    pks.save()
    _audited("pks.move", pks.agreement, by=by, office=pks.office.name, was=was, now=stage)
    return pks


@transaction.atomic
def record_meeting(
    *,
    area_code: str,
    kind: str,
    title: str,
    held_on: date,
    by: User | None,
    place: str = "",
    notes: str = "",
    source: str = "",
    agreement: Agreement | None = None,
    follow_ups: Sequence[Task] = (),
    bases: Sequence[Basis] = (),
) -> Meeting:
    """Enter a meeting with what was agreed there; the same title on the same day is one."""
    meeting, made = Meeting.objects.get_or_create(
        area_code=area_code,
        title=title,
        held_on=held_on,
        defaults={"kind": kind, "place": place, "notes": notes, "source": source, "agreement": agreement},
    )
    if made:
        FollowUp.objects.bulk_create(
            FollowUp(meeting=meeting, what=t.what, owner=t.owner, due_on=t.due_on, sample=t.sample) for t in follow_ups
        )
        LegalBasis.objects.bulk_create(
            LegalBasis(meeting=meeting, as_printed=b.as_printed, warning=b.warning, checked=b.checked) for b in bases
        )
        audit.record(
            "meeting.record",
            by=by,
            target_type="meeting",
            target_id=meeting.pk,
            target_name=title,
            area_code=area_code,
            follow_ups=len(follow_ups),
        )
    return meeting


@transaction.atomic
def finish_follow_up(follow_up: FollowUp, *, result: str, on: date, by: User) -> FollowUp:
    """Mark a task as done; doing it again changes nothing."""
    follow_up = FollowUp.objects.select_for_update(of=("self",)).get(pk=follow_up.pk)
    if follow_up.done_on is None:
        follow_up.done_on, follow_up.result = on, result
        follow_up.save(update_fields=["done_on", "result"])
        of = follow_up.meeting or follow_up.agreement
        assert of is not None, "a task hangs on a meeting or an agreement"
        audit.record(
            "follow_up.finish",
            by=by,
            target_type="follow_up",
            target_id=follow_up.pk,
            area_code=of.area_code,
        )
    return follow_up


def _audited(action: str, agreement: Agreement, *, by: User | None, **detail: Any) -> None:
    audit.record(
        action,
        by=by,
        target_type="agreement",
        target_id=agreement.pk,
        target_name=agreement.title,
        area_code=agreement.area_code,
        **detail,
    )
