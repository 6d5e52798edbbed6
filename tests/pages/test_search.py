"""The search box: all kinds of things, only what the person may see, and one answer for nothing and for not allowed."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from naung.accounts.permissions import Role
from naung.agreements.actions import prepare_pks, record_agreement
from tests.factories import make_office
from tests.pages.people import BESIDE, HERE, VILLAGE, person
from tests.town import worker

URL = "/cari/"
R = Role


def answer(client, words):
    html = client.post(URL, {"q": words}).content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r'value="[^"]*"', "", main)


@pytest.fixture
def sugeng(a_town):
    one = a_town.workers[0]
    one.name, one.name_norm = "Soegeng Rahajoe", "SOEGENG RAHAJOE"
    one.save(update_fields=["name", "name_norm"])
    return one


def test_a_name_in_the_other_spelling_leads_to_its_page(as_role, sugeng):
    found = answer(as_role(R.PROGRAMME_OFFICER), "sugeng rahayu")
    assert reverse("registry:worker", args=[sugeng.pk]) in found
    assert "1 orang" in found


def test_names_that_only_resemble_are_said_to(as_role, sugeng):
    assert "Ini nama yang mirip" in answer(as_role(R.PROGRAMME_OFFICER), "sugng rahayu")


@pytest.mark.parametrize("role", [R.LEADER, R.DONOR, R.FINANCE_OFFICER, R.PROVINCE, R.ADMIN])
def test_for_who_sees_counts_a_person_and_nobody_look_the_same(as_role, sugeng, role):
    client = as_role(role)
    assert answer(client, "soegeng rahajoe") == answer(client, "zzqx zzqx")


def test_beside_the_territory_a_person_and_nobody_look_the_same(sugeng, beside):
    assert answer(beside, "soegeng rahajoe") == answer(beside, "zzqx zzqx")
    assert answer(beside, "1275010101809001") == answer(beside, "1275010101809999")


def test_the_count_leaves_out_the_people_beside(as_role, sugeng):
    far = worker(60, village=f"{BESIDE}011001")
    far.name, far.name_norm = sugeng.name, sugeng.name_norm
    far.save(update_fields=["name", "name_norm"])
    assert "1 orang" in answer(as_role(R.PROGRAMME_OFFICER), "sugeng")


def test_programmes_decrees_agreements_and_areas_are_found_too(as_role, a_town):
    agreement = record_agreement(
        area_code=HERE, title="Nota Kesepakatan pekerja rentan", programmes=["JKK"], segments=["bpu"], by=None
    )
    office = make_office("Dinas Perikanan", "sector")
    (pks,) = prepare_pks(agreement, offices=[office], due_on=None, by=None)
    officer = as_role(R.PROGRAMME_OFFICER)

    assert reverse("programmes:detail", args=[a_town.programme.pk]) in answer(officer, "town program")
    assert reverse("selection:decree", args=[a_town.decree.pk]) in answer(officer, a_town.decree.number)
    assert reverse("agreements:detail", args=[agreement.pk]) in answer(officer, "rentan nota")
    assert reverse("agreements:pks", args=[pks.pk]) in answer(officer, "perikanan")
    assert f"{reverse('registry:workers')}?wilayah={VILLAGE}" in answer(officer, "Jati Makmur")
    assert f"{reverse('coverage:list')}?wilayah={VILLAGE}" in answer(as_role(R.LEADER), "Jati Makmur")


def test_an_area_outside_the_territory_is_not_offered(areas, client):
    client.force_login(person("desa", R.VILLAGE_OPERATOR, VILLAGE))
    assert "Padang Sidempuan" not in answer(client, "Padang Sidempuan")


def test_a_nik_is_neither_written_back_nor_taken_from_an_address(as_role, sugeng):
    officer = as_role(R.PROGRAMME_OFFICER)
    nik = "1275010101809001"
    page = officer.post(URL, {"q": nik}).content.decode()
    assert sugeng.name in page
    assert nik not in page
    assert officer.get(URL, {"q": nik})["Location"] == URL


def test_the_page_of_answers_asks_no_more_questions_than_this(as_role, sugeng, django_assert_max_num_queries):
    officer = as_role(R.PROGRAMME_OFFICER)
    answer(officer, "sugeng")
    with django_assert_max_num_queries(17):
        answer(officer, "sugeng")
