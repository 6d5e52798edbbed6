"""Aturan: who reads it, who records, and what a recorded check changes on other pages."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from naung.accounts.permissions import Role
from naung.audit.models import Record
from naung.contributions.pricing import tariff
from naung.lawbook.actions import record_check, record_decision
from naung.lawbook.models import LawCheck, LegalDecision
from naung.rules import background
from naung.rules.dated import Citation, Confidence
from naung.rules.decisions import questions
from naung.rules.law import Law, current_law
from tests.factories import make_programme
from tests.pages.people import BESIDE, HERE, PROVINCE, TODAY

R = Role
APBDES = "pp50_2025.apbdes_is_apbd"
LIST, QUESTIONS = "/aturan/", "/aturan/belum-diatur/"
PARAMETERS = current_law().parameters
RECALLED = next(line.citation for one in PARAMETERS.values() for line in one.values if line.citation.recalled)
RECALLED_PAGE = f"/aturan/{RECALLED.key}/"


def text_of(answer) -> str:
    return html.unescape(" ".join(answer.content.decode().split()))


def form_of(**changes):
    facts = {"start": RECALLED.start.isoformat(), "outcome": "agrees", "document": "LN 2015 No. 154"}
    return facts | {"page": "", "gazette_says": "", "checked_on": TODAY.isoformat()} | changes


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("path", [LIST, QUESTIONS, "/aturan/jkm.death_grant/"])
def test_the_law_is_public_whoever_signs_in_reads_it(as_role, role, path):
    assert as_role(role).get(path).status_code == 200


@pytest.mark.parametrize("path", [LIST, QUESTIONS, RECALLED_PAGE])
def test_without_signing_in_nothing_is_shown(client, db, path):
    assert client.get(path)["Location"].startswith(reverse("accounts:sign-in"))


@pytest.mark.parametrize("key", sorted(PARAMETERS))
def test_every_parameter_has_a_page_with_every_line_and_its_article(as_role, key):
    page = text_of(as_role(R.LEADER).get(reverse("lawbook:parameter", args=[key])))
    for line in PARAMETERS[key].values:
        assert f'id="baris-{line.start.isoformat()}"' in page
        assert line.citation.words_id() in page


def test_a_parameter_that_does_not_exist_is_not_found(as_role):
    assert as_role(R.ADMIN).get("/aturan/tidak.ada/").status_code == 404


def test_the_list_shows_value_article_and_how_sure_we_are(as_role):
    page = text_of(as_role(R.LEADER).get(LIST, {"cari": "jkm.death_grant"}))
    assert "Rp20.000.000" in page
    assert PARAMETERS["jkm.death_grant"].line_on(TODAY).citation.words_id() in page
    assert "Dibaca" in page
    assert "/aturan/jkm.funeral/" not in page


def test_the_list_of_an_earlier_day_shows_the_value_of_that_day(as_role):
    page = text_of(as_role(R.LEADER).get(LIST, {"cari": "jkm.death_grant", "pada": "2019-01-01"}))
    assert "Rp16.200.000" in page


@pytest.mark.parametrize("query", [{"pada": "kemarin"}, {"program": "XXX"}, {"segmen": "?"}, {"page": "99"}])
def test_a_filter_with_a_fault_narrows_nothing(as_role, query):
    answer = as_role(R.LEADER).get(LIST, query)
    assert answer.status_code == 200
    assert "/aturan/" in text_of(answer)


def test_a_search_that_finds_nothing_says_what_to_do(as_role):
    assert "Longgarkan saringan" in text_of(as_role(R.LEADER).get(LIST, {"cari": "<script>xyz"}))


@pytest.mark.parametrize("path", [LIST, RECALLED_PAGE])
def test_the_pages_cost_the_same_few_questions(as_role, path, django_assert_max_num_queries):
    client = as_role(R.ADMIN)
    client.get(path)
    with django_assert_max_num_queries(8):
        client.get(path)


def test_the_questions_cost_the_same_few_questions(as_role, django_assert_max_num_queries):
    client = as_role(R.PROGRAMME_OFFICER)
    client.get(QUESTIONS)
    with django_assert_max_num_queries(8):
        client.get(QUESTIONS)


# --- checking --------------------------------------------------------------------------------------


def test_the_admin_records_a_check_and_the_mark_is_gone(as_role, everyone):
    client = as_role(R.ADMIN)
    assert client.post(RECALLED_PAGE, form_of())["Location"] == RECALLED_PAGE
    page = text_of(client.get(RECALLED_PAGE))
    assert "Pemeriksaan tercatat." in page
    assert everyone[R.ADMIN].full_name in page
    assert "LN 2015 No. 154" in page
    recalled = text_of(client.get(LIST, {"keyakinan": "diingat", "cari": RECALLED.key}))
    assert f'href="{RECALLED_PAGE}"' not in recalled
    assert Record.objects.filter(action="law.check", area_code=HERE).count() == 1


def test_a_difference_is_shown_as_a_warning_and_the_mark_stays(as_role):
    client = as_role(R.ADMIN)
    client.post(RECALLED_PAGE, form_of(outcome="differs", gazette_says="Pasal 9: <b>dua bulan</b>."))
    page = client.get(RECALLED_PAGE).content.decode()
    assert "berbeda dari lembaran negara" in page
    assert "&lt;b&gt;dua bulan&lt;/b&gt;" in page
    listed = text_of(client.get(LIST, {"keyakinan": "berbeda"}))
    assert f'href="{RECALLED_PAGE}"' in listed
    assert f'href="{RECALLED_PAGE}"' in text_of(client.get(LIST, {"keyakinan": "diingat", "cari": RECALLED.key}))


@pytest.mark.parametrize(
    "changes",
    [{"document": ""}, {"outcome": "differs"}, {"start": "1999-01-01"}, {"checked_on": "2030-01-01"}, {"outcome": "?"}],
)
def test_a_faulty_check_is_shown_again_and_nothing_is_recorded(as_role, changes):
    answer = as_role(R.ADMIN).post(RECALLED_PAGE, form_of(**changes))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not LawCheck.objects.exists()


@pytest.mark.parametrize("role", sorted(set(Role.values) - {R.ADMIN}))
def test_others_neither_see_the_form_nor_get_through_it(as_role, role):
    client = as_role(role)
    assert "Simpan pemeriksaan" not in text_of(client.get(RECALLED_PAGE))
    assert client.post(RECALLED_PAGE, form_of()).status_code == 403
    assert not LawCheck.objects.exists()


def test_a_link_of_a_line_chooses_it_in_the_form(as_role):
    line = PARAMETERS["jp.age"].values[2]
    page = text_of(as_role(R.ADMIN).get("/aturan/jp.age/", {"baris": line.start.isoformat()}))
    assert f'<option value="{line.start.isoformat()}" selected>' in page


@pytest.fixture
def remembered(monkeypatch) -> Citation:
    """The law with one number that every contribution rests on only remembered; its citation."""
    law = current_law()
    old = law.parameters["bpu.jkm.amount"]
    lines = tuple(replace(line, citation=replace(line.citation, confidence=Confidence.RECALLED)) for line in old.values)
    doubted = Law({**law.parameters, old.key: replace(old, values=lines)})
    monkeypatch.setattr("naung.lawbook.queries.current_law", lambda: doubted)
    monkeypatch.setattr("naung.lawbook.actions.current_law", lambda: doubted)
    return lines[-1].citation


@pytest.mark.parametrize("page", ["planner", "programme"])
def test_a_mark_disappears_from_other_pages_once_a_person_checked_the_number(as_role, everyone, remembered, page):
    client = as_role(R.PROGRAMME_OFFICER)
    path = reverse("planning:planner") if page == "planner" else f"/program/{make_programme().pk}/"
    assert "belum diverifikasi" in text_of(client.get(path))
    record_check(
        key=remembered.key, start=remembered.start, agrees=True, document="LN", by=everyone[R.ADMIN], checked_on=TODAY
    )
    shown = text_of(client.get(path))
    assert "belum diverifikasi" not in shown
    assert f"diperiksa {everyone[R.ADMIN].full_name}" in shown


def test_a_bill_is_issued_without_the_mark_once_a_person_checked_the_number(everyone, a_town, remembered):
    def marked() -> bool:
        month = date(2026, 1, 1)
        prices = tariff(a_town.line, first_month=month, last_month=month)
        price = prices.cells[month, "other", 1]
        return prices.law_of({(month, price.jkk, price.jkm, price.jht)})["recalled"]

    assert marked()
    record_check(
        key=remembered.key, start=remembered.start, agrees=True, document="LN", by=everyone[R.ADMIN], checked_on=TODAY
    )
    assert not marked()


# --- deciding --------------------------------------------------------------------------------------


def decision(**changes):
    return {"answer": "no", "valid_from": "2026-01-01", "valid_until": "", "basis": "Berita acara 7"} | changes


def test_every_open_question_is_shown_with_its_answers_and_who_gives_them(as_role):
    page = text_of(as_role(R.DONOR).get(QUESTIONS))
    for asked in questions().values():
        assert " ".join(asked.words.split()) in page
        for one in asked.answers:
            assert one.given_by in page


@pytest.mark.parametrize("role", [R.PROGRAMME_OFFICER, R.ADMIN])
def test_an_officer_or_admin_records_what_the_region_decided(as_role, role):
    client = as_role(role)
    answer = client.post(reverse("lawbook:decide", args=[APBDES]), decision())
    assert answer["Location"] == f"{QUESTIONS}#{APBDES}"
    assert LegalDecision.objects.get().area_code == HERE
    assert "Berita acara 7" in text_of(client.get(QUESTIONS))


@pytest.mark.parametrize("role", sorted(set(Role.values) - {R.PROGRAMME_OFFICER, R.ADMIN}))
def test_others_read_decisions_and_record_none(as_role, role):
    client = as_role(role)
    assert "Simpan keputusan" not in text_of(client.get(QUESTIONS))
    assert client.post(reverse("lawbook:decide", args=[APBDES]), decision()).status_code == 403
    assert not LegalDecision.objects.exists()


@pytest.mark.parametrize(
    "changes", [{"basis": ""}, {"answer": "mungkin"}, {"valid_from": ""}, {"valid_until": "2025-01-01"}]
)
def test_a_faulty_decision_is_shown_again_opened(as_role, changes):
    answer = as_role(R.ADMIN).post(reverse("lawbook:decide", args=[APBDES]), decision(**changes))
    assert answer.status_code == 422
    assert '<details class="isian jarak" open>' in answer.content.decode()
    assert not LegalDecision.objects.exists()


def test_a_question_that_does_not_exist_is_not_found(as_role):
    assert as_role(R.ADMIN).post(reverse("lawbook:decide", args=["pajak"]), decision()).status_code == 404


def test_a_region_sees_its_own_and_its_province_s_decisions_and_not_its_neighbour_s(as_role):
    for area, basis in ((HERE, "Surat kota"), (PROVINCE, "Surat provinsi"), (BESIDE, "Surat tetangga")):
        record_decision(area_code=area, question=APBDES, answer="no", valid_from=date(2026, 1, 1), basis=basis, by=None)
    page = text_of(as_role(R.VILLAGE_OPERATOR).get(QUESTIONS))
    assert "Surat kota" in page
    assert "Surat provinsi" in page
    assert "Surat tetangga" not in page


def test_where_sources_contradict_each_other_both_are_shown_with_what_is_used(as_role):
    client = as_role(R.LEADER)
    for conflict in background.conflicts():
        pages = [reverse("lawbook:parameter", args=[key]) for key in conflict.parameters] + [QUESTIONS]
        for page in map(text_of, map(client.get, pages)):
            for said in (conflict.says_a.words.id, conflict.says_b.words.id, conflict.advice.id):
                assert " ".join(said.split())[1:] in page
