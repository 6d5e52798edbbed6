"""An officer looks for somebody by ear, reads the page, sees the whole NIK for a reason, and is seen to have looked."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from naung.accounts.actions import create_user
from naung.accounts.permissions import Role
from naung.contributions import actions as contributions
from naung.registry.models import Worker
from tests.browser.sitting import PASSWORD, Office, chromium
from tests.pages.people import HERE, add_areas
from tests.town import town

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

NIK = "1275010101809001"
OFFICER = "staf.contoh"
JANUARY, MARCH = date(2026, 1, 1), date(2026, 3, 1)
WIDTHS = [(1440, True), (1440, False), (390, True), (390, False), (320, True)]


@pytest.fixture
def sugeng(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Worker:
    """Somebody covered from January to March 2026 under a programme of a year."""
    monkeypatch.setenv("NAUNG_HOME", str(tmp_path))
    add_areas()
    made = town(people=2, first=JANUARY, months=12)
    one = made.workers[0]
    one.name, one.name_norm = "Sugeng Rahayu", "SUGENG RAHAYU"
    one.save(update_fields=["name", "name_norm"])
    bill = contributions.issue_bill(made.line, first_month=JANUARY, last_month=MARCH, due_on=MARCH, by=made.officer)
    paid = contributions.record_payment(
        bill, sp2d_number="SP2D-1", paid_on=MARCH, amount_rp=bill.total_rp, by=made.treasurer
    )
    contributions.confirm_payment(paid, by=made.branch)
    create_user(
        username=OFFICER,
        full_name="Staf Contoh",
        role=Role.PROGRAMME_OFFICER,
        area_code=HERE,
        password=PASSWORD,
        by=None,
    )
    return one


def look_for(office: Office, page: Page, words: str) -> None:
    """By the box in the top bar, or by the way to it where there is no room for one."""
    if office.width < 768:
        with page.expect_navigation():
            page.get_by_role("banner").get_by_role("link", name="Cari").click()
        office.look(page)
        page.get_by_label("Nama, NIK, program").fill(words)
        office.press(page, "Cari")
        return
    page.get_by_label("Cari nama, NIK, atau nomor SK").fill(words)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    office.look(page)


@pytest.mark.parametrize(("width", "scripts"), WIDTHS)
def test_a_misspelt_name_leads_to_the_person_and_a_look_at_the_nik_is_seen(
    live_server, sugeng: Worker, width: int, scripts: bool
) -> None:
    with chromium() as browser:
        office = Office(browser, live_server.url, width, scripts)
        with office.person(OFFICER) as page:
            look_for(office, page, "Soegeng Rahajoe")
            assert "oegeng" not in page.url
            office.press(page, "Sugeng Rahayu")
            expect(page.get_by_role("heading", level=1)).to_have_text("Sugeng Rahayu")
            expect(page.get_by_text("Iuran lunas sampai")).to_be_visible()
            expect(page.get_by_text("Program berakhir", exact=True)).to_be_visible()
            expect(page.get_by_text("Belum ada yang menampilkan NIK penuh.")).to_be_visible()
            assert NIK not in page.content()

            if scripts:
                page.get_by_role("link", name="Tampilkan NIK").click()
                expect(page.get_by_label("Untuk apa?")).to_be_focused()
                office.look(page)
                page.get_by_role("button", name="Tampilkan NIK").click()
                expect(page.get_by_text("Pilih alasan.", exact=False)).to_be_visible()
                office.look(page)
                page.get_by_label("Untuk apa?").select_option(label="Mengurus klaim")
                page.get_by_role("button", name="Tampilkan NIK").click()
                expect(page.get_by_text(NIK)).to_be_visible()
                expect(page.locator("#dilihat")).to_contain_text(OFFICER)
                office.look(page)
                page.get_by_role("link", name="Sembunyikan lagi").click()
                expect(page.get_by_text(NIK)).to_have_count(0)
            else:
                office.press(page, "Tampilkan NIK")
                page.get_by_label("Alasan").select_option(label="Mengurus klaim")
                office.press(page, "Tampilkan NIK")
                expect(page.get_by_text(NIK)).to_be_visible()
                assert NIK not in page.title() + page.url
                office.press(page, "Sembunyikan lagi")

            office.open(page, f"/pekerja/{sugeng.pk}/")
            seen = page.locator("#dilihat")
            expect(seen).to_contain_text(OFFICER)
            expect(seen).to_contain_text("NIK ditampilkan: Mengurus klaim")
            assert NIK not in page.content()
    # The console tells of the question that was left without an answer, and of nothing else.
    assert [fault for fault in office.faults if "422" not in fault] == []


@pytest.mark.parametrize(("width", "scripts"), [(1440, True), (390, False)])
def test_a_search_that_finds_nobody_says_what_to_try(live_server, sugeng: Worker, width: int, scripts: bool) -> None:
    with chromium() as browser:
        office = Office(browser, live_server.url, width, scripts)
        with office.person(OFFICER) as page:
            look_for(office, page, "Zzqx")
            expect(page.get_by_role("heading", name="Tidak ada yang cocok")).to_be_visible()
            page.get_by_label("Nama, NIK, program").fill(NIK)
            office.press(page, "Cari")
            expect(page.get_by_role("link", name="Sugeng Rahayu")).to_be_visible()
            expect(page.get_by_label("Nama, NIK, program")).to_have_value("")
            assert NIK not in page.content()
    assert office.faults == []


def test_the_number_goes_by_itself_after_a_minute(live_server, sugeng: Worker) -> None:
    with chromium() as browser:
        office = Office(browser, live_server.url, 1440, scripts=True)
        with office.person(OFFICER) as page:
            page.clock.install()
            office.open(page, f"/pekerja/{sugeng.pk}/")
            page.get_by_role("link", name="Tampilkan NIK").click()
            page.get_by_label("Untuk apa?").select_option(label="Pemeriksaan")
            page.get_by_role("button", name="Tampilkan NIK").click()
            expect(page.get_by_text(NIK)).to_be_visible()
            # The minute begins when the script has run, which is after the words are seen.
            page.wait_for_load_state("networkidle")
            page.clock.fast_forward(58_000)
            expect(page.get_by_text(NIK)).to_be_visible()
            page.clock.fast_forward(3_000)
            expect(page.get_by_text(NIK)).to_have_count(0)
            expect(page.get_by_role("link", name=re.compile("Tampilkan NIK"))).to_be_visible()
    assert office.faults == []
