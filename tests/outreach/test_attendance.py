"""Who came: once each, sealed, and never before the day."""

from __future__ import annotations

import io
import uuid
from datetime import timedelta

import pytest
import xlsxwriter
from django.db import connection
from django.utils import timezone

from naung.accounts.permissions import Role
from naung.accounts.refusals import NotPermitted, OutsideTerritory
from naung.audit.models import Record
from naung.bulk.intake.refusals import FileRefused
from naung.outreach import actions
from naung.outreach.actions import MOST_PHOTOS, Person
from naung.outreach.listing import people_in
from naung.outreach.models import Attendance, Door, Photo, PhotoFile
from naung.outreach.refusals import AlreadyPresent, ListTooLong, ListWithoutNames, NotHeldYet, TooManyPhotos
from naung.registry.actions import rotate_keys
from naung.registry.vault import vault
from tests.factories import nik_of
from tests.outreach.conftest import held
from tests.outreach.test_pictures import picture
from tests.pages.people import BESIDE, HERE, TODAY, VILLAGE, person

pytestmark = pytest.mark.django_db

NOW = timezone.now()
NIK, PHONE = nik_of(1), "+6281299990001"


def come(meeting, who, *, by=None, once=None, on=TODAY):
    return actions.record_attendance(meeting, who, method="typed", at=NOW, on=on, by=by, once=once)


def take(meeting, people, *, by=None):
    return actions.record_list(meeting, people, method="paper", at=NOW, on=TODAY, by=by)


# --- one person ------------------------------------------------------------------------------------


def test_nik_and_phone_are_sealed_and_found_by_the_index_alone(meeting, officer):
    kept = come(meeting, Person("Contoh Nelayan", nik=NIK, phone=PHONE), by=officer)
    assert actions.numbers_of(kept) == (NIK, PHONE)
    assert kept.nik_index == vault().index("nik", NIK)
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM outreach_attendance t")
        row = cursor.fetchone()[0]
    assert NIK not in row
    assert PHONE[3:] not in row
    trail = " ".join(str(record.detail) + record.target_name for record in Record.objects.all())
    assert "Contoh Nelayan" not in trail


def test_the_same_nik_is_once_on_a_list_and_may_come_to_the_next_meeting(meeting, officer):
    come(meeting, Person("Contoh Satu", nik=NIK), by=officer)
    with pytest.raises(AlreadyPresent):
        come(meeting, Person("Nama Lain", nik=NIK), by=officer)
    come(held("Lain", by=officer), Person("Contoh Satu", nik=NIK), by=officer)
    assert Attendance.objects.count() == 2


def test_two_people_of_one_name_without_nik_both_came(meeting, officer):
    come(meeting, Person("Budi"), by=officer)
    come(meeting, Person("Budi"), by=officer)
    assert Attendance.objects.count() == 2


def test_a_form_sent_twice_is_kept_once(meeting):
    once = uuid.uuid4()
    first, second = (come(meeting, Person("Siti"), once=once) for _ in range(2))
    assert first.pk == second.pk


def test_nobody_was_present_at_what_has_not_been_held(officer):
    later = held("Besok", by=officer, on=TODAY + timedelta(days=1))
    with pytest.raises(NotHeldYet):
        come(later, Person("Siti"), by=officer)
    with pytest.raises(NotHeldYet):
        take(later, [Person("Siti")], by=officer)
    with pytest.raises(NotHeldYet):
        actions.open_door(later, on=TODAY, by=officer)


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.LEGAL_OFFICER, Role.VILLAGE_OPERATOR])
def test_only_those_who_hold_meetings_write(meeting, everyone, role):
    with pytest.raises(NotPermitted):
        come(meeting, Person("Siti"), by=everyone[role])
    with pytest.raises(NotPermitted):
        actions.add_photo(meeting, picture(), caption="x", at=NOW, by=everyone[role])


def test_the_region_beside_writes_nothing_here(meeting):
    with pytest.raises(OutsideTerritory):
        come(meeting, Person("Siti"), by=person("staf-beside", Role.PROGRAMME_OFFICER, BESIDE))


def test_whoever_asks_is_taken_off_the_list(meeting, officer):
    actions.remove_attendance(come(meeting, Person("Siti", nik=NIK), by=officer), by=officer)
    assert not Attendance.objects.exists()
    assert Record.objects.filter(action="attendance.remove").count() == 1


# --- many ------------------------------------------------------------------------------------------


def test_a_list_handed_in_twice_is_kept_once_and_loses_nobody(meeting, officer):
    people = [Person("Budi"), Person("Budi"), Person("Siti", nik=NIK), Person("Siti", nik=NIK), Person("Adi")]
    assert take(meeting, people, by=officer) == actions.TakenIn(4, 1)
    assert take(meeting, people, by=officer) == actions.TakenIn(0, 5)
    assert take(meeting, [*people, Person("Budi")], by=officer) == actions.TakenIn(1, 5)


def test_numbers_of_many_are_bound_to_their_own_rows(meeting, officer):
    take(meeting, [Person(f"Orang {n}", nik=nik_of(n), phone=PHONE) for n in range(5)], by=officer)
    found = {one.name: actions.numbers_of(one)[0] for one in Attendance.objects.all()}
    assert found == {f"Orang {n}": nik_of(n) for n in range(5)}


def test_new_keys_open_and_find_everybody(meeting, officer):
    come(meeting, Person("Siti", nik=NIK, phone=PHONE), by=officer)
    come(meeting, Person("Budi", phone=PHONE), by=officer)
    come(meeting, Person("Adi"), by=officer)
    photo = actions.add_photo(meeting, picture(), caption="Peserta", at=NOW, by=officer)
    before = actions.jpeg_of(photo.files.get(size="full"))
    rotate_keys(by=None, index=True)
    found = {one.name: (actions.numbers_of(one), one.nik_index) for one in Attendance.objects.all()}
    assert found == {
        "Siti": ((NIK, PHONE), vault().index("nik", NIK)),
        "Budi": (("", PHONE), None),
        "Adi": (("", ""), None),
    }
    assert actions.jpeg_of(PhotoFile.objects.get(photo=photo, size="full")) == before


# --- spreadsheets ----------------------------------------------------------------------------------


def workbook(*rows: tuple[object, ...]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


TITLES = ("No", "Nama", "NIK", "Instansi", "Kelurahan", "Pekerjaan", "No HP", "L/P")


@pytest.mark.usefixtures("everyone")
def test_a_workbook_says_who_came_whence_and_what_they_do():
    content = workbook(
        TITLES,
        (1, "Siti Aminah", NIK, "KUB Bahari", "Jati Makmur", "nelayan", "0812 9999 0001", "P"),
        (2, "Budi", "", "Dinas Perikanan", "Entah Berantah", "", "", ""),
    )
    found = people_in(content, "hadir.xlsx", area_code=HERE)
    assert found.people == [
        Person("Siti Aminah", "KUB Bahari", VILLAGE, "nelayan", "P", NIK, PHONE),
        Person("Budi", "Dinas Perikanan"),
    ]
    assert (found.nameless, found.niks_wrong) == (0, 0)


@pytest.mark.usefixtures("everyone")
def test_a_name_alone_is_a_person_and_what_stands_below_the_list_is_none():
    content = workbook(
        ("DAFTAR HADIR SOSIALISASI",),
        ("Tempat: Aula Kelurahan",),
        ("No", "Nama", "Instansi", "Tanda tangan"),
        (1, "Siti Aminah"),
        (2, "Budi", "Kelompok tani"),
        (3,),
        ("No", "Nama", "Instansi", "Tanda tangan"),
        (4, "Adi"),
        ("", "Jumlah"),
        ("", "Binjai, 12 Agustus 2025"),
        ("", "Mengetahui"),
    )
    found = people_in(content, "hadir.xlsx", area_code=HERE)
    assert [(one.name, one.organisation) for one in found.people] == [
        ("Siti Aminah", ""), ("Budi", "Kelompok tani"), ("Adi", ""),
    ]  # fmt: skip
    assert found.nameless == 3


@pytest.mark.usefixtures("everyone")
def test_a_nik_that_a_spreadsheet_rounded_is_not_believed():
    rounded = people_in(workbook(("Nama", "NIK"), ("Siti", 1275010101800010)), "h.xlsx", area_code=HERE)
    assert (rounded.people[0].nik, rounded.niks_wrong) == ("", 1)


@pytest.mark.usefixtures("everyone")
def test_a_wrong_nik_is_told_and_its_person_kept_without_it():
    content = f"Nama;NIK\nSiti;12345\nBudi;{NIK}\n".encode()
    found = people_in(content, "hadir.csv", area_code=HERE)
    assert [one.nik for one in found.people] == ["", NIK]
    assert found.niks_wrong == 1


@pytest.mark.usefixtures("everyone")
@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (b"", FileRefused),
        (b"%PDF-1.7 bukan tabel", FileRefused),
        (picture(), FileRefused),
        (b"PK\x03\x04rusak", FileRefused),
    ],
    ids=["empty", "pdf", "photo", "broken"],
)
def test_what_is_no_list_is_refused(content, refused):
    with pytest.raises(refused):
        people_in(content, "hadir.xlsx", area_code=HERE)


@pytest.mark.usefixtures("everyone")
def test_a_list_without_names_or_of_a_whole_town_is_refused():
    with pytest.raises(ListWithoutNames):
        people_in(f"NIK;Alamat\n{NIK};Jalan 1\n{nik_of(2)};Jalan 2\n".encode(), "h.csv", area_code=HERE)
    many = "Nama;NIK\n" + "".join(f"Orang Ke;{nik_of(n)}\n" for n in range(2_001))
    with pytest.raises(ListTooLong) as refusal:
        people_in(many.encode(), "h.csv", area_code=HERE)
    assert "2.000" in str(refusal.value)


# --- door and photographs --------------------------------------------------------------------------


def test_a_door_is_open_on_one_day_until_it_is_closed(meeting, officer):
    door = actions.open_door(meeting, on=TODAY, by=officer)
    assert (door.open_on, door.closed_at) == (TODAY, None)
    assert actions.open_door(meeting, on=TODAY, by=officer).code == door.code
    assert actions.close_door(meeting, at=NOW, by=officer).closed_at == NOW
    assert Door.objects.count() == 1


def test_codes_of_doors_are_random(officer):
    codes = {actions.door_of(held(f"Rapat {n}", by=officer)).code for n in range(20)}
    assert len(codes) == 20
    assert all(len(code) == actions.CODE_LENGTH for code in codes)


def test_the_same_photograph_twice_is_one_and_there_are_at_most_twenty(meeting, officer):
    for n in range(MOST_PHOTOS):
        actions.add_photo(meeting, picture(size=(100 + n, 100)), caption="x", at=NOW, by=officer)
    assert actions.add_photo(meeting, picture(size=(100, 100)), caption="x", at=NOW, by=officer)
    assert Photo.objects.count() == MOST_PHOTOS
    with pytest.raises(TooManyPhotos):
        actions.add_photo(meeting, picture(size=(300, 100)), caption="x", at=NOW, by=officer)


def test_pictures_are_sealed(meeting, officer):
    photo = actions.add_photo(meeting, picture(), caption="Peserta", at=NOW, by=officer)
    for file in photo.files.all():
        assert not bytes(file.sealed).startswith(b"\xff\xd8")
        assert actions.jpeg_of(file).startswith(b"\xff\xd8")
