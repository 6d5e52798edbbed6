"""Handing over cards: as many as there are, four characters of each, to those who still are covered."""

from __future__ import annotations

from datetime import date

import pytest

from naung.cards.actions import issue_cards, withdraw_card
from naung.cards.models import Card
from naung.contributions import actions
from naung.papers.gathering import bast_kartu as paper_of
from tests.papers.gathering.reading import NIK, TODAY, column, fields_fit, figure, said
from tests.town import TOWN, Town, town, user, worker

pytestmark = pytest.mark.django_db

OTHER_VILLAGE = f"{TOWN}011002"


@pytest.fixture
def place(areas) -> Town:
    people = [worker(number, village=f"{TOWN}011001" if number < 3 else OTHER_VILLAGE) for number in range(5)]
    return town(people=5, workers=people)


def gathered(place: Town, area: str = TOWN, **options):
    thing = paper_of.subject(place.officer, f"{place.programme.pk}-{area}")
    return paper_of.contents(thing, on=TODAY, by=place.officer, **options)


def rows(paper) -> list:
    return [row for group in paper.lists[0].groups for row in group.rows]


def test_the_list_the_table_and_the_sentence_agree(place):
    issue_cards(place.programme, on=TODAY, by=place.officer)
    paper = gathered(place)
    *lines, total = paper.contents["rincian"]

    assert sum(column(lines, "diserahkan")) == figure(total["diserahkan"]) == 5
    assert figure(paper.contents["jumlah_diserahkan"]) == figure(paper.lists[0].ending_total) == len(rows(paper)) == 5
    assert fields_fit("bast_kartu", paper)


def test_of_a_code_only_its_end_is_printed(place):
    made = issue_cards(place.programme, on=TODAY, by=place.officer)
    full = said(gathered(place), gathered(place).lists)
    assert not any(one.code in full for one in made)
    assert {row[2] for row in rows(gathered(place))} == {f"••••{one.last4}" for one in Card.objects.all()}
    assert not NIK.search(full)


def test_one_village_gets_its_own_cards(place):
    issue_cards(place.programme, on=TODAY, by=place.officer)
    paper = gathered(place, OTHER_VILLAGE)
    assert figure(paper.contents["jumlah_diserahkan"]) == 2
    assert len(rows(paper)) == 2
    keys = [one.key for one in paper_of.subjects(place.officer)]
    assert keys == [f"{place.programme.pk}-{area}" for area in (TOWN, f"{TOWN}01", f"{TOWN}011001", OTHER_VILLAGE)]


def test_whoever_left_and_whose_card_was_taken_back_get_none(place):
    issue_cards(place.programme, on=TODAY, by=place.officer)
    actions.end_cover(
        place.enrolments[0], reason="moved", happened_on=date(2026, 2, 1), evidence="Surat", by=place.officer
    )
    withdraw_card(place.workers[1], reason="lost", by=place.officer)
    paper = gathered(place)
    assert {row[1] for row in rows(paper)} == {"Contoh Pekerja 2", "Contoh Pekerja 3", "Contoh Pekerja 4"}


def test_the_head_of_the_village_receives(place):
    issue_cards(place.programme, on=TODAY, by=place.officer)
    assert gathered(place, f"{TOWN}011001").suggested["pihak_kedua_jabatan"] == "Lurah Jati Makmur"
    assert gathered(place, f"{TOWN}01").suggested["pihak_kedua_jabatan"] == "Camat Binjai Utara"


def test_the_copy_for_everybody_names_nobody(place):
    issue_cards(place.programme, on=TODAY, by=place.officer)
    paper = gathered(place)
    assert "Contoh Pekerja" not in said(paper, paper.editions["public"])
    assert gathered(place, names=False).lists == ()
    assert gathered(place, names=False).fields_digest() == paper.fields_digest()


def test_without_cards_there_is_nothing_to_hand_over(place):
    assert paper_of.subjects(place.officer) == []
    assert paper_of.subject(place.officer, f"{place.programme.pk}-{TOWN}") is None


def test_another_region_and_who_may_not_see_people_find_nothing(place):
    issue_cards(place.programme, on=TODAY, by=place.officer)
    key = f"{place.programme.pk}-{TOWN}"
    for stranger in (user("tetangga", "programme_officer", "1276"), place.leader):
        assert paper_of.subjects(stranger) == []
        assert paper_of.subject(stranger, key) is None
    assert paper_of.subject(place.officer, f"{place.programme.pk}-1276") is None
