"""Pictures of the running product for the README and for looking at: docs/screens/*.png at 1440 and 390 wide.

Run by `./naung screenshots`: loads the demo into a folder of its own, serves it, signs in as each role, takes pictures.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs" / "screens"
PORT = 8767
PASSWORD = "naung-demo-2026"  # noqa: S105 - the demo's, printed by it
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# name, who looks, path; after >> the first link on the page before whose address holds those words and a number.
PAGES = (
    ("beranda", "staf.binjai", "/beranda/"),
    ("beranda-pimpinan", "pimpinan.binjai", "/beranda/"),
    ("beranda-desa", "operator.binjai", "/beranda/"),
    ("usulan", "staf.binjai", "/pekerja/usulan/"),
    ("periksa", "operator.binjai", "/pekerja/usulan/ >> /periksa/"),
    ("pekerja", "staf.binjai", "/pekerja/"),
    ("program", "staf.binjai", "/program/"),
    ("program-satu", "staf.binjai", "/program/ >> /program/"),
    ("tagihan", "keuangan.binjai", "/iuran/"),
    ("tagihan-satu", "keuangan.binjai", "/iuran/ >> /iuran/tagihan/"),
    ("perlindungan", "staf.labusel", "/perlindungan/"),
    ("perencana", "pimpinan.binjai", "/perencana/"),
    ("kerja-sama", "staf.binjai", "/kerja-sama/"),
    ("kerja-sama-medan", "hukum.medan", "/kerja-sama/ >> /kerja-sama/"),
    ("pks", "hukum.medan", "/kerja-sama/ >> /kerja-sama/ >> /lihat/"),
    ("pks-saya", "opd.medan", "/beranda/"),
    ("perangkat-daerah", "hukum.medan", "/kerja-sama/perangkat-daerah/"),
    ("nota-baru", "hukum.medan", "/kerja-sama/baru/"),
    ("peraturan", "staf.binjai", "/kerja-sama/peraturan/"),
    ("pertemuan", "staf.binjai", "/kerja-sama/pertemuan/ >> /kerja-sama/pertemuan/"),
    ("sosialisasi", "staf.binjai", "/kerja-sama/terjangkau/"),
    ("pemberi-kerja", "staf.labusel", "/pemberi-kerja/"),
    ("csr-semua", "staf.labusel", "/csr/"),
    ("naskah", "staf.binjai", "/naskah/"),
    ("naskah-satu", "staf.binjai", "/naskah/ >> /naskah/"),
    ("naskah-baru", "staf.binjai", "/naskah/baru/"),
    ("templat", "admin.binjai", "/pengaturan/templat/"),
    ("aturan", "admin.binjai", "/aturan/"),
    ("aturan-satu", "admin.binjai", "/aturan/jkm.bpu.before_min/"),
    ("belum-diatur", "staf.binjai", "/aturan/belum-diatur/"),
    (
        "simulasi-iuran",
        "staf.binjai",
        "/aturan/simulasi-iuran/?segment=bpu&month=2026-05&payer=self&income=1500000&programmes=JKK&programmes=JKM",
    ),
    (
        "simulasi-manfaat",
        "staf.binjai",
        "/aturan/simulasi-manfaat/?programme=jkm&died_on=2026-05-01&paid_months=2025-01..2025-12,2026-05",
    ),
    ("jejak-audit", "auditor.binjai", "/jejak-audit/"),
    ("laporan", "pimpinan.binjai", "/laporan/"),
    ("seleksi", "staf.binjai", "/program/ >> /program/ >> /seleksi/ >> /program/seleksi/"),
    ("sk", "staf.binjai", "/program/ >> /program/ >> /sk/"),
    ("pekerja-satu", "staf.binjai", "/iuran/ >> /iuran/tagihan/ >> /baris/ >> /pekerja/"),
    ("rekonsiliasi", "cabang.binjai", "/iuran/ >> /iuran/tagihan/ >> /rekonsiliasi/"),
    ("lanjutkan", "staf.binjai", "/perlindungan/ >> /lanjutkan/"),
    ("csr", "csr.labusel", "/csr/"),
    ("tanpa-sinyal", "operator.binjai", "/pekerja/tanpa-sinyal/"),
    ("pekerjaan-saya", "staf.binjai", "/pekerjaan-saya/"),
    ("akun", "staf.binjai", "/akun/"),
    ("pengaturan", "admin.binjai", "/pengaturan/"),
    ("komponen", "admin.binjai", "/komponen/"),
)


@contextlib.contextmanager
def demo() -> Iterator[tuple[str, str]]:
    """The demo on a port of its own, with the card code it prints; its home is kept, so that only one run loads it."""
    home = Path(tempfile.gettempdir()) / "naung-screenshots"
    environment = {**os.environ, "NAUNG_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    said = home.with_suffix(".txt")
    server = subprocess.Popen(
        [sys.executable, "-m", "naung", "demo", "--port", str(PORT)],
        env=environment,
        stdout=said.open("w"),
    )
    address = f"http://127.0.0.1:{PORT}"
    try:
        deadline = time.monotonic() + 300
        while True:
            if server.poll() is not None:
                raise SystemExit("the demo did not start")
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{address}/masuk/", timeout=5).read()  # noqa: S310
                break
            if time.monotonic() > deadline:
                raise SystemExit("the demo took too long")
            time.sleep(0.5)
        yield address, re.findall(r"kode kartu: (\S+)", said.read_text())[-1]
    finally:
        server.terminate()
        server.wait(timeout=60)


def take(browser: Browser, address: str, user: str, pages: list[tuple[str, str]]) -> None:
    for width, height in ((1440, 900), (390, 844)):
        context = browser.new_context(viewport={"width": width, "height": height})
        page = context.new_page()
        page.goto(f"{address}/masuk/")
        page.fill("[name=username]", user)
        page.fill("[name=password]", PASSWORD)
        page.click("main button")
        for name, steps in pages:
            first, *links = steps.split(" >> ")
            page.goto(address + first)
            for link in links:
                here = page.url.removeprefix(address)
                hrefs = page.eval_on_selector_all(
                    "main a[href]", "links => links.map(link => link.getAttribute('href'))"
                )
                target = next((h for h in hrefs if link in h and h != here and any(c.isdigit() for c in h)), None)
                if target is None:
                    print(f"{name}: no link with {link} on {here}")
                    break
                page.goto(address + target)
            page.screenshot(path=OUT / f"{name}-{width}.png")
        context.close()


def take_heirs(browser: Browser, address: str) -> None:
    """The public page for heirs: its first question and, four answers later, what the family may receive."""
    answers = ("Suami atau istri", "Bukan karena pekerjaan", "4 sampai 35 bulan", "2 anak atau lebih")
    for width, height in ((1440, 900), (390, 844)):
        context = browser.new_context(viewport={"width": width, "height": height})
        page = context.new_page()
        page.goto(f"{address}/hak-ahli-waris/")
        page.screenshot(path=OUT / f"hak-ahli-waris-{width}.png")
        for words in answers:
            page.get_by_label(words, exact=True).check()
            with page.expect_navigation():
                page.click("main .btn-primary")
        page.screenshot(path=OUT / f"hak-ahli-waris-hasil-{width}.png")
        context.close()


def take_card(browser: Browser, address: str, code: str) -> None:
    """Cek perlindungan: the field, and what a card shows."""
    for width, height in ((1440, 900), (390, 844)):
        context = browser.new_context(viewport={"width": width, "height": height})
        page = context.new_page()
        page.goto(f"{address}/cek/")
        page.screenshot(path=OUT / f"cek-{width}.png")
        page.get_by_label("Kode kartu").fill(code)
        with page.expect_navigation():
            page.click("main .btn-primary")
        page.screenshot(path=OUT / f"cek-hasil-{width}.png")
        context.close()


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("NAUNG_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    by_user: dict[str, list[tuple[str, str]]] = {}
    for name, user, steps in PAGES:
        by_user.setdefault(user, []).append((name, steps))
    with demo() as (address, code), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM)
        for user, pages in by_user.items():
            take(browser, address, user, pages)
        take_heirs(browser, address)
        take_card(browser, address, code)
        browser.close()
    print(f"{len(list(OUT.glob('*.png')))} pictures in {OUT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
