"""A decree becomes a paper in both versions, and a stranger with the printed code has it confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from playwright.sync_api import Page, expect

from naung.accounts.models import User
from naung.accounts.permissions import Role
from naung.papers.actions import set_pattern
from tests.browser.sitting import PASSWORD, PATIENCE, Office, chromium
from tests.pages.chain import GIVEN, Chain, build
from tests.pages.people import add_areas
from tests.papers.conftest import Desk, _a_home_of_its_own, make_desk
from tests.papers.test_templates import OWN, reworded

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

__all__ = ["_a_home_of_its_own"]


@pytest.fixture
def desk(transactional_db: None) -> Desk:
    add_areas()
    made = make_desk()
    set_pattern(made.area, "pks", pattern="{nomor3}/PKS/{romawi_bulan}/{tahun}", by=made.legal)
    User.objects.update(password=make_password(PASSWORD))
    return made


@pytest.fixture
def chain(desk: Desk) -> Chain:
    made = build()
    User.objects.update(password=make_password(PASSWORD))
    return made


@contextmanager
def stranger(office: Office, path: str) -> Iterator[Page]:
    context = office.browser.new_context(
        viewport={"width": office.width, "height": 844}, java_script_enabled=office.scripts, locale="id-ID"
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("console", lambda message: office.faults.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda fault: office.faults.append(f"{page.url}: {fault}"))
    office.open(page, path)
    yield page
    context.close()


def saved(page: Page, words: str, folder: Path) -> Path:
    with page.expect_download() as kept:
        page.get_by_role("main").get_by_role("link", name=words, exact=True).first.click()
    path = folder / kept.value.suggested_filename
    kept.value.save_as(path)
    return path


@pytest.mark.parametrize(("width", "scripts"), [(1440, True), (390, False)])
def test_a_decree_is_issued_in_both_versions_and_its_code_is_checked(
    live_server, chain: Chain, tmp_path: Path, width: int, scripts: bool
) -> None:
    officer = User.objects.get(role=Role.PROGRAMME_OFFICER, username="programme_officer-1275").username
    with chromium() as browser:
        office = Office(browser, live_server.url, width, scripts)
        with office.person(officer) as page:
            office.open(page, f"/program/sk/{chain.decree.pk}/")
            office.press(page, "Terbitkan naskah")
            page.get_by_label("Saya sudah memeriksa isinya").check()
            office.press(page, "Terbitkan naskah")
            expect(page.get_by_role("heading", name=f"Surat Keputusan {chain.decree.number}")).to_be_visible()
            code = page.locator(".kode-naskah").inner_text()
            links = page.get_by_role("link", name="PDF", exact=True)
            expect(links).to_have_count(2)
            public = saved(page, "PDF", tmp_path)
            assert public.read_bytes().startswith(b"%PDF")
        with stranger(office, "/keaslian/") as page:
            page.get_by_label("Kode naskah").fill(code.lower())
            office.press(page, "Cek sekarang")
            expect(page.get_by_role("heading", name="Naskah ini terbit dan berlaku")).to_be_visible()
            expect(page.get_by_text(chain.decree.number)).to_be_visible()
            assert not any(f"Contoh Pekerja {given}" in page.content() for given in GIVEN)
            page.get_by_label("Berkas naskah Anda").set_input_files(str(public))
            office.press(page, "Bandingkan berkas")
            expect(page.get_by_text("Berkas Anda sama persis dengan yang diterbitkan.")).to_be_visible()
            public.write_bytes(public.read_bytes() + b" ")
            page.get_by_label("Berkas naskah Anda").set_input_files(str(public))
            office.press(page, "Bandingkan berkas")
            expect(page.get_by_text("Berkas Anda berbeda dari yang diterbitkan.")).to_be_visible()
    assert office.faults == []


@pytest.mark.parametrize(("width", "scripts"), [(1440, False), (390, True)])
def test_a_legal_officer_issues_a_pks_and_then_a_version_that_replaces_it(
    live_server, desk: Desk, width: int, scripts: bool
) -> None:
    with chromium() as browser:
        office = Office(browser, live_server.url, width, scripts)
        with office.person(desk.legal.username) as page:
            office.open(page, "/naskah/")
            office.press(page, "Terbitkan naskah")
            page.get_by_role("link", name=re.compile("^Perjanjian Kerja Sama")).click()
            office.look(page)
            page.get_by_role("link", name=re.compile("Pelindungan Nelayan")).click()
            office.look(page)
            page.get_by_label("Nomor dari pihak kedua").fill("PER/7/112026")
            page.get_by_label("Iuran satu orang sebulan").fill("Rp16.800,00")
            page.get_by_label("Saya sudah memeriksa isinya").check()
            office.press(page, "Terbitkan naskah")
            expect(page.get_by_role("heading", name="Perjanjian Kerja Sama 001/PKS/XI/2026")).to_be_visible()
            office.press(page, "Terbitkan versi baru")
            page.get_by_label("Nomor dari pihak kedua").fill("PER/7/112026")
            page.get_by_label("Iuran satu orang sebulan").fill("Rp36.800,00")
            page.get_by_label("Saya sudah memeriksa isinya").check()
            office.press(page, "Terbitkan naskah")
            expect(page.get_by_text("versi 2", exact=True)).to_be_visible()
            page.get_by_role("main").get_by_role("link", name="001/PKS/XI/2026 (versi 1)").click()
            office.look(page)
            expect(page.get_by_text("Digantikan oleh nomor 001/PKS/XI/2026.")).to_be_visible()
    assert office.faults == []


@pytest.mark.parametrize(("width", "scripts"), [(1440, True), (390, False)])
def test_an_uploaded_template_is_looked_at_and_then_put_in_force(
    live_server, desk: Desk, tmp_path: Path, width: int, scripts: bool
) -> None:
    own = tmp_path / "pks kami.docx"
    own.write_bytes(reworded("pks", *OWN))
    with chromium() as browser:
        office = Office(browser, live_server.url, width, scripts)
        with office.person(desk.legal.username) as page:
            office.open(page, "/pengaturan/templat/pks/")
            page.get_by_label("Berkas templat").set_input_files(str(own))
            office.press(page, "Unggah templat")
            expect(page.get_by_role("heading", name="Templat usulan")).to_be_visible()
            expect(page.get_by_role("main").get_by_text("Templat daerah", exact=True)).to_have_count(0)
            assert saved(page, "Lihat contoh usulan (PDF)", tmp_path).read_bytes().startswith(b"%PDF")
            office.press(page, "Pakai templat ini")
            expect(page.get_by_text("Templat dipakai. Naskah berikutnya memakainya")).to_be_visible()
            expect(page.get_by_role("heading", name="Templat usulan")).to_have_count(0)
            expect(page.get_by_text("Templat daerah", exact=True)).to_be_visible()
    assert office.faults == []
