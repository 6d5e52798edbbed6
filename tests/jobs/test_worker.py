"""The worker itself, on the queue of the database: in a thread, killed, and seen from another connection."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from naung import progress
from naung.jobs import actions
from naung.jobs.models import Job
from naung.jobs.worker import Worker
from tests import factories as make
from tests import killing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _empty_queue() -> Iterator[None]:
    """The queue's tables are not Django's to empty between tests."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


@pytest.fixture
def officer(transactional_db):
    return make.make_user(office=make.make_office())


def ask(kind, officer, **arguments):
    return actions.ask(kind, arguments, about="Program Contoh", area_code="1275", by=officer)


def test_the_worker_does_what_waits_and_leaves_the_queue_empty(a_kind, officer):
    kind = a_kind()
    jobs = [ask(kind, officer, row=row) for row in range(3)]
    Worker().work(wait=False)
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}
    assert Job.objects.count() == len(jobs)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone() == (0,)


def test_how_far_it_is_can_be_read_while_its_transaction_runs(a_kind, officer):
    seen = []

    def perform(job):
        make.make_user(username="tertulis")
        progress.at("dua", 1250, 5000)
        with psycopg.connect(killing.test_database_url()) as other:
            seen.append(other.execute("SELECT state, stage, done, total FROM jobs_job").fetchone())
            seen.append(other.execute("SELECT count(*) FROM accounts_user WHERE username = 'tertulis'").fetchone())
        return "/bantuan/"

    ask(a_kind(perform), officer)
    Worker().work(wait=False)
    assert seen == [("running", "dua", 1250, 5000), (0,)]
    assert Job.objects.get().state == "done"


def test_a_worker_that_is_stopped_puts_its_job_back_and_the_next_one_does_it(a_kind, officer):
    begun, worker = threading.Event(), Worker()

    def perform(job):
        if not begun.is_set():
            begun.set()
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(60)")
        return "/bantuan/"

    ask(a_kind(perform), officer)
    worker.start()
    assert begun.wait(30)
    worker.stop()
    job = Job.objects.get()
    assert (job.state, job.tries) == ("waiting", 0)
    Worker().work(wait=False)
    job.refresh_from_db()
    assert (job.state, job.tries) == ("done", 1)


def test_a_worker_in_a_thread_hears_of_a_new_job(a_kind, officer):
    done, worker = threading.Event(), Worker()

    def perform(job):
        done.set()
        return "/bantuan/"

    kind = a_kind(perform)
    worker.start()
    try:
        ask(kind, officer)
        assert done.wait(30)
    finally:
        worker.stop()


@pytest.mark.slow
def test_a_job_whose_process_is_killed_is_done_once_by_the_next(officer):
    """kill -9 in the middle of the transaction: nothing of the first run stays, and the second one is whole."""
    prepare = """
        import time
        from naung.jobs import kinds
        from naung.jobs.worker import Worker
        from tests.factories import make_office
        from django.db import connection
        kinds.all_kinds()
        def perform(job):
            make_office(f"Kantor percobaan {job.tries}")
            if job.tries == 1:
                print("HALF", flush=True)
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_sleep(60)")
            return "/bantuan/"
        usual = dict.fromkeys(("title", "opens", "finished", "when_refused", "again_words"), "x")
        kinds.register(kinds.Kind(code="mati", stages={}, units={}, perform=perform, again=lambda job: "/", **usual))
    """
    source = "Worker().work(wait=False)"
    kind = type("Known", (), {"code": "mati"})
    ask(kind, officer)
    child = killing.start(source, prepare=prepare)
    assert child.stdout is not None
    assert child.stdout.readline().strip() == "HALF"
    child.kill()
    child.wait()
    child.stdout.close()
    assert Job.objects.get().state == "running"
    _end_what_the_dead_left()
    killing.run_whole(source, prepare=prepare)
    job = Job.objects.get()
    assert (job.state, job.tries) == ("done", 2)
    from naung.accounts.models import Office

    assert list(Office.objects.filter(name__startswith="Kantor percobaan").values_list("name", flat=True)) == [
        "Kantor percobaan 2"
    ]


def _end_what_the_dead_left() -> None:
    """The server would notice a dead client only when its statement ends, in a minute."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE query LIKE '%%pg_sleep(60)%%' AND pid <> pg_backend_pid()"
        )
    killing.wait_for_the_server_to_notice()
