"""The pages of employers: who opens them, what a filter swaps, what leaves as a file, and what waits on Beranda."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from naung.accounts.permissions import Permission, Role, permissions_of
from naung.partners.actions import note_approach, record_report, settle_approach
from naung.partners.models import Approach, Employer, EmployerList
from naung.partners.refusals import DueBeforeAct
from naung.planning.tasks import told
from naung.planning.waiting import waiting_for
from tests.pages.people import HERE, TODAY, person
from tests.pages.test_checking import part
from tests.partners.conftest import AS_OF, csv_of, taken

pytestmark = pytest.mark.django_db
LIST = "/pemberi-kerja/"


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def known(officer):
    titles = [
        "Nama Perusahaan",
        "NPP",
        "Peserta",
        "Jumlah pekerja (WLKP)",
        "Program",
        "Skala",
        "Sektor",
        "PIC",
        "No HP",
    ]
    taken(
        officer,
        csv_of(
            titles,
            ["PT Contoh Kebun", "N1", 100, 400, "JKK, JKM", "Besar", "Perkebunan", "Ibu Contoh", "08123456789"],
            ["CV Contoh Lancar", "N2", 20, 20, "JKK, JKM, JHT", "Kecil", "Angkutan", "", ""],
            ["UD Contoh Kecil", "", 0, 5, "belum", "Mikro", "Toko", "", ""],
            ["=cmd()|Contoh", "", 1, "", "", "", "", "", ""],
        ),
    )
    return {one.registration or one.name: one for one in Employer.objects.all()}


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_the_list_opens_for_those_who_see_partners_and_for_nobody_else(known, role):
    user = person(f"{role}-here", role, HERE)
    answer = client_of(user).get(LIST)
    assert answer.status_code == (200 if Permission.PARTNERS_VIEW in permissions_of(role) else 403)


def test_the_widest_gap_stands_first_and_every_card_counts(officer, known):
    page = client_of(officer).get(LIST).content.decode()
    assert page.index("PT Contoh Kebun") < page.index("UD Contoh Kecil") < page.index("CV Contoh Lancar")
    assert "305 pekerja dilaporkan, belum terdaftar" in page
    only = client_of(officer).get(LIST, {"keadaan": "patuh"}).content.decode()
    assert "CV Contoh Lancar" in only
    assert "PT Contoh Kebun" not in only


def test_a_filter_swaps_what_a_reload_would_show(officer, known):
    client, asked = client_of(officer), {"sektor": "A"}
    page = client.get(LIST, asked).content.decode()
    swap = client.get(LIST, asked, headers={"HX-Request": "true"}).content.decode()
    rows = part(swap, "pemberi")
    assert rows == part(page, "pemberi")
    assert "PT Contoh Kebun" in rows
    assert "CV Contoh Lancar" not in rows
    assert "<html" not in swap


def test_the_list_is_few_questions_however_many_rows(officer, known, django_assert_max_num_queries):
    client = client_of(officer)
    with django_assert_max_num_queries(16):
        client.get(LIST)


def test_files_carry_all_rows_as_data_and_no_formula(officer, known):
    client = client_of(officer)
    text = client.get(reverse("partners:employers-file", args=["csv"])).content.decode("utf-8-sig")
    assert "'=cmd()|Contoh" in text
    book = client.get(reverse("partners:employers-file", args=["xlsx"])).content
    lines = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert any("=cmd()|Contoh" in line for line in lines)
    kebun = next(line for line in lines if "PT Contoh Kebun" in line)
    assert "JKK JKM JHT JP" in kebun
    assert "JHT JP" in kebun
    assert 300 in kebun
    assert client.get(reverse("partners:employers-file", args=["exe"])).status_code == 404


def test_the_page_of_one_says_why_by_the_law_and_keeps_every_report(officer, known):
    record_report(employer=known["N1"], source="visit", as_of=date(2026, 11, 1), by=officer, registered=150)
    page = client_of(officer).get(reverse("partners:employer", args=[known["N1"].pk])).content.decode()
    assert "Program wajib yang belum diikuti: JHT, JP." in page
    assert "250 pekerja belum terdaftar." in page
    assert "Perpres 109/2013" in page
    assert "31 Okt 2026" in page
    assert "1 Nov 2026" in page
    assert "+628123456789" in page
    assert "08123456789" not in reverse("partners:employer", args=[known["N1"].pk])


def test_whom_to_ask_is_not_shown_to_who_only_looks(known):
    auditor = person("auditor-here", Role.AUDITOR, HERE)
    page = client_of(auditor).get(reverse("partners:employer", args=[known["N1"].pk])).content.decode()
    assert "+628123456789" not in page
    assert "Ibu Contoh" not in page


def test_an_unknown_size_shows_what_is_certain_and_what_may_be(officer, known):
    page = client_of(officer).get(reverse("partners:employer", args=[known["=cmd()|Contoh"].pk])).content.decode()
    assert "Ukuran usaha belum diketahui" in page
    assert "Sedikitnya wajib JKK, JKM, paling banyak JKK, JKM, JHT, JP." in page


def test_an_upload_ends_on_a_page_where_every_row_is_accounted_for(officer, areas):
    client = client_of(officer)
    file = SimpleUploadedFile("cabang.csv", csv_of(["Nama Perusahaan", "Peserta"], ["PT Contoh", 4], ["", 3]))
    facts = {"file": file, "source": "branch", "as_of": AS_OF.isoformat()}
    answer = client.post(reverse("partners:employers-upload"), facts)
    made = EmployerList.objects.get()
    assert answer.url == reverse("partners:employer-list", args=[made.pk])
    page = client.get(answer.url).content.decode()
    assert "Nama kosong. Isi namanya." in page
    book = client.get(reverse("partners:employer-list-refused", args=[made.pk])).content
    assert len(CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()) == 2
    wrong = SimpleUploadedFile("cabang.xlsx", b"%PDF-1.7 bukan tabel")
    refused = client.post(reverse("partners:employers-upload"), facts | {"file": wrong})
    assert refused.status_code == 422
    assert "bukan tabel" in refused.content.decode()


def test_an_employer_by_hand_its_report_and_a_second_of_the_same_number(officer, areas):
    client = client_of(officer)
    facts = {"name": "PT Contoh Tangan", "registration": "n-77", "kind": "private", "area_code": HERE}
    answer = client.post(reverse("partners:employer-add"), facts)
    one = Employer.objects.get()
    assert answer.url == reverse("partners:employer", args=[one.pk])
    assert client.post(reverse("partners:employer-add"), facts).status_code == 422
    url = reverse("partners:employer-report", args=[one.pk])
    day = {"source": "visit", "as_of": "2026-11-01"}
    assert client.post(url, day).status_code == 422, "a report that says nothing"
    assert client.post(url, day | {"programmes": ["JKK"], "none_joined": "on"}).status_code == 422
    assert client.post(url, {"source": "visit", "as_of": "2027-01-01", "registered": "4"}).status_code == 422
    assert client.post(url, day | {"none_joined": "on", "reported": "9", "sales_rp": "1"}).status_code == 302
    one.refresh_from_db()
    assert (one.programmes, one.reported, one.registered, one.size, one.size_reckoned) == ([], 9, None, "micro", True)


def test_a_letter_waits_on_beranda_until_its_result_is_noted(officer, known):
    letter = note_approach(
        employer=known["N1"], kind="letter", happened_on=date(2026, 11, 1), due_on=date(2026, 11, 20), by=officer
    )
    [task] = [one for one in told(waiting_for(officer, on=TODAY), on=TODAY) if one.item.kind == "employer_due"]
    assert (task.subject, task.item.count, task.late) == ("PT Contoh Kebun", 300, True)
    assert task.url == reverse("partners:approach-settle", args=[letter.pk])
    assert client_of(officer).post(task.url, {"result": "Mendaftar bulan depan"}).status_code == 302
    assert not [one for one in waiting_for(officer, on=TODAY) if one.kind == "employer_due"]
    settle_approach(approach=letter, result="lain", by=officer)
    assert Approach.objects.get().result == "Mendaftar bulan depan", "settled once"
    with pytest.raises(DueBeforeAct):
        note_approach(
            employer=known["N1"], kind="visit", happened_on=date(2026, 11, 1), due_on=date(2026, 10, 1), by=officer
        )


def test_the_region_beside_opens_changes_and_counts_nothing(officer, known, officer_beside):
    client = client_of(officer_beside)
    letter = note_approach(employer=known["N1"], kind="visit", happened_on=AS_OF, due_on=TODAY, by=officer)
    made = EmployerList.objects.get()
    for name, target in (
        ("partners:employer", known["N1"].pk), ("partners:employer-report", known["N1"].pk),
        ("partners:employer-approach", known["N1"].pk), ("partners:approach-settle", letter.pk),
        ("partners:employer-list", made.pk), ("partners:employer-list-refused", made.pk),
    ):  # fmt: skip
        assert client.get(reverse(name, args=[target])).status_code == 404
    page = client.get(LIST).content.decode()
    assert "Contoh Kebun" not in page
    assert "Belum ada pemberi kerja" in page
    assert "Contoh Kebun" not in client.get(reverse("partners:employers-file", args=["csv"])).content.decode()
    assert not [one for one in waiting_for(officer_beside, on=TODAY) if one.kind == "employer_due"]
