"""One employer by hand: entered, and what a source says of it on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl
from django.db import IntegrityError, transaction
from django.utils import timezone

from naung.accounts.acting import require
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.audit import actions as audit
from naung.lawbook.queries import law_now
from naung.partners.contacts import seal_contact
from naung.partners.models import Employer, EmployerReport
from naung.partners.reading import key_of
from naung.partners.refreshing import refresh
from naung.partners.refusals import EmployerAlreadyThere, OneRegionNeeded, ReportOfTomorrow, ReportSaysNothing
from naung.partners.sizes import size_by_money
from naung.registry.writing import writing_vault


@transaction.atomic
def add_employer(
    *,
    area_code: str,
    name: str,
    by: User | None,
    registration: str = "",
    kind: str = Employer.Kind.PRIVATE,
    sector: str = "",
    address: str = "",
    person: str = "",
    phone: str = "",
    sample: bool = False,
) -> Employer:
    """Enter one employer; what it reports and joined follows. Raises EmployerAlreadyThere, OneRegionNeeded."""
    if len(area_code) < 4:
        raise OneRegionNeeded()
    require(by, Permission.PARTNERS_EDIT, area_code)
    number = "".join(sign for sign in registration.upper() if sign.isalnum())
    employer = Employer(
        region_code=area_code[:4],
        area_code=area_code,
        registration=number,
        name=name,
        name_key=pl.select(key_of(pl.lit(name))).item(),
        kind=kind,
        sector=sector,
        address=address,
        sample=sample,
        recorded_at=timezone.now(),
    )
    keys = writing_vault()
    try:
        with transaction.atomic():
            employer.save(force_insert=True)
    except IntegrityError:
        raise EmployerAlreadyThere(name) from None
    if person or phone:
        seal_contact(employer, person, phone, keys=keys)
        employer.save(update_fields=["contact"])
    audit.record(
        "employer.add", by=by, target_type="employer", target_id=employer.pk, target_name=name, area_code=area_code
    )
    return employer


@transaction.atomic
def record_report(
    *,
    employer: Employer,
    source: str,
    as_of: date,
    by: User | None,
    source_name: str = "",
    registered: int | None = None,
    reported: int | None = None,
    programmes: Sequence[str] | None = None,
    size: str = "",
    capital_rp: int | None = None,
    sales_rp: int | None = None,
) -> EmployerReport:
    """What a source says of an employer on a day; what it does not speak of stays None. The same twice is one.

    Raises ReportSaysNothing, ReportOfTomorrow.
    """
    require(by, Permission.PARTNERS_EDIT, employer.area_code)
    if as_of > timezone.localdate():
        raise ReportOfTomorrow(as_of)
    size = size_by_money(capital_rp, sales_rp, on=as_of, law=law_now()) or size
    facts: dict[str, Any] = {
        "registered": registered,
        "reported": reported,
        "programmes": None if programmes is None else list(programmes),
        "size": size,
        "capital_rp": capital_rp,
        "sales_rp": sales_rp,
    }
    if all(value is None or value == "" for value in facts.values()):
        raise ReportSaysNothing()
    # Two reports at once: the columns of the employer are told by both.
    employer = Employer.objects.select_for_update(of=("self",)).get(pk=employer.pk)
    report, made = EmployerReport.objects.get_or_create(
        employer=employer,
        source=source,
        as_of=as_of,
        source_name=source_name,
        **facts,
        defaults={"recorded_at": timezone.now(), "recorded_by": by},
    )
    if made:
        refresh([employer.pk])
        audit.record(
            "employer.report",
            by=by,
            target_type="employer",
            target_id=employer.pk,
            target_name=employer.name,
            area_code=employer.area_code,
            source=source,
            as_of=as_of.isoformat(),
            **facts,
        )
    return report
