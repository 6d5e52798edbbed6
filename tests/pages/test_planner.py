"""Perencana: figures with everything they must carry, and a price that the law gives."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from naung.accounts.permissions import Role
from naung.audit.models import Record
from naung.lawbook.models import LegalDecision
from naung.planning import costing
from naung.planning.actions import record_figure
from naung.planning.models import CoverageFigure, CoverageTarget
from naung.rules.contributions import JKK_JKM, Payer, Sector
from naung.rules.decisions import UNDECIDED
from naung.rules.law import current_law
from naung.rules.periods import MonthSpan
from naung.rules.ucj import DenominatorKind, Segment
from tests.pages.people import BESIDE, HERE, PROVINCE

PAGE = "/perencana/"
LAW = current_law()


@pytest.fixture
def binjai(areas):
    return record_figure(
        area_code=HERE, as_of=date(2024, 10, 19), numerators={Segment.ALL: 43_526}, denominator=132_826,
        denominator_kind=DenominatorKind.LABOUR_FORCE, source="FGD contoh", by=None,
    )  # fmt: skip


FIGURE = {
    "wilayah": HERE,
    "as_of": "2026-06-30",
    "total": "50.000",
    "denominator": "132.826",
    "denominator_kind": "labour_force",
    "source": "Laporan cabang",
}


def plan(payer=Payer.APBD_KAB, first=date(2027, 1, 1), end=date(2028, 1, 1), sector=Sector.OTHER):
    return costing.Plan(MonthSpan(first, end), JKK_JKM, payer, sector)


# --- figures ---------------------------------------------------------------------------------------


def test_an_officer_records_a_figure_with_counts_as_people_type_them(as_role):
    client = as_role(Role.PROGRAMME_OFFICER)
    answer = client.post(reverse("planning:record-figure"), FIGURE)
    kept = CoverageFigure.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert (kept.covered, kept.denominator, kept.area_code) == (50_000, 132_826, HERE)
    assert "tersimpan" in client.get(PAGE).content.decode()


def test_segments_are_kept_apart(as_role):
    form = {**FIGURE, "total": "", "pu": "30000", "bpu": "20.000"}
    as_role(Role.PROGRAMME_OFFICER).post(reverse("planning:record-figure"), form)
    kept = CoverageFigure.objects.get()
    assert (kept.wage_earners, kept.non_wage, kept.covered) == (30_000, 20_000, 50_000)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"total": "", "published_percent": "37,6"}, "Angka 37,6% ditolak"),
        ({"denominator": "", "published_percent": "37,6"}, "Angka 37,6% ditolak"),
        ({"total": ""}, "jumlah pekerja aktif tidak disebut"),
        ({"denominator": ""}, "penyebut tidak disebut"),
        ({"total": "200.000"}, "melebihi penyebut"),
        ({"denominator_kind": "target"}, "capaian target, bukan UCJ"),
        ({"source": ""}, "Isi sumber"),
        ({"as_of": "2027-01-01"}, "Tanggal belum tiba"),
        ({"pu": "1"}, "Jumlah segmen tidak sama"),
        ({"total": "lima"}, "harus angka utuh"),
        ({"total": "99999999999999999999"}, ""),
    ],
)
def test_a_figure_that_cannot_be_checked_is_refused_in_words(as_role, change, words):
    answer = as_role(Role.PROGRAMME_OFFICER).post(reverse("planning:record-figure"), FIGURE | change)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "Galat:" in page
    assert not CoverageFigure.objects.exists()


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.VILLAGE_OPERATOR, Role.PROVINCE])
def test_only_who_may_edit_figures_records_one(as_role, role):
    assert as_role(role).post(reverse("planning:record-figure"), FIGURE).status_code == 403
    assert as_role(role).post(reverse("planning:set-target"), {}).status_code == 403


@pytest.mark.parametrize("area", [BESIDE, PROVINCE, "9999", "x", "1275' OR 1=1"])
def test_another_territory_does_not_exist_here(as_role, binjai, area):
    client = as_role(Role.PROGRAMME_OFFICER)
    assert client.get(PAGE, {"wilayah": area}).status_code == 404
    assert client.post(reverse("planning:record-figure"), FIGURE | {"wilayah": area}).status_code == 404
    assert CoverageFigure.objects.count() == 1


def test_a_province_looks_into_its_regions(as_role, binjai):
    page = as_role(Role.PROVINCE).get(PAGE, {"wilayah": HERE}).content.decode()
    assert "43.526" in page
    assert "Catat angka UCJ" not in page


def test_a_target_is_set_and_left_in_the_trail(as_role):
    form = {
        "wilayah": HERE,
        "year": "2027",
        "percent": "45,5",
        "denominator_kind": "labour_force",
        "instrument": "RKPD",
    }
    answer = as_role(Role.PROGRAMME_OFFICER).post(reverse("planning:set-target"), form)
    assert answer.status_code == 302
    assert CoverageTarget.objects.get().percent == Decimal("45.5")
    assert Record.objects.filter(action="target.record", area_code=HERE).exists()


# --- the price -------------------------------------------------------------------------------------


def test_forty_five_per_cent_of_binjai_costs_what_the_design_says(as_role, binjai):
    page = as_role(Role.LEADER).get(PAGE, {"persen": "45"}).content.decode()
    for words in ("16.246", "Rp3.275.193.600", "Rp16.800", "dari 43.526 menjadi 59.772", "PP 44/2015, Pasal 18"):
        assert words in page
    assert "Belanja iuran JKK + JKM bagi 16.246 pekerja rentan Kota Binjai, 12 bulan" in page


def test_a_three_month_plan_gives_no_month_of_full_jkm_today_and_a_year_gives_nine():
    lengths = [costing.protects(plan(), months, 1, law=LAW, decisions=UNDECIDED) for months in (3, 12)]
    assert [len(one.full_months) for one in lengths] == [0, 9]
    assert costing.waiting_on(LAW, date(2027, 1, 1)).before_rp == 10_000_000


def test_in_2022_three_months_protected_fully():
    then = plan(first=date(2022, 10, 1), end=date(2023, 1, 1))
    assert len(costing.protects(then, 3, 2_000, law=LAW, decisions=UNDECIDED).full_months) == 3
    assert costing.price(then, 2_000, law=LAW, decisions=UNDECIDED).total == 100_800_000


def test_a_tariff_that_changes_inside_the_plan_is_shown_by_stretch(as_role, binjai):
    priced = costing.price(
        plan(Payer.CSR, date(2026, 12, 1), date(2027, 6, 1), Sector.TRANSPORT), 10, law=LAW, decisions=UNDECIDED
    )
    assert [(len(one.span), one.contribution.total) for one in priced.stretches] == [(4, 8_400), (2, 16_800)]
    assert priced.total == 10 * (4 * 8_400 + 2 * 16_800)
    asked = {"persen": "50", "lama": "6", "mulai": "2026-12", "sumber": "csr", "sektor": "transport"}
    page = as_role(Role.LEADER).get(PAGE, asked).content.decode()
    assert "Tarif berubah di tengah rencana" in page
    assert "bacaan kami atas PP 50/2025" in page


def test_an_open_question_of_law_is_put_to_the_region_and_its_answer_gives_the_price(as_role, binjai):
    asked = {"persen": "45", "lama": "4", "mulai": "2026-12", "sumber": "apbdes", "sektor": "transport"}
    client = as_role(Role.LEADER)
    assert "Perlu keputusan daerah" in client.get(PAGE, asked).content.decode()
    LegalDecision.objects.create(
        area_code=HERE, question="pp50_2025.apbdes_is_apbd", answer="yes", valid_from=date(2026, 1, 1), basis="Surat"
    )
    page = client.get(PAGE, asked).content.decode()
    assert "Perlu keputusan daerah" not in page
    assert "Rp1.091.731.200" in page  # 16.246 x Rp16.800 x 4


@pytest.mark.parametrize(
    "asked",
    [{"persen": "0"}, {"persen": "101"}, {"persen": "banyak"}, {"lama": "0"}, {"lama": "999"}, {"mulai": "kapan"},
     {"sumber": "judi"}, {"paket": "semua"}, {"mulai": "1901-01"}],
)  # fmt: skip
def test_a_plan_that_cannot_be_is_answered_in_words_not_with_a_fault(as_role, binjai, asked):
    answer = as_role(Role.LEADER).get(PAGE, asked)
    assert answer.status_code in {200, 422}
    assert "Perbaiki isian" in answer.content.decode() or "Belum dapat dihitung" in answer.content.decode()


def test_a_target_reached_already_costs_nothing(as_role, binjai):
    page = as_role(Role.LEADER).get(PAGE, {"persen": "20"}).content.decode()
    assert "Rp0" in page


def test_the_page_takes_few_queries(as_role, binjai, django_assert_max_num_queries):
    client = as_role(Role.PROGRAMME_OFFICER)
    with django_assert_max_num_queries(14):
        client.get(PAGE)


def test_without_a_figure_the_places_of_the_programme_are_priced(as_role, a_town):
    page = as_role(Role.PROGRAMME_OFFICER).get(PAGE, {"orang": "2.000", "lama": "3"}).content.decode()
    assert "Rp100.800.000" in page
    assert "Belum ada angka UCJ" in page
    assert "Berapa biaya melindungi 3 pekerja?" in as_role(Role.LEADER).get(PAGE).content.decode()


def test_people_given_take_the_place_of_a_target(as_role, binjai):
    page = as_role(Role.LEADER).get(PAGE, {"orang": "15.000", "persen": "45"}).content.decode()
    assert "Rp3.024.000.000" in page
    assert "dari 43.526 menjadi 58.526" in page


def test_a_plan_for_nobody_in_particular_is_asked_again(as_role, binjai):
    answer = as_role(Role.LEADER).get(PAGE, {"orang": "", "persen": ""})
    assert answer.status_code == 422
    assert "Isi sasaran atau jumlah pekerja" in answer.content.decode()
