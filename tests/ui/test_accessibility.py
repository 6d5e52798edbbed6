"""A page made of every component passes axe at three widths and never scrolls sideways.

The page is drawn here and handed to the browser by its router: no server, no database, no network.
"""

from __future__ import annotations

import mimetypes
import os
import shutil
import types
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory, override_settings
from playwright.sync_api import Browser, Route, sync_playwright

import naung.ui
from naung.rules.decisions import UNDECIDED
from naung.rules.explaining import explain
from naung.ui import charts, navigation
from naung.ui.forms import DayInput, NIKInput, RupiahField
from tests.ui.test_law_parts import decided, halved
from tests.ui.test_shell import EVERY_NAME, addresses

pytestmark = pytest.mark.browser

STATIC = Path(naung.ui.__file__).parent / "static"
POLICY = "default-src 'self'"
WIDTHS = (1440, 390, 320)

STAFF = """{% extends "ui/base.html" %}{% load naung %}
{% block title %}Semua komponen{% endblock %}
{% block back %}{% back "Pekerja" "/" %}{% endblock %}
{% block crumbs %}{% crumb "Pekerja" "/" %}{% crumb "Semua komponen" %}{% endblock %}
{% block heading %}Semua komponen{% endblock %}
{% block heading_badge %}{% badge "tidak_terlindungi" %}{% endblock %}
{% block meta %}<span>{% icon "id" %}{% masked_nik "1275" "0007" %}</span>{% cite "PP 82/2019" confidence="recalled" %}{% endblock %}
{% block actions %}<a class="btn btn-light" href="/">{% icon "printer" %}Cetak</a><a class="btn btn-primary" href="/">Ajukan</a>{% endblock %}
{% block content %}<div class="dash"><div class="stack">
{% notice "bad" %}<b>Perlindungan terputus.</b> Iuran Januari kosong.{% endnotice %}{% notice "warn" %}<b>298 belum dibayar.</b>{% endnotice %}
{% card "Langkah" %}{% chain_stepper 3 %}{% budget_equation 5000 16800 12 1008000000 %}{% meter 3 of=10 target=4 %}{% endcard %}
{% card "Cakupan" %}{% ucj_bar 43526 132826 estimate=4702 target=target %}{% source "paparan BPJS Ketenagakerjaan" today %}{% endcard %}
<div class="two">{% card "Dari usulan sampai aktif" %}{% funnel stages %}{% endcard %}{% card "Per bulan" %}{% cliff months ends_on=ends %}{% endcard %}</div>
<section class="card"><div class="cb">{% explanation decided %}</div></section><section class="card"><div class="cb">{% explanation undecided %}</div></section>
{% card "Dari bulan ke bulan" %}{% coverage_timeline lanes first=first months=12 today=today ends_on=ends %}{% endcard %}
<section class="card"><div class="ch"><h2>Urutan</h2></div>{% tablewrap "Urutan calon" %}<table class="t kartu"><caption class="vh">Urutan calon</caption>
<thead><tr><th scope="col">Nama</th><th scope="col">NIK</th><th scope="col" class="n">Iuran</th></tr></thead><tbody>
<tr><th scope="row">Contoh Pekerja 1<span class="mini">Baris 1</span></th><td data-l="NIK">{% masked_nik "1275" "0007" %}</td><td class="n num" data-l="Iuran">{{ 16800|rupiah }}</td></tr>
{% cut_line "Garis batas kuota 5.000." 3 url="/" link="Lihat 37 calon" %}</tbody></table>{% endtablewrap %}{% pagination page %}</section>
</div><div class="stack rail">{% card "Isian" %}<form method="post" novalidate>{% csrf_token %}{{ form }}<button class="btn btn-primary">Simpan draf</button></form>{% endcard %}
{% card "Kosong" %}{% kosong "Belum ada usulan" heading=3 %}Unggah daftar dari desa.{% endkosong %}{% endcard %}</div></div>
{% actionbar %}<div><b>168 baris siap.</b></div><a class="btn btn-light" href="/">Simpan dulu</a><a class="btn btn-primary" href="/">Kirim 168 baris</a>{% endbar %}
{% endblock %}"""  # noqa: E501

SIGN_IN = '{% extends "ui/signin.html" %}'


class Entry(forms.Form):
    nik = forms.CharField(label="NIK", help_text="16 angka di KTP", widget=NIKInput())
    occupation = forms.ChoiceField(label="Pekerjaan", choices=[("", "Pilih satu"), ("a", "Petani")])
    born_on = forms.DateField(label="Tanggal lahir", widget=DayInput(), required=False)
    amount = RupiahField(label="Jumlah dibayar")
    same = forms.ChoiceField(label="Orang yang sama?", widget=forms.RadioSelect, choices=[("1", "Sama"), ("2", "Beda")])
    sure = forms.BooleanField(label="Saya sudah memeriksa garis batas")


class SignIn(forms.Form):
    username = forms.CharField(label="Nama pengguna", widget=forms.TextInput({"autocomplete": "username"}))
    password = forms.CharField(label="Kata sandi", widget=forms.PasswordInput({"autocomplete": "current-password"}))


def contents() -> dict[str, object]:
    covered = charts.Stretch(date(2022, 10, 1), date(2023, 1, 1), "Terlindungi, 3 bulan", "covered")
    gap = charts.Stretch(date(2023, 1, 1), date(2023, 4, 1), "Tidak terlindungi", "gap")
    return {
        "target": Decimal(45),
        "decided": explain(halved, decisions=decided("no")),
        "undecided": explain(halved, decisions=UNDECIDED),
        "first": date(2022, 7, 1),
        "today": date(2023, 1, 12),
        "ends": date(2022, 12, 31),
        "stages": [charts.FunnelStage("Diusulkan", 7214), charts.FunnelStage("Aktif hari ini", 4702, active=True)],
        "months": [charts.CliffMonth(date(2022, number, 1), paid=2000, unpaid=number) for number in range(7, 13)],
        "lanes": [charts.Lane("Perlindungan", "JKK dan JKM", (covered, gap))],
        "page": Paginator(range(1200), 50).get_page(3),
        "form": Entry({"nik": "127", "same": "1"}),
    }


def drawn(source: str, context: dict[str, object], *, role: str) -> str:
    request = RequestFactory().get("/")
    request._messages = []
    request.user = types.SimpleNamespace(
        is_authenticated=bool(role),
        role=role,
        get_role_display=lambda: f"Peran {role}",
        full_name="Sari Dewi",
        territory_name="Labuhanbatu Selatan",
    )
    with override_settings(ROOT_URLCONF=addresses(EVERY_NAME)):
        return engines["django"].from_string(source).render(context, request)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = os.environ.get("NAUNG_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield started
        started.close()


PAGES = {
    "staff": lambda: drawn(STAFF, contents(), role=navigation.OFFICER),
    "sign-in": lambda: drawn(SIGN_IN, {"form": SignIn({})}, role=""),
    "not-found": lambda: drawn('{% extends "404.html" %}', {}, role=""),
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_of_our_parts_is_accessible_and_fits(browser, name, width):
    html = PAGES[name]()
    complaints: list[str] = []

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix("http://naung.test/")
        if path.startswith("static/"):
            file = STATIC / path.removeprefix("static/")
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            route.fulfill(status=200 if file.is_file() else 404, body=file.read_bytes(), content_type=kind)
        else:
            route.fulfill(body=html, content_type="text/html", headers={"Content-Security-Policy": POLICY})

    page = browser.new_page(viewport={"width": width, "height": 844})
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    page.route("http://naung.test/**", answer)
    page.goto("http://naung.test/")
    sideways = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    faults = Axe().run(page).response["violations"]
    page.close()

    assert complaints == []
    assert sideways <= 0
    assert [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in faults] == []
