"""Writes: under which agreements a programme stands, and why some of its months have none."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from naung.accounts.acting import require
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.agreements.models import Agreement, Segment
from naung.agreements.terms import stretches
from naung.audit import actions as audit
from naung.programmes.models import Programme, ProgrammeBasis
from naung.programmes.refusals import (
    AgreementDoesNotFit,
    AgreementNotKnown,
    AgreementOfAnotherRegion,
    BasisNeedsReason,
)
from naung.programmes.spec import ProgrammeSpec
from naung.programmes.standing import standing
from naung.rules.periods import add_months, format_month


@transaction.atomic
def choose_agreement(programme: Programme, agreement: Agreement, *, by: User | None) -> ProgrammeBasis:
    """Stand under `agreement`, besides those chosen before; it counts for the days on which it is in force.

    Choosing it again changes nothing. Raises NotPermitted, OutsideTerritory, AgreementOfAnotherRegion,
    AgreementDoesNotFit.
    """
    programme = _locked(programme, by)
    if not programme.area_code.startswith(agreement.area_code):
        raise AgreementOfAnotherRegion(agreement.title)
    if not fits(programme, agreement):
        raise AgreementDoesNotFit(agreement.title)
    if earlier := programme.bases.filter(agreement=agreement, removed_at=None).first():
        return earlier
    basis = ProgrammeBasis.objects.create(programme=programme, agreement=agreement, made_by=by)
    _audited("programme.basis", programme, by, agreement=agreement.pk, title=agreement.title)
    return basis


@transaction.atomic
def drop_agreement(basis: ProgrammeBasis, *, by: User | None) -> None:
    """No longer stand under an agreement; that it once was so stays in the history. Twice is once.

    Raises NotPermitted, OutsideTerritory.
    """
    assert basis.agreement is not None, "a written reason is never taken back"
    programme = _locked(basis.programme, by)
    dropped = programme.bases.filter(pk=basis.pk, removed_at=None).update(removed_at=timezone.now(), removed_by=by)
    if dropped:
        _audited("programme.basis_drop", programme, by, agreement=basis.agreement_id, title=basis.agreement.title)


@transaction.atomic
def give_reason(programme: Programme, *, reason: str, by: User | None) -> list[ProgrammeBasis]:
    """Say why the months without an agreement run without one: a row for each unbroken stretch of them.

    Months that stand, and months with a reason already, are left as they are. Raises NotPermitted, OutsideTerritory,
    BasisNeedsReason.
    """
    programme = _locked(programme, by)
    words = reason.strip()[:400]
    if not words:
        raise BasisNeedsReason()
    made = []
    for span in standing(programme).gaps:
        made.append(
            ProgrammeBasis.objects.create(
                programme=programme, first_month=span.first, ends_on=span.end, reason=words, made_by=by
            )
        )
        months = [format_month(span.first), format_month(add_months(span.end, -1))]
        _audited("programme.basis_reason", programme, by, reason=words, months=months)
    return made


def stand_as_written(programme: Programme, spec: ProgrammeSpec, *, by: User | None) -> None:
    """What the file of a programme says it stands on. Raises AgreementNotKnown and as the actions above."""
    for named in spec.agreements:
        choose_agreement(programme, named_agreement(programme.area_code, named), by=by)
    if spec.without_agreement:
        give_reason(programme, reason=spec.without_agreement, by=by)


def agreements_over(area_code: str) -> QuerySet[Agreement]:
    """Agreements of an area and of the wholes it lies in."""
    codes = [area_code[:length] for length in (2, 4, 6, 10) if length <= len(area_code)]
    return Agreement.objects.filter(area_code__in=codes)


def named_agreement(area_code: str, named: str) -> Agreement:
    """By one of its two numbers, or by its title where that is one agreement's. Raises AgreementNotKnown."""
    rows = agreements_over(area_code)
    found = list(rows.filter(Q(region_number=named) | Q(branch_number=named))[:2]) or list(rows.filter(title=named)[:9])
    if len(found) != 1:
        raise AgreementNotKnown(named, len(found))
    return found[0]


def fits(programme: Programme, agreement: Agreement) -> bool:
    """Whether the agreement could cover a month of the programme: what it does not say yet stands in nobody's way."""
    for terms in stretches(agreement):
        starts = max(filter(None, (agreement.starts_on, terms.since)), default=None)
        ends = min(filter(None, (agreement.ended_on, terms.until, terms.ends_on)), default=None)
        if (
            (not terms.programmes or set(terms.programmes) & set(programme.package))
            and (not terms.segments or Segment.BPU in terms.segments)
            and (starts is None or starts < programme.ends_on)
            and (ends is None or ends > programme.starts_on)
        ):
            return True
    return False


def _locked(programme: Programme, by: User | None) -> Programme:
    require(by, Permission.PROGRAMME_EDIT, programme.area_code)
    return Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)


def _audited(action: str, programme: Programme, by: User | None, *, reason: str = "", **detail: Any) -> None:
    audit.record(
        action,
        by=by,
        target_type="programme",
        target_id=programme.pk,
        target_name=programme.name,
        area_code=programme.area_code,
        reason=reason,
        **detail,
    )
