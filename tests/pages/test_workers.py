"""Daftar pekerja and Daftar usulan: found, narrowed, and the same by a script as by a reload."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from naung.accounts.permissions import Role
from naung.registry import paging
from naung.registry.actions import verify_list
from tests import factories as make
from tests.pages import chain
from tests.pages.test_checking import SCRIPT, handed_in, line, part, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    client.force_login(chain.user(Role.PROGRAMME_OFFICER))
    return client


def test_narrowing_by_a_script_shows_what_the_address_shows(officer):
    make.make_workers(3)
    make.make_workers(2, first=3, occupation="nelayan")
    url = reverse("registry:workers") + "?pekerjaan=nelayan"

    swapped, reloaded = text_of(officer.get(url, headers=SCRIPT)), text_of(officer.get(url))

    assert part(swapped, "orang") == part(reloaded, "orang")
    assert "<html" not in swapped
    assert 'data-say="2 pekerja ditampilkan"' in swapped


def test_a_page_taken_back_from_history_is_whole(officer):
    headers = SCRIPT | {"HX-History-Restore-Request": "true"}
    assert "<html" in text_of(officer.get(reverse("registry:workers"), headers=headers))


def test_nobody_found_offers_the_search_by_nik(officer):
    make.make_workers(1)
    narrowed = text_of(officer.get(reverse("registry:workers") + "?pekerjaan=nelayan"))
    searched = text_of(officer.post(reverse("registry:search"), {"q": "Zulkarnain"}))
    assert "16 angka NIK" in narrowed
    assert "16 angka NIK" in searched


def test_a_name_written_by_ear_finds_its_person_and_says_that_it_is_only_alike(officer):
    make.make_worker(1, name="Soegeng Prajitno", name_norm="SOEGENG PRAJITNO")
    page = text_of(officer.post(reverse("registry:search"), {"q": "Sugeng Prayit"}))
    assert "Soegeng Prajitno" in page
    page = text_of(officer.post(reverse("registry:search"), {"q": "Sugng Prayitno"}))
    assert "Soegeng Prajitno" in page
    assert "Ini nama yang mirip" in page


def test_too_many_people_ask_for_a_filter(officer, monkeypatch):
    monkeypatch.setattr(paging, "COUNTED", 3)
    make.make_workers(4)
    assert "Pilih wilayah atau pekerjaan" in text_of(officer.get(reverse("registry:workers")))


def test_a_page_of_workers_asks_as_often_for_two_as_for_fifty(officer):
    url = reverse("registry:workers")
    make.make_workers(2)
    officer.get(url)
    counts = []
    for first in (2, 4):
        with CaptureQueriesContext(connection) as counted:
            officer.get(url)
        counts.append(len(counted))
        make.make_workers(60, first=first * 100)
    assert counts[0] == counts[1] <= 12


def test_lists_are_narrowed_to_those_that_wait_for_an_officer(officer):
    waiting = handed_in(line(0), send=True, name="menunggu.csv")
    handed_in(line(1), name="masih-draf.csv")
    seen = handed_in(line(2), send=True, name="sudah.csv")
    verify_list(source_list=seen, by=chain.user(Role.PROGRAMME_OFFICER))
    url = reverse("registry:lists")

    everything = text_of(officer.get(url))
    only = text_of(officer.get(url + "?keadaan=menunggu"))

    assert all(name in everything for name in ("menunggu.csv", "masih-draf.csv", "sudah.csv"))
    assert re.findall(r">([\w-]+\.csv)</a>", only) == ["menunggu.csv"]
    assert reverse("registry:verify", args=[waiting.pk]) in only
    assert "paling lambat" in only or "lewat tenggat" in only
