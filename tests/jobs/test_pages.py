from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from naung.jobs import actions
from naung.jobs.models import Job
from naung.jobs.running import run
from naung.refusal import Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db


class _No(Refusal):
    code = "no"

    def __str__(self) -> str:
        return "Kolom NIK tidak ditemukan."


@pytest.fixture
def job(a_kind, officer):
    return actions.ask(a_kind(), {}, about="Program Contoh", area_code="1275", by=officer)


def address(job):
    return reverse("jobs:job", args=[job.pk])


def text(answer):
    return answer.content.decode()


def icons_apart(shown):
    """A page may carry its icons itself, a part asks the sprite for them."""
    return re.sub(r'href="[^"]*#i-', 'href="#i-', shown)


def test_a_waiting_job_says_so_and_looks_again_by_itself_with_and_without_scripts(client, job):
    shown = text(client.get(address(job)))
    assert "Menunggu giliran" in shown
    assert '<noscript><meta http-equiv="refresh" content="5;' in shown
    assert 'hx-trigger="every 2s"' in shown
    assert "Pekerjaan saya" in shown


def test_a_running_job_shows_its_step_and_its_count(client, job):
    Job.objects.filter(pk=job.pk).update(state="running", stage="dua", done=1250, total=5000, started_at=timezone.now())
    shown = text(client.get(address(job)))
    assert "Langkah 2 dari 2" in shown
    assert "1.250 dari 5.000 baris" in shown


def test_a_part_is_answered_to_htmx_and_is_the_same_as_in_the_whole_page(client, job):
    part = text(client.get(address(job), headers={"HX-Request": "true"}))
    assert part.lstrip().startswith("<section")
    section = part[: part.index("</section>") + len("</section>")]
    assert icons_apart(section) in icons_apart(text(client.get(address(job))))


def test_a_part_brings_the_count_of_the_top_bar_along(client, job):
    part = text(client.get(address(job), headers={"HX-Request": "true"}))
    assert 'id="kerja" hx-swap-oob="true"' in part
    assert "1 pekerjaan berjalan" in part
    run(job.pk)
    part = text(client.get(address(job), headers={"HX-Request": "true"}))
    assert 'id="kerja" hx-swap-oob="true"' in part
    assert "pekerjaan berjalan" not in part
    assert "hx-swap-oob" not in text(client.get(address(job)))


def test_a_poll_reads_out_only_what_is_news(client, job):
    part = {"headers": {"HX-Request": "true"}}
    assert "data-say" in text(client.get(address(job) + "?tunggu=running-satu", **part))
    assert "data-say" not in text(client.get(address(job) + "?tunggu=waiting-", **part))


def test_whoever_waits_is_brought_to_the_result(client, job):
    run(job.pk)
    moved = client.get(address(job) + "?tunggu=running-satu")
    assert (moved.status_code, moved["Location"]) == (302, "/bantuan/")
    part = client.get(address(job) + "?tunggu=running-satu", headers={"HX-Request": "true"})
    assert part["HX-Redirect"] == "/bantuan/"


def test_a_finished_job_found_again_shows_the_way_and_looks_no_more(client, job):
    run(job.pk)
    shown = text(client.get(address(job)))
    assert 'href="/bantuan/"' in shown
    assert "Buka hasilnya" in shown
    assert "hx-get" not in shown
    assert 'content="5;' not in shown


def test_a_refused_job_says_why_and_what_to_do(client, a_kind, officer):
    def perform(job):
        raise _No

    job = actions.ask(a_kind(perform), {}, about="x", area_code="1275", by=officer)
    run(job.pk)
    shown = text(client.get(address(job)))
    assert "Kolom NIK tidak ditemukan." in shown
    assert "Perbaiki lalu ulangi." in shown
    assert ">Ulangi<" in shown
    assert "Jalankan lagi" not in shown


def test_a_fault_gives_its_code_and_a_button_that_runs_it_again(client, a_kind, officer):
    broken = [True]

    def perform(job):
        if broken:
            raise ValueError
        return "/bantuan/"

    job = actions.ask(a_kind(perform), {}, about="x", area_code="1275", by=officer)
    run(job.pk)
    job.refresh_from_db()
    assert f"Kode: {job.fault_code}" in text(client.get(address(job)))
    broken.clear()
    answer = client.post(reverse("jobs:again", args=[job.pk]))
    again = Job.objects.exclude(pk=job.pk).get()
    assert answer["Location"] == address(again)
    run(again.pk)
    again.refresh_from_db()
    assert again.state == "done"


def test_nobody_else_opens_a_job_or_runs_it_again(job):
    other = Client()
    other.force_login(make.make_user(username="lain"))
    assert other.get(address(job)).status_code == 404
    assert other.post(reverse("jobs:again", args=[job.pk])).status_code == 404
    assert "Pekerjaan contoh" not in text(other.get(reverse("jobs:list")))


def test_the_list_is_mine_and_the_top_bar_counts_what_is_under_way(client, job):
    shown = text(client.get(reverse("jobs:list")))
    assert "Pekerjaan contoh" in shown
    assert "1 pekerjaan berjalan" in shown
    run(job.pk)
    assert "pekerjaan berjalan" not in text(client.get(reverse("jobs:list")))


def test_an_empty_list_says_what_will_be_there(client):
    assert "Belum ada pekerjaan panjang" in text(client.get(reverse("jobs:list")))


def test_a_job_of_a_kind_that_is_known_no_more_still_has_a_page(client, job):
    Job.objects.filter(pk=job.pk).update(kind="dahulu")
    assert client.get(address(job)).status_code == 200
    assert client.get(reverse("jobs:list")).status_code == 200
    run(job.pk)
    assert client.get(address(job)).status_code == 200


def test_the_number_of_queries_of_the_list_does_not_grow(client, a_kind, officer, django_assert_max_num_queries):
    kind = a_kind()
    for row in range(20):
        actions.ask(kind, {"row": row}, about="x", area_code="1275", by=officer)
    with django_assert_max_num_queries(9):
        client.get(reverse("jobs:list"))


def test_a_job_that_waits_for_a_worker_nobody_started_says_so(client, job):
    words = "belum ada yang mengerjakannya"
    assert words not in text(client.get(address(job))), "a worker may be about to take it"
    Job.objects.filter(pk=job.pk).update(asked_at=timezone.now() - timedelta(minutes=5))
    assert words in text(client.get(address(job)))
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    assert words not in text(client.get(address(job))), "it has its turn when the other job is done"
