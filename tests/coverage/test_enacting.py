from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from naung.accounts.refusals import NotPermitted
from naung.audit.models import Record
from naung.coverage.actions import draft_replacements, enact_round, record_departure
from naung.coverage.invariants import problems
from naung.coverage.models import Departure, Enrolment, MonthTotal
from naung.coverage.refusals import AlreadyEnrolled, LeavingReasonUnknown, NobodyLeft
from naung.selection.actions import draft_amendment, run_round, submit_round
from naung.selection.models import Candidate, Decree, DecreeEntry
from tests.coverage.chain import ON, decreed, enact, enacted, enrolments
from tests.factories import make_list, make_programme, make_user
from tests.town import town, worker

pytestmark = pytest.mark.django_db

JAN, JUN, JUL, DEC = date(2026, 1, 1), date(2026, 6, 1), date(2026, 7, 1), date(2026, 12, 1)


def test_everybody_on_the_decree_is_enrolled_in_its_order_to_the_end_of_the_programme(programme):
    decree = decreed(programme)

    listed = list(DecreeEntry.objects.filter(decree=decree).order_by("ordinal").values_list("ordinal", "worker_id"))
    assert [(one.ordinal, one.worker_id) for one in enrolments(programme)] == listed
    assert len(listed) == 10
    assert {(one.period.lower, one.period.upper) for one in enrolments(programme)} == {(JAN, date(2027, 1, 1))}
    assert MonthTotal.objects.get(month=JUN).planned == 10
    assert problems() == []


def test_enacting_twice_with_one_number_is_enacting_once(programme):
    decree = decreed(programme)

    assert enact(decree.round).pk == decree.pk
    assert Enrolment.objects.count() == 10
    assert Record.objects.filter(action="coverage.enrol").count() == 1


def test_a_decree_that_cannot_enrol_is_not_made(programme, officer):
    """Somebody was enrolled elsewhere after the round was judged, by a decree that selection does not read."""
    round_ = submit_round(run_round(programme, on=ON, by=officer), by=officer)
    chosen = Candidate.objects.filter(round=round_, outcome="chosen").first()
    other = town(people=0, code="LAIN", months=3)
    Enrolment.objects.create(
        worker_id=chosen.worker_id, programme=other.programme, funding_line=other.line, decree=other.decree,
        ordinal=1, area_code=chosen.area_code, period=(date(2026, 3, 1), date(2026, 4, 1)),
    )  # fmt: skip
    with pytest.raises(AlreadyEnrolled) as refusal, transaction.atomic():
        enact(round_)

    assert (refusal.value.people, refusal.value.programmes) == (1, (other.programme.name,))
    assert not Decree.objects.filter(programme=programme).exists()
    assert not enrolments(programme)


def test_the_database_refuses_two_stretches_of_one_person_in_one_month():
    place = town(people=1, months=6)
    twin = place.enrolments[0]
    twin.pk, twin.ordinal = None, 2
    twin.period = (JUN, JUL)
    with pytest.raises(IntegrityError, match="enrolment_one_at_a_time"), transaction.atomic():
        twin.save(force_insert=True)
    twin.period = (JUL, DEC)
    twin.save(force_insert=True)


def test_two_stretches_may_touch():
    person = worker(1)
    town(people=1, months=6, workers=[person])
    town(people=1, first=JUL, months=6, code="LANJUT", workers=[person])
    assert problems() == []


def test_the_next_on_the_waiting_list_take_the_places_of_those_who_left(programme, officer):
    decreed(programme)
    waiting = list(Candidate.objects.filter(outcome="waiting").order_by("rank").values_list("worker_id", flat=True))
    gone = enrolments(programme)[3]
    record_departure(gone, reason="moved", happened_on=date(2026, 2, 5), evidence="Surat pindah 7", by=officer)

    round_ = draft_replacements(programme, first_month=date(2026, 3, 1), on=date(2026, 2, 20), by=officer)
    amendment = enacted(round_, "188/2/2026", on=date(2026, 2, 25))

    newcomer = Enrolment.objects.get(decree=amendment)
    assert newcomer.worker_id == waiting[0]
    assert newcomer.period.lower == date(2026, 3, 1)
    assert Departure.objects.get().replaced_in == amendment
    assert amendment.total == 10
    march = MonthTotal.objects.get(month=date(2026, 3, 1))
    assert march.planned == 10
    assert problems() == []
    with pytest.raises(NobodyLeft):
        draft_replacements(programme, first_month=date(2026, 4, 1), on=date(2026, 3, 20), by=officer)


def test_a_place_is_free_only_from_the_month_its_holder_is_out(programme, officer):
    decreed(programme)
    record_departure(
        enrolments(programme)[0], reason="wage_job", happened_on=date(2026, 5, 31), evidence="Kontrak", by=officer
    )
    with pytest.raises(NobodyLeft):
        draft_replacements(programme, first_month=date(2026, 5, 1), on=date(2026, 4, 20), by=officer)
    assert draft_replacements(programme, first_month=JUN, on=date(2026, 4, 20), by=officer).chosen == 1


def test_whom_a_decree_lets_go_leaves_by_the_decree(programme, officer):
    decreed(programme)
    gone = enrolments(programme)[0]
    round_ = draft_amendment(
        programme, first_month=JUL, leaving=[(gone.worker_id, "refused", JUL)], on=date(2026, 6, 20), by=officer
    )
    decree = enacted(round_, "188/3/2026", on=date(2026, 6, 25))

    gone.refresh_from_db()
    assert (gone.period.lower, gone.period.upper) == (JAN, JUL)
    left = Departure.objects.get(enrolment=gone)
    assert (left.happened_on, left.replaced_in, left.evidence) == (date(2026, 6, 30), decree, "SK 188/3/2026")
    assert problems() == []


def test_a_decree_that_lets_people_go_for_no_known_reason_is_refused(programme, officer):
    decreed(programme)
    gone = enrolments(programme)[0]
    round_ = draft_amendment(
        programme, first_month=JUL, leaving=[(gone.worker_id, "bosan", JUL)], on=date(2026, 6, 20), by=officer
    )
    with pytest.raises(LeavingReasonUnknown, match="bosan"), transaction.atomic():
        enacted(round_, "188/3/2026", on=date(2026, 6, 25))


def test_the_officer_who_selects_does_not_enact(programme, officer):
    round_ = submit_round(run_round(programme, on=ON, by=officer), by=officer)
    with pytest.raises(NotPermitted):
        enact_round(round_, number="1", decided_on=ON, signer="a", signer_title="b", by=officer)


def test_a_second_programme_of_the_same_people_finds_them_covered(programme, officer):
    """Held twice: the selection passes them over with the reason, and the database would refuse them."""
    decreed(programme)
    second = make_programme(code="KEDUA-2026", places=14)
    make_list(second.code, list({one.worker for one in enrolments(programme)}), name="lain.csv")
    round_ = run_round(second, on=ON, by=make_user("programme_officer"))
    assert round_.chosen == 0
    assert round_.reasons == {"already_covered": 10}
