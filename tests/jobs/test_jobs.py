from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.utils import timezone

from naung import progress
from naung.jobs import actions, queueing
from naung.jobs.models import Job
from naung.jobs.running import Stopping, run
from naung.refusal import Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db


@dataclass(eq=False)
class NoPlace(Refusal):
    code: ClassVar[str] = "no_place"

    def __str__(self) -> str:
        return "Tempatnya sudah habis."


def ask(kind, officer, **arguments):
    return actions.ask(kind, arguments, about="Program Contoh", area_code="1275", by=officer)


def in_the_queue(job):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE args = %s::jsonb", [f'{{"job_id": {job.pk}}}'])
        return cursor.fetchone()[0]


def test_a_job_is_asked_for_and_queued_in_one_transaction(a_kind, officer):
    job = ask(a_kind(), officer, row=7)
    assert (job.state, job.arguments, job.about) == ("waiting", {"row": 7}, "Program Contoh")
    assert in_the_queue(job) == 1


def test_asking_twice_while_it_is_under_way_is_asking_once(a_kind, officer):
    kind = a_kind()
    first = ask(kind, officer, row=7)
    assert ask(kind, officer, row=7) == first
    assert ask(kind, officer, row=8) != first
    assert in_the_queue(first) == 1


def test_another_person_asking_for_the_same_has_a_job_of_their_own(a_kind, officer):
    kind = a_kind()
    assert ask(kind, officer) != ask(kind, make.make_user(username="lain"))


def test_a_job_that_is_done_leads_to_its_result(a_kind, officer):
    job = ask(a_kind(lambda job: f"/hasil/{job.arguments['row']}/"), officer, row=7)
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result_url, job.tries) == ("done", "/hasil/7/", 1)
    assert job.finished_at is not None


def test_a_job_is_run_once_however_often_it_is_queued(a_kind, officer):
    done = []
    job = ask(a_kind(lambda job: done.append(job.pk) or "/bantuan/"), officer)
    run(job.pk)
    run(job.pk)
    assert done == [job.pk]


def test_a_rule_that_says_no_ends_the_job_with_its_sentence(a_kind, officer):
    cleaned = []

    def perform(job):
        raise NoPlace

    job = ask(a_kind(perform, clean=cleaned.append), officer)
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.refusal, job.fault_code) == ("failed", "Tempatnya sudah habis.", "")
    assert cleaned == [job]


def test_what_a_refused_job_wrote_is_undone(a_kind, officer):
    def perform(job):
        make.make_user(username="tertulis")
        raise NoPlace

    job = ask(a_kind(perform), officer)
    run(job.pk)
    assert not type(officer).objects.filter(username="tertulis").exists()


def test_a_fault_of_ours_gives_a_code_and_tells_nobody_what_was_in_the_rows(a_kind, officer, caplog):
    row = "1275010101800001 milik Contoh Orang"

    def perform(job):
        raise ValueError(row)

    cleaned = []
    job = ask(a_kind(perform, clean=cleaned.append), officer)
    with caplog.at_level(logging.ERROR):
        run(job.pk)
    job.refresh_from_db()
    assert job.state == "failed"
    assert job.fault_code
    assert job.fault_code in caplog.text
    assert "test_jobs.py" in caplog.text
    assert "1275010101800001" not in caplog.text + str(vars(job))
    assert "Contoh Orang" not in caplog.text + str(vars(job))
    assert cleaned == [], "it may be run again, so what was kept for it stays"


def test_the_log_says_where_a_fault_began_without_the_message_of_the_database(a_kind, officer, caplog):
    def where_it_began():
        raise ValueError(secret)

    def perform(job):
        try:
            where_it_began()
        except ValueError as failure:
            raise RuntimeError(secret) from failure

    secret = "baris " + "rahasia"
    with caplog.at_level(logging.ERROR):
        run(ask(a_kind(perform), officer).pk)
    assert "where_it_began" in caplog.text
    assert secret not in caplog.text


def test_only_a_fault_can_be_run_again(a_kind, officer):
    def perform(job):
        raise ValueError

    kind = a_kind(perform)
    job = ask(kind, officer)
    with pytest.raises(Refusal):
        actions.ask_again(job, by=officer)
    run(job.pk)
    again = actions.ask_again(job, by=officer)
    assert (again.state, again.arguments) == ("waiting", job.arguments)
    with pytest.raises(ObjectDoesNotExist):
        actions.ask_again(job, by=make.make_user(username="lain"))


def test_a_job_of_somebody_who_left_is_not_done(a_kind, officer):
    done = []
    job = ask(a_kind(lambda job: done.append(1) or "/"), officer)
    type(officer).objects.update(is_active=False)
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, done) == ("failed", [])


def test_a_server_that_stops_puts_the_job_back_without_counting_a_try(a_kind, officer):
    stopping = Stopping()

    def perform(job):
        stopping.ask()
        progress.at("dua")
        raise AssertionError("it was told to stop")

    job = ask(a_kind(perform), officer)
    before = in_the_queue(job)
    run(job.pk, stopping)
    job.refresh_from_db()
    assert (job.state, job.tries) == ("waiting", 0)
    assert in_the_queue(job) == before + 1


def test_a_job_whose_worker_is_gone_is_found_and_run_again(a_kind, officer):
    job = ask(a_kind(), officer)
    actions.begin(job.pk)
    assert actions.rescue() == 1
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.tries) == ("done", 2)


def test_a_job_that_takes_its_worker_down_each_time_is_given_up_with_words(a_kind, officer):
    job = ask(a_kind(), officer)
    for _try in range(actions.MOST_TRIES):
        assert actions.begin(job.pk)
        actions.rescue()
    job.refresh_from_db()
    assert job.state == "failed"
    assert "3 kali" in job.refusal


def test_a_waiting_job_that_the_queue_lost_is_queued_again(a_kind, officer):
    job = ask(a_kind(), officer)
    assert list(queueing.forgotten()) == []
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert actions.rescue() == 1
    assert in_the_queue(job) == 1
    assert actions.rescue() == 0


def test_ended_jobs_are_removed_after_their_days_and_those_under_way_never(a_kind, officer, settings):
    forgotten = []
    kind = a_kind(forget=lambda job: forgotten.append(job.pk))
    old, recent, waiting = ask(kind, officer, row=1), ask(kind, officer, row=2), ask(kind, officer, row=3)
    now = timezone.now()
    for job, days in ((old, settings.JOBS_KEPT_DAYS + 1), (recent, 1)):
        run(job.pk)
        Job.objects.filter(pk=job.pk).update(finished_at=now - timedelta(days=days))
    Job.objects.filter(pk=waiting.pk).update(asked_at=now - timedelta(days=99))
    assert actions.forget_old(now) == 1
    assert forgotten == [old.pk]
    assert set(Job.objects.all()) == {recent, waiting}


def test_a_refusal_is_told_in_the_language_of_whoever_asked(a_kind, officer):
    from django.utils import translation

    heard = []

    def perform(job):
        heard.append(translation.get_language())
        raise NoPlace

    with translation.override("en"):
        job = ask(a_kind(perform), officer)
    run(job.pk)
    assert heard == ["en"]


def test_what_is_said_where_nobody_listens_is_lost_quietly():
    progress.at("satu", 1, 2)


def test_a_job_whose_worker_lives_is_left_alone(a_kind, officer):
    found = []
    job = ask(a_kind(lambda job: found.append(actions.rescue()) or "/bantuan/"), officer)
    run(job.pk)
    job.refresh_from_db()
    assert (found, job.state, job.tries) == ([0], "done", 1)


def test_a_job_that_somebody_is_at_is_not_begun_by_another(a_kind, officer):
    begun = []

    def perform(job):
        begun.append(job.pk)
        run(job.pk)
        return "/bantuan/"

    run(ask(a_kind(perform), officer).pk)
    assert len(begun) == 1
