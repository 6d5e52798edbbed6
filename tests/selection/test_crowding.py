"""Several people acting at once never give more places or money than there is."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from naung.refusal import Refusal
from naung.selection.actions import approve_round, draft_amendment, run_round, submit_round
from naung.selection.models import Candidate, Decree, DecreeEntry, Round
from tests.factories import make_list, make_programme, make_user, make_workers

ON = date(2025, 12, 15)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do all acts at the same time, each on a connection of its own; what they gave or how they were refused."""
    start = threading.Barrier(len(acts))
    found: list[object] = [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            start.wait(timeout=20)
            found[place] = act()
        except Refusal as refusal:
            found[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive()
    return found


@pytest.fixture
def proposed(transactional_db):
    programme = make_programme(places=5)
    make_list(programme.code, make_workers(12))
    return programme, make_user(), make_user("leader")


def test_two_who_run_at_once_leave_one_draft(proposed):
    programme, officer, _ = proposed
    other = make_user(username="petugas-lain")
    first, second = at_once(
        lambda: run_round(programme, on=ON, by=officer), lambda: run_round(programme, on=ON, by=other)
    )
    assert first == second
    assert Candidate.objects.count() == 12


def test_two_who_submit_at_once_submit_once(proposed):
    programme, officer, _ = proposed
    round_ = run_round(programme, on=ON, by=officer)
    first, second = at_once(lambda: submit_round(round_, by=officer), lambda: submit_round(round_, by=officer))
    assert first == second == round_
    assert Round.objects.get().status == "submitted"


def test_two_who_approve_at_once_make_one_decree(proposed):
    programme, officer, leader = proposed
    round_ = submit_round(run_round(programme, on=ON, by=officer), by=officer)

    def approve(number: str) -> Decree:
        return approve_round(
            round_, number=number, decided_on=ON, signer="Contoh", signer_title="Wali Kota Contoh", by=leader
        )

    given_or_refused = at_once(lambda: approve("1"), lambda: approve("2"))
    assert sum(isinstance(one, Decree) for one in given_or_refused) == 1
    assert sum(isinstance(one, Refusal) for one in given_or_refused) == 1
    assert DecreeEntry.objects.count() == 5


def test_a_round_and_an_amendment_at_once_share_the_places(proposed):
    programme, officer, leader = proposed
    first = submit_round(run_round(programme, on=ON, by=officer), by=officer)
    decree = approve_round(first, number="1", decided_on=ON, signer="a", signer_title="b", by=leader)
    make_list(programme.code, make_workers(4, first=50))
    out = [(decree.entries.get(ordinal=1).worker_id, "moved", date(2026, 2, 1))]
    facts = {"first_month": date(2026, 2, 1), "on": date(2026, 1, 20), "by": officer}

    def amend() -> Round:
        return submit_round(draft_amendment(programme, leaving=out, **facts), by=officer)

    def grow() -> Round:
        return submit_round(run_round(programme, **facts), by=officer)

    at_once(amend, grow)
    chosen = sum(one.chosen for one in Round.objects.filter(status="submitted"))
    leaving = sum(len(one.leaving) for one in Round.objects.filter(status="submitted"))
    assert 5 - leaving + chosen <= 5


steps = st.tuples(
    st.sampled_from(["round", "amendment"]),
    st.integers(0, 3),  # months later
    st.integers(1, 5),  # people proposed
    st.lists(st.integers(0, 5), max_size=2, unique=True),  # who leaves, by place on the list
)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None)
@given(st.integers(1, 6), st.integers(0, 6 * 201_600), st.lists(steps, min_size=1, max_size=4))
def test_whatever_happens_the_list_keeps_within_places_and_money(places, ceiling, plan):
    """Rounds, decrees and departures in any order: never more people than places, nor money than the ceiling."""
    with transaction.atomic():
        line = {"code": "apbd", "name": "APBD", "payer": "apbd_kab", "ceiling_rp": ceiling}
        programme = make_programme(places=places, funding_lines=[line])
        month = 0
        for number, (kind, later, people, places_left) in enumerate(plan):
            month = min(month + later, 11)
            when = date(2026, month + 1, 1)
            make_list(programme.code, make_workers(people, first=10 * number))
            listed = sorted(on_list(programme))
            leaving = [(listed[place], "moved", when) for place in places_left if place < len(listed)]
            try:
                with transaction.atomic():
                    decree = _decreed(programme, kind, when, leaving, number)
            except Refusal:
                continue
            assert len(on_list(programme)) == decree.total <= places
            assert months_on_list(programme) * 16_800 <= ceiling
        transaction.set_rollback(True)


def _decreed(programme, kind, when, leaving, number) -> Decree:
    officer = make_user()
    if kind == "round":
        round_ = run_round(programme, on=when, first_month=when, by=officer)
    else:
        round_ = draft_amendment(programme, first_month=when, leaving=leaving, on=when, by=officer)
    submit_round(round_, by=officer)
    return approve_round(
        round_, number=str(number), decided_on=when, signer="a", signer_title="b", by=make_user("leader")
    )


def on_list(programme) -> set[int]:
    entries = DecreeEntry.objects.filter(decree__programme=programme)
    left = set(entries.filter(act="leave").values_list("worker_id", flat=True))
    return set(entries.filter(act="enter").values_list("worker_id", flat=True)) - left


def months_on_list(programme) -> int:
    """Worker-months that the decrees promise, counted one by one."""
    out = {
        one.worker_id: one.from_month for one in DecreeEntry.objects.filter(decree__programme=programme, act="leave")
    }
    months = 0
    for one in DecreeEntry.objects.filter(decree__programme=programme, act="enter"):
        end = 13 if one.worker_id not in out else out[one.worker_id].month
        months += max(end - one.from_month.month, 0)
    return months
