"""Somebody of one office holds the meetings of that office; of others they see what was said and how many came."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from naung.accounts.permissions import Role
from naung.agreements.actions import attach, change_task, edit_meeting, record_meeting, remove_attachment
from naung.agreements.models import Attachment, FollowUp, Meeting
from naung.agreements.refusals import NotYourMeeting
from naung.audit.models import Record
from naung.outreach import actions, queries
from naung.outreach.actions import Person
from naung.outreach.models import Attendance, Photo
from tests.outreach.test_pages import FACTS, RECORD, edit, page
from tests.outreach.test_pictures import picture
from tests.pages.people import HERE, TODAY

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 notulen %%EOF"


@pytest.fixture
def pic(everyone):
    return everyone[Role.OFFICE_PIC]


@pytest.fixture
def own(pic):
    return record_meeting(area_code=HERE, kind="visit", title="Kunjungan dinas", held_on=TODAY, host=pic.office, by=pic)


@pytest.fixture
def hung(meeting, officer):
    """What hangs on another office's meeting: somebody who came, a photograph, a file, a follow-up."""
    return (
        actions.record_attendance(
            meeting, Person("Rahasia Satu"), method="typed", at=timezone.now(), on=TODAY, by=officer
        ),
        actions.add_photo(meeting, picture(), caption="Wajah peserta", at=timezone.now(), by=officer),
        attach(meeting, filename="notulen.pdf", content=PDF, title="Daftar bertanda tangan", by=officer),
        FollowUp.objects.create(meeting=meeting, what="Kirim data"),
    )


def test_of_another_office_s_meeting_they_read_what_was_said_and_no_name_or_face(as_role, meeting, hung, pic):
    came, photo, file, _task = hung
    client = as_role(Role.OFFICE_PIC)
    answer = page(client, "agreements:meeting", meeting.pk)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "orang tercatat hadir" in text
    assert "&lt;5" in text
    for hidden in ("Rahasia Satu", "Wajah peserta", "Daftar bertanda tangan"):
        assert hidden not in text
    assert f'href="{reverse("agreements:edit-meeting", args=[meeting.pk])}"' not in text
    for name, args in (
        ("outreach:attendance", meeting.pk), ("outreach:photos", meeting.pk), ("outreach:files", meeting.pk),
        ("outreach:photo", photo.pk), ("outreach:photo-small", photo.pk), ("agreements:attachment", file.pk),
        ("outreach:remove-file", file.pk), ("agreements:edit-meeting", meeting.pk),
    ):  # fmt: skip
        assert page(client, name, args).status_code == 404, name
    assert not queries.attendances_visible_to(pic).filter(pk=came.pk).exists()


def test_they_write_nothing_into_it(as_role, meeting, hung):
    came, photo, file, task = hung
    client = as_role(Role.OFFICE_PIC)
    addresses = [
        *((name, meeting.pk) for name in (
            "agreements:edit-meeting", "outreach:attendance", "outreach:upload", "outreach:door", "outreach:sheet",
            "outreach:photos", "outreach:files",
        )),
        ("outreach:remove-attendance", came.pk), ("outreach:remove-photo", photo.pk),
        ("outreach:remove-file", file.pk), ("agreements:change-task", task.pk),
    ]  # fmt: skip
    for name, pk in addresses:
        answer = client.post(reverse(name, args=[pk]), {"name": "x", "hapus": "1"})
        assert answer.status_code in (403, 404), name
    assert (Attendance.objects.count(), Photo.objects.count(), FollowUp.objects.count()) == (1, 1, 1)
    assert Attachment.objects.get().removed_at is None


def test_the_actions_refuse_it_too(meeting, hung, pic):
    came, photo, file, task = hung
    now = timezone.now()
    for act in (
        lambda: edit_meeting(meeting, {"notes": "x"}, revision=1, by=pic),
        lambda: actions.record_attendance(meeting, Person("A"), method="typed", at=now, on=TODAY, by=pic),
        lambda: actions.record_list(meeting, [Person("A")], method="paper", at=now, on=TODAY, by=pic),
        lambda: actions.remove_attendance(came, by=pic),
        lambda: actions.open_door(meeting, on=TODAY, by=pic),
        lambda: actions.close_door(meeting, at=now, by=pic),
        lambda: actions.add_photo(meeting, picture(), caption="x", at=now, by=pic),
        lambda: actions.remove_photo(photo, by=pic),
        lambda: attach(meeting, filename="a.pdf", content=PDF, title="", by=pic),
        lambda: remove_attachment(file, by=pic),
        lambda: change_task(task, what="x", owner=None, due_on=None, by=pic),
        lambda: record_meeting(area_code=HERE, kind="fgd", title="x", held_on=TODAY, by=pic),
    ):
        with pytest.raises(NotYourMeeting):
            act()


def test_their_own_meeting_is_theirs(as_role, own, pic):
    client = as_role(Role.OFFICE_PIC)
    answer = client.post(reverse("outreach:attendance", args=[own.pk]), {"name": "Siti Aminah"})
    assert answer.status_code == 302
    assert "Siti Aminah" in page(client, "outreach:attendance", own.pk).content.decode()
    assert edit(client, own, 1, notes="Ramai", host=str(pic.office_id)).status_code == 302


def test_they_record_in_the_name_of_their_own_office_alone(as_role, everyone, pic, own):
    client = as_role(Role.OFFICE_PIC)
    other = everyone[Role.PROGRAMME_OFFICER].office
    assert f'<option value="{other.pk}"' not in page(client, RECORD).content.decode().split('name="t1-owner"')[0]
    assert client.post(reverse(RECORD), FACTS | {"host": str(other.pk)}).status_code == 422
    unnamed = client.post(reverse(RECORD), FACTS)
    assert unnamed.status_code == 422
    assert "Pilih kantor Anda sebagai penyelenggara." in unnamed.content.decode()
    assert client.post(reverse(RECORD), FACTS | {"host": str(pic.office_id)}).status_code == 302
    with pytest.raises(NotYourMeeting):
        edit_meeting(own, {"host_id": other.pk}, revision=1, by=pic)
    assert Meeting.objects.filter(host=pic.office).count() == 2


@pytest.mark.parametrize("role", [Role.PROGRAMME_OFFICER, Role.BRANCH_OFFICER])
def test_who_keeps_the_region_s_meetings_holds_them_all(as_role, own, role):
    client = as_role(role)
    for name in ("outreach:attendance", "outreach:photos", "outreach:files", "agreements:edit-meeting"):
        assert page(client, name, own.pk).status_code == 200


# --- files beside a meeting ------------------------------------------------------------------------


def test_a_file_is_uploaded_handed_out_and_taken_off(as_role, own):
    client = as_role(Role.OFFICE_PIC)
    address = reverse("outreach:files", args=[own.pk])
    assert f'href="{address}"' in page(client, "agreements:meeting", own.pk).content.decode()
    file = SimpleUploadedFile("notulen.pdf", PDF)
    assert client.post(address, {"file": file, "title": "Notulen bertanda tangan"}).status_code == 302
    kept = Attachment.objects.get(meeting=own)
    leader = as_role(Role.LEADER)
    handed = reverse("agreements:attachment", args=[kept.pk])
    text = page(leader, "agreements:meeting", own.pk).content.decode()
    assert "Notulen bertanda tangan" in text
    assert f'href="{handed}"' in text
    assert f'href="{address}"' not in text
    answer = leader.get(handed)
    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert _recorded("attachment.download") == 1
    asked = page(client, "outreach:remove-file", kept.pk)
    assert "Notulen bertanda tangan" in asked.content.decode()
    assert client.post(reverse("outreach:remove-file", args=[kept.pk])).status_code == 302
    assert leader.get(handed).status_code == 404
    assert "Notulen bertanda tangan" not in page(client, "outreach:files", own.pk).content.decode()
    assert _recorded("attachment.remove") == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("notulen.pdf", b"%PDF-1.7" + b"x" * (10 * 1024 * 1024), "Berkas lebih besar dari 10 MB."),
        ("notulen.exe", b"MZ...", "bukan PDF, DOCX, XLSX, JPEG, atau PNG"),
    ],
    ids=["large", "program"],
)
def test_a_file_too_large_or_of_another_kind_is_refused_with_the_reason(as_role, meeting, name, content, words):
    file = SimpleUploadedFile(name, content)
    answer = as_role(Role.PROGRAMME_OFFICER).post(reverse("outreach:files", args=[meeting.pk]), {"file": file})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Attachment.objects.exists()


def test_a_file_of_another_region_or_for_who_only_reads_is_not_written(as_role, beside, meeting, hung):
    file = hung[2]
    for name, pk in (("outreach:files", meeting.pk), ("outreach:remove-file", file.pk)):
        assert page(beside, name, pk).status_code == 404
        assert page(as_role(Role.LEADER), name, pk).status_code == 403
    assert beside.get(reverse("agreements:attachment", args=[file.pk])).status_code == 404


def _recorded(action):
    return Record.objects.filter(action=action).count()
