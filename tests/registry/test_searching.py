"""People by name written by ear, or by NIK: in the territory, by those who may see people, and nobody else."""

from __future__ import annotations

import pytest
from django.db import connection

from naung.accounts.permissions import Role
from naung.registry.searching import people_meant
from naung.registry.spelling import folded, words_of
from tests.registry.lists import a_person
from tests.town import worker as some_worker

pytestmark = pytest.mark.django_db

NAMES = [
    "SOEGENG RAHARJO",
    "SUGENG RAHAYU",
    "SITI AMINAH",
    "MUHAMMAD YUSUF",
    "DJOKO TJAHJONO",
    "SUGENG",
    "BUDI SANTOSO",
]
NEXT_DOOR = "1271011001"


def worker(number, name, *, village="1275011001", **facts):
    made = some_worker(number, village=village, **facts)
    made.name, made.name_norm = name.title(), name
    made.save(update_fields=["name", "name_norm"])
    return made


@pytest.fixture
def people():
    return [worker(number, name) for number, name in enumerate(NAMES)]


def names(text, *, by=None, limit=20):
    return [one.name_norm for one in people_meant(by or a_person(), text, limit=limit).people]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Soegeng Rahardjo", "SOEGENG RAHARJO"),  # oe and dj of before 1972
        ("sugeng raharjo", "SOEGENG RAHARJO"),
        ("Joko Cahyono", "DJOKO TJAHJONO"),
        ("Moh. Jusuf", "MUHAMMAD YUSUF"),  # short for Muhammad, and j for y
        ("M Yusuf", "MUHAMMAD YUSUF"),  # an initial
        ("rahayu sugeng", "SUGENG RAHAYU"),  # the order of words does not matter
        ("amin", "SITI AMINAH"),  # the beginning of a second name
        ("Sitti Aminah", "SITI AMINAH"),
        ("Budi Santso", "BUDI SANTOSO"),  # a letter forgotten
        ("Santoso, Budi", "BUDI SANTOSO"),
    ],
)
def test_a_name_written_by_ear_finds_its_person_first(people, typed, first):
    assert names(typed)[0] == first


def test_the_very_name_stands_before_names_that_begin_like_it(people):
    assert names("sugeng") == ["SUGENG", "SOEGENG RAHARJO", "SUGENG RAHAYU"]


def test_names_that_only_resemble_are_told_apart(people):
    assert people_meant(a_person(), "Budi Santso", limit=20).alike
    assert not people_meant(a_person(), "Budi Santoso", limit=20).alike


def test_more_than_the_limit_is_said_and_not_shown(people):
    found = people_meant(a_person(), "sugeng", limit=2)
    assert (len(found.people), found.more) == (2, True)


@pytest.mark.parametrize("typed", ["", "  ", "s", "%", "_____", "' OR 1=1", "a b c", "\\", "ZZZQ XW"])
def test_signs_and_single_letters_find_nobody_and_break_nothing(people, typed):
    assert names(typed) == []


def test_a_name_of_another_regency_is_not_found_nor_counted(people):
    worker(50, "SUGENG LAIN", village=NEXT_DOOR)

    found = people_meant(a_person(area_code="1275"), "sugeng", limit=3)
    assert ("SUGENG LAIN" in [one.name_norm for one in found.people], found.more) == (False, False)
    assert names("sugeng", by=a_person(area_code="1271")) == ["SUGENG LAIN"]


def test_a_village_finds_its_own_people_only(people):
    worker(51, "SUGENG SEBELAH", village="1275011002")
    assert names("sugeng sebelah", by=a_person(Role.VILLAGE_OPERATOR, "1275011001"))[:1] != ["SUGENG SEBELAH"]


@pytest.mark.parametrize("role", [Role.LEADER, Role.DONOR, Role.FINANCE_OFFICER, Role.PROVINCE, Role.ADMIN])
def test_roles_that_see_counts_find_no_people(people, role):
    assert names("sugeng", by=a_person(role)) == []


def test_a_record_that_was_merged_is_not_offered_beside_the_one_it_became(people):
    double = worker(52, "SUGENG", merged_into=people[5])
    assert double.pk not in [one.pk for one in people_meant(a_person(), "sugeng", limit=20).people]


def test_digits_are_a_nik_in_full_or_nobody(people):
    nik = "1275" + "01" + "01" + "0180" + "9001"
    assert names(f"{nik[:6]} {nik[6:]}") == ["SOEGENG RAHARJO"]
    assert names(nik[:12]) == []
    assert names(nik, by=a_person(area_code="1271")) == []


@pytest.mark.parametrize(
    "name", [*NAMES, "CHAIR CHANDRA", "ABDULLAH SHOLEH", "ZULFIQRI AZIZZ", "JOESOEF", "H", "", "FAUZIE"]
)
def test_the_database_folds_a_name_as_we_do(name):
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_spelling(%s)", [name])
        assert cursor.fetchone()[0] == folded(name)


def test_words_are_letters_in_capitals():
    assert words_of("Ma'ruf, S.-2 %_ é") == ["MARUF", "S", "É"]
