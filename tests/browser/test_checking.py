"""A village's list from its upload to an officer's verification, in a real browser: with scripts and without."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from naung.accounts.actions import create_office, create_user
from naung.accounts.permissions import Role
from naung.registry.invariants import problems
from naung.registry.models import SourceList, SourceRow
from tests import factories as make
from tests.browser.sitting import PASSWORD, Office, chromium
from tests.pages.people import HERE, VILLAGE, add_areas

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

TITLES = "NIK;Nama;Tanggal Lahir;L/P;Pekerjaan"


@pytest.fixture
def dirty(tmp_path: Path) -> Path:
    """Three ready, three short of digits, two people under one NIK, one too old."""
    names = ("Adi", "Budi", "Citra", "Dewi", "Eko", "Fitri")
    rows = [f"{make.nik_of(at)};{names[at]} Contoh;01-01-1980;L;Petani" for at in range(3)]
    rows += [f"12750101{at};{names[at]} Contoh;01-01-1980;L;Petani" for at in range(3, 6)]
    rows += [f"{make.nik_of(20)};{name};01-01-1980;L;Petani" for name in ("Gunawan Lubis", "Hasan Basri Siregar")]
    rows.append(f"{make.nik_of(30, born=date(1940, 1, 1))};Indah Contoh;01-01-1940;L;Petani")
    path = tmp_path / "kotor.csv"
    path.write_text("\n".join([TITLES, *rows]))
    return path


@pytest.fixture
def cast(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_options: date(2026, 10, 20))
    cache.clear()  # wrong tries of other tests
    add_areas()
    for role, area in ((Role.VILLAGE_OPERATOR, VILLAGE), (Role.PROGRAMME_OFFICER, HERE)):
        office = create_office(name=f"Kantor {role.label}", kind="sector", area_code=area, by=None)
        create_user(
            username=role.value, full_name=f"Contoh {role.label}", role=role.value, area_code=area, office=office,
            password=PASSWORD, by=None,
        )  # fmt: skip
    make.make_programme(places=5, first_month="2026-11", last_month="2026-12", code="rentan-2026")


def reads(page: Page, words: str) -> None:
    expect(page.get_by_text(words).filter(visible=True).first).to_be_visible()


def act(office: Office, page: Page, words: str, *, shows: str) -> None:
    """Press what opens, saves or decides: a swap with scripts, a page without."""
    main = page.get_by_role("main")
    main.get_by_role("button", name=words).or_(main.get_by_role("link", name=words)).first.click()
    reads(page, shows)
    sideways = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if sideways > 0:
        office.faults.append(f"{words}: scrolls {sideways} px sideways")
    if office.scripts:
        for fault in Axe().run(page).response["violations"]:
            office.faults.append(f"{words}: {fault['id']}: {fault['nodes'][0]['html'][:160]}")


def fix(office: Office, page: Page, row: int, nik: str, *, shows: str) -> None:
    act(office, page, f"Perbaiki baris {row}", shows="Simpan dan periksa lagi")
    page.get_by_role("main").get_by_label("NIK").filter(visible=True).first.fill(nik)
    act(office, page, "Simpan dan periksa lagi", shows=shows)


def village(office: Office, page: Page, file: Path) -> None:
    """Upload, mend two of three, decide who is who, send what is ready."""
    office.open(page, "/pekerja/unggah/")
    page.get_by_label("Berkas daftar").set_input_files(file)
    office.press(page, "Unggah dan periksa")
    reads(page, "3 baris perlu diperbaiki")
    fix(office, page, 5, make.nik_of(3), shows="2 baris perlu diperbaiki")
    if office.scripts:
        expect(page.get_by_role("link", name="Perbaiki baris 6")).to_be_focused()
        expect(page.locator("#kabar")).to_have_text("Baris 5 sudah benar dan siap dikirim.")
    fix(office, page, 6, "1275", shows="Sekarang 4.")
    page.get_by_role("main").get_by_label("NIK").filter(visible=True).first.fill(make.nik_of(4))
    act(office, page, "Simpan dan periksa lagi", shows="1 baris perlu diperbaiki")
    page.get_by_role("link", name="Perlu diputuskan").click()
    act(office, page, "Bandingkan baris 8", shows="Orang yang sama?")
    page.get_by_label("Orang yang sama. Simpan baris 8").check()
    page.get_by_label("Alasan").fill("KTP keduanya sudah dilihat")
    act(office, page, "Simpan dan lanjut", shows="Kirim 6 baris siap")
    office.press(page, "Kirim 6 baris siap")
    office.press(page, "Kirim 6 baris siap")
    reads(page, "6 baris terkirim. Pengelola program memeriksa paling lambat")
    reads(page, "1 baris perlu diperbaiki")


def officer(office: Office, page: Page) -> None:
    office.open(page, "/pekerja/usulan/?keadaan=menunggu")
    office.press(page, "Verifikasi kotor.csv")
    reads(page, "Pemeriksaan sebagian")
    office.press(page, "Terima 6 baris")
    reads(page, "6 baris terverifikasi dan ikut seleksi berikutnya.")
    office.press(page, "Lihat baris")
    page.get_by_label("Pilih baris 2").check()
    office.press(page, "Kembalikan untuk diperbaiki")
    page.get_by_label("Alasan").fill("NIK tetangganya")
    office.press(page, "Kembalikan 1 baris")
    reads(page, "1 baris dikembalikan ke desa.")


@pytest.mark.parametrize(("width", "scripts"), [(1440, True), (390, True), (1440, False), (390, False), (320, True)])
def test_a_dirty_list_is_mended_decided_sent_in_part_and_verified(
    live_server, cast, dirty: Path, width: int, scripts: bool
) -> None:
    with chromium() as browser:
        office = Office(browser, live_server.url, width, scripts)
        with office.person(Role.VILLAGE_OPERATOR) as page:
            village(office, page, dirty)
        with office.person(Role.PROGRAMME_OFFICER) as page:
            officer(office, page)
    assert office.faults == []
    made = SourceList.objects.get()
    assert (made.received, made.accepted, made.rejected, made.review, made.duplicate) == (9, 5, 3, 0, 1)
    assert SourceRow.objects.filter(verdict="accept", held=False).count() == 5
    assert problems() == []
