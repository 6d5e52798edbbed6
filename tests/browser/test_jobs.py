"""Somebody who asks for long work, leaves, finds it again and is brought to its result, with and without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from naung.accounts.actions import create_office, create_user
from naung.accounts.permissions import Role
from naung.jobs.worker import Worker
from tests import factories as make
from tests.browser.sitting import PASSWORD, Office, chromium
from tests.pages import chain
from tests.pages.people import HERE, add_areas

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

WAYS = pytest.mark.parametrize(("width", "scripts"), [(1440, True), (390, True), (390, False), (320, True)])


@pytest.fixture(autouse=True)
def _an_officer(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings) -> Iterator[None]:
    monkeypatch.setenv("NAUNG_HOME", str(tmp_path / "home"))
    settings.LONG_UPLOAD_BYTES = 0
    add_areas()
    office = create_office(name="Disnaker Contoh", kind="owner", area_code=HERE, by=None)
    create_user(
        username="petugas", full_name="Contoh Petugas", role=Role.PROGRAMME_OFFICER, area_code=HERE, office=office,
        password=PASSWORD, by=None,
    )  # fmt: skip
    make.make_programme(code="rentan-2026")
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


@pytest.fixture
def worker() -> Iterator[Worker]:
    one = Worker()
    yield one
    one.stop()


def upload(office: Office, page: Page, file: Path) -> None:
    office.open(page, "/pekerja/unggah/")
    page.get_by_label("Berkas daftar").set_input_files(file)
    office.press(page, "Unggah dan periksa")
    expect(page.get_by_role("heading", name="Menunggu giliran")).to_be_visible()


@WAYS
def test_a_big_list_may_be_left_and_found_again_and_leads_to_what_was_found(
    live_server, tmp_path: Path, worker: Worker, width: int, scripts: bool
) -> None:
    file = tmp_path / "daftar.csv"
    file.write_bytes(chain.village_list(chain.NIKS[:3]))
    with chromium() as browser:
        office = Office(browser, live_server.url, width, scripts)
        with office.person("petugas") as page:
            upload(office, page, file)
            office.open(page, "/program/")
            page.get_by_role("link", name="1 pekerjaan berjalan").click()
            expect(page.get_by_role("heading", name="Pekerjaan saya")).to_be_visible()
            office.look(page)
            office.press(page, "Memeriksa daftar yang diunggah")
            # It looks again by itself; nobody presses anything.
            worker.start()
            page.wait_for_url(re.compile("/periksa/$"), timeout=30_000)
            expect(page.get_by_text("daftar.csv").filter(visible=True).first).to_be_visible()
            office.open(page, "/pekerjaan-saya/")
            expect(page.get_by_role("link", name="Buka daftar")).to_be_visible()
            office.press(page, "Memeriksa daftar yang diunggah")
            expect(page.get_by_role("heading", name="Daftar sudah diperiksa")).to_be_visible()
    assert office.faults == []


@pytest.mark.parametrize(("width", "scripts"), [(1440, True), (390, False)])
def test_a_list_that_cannot_be_read_says_what_to_do(
    live_server, tmp_path: Path, worker: Worker, width: int, scripts: bool
) -> None:
    file = tmp_path / "foto.csv"
    file.write_bytes(b"ini;bukan\ndaftar;apa pun\n")
    with chromium() as browser:
        office = Office(browser, live_server.url, width, scripts)
        with office.person("petugas") as page:
            upload(office, page, file)
            worker.start()
            expect(page.get_by_role("heading", name="Pekerjaan ini tidak selesai")).to_be_visible(timeout=30_000)
            office.look(page)
            if scripts:
                expect(page.get_by_role("heading", name="Pekerjaan ini tidak selesai")).to_be_focused()
                expect(page.get_by_role("status")).to_contain_text("Pekerjaan tidak selesai")
                expect(page.get_by_role("link", name="1 pekerjaan berjalan")).to_have_count(0)
            expect(page.get_by_text("unggah lagi").first).to_be_visible()
            office.press(page, "Unggah lagi")
            expect(page.get_by_label("Berkas daftar")).to_be_visible()
    assert office.faults == []
