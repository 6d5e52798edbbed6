"""Writes: enrolments from a decree, departures, and the replacements that follow them."""

from __future__ import annotations

from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from naung.accounts.models import User
from naung.audit import actions as audit
from naung.coverage import totals
from naung.coverage.models import Departure, Enrolment
from naung.coverage.refusals import AlreadyEnrolled, AlreadyLeft, NobodyLeft, NoEvidence, NotEnrolledThen
from naung.programmes.models import Programme
from naung.registry.models import Worker
from naung.rules.periods import add_months, first_of_month
from naung.selection import actions as selection
from naung.selection.models import Decree, Round


@transaction.atomic
def enact_round(round_: Round, *, number: str, decided_on: date, signer: str, signer_title: str, by: User) -> Decree:
    """Approve a submitted round: the decree is made, its people are enrolled, one transaction.

    Raises what `selection.actions.approve_round` raises, AlreadyEnrolled.
    """
    decree = selection.approve_round(
        round_, number=number, decided_on=decided_on, signer=signer, signer_title=signer_title, by=by
    )
    enrol(decree)
    return decree


def enrol(decree: Decree) -> int:
    """Enrol everybody who enters by `decree`; returns how many. Part of the decree's transaction."""
    _refuse_double_cover(decree)
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
        # Who left before this decree now has a successor; the decree names the leavers.
        cursor.execute(
            """
            UPDATE coverage_departure d SET replaced_in_id = %(decree)s
              FROM coverage_enrolment e, selection_decreeentry s
             WHERE d.enrolment_id = e.id AND e.programme_id = %(programme)s AND d.replaced_in_id IS NULL
               AND s.decree_id = %(decree)s AND s.act = 'leave' AND s.worker_id = e.worker_id
            """,
            {"programme": decree.programme_id, "decree": decree.pk},
        )
    totals.refresh_planned(decree.programme_id)
    return enrolled


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

    An event before the first month leaves nothing covered. Safe to repeat with the same facts. Bills are settled
    by `contributions.actions.end_cover`, which calls this.
    Raises NotEnrolledThen, AlreadyLeft, NoEvidence.
    """
    if not evidence.strip():
        raise NoEvidence()
    enrolment = Enrolment.objects.select_for_update(of=("self",)).select_related("programme").get(pk=enrolment.pk)
    out = add_months(first_of_month(happened_on), 1)
    if earlier := Departure.objects.filter(enrolment=enrolment).first():
        if (earlier.reason, earlier.happened_on) != (reason, happened_on):
            raise AlreadyLeft(earlier.first_month_out)
        return earlier
    if enrolment.period.isempty or happened_on >= enrolment.period.upper:
        raise NotEnrolledThen(happened_on)

    departure = Departure.objects.create(
        enrolment=enrolment,
        reason=Departure.Reason(reason),
        happened_on=happened_on,
        first_month_out=out,
        evidence=evidence.strip(),
        recorded_at=timezone.now(),
        recorded_by=by,
    )
    _shorten([enrolment.pk])
    if reason == Departure.Reason.DEATH:
        Worker.objects.filter(pk=enrolment.worker_id, died_on__isnull=True).update(died_on=happened_on)
    totals.refresh_planned(enrolment.programme_id)
    audit.record(
        "departure.record",
        by=by,
        target_type="worker",
        target_id=enrolment.worker_id,
        area_code=enrolment.programme.area_code,
        programme=enrolment.programme.code,
        reason_code=reason,
        first_month_out=out.isoformat(),
    )
    return departure


@transaction.atomic
def apply_deaths(programme: Programme, *, by: User | None) -> int:
    """Record a departure for every enrolled person whom a reference list names as dead; returns how many.

    Set-based: the monthly re-match of a whole programme.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO coverage_departure
                   (enrolment_id, reason, happened_on, first_month_out, evidence, recorded_at, recorded_by_id)
            SELECT DISTINCT ON (e.id) e.id, 'death', r."on",
                   (date_trunc('month', r."on") + interval '1 month')::date,
                   l.source || ', ' || l.as_of, now(), %(by)s
              FROM coverage_enrolment e
              JOIN registry_worker w ON w.id = e.worker_id
              JOIN registry_referenceentry r ON r.nik_index = w.nik_index AND r."on" IS NOT NULL
              JOIN registry_referencelist l ON l.id = r.list_id AND l.kind = 'deaths'
             WHERE e.programme_id = %(programme)s AND NOT isempty(e.period) AND r."on" < upper(e.period)
               AND NOT EXISTS (SELECT FROM coverage_departure d WHERE d.enrolment_id = e.id)
             ORDER BY e.id, l.as_of DESC, l.id DESC
            RETURNING enrolment_id
            """,
            {"programme": programme.pk, "by": by.pk if by else None},
        )
        found = [row[0] for row in cursor.fetchall()]
        if not found:
            return 0
        cursor.execute(
            """
            UPDATE registry_worker w SET died_on = d.happened_on
              FROM coverage_departure d JOIN coverage_enrolment e ON e.id = d.enrolment_id
             WHERE d.enrolment_id = ANY(%s) AND w.id = e.worker_id AND w.died_on IS NULL
            """,
            [found],
        )
    _shorten(found)
    totals.refresh_planned(programme.pk)
    audit.record(
        "departure.deaths",
        by=by,
        target_type="programme",
        target_id=programme.pk,
        target_name=programme.name,
        area_code=programme.area_code,
        people=len(found),
    )
    return len(found)


def _shorten(enrolments: list[int]) -> None:
    """Cut the periods of people who left; an event before the first month leaves an empty one."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE coverage_enrolment e
               SET period = daterange(lower(e.period), greatest(least(upper(e.period), d.first_month_out), lower(e.period)))
              FROM coverage_departure d
             WHERE d.enrolment_id = e.id AND e.id = ANY(%s)
               AND d.happened_on >= lower(e.period)
            """,
            [enrolments],
        )
        cursor.execute(
            """
            UPDATE coverage_enrolment e SET period = 'empty'::daterange
              FROM coverage_departure d
             WHERE d.enrolment_id = e.id AND e.id = ANY(%s)
               AND NOT isempty(e.period) AND d.happened_on < lower(e.period)
            """,
            [enrolments],
        )


@transaction.atomic
def draft_replacements(programme: Programme, *, first_month: date, on: date, by: User | None) -> Round:
    """The next on the waiting list take the places of those who left: an amendment round to submit and enact.

    Raises NobodyLeft and what `selection.actions.draft_amendment` raises.
    """
    departures = list(
        Departure.objects.filter(enrolment__programme=programme, replaced_in__isnull=True)
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
