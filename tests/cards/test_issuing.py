"""Cards are made once, kept as hashes, replaced and taken back."""

from __future__ import annotations

import csv
import io
import logging
import uuid
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from python_calamine import CalamineWorkbook

from naung.accounts.refusals import NotPermitted, OutsideTerritory
from naung.audit.models import Record
from naung.cards import actions, codes, invariants, queries
from naung.cards.models import Card
from naung.cards.printing import printed
from naung.cards.refusals import EndingUnknown, NobodyNeedsACard, NoCard, NotAParticipant, ParticipantDied
from naung.contributions import actions as contributions
from tests import factories as make
from tests.cards.conftest import TODAY, Carded
from tests.town import user, worker

pytestmark = pytest.mark.django_db


def everything_in_the_database() -> str:
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'areas_%'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


def test_everybody_enrolled_gets_a_code_that_finds_them(cards: Carded):
    assert [queries.worker_of_code(code) for code in cards.codes] == [one.pk for one in cards.workers]
    assert queries.cards_of_programme(cards.town.programme.pk, on=TODAY) == queries.Counted(people=3, with_card=3)


def test_no_table_and_no_log_holds_a_code(cards: Carded, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    with caplog.at_level(logging.DEBUG, logger="django.db.backends"):
        code = actions.renew_card(cards.workers[0], reason="lost", by=cards.town.officer)
        queries.worker_of_code(code)
    kept = everything_in_the_database()
    for one in [*cards.codes, code]:
        for form in (one, codes.written(one), one.encode().hex()):
            assert form not in kept
            assert form not in caplog.text
        assert one[-4:] in kept  # the part that pages show
    assert repr(actions.Issued(1, "Nama", "1275", code)).count(code) == 0


def test_whoever_has_a_card_keeps_it_when_cards_are_issued_again(cards: Carded):
    with pytest.raises(NobodyNeedsACard):
        actions.issue_cards(cards.town.programme, on=TODAY, by=cards.town.officer)
    assert queries.worker_of_code(cards.codes[0]) == cards.workers[0].pk


def test_a_lost_list_is_made_anew_and_the_old_codes_stop_answering(cards: Carded):
    again = actions.issue_cards(cards.town.programme, on=TODAY, by=cards.town.officer, anew=True)
    assert len(again) == 3
    assert {queries.worker_of_code(code) for code in cards.codes} == {None}
    assert {queries.worker_of_code(one.code) for one in again} == {one.pk for one in cards.workers}
    record = Record.objects.filter(action="cards.issue").latest("id")
    assert record.detail == {"issued": 3, "replaced": 3}


def test_the_dead_and_those_whose_programme_has_ended_get_no_card(cards: Carded):
    contributions.end_cover(
        cards.town.enrolments[0], reason="death", happened_on=TODAY, evidence="Akta contoh", by=cards.town.officer
    )
    again = actions.issue_cards(cards.town.programme, on=TODAY, by=cards.town.officer, anew=True)
    assert {one.worker_id for one in again} == {one.pk for one in cards.workers[1:]}
    with pytest.raises(NobodyNeedsACard):
        actions.issue_cards(cards.town.programme, on=date(2027, 1, 1), by=cards.town.officer, anew=True)


def test_a_code_drawn_twice_is_drawn_again(cards: Carded, monkeypatch: pytest.MonkeyPatch):
    drawn = [[cards.codes[1]], ["22222222"]]
    monkeypatch.setattr(codes, "fresh", lambda count: drawn.pop(0)[:count])
    assert actions.renew_card(cards.workers[0], reason="lost", by=None) == "22222222"
    assert queries.worker_of_code(cards.codes[1]) == cards.workers[1].pk


def test_a_new_card_replaces_the_old_one(cards: Carded):
    code = actions.renew_card(cards.workers[0], reason="lost", by=cards.town.officer)
    assert queries.worker_of_code(code) == cards.workers[0].pk
    assert queries.worker_of_code(cards.codes[0]) is None
    assert [one.withdrawn_for for one in queries.cards_of(cards.workers[0].pk)] == ["", "lost"]
    record = Record.objects.filter(action="cards.renew").latest("id")
    assert (record.target_id, record.reason) == (str(cards.workers[0].pk), "Kartu hilang")


def test_a_withdrawn_card_answers_nobody(cards: Carded):
    actions.withdraw_card(cards.workers[0], reason="seen", by=cards.town.officer)
    assert queries.worker_of_code(cards.codes[0]) is None
    with pytest.raises(NoCard):
        actions.withdraw_card(cards.workers[0], reason="seen", by=cards.town.officer)


def test_the_database_forbids_a_second_live_card_and_a_code_borne_before(cards: Carded):
    live = Card.objects.get(worker=cards.workers[0])
    for index in (uuid.uuid4(), live.code_index):
        with pytest.raises(IntegrityError), transaction.atomic():
            Card.objects.create(worker=live.worker, code_index=index, last4="2222", issued_at=live.issued_at)


def test_rules_say_no_to_who_may_not_and_to_whom_no_card_belongs(cards: Carded):
    one, officer = cards.workers[0], cards.town.officer
    with pytest.raises(NotPermitted):
        actions.issue_cards(cards.town.programme, on=TODAY, by=cards.town.leader)
    with pytest.raises(OutsideTerritory):
        actions.renew_card(one, reason="lost", by=user("lain", "programme_officer", "1276"))
    with pytest.raises(EndingUnknown):
        actions.renew_card(one, reason="bosan", by=officer)
    with pytest.raises(NotAParticipant):
        actions.renew_card(worker(90), reason="lost", by=officer)
    make.make_reference("deaths", [one], on=TODAY)
    with pytest.raises(ParticipantDied):
        actions.renew_card(one, reason="lost", by=officer)
    assert queries.worker_of_code(cards.codes[0]) is None


def test_a_merged_worker_is_answered_through_the_one_that_stays(cards: Carded):
    gone, stays = cards.workers[:2]
    gone.merged_into = stays
    gone.save(update_fields=["merged_into"])
    assert queries.worker_of_code(cards.codes[0]) == stays.pk


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_printed_list_holds_codes_and_what_the_qr_says(cards: Carded, kind: str):
    issued = [actions.Issued(1, "=1+1", "1275011001", "K7M29QXA")]
    content, _media = printed(issued, kind=kind, check_url="https://naung.example/cek/")
    if kind == "xlsx":
        rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    else:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0] == ["No", "Nama", "Desa/kelurahan", "Kode kartu", "Isi QR"]
    assert rows[1][2:] == ["Jati Makmur", "K7M2-9QXA", "https://naung.example/cek/#K7M29QXA"]
    assert rows[1][1].lstrip("'") == "=1+1"


def test_the_doctor_finds_a_card_without_its_worker(cards: Carded):
    assert invariants.problems() == []
    Card.objects.filter(worker=cards.workers[0]).update(worker_id=10**9)
    assert [one.rule for one in invariants.problems()] == ["orphans"]
