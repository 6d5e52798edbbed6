"""The letter that asks for payment: its sums are those of the bill's lines, and nobody is named who need not be."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naung.contributions import actions
from naung.contributions.bill_queries import outstanding_rp
from naung.contributions.models import Bill
from naung.papers.gathering import permohonan_pembayaran as letter
from naung.papers.gathering import permohonan_pembayaran_sums as sums
from naung.rules.periods import add_months
from tests.papers.gathering.reading import NIK, TODAY, column, fields_fit, figure, said
from tests.town import Town, town, user

JAN, FEB, MAR = (date(2026, month, 1) for month in (1, 2, 3))
EACH = 16_800


def issue(place: Town, last: date = MAR) -> Bill:
    return actions.issue_bill(
        place.line, first_month=JAN, last_month=last, due_on=date(2026, 1, 31), payment_code="KI-1", by=place.officer
    )


def gathered(place: Town, bill: Bill, *, names: bool = True):
    bill = letter.subject(place.officer, str(bill.pk))
    return letter.contents(bill, on=TODAY, by=place.officer, names=names)


def asked(paper) -> int:
    """What the table adds up to, after it was found to agree with its last line, the amount and its words."""
    *lines, total = paper.contents["rincian"]
    assert sum(column(lines, "jumlah")) == figure(total["jumlah"]) == figure(paper.contents["jumlah"])
    return figure(total["jumlah"])


@pytest.mark.django_db
def test_the_table_adds_up_to_the_bill(areas):
    place = town(people=3, package=("JKK", "JKM", "JHT"))
    bill = issue(place)
    paper = gathered(place, bill)

    assert asked(paper) == bill.total_rp
    by_insurance = dict(zip(("jkk", "jkm", "jht"), column(paper.contents["rincian"], "jumlah"), strict=False))
    assert by_insurance == {"jkk": bill.jkk_rp, "jkm": bill.jkm_rp, "jht": bill.jht_rp}
    assert [row["bulan"] for row in paper.contents["rincian"][:-1]] == [
        "Januari sampai dengan Maret 2026 (3 bulan)"
    ] * 3
    assert paper.contents["jumlah_terbilang"] == "tiga ratus tiga puluh satu ribu dua ratus rupiah"
    assert paper.contents["kode_iuran"] == "KI-1"
    assert figure(paper.contents["jumlah_orang"]) == 3
    assert fields_fit("permohonan_pembayaran", paper)


@pytest.mark.django_db
def test_only_what_is_still_owed_is_asked_for(areas):
    place = town(people=4)
    bill = issue(place)
    actions.end_cover(
        place.enrolments[0], reason="moved", happened_on=date(2026, 1, 20), evidence="Surat", by=place.officer
    )
    payment = actions.record_payment(
        bill, sp2d_number="SP2D-1", paid_on=date(2026, 1, 20), amount_rp=4 * EACH, by=place.treasurer
    )
    actions.confirm_payment(payment, by=place.branch)
    bill.refresh_from_db()

    paper = gathered(place, bill)
    assert asked(paper) == outstanding_rp(bill) == bill.total_rp - 2 * EACH - 4 * EACH
    assert "telah dibayar Rp67.200,00" in paper.contents["dasar"][-1]
    recap, names = paper.lists
    assert figure(recap.groups[-1].rows[0][-1]) == figure(names.ending_total) == outstanding_rp(bill)
    assert sum(figure(group.total) for group in names.groups) == outstanding_rp(bill)


@pytest.mark.django_db
def test_months_with_other_people_stand_on_lines_of_their_own(areas):
    place = town(people=2)
    actions.end_cover(
        place.enrolments[0], reason="moved", happened_on=date(2026, 1, 20), evidence="Surat", by=place.officer
    )
    paper = gathered(place, issue(place))
    jkk = [(row["bulan"], row["orang"]) for row in paper.contents["rincian"] if "JKK" in row["program"]]
    assert jkk == [("Januari 2026", "2"), ("Februari sampai dengan Maret 2026 (2 bulan)", "1")]


@given(
    st.dictionaries(st.integers(0, 30), st.integers(1, 50), min_size=1),
    st.integers(1, 40_000),
)
def test_runs_of_months_lose_no_worker_month(months, rate):
    by_month = sorted((add_months(JAN, place), people) for place, people in months.items())
    runs = sums._runs("JKK", rate, by_month)
    assert sum(one.amount_rp for one in runs) == rate * sum(months.values())
    assert sum(one.months for one in runs) == len(months)


@pytest.mark.django_db
def test_a_settled_bill_asks_for_nothing_and_says_so(areas):
    place = town(people=1)
    bill = issue(place, JAN)
    payment = actions.record_payment(bill, sp2d_number="SP2D-1", paid_on=JAN, amount_rp=EACH, by=place.treasurer)
    actions.confirm_payment(payment, by=place.branch)

    paper = gathered(place, bill)
    assert paper.wanting == [f"Tagihan {bill.number} sudah lunas. Tidak ada yang dimohonkan."]
    assert letter.subjects(place.officer) == []


@pytest.mark.django_db
def test_the_copy_for_everybody_names_nobody_and_no_copy_holds_a_whole_nik(areas):
    place = town(people=2)
    paper = gathered(place, issue(place))

    public = said(paper, paper.editions["public"])
    assert "Contoh Pekerja" not in public
    assert "••••" not in public
    full = said(paper, paper.editions["full"])
    assert "Contoh Pekerja 1" in full
    assert not NIK.search(public + full)


@pytest.mark.django_db
def test_who_may_not_see_workers_gets_no_names(areas):
    place = town(people=2)
    bill = issue(place)
    paper = letter.contents(bill, on=TODAY, by=place.treasurer)
    assert list(paper.editions) == ["public"]
    assert "Contoh Pekerja" not in said(paper, paper.editions["public"])
    looked_at = gathered(place, bill, names=False)
    assert looked_at.fields_digest() == gathered(place, bill).fields_digest()
    assert looked_at.lists == ()


@pytest.mark.django_db
def test_another_region_finds_no_bill(areas):
    place = town(people=1)
    bill = issue(place)
    stranger = user("tetangga", "programme_officer", "1276")
    assert letter.subjects(stranger) == []
    assert letter.subject(stranger, str(bill.pk)) is None
    assert letter.subject(place.officer, "x") is None
    assert [one.key for one in letter.subjects(place.officer)] == [str(bill.pk)]
