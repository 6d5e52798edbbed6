"""A pledge: noted, put on a PKS, made a funding line's, called off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from naung.accounts.acting import require
from naung.accounts.models import Office, User
from naung.accounts.permissions import Permission
from naung.agreements.models import Agreement
from naung.audit import actions as audit
from naung.partners.models import Pledge
from naung.partners.refusals import (
    DonorMissing,
    LineTaken,
    OfAnotherDonor,
    PledgeClosed,
    ReasonMissing,
    RunningNotCancelled,
)
from naung.programmes.models import FundingLine


@transaction.atomic
def record_pledge(
    *,
    area_code: str,
    kind: str,
    pledged_on: date,
    people: int,
    months: int,
    amount_rp: int,
    by: User | None,
    donor: Office | None = None,
    donor_name: str = "",
    package: Sequence[str] = ("JKK", "JKM"),
    first_month: date | None = None,
    source: str = "",
    agreement: Agreement | None = None,
    no_agreement_reason: str = "",
    sample: bool = False,
) -> Pledge:
    """Note what a donor promised; a donor that is not known yet becomes an office. The same twice is one.

    Raises DonorMissing, ReasonMissing, OfAnotherDonor.
    """
    require(by, Permission.PARTNERS_EDIT, area_code)
    if donor is None and not donor_name.strip():
        raise DonorMissing()
    if donor is None:
        facts = {"kind": Office.Kind.DONOR}
        donor, _made = Office.objects.get_or_create(name=donor_name.strip(), area_code=area_code, defaults=facts)
    _check(donor, agreement, no_agreement_reason)
    pledge, made = Pledge.objects.get_or_create(
        donor=donor,
        area_code=area_code,
        kind=kind,
        pledged_on=pledged_on,
        people=people,
        months=months,
        amount_rp=amount_rp,
        first_month=first_month,
        package=list(package),
        defaults={
            "source": source,
            "agreement": agreement,
            "no_agreement_reason": "" if agreement else no_agreement_reason,
            "sample": sample,
            "recorded_at": timezone.now(),
            "recorded_by": by,
        },
    )
    if made:
        _record("pledge.record", pledge, by, people=people, months=months, amount_rp=amount_rp, kind=kind)
    return pledge


@transaction.atomic
def link_pledge(
    *,
    pledge: Pledge,
    agreement: Agreement | None,
    funding_line: FundingLine | None,
    by: User | None,
    no_agreement_reason: str = "",
) -> Pledge:
    """The PKS that a pledge stands on, and the funding line that it became; told what it says already, nothing happens.

    Raises PledgeClosed, ReasonMissing, OfAnotherDonor, LineTaken.
    """
    require(by, Permission.PARTNERS_EDIT, pledge.area_code)
    pledge = _locked(pledge)
    if pledge.cancelled_on is not None:
        raise PledgeClosed()
    _check(pledge.donor, agreement, no_agreement_reason)
    if funding_line is not None and funding_line.donor_id != pledge.donor_id:
        raise OfAnotherDonor(funding_line.name)
    reason = "" if agreement else no_agreement_reason
    if (pledge.agreement, pledge.funding_line, pledge.no_agreement_reason) == (agreement, funding_line, reason):
        return pledge
    pledge.agreement, pledge.funding_line, pledge.no_agreement_reason = agreement, funding_line, reason
    try:
        with transaction.atomic():
            pledge.save(update_fields=["agreement", "funding_line", "no_agreement_reason"])
    except IntegrityError:
        raise LineTaken(funding_line.name if funding_line else "") from None
    _record(
        "pledge.link",
        pledge,
        by,
        agreement=agreement.pk if agreement else None,
        funding_line=funding_line.pk if funding_line else None,
    )
    return pledge


@transaction.atomic
def cancel_pledge(*, pledge: Pledge, reason: str, by: User | None, on: date | None = None) -> Pledge:
    """The donor called it off. Twice keeps the first. Raises RunningNotCancelled."""
    require(by, Permission.PARTNERS_EDIT, pledge.area_code)
    pledge = _locked(pledge)
    if pledge.funding_line_id is not None:
        raise RunningNotCancelled()
    if pledge.cancelled_on is None:
        pledge.cancelled_on, pledge.cancelled_reason = on or timezone.localdate(), reason
        pledge.save(update_fields=["cancelled_on", "cancelled_reason"])
        _record("pledge.cancel", pledge, by, reason=reason)
    return pledge


def _locked(pledge: Pledge) -> Pledge:
    return Pledge.objects.select_for_update(of=("self",)).select_related("donor").get(pk=pledge.pk)


def _check(donor: Office, agreement: Agreement | None, reason: str) -> None:
    if agreement is None and not reason.strip():
        raise ReasonMissing()
    if agreement is not None and agreement.office_id != donor.pk:
        raise OfAnotherDonor(agreement.title)


def _record(action: str, pledge: Pledge, by: User | None, *, reason: str = "", **detail: object) -> None:
    audit.record(
        action,
        by=by,
        target_type="pledge",
        target_id=pledge.pk,
        target_name=pledge.donor.name,
        area_code=pledge.area_code,
        reason=reason,
        **detail,
    )
