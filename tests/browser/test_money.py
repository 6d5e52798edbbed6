"""Money as people click it: a company pays, the branch confirms, differences are settled, the trail is read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from naung.accounts.actions import create_office, create_user
from naung.accounts.permissions import Role
from naung.audit.models import Record
from naung.contributions.actions import issue_bill
from naung.contributions.models import Bill, Difference, Payment
from naung.programmes.models import FundingLine
from tests.browser.sitting import PASSWORD, Office, chromium
from tests.pages.people import HERE, TODAY, add_areas
from tests.town import town

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

NOVEMBER = date(2026, 11, 1)
WHO = (Role.DONOR, Role.BRANCH_OFFICER, Role.FINANCE_OFFICER, Role.PROGRAMME_OFFICER, Role.AUDITOR)
WAYS = [(1440, True), (390, True), (390, False)]


@pytest.fixture
def bill(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Bill:
    """Three people of November, paid by the company, five days before it is late."""
    cache.clear()  # wrong tries of other tests
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_options: TODAY)
    add_areas()
    for role in WHO:
        kind = "donor" if role == Role.DONOR else "sector"
        office = create_office(name=f"Kantor {role.label}", kind=kind, area_code=HERE, by=None)
        donor = office if role == Role.DONOR else None
        create_user(
            username=role.value, full_name=f"Contoh {role.label}", role=role.value, area_code=HERE, office=office,
            password=PASSWORD, by=None,
        )  # fmt: skip
        if donor:
            company = donor
    place = town(people=3, first=date(2026, 10, 1), months=6, payer="csr")
    FundingLine.objects.filter(pk=place.line.pk).update(donor=company)
    return issue_bill(
        place.line, first_month=NOVEMBER, last_month=NOVEMBER, due_on=date(2026, 11, 26), by=place.officer
    )


def reads(page: Page, words: str) -> None:
    expect(page.get_by_role("main")).to_contain_text(words)


@pytest.mark.parametrize(("width", "scripts"), WAYS)
def test_a_company_pays_the_branch_confirms_and_the_company_has_a_receipt(
    live_server, bill: Bill, width: int, scripts: bool
) -> None:
    with chromium() as browser:
        office = Office(browser, live_server.url, width, scripts)
        with office.person(Role.DONOR) as page:
            reads(page, "Komitmen kami")
            assert "Contoh Pekerja" not in page.content()
            office.press(page, "Bayar tagihan")
            page.get_by_label("Nomor SP2D atau bukti bayar").fill("TRF-77")
            page.get_by_label("Tanggal bayar").fill("2026-11-20")
            office.press(page, "Periksa sebelum mencatat")
            reads(page, "3 bulan-orang")
            page.get_by_label("Saya sudah mencocokkan").check()
            amount = page.get_by_role("button", name="Catat pembayaran").inner_text().strip()
            office.press(page, amount)
            reads(page, "Menunggu konfirmasi")
        with office.person(Role.BRANCH_OFFICER) as page:
            office.press(page, "Lanjutkan tugas teratas")
            office.press(page, "Periksa pembayaran TRF-77")
            page.get_by_label("Jumlah yang masuk menurut bank").fill(amount.split("Rp")[1])
            office.press(page, "Konfirmasi pembayaran")
            reads(page, "Lunas")
        with office.person(Role.DONOR) as page:
            reads(page, "Tidak ada tagihan terbuka")
            with page.expect_download() as downloaded:
                page.get_by_role("link", name="Unduh bukti TRF-77").click()
            paper = downloaded.value.path()
            assert Path(paper).read_bytes().startswith(b"%PDF")
    assert office.faults == []
    payment = Payment.objects.get()
    assert payment.confirmed_by is not None
    assert payment.confirmed_by != payment.recorded_by


@pytest.mark.parametrize(("width", "scripts"), WAYS)
def test_differences_with_the_branch_are_settled_and_the_auditor_reads_who_did(
    live_server, bill: Bill, tmp_path: Path, width: int, scripts: bool
) -> None:
    listed = tmp_path / "cabang.csv"
    listed.write_text("NIK\n1275010101809001\n1275011501809099\n")
    with chromium() as browser:
        office = Office(browser, live_server.url, width, scripts)
        with office.person(Role.PROGRAMME_OFFICER) as page:
            office.open(page, f"/iuran/tagihan/{bill.pk}/rekonsiliasi/")
            page.get_by_label("Daftar peserta dari cabang").set_input_files(listed)
            page.get_by_label("Tanggal data").fill("2026-11-20")
            office.press(page, "Bandingkan daftar")
            reads(page, "Hanya di tagihan kita")
            for number in range(3):
                office.press(page, "Selesaikan selisih")
                if number == 0:
                    reads(page, "Data siapa yang keliru?")
                page.get_by_label("Data cabang.").check()
                page.get_by_label("Bukti atau penjelasan").fill(f"Surat cabang {number}")
                office.press(page, "Selesaikan selisih")
                if number < 2:
                    office.open(page, f"/iuran/tagihan/{bill.pk}/rekonsiliasi/")
            reads(page, "Semua selisih sudah diselesaikan")
        with office.person(Role.AUDITOR) as page:
            office.open(page, "/jejak-audit/")
            reads(page, "Rantai utuh sampai")
            page.get_by_label("Tindakan").select_option("difference.settle")
            office.press(page, "Terapkan")
            reads(page, "Selisih diselesaikan")
            with page.expect_download() as downloaded:
                page.get_by_role("button", name="Ekspor jejak").click()
            told = Path(downloaded.value.path()).read_text("utf-8-sig")
            assert told.count("difference.settle") == 3
    assert office.faults == []
    assert not Difference.objects.filter(settled="")
    assert Record.objects.filter(action="audit.export").count() == 1
