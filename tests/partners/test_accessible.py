"""The pages of employers and donors pass axe on a desk and on a phone, and fit the width."""

from __future__ import annotations

import os
import shutil
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import sync_playwright

from naung.accounts.models import Office
from naung.accounts.permissions import Role
from naung.partners import actions
from naung.partners.models import Employer, EmployerList
from naung.programmes.models import FundingLine
from tests.pages.people import HERE, person
from tests.pages.test_accessible import faults
from tests.partners.conftest import AS_OF, csv_of, taken
from tests.town import town

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def drawn(officer) -> dict[str, str]:
    """Each page with something on it, by name; and a form that was refused."""
    titles = ["Nama Perusahaan", "NPP", "Peserta", "Jumlah pekerja (WLKP)", "Program", "Omzet", "Sektor", "PIC"]
    row = ["PT Contoh Kebun", "N1", 100, 400, "JKK, JKM", "3000000000", "Perkebunan", "Ibu Contoh"]
    taken(officer, csv_of(titles, row, ["", "", 1, "", "", "", "", ""]))
    one = Employer.objects.get()
    actions.note_approach(employer=one, kind="letter", happened_on=AS_OF, due_on=date(2026, 11, 20), by=officer)
    donor = Office.objects.create(name="Korpri Contoh", kind="donor", area_code=HERE)
    place = town(people=3, first=date(2026, 1, 1), months=24, payer="csr", code="SATU-1")
    FundingLine.objects.filter(pk=place.line.pk).update(donor=donor)
    facts = {"area_code": HERE, "donor": donor, "kind": "asn", "people": 3, "months": 3, "by": officer}
    pledge = actions.record_pledge(
        **facts, pledged_on=AS_OF, amount_rp=100_000, source="Surat", no_agreement_reason="menunggu"
    )
    actions.record_pledge(**facts | {"kind": "apbdes"}, pledged_on=AS_OF, amount_rp=5, no_agreement_reason="menunggu")
    rows = csv_of(["Nama", "Unit kerja", "Jumlah pekerja"], ["Contoh Satu", "A", 2])
    actions.take_givers(donor=donor, file=rows, filename="asn.csv", area_code=HERE, by=officer)
    actions.pair_all(donor=donor, area_code=HERE, by=officer)
    client, own = Client(), Client()
    client.force_login(officer)
    giver = person("asn-here", Role.DONOR, HERE)
    giver.office = donor
    giver.save()
    own.force_login(giver)

    def page(name: str, *keys: int) -> str:
        return client.get(reverse(name, args=keys)).content.decode()

    return {
        "list": page("partners:employers"),
        "one": page("partners:employer", one.pk),
        "add": page("partners:employer-add"),
        "report": page("partners:employer-report", one.pk),
        "approach": page("partners:employer-approach", one.pk),
        "settle": page("partners:approach-settle", one.approaches.get().pk),
        "upload": page("partners:employers-upload"),
        "taken": page("partners:employer-list", EmployerList.objects.get().pk),
        "csr": page("planning:csr"),
        "donor": page("planning:csr-office", donor.pk),
        "own": own.get(reverse("planning:csr")).content.decode(),
        "pledge": page("partners:pledge", pledge.pk),
        "cancel": page("partners:pledge-cancel", pledge.pk),
        "givers": page("partners:givers", donor.pk),
        "refused": client.post(reverse("partners:pledge-new"), {"kind": "csr"}).content.decode(),
    }


@pytest.mark.slow
def test_every_page_is_accessible_and_fits(drawn):
    chromium = os.environ.get("NAUNG_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        page = browser.new_page()
        found = {
            f"{name} {width}": said
            for name, html in drawn.items()
            for width in (1440, 390)
            if (said := faults(page, html, width))
        }
        browser.close()
    assert found == {}
