"""The chain as people click it, from a village's list to a worker who is *Aktif*, in a real browser."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from naung.accounts.actions import create_office, create_user
from naung.accounts.permissions import Role
from naung.contributions.invariants import problems
from naung.contributions.models import BillLine
from naung.registry.models import SourceList
from tests import factories as make
from tests.browser.sitting import PASSWORD, Office, chromium
from tests.pages.people import HERE, VILLAGE, add_areas

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

GIVEN = ("Adi", "Budi", "Citra", "Dewi", "Eko")
PLACES = 4
MONTHS = 2


class Clock:
    """The day it is for every page."""

    def __init__(self, today: date) -> None:
        self.today = today

    def __call__(self, *_args: object, **_options: object) -> date:
        return self.today


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock(date(2026, 10, 20))
    monkeypatch.setattr(timezone, "localdate", made)
    return made


@pytest.fixture
def village_list(tmp_path: Path) -> Path:
    """Five who are right, one whose NIK lacks digits, one who stands there twice."""
    rows = [f"{make.nik_of(at)};{given} Contoh;01-01-1980;L;Petani" for at, given in enumerate(GIVEN)]
    rows += ["127501;Fitri Contoh;01-01-1980;P;Petani", rows[0]]
    path = tmp_path / "usulan.csv"
    path.write_text("\n".join(["NIK;Nama;Tanggal Lahir;L/P;Pekerjaan", *rows]))
    return path


@pytest.fixture
def cast(transactional_db: None) -> None:
    """The people with their passwords, and a programme that is open."""
    cache.clear()  # wrong tries of other tests
    add_areas()
    where = {Role.VILLAGE_OPERATOR: VILLAGE}
    for role in (Role.VILLAGE_OPERATOR, Role.PROGRAMME_OFFICER, Role.LEADER, Role.FINANCE_OFFICER, Role.BRANCH_OFFICER):
        area = where.get(role, HERE)
        office = create_office(name=f"Kantor {role.label}", kind="sector", area_code=area, by=None)
        create_user(
            username=role.value, full_name=f"Contoh {role.label}", role=role.value, area_code=area, office=office,
            password=PASSWORD, by=None,
        )  # fmt: skip
    make.make_programme(places=PLACES, first_month="2026-11", last_month="2026-12", code="rentan-2026")


def reads(page: Page, words: str, *, exact: bool = False) -> None:
    """The words stand on the page where they can be seen: a phone hides the breadcrumbs."""
    expect(page.get_by_text(words, exact=exact).filter(visible=True).first).to_be_visible()


def upload_and_send(office: Office, page: Page, file: Path) -> None:
    office.open(page, "/pekerja/unggah/")
    page.get_by_label("Berkas daftar").set_input_files(file)
    office.press(page, "Unggah dan periksa")
    reads(page, "Perlu diperbaiki")
    for _asked_then_sent in range(2):
        office.press(page, f"Kirim {len(GIVEN)} baris siap")
    reads(page, f"{len(GIVEN)} baris terkirim")


def select_and_submit(office: Office, page: Page) -> None:
    office.open(page, "/pekerja/usulan/")
    office.press(page, "usulan.csv")
    office.open(page, "/program/")
    office.press(page, "Pekerja rentan 2026")
    office.press(page, "Seleksi")
    office.press(page, "Jalankan seleksi")
    reads(page, "Cadangan", exact=True)
    office.press(page, "Ajukan untuk SK")
    page.get_by_label("Saya sudah memeriksa").check()
    office.press(page, f"Ajukan {PLACES} nama")
    reads(page, "Seleksi diajukan dan terkunci")


def approve(office: Office, page: Page) -> None:
    office.open(page, "/program/")
    office.press(page, "Pekerja rentan 2026")
    office.press(page, "Seleksi")
    office.press(page, "Lihat yang diajukan")
    office.press(page, "Tinjau dan setujui")
    page.get_by_label("Nomor SK", exact=True).fill("188.45/1/2026")
    page.get_by_label("Tanggal SK").fill("2026-10-22")
    page.get_by_label("Nama penanda tangan").fill("Contoh Pimpinan")
    page.get_by_label("Jabatan penanda tangan").fill("Wali Kota")
    page.get_by_label("Saya menyetujui").check()
    office.press(page, f"Setujui SK untuk {PLACES} orang")
    reads(page, "188.45/1/2026")


def bill(office: Office, page: Page) -> str:
    office.open(page, "/iuran/terbitkan/")
    page.get_by_label("Program dan sumber dana").select_option(index=1)
    page.get_by_label("Bulan pertama").fill("2026-11")
    page.get_by_label("Bulan terakhir").fill("2026-12")
    page.get_by_label("Jatuh tempo").fill("2026-11-15")
    office.press(page, "Terbitkan tagihan")
    reads(page, "Rp134.400")
    return page.url.removeprefix(office.address)


def pay(office: Office, page: Page, path: str) -> None:
    office.open(page, path)
    page.get_by_label("Nomor SP2D").fill("SP2D-1")
    page.get_by_label("Tanggal bayar").fill("2026-11-03")
    office.press(page, "Periksa sebelum mencatat")
    page.get_by_label("Saya sudah mencocokkan").check()
    office.press(page, "Catat pembayaran Rp134.400")
    reads(page, "Menunggu konfirmasi")


def confirm(office: Office, page: Page, path: str) -> None:
    office.open(page, path)
    office.press(page, "Periksa pembayaran SP2D-1")
    page.get_by_label("Jumlah yang masuk menurut bank").fill("134.400")
    office.press(page, "Konfirmasi pembayaran")
    reads(page, "Lunas")


def read_states(office: Office, page: Page) -> list[str]:
    """The badge beside the name of each of the five, as their village's operator reads it."""
    states = []
    for given in GIVEN:
        office.open(page, "/pekerja/")
        office.press(page, f"{given} Contoh")
        states.append(page.locator(".phead-title > :not(h1)").inner_text().strip())
    return states


@pytest.mark.parametrize(("width", "scripts"), [(1440, True), (1440, False), (390, True)])
def test_a_list_becomes_active_months_by_the_hands_of_five_people(
    live_server, cast, clock: Clock, village_list: Path, width: int, scripts: bool
) -> None:
    with chromium() as browser:
        office = Office(browser, live_server.url, width, scripts)
        with office.person(Role.VILLAGE_OPERATOR) as page:
            upload_and_send(office, page, village_list)
        with office.person(Role.PROGRAMME_OFFICER) as page:
            select_and_submit(office, page)
        with office.person(Role.LEADER) as page:
            approve(office, page)
        clock.today = date(2026, 11, 5)
        with office.person(Role.PROGRAMME_OFFICER) as page:
            path = bill(office, page)
        with office.person(Role.VILLAGE_OPERATOR) as page:
            unpaid = read_states(office, page)
        with office.person(Role.FINANCE_OFFICER) as page:
            pay(office, page, path)
        with office.person(Role.BRANCH_OFFICER) as page:
            confirm(office, page, path)
        with office.person(Role.VILLAGE_OPERATOR) as page:
            paid = read_states(office, page)
    assert office.faults == []
    assert "Aktif" not in unpaid, "a month that nobody paid was called active"
    assert paid.count("Aktif") == PLACES
    assert SourceList.objects.get().received == len(GIVEN) + 2
    assert BillLine.objects.filter(payment__isnull=False).count() == PLACES * MONTHS
    assert problems() == []
