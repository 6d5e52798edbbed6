"""Somebody at a browser: signs in, reads, clicks what is written on the page; what the browser complains of is kept."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response, expect, sync_playwright

PASSWORD = "kata-sandi-contoh-9"
#: Milliseconds until what a page should show counts as missing; how long it takes says how busy the machine is.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open only while the test itself asks the database nothing: Django refuses beside a running event loop."""
    program = os.environ.get("NAUNG_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield started
        started.close()


@dataclass
class Office:
    """The browser of one pass; `faults` is everything that was wrong on any page on the way."""

    browser: Browser
    address: str
    width: int
    scripts: bool
    faults: list[str] = field(default_factory=list)
    looked: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def person(self, username: str) -> Iterator[Page]:
        """A browser window of one person, signed in on the sign-in page."""
        context = self.browser.new_context(
            viewport={"width": self.width, "height": 844}, java_script_enabled=self.scripts, locale="id-ID"
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: self.faults.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda fault: self.faults.append(f"{page.url}: {fault}"))
        page.on("response", self._look_at)
        page.goto(f"{self.address}/masuk/")
        self.look(page)
        page.get_by_label("Nama pengguna").fill(username)
        page.get_by_label("Kata sandi").fill(PASSWORD)
        self.press(page, "Masuk")
        yield page
        context.close()

    def _look_at(self, response: Response) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.url}: {response.status}")

    def open(self, page: Page, path: str) -> None:
        page.goto(f"{self.address}{path}")
        self.look(page)

    def press(self, page: Page, words: str) -> None:
        """Press the button or follow the link with these words, whichever is there."""
        main = page.get_by_role("main")
        control = main.get_by_role("button", name=words, exact=True).or_(
            main.get_by_role("link", name=words, exact=True)
        )
        with page.expect_navigation():
            control.first.click()
        self.look(page)

    def look(self, page: Page) -> None:
        """No sideways scrolling, nothing for axe; twice for each kind of page is enough."""
        sideways = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if sideways > 0:
            self.faults.append(f"{page.url} scrolls {sideways} px sideways")
        kind = re.sub(r"\d+", "", page.url)
        self.looked[kind] += 1
        # axe waits for its own promises, which a page without scripts never keeps.
        if self.scripts and self.looked[kind] <= 2:
            for fault in Axe().run(page).response["violations"]:
                self.faults.append(f"{page.url}: {fault['id']}: {fault['nodes'][0]['html'][:120]}")
