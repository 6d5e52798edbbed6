"""Somebody left: what is no longer owed is cancelled, what was paid too much is credited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from naung.accounts.acting import require
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.contributions import ledger, lines
from naung.contributions.actions.keeping import audited, cancel_debt, hold, settle
from naung.contributions.models import Bill
from naung.coverage.actions import apply_deaths, record_departure
from naung.coverage.models import Departure, Enrolment
from naung.programmes.models import Programme
from naung.registry.actions import ReferenceTaken, take_reference
from naung.registry.models import ReferenceList

K = ledger.K


@transaction.atomic
def end_cover(enrolment: Enrolment, *, reason: str, happened_on: date, evidence: str, by: User | None) -> Departure:
    """Somebody leaves: no month after the event is owed, and what was paid for such months is to be credited.

    Raises what `coverage.actions.record_departure` raises.
    """
    departure = record_departure(enrolment, reason=reason, happened_on=happened_on, evidence=evidence, by=by)
    # A death may have ended stretches in other programmes too; record_departure holds all of those.
    left = Departure.objects.filter(
        enrolment__worker_id=enrolment.worker_id, reason=departure.reason, happened_on=departure.happened_on
    )
    for programme in Programme.objects.filter(pk__in=left.values("enrolment__programme")).order_by("pk"):
        settle_leavers(programme, by=by)
    return departure


@transaction.atomic
def end_cover_of_dead(area_code: str, *, by: User | None) -> int:
    """After a new list of deaths: let the dead of an area go and settle their bills; returns worker-months settled.

    Raises what `coverage.actions.apply_deaths` raises.
    """
    return sum(settle_leavers(programme, by=by) for programme in apply_deaths(area_code, by=by))


@dataclass(frozen=True)
class ReferenceApplied:
    """A reference list taken in, and what followed. `waits_for_officer`: whoever sent deaths may not end covers."""

    taken: ReferenceTaken
    months_settled: int = 0
    waits_for_officer: bool = False


def take_reference_list(
    *, file: Path | bytes, filename: str, kind: str, source: str, as_of: date, area_code: str, by: User | None
) -> ReferenceApplied:
    """Store a reference list; a list of deaths at once lets the dead go and settles their bills.

    The list stays even where ending the covers fails or has to wait: bills look at the deaths again before they
    are issued. Raises what `registry.actions.take_reference` raises.
    """
    taken = take_reference(
        file=file, filename=filename, kind=kind, source=source, as_of=as_of, area_code=area_code, by=by
    )
    if taken.list.kind != ReferenceList.Kind.DEATHS or taken.repeated:
        return ReferenceApplied(taken)
    if by is not None and not by.may(Permission.LEAVE_RECORD):
        return ReferenceApplied(taken, waits_for_officer=True)
    return ReferenceApplied(taken, end_cover_of_dead(area_code, by=by))


@transaction.atomic
def settle_departures(programme: Programme, *, by: User | None) -> int:
    """Cancel the unpaid and credit the paid months of everybody who left a programme; returns worker-months settled.

    Raises NotPermitted, OutsideTerritory. Source: bpu.refund (Perdir BPJS TK 22/PERDIR.02/072022): excess months are
    returned to a government by agreement.
    """
    require(by, Permission.LEAVE_RECORD, programme.area_code)
    return settle_leavers(hold(programme.pk), by=by)


def settle_leavers(programme: Programme, *, by: User | None) -> int:
    affected = lines.bills_with_months_after_leaving(programme.pk)
    settled = 0
    today = timezone.localdate()
    for bill in (
        Bill.objects.select_for_update(of=("self",))
        .select_related("funding_line")
        .filter(pk__in=affected)
        .order_by("pk")
    ):
        cancelled, credited, count = lines.kill_after_leaving(bill.pk)
        settled += count
        bill.reversed_rp += cancelled
        bill.credited_rp += credited
        if cancelled:
            cancel_debt(bill, cancelled, on=today)
        if credited:
            ledger.move(
                credited,
                line=bill.funding_line,
                debit=K.RECEIVABLE,
                credit=K.EXPENSE,
                on=today,
                memo=f"Kelebihan bayar {bill.number}: peserta sudah keluar",
            )
        settle(bill)
        audited("bill.settle", bill, by=by, cancelled_rp=cancelled, credited_rp=credited, lines=count)
    return settled
