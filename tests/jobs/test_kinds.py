"""Long work through its pages: the same forms, and the same result as when it is done while one waits."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from naung.accounts.permissions import Role
from naung.audit.models import Record
from naung.contributions.models import Bill, BillLine
from naung.jobs import kinds
from naung.jobs.models import Job
from naung.jobs.running import run
from naung.registry import files
from naung.registry.models import SourceList, Worker
from naung.selection.models import Round
from tests import factories as make
from tests.pages import chain
from tests.pages.people import add_areas

pytestmark = pytest.mark.django_db


@pytest.fixture
def areas(db):
    add_areas()


def job_of(answer) -> Job:
    """The job that a form led to, done."""
    job = Job.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == reverse("jobs:job", args=[job.pk])
    assert job.state == "waiting"
    run(job.pk)
    job.refresh_from_db()
    return job


def upload(client, programme, content, name="usulan.csv"):
    facts = {"programme": programme.pk, "file": SimpleUploadedFile(name, content), "reference_date": "2026-01-02"}
    return client.post(reverse("registry:upload"), facts)


def test_every_kind_of_long_work_is_known():
    assert {"take_in", "round", "bill", "paper"} <= set(kinds.all_kinds())


def test_a_big_list_is_taken_in_by_a_job_and_counts_as_when_taken_at_once(client, officer, settings, areas):
    content = chain.village_list([*chain.NIKS[:3], "12750101", chain.NIKS[0]])
    programme, other = make.make_programme(by=officer), make.make_programme(by=officer, code="lain-2026")
    at_once = upload(client, programme, content)
    assert Job.objects.count() == 0
    first = SourceList.objects.get()
    assert at_once["Location"] == reverse("registry:list", args=[first.pk])

    settings.LONG_UPLOAD_BYTES = len(content) - 1
    job = job_of(upload(client, other, content))

    second = SourceList.objects.exclude(pk=first.pk).get()
    assert (job.state, job.result_url) == ("done", reverse("registry:list", args=[second.pk]))
    counts = ("received", "rejected", "review", "status", "filename", "reference_date", "reasons", "sha256")
    assert [getattr(second, name) for name in counts] == [getattr(first, name) for name in counts]
    assert second.received_by == officer


def test_the_file_waits_sealed_and_is_gone_when_it_is_taken_in(client, officer, settings, areas):
    settings.LONG_UPLOAD_BYTES = 0
    upload(client, make.make_programme(by=officer), chain.village_list(chain.NIKS[:2]), name="daftar Budi.csv")
    (kept,) = files.folder().glob("*")
    assert chain.NIKS[0].encode() not in kept.read_bytes()
    assert b"Budi" not in kept.read_bytes()
    assert kept.stat().st_mode & 0o077 == 0
    run(Job.objects.get().pk)
    assert not kept.exists()
    assert SourceList.objects.get().filename == "daftar Budi.csv"


def test_the_same_big_list_twice_changes_nothing(client, officer, settings, areas):
    settings.LONG_UPLOAD_BYTES = 0
    programme, content = make.make_programme(by=officer), chain.village_list(chain.NIKS[:2])
    upload(client, programme, content)
    upload(client, programme, content)
    run(Job.objects.get().pk)
    before = (SourceList.objects.count(), Worker.objects.count())
    upload(client, programme, content)
    again = Job.objects.filter(state="waiting").get()
    run(again.pk)
    again.refresh_from_db()
    assert again.state == "done"
    assert (SourceList.objects.count(), Worker.objects.count()) == before


def test_a_file_that_is_no_list_ends_with_what_to_do(client, officer, settings, areas):
    settings.LONG_UPLOAD_BYTES = 0
    job = job_of(upload(client, make.make_programme(by=officer), b"\x00\x01bukan daftar", name="foto.xlsx"))
    assert job.state == "failed"
    shown = client.get(reverse("jobs:job", args=[job.pk])).content.decode()
    assert "foto.xlsx" in shown or job.refusal
    assert "unggah lagi" in shown
    assert reverse("registry:upload") in shown
    assert list(files.folder().glob("*")) == []


def test_nothing_about_a_person_is_in_the_tables_of_jobs(client, officer, settings, areas, caplog):
    settings.LONG_UPLOAD_BYTES = 0
    upload(client, make.make_programme(by=officer), chain.village_list(chain.NIKS[:2]), name="daftar.csv")
    run(Job.objects.get().pk)
    with connection.cursor() as cursor:
        told = caplog.text
        for table in ("jobs_job", "procrastinate_jobs", "procrastinate_events"):
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ''), '') FROM {table} t")
            told += cursor.fetchone()[0]
    assert [mark for mark in (*chain.NIKS, "Contoh Pekerja", "daftar.csv") if mark in told] == []


def test_a_round_over_many_is_run_by_a_job(client, officer, settings, areas):
    programme = make.make_programme(by=officer, places=2)
    chain.hand_in(programme, officer, chain.village_list(chain.NIKS[:4]))
    settings.LONG_ROUND_CANDIDATES = 3
    form = {"on": "2025-12-20", "first_month": "2026-01", "seed": "7"}
    job = job_of(client.post(reverse("selection:programme", args=[programme.pk]), form))
    made = Round.objects.get()
    assert (job.state, job.result_url) == ("done", reverse("selection:round", args=[made.pk]))
    assert (made.chosen, made.waiting, made.prepared_by, made.seed) == (2, 2, officer, 7)
    assert made.on == date(2025, 12, 20)


def test_a_round_that_a_rule_refuses_leads_back_to_its_form(client, officer, settings, areas):
    programme = make.make_programme(by=officer)
    settings.LONG_ROUND_CANDIDATES = -1
    address = reverse("selection:programme", args=[programme.pk])
    job = job_of(client.post(address, {"on": "2025-12-20", "first_month": "2026-01", "seed": "7"}))
    assert job.state == "failed"
    shown = client.get(reverse("jobs:job", args=[job.pk])).content.decode()
    assert job.refusal in shown
    assert f'href="{address}"' in shown


def test_a_bill_of_many_is_issued_by_a_job(client, officer, settings, areas):
    built = chain.build()
    settings.LONG_BILL_PEOPLE = 3
    form = {
        "funding_line": built.programme.funding_lines.get().pk,
        "first_month": "2026-02",
        "last_month": "2026-03",
        "due_on": "2026-02-15",
        "payment_code": "K-1",
    }
    client.force_login(built.decree.prepared_by)
    job = job_of(client.post(reverse("contributions:issue"), form))
    bill = Bill.objects.exclude(pk=built.bill.pk).get()
    assert (job.state, job.result_url) == ("done", reverse("contributions:bill", args=[bill.pk]))
    assert BillLine.objects.filter(bill=bill).count() == 2 * chain.PLACES
    assert (bill.payment_code, bill.due_on) == ("K-1", date(2026, 2, 15))


def test_a_decree_of_many_names_is_drawn_by_a_job_and_then_kept_ready(client, officer, settings, areas):
    built = chain.build()
    settings.LONG_PAPER_NAMES = 3
    client.force_login(built.decree.prepared_by)
    address = reverse("selection:paper", args=[built.decree.pk, "lengkap", "pdf"])
    assert "Susun PDF" in client.get(address).content.decode()
    assert Job.objects.count() == 0, "looking asks for nothing"
    lists = set(files.folder().glob("*"))
    job = job_of(client.post(address))
    assert (job.state, job.result_url) == ("done", address)
    (kept,) = set(files.folder().glob("*")) - lists
    assert not kept.read_bytes().startswith(b"%PDF"), "it is sealed"
    handed = client.get(address)
    assert handed["Content-Type"] == "application/pdf"
    assert handed.content.startswith(b"%PDF")
    assert Record.objects.filter(action="decree.print_full").count() == 2, "drawn once, handed out once"
    # Someone who may not see it does not get it because it is ready.
    leader = chain.user(Role.LEADER)
    client.force_login(leader)
    assert client.get(address).status_code == 403
    assert kinds.kind_of("paper") is not None
    kinds.kind_of("paper").forget(job)
    assert not kept.exists()


def test_the_arguments_of_a_job_are_ids_and_days(client, officer, settings, areas):
    programme = make.make_programme(by=officer)
    settings.LONG_ROUND_CANDIDATES = -1
    client.post(
        reverse("selection:programme", args=[programme.pk]), {"on": "2025-12-20", "first_month": "2026-01", "seed": "7"}
    )
    assert json.loads(json.dumps(Job.objects.get().arguments)) == {
        "programme": programme.pk,
        "on": "2025-12-20",
        "first_month": "2026-01-01",
        "seed": 7,
    }
