"""An admin gives the region its crest and patterns; finance signs in with two keys; a session warns before it ends."""

from __future__ import annotations

import time
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Page, expect

from naung.accounts.actions import create_office, create_user
from naung.accounts.models import Crest, RegionSettings
from naung.accounts.permissions import Role
from naung.accounts.second_factor import factor_of
from naung.areas.models import Area
from tests.browser.sitting import PASSWORD, Office, chromium
from tests.documents.test_pictures import png
from tests.pages.people import HERE, add_areas

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

WAYS = pytest.mark.parametrize(("width", "scripts"), [(1440, True), (390, True), (1440, False), (390, False)])
ADMIN, FINANCE = Role.ADMIN.value, Role.FINANCE_OFFICER.value


@pytest.fixture
def cast(transactional_db: None) -> None:
    add_areas()
    assert Area.objects.filter(pk=HERE).exists()
    office = create_office(name="Badan Keuangan Contoh", kind="finance", area_code=HERE, by=None)
    for role in (Role.ADMIN, Role.FINANCE_OFFICER):
        create_user(
            username=role.value, full_name=f"Contoh {role.label}", role=role.value, area_code=HERE, office=office,
            password=PASSWORD, by=None,
        )  # fmt: skip


@pytest.fixture
def crest(tmp_path: Path) -> Path:
    path = tmp_path / "lambang.png"
    path.write_bytes(png(64, 64))
    return path


@WAYS
def test_an_admin_sets_the_crest_and_the_pattern(live_server, cast, crest, tmp_path, width, scripts):
    drawing = tmp_path / "lambang.svg"
    drawing.write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    with chromium() as browser:
        office = Office(browser, live_server.url, width, scripts)
        with office.person(ADMIN) as page:
            office.open(page, "/pengaturan/")
            office.press(page, "Ubah nama, lambang, dan pola nomor")
            page.get_by_label("Nama daerah di layar").fill("Pemerintah Kota Contoh")
            page.get_by_label("Pola nomor SK").fill("188/{nomor}/K/{romawi_bulan}/{tahun}")
            page.get_by_label("Pola nomor tagihan").fill("TAG/{nomor3}/{kode}/{tahun}")
            office.press(page, "Simpan pengaturan")
            page.get_by_label("Berkas lambang").set_input_files(drawing)
            office.press(page, "Pasang lambang")
            expect(page.get_by_role("alert")).to_contain_text("SVG tidak diterima")
            page.get_by_label("Berkas lambang").set_input_files(crest)
            office.press(page, "Pasang lambang")
            expect(page.get_by_role("img", name="Lambang Kota Binjai")).to_be_visible()
            drawn = "document.querySelector('.side .lambang, .lambang-kini img').naturalWidth"
            assert page.evaluate(drawn) == 64
            office.open(page, "/pengaturan/keamanan/")
            page.get_by_label("Petugas keuangan (BPKAD)").check()
            office.press(page, "Simpan aturan masuk")
        faults = [fault for fault in office.faults if "422" not in fault]
    assert faults == []
    assert Crest.objects.get(pk=HERE).width == 64
    kept = RegionSettings.objects.get(pk=HERE)
    assert (kept.bill_pattern, kept.second_factor_roles) == ("TAG/{nomor3}/{kode}/{tahun}", [FINANCE])


@WAYS
def test_finance_turns_on_a_second_factor_and_signs_in_with_it(live_server, cast, width, scripts):
    with chromium() as browser:
        office = Office(browser, live_server.url, width, scripts)
        with office.person(FINANCE) as page:
            office.open(page, "/akun/")
            office.press(page, "Nyalakan kode kedua")
            office.press(page, "Mulai pasang")
            page.get_by_text("Tidak dapat memindai? Ketik kuncinya").click()
            phone = pyotp.TOTP(page.locator(".kunci-rahasia").inner_text())
            page.get_by_label("Kode 6 angka").fill(phone.now())
            office.press(page, "Nyalakan kode kedua")
            paper = page.locator(".kode-pemulihan li").all_inner_texts()
            assert len(paper) == 10
            office.press(page, "Sudah saya simpan")
            expect(page.get_by_text("Sisa 10 kode pemulihan.")).to_be_visible()
        with office.person(FINANCE) as page:
            expect(page.get_by_role("heading", level=1)).to_have_text("Kode dari ponsel Anda")
            # The code of now was used up a moment ago; the next one is taken half a minute early.
            page.get_by_label("Kode 6 angka").fill(phone.at(int(time.time()) + 30))
            office.press(page, "Masuk")
            expect(page.get_by_role("heading", level=1)).not_to_have_text("Kode dari ponsel Anda")
            office.open(page, "/akun/")
            expect(page.get_by_text("Dengan kode kedua").first).to_be_visible()
        with office.person(FINANCE) as page:
            page.get_by_text("Ponsel tidak ada? Pakai kode pemulihan").click()
            page.get_by_label("Kode pemulihan").fill(paper[0].lower())
            office.press(page, "Masuk dengan kode pemulihan")
            expect(page.get_by_text("Sisa 9 kode")).to_be_visible()
        assert office.faults == []
    assert factor_of(_finance()) is not None


def _finance():
    from naung.accounts.models import User

    return User.objects.get(username=FINANCE)


@pytest.mark.parametrize("width", [1440, 390])
def test_a_session_warns_and_what_was_typed_outlives_its_end(live_server, cast, settings, width):
    settings.SESSION_COOKIE_AGE = 130  # the warning comes two minutes before: after ten seconds
    with chromium() as browser:
        office = Office(browser, live_server.url, width, True)
        with office.person(ADMIN) as page:
            page.goto(f"{live_server.url}/pengaturan/daerah/")
            name = page.get_by_label("Nama daerah di layar")
            name.fill("Belum disimpan")
            warning = page.get_by_role("dialog", name="Sesi hampir berakhir")
            expect(warning).to_be_visible(timeout=30_000)
            office.look(page)
            assert office.faults == []
            expect(warning.get_by_role("button", name="Lanjutkan")).to_be_focused()
            warning.get_by_role("button", name="Lanjutkan").click()
            expect(warning).to_be_hidden()
            expect(name).to_have_value("Belum disimpan")

            expect(warning).to_be_visible(timeout=30_000)
            page.context.clear_cookies()  # as if it had ended meanwhile
            warning.get_by_role("button", name="Lanjutkan").click()
            over = page.get_by_role("dialog", name="Sesi berakhir")
            expect(over).to_be_visible()
            page.keyboard.press("Escape")
            expect(over).to_be_visible()
            over.get_by_role("button", name="Sudah masuk, lanjutkan").click()
            expect(over.get_by_text("Belum masuk. Masuk dulu di tab baru.")).to_be_visible()
            _sign_in_again(page)
            over.get_by_role("button", name="Sudah masuk, lanjutkan").click()
            expect(over).to_be_hidden()
            expect(name).to_have_value("Belum disimpan")
            office.press(page, "Simpan pengaturan")
    assert RegionSettings.objects.get(pk=HERE).display_name == "Belum disimpan"


def _sign_in_again(page: Page) -> None:
    """In the tab that the dialog opens."""
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Masuk lagi di tab baru").click()
    other = opened.value
    expect(other.get_by_text("Sesi Anda berakhir karena tidak ada kegiatan.")).to_be_visible()
    other.get_by_label("Nama pengguna").fill(ADMIN)
    other.get_by_label("Kata sandi").fill(PASSWORD)
    with other.expect_navigation():
        other.get_by_role("main").get_by_role("button", name="Masuk", exact=True).click()
    other.close()


def test_without_scripts_the_end_is_written_on_the_page_and_said_after_it(live_server, cast):
    with chromium() as browser:
        office = Office(browser, live_server.url, 390, False)
        with office.person(ADMIN) as page:
            office.open(page, "/akun/")
            # Chromium parses <noscript> as text when the test turns scripts off, so the way there is followed by hand.
            assert "url=/masuk/?berakhir=1" in page.content()
            expect(page.get_by_text("tanpa kegiatan.")).to_be_visible()
            page.context.clear_cookies(name="naung_session")
            page.goto(f"{live_server.url}/masuk/?berakhir=1&next=/akun/")
            expect(page.get_by_text("Sesi Anda berakhir karena tidak ada kegiatan.")).to_be_visible()
            page.get_by_label("Nama pengguna").fill(ADMIN)
            page.get_by_label("Kata sandi").fill(PASSWORD)
            office.press(page, "Masuk")
            expect(page.get_by_role("heading", level=1)).to_have_text("Akun saya")
        assert office.faults == []
