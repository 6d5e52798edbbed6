"""Somebody at a phone with a card in hand, with and without scripts: asks, reads, and leaves nothing behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from naung.accounts.actions import create_user
from naung.accounts.permissions import Role
from naung.cards import messaging, ticket
from naung.cards.actions import issue_cards
from naung.cards.models import Card
from naung.contributions import actions as contributions
from naung.registry.models import Worker
from naung.registry.vault import Identity, vault
from tests.browser.sitting import PASSWORD, PATIENCE, Office, chromium
from tests.pages.people import HERE, add_areas
from tests.town import town

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PHONE, TODAY = "+6281299990001", date(2026, 3, 16)
JANUARY, MARCH = date(2026, 1, 1), date(2026, 3, 1)


@pytest.fixture
def codes(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Codes of two people who are paid until March."""
    monkeypatch.setenv("NAUNG_HOME", str(tmp_path))
    monkeypatch.setenv("NAUNG_SMS", "file")
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_options: TODAY)

    class AtOnce:
        def submit(self, act, *facts):
            act(*facts)

    monkeypatch.setattr(messaging, "_senders", AtOnce())
    add_areas()
    made = town(people=2, first=JANUARY, months=12)
    bill = contributions.issue_bill(
        made.line, first_month=JANUARY, last_month=MARCH, due_on=TODAY, payment_code="K", by=made.officer
    )
    paid = contributions.record_payment(
        bill, sp2d_number="SP2D-1", paid_on=TODAY, amount_rp=bill.total_rp, by=made.treasurer
    )
    contributions.confirm_payment(paid, by=made.branch)
    return [one.code for one in issue_cards(made.programme, on=TODAY, by=made.officer)]


@pytest.fixture
def nik(codes: list[str]) -> str:
    """The NIK of somebody whose phone is on file."""
    worker, keys = Worker.objects.order_by("pk")[0], vault()
    number = Identity.unpacked(keys.open("worker", worker.pk, worker.sealed)).nik
    sealed = keys.seal("worker", worker.pk, Identity(number, "", PHONE).packed())
    Worker.objects.filter(pk=worker.pk).update(sealed=sealed)
    return number


@contextmanager
def visitor(office: Office) -> Iterator[Page]:
    context = office.browser.new_context(
        viewport={"width": office.width, "height": 844}, java_script_enabled=office.scripts, locale="id-ID"
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("console", lambda message: office.faults.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda fault: office.faults.append(f"{page.url}: {fault}"))
    office.open(page, "/cek/")
    yield page
    context.close()


def ask(office: Office, page: Page, code: str) -> None:
    page.get_by_label("Kode kartu").fill(code)
    office.press(page, "Cek sekarang")


@pytest.mark.parametrize(("width", "scripts"), [(390, True), (390, False), (320, True), (1440, True)])
def test_a_card_is_read_kept_and_cleared(live_server, codes: list[str], width: int, scripts: bool) -> None:
    with chromium() as browser:
        office = Office(browser, live_server.url, width, scripts)
        with visitor(office) as page:
            page.get_by_text("Tanya kantor kelurahan").click()
            expect(page.get_by_text("Datang ke kantor desa atau kelurahan")).to_be_visible()
            office.look(page)
            ask(office, page, f"{codes[0][:4].lower()} {codes[0][4:]}")
            expect(page.get_by_role("heading", name="Terlindungi")).to_be_visible()
            expect(page.get_by_text("Iuran Maret 2026 lunas.")).to_be_visible()
            expect(page.get_by_text(f"••••-{codes[0][4:]}")).to_be_visible()
            with page.expect_download() as kept:
                page.get_by_role("link", name="Simpan bukti").click()
            assert kept.value.suggested_filename == "bukti-perlindungan.txt"
            assert codes[0] not in page.url
            office.press(page, "Selesai, hapus dari layar")
            expect(page.get_by_role("heading", name="Sudah dihapus dari layar")).to_be_visible()
            page.go_back()
            expect(page.get_by_role("heading", name="Sudah dihapus dari layar")).to_be_visible()
    # The console tells that the page was cleared, and of nothing else.
    assert [fault for fault in office.faults if "Clear-Site-Data" not in fault] == []


@pytest.mark.parametrize(("width", "scripts"), [(390, True), (390, False), (320, True), (1440, True)])
def test_two_minutes_before_it_goes_the_result_asks_and_perpanjang_keeps_it(
    live_server, codes: list[str], monkeypatch: pytest.MonkeyPatch, width: int, scripts: bool
) -> None:
    lasts = ticket.LASTS["hasil"]
    monkeypatch.setitem(ticket.LASTS, "hasil", ticket.WARNING)
    with chromium() as browser:
        office = Office(browser, live_server.url, width, scripts)
        with visitor(office) as page:
            ask(office, page, codes[0])
            dialog = page.get_by_role("dialog", name="Halaman ini segera menutup")
            asked = dialog if scripts else page.get_by_role("alert")
            expect(asked).to_contain_text("Halaman ini menutup sendiri dalam 2 menit.")
            longer = asked.get_by_role("button", name="Perpanjang")
            if scripts:
                expect(longer).to_be_focused()
                assert dialog.evaluate("shown => shown.matches(':modal')")
                expect(dialog.get_by_role("button", name="Selesai, hapus dari layar")).to_be_visible()
            monkeypatch.setitem(ticket.LASTS, "hasil", lasts)
            with page.expect_navigation():
                longer.click()
            office.look(page)
            expect(page.get_by_role("heading", name="Terlindungi")).to_be_visible()
            expect(page.get_by_text("Halaman ini menutup sendiri setelah 5 menit.")).to_be_visible()
            expect(asked).to_have_count(0)
    assert office.faults == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_code_that_fits_nobody_is_told_so_and_the_sixth_try_waits(
    live_server, codes: list[str], scripts: bool
) -> None:
    with chromium() as browser:
        office = Office(browser, live_server.url, 390, scripts)
        with visitor(office) as page:
            for _ in range(5):
                ask(office, page, "2222-2222")
                expect(page.get_by_text("Silakan hubungi kantor.")).to_be_visible()
                expect(page.get_by_label("Kode kartu")).to_have_value("")
            assert page.title().startswith("Galat:")
            ask(office, page, codes[0])
            expect(page.get_by_text(re.compile(r"Tunggu 1\d menit"))).to_be_visible()
    # The console tells of the statuses and of nothing else.
    assert [fault for fault in office.faults if "422" not in fault and "429" not in fault] == []


def test_the_qr_fills_the_field_and_leaves_no_code_in_the_address(live_server, codes: list[str]) -> None:
    asked: list[str] = []
    with chromium() as browser:
        office = Office(browser, live_server.url, 390, scripts=True)
        with visitor(office) as page:
            page.on("request", lambda request: asked.append(f"{request.url} {request.headers.get('referer', '')}"))
            page.goto(f"{live_server.url}/bantuan/")
            page.goto(f"{live_server.url}/cek/#{codes[1]}")
            expect(page.get_by_label("Kode kartu")).to_have_value(f"{codes[1][:4]}-{codes[1][4:]}")
            assert page.url == f"{live_server.url}/cek/"
            office.press(page, "Cek sekarang")
            expect(page.get_by_role("heading", name="Terlindungi")).to_be_visible()
    assert not [one for one in asked if codes[1] in one]
    assert office.faults == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_nik_and_the_code_of_the_message_open_the_page(live_server, nik: str, tmp_path: Path, scripts: bool) -> None:
    with chromium() as browser:
        office = Office(browser, live_server.url, 390, scripts)
        with visitor(office) as page:
            page.get_by_role("link", name="Pakai NIK dan kode SMS").click()
            office.look(page)
            page.get_by_label("NIK").fill(nik)
            office.press(page, "Kirim kode")
            expect(page.get_by_text("Jika NIK terdaftar, kode dikirim ke nomor yang tersimpan.")).to_be_visible()
            sent = re.search(r"\b\d{6}\b", (tmp_path / "messages" / "outbox.txt").read_text(encoding="utf-8"))
            assert sent
            page.get_by_label("Kode dari SMS").fill(sent[0])
            office.press(page, "Cek sekarang")
            expect(page.get_by_role("heading", name="Terlindungi")).to_be_visible()
            assert nik not in page.content()
    assert office.faults == []


def test_the_language_is_switched_on_a_page_that_names_no_address(live_server, codes: list[str]) -> None:
    with chromium() as browser:
        office = Office(browser, live_server.url, 390, scripts=True)
        with visitor(office) as page:
            ask(office, page, codes[0])
            with page.expect_navigation():
                page.get_by_role("link", name="English").click()
            expect(page.get_by_role("heading", name="Covered", exact=True)).to_be_visible()
            office.look(page)
            expect(page.get_by_text("The contribution of March 2026 is paid.")).to_be_visible()
    assert office.faults == []


@pytest.mark.parametrize(("width", "scripts"), [(390, True), (1440, True), (390, False)])
def test_an_officer_gives_a_new_code_to_somebody_who_lost_the_card(
    live_server, codes: list[str], width: int, scripts: bool
) -> None:
    create_user(
        username="petugas.kartu", full_name="Contoh Petugas", role=Role.PROGRAMME_OFFICER, area_code=HERE,
        password=PASSWORD, by=None,
    )  # fmt: skip
    card = Card.objects.order_by("pk").first()
    assert card
    programme = Worker.objects.get(pk=card.worker_id).enrolments.get().programme_id
    with chromium() as browser:
        office = Office(browser, live_server.url, width, scripts)
        with office.person("petugas.kartu") as page:
            office.open(page, f"/program/{programme}/kartu/")
            expect(page.get_by_text("Daftar hanya muncul sekali.")).to_be_visible()
            office.open(page, f"/pekerja/{card.worker_id}/")
            office.press(page, "Kartu baru")
            page.get_by_label("Alasan").select_option("lost")
            office.press(page, "Buat kode kartu baru")
            code = page.locator(".kode-besar").inner_text()
            office.open(page, f"/pekerja/{card.worker_id}/kartu/")
            expect(page.get_by_text("Kartu hilang").first).to_be_attached()
        with visitor(office) as page:
            ask(office, page, code)
            expect(page.get_by_role("heading", name="Terlindungi")).to_be_visible()
    assert office.faults == []
