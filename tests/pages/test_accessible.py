"""Every page of this folder passes axe on a desk and on a phone, fits the width, and breaks no content policy.

The pages are drawn by the test client first and then handed to the browser by its router.
"""

from __future__ import annotations

import mimetypes
import os
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, Route, sync_playwright

import naung.ui
from naung.accounts.permissions import Role
from naung.agreements.actions import (
    Basis,
    PartyFacts,
    Task,
    edit_agreement,
    prepare_pks,
    record_agreement,
    record_meeting,
)
from naung.contributions.actions import issue_bill
from naung.planning.actions import record_figure, set_target
from naung.rules.ucj import DenominatorKind, Segment
from tests.pages.people import HERE, person

pytestmark = pytest.mark.browser

STATIC = Path(naung.ui.__file__).parent / "static"
POLICY = "default-src 'self'"
ORIGIN = "http://naung.test/"


@pytest.fixture
def drawn(as_role, a_town) -> dict[str, str]:
    """The pages with something on each, by name; the last is a form that was refused."""
    kind = DenominatorKind.LABOUR_FORCE
    record_figure(
        area_code=HERE, as_of=date(2024, 10, 19), numerators={Segment.ALL: 43_526}, denominator=132_826,
        denominator_kind=kind, source="FGD contoh", by=None, published_percent=Decimal(35),
    )  # fmt: skip
    set_target(area_code=HERE, year=2026, percent=Decimal(45), denominator_kind=kind, instrument="RPJMD", by=None)
    first, due = date(2026, 11, 1), date(2026, 11, 20)
    issue_bill(a_town.line, first_month=first, last_month=first, due_on=due, payment_code="K", by=a_town.officer)
    agreement = record_agreement(
        area_code=HERE, title="Nota Kesepakatan contoh", programmes=["JKK", "JKM"], segments=["bpu"],
        parties=[PartyFacts("region", "Pemko", signer_position="Wali Kota"), PartyFacts("branch", "Cabang")],
        objects_text="Pekerja rentan", scope=["Iuran BPU"], source="Berita", by=None,
        bases=[Basis("Permendagri 15/2014", warning="Mungkin salah cetak.")],
        tasks=[Task("Susun peraturan"), Task("Melapor", kind="obligation", side="region")],
    )  # fmt: skip
    office = person("somebody", Role.PROGRAMME_OFFICER, HERE).office
    assert office is not None
    (pks,) = prepare_pks(agreement, offices=[office], due_on=date(2025, 12, 31), by=None, groups={office.pk: ["becak"]})
    edit_agreement(pks, {"funding": "APBD"}, revision=1, by=None)
    meeting = record_meeting(
        area_code=HERE, kind="fgd", title="FGD", held_on=due, by=None, agreement=agreement, follow_ups=[Task("Data")]
    )
    shown = {
        "planning:home": [Role.LEADER, Role.PROGRAMME_OFFICER, Role.VILLAGE_OPERATOR, Role.DONOR, Role.PROVINCE],
        "coverage:list": [Role.LEADER, Role.PROGRAMME_OFFICER],
        "planning:planner": [Role.PROGRAMME_OFFICER],
        "agreements:list": [Role.PROGRAMME_OFFICER, Role.LEADER],
        "agreements:offices": [Role.LEGAL_OFFICER],
        "agreements:record-meeting": [Role.PROGRAMME_OFFICER],
        "audit:log": [Role.AUDITOR],
        "help": [Role.LEADER],
        "lawbook:list": [Role.ADMIN],
        "lawbook:questions": [Role.ADMIN, Role.LEADER],
    }
    pages = {
        f"{name} {role}": as_role(role).get(reverse(name), follow=True).content.decode()
        for name, roles in shown.items()
        for role in roles
    }
    admin = as_role(Role.ADMIN)
    for key in ("jkm.death_grant", "jp.benefit_limits", "bpu.bands", "jkm.bpu.before_min"):
        pages[key] = admin.get(reverse("lawbook:parameter", args=[key])).content.decode()
    pages["faulty check"] = admin.post(reverse("lawbook:parameter", args=["jp.age"]), {}).content.decode()
    officer = as_role(Role.PROGRAMME_OFFICER)
    for name, key in (
        ("detail", agreement.pk),
        ("pks", pks.pk),
        ("office-profile", office.pk),
        ("move", pks.pk),
        ("meeting", meeting.pk),
    ):
        pages[name] = officer.get(reverse(f"agreements:{name}", args=[key])).content.decode()
    pages["finish"] = officer.get(reverse("agreements:finish", args=[meeting.follow_ups.get().pk])).content.decode()
    pages["refused"] = officer.post(reverse("planning:record-figure"), {"published_percent": "33"}).content.decode()
    return pages


def faults(page: Page, html: str, width: int) -> list[str]:
    """What axe, the console and the width say against one page."""
    said: list[str] = []

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN)
        file = STATIC / path.removeprefix("static/")
        if path.startswith("static/") and file.is_file():
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            route.fulfill(body=file.read_bytes(), content_type=kind)
        elif path == "":
            route.fulfill(body=html, content_type="text/html", headers={"Content-Security-Policy": POLICY})
        else:
            route.fulfill(status=204)

    def complain(message: object) -> None:
        said.append(getattr(message, "text", str(message)))

    page.set_viewport_size({"width": width, "height": 844})
    page.route(f"{ORIGIN}**", answer)
    page.on("console", complain)
    page.goto(ORIGIN)
    if page.evaluate("document.documentElement.scrollWidth - window.innerWidth") > 0:
        said.append("scrolls sideways")
    said += [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in Axe().run(page).response["violations"]]
    page.remove_listener("console", complain)
    page.unroute(f"{ORIGIN}**")
    return said


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
