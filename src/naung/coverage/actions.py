"""Writes: enrolments from a decree, departures, and the replacements that follow them.

Every action holds the programme before it looks: a bill, a payment and a departure of one programme follow each
other, and none of them works on what another is about to change.
"""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from naung.accounts.acting import require
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.audit import actions as audit
from naung.coverage import leaving, totals
from naung.coverage.models import Departure, Enrolment
from naung.coverage.refusals import (
    AlreadyEnrolled,
    AlreadyLeft,
    DiedInTheFuture,
    LeavingReasonUnknown,
    NobodyLeft,
    NoEvidence,
    NotEnrolledThen,
)
from naung.gateways.statistics import table_grew
from naung.programmes.models import Programme
from naung.registry.models import Worker
from naung.rules.periods import add_months, first_of_month
from naung.selection import actions as selection
from naung.selection.models import Decree, Round


@transaction.atomic
def enact_round(round_: Round, *, number: str, decided_on: date, signer: str, signer_title: str, by: User) -> Decree:
    """Approve a submitted round: the decree is made, its people are enrolled or let go, one transaction.

    Safe to repeat with the same number. Raises what `selection.actions.approve_round` raises, AlreadyEnrolled,
    LeavingReasonUnknown.
    """
    decree = selection.approve_round(
        round_, number=number, decided_on=decided_on, signer=signer, signer_title=signer_title, by=by
    )
    enrol(decree)
    return decree


@transaction.atomic
def enrol(decree: Decree) -> int:
    """Enrol everybody who enters by `decree` and let go whoever leaves; returns how many entered.

    Part of the decree's transaction. A decree that was enacted before changes nothing.
    """
    leaving.lock([decree.programme_id])
    if Enrolment.objects.filter(decree=decree).exists():
        return 0
    if unknown := leaving.unknown_reasons(decree.pk):
        raise LeavingReasonUnknown(tuple(unknown))
    gone = leaving.let_leavers_of_decree_go(decree.pk, decree.programme_id, decree.number, by_id=decree.approved_by_id)
    _refuse_double_cover(decree)
    try:
        with transaction.atomic():
            enrolled = _insert(decree)
    except IntegrityError:
        # Another decree enrolled somebody between our look and our writing: now it can be named.
        _refuse_double_cover(decree)
        raise
    _name_successors(decree)
    totals.refresh_planned(decree.programme_id)
    audit.record(
        "coverage.enrol",
        by=decree.approved_by,
        target_type="decree",
        target_id=decree.pk,
        target_name=decree.number,
        area_code=decree.programme.area_code,
        entered=enrolled,
        left=gone,
    )
    return enrolled


def _insert(decree: Decree) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO coverage_enrolment
                   (worker_id, programme_id, funding_line_id, decree_id, ordinal, area_code, period)
            SELECT worker_id, %(programme)s, funding_line_id, decree_id, ordinal, area_code,
                   daterange(from_month, %(ends_on)s)
              FROM selection_decreeentry
             WHERE decree_id = %(decree)s AND act = 'enter'
             ORDER BY ordinal
            """,
            {"programme": decree.programme_id, "ends_on": decree.ends_on, "decree": decree.pk},
        )
        enrolled = int(cursor.rowcount)
        table_grew(cursor, "coverage_enrolment", enrolled)
        return enrolled


def _name_successors(decree: Decree) -> None:
    """Who left by this decree or before it now has a successor; the decree names the leavers."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE coverage_departure d SET replaced_in_id = %(decree)s
              FROM coverage_enrolment e, selection_decreeentry s
             WHERE d.enrolment_id = e.id AND e.programme_id = %(programme)s AND d.replaced_in_id IS NULL
               AND s.decree_id = %(decree)s AND s.act = 'leave' AND s.worker_id = e.worker_id
            """,
            {"programme": decree.programme_id, "decree": decree.pk},
        )


def _refuse_double_cover(decree: Decree) -> None:
    """Name the other programmes instead of failing on the constraint that forbids them."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(DISTINCT s.worker_id), array_agg(DISTINCT p.name ORDER BY p.name)
              FROM selection_decreeentry s
              JOIN coverage_enrolment e
                ON e.worker_id = s.worker_id AND e.period && daterange(s.from_month, %(ends_on)s)
              JOIN programmes_programme p ON p.id = e.programme_id
             WHERE s.decree_id = %(decree)s AND s.act = 'enter'
            """,
            {"ends_on": decree.ends_on, "decree": decree.pk},
        )
        people, names = cursor.fetchone()
    if people:
        raise AlreadyEnrolled(people, tuple(names))


@transaction.atomic
def record_departure(
    enrolment: Enrolment, *, reason: str, happened_on: date, evidence: str, by: User | None
) -> Departure:
    """End somebody's planned cover. The month of the event is still covered, the next is not.

    An event before the first month leaves nothing covered. A death ends every later stretch of the person, whoever
    pays it. Safe to repeat with the same facts. Bills are settled by `contributions.actions.end_cover`, which calls
    this. Raises NotPermitted, OutsideTerritory, NotEnrolledThen, AlreadyLeft, NoEvidence, DiedInTheFuture.
    """
    require(by, Permission.LEAVE_RECORD, enrolment.area_code)
    if not evidence.strip():
        raise NoEvidence()
    reason = Departure.Reason(reason)
    died = reason == Departure.Reason.DEATH
    if died and happened_on > timezone.localdate():
        raise DiedInTheFuture(happened_on)
    out = add_months(first_of_month(happened_on), 1)
    others = leaving.stretches_after(enrolment.worker_id, out) if died else []
    leaving.lock({enrolment.programme_id, *(one.programme_id for one in others)})
    enrolment = Enrolment.objects.select_related("programme").get(pk=enrolment.pk)
    if earlier := Departure.objects.filter(enrolment=enrolment).first():
        if (earlier.reason, earlier.happened_on) != (reason, happened_on):
            raise AlreadyLeft(earlier.first_month_out)
        return earlier
    if enrolment.period.isempty or happened_on >= enrolment.period.upper:
        raise NotEnrolledThen(happened_on)

    if died:
        Worker.objects.filter(pk=enrolment.worker_id, died_on__isnull=True).update(died_on=happened_on)
    facts = {"reason": reason, "happened_on": happened_on, "first_month_out": out, "evidence": evidence.strip()[:200]}
    departure = _leave(enrolment, facts, by)
    for other in leaving.stretches_after(enrolment.worker_id, out) if died else []:
        _leave(other, facts, by)
    return departure


def _leave(enrolment: Enrolment, facts: dict[str, object], by: User | None) -> Departure:
    departure = Departure.objects.create(enrolment=enrolment, recorded_at=timezone.now(), recorded_by=by, **facts)
    leaving.shorten([enrolment.pk])
    audit.record(
        "departure.record",
        by=by,
        target_type="worker",
        target_id=enrolment.worker_id,
        area_code=enrolment.area_code,
        programme=enrolment.programme.code,
        reason_code=departure.reason,
        first_month_out=departure.first_month_out.isoformat(),
    )
    return departure


@transaction.atomic
def apply_deaths(area_code: str, *, by: User | None) -> list[Programme]:
    """Let go everybody of an area who is enrolled beyond the month of death; returns the programmes they left.

    Deaths are those that the registry knows and those that any list of deaths names with a day. Set-based: the
    monthly re-match. Bills are settled by `contributions.actions.end_cover_of_dead`, which calls this.
    Raises NotPermitted, OutsideTerritory.
    """
    require(by, Permission.LEAVE_RECORD, area_code)
    return [
        programme
        for programme in leaving.lock(leaving.programmes_with_dead(area_code))
        if let_dead_go(programme, by=by, area_code=area_code)
    ]


def let_dead_go(programme: Programme, *, by: User | None, area_code: str = "") -> int:
    """Record the departures of a programme's dead; returns how many. Part of a transaction that holds the programme."""
    people = leaving.let_dead_go(programme.pk, by_id=by.pk if by else None, area_code=area_code)
    if people:
        audit.record(
            "departure.deaths",
            by=by,
            target_type="programme",
            target_id=programme.pk,
            target_name=programme.name,
            area_code=programme.area_code,
            people=people,
        )
    return people


@transaction.atomic
def draft_replacements(programme: Programme, *, first_month: date, on: date, by: User | None) -> Round:
    """The next on the waiting list take the places of those who left: an amendment round to submit and enact.

    A place is free from the month in which its holder is no longer covered: who leaves later waits for the next
    amendment. Raises NobodyLeft and what `selection.actions.draft_amendment` raises.
    """
    departures = list(
        Departure.objects.filter(
            enrolment__programme=programme, replaced_in__isnull=True, first_month_out__lte=first_month
        )
        .select_related("enrolment")
        .order_by("first_month_out", "enrolment__ordinal")
    )
    if not departures:
        raise NobodyLeft()
    return selection.draft_amendment(
        programme,
        first_month=first_month,
        leaving=[(d.enrolment.worker_id, d.reason, d.first_month_out) for d in departures],
        on=on,
        by=by,
    )
