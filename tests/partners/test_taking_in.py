"""Lists of employers as they come: what is taken, what is refused and why, and nothing twice."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from python_calamine import CalamineWorkbook

from naung.bulk.intake.refusals import FileRefused
from naung.partners.actions import record_report, take_employers
from naung.partners.contacts import contact_of
from naung.partners.invariants import problems
from naung.partners.models import Employer, EmployerList, EmployerReport
from naung.partners.refreshing import disagreeing
from naung.partners.refusals import NoEmployers, OneRegionNeeded, ReportOfTomorrow
from naung.registry import files
from naung.registry.vault import vault
from tests.partners.conftest import AS_OF, csv_of, taken

pytestmark = pytest.mark.django_db
TITLES = ("No", "NPP", "Nama Perusahaan", "Jumlah TK Aktif", "Jumlah pekerja (WLKP)", "Program", "Skala Usaha")


def one(name: str) -> Employer:
    return Employer.objects.get(name=name)


def test_a_messy_list_becomes_employers_with_dated_reports(officer):
    content = csv_of(
        ["DAFTAR PERUSAHAAN", "", "", "", "", "", ""],
        TITLES,
        [1, "ab-0001", "PT. Contoh Sawit Jaya", "1.250", "2.000", "JKK, JKM & JHT", "Usaha Besar"],
        [2, "", "CV Contoh Maju", "12 org", "30", "2 program", "kecil"],
        [3, "", "UD Contoh Kecil", "-", "4", "belum", "MIKRO"],
    )
    made = taken(officer, content)
    assert (made.received, made.new, made.refused) == (3, 3, 0)
    large = one("PT. Contoh Sawit Jaya")
    assert (large.registration, large.registered, large.reported, large.gap) == ("AB0001", 1250, 2000, 750)
    assert (large.programmes, large.size, large.registered_on) == (["JKK", "JKM", "JHT"], "medium_large", AS_OF)
    assert one("CV Contoh Maju").programmes == ["JKK", "JKM"]
    assert (one("UD Contoh Kecil").registered, one("UD Contoh Kecil").programmes) == (0, [])
    assert EmployerReport.objects.count() == 3
    assert list(problems()) == []


def test_programmes_may_stand_in_columns_of_their_own(officer):
    taken(officer, csv_of(["Nama Badan Usaha", "JKK", "JKM", "JHT", "JP"], ["PT Contoh Satu", "V", "ya", "", "-"]))
    assert one("PT Contoh Satu").programmes == ["JKK", "JKM"]


def test_a_bare_count_is_registered_in_a_list_of_the_branch_and_reported_in_any_other(officer):
    content = csv_of(["Nama Perusahaan", "Jumlah Tenaga Kerja"], ["PT Contoh Satu", 40])
    taken(officer, content, source="branch")
    taken(officer, content, source="wlkp")
    assert (one("PT Contoh Satu").registered, one("PT Contoh Satu").reported) == (40, 40)


def test_a_later_list_updates_by_number_and_by_name_and_keeps_what_was_said_before(officer):
    taken(officer, csv_of(TITLES, [1, "N1", "PT Contoh Satu", 10, 20, "JKK, JKM", "kecil"],
                          [2, "", "CV Contoh Dua", 5, 5, "JKK, JKM", "mikro"]), as_of=date(2026, 1, 31))  # fmt: skip
    later = taken(officer, csv_of(TITLES, [1, "N1", "Contoh Satu PT", 15, 20, "JKK, JKM", "kecil"],
                                  [2, "N2", "Contoh Dua", 5, 5, "JKK, JKM", "mikro"],
                                  [3, "", "PT Contoh Tiga", 1, 1, "", ""]))  # fmt: skip
    assert (later.new, later.updated, later.unchanged) == (1, 2, 0)
    first, second = Employer.objects.get(registration="N1"), Employer.objects.get(registration="N2")
    assert (first.name, first.registered, first.reports.count()) == ("PT Contoh Satu", 15, 2)
    assert (second.name, second.registered_on) == ("CV Contoh Dua", AS_OF)
    assert sorted(first.reports.values_list("registered", flat=True)) == [10, 15]


def test_an_older_list_that_comes_late_does_not_hide_a_newer_one(officer):
    taken(officer, csv_of(["Nama Perusahaan", "Peserta"], ["PT Contoh Satu", 15]))
    taken(officer, csv_of(["Nama Perusahaan", "Peserta"], ["PT Contoh Satu", 10]), as_of=date(2025, 12, 31))
    assert (one("PT Contoh Satu").registered, one("PT Contoh Satu").registered_on) == (15, AS_OF)
    assert disagreeing() == 0


def test_the_same_file_twice_changes_nothing(officer):
    content = csv_of(TITLES, [1, "N1", "PT Contoh Satu", 10, 20, "JKK, JKM", "kecil"])
    first = taken(officer, content)
    again = take_employers(
        file=content, filename="salinan.csv", source="branch", as_of=AS_OF, area_code=officer.area_code, by=officer
    )
    assert again.repeated
    assert again.list.pk == first.pk
    assert (EmployerReport.objects.count(), Employer.objects.count()) == (1, 1)


def test_every_row_is_taken_or_comes_back_with_its_reason(officer):
    taken(officer, csv_of(["Nama Perusahaan", "NPP", "Peserta"], ["PT Contoh Lama", "N9", 3]), as_of=date(2026, 1, 1))
    made = taken(
        officer,
        csv_of(
            ["Nama Perusahaan", "NPP", "Peserta", "Program", "Desa", "Kecamatan"],
            ["PT Baik", "", 4, "JKK", "", ""],
            ["", "", 4, "", "", ""],
            ["PT Angka", "", "banyak", "", "", ""],
            ["PT Minus", "", "-5", "", "", ""],
            ["PT Program", "", 4, "JPK semua", "", ""],
            ["PT Tempat", "", 4, "", "Desa Entah", "Kecamatan Entah"],
            ["PT Lain Sekali", "N9", 4, "", "", ""],
            ["PT BAIK.", "", 9, "", "", ""],
            ["JUMLAH", "", 99, "", "", ""],
            ['=HYPERLINK("x")', "", "x", "", "", ""],
        ),
    )
    assert (made.received, made.new, made.refused) == (10, 1, 9)
    assert made.reasons == {
        "count_unreadable": 3, "no_name": 1, "programmes_unknown": 1, "place_unknown": 1, "number_of_another": 1,
        "twice_in_file": 1, "total": 1,
    }  # fmt: skip
    book = CalamineWorkbook.from_filelike(io.BytesIO(files.original(made.returned_sha256, vault())))
    lines = book.get_sheet_by_name("Perlu diperbaiki").to_python()
    assert lines[0][:3] == ["Baris", "Nama Perusahaan", "NPP"]
    assert len(lines) == 10
    assert any("Isi namanya" in str(line[-1]) for line in lines)
    # A cell stays data: what looks like a formula comes back as the text it was.
    assert any(line[1] == '=HYPERLINK("x")' for line in lines)


def test_two_employers_of_one_name_are_not_mixed_up(officer):
    village, other = "Kelurahan Contoh Satu", "Kelurahan Contoh Dua"
    titles = ["Nama Perusahaan", "NPP", "Peserta"]
    taken(officer, csv_of(titles, ["UD Contoh", "A1", 1]))
    taken(officer, csv_of(titles, ["UD Contoh", "A2", 2]))
    assert Employer.objects.count() == 2, (village, other)
    made = taken(officer, csv_of(titles, ["UD Contoh", "", 7]))
    assert made.reasons == {"name_of_several": 1}


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 x", b"a;b\n1;2\n", b"Nama;x\n"])
def test_a_file_without_employers_is_refused_whole(officer, content):
    with pytest.raises((FileRefused, NoEmployers)):
        taken(officer, content)
    assert not EmployerList.objects.exists()


def test_a_list_of_tomorrow_or_of_a_whole_province_is_refused(officer):
    content = csv_of(["Nama Perusahaan", "Peserta"], ["PT Contoh", 1])
    with pytest.raises(ReportOfTomorrow):
        taken(officer, content, as_of=date(2026, 12, 31))
    with pytest.raises(OneRegionNeeded):
        take_employers(file=content, filename="x.csv", source="branch", as_of=AS_OF, area_code="12", by=officer)


def test_whom_to_ask_is_sealed_to_the_employer(officer):
    titles = ["Nama Perusahaan", "Narahubung", "No HP", "Peserta"]
    taken(officer, csv_of(titles, ["PT Contoh", "Ibu Contoh", "0812-3456-789", 3], ["PT Tanpa", "", "", 1]))
    employer = one("PT Contoh")
    assert b"Contoh" not in bytes(employer.contact)
    found = contact_of(employer)
    assert found is not None
    assert (found.person, found.phone) == ("Ibu Contoh", "+628123456789")
    assert "Ibu Contoh" not in repr(found)
    assert contact_of(one("PT Tanpa")) is None


def test_the_same_name_in_the_region_beside_is_another_employer(officer, officer_beside):
    content = csv_of(["Nama Perusahaan", "NPP", "Peserta"], ["PT Contoh", "N1", 3])
    assert taken(officer, content).new == 1
    assert taken(officer_beside, content).new == 1


def test_a_report_is_never_changed_and_the_same_twice_is_one(officer):
    taken(officer, csv_of(["Nama Perusahaan", "Peserta"], ["PT Contoh", 3]))
    employer = one("PT Contoh")
    facts = {"employer": employer, "source": "wlkp", "as_of": AS_OF, "by": officer, "reported": 9}
    assert record_report(**facts).pk == record_report(**facts).pk
    employer.refresh_from_db()
    assert employer.gap == 6
    with pytest.raises(DatabaseError), transaction.atomic():
        EmployerReport.objects.update(registered=99)
    with pytest.raises(DatabaseError), transaction.atomic():
        EmployerReport.objects.all().delete()


def test_the_database_refuses_two_of_one_number_in_a_region(officer):
    taken(officer, csv_of(["Nama Perusahaan", "NPP", "Peserta"], ["PT Contoh", "N1", 3]))
    with pytest.raises(IntegrityError), transaction.atomic():
        Employer.objects.create(
            region_code="1275",
            area_code="1275",
            registration="N1",
            name="x",
            name_key="X",
            recorded_at="2026-01-01T00:00Z",
        )


def test_size_comes_of_sales_where_a_list_gives_them(officer):
    taken(officer, csv_of(["Nama Perusahaan", "Omzet setahun", "Skala"], ["PT Contoh", "Rp16.000.000.000", "kecil"]))
    assert (one("PT Contoh").size, one("PT Contoh").size_reckoned) == ("medium_large", True)
