"""A legal officer makes a Nota Kesepakatan and sixteen PKS from it; three come into force, one is late and shows it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from naung.accounts.actions import create_office, create_user
from naung.accounts.permissions import Role
from naung.agreements.models import Agreement
from tests.browser.sitting import PASSWORD, Office, chromium
from tests.pages.people import HERE, add_areas

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

WAYS = pytest.mark.parametrize(("width", "scripts"), [(1440, True), (390, False)])
LEGAL = Role.LEGAL_OFFICER.value
PARKING = "Dinas Perhubungan"
OTHERS = [f"Dinas Contoh {number}" for number in range(1, 16)]


@pytest.fixture
def cast(transactional_db: None) -> None:
    add_areas()
    office = create_office(name="Bagian Hukum Contoh", kind="leadership", area_code=HERE, by=None)
    create_office(name="Cabang Contoh", kind="branch", area_code=HERE, by=None)
    create_office(name=PARKING, kind="sector", area_code=HERE, by=None)
    create_user(
        username=LEGAL, full_name="Contoh Bagian Hukum", role=LEGAL, area_code=HERE, office=office, password=PASSWORD,
        by=None,
    )  # fmt: skip


def write_nota(office: Office, page: Page, last: date) -> None:
    office.open(page, "/kerja-sama/baru/")
    page.get_by_label("Judul").fill("Nota Kesepakatan Contoh")
    page.get_by_label("Cabang BPJS Ketenagakerjaan").first.select_option("Cabang Contoh")
    for programme in ("JKK", "JKM"):
        page.get_by_label(programme, exact=True).check()
    page.get_by_label("Pekerja bukan penerima upah (BPU)").check()
    first = page.get_by_role("group", name="Pihak 1")
    first.get_by_label("Lembaga").fill("Pemerintah Kota Contoh")
    first.get_by_label("Jabatan").fill("Wali Kota")
    page.get_by_role("group", name="Pihak 2").get_by_label("Lembaga").fill("BPJS Ketenagakerjaan")
    page.get_by_label("Ruang lingkup").fill("Perlindungan pekerja rentan\nSosialisasi")
    page.get_by_label("Berlaku sampai dengan").fill(last.isoformat())
    # One more party, and nothing typed is lost.
    page.get_by_role("button", name="Tambah pihak").click()
    third = page.get_by_role("group", name="Pihak 3")
    expect(third).to_be_visible()
    expect(third.get_by_label("Lembaga")).to_be_focused()
    expect(page.get_by_label("Jabatan").first).to_have_value("Wali Kota")
    # The end is before the start: said at the field, and the title is still there.
    page.get_by_label("Berlaku mulai").fill((last + timedelta(days=1)).isoformat())
    office.press(page, "Simpan Nota Kesepakatan")
    expect(page.locator("#id_ends_on_error")).to_contain_text("berakhir sebelum mulai")
    expect(page.get_by_label("Judul")).to_have_value("Nota Kesepakatan Contoh")
    page.get_by_label("Berlaku mulai").fill((last - timedelta(days=364)).isoformat())
    office.press(page, "Simpan Nota Kesepakatan")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nota Kesepakatan Contoh")


def prepare_sixteen(office: Office, page: Page, due: date) -> None:
    office.press(page, "Buat PKS")
    page.get_by_label("Tenggat tanda tangan").fill(due.isoformat())
    page.get_by_label(PARKING, exact=True).check()
    page.get_by_label(f"Sasaran {PARKING}").fill("juru parkir, penarik becak")
    page.get_by_label("Perangkat daerah yang belum ada di daftar").fill("\n".join(OTHERS))
    office.press(page, "Tambahkan ke daftar")
    expect(page.get_by_label(OTHERS[0], exact=True)).to_be_checked()
    expect(page.get_by_label(f"Sasaran {PARKING}")).to_have_value("juru parkir, penarik becak")
    office.press(page, "Siapkan PKS")
    expect(page.get_by_text("16 PKS disiapkan.")).to_be_visible()


def come_into_force(office: Office, page: Page, pk: int, number: int, today: date) -> None:
    office.open(page, f"/kerja-sama/{pk}/tahap/")
    page.get_by_label("Berlaku", exact=True).check()
    page.get_by_label("Bukti atau alasan").fill("Naskah bertanda tangan di Bagian Hukum")
    page.get_by_label("Tanggal tanda tangan").fill(today.isoformat())
    page.get_by_label("Nomor pemerintah daerah").fill(f"560/{number}/PKS/{today.year}")
    page.get_by_label("Berlaku mulai").fill(today.isoformat())
    page.get_by_label("Berlaku sampai dengan").fill((today + timedelta(days=364)).isoformat())
    if number == 1:
        # Without the number of the other side nothing is in force, and the page says so.
        office.press(page, "Simpan tahap")
        expect(page.get_by_role("alert")).to_contain_text("nomor BPJS Ketenagakerjaan belum diisi")
    page.get_by_label("Nomor BPJS Ketenagakerjaan").fill(f"PER/{number}/{today.year}")
    office.press(page, "Simpan tahap")
    expect(page.get_by_role("heading", level=1)).to_contain_text("PKS")


@WAYS
def test_sixteen_pks_from_one_nota_three_in_force_one_late(live_server, cast, width, scripts):
    today = timezone.localdate()
    with chromium() as browser:
        office = Office(browser, live_server.url, width, scripts)
        with office.person(LEGAL) as page:
            write_nota(office, page, today + timedelta(days=300))
            nota_url = page.url.removeprefix(live_server.url)
            prepare_sixteen(office, page, today + timedelta(days=30))
            links = page.get_by_role("main").locator("a[href*='/kerja-sama/pks/']")
            page.goto(f"{live_server.url}{nota_url}?semua=1")
            numbers = [int(one.get_attribute("href").rstrip("/").split("/")[-2]) for one in links.all()]
            assert len(set(numbers)) == 16
            # Five go to legal review at once.
            five = "&".join(f"pks={pk}" for pk in numbers[:5])
            office.open(page, f"{nota_url}pks/tahap/?{five}")
            page.get_by_label("Tahap", exact=True).select_option("Telaah hukum")
            office.press(page, "Pindahkan yang dicentang")
            expect(page.get_by_text("5 PKS sekarang di tahap Telaah hukum.")).to_be_visible()
            for number, pk in enumerate(numbers[:3], start=1):
                come_into_force(office, page, pk, number, today)
            # One should have been signed yesterday.
            office.open(page, f"/kerja-sama/{numbers[-1]}/ubah/")
            page.get_by_label("Tenggat tanda tangan").fill((today - timedelta(days=1)).isoformat())
            office.press(page, "Simpan perubahan")
            office.open(page, nota_url)
            expect(page.get_by_role("main")).to_contain_text("3 dari 16 berlaku")
            expect(page.get_by_role("link", name="1 PKS lewat tenggat")).to_be_visible()
        faults = [fault for fault in office.faults if "422" not in fault]
    assert faults == []
    assert Agreement.objects.filter(stage="in_force").count() == 3
    assert Agreement.objects.get(office__name=PARKING).groups == ["parkir", "becak"]
