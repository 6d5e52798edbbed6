"""Pages of meetings: any number of follow-ups without scripts, two people at once, and who sees what."""

from __future__ import annotations

import gzip
import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from naung.accounts.permissions import Role
from naung.accounts.refusals import NotPermitted
from naung.agreements.actions import Task, edit_meeting, finish_follow_up, record_agreement, record_meeting
from naung.agreements.models import FollowUp, Meeting, MeetingChange
from naung.areas.models import Area
from naung.outreach import actions
from naung.outreach.actions import Person
from naung.outreach.models import Attendance, Photo
from naung.outreach.public_views import TRIES_ADDRESS
from naung.outreach.refusals import NotHeldYet
from naung.planning.waiting import waiting_for
from tests.factories import nik_of
from tests.outreach.conftest import held
from tests.outreach.test_attendance import workbook
from tests.outreach.test_pictures import picture
from tests.pages.people import BESIDE, HERE, TODAY, VILLAGE, person

pytestmark = pytest.mark.django_db

RECORD = "agreements:record-meeting"
FACTS = {
    "kind": "fgd", "held_on": "2026-11-20", "title": "FGD nelayan", "place": "Aula",
    "agenda": "1. Data\n- Anggaran\n\n", "notes": "Ramai.",
    "decisions": "Data dipadankan", "groups": ["nelayan"], "villages": [VILLAGE], "baris": "3",
}  # fmt: skip


def page(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


# --- recording -------------------------------------------------------------------------------------


def test_a_meeting_is_kept_with_agenda_decisions_and_each_follow_up(as_role, everyone):
    owner = everyone[Role.OFFICE_PIC].office
    tasks = {
        "t1-what": "Kirim data", "t1-owner": str(owner.pk), "t1-due_on": "2026-12-01",
        "t2-what": "", "t3-what": "Undang RT",
    }  # fmt: skip
    answer = as_role(Role.PROGRAMME_OFFICER).post(reverse(RECORD), FACTS | tasks)
    made = Meeting.objects.get()
    assert answer["Location"] == reverse("agreements:meeting", args=[made.pk])
    assert (made.agenda, made.decisions, made.groups) == (["1. Data", "Anggaran"], ["Data dipadankan"], ["nelayan"])
    assert made.villages == [VILLAGE]
    found = list(made.follow_ups.order_by("id").values_list("what", "owner", "due_on"))
    assert found == [("Kirim data", owner.pk, date(2026, 12, 1)), ("Undang RT", None, None)]


def test_one_row_more_loses_nothing_and_complains_of_nothing(as_role):
    typed = FACTS | {"title": "", "t1-what": "Kirim data", "t3-due_on": "2026-12-09", "tambah": "1"}
    answer = as_role(Role.PROGRAMME_OFFICER).post(reverse(RECORD), typed)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert not Meeting.objects.exists()
    for kept in (
        'value="Kirim data"',
        'value="2026-12-09"',
        "Ramai.",
        "Data dipadankan",
        'name="t4-what"',
        'value="Aula"',
    ):
        assert kept in text
    assert 'class="em"' not in text
    assert re.search(rf'value="{VILLAGE}"[^>]*checked', text)
    assert 'name="baris" value="4"' in text


def test_a_swap_shows_the_rows_that_a_reload_would(as_role):
    client = as_role(Role.PROGRAMME_OFFICER)
    typed = FACTS | {"t1-what": "Kirim data", "tambah": "1"}
    whole = client.post(reverse(RECORD), typed).content.decode()
    part = client.post(reverse(RECORD), typed, headers={"HX-Request": "true"}).content.decode()
    # A whole page carries the drawings of its icons; a part leads to the file of all of them.
    assert part.replace("/static/vendor/tabler-icons-3.51.0/icons.svg", "").strip() in whole
    assert "<html" not in part


def test_there_are_at_most_twenty_rows_whatever_is_asked(as_role):
    client = as_role(Role.PROGRAMME_OFFICER)
    for asked in ("999", "20", "99999999999", "-3", "x"):
        text = client.post(reverse(RECORD), FACTS | {"baris": asked, "tambah": "1"}).content.decode()
        assert 'name="t21-what"' not in text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": ""}, "Judul"),
        ({"held_on": "kemarin"}, "tanggal"),
        ({"kind": "pesta"}, "Jenis"),
        ({"t1-owner": "", "t1-due_on": "2026-12-01"}, "Isi apa yang harus dilakukan"),
        ({"t1-what": "x", "t1-due_on": "31/31/2026"}, "tanggal"),
        ({"t1-what": "x", "t1-owner": "999999"}, "Penanggung jawab"),
        ({"groups": ["tukang sihir"]}, "tukang sihir"),
        ({"villages": ["9999999999"]}, "9999999999"),
    ],
    ids=["title", "day", "kind", "empty-task", "task-day", "task-office", "group", "village"],
)
def test_each_wrong_field_is_told_and_nothing_is_kept(as_role, wrong, words):
    answer = as_role(Role.PROGRAMME_OFFICER).post(reverse(RECORD), FACTS | wrong)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Meeting.objects.exists()


def test_an_office_of_another_region_owns_nothing_here(as_role):
    there = person("jauh", Role.OFFICE_PIC, BESIDE).office
    answer = as_role(Role.PROGRAMME_OFFICER).post(reverse(RECORD), FACTS | {"t1-what": "x", "t1-owner": str(there.pk)})
    assert answer.status_code == 422


# --- two people at once ----------------------------------------------------------------------------


def edit(client, meeting, revision, **facts):
    form = {"kind": "outreach", "held_on": "2026-11-21", "title": meeting.title, "baris": "1", "revision": revision}
    return client.post(reverse("agreements:edit-meeting", args=[meeting.pk]), form | facts)


def test_two_people_who_change_different_things_lose_neither(as_role, meeting, everyone):
    edit_meeting(meeting, {"place": "Balai desa"}, revision=1, by=everyone[Role.BRANCH_OFFICER])
    assert edit(as_role(Role.PROGRAMME_OFFICER), meeting, 1, notes="Ramai").status_code == 302
    meeting.refresh_from_db()
    assert (meeting.place, meeting.notes, meeting.revision) == ("Balai desa", "Ramai", 3)


def test_of_the_same_thing_both_wordings_are_shown_and_nothing_is_written(as_role, meeting, everyone):
    other = everyone[Role.BRANCH_OFFICER]
    edit_meeting(meeting, {"notes": "Catatan cabang", "place": "Balai desa"}, revision=1, by=other)
    client = as_role(Role.PROGRAMME_OFFICER)
    answer = edit(client, meeting, 1, notes="Catatan dinas")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Catatan cabang" in text
    assert "Catatan dinas" in text
    assert other.full_name in text
    assert 'value="Balai desa"' in text, "what the other changed elsewhere is in the form now"
    meeting.refresh_from_db()
    assert meeting.notes == "Catatan cabang"
    revision = re.search(r'name="revision" value="(\d+)"', text).group(1)
    assert edit(client, meeting, revision, notes="Keduanya", place="Balai desa").status_code == 302
    meeting.refresh_from_db()
    assert (meeting.notes, meeting.place) == ("Keduanya", "Balai desa")
    assert MeetingChange.objects.filter(meeting=meeting).count() == 2


def test_who_changed_what_stands_on_its_page_for_those_who_may_edit_it(as_role, meeting, everyone):
    branch = everyone[Role.BRANCH_OFFICER]
    wanted = {"place": "Balai desa", "held_on": date(2026, 11, 19), "kind": "fgd", "host_id": branch.office_id}
    edit_meeting(meeting, wanted, revision=1, by=branch)
    edit_meeting(meeting, {"villages": [VILLAGE], "groups": ["nelayan"]}, revision=2, by=None)
    text = page(as_role(Role.PROGRAMME_OFFICER), "agreements:meeting", meeting.pk).content.decode()
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text.replace("</ins></div>", " | ")))
    assert "Tempat: belum diisi menjadi Balai desa" in told
    assert "Tanggal: 21 Nov 2026 menjadi 19 Nov 2026" in told
    assert "Jenis: Sosialisasi menjadi FGD" in told
    assert f"Penyelenggara: belum diisi menjadi {branch.office.name}" in told
    assert "Desa/kelurahan: belum diisi menjadi Jati Makmur" in told
    assert "Kelompok pekerjaan: belum diisi menjadi Nelayan" in told
    assert "sistem" in told
    read_only = page(as_role(Role.LEADER), "agreements:meeting", meeting.pk).content.decode()
    assert branch.full_name in read_only
    assert "belum diisi" not in read_only


# --- list, page, minutes ---------------------------------------------------------------------------


def test_meetings_are_found_by_kind_year_and_what_is_open(as_role, officer):
    held("FGD lama", by=officer, kind="fgd", on=date(2024, 8, 23))
    record_meeting(
        area_code=HERE, kind="visit", title="Kunjungan baru", held_on=TODAY, by=officer, follow_ups=[Task("Kirim")]
    )
    client = as_role(Role.LEADER)

    def shown(**query):
        text = page(client, "agreements:meetings", **query).content.decode()
        return "FGD lama" in text, "Kunjungan baru" in text

    assert shown() == (True, True)
    assert shown(jenis="fgd") == (True, False)
    assert shown(tahun="2026") == (False, True)
    assert shown(terbuka="1") == (False, True)
    assert shown(jenis="apa", tahun="kapan") == (True, True)
    assert "Hapus saringan" in page(client, "agreements:meetings", jenis="monitoring").content.decode()


def test_leaders_see_counts_and_never_names(as_role, meeting, officer):
    for n in range(6):
        actions.record_attendance(
            meeting,
            Person(f"Rahasia {n}", occupation="nelayan"),
            method="typed",
            at=timezone.now(),
            on=TODAY,
            by=officer,
        )
    for role in (Role.LEADER, Role.AUDITOR, Role.PROVINCE, Role.LEGAL_OFFICER, Role.ADMIN):
        client = as_role(role)
        text = page(client, "agreements:meeting", meeting.pk).content.decode()
        assert "Rahasia" not in text
        assert "Nelayan" in text
        assert page(client, "outreach:attendance", meeting.pk).status_code == 403
    assert "Rahasia 3" in page(as_role(Role.BRANCH_OFFICER), "outreach:attendance", meeting.pk).content.decode()


def test_the_minutes_are_a_pdf_without_names(as_role, meeting, officer):
    answer = page(as_role(Role.LEADER), "agreements:minutes", meeting.pk)
    assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize("role", [Role.VILLAGE_OPERATOR, Role.FINANCE_OFFICER, Role.DONOR])
def test_meetings_are_for_those_who_see_agreements(as_role, meeting, role):
    client = as_role(role)
    for name, *args in (("agreements:meetings",), ("agreements:meeting", meeting.pk), ("outreach:reach",), (RECORD,)):
        assert page(client, name, *args).status_code == 403


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.PROVINCE, Role.LEGAL_OFFICER, Role.ADMIN])
def test_who_only_reads_records_nothing(as_role, meeting, role):
    client = as_role(role)
    assert client.post(reverse(RECORD), FACTS).status_code == 403
    for name in (
        "agreements:edit-meeting",
        "outreach:attendance",
        "outreach:upload",
        "outreach:door",
        "outreach:sheet",
        "outreach:photos",
    ):
        assert client.post(reverse(name, args=[meeting.pk]), {"name": "x"}).status_code == 403
    assert not Attendance.objects.exists()


def test_the_region_beside_finds_nothing_of_it(beside, meeting, officer):
    photo = actions.add_photo(meeting, picture(), caption="x", at=timezone.now(), by=officer)
    one = actions.record_attendance(meeting, Person("A"), method="typed", at=timezone.now(), on=TODAY, by=officer)
    for name in (
        "agreements:meeting",
        "agreements:edit-meeting",
        "agreements:minutes",
        "outreach:attendance",
        "outreach:photos",
    ):
        assert page(beside, name, meeting.pk).status_code == 404
    for name, of in (("photo", photo), ("photo-small", photo)):
        assert page(beside, f"outreach:{name}", of.pk).status_code == 404
    assert beside.post(reverse("outreach:remove-photo", args=[photo.pk])).status_code == 404
    assert beside.post(reverse("outreach:remove-attendance", args=[one.pk])).status_code == 404
    assert "Sosialisasi nelayan" not in page(beside, "agreements:meetings").content.decode()


def test_a_hundred_meetings_cost_no_more_queries_than_one(as_role, officer, django_assert_max_num_queries):
    for n in range(30):
        held(f"Rapat {n}", by=officer)
    client = as_role(Role.PROGRAMME_OFFICER)
    with django_assert_max_num_queries(16):
        page(client, "agreements:meetings")


# --- who came --------------------------------------------------------------------------------------


def come(client, meeting, **facts):
    return client.post(reverse("outreach:attendance", args=[meeting.pk]), {"name": "Siti Aminah"} | facts)


def test_an_officer_types_somebody_in_and_the_nik_is_masked(as_role, meeting):
    client = as_role(Role.PROGRAMME_OFFICER)
    assert come(client, meeting, nik=nik_of(1), village_code=VILLAGE, occupation="nelayan", sex="P").status_code == 302
    text = page(client, "outreach:attendance", meeting.pk).content.decode()
    assert nik_of(1) not in text
    assert "Siti Aminah" in text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": " "}, "Nama lengkap"),
        ({"nik": "12345"}, "NIK harus 16 angka. Sekarang 5."),
        ({"nik": "1111111111111111"}, "NIK ini tidak mungkin ada"),
        ({"phone": "nanti"}, "Nomor ponsel ini tidak dikenali"),
        ({"village_code": "1"}, "Desa/kelurahan"),
        ({"occupation": "raja"}, "Pekerjaan"),
    ],
    ids=["name", "short", "impossible", "phone", "village", "occupation"],
)
def test_what_is_typed_wrong_is_told(as_role, meeting, wrong, words):
    answer = come(as_role(Role.PROGRAMME_OFFICER), meeting, **wrong)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Attendance.objects.exists()


def test_the_same_person_again_is_told_to_the_officer(as_role, meeting):
    client = as_role(Role.PROGRAMME_OFFICER)
    come(client, meeting, nik=nik_of(1))
    answer = come(client, meeting, nik=nik_of(1))
    assert answer.status_code == 422
    assert "sudah tercatat hadir" in answer.content.decode()


def upload(client, meeting, content, name="hadir.xlsx"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("outreach:upload", args=[meeting.pk]), {"file": file}, follow=True)


def test_a_list_is_taken_in_and_every_row_accounted_for(as_role, meeting):
    client = as_role(Role.PROGRAMME_OFFICER)
    content = workbook(("Nama", "NIK"), ("Siti", nik_of(1)), ("Budi", ""), ("Adi", "123"))
    text = upload(client, meeting, content).content.decode()
    assert "3 orang tercatat hadir." in text
    assert "1 NIK salah tulis" in text
    assert "3 sudah ada di daftar." in upload(client, meeting, content).content.decode()


@pytest.mark.parametrize("content", [b"%PDF-1.7 x", b"x" * 10, b"PK\x03\x04 rusak"], ids=["pdf", "text", "broken"])
def test_a_file_that_is_no_list_is_refused_on_its_page(as_role, meeting, content):
    answer = upload(as_role(Role.PROGRAMME_OFFICER), meeting, content)
    assert answer.status_code == 422
    assert 'class="errsum"' in answer.content.decode()


def test_the_sheet_to_print_is_a_pdf_also_before_the_day(as_role, officer):
    later = held("Besok", by=officer, on=TODAY + timedelta(days=3))
    answer = as_role(Role.PROGRAMME_OFFICER).post(reverse("outreach:sheet", args=[later.pk]))
    assert answer.content.startswith(b"%PDF")
    text = page(as_role(Role.PROGRAMME_OFFICER), "outreach:attendance", later.pk).content.decode()
    assert "belum diadakan" in text
    assert 'name="name"' not in text


# --- by phone --------------------------------------------------------------------------------------


@pytest.fixture
def door(meeting, officer):
    return reverse("outreach:attend", args=[actions.open_door(meeting, on=TODAY, by=officer).code])


def test_somebody_writes_themselves_in_and_learns_nothing_of_others(door, meeting, officer):
    actions.record_attendance(meeting, Person("Nama Lain"), method="typed", at=timezone.now(), on=TODAY, by=officer)
    client = Client()
    first = client.get(door)
    text = first.content.decode()
    assert "Sosialisasi nelayan" in text
    assert "UU 27/2022" in text
    assert first["Cache-Control"] == "no-store, private"
    answer = client.post(door, {"name": "Siti", "nik": nik_of(1), "agree": "on"}, follow=True)
    text += answer.content.decode()
    assert "Kehadiran tercatat" in text
    assert "Nama Lain" not in text
    one = Attendance.objects.get(name="Siti")
    assert (one.method, one.recorded_by) == ("phone", None)


def test_without_agreeing_nothing_is_kept(door):
    answer = Client().post(door, {"name": "Siti"})
    assert answer.status_code == 422
    assert "Centang bila benar" in answer.content.decode()
    assert not Attendance.objects.exists()


def test_a_stranger_with_a_nik_does_not_learn_whether_its_owner_was_here(door):
    facts = {"name": "Siti", "nik": nik_of(1), "agree": "on"}
    answers = [Client().post(door, facts | {"name": name}, follow=True) for name in ("Siti", "Bukan Siti")]
    assert answers[0].redirect_chain == answers[1].redirect_chain
    assert [one.name for one in Attendance.objects.all()] == ["Siti"]


def test_a_meeting_moved_to_a_later_day_is_closed_today(door, meeting, officer):
    edit_meeting(meeting, {"held_on": TODAY + timedelta(days=7)}, revision=1, by=officer)
    for answer in (Client().get(door), Client().post(door, {"name": "Siti", "agree": "on"})):
        assert answer.status_code == 200
        assert "Daftar hadir tidak terbuka" in answer.content.decode()
    assert not Attendance.objects.exists()


def test_a_meeting_moved_while_somebody_writes_is_closed_to_them(door, meeting, monkeypatch):
    def moved(*_args: object, **_facts: object) -> None:
        raise NotHeldYet(TODAY + timedelta(days=7))

    monkeypatch.setattr(actions, "record_attendance", moved)
    answer = Client().post(door, {"name": "Siti", "agree": "on"})
    assert answer.status_code == 200
    assert "Daftar hadir tidak terbuka" in answer.content.decode()


def test_closed_unknown_and_another_day_have_one_answer(door, meeting, officer, monkeypatch):
    client = Client()
    unknown = client.get(reverse("outreach:attend", args=["ABCDEFGHJK"])).content
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_options: TODAY + timedelta(days=1))
    another_day = client.get(door).content
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_options: TODAY)
    actions.close_door(meeting, at=timezone.now(), by=officer)
    closed = client.get(door).content
    assert unknown.replace(b"ABCDEFGHJK", b"") == closed.replace(door.split("/")[-2].encode(), b"")
    assert another_day == closed
    assert client.post(door, {"name": "Siti", "agree": "on"}).content.startswith(b"<!doctype")
    assert not Attendance.objects.exists()


def test_too_many_from_one_place_wait(door):
    client = Client()
    for _ in range(TRIES_ADDRESS):
        client.post(door, {})
    answer = client.post(door, {"name": "Siti", "agree": "on"})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert not Attendance.objects.exists()


def test_the_officer_opens_and_closes_it(as_role, meeting):
    client = as_role(Role.PROGRAMME_OFFICER)
    address = reverse("outreach:door", args=[meeting.pk])
    assert "/hadir/" in client.post(address, follow=True).content.decode()
    text = client.post(address, {"tutup": "1"}, follow=True).content.decode()
    assert "Buka daftar ponsel" in text


# --- photographs -----------------------------------------------------------------------------------


def add(client, meeting, *contents, caption="Peserta"):
    files = [SimpleUploadedFile(f"foto-{n}.jpg", content) for n, content in enumerate(contents)]
    return client.post(reverse("outreach:photos", args=[meeting.pk]), {"photos": files, "caption": caption})


def test_photographs_are_shown_to_who_sees_the_meeting_and_kept_by_no_cache(as_role, meeting):
    assert add(as_role(Role.PROGRAMME_OFFICER), meeting, picture(), picture(size=(500, 300))).status_code == 302
    photo = Photo.objects.first()
    leader = as_role(Role.LEADER)
    assert 'alt="Peserta"' in page(leader, "agreements:meeting", meeting.pk).content.decode()
    for name in ("outreach:photo", "outreach:photo-small"):
        answer = page(leader, name, photo.pk)
        assert (answer["Content-Type"], answer.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")
        assert "no-store" in answer["Cache-Control"]
        assert page(as_role(Role.FINANCE_OFFICER), name, photo.pk).status_code == 403


def test_of_several_files_the_good_ones_are_kept_and_the_bad_one_named(as_role, meeting):
    answer = add(as_role(Role.PROGRAMME_OFFICER), meeting, picture(), b"%PDF-1.7 x")
    assert answer.status_code == 422
    assert "foto-1.jpg: Berkas harus foto JPEG, PNG, atau WebP" in answer.content.decode()
    assert Photo.objects.count() == 1


def test_a_photograph_needs_words_and_nine_at_once_are_too_many(as_role, meeting):
    client = as_role(Role.PROGRAMME_OFFICER)
    assert add(client, meeting, picture(), caption="").status_code == 422
    assert add(client, meeting).status_code == 422
    assert "Paling banyak 8 foto" in add(client, meeting, *[picture()] * 9).content.decode()
    assert not Photo.objects.exists()


def test_a_photograph_is_taken_away(as_role, meeting, officer):
    photo = actions.add_photo(meeting, picture(), caption="x", at=timezone.now(), by=officer)
    client = as_role(Role.PROGRAMME_OFFICER)
    assert client.post(reverse("outreach:remove-photo", args=[photo.pk])).status_code == 302
    assert not Photo.objects.exists()


# --- tasks -----------------------------------------------------------------------------------------


@pytest.fixture
def tasks(meeting, everyone):
    """One of the office of the OPD, one of the owner of the programme, one that nobody owns."""
    owners = (everyone[Role.OFFICE_PIC].office, everyone[Role.PROGRAMME_OFFICER].office, None)
    return [
        FollowUp.objects.create(meeting=meeting, what=f"Tugas {n}", owner=owner, due_on=TODAY + timedelta(days=90))
        for n, owner in enumerate(owners)
    ]


def waits(user):
    return {task.subject for task in waiting_for(user) if task.kind == "follow_up"}


def test_a_task_waits_on_its_own_office_and_an_unowned_one_on_who_keeps_agreements(everyone, tasks):
    assert waits(everyone[Role.OFFICE_PIC]) == {"Tugas 0"}
    assert waits(everyone[Role.PROGRAMME_OFFICER]) == {"Tugas 1", "Tugas 2"}
    assert waits(everyone[Role.LEADER]) == set()


def test_a_task_of_an_office_where_nobody_signs_in_is_not_lost(everyone, meeting):
    silent = person("belum-aktif", Role.OFFICE_PIC, HERE)
    silent.office = type(silent.office).objects.create(name="Dinas Sunyi", kind="sector", area_code=HERE)
    silent.is_active = False
    silent.save()
    FollowUp.objects.create(meeting=meeting, what="Sunyi", owner=silent.office)
    assert waits(everyone[Role.PROGRAMME_OFFICER]) == {"Sunyi"}
    silent.is_active = True
    silent.save()
    assert waits(everyone[Role.PROGRAMME_OFFICER]) == set()


def test_a_task_of_an_office_whose_account_sees_another_territory_is_not_lost(everyone, meeting):
    away = person("wilayah-lain", Role.OFFICE_PIC, BESIDE)
    away.office = type(away.office).objects.create(name="Dinas Pindah", kind="sector", area_code=HERE)
    away.save()
    FollowUp.objects.create(meeting=meeting, what="Tertinggal", owner=away.office)
    assert waits(away) == set()
    assert waits(everyone[Role.PROGRAMME_OFFICER]) == {"Tertinggal"}
    away.area_code = HERE
    away.save()
    assert waits(away) == {"Tertinggal"}
    assert waits(everyone[Role.PROGRAMME_OFFICER]) == set()


def test_an_obligation_says_whose_it_is(as_role, officer):
    agreement = record_agreement(area_code=HERE, title="Nota Kesepakatan", by=officer)
    client, url = as_role(Role.PROGRAMME_OFFICER), reverse("agreements:add-task", args=[agreement.pk])
    facts = {"what": "Menganggarkan iuran", "kind": "obligation"}
    refused = client.post(url, facts)
    assert refused.status_code == 422
    assert "Pilih pihak yang wajib melakukannya." in refused.content.decode()
    assert client.post(url, facts | {"side": "other"}).status_code == 422
    assert not agreement.tasks.exists()
    assert client.post(url, facts | {"side": "region"}).status_code == 302
    assert client.post(url, {"what": "Sosialisasi", "kind": "work_plan", "side": "branch"}).status_code == 302
    kept = agreement.tasks.order_by("id").values_list("kind", "side")
    assert list(kept) == [("obligation", "region"), ("work_plan", "")]


def test_an_office_finishes_its_own_and_no_other(as_role, tasks):
    client = as_role(Role.OFFICE_PIC)
    mine, other, nobodys = (reverse("agreements:finish", args=[task.pk]) for task in tasks)
    done = {"result": "Data terkirim", "on": "2026-11-21"}
    assert client.get(other).status_code == 403
    assert client.post(other, done).status_code == 403
    assert client.post(nobodys, done).status_code == 403
    assert client.post(mine, done).status_code == 302
    task = FollowUp.objects.get(pk=tasks[0].pk)
    assert (task.done_on, task.result) == (TODAY, "Data terkirim")


@pytest.mark.parametrize("role", [Role.BRANCH_OFFICER, Role.OFFICE_PIC])
def test_whoever_holds_meetings_says_of_no_other_office_s_task_that_it_is_done(everyone, tasks, role):
    with pytest.raises(NotPermitted):
        finish_follow_up(tasks[1], result="x", on=TODAY, by=everyone[role])


def test_a_result_is_asked_for_and_no_day_ahead(as_role, tasks):
    client = as_role(Role.PROGRAMME_OFFICER)
    url = reverse("agreements:finish", args=[tasks[0].pk])
    assert client.post(url, {"result": "", "on": "2026-11-21"}).status_code == 422
    assert client.post(url, {"result": "x", "on": "2026-12-24"}).status_code == 422
    assert FollowUp.objects.get(pk=tasks[0].pk).done_on is None


def test_a_task_is_worded_anew_or_taken_back(as_role, tasks):
    client = as_role(Role.PROGRAMME_OFFICER)
    url = reverse("agreements:change-task", args=[tasks[0].pk])
    assert client.post(url, {"what": "Lain", "owner": "", "due_on": ""}).status_code == 302
    assert FollowUp.objects.get(pk=tasks[0].pk).what == "Lain"
    assert client.post(url, {"what": ""}).status_code == 422
    assert client.post(url, {"hapus": "1"}).status_code == 302
    assert not FollowUp.objects.filter(pk=tasks[0].pk).exists()


def test_all_tasks_have_a_page(as_role, tasks):
    client = as_role(Role.OFFICE_PIC)
    mine = page(client, "agreements:tasks").content.decode()
    assert "Tugas 0" in mine
    assert "Tugas 1" not in mine
    assert "Tugas 1" in page(client, "agreements:tasks", lihat="semua").content.decode()
    assert "Tugas 0" not in page(client, "agreements:tasks", lihat="selesai").content.decode()


def test_pages_stay_light_with_a_region_of_many_villages(as_role, everyone):
    facts = {"kind": "desa", "level": 4, "parent_id": "127501", "source": "contoh", "valid": (None, None)}
    Area.objects.bulk_create(Area(code=f"12750120{n:02d}", name=f"Desa Contoh {n}", **facts) for n in range(99))
    weight = len(gzip.compress(page(as_role(Role.PROGRAMME_OFFICER), RECORD).content))
    assert weight < 14 * 1024
