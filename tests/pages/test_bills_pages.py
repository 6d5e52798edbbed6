"""Tagihan and rekonsiliasi as pages: filters, what is late, differences settled one by one."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from naung.accounts.permissions import Role
from naung.audit.models import Record
from naung.contributions.actions import issue_bill, record_payment
from naung.contributions.models import Comparison, Difference
from tests.pages.people import TODAY

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def bill(place, month=NOVEMBER, due=date(2026, 11, 20)):
    return issue_bill(place.line, first_month=month, last_month=month, due_on=due, by=place.officer)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("", {"late", "open"}),
        ("?keadaan=lewat", {"late"}),
        ("?keadaan=terbit", {"late", "open"}),
        ("?keadaan=menunggu", {"open"}),
        ("?keadaan=lunas", set()),
        ("?bulan=2026-10", {"late"}),
        ("?bulan=2026-11&keadaan=lewat", set()),
        ("?keadaan=entah", {"late", "open"}),
    ],
)
def test_bills_are_filtered_by_state_and_month(as_role, a_town, asked, kept):
    bills = {"late": bill(a_town, OCTOBER, date(2026, 10, 20)), "open": bill(a_town, NOVEMBER, date(2026, 12, 15))}
    one = bills["open"]
    record_payment(one, sp2d_number="S", paid_on=TODAY, amount_rp=one.total_rp, by=a_town.treasurer)
    page = as_role(Role.FINANCE_OFFICER).get(f"/iuran/{asked}").content.decode()
    assert {name for name, one in bills.items() if one.number in page} == kept


def test_a_swap_of_the_list_shows_what_a_reload_would(as_role, a_town):
    bill(a_town)
    client = as_role(Role.FINANCE_OFFICER)
    whole = client.get("/iuran/?keadaan=lewat").content.decode()
    part = client.get("/iuran/?keadaan=lewat", headers={"HX-Request": "true"}).content.decode()
    # A page carries its icons with it, a part of one takes them from the file.
    assert re.sub(r'href="[^"]*#i-', 'href="#i-', part).strip() in whole
    assert "<html" not in part


def test_a_late_bill_says_how_late_and_how_many_wait(as_role, a_town):
    one = bill(a_town)
    page = as_role(Role.FINANCE_OFFICER).get(reverse("contributions:bill", args=[one.pk])).content.decode()
    assert "Lewat tenggat 1 hari, kurang Rp50.400." in page
    assert "3 bulan-orang belum terlindungi." in page


def test_nothing_matching_offers_to_show_all(as_role, a_town):
    bill(a_town)
    assert "Tidak ada tagihan yang cocok" in as_role(Role.AUDITOR).get("/iuran/?keadaan=batal").content.decode()


# --- rekonsiliasi ----------------------------------------------------------------------------------


def niks(*numbers: int) -> bytes:
    return "\n".join(["NIK", *(f"127501{n % 28 + 1:02d}0180{9001 + n:04d}" for n in numbers)]).encode()


def upload(client, one, content):
    file = SimpleUploadedFile("cabang.csv", content)
    return client.post(reverse("contributions:reconcile", args=[one.pk]), {"file": file, "as_of": "2026-11-20"})


def test_a_list_is_compared_left_and_taken_up_again(as_role, a_town):
    one = bill(a_town)
    branch = as_role(Role.BRANCH_OFFICER)
    assert upload(branch, one, niks(0, 7)).status_code == 302
    page = as_role(Role.PROGRAMME_OFFICER).get(reverse("contributions:reconciliations")).content.decode()
    assert one.number in page
    page = branch.get(reverse("contributions:reconcile", args=[one.pk])).content.decode()
    assert "Selesaikan selisih" in page
    assert "Contoh Pekerja 1" in page
    assert "127501" not in page.replace("1275011001", "")  # no number in full, of anybody


def test_differences_are_settled_one_after_the_other_until_none_is_left(as_role, a_town):
    one = bill(a_town)
    officer = as_role(Role.PROGRAMME_OFFICER)
    upload(officer, one, niks(0))
    first, second = Difference.objects.order_by("kind", "pk")
    facts = {"settled": "theirs", "note": "Surat cabang 5"}
    answer = officer.post(reverse("contributions:settle", args=[first.pk]), facts)
    assert answer.url == reverse("contributions:settle", args=[second.pk])
    ours = {"settled": "ours", "note": "Surat pindah 9", "leaving": "moved", "happened_on": "2026-10-10"}
    answer = officer.post(reverse("contributions:settle", args=[second.pk]), ours)
    assert answer.url == reverse("contributions:reconcile", args=[one.pk])
    page = officer.get(answer.url).content.decode()
    assert "Semua selisih sudah diselesaikan" in page
    assert Comparison.objects.get().differences.filter(departure__isnull=False).count() == 1


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"settled": "", "note": "x"}, "Ada"),
        ({"settled": "theirs", "note": ""}, "Ada"),
        ({"settled": "theirs", "note": "NIK 1275010101809001 salah"}, "tidak boleh memuat NIK"),
        ({"settled": "theirs", "note": "x", "leaving": "moved", "happened_on": "2026-10-10"}, "hanya bila data kita"),
        ({"settled": "ours", "note": "x", "leaving": "moved"}, "Isi tanggal kejadian"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_settled(as_role, a_town, facts, words):
    one = bill(a_town)
    officer = as_role(Role.PROGRAMME_OFFICER)
    upload(officer, one, niks(0, 1))
    answer = officer.post(reverse("contributions:settle", args=[Difference.objects.get().pk]), facts)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Difference.objects.get().settled == ""


def test_the_branch_is_not_offered_to_end_a_cover(as_role, a_town):
    one = bill(a_town)
    branch = as_role(Role.BRANCH_OFFICER)
    upload(branch, one, niks(0, 1))
    page = branch.get(reverse("contributions:settle", args=[Difference.objects.get().pk])).content.decode()
    assert 'name="leaving"' not in page


def test_corrections_for_the_branch_are_a_spreadsheet_without_numbers_and_leave_a_record(as_role, a_town):
    one = bill(a_town)
    branch = as_role(Role.BRANCH_OFFICER)
    upload(branch, one, niks(0, 1))
    branch.post(
        reverse("contributions:settle", args=[Difference.objects.get().pk]), {"settled": "theirs", "note": "=1+1"}
    )
    answer = branch.post(reverse("contributions:corrections", args=[one.pk]))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    told = str(rows)
    assert "Contoh Pekerja 2" in told
    assert "=1+1" in told
    assert "••••" in told
    assert "1275010301809003" not in told
    assert Record.objects.get(action="comparison.export").detail == {"rows": 1}


def test_those_who_settle_nothing_see_no_comparison(as_role, a_town, beside):
    one = bill(a_town)
    upload(as_role(Role.BRANCH_OFFICER), one, niks(0))
    difference = Difference.objects.first()
    for client, status in ((as_role(Role.FINANCE_OFFICER), 403), (as_role(Role.DONOR), 403), (beside, 404)):
        assert client.get(reverse("contributions:settle", args=[difference.pk])).status_code == status
        assert client.get(reverse("contributions:reconcile", args=[one.pk])).status_code == status


def test_the_page_of_differences_pins_its_queries(as_role, a_town, django_assert_max_num_queries):
    one = bill(a_town)
    client = as_role(Role.PROGRAMME_OFFICER)
    upload(client, one, niks(7, 8, 9))
    with django_assert_max_num_queries(16):
        client.get(reverse("contributions:reconcile", args=[one.pk]))
