"""The leader's one page as a paper: the live sheet's figures on its day, nobody in it, and one page long."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone, translation

from naung.documents.letters.drawing import to_pdf
from naung.documents.letters.filling import fill
from naung.documents.letters.kinds import KINDS
from naung.papers.drawing import pages_of
from naung.papers.gathering import ringkasan as paper_of
from naung.planning import summary
from naung.planning.leader import leader_home
from tests.documents.letters.papers import SEAL
from tests.papers.gathering.reading import NIK, fields_fit, said
from tests.papers.gathering.test_laporan_monev import a_town, pay
from tests.town import TOWN, user

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 20)
KEY = f"{TOWN}-202603"


@pytest.fixture(autouse=True)
def _in_march(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_options: DAY)


def paid_town(*by_village):
    place = a_town(*by_village)
    pay(place, date(2026, 1, 1), date(2026, 3, 1), on=date(2026, 3, 5))
    return place


def gathered(by, key=KEY):
    return paper_of.contents(paper_of.subject(by, key), on=DAY, by=by)


@pytest.mark.parametrize("language", ["id", "en"])
def test_it_says_what_the_live_sheet_says_that_day_in_indonesian(areas, language):
    place = paid_town(9, 8)
    with translation.override(language):
        paper = gathered(place.officer).contents
    live = summary.contents(leader_home(place.officer, on=DAY), place.officer)
    assert [[row["ukuran"], row["nilai"], row["keterangan"]] for row in paper["angka"]] == live["figures"]
    assert (paper["iuran_dibayar"], paper["perhatian"]) == (live["money"]["paid"], live["attention"]["lines"])
    assert {row["jumlah"] for row in paper["tahap"]} >= {"17"}


def test_few_people_of_an_area_are_hidden_and_nobody_is_named(areas):
    paper = gathered(paid_town(9, 2).officer)
    assert fields_fit("ringkasan", paper)
    assert "2" not in {row["aktif"] for row in paper.contents["wilayah"]}
    assert not NIK.search(said(paper))


def test_it_fits_on_one_page_even_with_all_that_may_stand_there():
    long = "Program bantuan iuran bagi pekerja rentan di kabupaten yang namanya panjang sekali, tahun anggaran 2026"
    most = {
        "angka": [{"ukuran": "Cakupan pekerja (UCJ), angka resmi", "nilai": "32,8%", "keterangan": "43.526"}] * 4,
        "perhatian": [long] * summary.LINES_AT_MOST,
        "keputusan": [long] * paper_of.DECISIONS,
        "celah": [{"uraian": "Belum ada dana", "jumlah": "16.246"}] * 6,
        "tahap": [{"uraian": "Memenuhi syarat", "jumlah": "7.000"}] * 5,
        "wilayah": [{"wilayah": "Kecamatan Contoh", "rencana": "1.000", "aktif": "990"}] * paper_of.AREAS,
    }
    docx = fill("ringkasan", {**KINDS["ringkasan"].example, **most}, seal=SEAL)
    assert pages_of(to_pdf(docx, seal=SEAL)) == 1


def test_each_month_has_its_own_and_another_region_has_none(areas):
    place = paid_town(9)
    assert [one.key for one in paper_of.subjects(place.officer)] == [KEY]
    assert paper_of.subject(place.officer, f"{TOWN}-202602") is None
    assert paper_of.subject(user("jauh", "programme_officer", "1276"), KEY) is None
    assert paper_of.subjects(user("desa", "village_operator", f"{TOWN}011001")) == []
