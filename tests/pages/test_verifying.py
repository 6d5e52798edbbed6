"""Verifikasi: an officer accepts what a village sent, or gives it back with the reason."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from naung.accounts.permissions import Role
from naung.audit.models import Record
from naung.programmes.verifying import due_on
from naung.registry.models import SourceList, SourceRow
from naung.selection import actions as selection
from naung.selection.refusals import NoCandidates
from tests import factories as make
from tests.pages import chain

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(client) -> SourceList:
    """Four people sent by a village; the officer is signed in."""
    officer = chain.user(Role.PROGRAMME_OFFICER)
    programme = make.make_programme(by=officer, last_month="2026-12")
    client.force_login(officer)
    return chain.hand_in(programme, officer, chain.village_list(chain.NIKS[:4]))


def verify(source_list: SourceList) -> str:
    return reverse("registry:verify", args=[source_list.pk])


def give_back(source_list: SourceList) -> str:
    return reverse("registry:return-list", args=[source_list.pk])


def rows_back(source_list: SourceList) -> str:
    return reverse("registry:return", args=[source_list.pk])


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize(
    ("sent_at", "day"),
    [
        (datetime(2026, 11, 16, 3, tzinfo=UTC), date(2026, 11, 19)),  # Monday to Thursday
        (datetime(2026, 11, 19, 3, tzinfo=UTC), date(2026, 11, 24)),  # over a weekend
        (datetime(2026, 11, 20, 18, tzinfo=UTC), date(2026, 11, 25)),  # Saturday already, in Jakarta
    ],
)
def test_what_was_sent_is_looked_at_within_three_working_days(sent_at, day):
    assert due_on(SourceList(sent_at=sent_at)) == day


def test_accepting_is_recorded_with_who_and_when_and_said_on_the_page(client, sent):
    assert "Terima 4 baris" in text_of(client.get(verify(sent)))

    page = text_of(client.post(verify(sent), follow=True))

    sent.refresh_from_db()
    assert sent.verified_by == chain.user(Role.PROGRAMME_OFFICER)
    assert "4 baris terverifikasi" in page
    assert "Terima 4 baris" not in page
    assert Record.objects.get(action="list.verify").detail["rows"] == 4


def test_a_list_given_back_is_out_of_the_next_selection_until_it_is_sent_again(client, sent):
    page = client.post(give_back(sent), {"reason": "Tanda tangan lurah belum ada"}, follow=True)
    assert "Daftar dikembalikan" in text_of(page)

    client.force_login(chain.user(Role.VILLAGE_OPERATOR))
    assert "Tanda tangan lurah belum ada" in text_of(client.get(reverse("registry:list", args=[sent.pk])))
    officer = chain.user(Role.PROGRAMME_OFFICER)
    programme = make.Programme.objects.get()
    with pytest.raises(NoCandidates):
        selection.run_round(programme, on=date(2025, 12, 20), by=officer)
    client.post(reverse("registry:send", args=[sent.pk]))
    assert selection.run_round(programme, on=date(2025, 12, 20), by=officer).chosen == 4


def test_giving_back_without_a_reason_says_so_beside_the_field(client, sent):
    answer = client.post(give_back(sent), {"reason": " "})
    assert answer.status_code == 422
    assert "errsum" in text_of(answer)
    sent.refresh_from_db()
    assert sent.status == "sent"


def test_chosen_rows_are_named_and_counted_before_they_go_back(client, sent):
    page = text_of(client.get(reverse("registry:list", args=[sent.pk]) + "?lihat=terkirim"))
    assert 'name="baris" value="1"' in page

    asked = text_of(client.post(rows_back(sent), {"baris": ["1", "2"]}))
    assert "Kembalikan 2 baris" in asked
    assert SourceRow.objects.filter(verdict="reject").count() == 0
    page = text_of(client.post(rows_back(sent), {"baris": ["1", "2"], "reason": "NIK tetangga"}, follow=True))

    assert "2 baris dikembalikan ke desa" in page
    assert "NIK tetangga" in page
    sent.refresh_from_db()
    assert (sent.accepted, sent.rejected, sent.status) == (2, 2, "sent")


def test_without_a_chosen_row_nothing_goes_back(client, sent):
    assert "Centang dulu" in text_of(client.post(rows_back(sent), {"reason": "ya"}, follow=True))
    assert client.post(rows_back(sent), {"baris": ["1"], "reason": ""}).status_code == 422
    assert SourceRow.objects.filter(verdict="reject").count() == 0


def test_checks_that_could_not_be_made_are_named(client, sent):
    page = text_of(client.get(verify(sent)))
    assert "Pemeriksaan sebagian" in page
    assert page.count("Tidak tersedia") == 4

    make.make_reference("deaths", make.make_workers(1, first=90), as_of=date(2026, 11, 1))
    make.make_reference("members", make.make_workers(1, first=91), as_of=date(2025, 1, 1))

    page = text_of(client.get(verify(sent)))
    assert page.count("Tidak tersedia") == 2
    assert page.count("Sudah lama") == 1
    assert "3 dari 4 data acuan" in page


def test_a_village_neither_verifies_nor_gives_back(client, sent):
    client.force_login(chain.user(Role.VILLAGE_OPERATOR))
    assert [client.get(verify(sent)).status_code, client.post(give_back(sent)).status_code] == [403, 403]
    assert client.post(rows_back(sent), {"baris": ["1"], "reason": "ya"}).status_code == 403


def test_nobody_verifies_a_list_of_another_territory(client, sent):
    client.force_login(chain.user(Role.PROGRAMME_OFFICER, area=chain.ELSEWHERE))
    assert client.get(verify(sent)).status_code == 404
    assert client.post(give_back(sent), {"reason": "ya"}).status_code == 404


def test_a_draft_is_not_verified(client):
    officer = chain.user(Role.PROGRAMME_OFFICER)
    draft = chain.hand_in(make.make_programme(by=officer), officer, chain.village_list(chain.NIKS[:2]), send=False)
    client.force_login(officer)
    assert "belum terkirim" in text_of(client.get(verify(draft)))
    assert "masih draf" in text_of(client.post(verify(draft), follow=True))
