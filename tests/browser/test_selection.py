"""Another arrangement, as an officer tries it in a real browser: who leaves, why, keeping it, and the decree of it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from naung.accounts.actions import create_office, create_user
from naung.accounts.permissions import Role
from naung.programmes.models import Programme, RuleVersion
from naung.selection.actions import run_round
from naung.selection.models import Decree, Round
from tests import factories as make
from tests.browser.sitting import PASSWORD, Office, chromium
from tests.pages.people import DISTRICT, HERE, VILLAGE, add_areas

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ON = date(2025, 12, 15)
ORDER = [
    {"key": "desil", "label": "Desil kesejahteraan", "kind": "ascending", "field": "decile"},
    {"key": "usia", "label": "Usia", "kind": "descending", "field": "age_years"},
]
SHARES = [{"key": "kec", "label": "Jatah kecamatan", "by": "district", "groups": {DISTRICT: {"min": 2}}}]


@pytest.fixture
def drawn(transactional_db: None, tmp_path, monkeypatch: pytest.MonkeyPatch) -> Round:
    """Six of nine people are chosen; the officer and the leader have passwords."""
    monkeypatch.setenv("NAUNG_HOME", str(tmp_path))
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_options: ON)
    cache.clear()
    add_areas()
    for role in (Role.PROGRAMME_OFFICER, Role.LEADER):
        office = create_office(name=f"Kantor {role.label}", kind="sector", area_code=HERE, by=None)
        create_user(
            username=role.value, full_name=f"Contoh {role.label}", role=role.value, area_code=HERE, office=office,
            password=PASSWORD, by=None,
        )  # fmt: skip
    programme = make.make_programme(places=6, priorities=ORDER, quotas=SHARES)
    make.make_list(programme.code, make.make_workers(9, village=VILLAGE, decile=[n // 3 + 1 for n in range(9)]))
    return run_round(programme, on=ON, by=None)


def reads(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.get_by_text(words).filter(visible=True).first).to_be_visible()


def ask_why(office: Office, page: Page) -> None:
    """In the row where scripts run, as a page where they do not."""
    link = page.get_by_role("link", name=re.compile(r"Mengapa\?")).first
    link.click()
    reads(page, "Apa yang mengubahnya")
    reads(page, "Nilai urutan")
    office.look(page)


def try_fewer_places(office: Office, page: Page) -> None:
    office.press(page, "Coba susunan lain")
    reads(page, "Belum ada yang diubah")
    page.get_by_label("Kuota (orang)").fill("4")
    if office.scripts:
        page.get_by_label("Kuota (orang)").blur()
        expect(page.get_by_role("heading", name="2 orang keluar")).to_be_visible()
        expect(page).to_have_url(re.compile(r"\?tempat=4$"))
        expect(page.locator("#kabar")).to_have_text(re.compile("0 masuk, 2 keluar"))
    else:
        office.press(page, "Hitung ulang")
        expect(page.get_by_role("heading", name="2 orang keluar")).to_be_visible()
    office.look(page)
    page.get_by_role("button", name="Naikkan Usia").click()
    expect(page).to_have_url(re.compile(r"tempat=4&urut=usia&urut=desil$"))
    reads(page, "Urutan seleksi")
    office.look(page)


@pytest.mark.parametrize(("width", "scripts"), [(1440, True), (390, True), (390, False), (1440, False)])
def test_an_officer_lowers_the_places_sees_who_leaves_keeps_it_and_the_leader_decides(
    live_server, drawn: Round, width: int, scripts: bool
) -> None:
    with chromium() as browser:
        office = Office(browser, live_server.url, width, scripts)
        with office.person(Role.PROGRAMME_OFFICER.value) as page:
            office.open(page, f"/program/seleksi/{drawn.pk}/")
            ask_why(office, page)
            office.open(page, f"/program/seleksi/{drawn.pk}/")
            try_fewer_places(office, page)
            office.press(page, "Pakai susunan ini")
            page.get_by_label("Alasan perubahan").fill("Pagu berkurang menurut DPA perubahan")
            office.press(page, "Pakai susunan untuk 4 orang")
            reads(page, "Susunan dipakai sebagai draf baru")
            reads(page, "Pagu berkurang menurut DPA perubahan")
            office.press(page, "Ajukan untuk SK")
            reads(page, "Yang menyiapkan atau mengajukan tidak boleh menyetujui.")
            page.get_by_label("Saya sudah memeriksa").check()
            office.press(page, "Ajukan 4 nama")
            office.open(page, f"{page.url.removeprefix(live_server.url)}coba/")
            reads(page, "Susunan tidak dapat dicoba.")
            office.open(page, f"/program/seleksi/{drawn.pk}/")
            reads(page, "Digantikan susunan lain.")
        with office.person(Role.LEADER.value) as page:
            office.open(page, "/program/")
            office.press(page, "Pekerja rentan 2026")
            office.press(page, "Tinjau dan setujui SK")
            reads(page, f"Contoh {Role.PROGRAMME_OFFICER.label}")
            page.get_by_label("Nomor SK", exact=True).fill("188.45/1/2025")
            page.get_by_label("Tanggal SK").fill("2025-12-16")
            page.get_by_label("Nama penanda tangan").fill("Contoh Pimpinan")
            page.get_by_label("Jabatan penanda tangan").fill("Wali Kota")
            page.get_by_label("Saya menyetujui").check()
            office.press(page, "Setujui SK untuk 4 orang")
            reads(page, "SK ditetapkan.")
    assert office.faults == []
    assert (Decree.objects.get().enters, Programme.objects.get().places) == (4, 4)
    assert list(RuleVersion.objects.order_by("number").values_list("spec__places", flat=True)) == [6, 4]
