"""The frame around every page: what a role finds in it, and that nothing in it leads nowhere."""

from __future__ import annotations

import types
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template import engines
from django.test import RequestFactory, override_settings
from django.urls import get_script_prefix, include, path, reverse, set_script_prefix
from django.utils import translation

import naung.ui
from naung.ui import navigation
from naung.ui.badges import BADGES
from naung.ui.forms import RupiahField
from naung.ui.icons import icon_names
from naung.ui.language import LanguageInAddress, in_other_language

UI = Path(naung.ui.__file__).parent


def page(_request) -> HttpResponse:
    return HttpResponse()


def addresses(names: list[str]) -> types.ModuleType:
    """A URL configuration in which exactly `names` exist."""
    apps: dict[str, list[str]] = {}
    for name in names:
        app, _colon, local = name.rpartition(":")
        apps.setdefault(app, []).append(local)
    module = types.ModuleType("addresses")
    module.urlpatterns = []
    for app, local_names in apps.items():
        routes = [path(f"{local}/", page, name=local) for local in local_names]
        module.urlpatterns.append(path(f"{app}/", include((routes, app))) if app else path("", include(routes)))
    return module


EVERY_NAME = [
    *(item.url_name for item in navigation.NAVIGATION),
    "registry:upload", "accounts:sign-in", "accounts:sign-out", "search", "registry:offline",
]  # fmt: skip


@pytest.fixture
def all_addresses():
    with override_settings(ROOT_URLCONF=addresses(EVERY_NAME)):
        yield


def rendered(source: str, *, role: str = "", at: str = "/", **context) -> str:
    request = RequestFactory().get(at)
    request._messages = []
    request.user = types.SimpleNamespace(
        is_authenticated=bool(role), role=role, get_role_display=lambda: f"Peran {role}",
        full_name="Sari <b>Dewi</b>", office_name="Disnaker",
        territory_name="Kota Binjai", territory_parent_name="Sumatera Utara",
    )  # fmt: skip
    return engines["django"].from_string(source).render(context, request)


PAGE = '{% extends "ui/base.html" %}{% block heading %}Judul{% endblock %}{% block content %}isi{% endblock %}'


@pytest.mark.usefixtures("all_addresses")
@pytest.mark.parametrize("role", sorted(navigation.EVERYONE))
def test_every_role_gets_a_whole_page(role):
    html = rendered(PAGE, role=role)
    assert html.count("<h1") == 1
    assert html.count("<main") == 1
    assert '<a class="skip" href="#isi">' in html
    assert '<html lang="id"' in html
    assert "Kota Binjai" in html
    assert f"Peran {role}" in html


@pytest.mark.usefixtures("all_addresses")
def test_a_leader_has_no_list_of_workers():
    names = [str(link.name) for link in navigation.links_for(navigation.LEADER, "/")]
    assert names == [
        "Beranda", "Program & seleksi", "Iuran & tagihan", "Perlindungan", "Klaim", "Kerja sama",
        "Pemberi kerja", "Naskah", "Perencana", "Laporan", "Aturan", "Bantuan",
    ]  # fmt: skip


@pytest.mark.usefixtures("all_addresses")
def test_a_village_operator_has_four_places_and_help():
    names = [str(link.name) for link in navigation.links_for(navigation.VILLAGE, "/")]
    assert names == ["Beranda", "Pekerja", "Perlindungan", "Klaim", "Bantuan"]


def test_a_page_that_does_not_exist_is_not_in_the_menu():
    with override_settings(ROOT_URLCONF=addresses(["planning:home", "programmes:list"])):
        names = [link.url_name for link in navigation.links_for(navigation.OFFICER, "/")]
        html = rendered(PAGE, role=navigation.OFFICER)
    assert names == ["planning:home", "programmes:list"]
    assert "Keluar" not in html
    assert 'role="search"' not in html


@pytest.mark.usefixtures("all_addresses")
def test_the_menu_marks_the_nearest_place_only():
    links = navigation.links_for(navigation.OFFICER, "/registry/workers/17/")
    assert [link.url_name for link in links if link.current] == ["registry:workers"]


@pytest.mark.usefixtures("all_addresses")
def test_a_phone_shows_three_places_and_keeps_the_rest_within_reach():
    links = navigation.links_for(navigation.VILLAGE, "/registry/upload/")
    first, rest = navigation.phone_links_for(navigation.VILLAGE, "/registry/upload/", links)
    assert [str(link.name) for link in first] == ["Beranda", "Pekerja", "Unggah"]
    assert [link.url_name for link in first if link.current] == ["registry:upload"]
    assert {str(link.name) for link in rest} == {"Perlindungan", "Klaim", "Bantuan"}


@pytest.mark.usefixtures("all_addresses")
def test_work_that_waits_is_counted_beside_its_place():
    links = navigation.links_for(navigation.VILLAGE, "/", {"registry:workers": 46})
    assert {link.url_name: link.waiting for link in links}["registry:workers"] == 46


@pytest.mark.usefixtures("all_addresses")
def test_a_name_is_text_in_the_shell():
    html = rendered(PAGE, role=navigation.OFFICER)
    assert "<b>Dewi</b>" not in html
    assert "Sari &lt;b&gt;Dewi" in html


@pytest.mark.usefixtures("all_addresses")
def test_someone_who_is_not_signed_in_finds_no_menu():
    html = rendered(PAGE)
    assert "aria-current" not in html.split("<nav", 1)[1].split("</nav>", 1)[0]
    assert 'class="tabbar"' not in html


@pytest.mark.parametrize("template", ["403.html", "404.html", "500.html"])
def test_an_error_page_needs_nothing_and_names_its_code(template):
    html = engines["django"].get_template(template).render({})
    assert template.removesuffix(".html") in html
    assert "Kode" in html
    assert html.count("<h1") == 1


@pytest.mark.parametrize(
    ("address", "language", "inside"),
    [
        ("/beranda/", "id", "/beranda/"),
        ("/en/beranda/", "en", "/beranda/"),
        ("/en", "en", "/"),
        ("/enam/", "id", "/enam/"),
    ],
)
def test_the_address_says_the_language_and_the_browser_does_not(address, language, inside):
    def page(asked):
        return HttpResponse(f"{asked.LANGUAGE_CODE} {asked.path_info} {translation.get_language()}")

    request = RequestFactory().get(address, headers={"accept-language": "en-US,en;q=0.9"})
    response = LanguageInAddress(page)(request)
    assert response.content.decode() == f"{language} {inside} {language}"
    assert response["Content-Language"] == language
    assert get_script_prefix() == "/"


@pytest.mark.parametrize(
    ("address", "other"),
    [
        ("/beranda/?hal=2", "/en/beranda/?hal=2"),
        ("/en/beranda/?hal=2", "/beranda/?hal=2"),
        ("/", "/en/"),
        ("/en/", "/"),
        ("/pekerja/en/", "/en/pekerja/en/"),
    ],
)
def test_the_switch_leads_to_the_same_page_in_the_other_language(address, other):
    seen = []
    LanguageInAddress(lambda asked: HttpResponse(seen.append(in_other_language(asked))))(RequestFactory().get(address))
    assert seen == [other]


def test_an_english_page_links_to_english_pages_and_a_deployment_below_a_path_keeps_it():
    seen = []

    def page(asked):
        seen.extend([reverse("accounts:sign-in"), in_other_language(asked)])
        return HttpResponse()

    set_script_prefix("/naung/")
    try:
        LanguageInAddress(page)(RequestFactory(SCRIPT_NAME="/naung").get("/en/cek/"))
    finally:
        set_script_prefix("/")
    assert seen == ["/naung/en/masuk/", "/naung/cek/"]


@pytest.mark.usefixtures("all_addresses")
def test_the_shell_speaks_english_to_those_who_chose_it():
    with translation.override("en"):
        html = rendered(PAGE, role=navigation.OFFICER)
    assert '<html lang="en"' in html
    assert "Skip to content" in html
    assert [word for word in ("Beranda", "Pekerja", "Keluar", "Lainnya") if word in html] == []


# ---- components ---------------------------------------------------------------------------------


@pytest.mark.parametrize("state", sorted(BADGES))
def test_a_badge_is_a_word_with_an_icon_never_colour_alone(state):
    html = rendered('{% load naung %}{% badge "' + state + '" %}')
    assert f"#i-{BADGES[state].icon}" in html
    assert str(BADGES[state].label) in html


def test_a_badge_of_an_unknown_state_is_our_own_mistake():
    with pytest.raises(KeyError):
        rendered('{% load naung %}{% badge "belum_ada" %}')


def test_every_icon_a_badge_or_the_menu_names_exists():
    used = {known.icon for known in BADGES.values()} | {item.icon for item in navigation.NAVIGATION}
    assert used <= icon_names()


@pytest.mark.parametrize("value", ["1275034505800007", ("1275", "0007")])
def test_a_nik_on_a_page_shows_its_ends_and_is_spoken_as_masked(value):
    html = rendered("{% load naung %}{{ value|masked_nik }}", value=value)
    assert "1275<i>••••••••</i>0007" in html
    assert "NIK disamarkan, berakhir 0007" in html
    assert "0345" not in html


def test_a_rule_nobody_checked_says_so():
    html = rendered('{% load naung %}{% cite "Permenaker 1/2025" confidence="recalled" %}')
    assert 'class="cite ask"' in html
    assert "belum diverifikasi" in html


@pytest.mark.parametrize(
    ("filter_call", "written"),
    [
        ("16800|rupiah", "Rp16.800"),
        ("1008000000|rupiah_short", "Rp1,008 miliar"),
        ("132826|number_id", "132.826"),
        ("nothing|rupiah", "—"),
        ("nothing|date_long", "—"),
        ("0|number_id", "0"),
    ],
)
def test_filters_write_in_indonesian_and_dash_what_is_missing(filter_call, written):
    assert rendered("{% load naung %}{{ " + filter_call + " }}", nothing=None) == written


def test_block_components_escape_their_titles_and_keep_their_content():
    html = rendered('{% load naung %}{% card title %}<p class="x">{{ title }}</p>{% endcard %}', title="<i>a</i>")
    assert "<h2>&lt;i&gt;a&lt;/i&gt;</h2>" in html
    assert '<p class="x">&lt;i&gt;a&lt;/i&gt;</p>' in html


def test_pages_of_a_list_keep_the_filters_of_the_address():
    numbers = Paginator(range(1200), 50).get_page(3)
    html = rendered("{% load naung %}{% pagination page %}", at="/daftar/?kecamatan=127503&page=3", page=numbers)
    assert "101–150 dari 1.200" in html
    assert 'href="?kecamatan=127503&amp;page=4" rel="next"' in html


def test_one_page_of_a_list_has_no_links():
    html = rendered("{% load naung %}{% pagination page %}", page=Paginator(range(3), 50).get_page(1))
    assert "<nav" not in html


def test_the_stepper_marks_what_is_done_and_where_we_are():
    html = rendered("{% load naung %}{% chain_stepper 3 %}")
    assert html.count('<li class="done">') == 2
    assert '<li aria-current="step"><b>3. Seleksi</b></li>' in html
    assert "Langkah 3 dari 6" in html


# ---- forms --------------------------------------------------------------------------------------


class Claim(forms.Form):
    nik = forms.CharField(label="NIK", help_text="16 angka di KTP")
    occupation = forms.ChoiceField(label="Pekerjaan", choices=[("", "Pilih satu"), ("a", "Petani")])
    same = forms.ChoiceField(label="Orang yang sama?", widget=forms.RadioSelect, choices=[("1", "Sama"), ("2", "Beda")])
    amount = RupiahField(label="Jumlah dibayar", required=False)


def test_a_form_lists_its_faults_first_and_each_leads_to_its_field():
    html = rendered("{{ form }}", form=Claim({"nik": "", "same": "1"}))
    summary = html[: html.index('class="fg')]
    assert "Ada 2 isian yang perlu diperbaiki" in summary
    assert '<a href="#id_nik">Isi NIK</a>' in summary
    assert '<a href="#id_occupation">Pilih pekerjaan</a>' in summary
    assert "autofocus" in summary


def test_a_field_has_its_label_help_fault_and_control_tied_together():
    html = rendered("{{ form.nik.as_field_group }}", form=Claim({}))
    assert '<label class="form-label" for="id_nik">NIK</label>' in html
    assert '<div class="form-text" id="id_nik_helptext">16 angka di KTP</div>' in html
    assert 'aria-describedby="id_nik_helptext id_nik_error"' in html
    assert '<div id="id_nik_error">' in html
    assert 'aria-invalid="true"' in html
    assert html.index("form-text") < html.index('class="em"') < html.index("<input")


def test_radio_buttons_are_a_group_with_a_legend():
    html = rendered("{{ form.same.as_field_group }}", form=Claim())
    assert "<fieldset" in html
    assert '<legend class="form-label">Orang yang sama?</legend>' in html
    assert html.count('<label class="opt"') == 2


def test_hostile_values_stay_inside_their_field():
    html = rendered("{{ form }}", form=Claim({"nik": '"><script>x</script>', "same": "1", "occupation": "a"}))
    assert "<script" not in html


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("1008000000", 1_008_000_000), ("Rp1.008.000.000", 1_008_000_000), ("Rp 16.800,00", 16_800), ("16.800,-", 16_800)],
)
def test_an_amount_is_read_as_people_type_it(typed, amount):
    assert RupiahField().clean(typed) == amount


@pytest.mark.parametrize("typed", ["12,5", "1,008,000", "16.80", "-5", "seribu", "0", "1e6", "١٢٣"])
def test_an_amount_that_is_not_whole_rupiah_is_refused(typed):
    with pytest.raises(forms.ValidationError):
        RupiahField().clean(typed)
