"""Simulasi iuran and Simulasi manfaat: the same totals as the command line and REST, and nothing about a person."""

from __future__ import annotations

import html
import os
import re
import shutil
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import sync_playwright

from naung.accounts.permissions import Role
from naung.audit.models import Record
from naung.lawbook import simulation_words as words
from naung.lawbook.actions import record_decision
from naung.lawbook.simulation_forms import SimulationForm
from naung.rules.decisions import UNDECIDED
from naung.rules.inquiries.answering import answer_data
from naung.rules.inquiries.reading import KINDS, read_inquiry
from naung.rules.law import current_law
from naung.rules.money import rupiah
from tests.pages.people import HERE
from tests.pages.test_accessible import faults

CONTRIBUTION, BENEFIT = "/aturan/simulasi-iuran/", "/aturan/simulasi-manfaat/"
PAGES = {"contribution": CONTRIBUTION, "benefit": BENEFIT}
EVERY_KIND = [(family, kind) for family, kinds in KINDS.items() for kind in kinds]
GAP = "jkm.gap_restarts_count"

# The same question as an address and as the facts that machines send.
ASKED: list[tuple[str, str, dict[str, Any]]] = [
    (
        "contribution",
        "segment=bpu&month=2026-05&payer=self&income=1.500.000&programmes=JKK&programmes=JKM&programmes=JHT",
        {
            "segment": "bpu", "month": "2026-05", "payer": "self", "income": 1_500_000,
            "programmes": ["JKK", "JKM", "JHT"],
        },
    ),
    (
        "contribution",
        "segment=bpu&month=2026-01&payer=apbd_kab&sector=transport&months=6&programmes=JKK&programmes=JKM",
        {"segment": "bpu", "month": "2026-01", "payer": "apbd_kab", "sector": "transport", "months": 6},
    ),
    (
        "contribution",
        "segment=ppu&month=2026-05&wage=Rp4.000.000&risk_class=2&programmes=JKK&programmes=JKM",
        {"segment": "ppu", "month": "2026-05", "wage": 4_000_000, "risk_class": 2, "programmes": ["JKK", "JKM"]},
    ),
    (
        "contribution",
        "segment=construction&contract_value=1.500.000.000&signed_on=2026-03-01",
        {"segment": "construction", "contract_value": 1_500_000_000, "signed_on": "2026-03-01"},
    ),
    (
        "contribution",
        "segment=pmi&on=2026-03-01&contract_months=24",
        {"segment": "pmi", "on": "2026-03-01", "contract_months": 24},
    ),
    (
        "benefit",
        (
            "programme=jkk&happened_on=2026-03-01&base_income=1.000.000&outcome=partial_anatomical&months_unable=4"
            "&losses-0-part=thumb&losses-0-side=right&transport-land=500.000"
        ),
        {
            "programme": "jkk", "happened_on": "2026-03-01", "base_income": 1_000_000, "months_unable": 4,
            "outcome": "partial_anatomical", "losses": [{"part": "thumb", "side": "right"}],
            "transport": {"land": 500_000},
        },
    ),
    (
        "benefit",
        "programme=jp&starts_on=2026-03-01&contribution_months=190&average_yearly_wage=60000000",
        {
            "programme": "jp", "starts_on": "2026-03-01", "contribution_months": 190,
            "average_yearly_wage": 60_000_000,
        },
    ),
    (
        "benefit",
        "programme=jkp&dismissed_on=2026-03-01&wage=4.000.000",
        {"programme": "jkp", "dismissed_on": "2026-03-01", "wage": 4_000_000},
    ),
    ("benefit", "programme=jkm&died_on=2026-05-01&months_paid=2",
     {"programme": "jkm", "died_on": "2026-05-01", "months_paid": 2}),
    ("benefit", "programme=jkm&died_on=2026-05-01&paid_months=2025-11..2026-05",
     {"programme": "jkm", "died_on": "2026-05-01", "paid_months": ["2025-11..2026-05"]}),
    (
        "benefit",
        (
            "programme=jkm&died_on=2025-12-01&memberships-0-segment=bpu&memberships-0-paid_months=2025-01..2025-12"
            "&memberships-1-segment=ppu&memberships-1-paid_months=2025-12"
        ),
        {
            "programme": "jkm", "died_on": "2025-12-01",
            "memberships": [
                {"segment": "bpu", "paid_months": ["2025-01..2025-12"]},
                {"segment": "ppu", "paid_months": ["2025-12"]},
            ],
        },
    ),
    ("benefit", "programme=scholarship&on=2026-05-01&children-0-sd=3&children-0-smp=3&children-1-pt=2",
     {"programme": "scholarship", "on": "2026-05-01", "children": [{"sd": 3, "smp": 3}, {"pt": 2}]}),
    ("benefit", "programme=heirs&died_on=2026-05-01&relatives-spouse=1&relatives-child=2&months_paid=12",
     {"programme": "heirs", "died_on": "2026-05-01", "relatives": ["spouse", "child", "child"], "months_paid": 12}),
]  # fmt: skip


@pytest.fixture
def staff(as_role):
    return as_role(Role.PROGRAMME_OFFICER)


def text_of(answer) -> str:
    return html.unescape(" ".join(answer.content.decode().split()))


def big(answer) -> str:
    found = re.search(r'angka-besar num">([^<]+)<', answer.content.decode())
    assert found, text_of(answer)
    return found[1]


@pytest.mark.parametrize(("family", "address", "facts"), ASKED)
def test_a_page_gives_the_total_that_machines_get(staff, family, address, facts):
    answer = staff.get(f"{PAGES[family]}?{address}")
    said = answer_data(read_inquiry(family, facts), current_law(), UNDECIDED)
    assert answer.status_code == 200
    assert big(answer) == rupiah(said["total"])


@pytest.mark.parametrize(("family", "address", "facts"), ASKED)
def test_a_form_asks_the_question_that_machines_ask(family, address, facts):
    asked = QueryDict(address)
    kind = facts[next(iter(facts))]
    form = SimulationForm(asked, family=family, kind=kind, model=KINDS[family][kind])
    assert form.is_valid(), form.errors
    assert form.inquiry == read_inquiry(family, facts)


@pytest.mark.parametrize(("family", "kind"), EVERY_KIND)
def test_every_question_has_a_form_with_its_own_fields_only(staff, family, kind):
    model = KINDS[family][kind]
    answer = staff.get(PAGES[family], {model.kind: kind})
    page = answer.content.decode()
    assert answer.status_code == 200
    for field in set(model.model_fields) - {model.kind, "decisions"}:
        assert re.search(rf'name="{field}["-]', page), field
    others = {name for one in KINDS[family].values() for name in one.model_fields} - set(model.model_fields)
    assert [name for name in others if re.search(rf'name="{name}["-]', page)] == []


@pytest.mark.parametrize(("family", "kind"), EVERY_KIND)
def test_an_empty_form_says_what_is_missing_and_keeps_the_kind(staff, family, kind):
    model = KINDS[family][kind]
    answer = staff.get(PAGES[family], {model.kind: kind, "as_known_on": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'role="alert"' in page
    assert "Galat:" in page
    assert f'<option value="{kind}" selected>' in page


@pytest.mark.parametrize(("family", "kind"), EVERY_KIND)
def test_everything_on_a_form_has_a_name_for_people(family, kind):
    """Where this fails a question has a new field: name it in `lawbook/simulation_words.py` (and its choices, help)."""
    form = SimulationForm(None, family=family, kind=kind, model=KINDS[family][kind])
    assert kind in words.KINDS
    for name, field in form.fields.items():
        listed, _dash, leaf = name.partition("-")
        # Of amounts or numbers by kind the list has the name, of things in a list each field.
        assert (listed if leaf and not leaf[0].isdigit() else name.rpartition("-")[2]) in words.LABELS
        assert leaf not in str(field.label) or not leaf, name
        assert not field.help_text or name == "as_known_on" or str(field.help_text) in words.HELP
        for value, shown in getattr(field, "choices", ()):
            assert value == "" or str(shown) != value or value.isupper(), f"{name}: {value}"


def test_forms_are_english_where_the_page_is():
    with translation.override("en"):
        form = SimulationForm(None, family="contribution", kind="bpu", model=KINDS["contribution"]["bpu"])
        assert str(form.fields["month"].label).startswith("Contribution month")
        assert "lump" in form.fields["months"].help_text or "at once" in form.fields["months"].help_text


@pytest.mark.parametrize(
    ("address", "says"),
    [
        (f"{CONTRIBUTION}?segment=bpu&month=mei&payer=self&programmes=JKK", "Bulan iuran"),
        (f"{CONTRIBUTION}?segment=bpu&month=2026-05&payer=self", "Pilih program"),
        (f"{CONTRIBUTION}?segment=bpu&month=2026-05&payer=siapa&programmes=JKK", "Yang membayar"),
        (f"{CONTRIBUTION}?segment=bpu&month=2026-05&payer=self&programmes=JKK&income=12,5", "rupiah utuh"),
        (f"{BENEFIT}?programme=jkm&died_on=2026-05-01", "Isi salah satu"),
        (f"{BENEFIT}?programme=jkm&died_on=2026-05-01&paid_months=entah", "Tulis bulan seperti"),
        (f"{BENEFIT}?programme=scholarship&on=2026-05-01&children-0-born_on=2015-01-01", "bersama jenjang"),
        (f"{BENEFIT}?programme=jkm&died_on=2026-05-01&months_paid=-1", "Bulan lunas"),
        (f"{CONTRIBUTION}?segment=astronaut", "Pilihan itu tidak ada"),
    ],
)
def test_a_mistake_is_told_beside_its_field_with_status_422(staff, address, says):
    answer = staff.get(address)
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert "angka-besar" not in answer.content.decode()


def test_a_mistake_in_a_list_stands_at_its_own_field(staff):
    address = f"{BENEFIT}?programme=jkm&died_on=2025-12-01&memberships-1-segment=ppu"
    answer = staff.get(address)
    assert answer.status_code == 422
    assert 'id="id_memberships-0-paid_months_error"' in answer.content.decode()


def test_a_day_before_the_law_is_refused_in_words_and_never_zero(staff):
    answer = staff.get(f"{BENEFIT}?programme=jkm&died_on=2010-01-01&months_paid=12")
    assert answer.status_code == 200
    assert "Tidak dapat dihitung." in text_of(answer)
    assert "Rp0" not in text_of(answer)


def test_an_open_question_shows_both_ways_and_the_region_s_answer_settles_it(staff):
    address = f"{BENEFIT}?programme=jkm&died_on=2026-05-01&paid_months=2025-01..2025-12,2026-05"
    open_page = text_of(staff.get(address))
    assert "Perlu keputusan daerah." in open_page
    assert "Rp10.000.000" in open_page
    assert "Rp42.000.000" in open_page
    record_decision(
        area_code=HERE, question=GAP, answer="no", valid_from=date(2026, 1, 1), basis="Berita acara 3", by=None
    )
    settled = staff.get(address)
    assert big(settled) == "Rp42.000.000"
    assert "keputusan daerah" in text_of(settled)


def test_the_law_can_be_asked_as_it_was_known_on_an_earlier_day(staff):
    address = f"{BENEFIT}?programme=jkm&died_on=2025-03-15&months_paid=2"
    assert big(staff.get(address)) == "Rp10.000.000"
    before = staff.get(f"{address}&as_known_on=2025-02-01")
    assert big(before) == "Rp42.000.000"
    assert "menurut hukum yang diketahui 1 Februari 2025" in text_of(before)


def test_articles_and_marks_stand_with_the_result(staff):
    page = text_of(staff.get(f"{CONTRIBUTION}?{ASKED[0][1]}"))
    assert "Perkiraan" in page
    assert "belum diverifikasi" in page
    assert "PP 50/2025" in page


def test_who_bears_what_is_shown(staff):
    page = text_of(staff.get(f"{CONTRIBUTION}?segment=ppu&month=2026-05&wage=4000000&risk_class=2&programmes=JHT"))
    assert "Ditanggung pemberi kerja" in page
    assert "Bagian pekerja" in page


@pytest.mark.parametrize("path", [CONTRIBUTION, BENEFIT])
@pytest.mark.parametrize("role", Role.values)
def test_whoever_signs_in_may_simulate(as_role, path, role):
    assert as_role(role).get(path).status_code == 200


@pytest.mark.parametrize("path", [CONTRIBUTION, BENEFIT])
def test_without_signing_in_nothing_is_shown(client, db, path):
    assert client.get(path)["Location"].startswith(reverse("accounts:sign-in"))


@pytest.mark.parametrize("path", [CONTRIBUTION, BENEFIT])
def test_a_simulation_is_read_only_and_leaves_no_trace(staff, path):
    before = Record.objects.count()
    assert staff.post(path, {"segment": "bpu"}).status_code == 405
    staff.get(f"{BENEFIT}?{ASKED[3][1]}")
    assert Record.objects.count() == before


def test_what_somebody_types_is_shown_as_text(staff):
    bad = "<script>alert(1)</script>"
    for query in ({"segment": bad}, {"segment": "bpu", "income": bad, "month": bad}):
        assert bad not in staff.get(CONTRIBUTION, query).content.decode()


def test_aturan_leads_to_both_simulations(staff):
    page = staff.get("/aturan/").content.decode()
    assert CONTRIBUTION in page
    assert BENEFIT in page


def test_a_simulation_costs_few_questions_to_the_database(staff, django_assert_max_num_queries):
    address = f"{CONTRIBUTION}?{ASKED[0][1]}"
    staff.get(address)
    with django_assert_max_num_queries(9):
        staff.get(address)


@pytest.fixture
def drawn(staff) -> dict[str, str]:
    """A form of each family, one that was refused, results, an open question and a refusal of the law."""
    addresses = {
        "choose": CONTRIBUTION,
        "empty": f"{BENEFIT}?programme=scholarship",
        "faulty": f"{CONTRIBUTION}?segment=bpu&month=&payer=&income=12x",
        "contribution": f"{CONTRIBUTION}?{ASKED[0][1]}",
        "wages": f"{CONTRIBUTION}?{ASKED[2][1]}",
        "schooling": f"{BENEFIT}?{ASKED[6][1]}",
        "heirs": f"{BENEFIT}?{ASKED[7][1]}",
        "open": f"{BENEFIT}?programme=jkm&died_on=2026-05-01&paid_months=2025-01..2025-12,2026-05",
        "silent": f"{BENEFIT}?programme=jkm&died_on=2010-01-01&months_paid=12",
    }
    return {name: staff.get(address).content.decode() for name, address in addresses.items()}


@pytest.mark.browser
@pytest.mark.slow
def test_the_simulations_are_accessible_and_fit(drawn):
    program = os.environ.get("NAUNG_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        page = browser.new_page()
        found = {
            f"{name} {width}": said
            for name, body in drawn.items()
            for width in (1440, 390, 320)
            if (said := faults(page, body, width))
        }
        browser.close()
    assert found == {}
