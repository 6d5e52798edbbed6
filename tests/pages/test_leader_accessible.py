"""The pages of figures and the sheet of components, in every state: axe, three widths, words that can be read."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from naung.accounts.permissions import Role
from naung.ui import showcase
from tests.browser.sitting import chromium
from tests.pages.people import HERE
from tests.pages.test_accessible import faults
from tests.pages.test_leader import figure, paid, target
from tests.town import town, worker

WIDTHS = (1440, 390, 320)
# The length of a word of a chart on the screen: what its picture is scaled to counts too.
SMALLEST = """[...document.querySelectorAll('main svg text')].map(t => {
    const scale = t.getScreenCTM().a;
    return parseFloat(getComputedStyle(t).fontSize) * scale;
}).filter(size => size > 0).reduce((a, b) => Math.min(a, b), 99)"""


@pytest.fixture
def with_nothing(as_role, areas) -> dict[str, str]:
    return {
        "leader, nothing": as_role(Role.LEADER).get("/beranda/").content.decode(),
        "report, nothing": as_role(Role.LEADER).get("/laporan/").content.decode(),
        "cover, nothing": as_role(Role.LEADER).get("/perlindungan/").content.decode(),
    }


@pytest.fixture
def with_everything(with_nothing, as_role, areas) -> dict[str, str]:
    people = [worker(n, village="1275011001") for n in range(1, 13)]
    people += [worker(n, village="1275011002") for n in range(13, 16)]
    one = town(first=date(2026, 1, 1), months=12, workers=people)
    paid(one, 16_800 * 10)
    figure()
    leader = as_role(Role.LEADER)
    no_target = leader.get("/beranda/").content.decode()
    target()
    extension = reverse("planning:extension", args=[one.programme.pk])
    officer = as_role(Role.PROGRAMME_OFFICER)
    return with_nothing | {
        "leader, no target": no_target,
        "leader": leader.get("/beranda/").content.decode(),
        "leader, sorted": leader.get("/beranda/", {"urut": "nama"}).content.decode(),
        "province": as_role(Role.PROVINCE).get("/beranda/").content.decode(),
        "report": leader.get("/laporan/", {"wilayah": HERE}).content.decode(),
        "cover by village": leader.get("/perlindungan/", {"menurut": "desa"}).content.decode(),
        "cover by programme": officer.get("/perlindungan/", {"menurut": "program"}).content.decode(),
        "extension": leader.get(extension).content.decode(),
        "extension to open": officer.get(extension).content.decode(),
        "extension refused": officer.post(extension, {"name": "x"}).content.decode(),
        "leader in English": leader.get("/en/beranda/").content.decode(),
    }


@pytest.fixture
def sheet(as_role) -> dict[str, str]:
    client = as_role(Role.PROGRAMME_OFFICER)
    address = reverse("components")
    return {
        "components": client.get(address).content.decode(),
        "components in English": client.get(f"/en{address}").content.decode(),
    }


def found_in(pages: dict[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with chromium() as browser:
        page = browser.new_page()
        for name, html in pages.items():
            for width in WIDTHS:
                said = faults(page, html, width)
                if width == 390 and (size := page.evaluate(SMALLEST)) < 10.9:
                    said.append(f"a word of a chart is {size:.1f} px")
                if said:
                    found[f"{name} {width}"] = said
    return found


@pytest.mark.browser
@pytest.mark.slow
def test_every_state_of_the_figures_is_accessible_fits_and_can_be_read(with_everything):
    assert found_in(with_everything) == {}


@pytest.mark.browser
@pytest.mark.slow
def test_every_component_in_every_state_is_accessible_fits_and_can_be_read(sheet):
    assert found_in(sheet) == {}


# --- what the sheet shows --------------------------------------------------------------------------


def test_the_sheet_is_for_staff(as_role):
    address = reverse("components")
    answers = {role: as_role(role).get(address).status_code for role in Role.values}
    assert answers == {role: 403 if role == Role.DONOR else 200 for role in Role.values}
    assert Client().get(address).status_code == 302


def test_each_example_stands_beside_the_call_that_drew_it(sheet):
    page = sheet["components"]
    calls = [example.call for group in showcase.GROUPS for example in group.examples]
    assert page.count('<pre class="panggilan"') == len(calls)
    assert "{% badge &quot;aktif&quot; %}" in page


def test_every_component_of_ours_is_on_the_sheet():
    """A tag or a chart that nobody shows is one that nobody looks at."""
    from naung.ui.tags import blocks, charts, parts

    shown = " ".join(example.call for group in showcase.GROUPS for example in group.examples)
    # Drawn by the shell of every page, or pieces of a table and of a law's account that have pages of their own.
    elsewhere = {"icon", "icons", "crumb", "back", "actionbar", "empty", "stepper"}
    ours = {name for module in (blocks, charts, parts) for name in module.register.tags} - elsewhere
    assert {name for name in ours if not re.search(rf"{{% {name}\b", shown)} == set()
