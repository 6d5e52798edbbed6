"""The pages of the chain pass axe on a desk and on a phone, and never scroll sideways.

They are drawn by Django first and handed to the browser by its router: no server, no network.
"""

from __future__ import annotations

import mimetypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route, sync_playwright

import naung.ui
from naung.accounts.permissions import Role
from naung.programmes.basing import choose_agreement
from naung.programmes.handing_over import hand_over
from tests.factories import make_office
from tests.pages import chain
from tests.programmes.test_standing import agree

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

STATIC = Path(naung.ui.__file__).parent / "static"
WIDTHS = (1440, 390)


@pytest.fixture(scope="module")
def drawn(django_db_setup, django_db_blocker) -> Iterator[dict[str, str]]:
    """Every page as its reader gets it, before a browser (and its event loop) starts."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _pages(chain.build())
        transaction.set_rollback(True)


def _pages(built: chain.Chain) -> dict[str, str]:
    def reader(role: str) -> Client:
        client = Client()
        client.force_login(chain.user(role))
        return client

    officer, leader = reader(Role.PROGRAMME_OFFICER), reader(Role.LEADER)
    clerk, branch = reader(Role.FINANCE_OFFICER), reader(Role.BRANCH_OFFICER)
    later = built.draft.programme
    ending = agree(starts=date(2027, 1, 1), ends=date(2027, 11, 4))
    choose_agreement(later, ending, by=None)
    hand_over(later, to=make_office("Dinas Sosial", "sector"), since=date(2027, 7, 1), instrument="Perwali 12",
              reason="Pindah.", by=None)  # fmt: skip
    wanted = {
        "workers": (officer, "registry:workers", None),
        "upload": (officer, "registry:upload", None),
        "lists": (officer, "registry:lists", None),
        "list": (officer, "registry:list", built.list),
        "references": (officer, "registry:references", None),
        "worker": (officer, "registry:worker", built.decree.entries.get(ordinal=1).worker),
        "programmes": (officer, "programmes:list", None),
        "create": (officer, "programmes:create", None),
        "programme": (officer, "programmes:detail", built.programme),
        "programme-under": (officer, "programmes:detail", later),
        "basis": (officer, "programmes:basis", later),
        "hand-over": (officer, "programmes:hand-over", later),
        "selection": (officer, "selection:programme", built.programme),
        "round": (leader, "selection:round", built.round),
        "draft": (officer, "selection:round", built.draft),
        "submit": (officer, "selection:submit", built.draft),
        "approve": (leader, "selection:approve", built.draft),
        "decree": (officer, "selection:decree", built.decree),
        "replace": (officer, "selection:replace", built.programme),
        "bills": (officer, "contributions:bills", None),
        "issue": (officer, "contributions:issue", None),
        "bill": (branch, "contributions:bill", built.bill),
        "pay": (clerk, "contributions:bill", built.bill),
        "lines": (officer, "contributions:lines", built.bill),
        "reconcile": (branch, "contributions:reconcile", built.bill),
        "undo": (clerk, "contributions:undo", built.payment),
    }
    found = {
        name: client.get(reverse(url, args=[thing.pk] if thing else [])).content.decode()
        for name, (client, url, thing) in wanted.items()
    }
    found["row"] = officer.get(reverse("registry:row", args=[built.list.pk, 0])).content.decode()
    found["search"] = officer.post(reverse("search"), {"q": "contoh"}).content.decode()
    found["refused"] = officer.post(reverse("programmes:create"), {"dari": "isian"}).content.decode()
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open only while nothing asks the database: Django refuses beside a running event loop."""
    program = os.environ.get("NAUNG_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield started
        started.close()


def faults_of(page: Page, html: str) -> list[str]:
    """What axe finds on a page, and whether it scrolls sideways."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix("http://naung.test/")
        if path.startswith("static/"):
            file = STATIC / path.removeprefix("static/")
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            route.fulfill(status=200, body=file.read_bytes(), content_type=kind)
        else:
            route.fulfill(body=html, content_type="text/html")

    page.route("http://naung.test/**", answer)
    page.goto("http://naung.test/")
    sideways = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    found = [f"{fault['id']}: {fault['nodes'][0]['html'][:120]}" for fault in Axe().run(page).response["violations"]]
    return [*found, *(["scrolls sideways"] if sideways > 0 else [])]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_the_chain_are_accessible_and_fit(drawn, width):
    found = {}
    with chromium() as browser:
        for name, html in drawn.items():
            page = browser.new_page(viewport={"width": width, "height": 844})
            if faults := faults_of(page, html):
                found[name] = faults
            page.close()

    assert found == {}
