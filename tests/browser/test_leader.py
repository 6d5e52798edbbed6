"""A leader with two minutes: reads, sorts, sees what carrying on costs; an officer opens it. Also without scripts."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from naung.accounts.actions import create_user
from naung.accounts.permissions import Role
from naung.programmes.models import Programme
from tests.browser.sitting import PASSWORD, Office, chromium
from tests.pages.people import HERE, TODAY, add_areas
from tests.pages.test_leader import figure, paid, target
from tests.town import town, worker

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ending(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Programme:
    """Twelve people, ten of them paid for November, covered to 31 December."""
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_options: TODAY)
    add_areas()
    one = town(first=date(2026, 1, 1), months=12, workers=[worker(n) for n in range(1, 13)])
    one.programme.spec = {
        "code": one.programme.code, "name": one.programme.name, "owner": {"name": "Dinas Contoh"}, "area": HERE,
        "fiscal_year": 2026, "first_month": "2026-01", "last_month": "2026-12", "places": 12, "seed": 1,
        "funding_lines": [{"code": one.line.code, "name": one.line.name, "payer": "apbd_kab", "ceiling_rp": 10**9}],
    }  # fmt: skip
    one.programme.save()
    paid(one, 16_800 * 10)
    figure()
    target()
    people = (("wali.kota", Role.LEADER), ("staf", Role.PROGRAMME_OFFICER))
    for username, role in people:
        create_user(
            username=username, full_name=f"Contoh {username}", role=role, area_code=HERE, office=None,
            password=PASSWORD, by=None,
        )  # fmt: skip
    return one.programme


@pytest.mark.parametrize(("width", "scripts"), [(1440, True), (390, True), (390, False)])
def test_from_the_figure_to_the_programme_that_carries_on(live_server, ending, width, scripts):
    with chromium() as browser:
        office = Office(browser, live_server.url, width, scripts)
        with office.person("wali.kota") as page:
            main = page.get_by_role("main")
            expect(page.get_by_role("heading", level=1)).to_contain_text("Perlindungan pekerja")
            expect(main.get_by_text("perlu 16.246 orang lagi")).to_be_visible()
            expect(main.get_by_role("img", name="Terlindungi 32,8%")).to_be_visible()
            expect(main.get_by_text("2 orang tidak terlindungi bulan ini")).to_be_visible()
            main.locator("#wilayah summary").click()
            office.press(page, "Wilayah")
            assert "urut=nama" in page.url
            office.press(page, "Lihat usulan kelanjutan")
            expect(main.get_by_text("Rp2.419.200").first).to_be_visible()  # 12 x 16.800 x 12
            page.get_by_label("Berapa bulan").select_option("3")
            office.press(page, "Hitung ulang")
            expect(main.get_by_text("Rp604.800").first).to_be_visible()
            office.open(page, reverse("planning:reports"))
            expect(main.get_by_role("heading", name="Perlindungan dan iuran per wilayah")).to_be_visible()
            with page.expect_download() as kept:
                main.get_by_role("link", name="CSV").click()
            assert kept.value.suggested_filename == "laporan-1275-2026-01-2026-11.csv"
        with office.person("staf") as page:
            office.open(page, reverse("coverage:list"))
            page.get_by_role("main").get_by_role("link", name="Usulkan perpanjangan massal").first.click()
            office.look(page)
            page.get_by_label("Saya sudah memeriksa jumlah orang dan kebutuhan dana").check()
            office.press(page, "Usulkan perpanjangan massal")
            expect(page.get_by_text("Penerima sekarang menjadi calonnya")).to_be_visible()
    assert office.faults == []
    assert Programme.objects.filter(spec__continues=ending.code, places=12).count() == 1
