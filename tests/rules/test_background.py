"""What surrounds the numbers speaks two languages, names its sources, and leads to parameters and questions."""

from dataclasses import fields, is_dataclass

import pytest

from naung.rules import background
from naung.rules.dated import Confidence
from naung.rules.decisions import questions
from naung.rules.explaining import Words
from naung.rules.law import current_law

KEYS = set(current_law().parameters)
EVERYTHING = [
    pytest.param(one, id=getattr(one, "entry", ""))
    for group in (
        background.definitions,
        background.legal_bases,
        background.conflicts,
        background.open_points,
        background.pitfalls,
    )
    for one in group()
]
LED = [*background.conflicts(), *background.open_points()]


def words_in(thing):
    if isinstance(thing, Words):
        yield thing
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from words_in(getattr(thing, field.name))


@pytest.mark.parametrize("one", EVERYTHING)
def test_everything_is_said_in_both_languages(one):
    said = list(words_in(one))
    assert said
    assert all(words.id.strip() and words.en.strip() for words in said)


@pytest.mark.parametrize("one", [*background.definitions(), *background.legal_bases()], ids=lambda one: one.entry)
def test_a_meaning_or_an_instrument_names_its_sources_and_how_sure_we_are(one):
    assert one.sources
    assert all(one.sources)
    assert one.confidence in {Confidence.FOUND, Confidence.RECALLED}


@pytest.mark.parametrize("one", LED, ids=lambda one: one.entry)
def test_a_contradiction_or_an_open_point_leads_to_what_follows_from_it_or_says_why_nothing_does(one):
    assert set(one.parameters) <= KEYS
    assert set(one.questions) <= set(questions())
    assert one.questions or one.parameters or one.why_none


@pytest.mark.parametrize("one", background.open_points(), ids=lambda one: one.code)
def test_an_open_point_is_carried_by_a_question_or_says_why_none_is_needed(one):
    assert bool(one.questions) != bool(one.why_none)


def test_every_question_comes_from_an_open_point_or_a_contradiction():
    asked = {code for one in LED for code in one.questions}
    assert asked == set(questions())


@pytest.mark.parametrize("question", questions().values(), ids=lambda question: question.code)
def test_a_question_and_its_answers_are_said_in_both_languages_and_name_who_gives_them(question):
    assert question.words
    assert question.words_en
    assert question.note
    assert len({answer.code for answer in question.answers}) == len(question.answers) >= 2
    assert all(answer.words and answer.words_en and answer.given_by for answer in question.answers)


def test_codes_are_unique():
    for group in (background.definitions, background.conflicts, background.open_points, background.pitfalls):
        codes = [one.code for one in group()]
        assert len(codes) == len(set(codes))


def test_the_official_texts_can_be_looked_up():
    assert {one.instrument for one in background.official_texts()} >= {"PP 44/2015", "PP 50/2025", "Permenaker 1/2025"}
    assert all(one.address.startswith("https://") for one in background.official_texts())
