"""A round from the lists to the decree, and the amendments after it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from naung.accounts.refusals import NotPermitted, OutsideTerritory
from naung.audit.models import Record
from naung.registry.models import Worker
from naung.selection import decreeing
from naung.selection.actions import approve_round, draft_amendment, return_round, run_round, submit_round
from naung.selection.models import Candidate, Decree, Round
from naung.selection.refusals import (
    DataChanged,
    DecreeAfterFirstMonth,
    LeaverNotOnList,
    ListAltered,
    MakerIsChecker,
    MonthOutsideProgramme,
    NeedsReason,
    NoCandidates,
    NoDecreeYet,
    NothingToDecide,
    NumberReused,
    RoundLocked,
    RoundNotDraft,
    RoundNotSubmitted,
    SeedOutOfRange,
)
from tests.factories import TOWN, make_list, make_programme, make_reference, make_user, make_workers

pytestmark = pytest.mark.django_db
ON = date(2025, 12, 15)
ADULT = {"key": "usia", "field": "age_years", "operator": "between", "value": [18, 64], "reason": "Usia 18-64 tahun."}
POOREST = {"key": "desil", "label": "Desil terendah dahulu", "kind": "ascending", "field": "decile"}


@pytest.fixture
def officer():
    return make_user("programme_officer")


@pytest.fixture
def leader():
    return make_user("leader")


def proposed(people: int = 14, **changes):
    """A programme with everybody's list sent."""
    programme = make_programme(**changes)
    workers = make_workers(people)
    make_list(programme.code, workers)
    return programme, workers


def outcomes(round_: Round) -> dict[str, int]:
    found = [one.outcome for one in round_.people.all()]
    return {outcome: found.count(outcome) for outcome in set(found)}


def reasons(round_: Round, worker: Worker) -> list[str]:
    return Candidate.objects.get(round=round_, worker=worker).reasons


def decreed(round_: Round, leader, number: str = "188/1/2025", on: date = ON) -> Decree:
    submit_round(round_, by=make_user("programme_officer"))
    return approve_round(
        round_, number=number, decided_on=on, signer="Contoh Wali Kota", signer_title="Wali Kota Contoh", by=leader
    )


# --- running ---------------------------------------------------------------------------------------


def test_places_are_filled_and_the_rest_wait_in_order(officer):
    programme, _ = proposed()
    round_ = run_round(programme, on=ON, by=officer)
    assert (round_.status, round_.kind, round_.candidates) == ("draft", "initial", 14)
    assert outcomes(round_) == {"chosen": 10, "waiting": 4}
    assert sorted(round_.people.values_list("rank", flat=True)) == list(range(1, 15))
    assert round_.cost_rp == 10 * 12 * 16_800
    assert round_.reasons == {"places_full": 4}


def test_only_accepted_rows_of_sent_lists_are_candidates(officer):
    programme, workers = proposed(3)
    make_list(programme.code, make_workers(2, first=20), status="draft")
    make_list("LAIN-2026", make_workers(2, first=30))
    make_list(programme.code, workers[:1])  # handed in twice
    assert run_round(programme, on=ON, by=officer).candidates == 3


def test_all_reasons_are_told_at_once(officer):
    programme, workers = proposed(4, criteria=[ADULT])
    Worker.objects.filter(pk=workers[0].pk).update(birth_date=date(1950, 1, 1))
    make_reference("deaths", workers[:1], on=date(2025, 11, 1))
    make_reference("members", workers[:2], note="PU")
    make_reference("moved", workers[2:3])
    round_ = run_round(programme, on=ON, by=officer)
    assert sorted(reasons(round_, workers[0])) == ["already_covered", "criterion:usia", "dead", "over_age"]
    assert reasons(round_, workers[1]) == ["already_covered"]
    assert reasons(round_, workers[2]) == ["not_resident"]
    assert (round_.chosen, round_.ineligible) == (1, 3)
    assert round_.reasons["already_covered"] == 2


def test_another_regencys_answers_say_nothing_here(officer):
    programme, workers = proposed(2)
    make_reference("deaths", workers, area="3201")
    assert run_round(programme, on=ON, by=officer).chosen == 2


def test_the_newest_decile_counts(officer):
    programme, workers = proposed(3, places=1, priorities=[POOREST])
    make_reference("deciles", workers, as_of=date(2025, 1, 1), decile=5)
    make_reference("deciles", workers[2:], as_of=date(2025, 6, 1), decile=1)
    make_reference("deciles", workers[:1], as_of=date(2024, 6, 1), decile=1)
    round_ = run_round(programme, on=ON, by=officer)
    assert Candidate.objects.get(round=round_, outcome="chosen").worker == workers[2]


def test_whoever_another_programme_pays_in_these_months_is_refused_and_the_programme_is_named(officer, leader):
    first, workers = proposed(3)
    decreed(run_round(first, on=ON, by=officer), leader)
    second = make_programme(code="KEDUA-2026", first_month="2026-06", last_month="2027-05")
    make_list(second.code, workers)
    assert run_round(second, on=ON, by=officer).reasons == {"already_covered": 3}
    later = make_programme(code="SESUDAH-2027", fiscal_year=2027, first_month="2027-01", last_month="2027-12")
    make_list(later.code, workers)
    assert run_round(later, on=ON, by=officer).chosen == 3


def test_the_same_people_and_seed_give_the_same_draft_back(officer):
    programme, _ = proposed()
    first = run_round(programme, on=ON, by=officer)
    before = list(first.people.order_by("id").values_list("id", "worker_id", "rank"))
    again = run_round(programme, on=ON, by=officer)
    assert (again.pk, list(again.people.order_by("id").values_list("id", "worker_id", "rank"))) == (first.pk, before)
    assert Record.objects.filter(action="round.run").count() == 1


def test_the_order_in_which_lists_came_changes_nothing(officer):
    one = make_programme()
    workers = make_workers(14)
    make_list(one.code, workers)
    other = make_programme(code="LAIN-2026")
    make_list(other.code, list(reversed(workers)))
    ranks = [
        list(run_round(programme, on=ON, by=officer).people.order_by("rank").values_list("worker_id", "outcome"))
        for programme in (one, other)
    ]
    assert ranks[0] == ranks[1]


def test_another_seed_makes_the_draft_anew_with_another_order(officer):
    programme, _ = proposed()
    first = run_round(programme, on=ON, by=officer)
    before = list(first.people.order_by("rank").values_list("worker_id", flat=True))
    again = run_round(programme, on=ON, by=officer, seed=5)
    assert again.pk == first.pk
    assert Candidate.objects.count() == 14
    assert list(again.people.order_by("rank").values_list("worker_id", flat=True)) != before


@pytest.mark.parametrize("seed", [-1, 2**63])
def test_a_seed_fits_its_column(officer, seed):
    programme, _ = proposed(1)
    with pytest.raises(SeedOutOfRange):
        run_round(programme, on=ON, by=officer, seed=seed)


def test_quotas_and_money_of_two_lines_are_kept(officer):
    quota = {"key": "desa", "by": "village", "each": {"max": 4}}
    lines = [
        {"code": "apbd", "name": "APBD", "payer": "apbd_kab", "ceiling_rp": 2 * 201_600},
        {"code": "csr", "name": "CSR", "payer": "csr", "ceiling_rp": 3 * 201_600},
    ]
    programme = make_programme(quotas=[quota], funding_lines=lines)
    make_list(programme.code, [*make_workers(6), *make_workers(6, first=6, village="1275011002")])
    round_ = run_round(programme, on=ON, by=officer)
    chosen = round_.people.filter(outcome="chosen")
    # CSR pays half of April to December: 3 × 16.800 + 9 × 8.400 = 126.000 each
    by_line = {code: chosen.filter(funding_line__code=code).count() for code in ("apbd", "csr")}
    assert by_line == {"apbd": 2, "csr": 4}
    assert round_.cost_rp == 2 * 201_600 + 4 * 126_000
    assert all(chosen.filter(area_code=area).count() <= 4 for area in ("1275011001", "1275011002"))
    assert "budget_full" in round_.reasons


def test_without_lists_there_is_nobody_to_judge(officer):
    with pytest.raises(NoCandidates):
        run_round(make_programme(), on=ON, by=officer)


def test_only_the_programmes_own_officers_run_it(leader):
    programme, _ = proposed(1)
    with pytest.raises(NotPermitted):
        run_round(programme, on=ON, by=leader)
    with pytest.raises(OutsideTerritory):
        run_round(programme, on=ON, by=make_user(area="1207"))


# --- submitting, returning, approving --------------------------------------------------------------


def test_submitting_locks_and_twice_is_once(officer):
    programme, _ = proposed()
    round_ = submit_round(run_round(programme, on=ON, by=officer), by=officer)
    assert submit_round(round_, by=officer).submitted_at == round_.submitted_at
    with pytest.raises(RoundLocked):
        run_round(programme, on=ON, by=officer, seed=3)
    assert Record.objects.filter(action="round.submit").count() == 1


def test_a_returned_round_says_why_and_gives_way_to_another(officer, leader):
    programme, _ = proposed()
    round_ = submit_round(run_round(programme, on=ON, by=officer), by=officer)
    with pytest.raises(NeedsReason):
        return_round(round_, reason=" ", by=leader)
    returned = return_round(round_, reason="Periksa kuota.", by=leader)
    assert (returned.status, returned.returned_reason) == ("returned", "Periksa kuota.")
    assert run_round(programme, on=ON, by=officer).number == 2
    with pytest.raises(RoundNotDraft):
        submit_round(returned, by=officer)


def test_the_decree_is_the_list_in_official_order_with_its_hash(officer, leader):
    programme = make_programme(places=4)
    make_list(programme.code, [*make_workers(3, village="1275021001"), *make_workers(3, first=3)])
    round_ = run_round(programme, on=ON, by=officer)
    decree = decreed(round_, leader)
    entries = list(decree.entries.order_by("ordinal"))
    assert (decree.enters, decree.leaves, decree.total, len(entries)) == (4, 0, 4, 4)
    assert [one.ordinal for one in entries] == [1, 2, 3, 4]
    assert [(one.area_code, one.name) for one in entries] == sorted((one.area_code, one.name) for one in entries)
    assert {one.worker_id for one in entries} == set(
        round_.people.filter(outcome="chosen").values_list("worker_id", flat=True)
    )
    assert decree.list_sha256 == decreeing.list_sha256(decree)
    assert {one.from_month for one in entries} == {date(2026, 1, 1)}
    assert (decree.prepared_by, decree.approved_by) == (officer, leader)


def test_approving_twice_gives_the_same_decree(officer, leader):
    programme, _ = proposed()
    round_ = run_round(programme, on=ON, by=officer)
    assert decreed(round_, leader) == approve_round(
        round_, number="188/1/2025", decided_on=ON, signer="x", signer_title="y", by=leader
    )


def test_whoever_prepared_does_not_approve(officer):
    programme, _ = proposed()
    round_ = submit_round(run_round(programme, on=ON, by=officer), by=officer)
    officer.role = "leader"
    officer.save()
    with pytest.raises(MakerIsChecker):
        approve_round(round_, number="1", decided_on=ON, signer="a", signer_title="b", by=officer)


def test_only_a_submitted_round_is_approved(officer, leader):
    programme, _ = proposed()
    round_ = run_round(programme, on=ON, by=officer)
    with pytest.raises(RoundNotSubmitted):
        approve_round(round_, number="1", decided_on=ON, signer="a", signer_title="b", by=leader)


def test_a_number_is_used_once_in_a_region(officer, leader):
    programme, _ = proposed()
    decreed(run_round(programme, on=ON, by=officer), leader)
    other = make_programme(code="LAIN-2027", first_month="2027-01", last_month="2027-12")
    make_list(other.code, make_workers(2, first=50))
    with pytest.raises(NumberReused):
        decreed(run_round(other, on=ON, by=officer), leader)


def test_no_decree_covers_months_before_it(officer, leader):
    programme, _ = proposed()
    with pytest.raises(DecreeAfterFirstMonth):
        decreed(run_round(programme, on=ON, by=officer), leader, on=date(2026, 2, 1))


def test_a_round_in_the_middle_of_the_programme_covers_from_its_month(officer):
    programme, _ = proposed()
    round_ = run_round(programme, on=date(2026, 3, 9), by=officer)
    assert round_.first_month == date(2026, 3, 1)
    assert round_.cost_rp == 10 * 10 * 16_800
    with pytest.raises(MonthOutsideProgramme):
        run_round(programme, on=date(2027, 1, 1), by=officer)


def test_a_death_learned_after_submitting_stops_the_decree(officer, leader):
    programme, _ = proposed()
    round_ = submit_round(run_round(programme, on=ON, by=officer), by=officer)
    make_reference("deaths", [round_.people.get(rank=1).worker])
    with pytest.raises(DataChanged) as refusal:
        decreed(round_, leader)
    assert refusal.value.no_longer_eligible == 1


def test_a_list_sent_after_submitting_does_not_stop_it(officer, leader):
    programme, _ = proposed()
    round_ = submit_round(run_round(programme, on=ON, by=officer), by=officer)
    make_list(programme.code, make_workers(3, first=40))
    assert decreed(round_, leader).total == 10


def test_a_candidate_altered_behind_our_back_stops_the_decree(officer, leader):
    programme, _ = proposed()
    round_ = submit_round(run_round(programme, on=ON, by=officer), by=officer)
    one, other = round_.people.get(rank=1), round_.people.get(rank=14)
    Candidate.objects.filter(pk=other.pk).update(outcome="chosen", funding_line=one.funding_line)
    Candidate.objects.filter(pk=one.pk).update(outcome="waiting", funding_line=None)
    with pytest.raises(ListAltered):
        decreed(round_, leader)


def test_nobody_chosen_is_nothing_to_decide(officer):
    programme, workers = proposed(2)
    make_reference("deaths", workers)
    with pytest.raises(NothingToDecide):
        submit_round(run_round(programme, on=ON, by=officer), by=officer)


# --- after the decree ------------------------------------------------------------------------------


def test_a_later_round_gives_only_the_places_that_are_left_to_people_not_yet_named(officer, leader):
    programme, _ = proposed(8)
    first = decreed(run_round(programme, on=ON, by=officer), leader)
    make_list(programme.code, make_workers(5, first=40))
    round_ = run_round(programme, on=date(2026, 2, 1), by=officer)
    assert (round_.kind, round_.candidates, round_.chosen, round_.waiting) == ("amendment", 5, 2, 3)
    second = decreed(round_, leader, "188/2/2026", date(2026, 2, 2))
    assert (second.amends, second.enters, second.total) == (first, 2, 10)


def test_the_next_on_the_waiting_list_takes_the_place_of_who_left(officer, leader):
    programme, _ = proposed(14)
    round_ = run_round(programme, on=ON, by=officer)
    decree = decreed(round_, leader)
    gone = decree.entries.get(ordinal=3).worker_id
    waiting = list(round_.people.filter(outcome="waiting").order_by("rank").values_list("worker_id", flat=True))
    make_reference("deaths", [Worker.objects.get(pk=waiting[0])])

    drafted = draft_amendment(
        programme, first_month=date(2026, 5, 1), leaving=[(gone, "death", date(2026, 4, 1))], on=date(2026, 4, 20),
        by=officer,
    )  # fmt: skip
    assert (drafted.kind, drafted.chosen, drafted.waiting, drafted.ineligible) == ("amendment", 1, 2, 1)
    assert reasons(drafted, Worker.objects.get(pk=waiting[0])) == ["dead"]
    assert drafted.people.get(outcome="chosen").worker_id == waiting[1]
    assert drafted.cost_rp == 8 * 16_800

    amended = decreed(drafted, leader, "188/2/2026", date(2026, 4, 21))
    enter, leave = amended.entries.order_by("ordinal")
    assert (enter.act, enter.worker_id, enter.replaces, enter.from_month) == (
        "enter",
        waiting[1],
        gone,
        date(2026, 5, 1),
    )
    assert (leave.act, leave.worker_id, leave.reason, leave.from_month) == ("leave", gone, "death", date(2026, 4, 1))
    assert (amended.amends, amended.enters, amended.leaves, amended.total) == (decree, 1, 1, 10)
    assert amended.list_sha256 == decreeing.list_sha256(amended)

    second = draft_amendment(
        programme, first_month=date(2026, 6, 1), on=date(2026, 5, 20), by=officer,
        leaving=[(waiting[1], "moved", date(2026, 6, 1))],
    )  # fmt: skip
    assert second.people.get(outcome="chosen").worker_id == waiting[2]


def test_who_left_is_covered_by_nobody_afterwards(officer, leader):
    programme, _ = proposed(3)
    decree = decreed(run_round(programme, on=ON, by=officer), leader)
    gone = decree.entries.get(ordinal=1).worker
    out = [(gone.pk, "other_funder", date(2026, 4, 1))]
    decreed(
        draft_amendment(programme, first_month=date(2026, 4, 1), leaving=out, on=date(2026, 3, 9), by=officer),
        leader, "188/2/2026", date(2026, 3, 10),
    )  # fmt: skip
    for code, first_month, covered in [("A-2026", "2026-03", True), ("B-2026", "2026-04", False)]:
        other = make_programme(code=code, first_month=first_month, last_month="2026-12")
        make_list(code, [gone])
        assert bool(run_round(other, on=date(2026, 3, 1), by=officer).ineligible) is covered


def test_the_order_of_the_waiting_list_stays_though_deciles_change(officer, leader):
    programme, _ = proposed(14, priorities=[POOREST])
    round_ = run_round(programme, on=ON, by=officer)
    decree = decreed(round_, leader)
    waiting = list(round_.people.filter(outcome="waiting").order_by("rank"))
    Worker.objects.filter(pk=waiting[-1].worker_id).update(decile=1)
    out = [(decree.entries.get(ordinal=1).worker_id, "moved", date(2026, 2, 1))]
    drafted = draft_amendment(programme, first_month=date(2026, 2, 1), leaving=out, on=date(2026, 1, 20), by=officer)
    order = list(drafted.people.order_by("rank").values_list("worker_id", "score"))
    assert order == [(one.worker_id, one.score) for one in waiting]


def test_people_may_leave_though_nobody_waits(officer, leader):
    programme, _ = proposed(2)
    decree = decreed(run_round(programme, on=ON, by=officer), leader)
    out = [(decree.entries.get(ordinal=1).worker_id, "moved", date(2026, 2, 1))]
    drafted = draft_amendment(programme, first_month=date(2026, 2, 1), leaving=out, on=date(2026, 1, 20), by=officer)
    amended = decreed(drafted, leader, "188/2/2026", date(2026, 1, 21))
    assert (amended.enters, amended.leaves, amended.total) == (0, 1, 1)


def test_the_place_of_who_left_is_paid_with_the_money_that_became_free(officer, leader):
    line = {"code": "apbd", "name": "APBD", "payer": "apbd_kab", "ceiling_rp": 10 * 201_600}
    programme, _ = proposed(12, funding_lines=[line])
    decree = decreed(run_round(programme, on=ON, by=officer), leader)
    out = [(decree.entries.get(ordinal=1).worker_id, "death", date(2026, 7, 1))]
    facts = {"leaving": out, "on": date(2026, 6, 20), "by": officer}
    late = draft_amendment(programme, first_month=date(2026, 7, 1), **facts)
    assert (late.chosen, late.cost_rp) == (1, 6 * 16_800)
    # From June on would cost a month more than the leaver gives back.
    early = draft_amendment(programme, first_month=date(2026, 6, 1), **facts)
    assert (early.chosen, early.reasons) == (0, {"budget_full": 2})


def test_only_listed_people_leave_and_only_a_decree_is_amended(officer, leader):
    programme, workers = proposed(3)
    facts = {"first_month": date(2026, 2, 1), "on": date(2026, 1, 20), "by": officer}
    with pytest.raises(NoDecreeYet):
        draft_amendment(programme, leaving=[(workers[0].pk, "moved", date(2026, 2, 1))], **facts)
    decreed(run_round(programme, on=ON, by=officer), leader)
    stranger = make_workers(1, first=99)[0]
    with pytest.raises(LeaverNotOnList):
        draft_amendment(programme, leaving=[(stranger.pk, "moved", date(2026, 2, 1))], **facts)


@pytest.mark.parametrize("table", ["selection_decree", "selection_decreeentry"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_a_decree_and_its_entries_never_change(officer, leader, table, change):
    programme, _ = proposed(2)
    decreed(run_round(programme, on=ON, by=officer), leader)
    with (
        pytest.raises(ProgrammingError, match="Cannot update or delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change.format(table))


def test_the_area_of_the_audit_record_is_the_programmes(officer):
    programme, _ = proposed(2)
    run_round(programme, on=ON, by=officer)
    assert Record.objects.get(action="round.run").area_code == TOWN
