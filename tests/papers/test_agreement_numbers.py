"""One register of numbers: what a paper bears, its agreement bears too, and nobody else is given it."""

from __future__ import annotations

import pytest

from naung.agreements.actions import edit_agreement
from naung.agreements.models import Agreement, Change, Party, Side
from naung.agreements.refusals import NumberUsed
from naung.papers.actions import set_pattern
from naung.papers.refusals import NumberTaken
from tests.papers.conftest import TODAY, Desk, make_pks

pytestmark = pytest.mark.django_db

POWER = {"pemberi_nama": "Rahmat Contohnya", "pemberi_jabatan": "Wali Kota Contoh"}


def test_an_agreement_bears_the_number_its_paper_was_given(desk: Desk):
    set_pattern(desk.area, "pks", pattern="{nomor3}/PKS/{tahun}", by=desk.legal)
    paper = desk.issue()
    desk.pks.refresh_from_db()
    assert desk.pks.region_number == paper.number == "001/PKS/2026"
    change = Change.objects.get(agreement=desk.pks)
    assert (change.fields, change.by) == ([["region_number", "", "001/PKS/2026"]], desk.legal)


def test_the_pattern_passes_over_the_number_of_another_agreement(desk: Desk):
    set_pattern(desk.area, "pks", pattern="{nomor3}/PKS/{tahun}", by=desk.legal)
    make_pks(desk.nota, name="Dinas Dua", region_number="001/PKS/2026")
    assert desk.issue().number == "002/PKS/2026"


def test_the_number_of_another_agreement_given_by_hand_is_refused(desk: Desk):
    make_pks(desk.nota, name="Dinas Dua", region_number="7/PKS/2026")
    with pytest.raises(NumberTaken):
        desk.issue(number="7/PKS/2026")
    desk.pks.refresh_from_db()
    assert desk.pks.region_number == ""


def test_the_number_of_a_paper_is_given_to_no_other_agreement(desk: Desk):
    desk.issue(number="7/PKS/2026")
    other = make_pks(desk.nota, name="Dinas Dua")
    with pytest.raises(NumberUsed):
        edit_agreement(other, {"region_number": "7/PKS/2026"}, revision=other.revision, by=desk.legal)


def test_the_agreement_of_the_region_beside_takes_no_number_away(desk: Desk, beside: Desk):
    Agreement.objects.filter(pk=beside.pks.pk).update(region_number="7/PKS/2026")
    assert desk.issue(number="7/PKS/2026").number == "7/PKS/2026"


def test_a_power_of_attorney_stands_with_whoever_signs_for_the_region(desk: Desk):
    paper = desk.issue(kind="surat_kuasa", number="90/SKU/2026", typed=POWER)
    signs = Party.objects.get(agreement=desk.pks, side=Side.REGION)
    assert (signs.power_number, signs.power_on) == (paper.number, TODAY)
    assert Party.objects.filter(agreement=desk.pks).count() == 2


def test_a_power_that_is_on_record_stays(desk: Desk):
    Party.objects.filter(agreement=desk.pks, side=Side.REGION).update(power_number="1/SKU/2025")
    paper = desk.issue(kind="surat_kuasa", typed=POWER)
    assert paper.number == "1/SKU/2025"
    assert Party.objects.get(agreement=desk.pks, side=Side.REGION).power_number == "1/SKU/2025"


@pytest.mark.parametrize("title", ["Nota Kesepakatan tentang Pelindungan Nelayan", "Pelindungan Nelayan"])
def test_the_title_says_its_kind_once(desk: Desk, title: str):
    Agreement.objects.filter(pk=desk.nota.pk).update(title=title)
    paper = desk.issue(desk.nota, kind="nota_kesepakatan")
    assert paper.title == "Nota Kesepakatan tentang Pelindungan Nelayan"


def test_the_title_of_a_pks_called_after_its_office_says_whom_it_protects(desk: Desk):
    Agreement.objects.filter(pk=desk.pks.pk).update(title="PKS Dinas Perikanan Contoh")
    pks, power = desk.issue(number="1"), desk.issue(kind="surat_kuasa", number="2", typed=POWER)
    assert "PKS" not in pks.title
    assert pks.title.startswith("Perjanjian Kerja Sama tentang Pelindungan jaminan sosial ketenagakerjaan bagi nelayan")
    assert power.title.count("Perjanjian Kerja Sama") == 1
