"""An FGD recorded on a phone with three follow-ups, one of them waiting on its office. Also without scripts."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from naung.accounts.actions import create_office, create_user
from naung.accounts.permissions import Role
from naung.agreements.models import FollowUp, Meeting
from naung.outreach.actions import door_of
from naung.outreach.models import Attendance
from tests.browser.sitting import PASSWORD, PATIENCE, Office, chromium
from tests.pages.people import HERE, TODAY, add_areas

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

TASKS = (("Padankan data nelayan", "Dinas Perikanan"), ("Undang kepala lingkungan", ""), ("Susun jadwal", "Disnaker"))


@pytest.fixture
def people(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody of Disnaker who holds meetings, and somebody of the office of fisheries."""
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_options: TODAY)
    add_areas()
    for username, role, name in (
        ("staf", Role.PROGRAMME_OFFICER, "Disnaker"),
        ("perikanan", Role.OFFICE_PIC, "Dinas Perikanan"),
    ):
        office = create_office(name=name, kind="sector", area_code=HERE, by=None)
        create_user(
            username=username, full_name=f"Contoh {username}", role=role, area_code=HERE, office=office,
            password=PASSWORD, by=None,
        )  # fmt: skip


def write_tasks(office: Office, page: Page) -> None:
    """Three rows stand there; a fourth is asked for, and what was typed before stays."""
    for number, (what, owner) in enumerate(TASKS, start=1):
        page.locator(f"#id_t{number}-what").fill(what)
        page.locator(f"#id_t{number}-due_on").fill("2026-12-01")
        if owner:
            page.locator(f"#id_t{number}-owner").select_option(label=owner)
    more = page.get_by_role("button", name="Tambah baris")
    if office.scripts:
        more.click()
        expect(page.locator("fieldset:has(#id_t4-what)")).to_be_focused()
    else:
        with page.expect_navigation():
            more.click()
    expect(page.locator("#id_t4-what")).to_be_visible()
    expect(page.locator("#id_t1-what")).to_have_value(TASKS[0][0])
    expect(page.get_by_label("Judul")).to_have_value("FGD nelayan")
    office.look(page)


@pytest.mark.parametrize(("width", "scripts"), [(390, False), (1440, True)])
def test_an_fgd_with_three_follow_ups_waits_on_the_office_that_owns_one(live_server, people, width, scripts):
    with chromium() as browser:
        office = Office(browser, live_server.url, width, scripts)
        with office.person("staf") as page:
            office.open(page, "/kerja-sama/pertemuan/")
            office.press(page, "Catat pertemuan")
            page.get_by_label("Judul").fill("FGD nelayan")
            page.get_by_label("Tempat").fill("Aula Pemko")
            page.get_by_label("Agenda").fill("Data nelayan\nAnggaran")
            page.get_by_label("Keputusan").fill("Data dipadankan dahulu")
            write_tasks(office, page)
            office.press(page, "Simpan pertemuan")
            expect(page.get_by_role("heading", level=1)).to_have_text("FGD nelayan")
            for what, _owner in TASKS:
                expect(page.get_by_role("main").get_by_text(what, exact=True)).to_be_visible()
            address = page.url.split("#")[0]  # without scripts the way back to the rows is still in it
        with office.person("perikanan") as page:
            main = page.get_by_role("main")
            expect(main.get_by_text(TASKS[0][0], exact=True)).to_be_visible()
            expect(main.get_by_text(TASKS[2][0], exact=True)).to_have_count(0)
            with page.expect_navigation():  # the link says for the ear which task it is of
                main.get_by_role("link", name="Catat hasilnya").first.click()
            office.look(page)
            page.get_by_label("Hasil").fill("Data terkirim")
            office.press(page, "Tandai selesai")
            assert page.url.split("#")[0] == address
            expect(page.get_by_role("main").get_by_text("Data terkirim")).to_be_visible()
    assert office.faults == []
    assert Meeting.objects.get().agenda == ["Data nelayan", "Anggaran"]
    assert FollowUp.objects.filter(done_on=None).count() == 2


@pytest.mark.parametrize(("width", "scripts"), [(390, True)])
def test_who_comes_writes_themselves_in_and_photographs_are_added(live_server, people, tmp_path: Path, width, scripts):
    meeting = Meeting.objects.create(area_code=HERE, kind="outreach", title="Sosialisasi pasar", held_on=TODAY)
    code = door_of(meeting).code
    photo = tmp_path / "foto.jpg"
    out = io.BytesIO()
    Image.linear_gradient("L").resize((800, 600)).convert("RGB").save(out, "JPEG")
    photo.write_bytes(out.getvalue())
    with chromium() as browser:
        office = Office(browser, live_server.url, width, scripts)
        context = browser.new_context(viewport={"width": width, "height": 844}, java_script_enabled=scripts)
        visitor = context.new_page()
        visitor.set_default_timeout(PATIENCE)
        office.open(visitor, f"/hadir/{code}/")
        visitor.get_by_label("Nama lengkap").fill("Contoh Pedagang")
        visitor.get_by_label("Saya setuju").check()
        office.press(visitor, "Catat kehadiran saya")
        expect(visitor.get_by_role("heading", level=1)).to_have_text("Kehadiran tercatat")
        office.look(visitor)
        context.close()
        with office.person("staf") as page:
            office.open(page, f"/kerja-sama/pertemuan/{meeting.pk}/")
            office.press(page, "Tambah foto")
            page.get_by_label("Foto", exact=True).set_input_files(photo)
            page.get_by_label("Yang terlihat di foto").fill("Pedagang di pasar")
            office.press(page, "Unggah foto")
            expect(page.get_by_role("img", name="Pedagang di pasar")).to_be_visible()
            office.press(page, "Daftar hadir")
            expect(page.get_by_role("rowheader", name="Contoh Pedagang")).to_be_visible()
            office.open(page, "/kerja-sama/terjangkau/")
    assert office.faults == []
    assert Attendance.objects.get().method == "phone"
