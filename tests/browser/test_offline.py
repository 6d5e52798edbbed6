"""A village operator at a phone whose line is cut: corrects, comes back, sends; and leaves nothing in the phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from naung.accounts.actions import create_office, create_user
from naung.accounts.permissions import Role
from naung.registry.actions import take_in
from naung.registry.models import SourceList, SourceRow
from tests import factories as make
from tests.browser.sitting import PASSWORD, Office, chromium
from tests.pages.people import HERE, VILLAGE, add_areas
from tests.registry.lists import RULES, a_list, line, name_of, nik_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

OFFLINE = "/pekerja/tanpa-sinyal/"
PEOPLE = {
    "operator.desa": Role.VILLAGE_OPERATOR,
    "operator.dua": Role.VILLAGE_OPERATOR,
    "petugas": Role.PROGRAMME_OFFICER,
}
#: What a phone still holds of us: databases, caches, workers; asked until there is nothing, if that is hoped for.
LEFT = """async (hoped) => {
  for (let again = hoped ? 50 : 1; again; again -= 1) {
    const left = [
      ...(await indexedDB.databases()).map((one) => one.name),
      ...(await caches.keys()),
      ...(await navigator.serviceWorker.getRegistrations()).map((one) => one.scope),
    ];
    if (!left.length || again === 1) return left;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}"""


@pytest.fixture
def source_list(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """One ready row, three whose NIK lacks digits."""
    monkeypatch.setenv("NAUNG_HOME", str(tmp_path))
    cache.clear()
    add_areas()
    make.make_programme(code="BINJAI-2026")
    for username, role in PEOPLE.items():
        area = VILLAGE if role == Role.VILLAGE_OPERATOR else HERE
        office = create_office(name=f"Kantor {username}", kind="sector", area_code=area, by=None)
        operator = create_user(
            username=username, full_name=f"Contoh {username}", role=role, area_code=area, office=office,
            password=PASSWORD, by=None,
        )  # fmt: skip
        if username == "operator.desa":
            take_in(
                [("usulan.csv", a_list(1, *(line(at, nik=nik_of(at)[:-1]) for at in (2, 3, 4))))],
                programme_code="BINJAI-2026", rules=RULES, reference_date=date(2026, 11, 21), by=operator, send=False,
            )  # fmt: skip
    return SourceList.objects.get().pk


@contextmanager
def phone(address: str) -> Iterator[Office]:
    with chromium() as browser:
        yield Office(browser, address, 390, scripts=True)


def take(office: Office, page: Page, source_list: int) -> None:
    """From the list, by the invitation, into the phone."""
    office.open(page, f"/pekerja/usulan/{source_list}/periksa/")
    office.press(page, "Kerjakan tanpa sinyal")
    page.get_by_role("button", name="Simpan di ponsel ini").click()
    expect(page.get_by_role("heading", name="3 baris perlu tindakan")).to_be_visible()
    assert page.url == f"{office.address}{OFFLINE}"


def correct(page: Page, number: int, nik: str) -> None:
    card = page.locator("article", has_text=name_of(number))
    card.get_by_role("button", name=re.compile("Perbaiki|Ubah")).click()
    card.get_by_label("NIK").fill(nik)
    card.get_by_role("button", name="Simpan di ponsel").click()


def told(page: Page, words: str) -> None:
    expect(page.locator("#kabar-luring")).to_contain_text(words)


def faults_of(office: Office) -> list[str]:
    """Faults that a cut line does not explain."""
    return [
        fault for fault in office.faults if "ERR_INTERNET_DISCONNECTED" not in fault and "Clear-Site-Data" not in fault
    ]


def verdicts() -> list[str]:
    return list(SourceRow.objects.order_by("ordinal").values_list("verdict", flat=True))


def test_two_rows_are_corrected_without_a_line_and_sent_when_it_returns(live_server, source_list: int) -> None:
    with phone(live_server.url) as office, office.person("operator.desa") as page:
        take(office, page, source_list)
        office.look(page)
        page.context.set_offline(True)
        expect(page.get_by_text("Tanpa sinyal. Anda tetap dapat memperbaiki")).to_be_visible()

        correct(page, 2, nik_of(2)[:-2])
        expect(page.get_by_text("NIK harus 16 angka. Sekarang 14.").first).to_be_visible()
        office.look(page)
        correct_open = page.locator("form.perbaiki")
        correct_open.get_by_label("NIK").fill(f"{nik_of(2)[:6]} {nik_of(2)[6:]}")
        correct_open.get_by_role("button", name="Simpan di ponsel").click()
        correct(page, 3, nik_of(3))
        expect(page.get_by_text("Tanpa sinyal. 2 perubahan tersimpan di ponsel ini")).to_be_visible()

        page.reload()
        expect(page.get_by_role("heading", name="2 perubahan belum terkirim")).to_be_visible()
        expect(page.locator(".luring-simpan").filter(visible=True)).to_have_count(2)
        office.look(page)
        # The page of the list itself leads here too, where there is no line.
        page.goto(f"{office.address}/pekerja/usulan/{source_list}/periksa/")
        expect(page.get_by_role("heading", name="Kerjakan tanpa sinyal")).to_be_visible()

        page.context.set_offline(False)
        told(page, "2 perubahan terkirim dan diperiksa.")
        expect(page.get_by_role("heading", name="1 baris perlu tindakan")).to_be_visible()
        expect(page.locator("#antrean")).to_be_hidden()
    assert faults_of(office) == []
    assert verdicts() == ["accept", "accept", "accept", "reject"]


@pytest.mark.parametrize(
    ("choice", "name"), [("Pakai ketikan saya", "NAMA DARI DESA"), ("Pakai yang di kantor", "NAMA DARI KANTOR")]
)
def test_a_row_that_the_office_changed_meanwhile_is_shown_side_by_side(
    live_server, source_list: int, choice: str, name: str
) -> None:
    with phone(live_server.url) as office, office.person("operator.desa") as page:
        take(office, page, source_list)
        page.context.set_offline(True)
        card = page.locator("article", has_text=name_of(2))
        card.get_by_role("button", name=re.compile("Perbaiki")).click()
        card.get_by_text("Isian lain").click()
        card.get_by_label("Nama").fill("NAMA DARI DESA")
        card.get_by_role("button", name="Simpan di ponsel").click()

        with office.person("petugas") as theirs:
            office.open(theirs, f"/pekerja/usulan/{source_list}/periksa/?baris=1")
            theirs.locator("form.perbaiki summary").click()
            theirs.locator("form.perbaiki").get_by_label("Nama").fill("NAMA DARI KANTOR")
            theirs.get_by_role("button", name="Simpan dan periksa lagi").click()
            expect(theirs.locator("tbody.terbuka")).to_contain_text("NAMA DARI KANTOR")

        page.context.set_offline(False)
        shown = page.locator("#bentrok article")
        expect(shown.get_by_text("Contoh petugas mengubah baris ini")).to_be_visible()
        expect(shown.get_by_role("row", name="Nama")).to_contain_text("NAMA DARI KANTOR")
        expect(shown.get_by_role("row", name="Nama")).to_contain_text("NAMA DARI DESA")
        office.look(page)
        shown.get_by_role("button", name=choice).click()
        expect(page.locator("#bentrok")).to_be_hidden()
        expect(page.locator("#antrean")).to_be_hidden()
        expect(page.locator("#daftar article").first).to_contain_text(name)
        office.open(page, f"/pekerja/usulan/{source_list}/periksa/?baris=1")
        expect(page.locator("form.perbaiki").get_by_label("Nama")).to_have_value(name)
    assert [fault for fault in faults_of(office) if "409" not in fault] == []


def test_signing_out_warns_of_what_is_not_sent_and_leaves_nothing(live_server, source_list: int) -> None:
    with phone(live_server.url) as office, office.person("operator.desa") as page:
        take(office, page, source_list)
        page.context.set_offline(True)
        correct(page, 2, nik_of(2)[:-1] + "0")
        expect(page.get_by_text("1 perubahan tersimpan di ponsel ini")).to_be_visible()
        # Elsewhere in the product the line is back, but nothing was sent: the page of the queue is not open.
        page.goto("about:blank")
        page.context.set_offline(False)
        page.goto(f"{office.address}/beranda/")
        page.get_by_text("Lainnya").click()
        page.locator(".tabbar").get_by_role("button", name="Keluar").click()
        expect(page.get_by_role("heading", name="1 perubahan belum terkirim").first).to_be_visible()
        expect(page.get_by_text("Bila Anda keluar, perubahan itu dihapus")).to_be_visible()
        office.look(page)
        with page.expect_navigation(url=re.compile("/masuk/")):
            page.get_by_role("button", name="Keluar dan hapus perubahan").click()
        assert page.evaluate(LEFT, True) == []
    assert faults_of(office) == []
    assert verdicts() == ["accept", "reject", "reject", "reject"]


def test_signing_out_with_nothing_waiting_asks_nothing_and_leaves_nothing(live_server, source_list: int) -> None:
    with phone(live_server.url) as office, office.person("operator.desa") as page:
        take(office, page, source_list)
        assert page.evaluate(LEFT, False) != []
        page.goto(f"{office.address}/beranda/")
        page.get_by_text("Lainnya").click()
        with page.expect_navigation(url=re.compile("/masuk/")):
            page.locator(".tabbar").get_by_role("button", name="Keluar").click()
        assert page.evaluate(LEFT, True) == []
    assert faults_of(office) == []


def test_after_seven_days_nothing_is_left(live_server, source_list: int) -> None:
    with phone(live_server.url) as office, office.person("operator.desa") as page:
        take(office, page, source_list)
        page.context.set_offline(True)
        correct(page, 2, nik_of(2))
        expect(page.get_by_text("1 perubahan tersimpan di ponsel ini")).to_be_visible()
        page.evaluate(
            """(ago) => naungOffline.read().then(({lists}) => naungOffline.write((name) => name("lists").put({
                ...lists[0], expires_at: new Date(Date.now() - ago).toISOString(),
            })))""",
            timedelta(minutes=1).total_seconds() * 1000,
        )
        page.reload()
        expect(page.get_by_text("Belum ada baris di ponsel ini")).to_be_visible()
        expect(page.get_by_text(name_of(2))).to_have_count(0)
        assert page.evaluate(LEFT, True) == []
    assert faults_of(office) == []


def test_somebody_else_on_the_same_phone_finds_nothing(live_server, source_list: int) -> None:
    with phone(live_server.url) as office, office.person("operator.desa") as page:
        take(office, page, source_list)
        page.context.set_offline(True)
        correct(page, 2, nik_of(2))
        expect(page.get_by_text("1 perubahan tersimpan di ponsel ini")).to_be_visible()
        # The session ends by itself; somebody else signs in on this phone.
        page.goto("about:blank")
        page.context.set_offline(False)
        page.context.clear_cookies(name="naung_session")
        page.goto(f"{office.address}/masuk/")
        page.get_by_label("Nama pengguna").fill("operator.dua")
        page.get_by_label("Kata sandi").fill(PASSWORD)
        office.press(page, "Masuk")
        assert page.evaluate(LEFT, True) == []
        office.open(page, OFFLINE)
        expect(page.get_by_text("Belum ada baris di ponsel ini")).to_be_visible()
    assert faults_of(office) == []
    assert verdicts() == ["accept", "reject", "reject", "reject"]


def test_when_the_session_has_ended_what_was_typed_waits_for_the_same_person(live_server, source_list: int) -> None:
    with phone(live_server.url) as office, office.person("operator.desa") as page:
        take(office, page, source_list)
        page.context.set_offline(True)
        correct(page, 2, nik_of(2))
        page.context.clear_cookies(name="naung_session")
        page.context.set_offline(False)
        told(page, "Sesi Anda berakhir.")
        expect(page.get_by_role("heading", name="1 perubahan belum terkirim")).to_be_visible()
        office.press(page, "Masuk")
        page.get_by_label("Nama pengguna").fill("operator.desa")
        page.get_by_label("Kata sandi").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Masuk").click()
        told(page, "1 perubahan terkirim dan diperiksa.")
    assert faults_of(office) == []
    assert verdicts() == ["accept", "accept", "reject", "reject"]


def test_without_scripts_the_page_leads_to_the_spreadsheet(live_server, source_list: int) -> None:
    with chromium() as browser:
        office = Office(browser, live_server.url, 390, scripts=False)
        with office.person("operator.desa") as page:
            office.open(page, f"/pekerja/usulan/{source_list}/periksa/")
            office.press(page, "Kerjakan tanpa sinyal")
            expect(page.get_by_text("Peramban ini tidak dapat bekerja tanpa sinyal.")).to_be_visible()
            with page.expect_download() as kept:
                page.get_by_role("link", name="Unduh baris bermasalah").click()
            assert kept.value.suggested_filename.endswith(".xlsx")
    assert office.faults == []
