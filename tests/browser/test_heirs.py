"""A widow at her phone: four questions to what the family may receive, with and without scripts, leaving nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.sitting import PATIENCE, Office, chromium

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PAGE = "/hak-ahli-waris/"


@contextmanager
def phone(office: Office) -> Iterator[tuple[BrowserContext, Page]]:
    """A browser window in which nobody signs in."""
    context = office.browser.new_context(
        viewport={"width": office.width, "height": 844}, java_script_enabled=office.scripts, locale="id-ID"
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("console", lambda message: office.faults.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda fault: office.faults.append(f"{page.url}: {fault}"))
    office.open(page, PAGE)
    yield context, page
    context.close()


def look(office: Office, page: Page) -> None:
    """All four questions and the result stand at one address, and each is looked at."""
    office.looked.clear()
    office.look(page)


def choose(office: Office, page: Page, words: str, button: str = "Lanjut") -> None:
    page.get_by_label(words, exact=True).check()
    go(office, page, button)


def go(office: Office, page: Page, button: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()
    look(office, page)


def to_the_result(office: Office, page: Page) -> None:
    choose(office, page, "Suami atau istri")
    choose(office, page, "Bukan karena pekerjaan")
    choose(office, page, "4 sampai 35 bulan")
    choose(office, page, "2 anak atau lebih", "Lihat perkiraan")


@pytest.mark.parametrize(("width", "scripts"), [(390, True), (390, False), (320, True), (1440, True)])
def test_a_widow_finds_what_the_family_may_receive(live_server, width: int, scripts: bool) -> None:
    with chromium() as browser:
        office = Office(browser, live_server.url, width, scripts)
        with phone(office) as (context, page):
            to_the_result(office, page)
            expect(page.get_by_text("Rp42.000.000", exact=True)).to_be_visible()
            expect(page.get_by_text("Klaim gratis, tanpa perantara.")).to_be_visible()
            expect(page.get_by_role("heading", name="Siapkan 8 dokumen")).to_be_visible()
            # The steps open without a script.
            page.get_by_text("Manfaat Jaminan Kematian (JKM)").click()
            expect(page.get_by_text("PP 82/2019").first).to_be_visible()
            look(office, page)
            with page.expect_download() as kept:
                page.get_by_role("button", name="Simpan daftar ini").click()
            assert kept.value.suggested_filename == "hak-ahli-waris.txt"
            assert page.url == f"{live_server.url}{PAGE}", "an answer stands in the address"
            assert context.cookies() == []
    assert office.faults == []


def test_answers_can_be_changed_and_a_question_left_empty_is_asked_again(live_server) -> None:
    with chromium() as browser:
        office = Office(browser, live_server.url, 390, scripts=True)
        with phone(office) as (_context, page):
            to_the_result(office, page)
            go(office, page, "Ubah jawaban")
            expect(page.get_by_label("Suami atau istri")).to_be_checked()
            choose(office, page, "Tidak tahu")
            go(office, page, "Kembali")
            expect(page.get_by_label("Tidak tahu")).to_be_checked()
            go(office, page, "Lanjut")
            choose(office, page, "Tidak tahu")
            choose(office, page, "Tidak tahu")
            choose(office, page, "Tidak tahu", "Lihat perkiraan")
            expect(page.get_by_text(re.compile("Rp10.000.000 sampai Rp70.000.000"))).to_be_visible()
    assert office.faults == []


def test_a_page_in_english_keeps_the_answers_and_leaves_no_cookie(live_server) -> None:
    with chromium() as browser:
        office = Office(browser, live_server.url, 390, scripts=True)
        with phone(office) as (context, page):
            to_the_result(office, page)
            go(office, page, "English")
            expect(page.get_by_text("Rp42,000,000", exact=True)).to_be_visible()
            assert context.cookies() == []
    assert office.faults == []


def test_an_empty_question_says_so_and_takes_the_focus(live_server) -> None:
    with chromium() as browser:
        office = Office(browser, live_server.url, 320, scripts=True)
        with phone(office) as (_context, page):
            go(office, page, "Lanjut")
            expect(page.get_by_role("alert").or_(page.locator(".errsum")).first).to_be_visible()
            expect(page.get_by_role("link", name=re.compile("Pilih hubungan"))).to_be_visible()
    # The console tells of the status 422 and of nothing else.
    assert [fault for fault in office.faults if "422" not in fault] == []
