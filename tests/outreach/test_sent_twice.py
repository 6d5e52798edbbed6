"""Two meetings may be alike; one form sent twice is one meeting, and one set of follow-ups."""

from __future__ import annotations

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from naung.accounts.permissions import Role
from naung.agreements.actions import record_meeting
from naung.agreements.models import FollowUp, Meeting
from tests.outreach.conftest import held
from tests.outreach.test_pages import FACTS, RECORD, edit
from tests.pages.people import HERE, TODAY

pytestmark = pytest.mark.django_db


def token(text: str) -> str:
    found = re.search(r'name="once" value="([^"]+)"', text)
    assert found
    return found[1]


def test_two_meetings_of_one_title_on_one_day_are_both_kept(as_role):
    client = as_role(Role.PROGRAMME_OFFICER)
    for place in ("Kelurahan Sukajadi", "Kelurahan Jati Makmur"):
        once = token(client.get(reverse(RECORD)).content.decode())
        answer = client.post(reverse(RECORD), FACTS | {"place": place, "once": once})
        assert client.get(answer["Location"]).status_code == 200
        assert place in client.get(answer["Location"]).content.decode()
    assert Meeting.objects.count() == 2


def test_a_form_sent_twice_is_one_meeting(as_role):
    client = as_role(Role.PROGRAMME_OFFICER)
    once = token(client.get(reverse(RECORD)).content.decode())
    facts = FACTS | {"t1-what": "Kirim data", "once": once}
    first, second = (client.post(reverse(RECORD), facts)["Location"] for _ in range(2))
    assert first == second
    assert (Meeting.objects.count(), FollowUp.objects.count()) == (1, 1)


def test_whoever_goes_back_and_writes_another_meeting_loses_none(as_role):
    client = as_role(Role.PROGRAMME_OFFICER)
    once = str(uuid.uuid4())
    for title in ("FGD nelayan", "FGD petani"):
        client.post(reverse(RECORD), FACTS | {"title": title, "once": once})
    assert sorted(Meeting.objects.values_list("title", flat=True)) == ["FGD nelayan", "FGD petani"]


def test_one_row_more_is_still_the_same_form(as_role):
    client = as_role(Role.PROGRAMME_OFFICER)
    once = str(uuid.uuid4())
    text = client.post(reverse(RECORD), FACTS | {"once": once, "tambah": "1"}).content.decode()
    assert token(text) == once


def test_an_edit_sent_twice_adds_its_follow_ups_once(as_role, meeting):
    client = as_role(Role.PROGRAMME_OFFICER)
    page = client.get(reverse("agreements:edit-meeting", args=[meeting.pk])).content.decode()
    facts = {"notes": "Ramai", "t1-what": "Kirim data", "once": token(page)}
    for _ in range(2):
        assert edit(client, meeting, 1, **facts).status_code == 302
    assert FollowUp.objects.get().what == "Kirim data"
    meeting.refresh_from_db()
    assert (meeting.notes, meeting.revision) == ("Ramai", 2)


def test_a_script_that_runs_again_gets_the_earlier_meeting_of_that_place(officer):
    facts = {"area_code": HERE, "kind": "fgd", "title": "FGD", "held_on": TODAY, "by": officer, "repeat": True}
    first = record_meeting(**facts, place="Aula")
    assert record_meeting(**facts, place="Aula") == first
    assert record_meeting(**facts, place="Balai desa") != first
    twins = [held("Kembar", by=officer) for _ in range(2)]
    again = record_meeting(area_code=HERE, kind="fgd", title="Kembar", held_on=TODAY, by=officer, repeat=True)
    assert again == twins[0]


def test_the_form_without_a_token_is_written(as_role):
    client: Client = as_role(Role.PROGRAMME_OFFICER)
    assert client.post(reverse(RECORD), FACTS).status_code == 302
    assert Meeting.objects.count() == 1
