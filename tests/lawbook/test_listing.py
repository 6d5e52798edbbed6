"""The list of the law on one day: what is found, what is in force, what changes soon."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from naung.lawbook import listing
from naung.lawbook.listing import Marks, Wanted, rows
from naung.rules.law import Law, current_law

LAW = current_law()
TODAY = date(2026, 11, 21)


def keys(marks: Marks | None = None, **wanted: object) -> list[str]:
    return [row.parameter.key for row in rows(LAW, Wanted(**{"on": TODAY} | wanted), marks or Marks())]


def test_without_a_wish_every_parameter_is_listed_once():
    assert keys() == sorted(LAW.parameters)


@pytest.mark.parametrize("text", ["jkm.death_grant", "santunan kematian", "SANTUNAN"])
def test_words_are_sought_in_keys_and_names_whatever_their_case(text):
    assert "jkm.death_grant" in keys(text=text)


def test_every_word_has_to_be_there():
    assert keys(text="jkm.death_grant tidakada") == []


def test_a_programme_finds_what_names_it_and_what_holds_for_all():
    found = keys(programme="JHT")
    assert {"jht.age", "bpu.jht.rate"} <= set(found)
    assert "jkm.death_grant" not in found
    assert {key for key, one in LAW.parameters.items() if one.programme == "all"} <= set(found)


@pytest.mark.parametrize(
    ("segment", "inside", "outside"),
    [
        ("bpu", "bpu.bands", "ppu.jht.employee"),
        ("ppu", "ppu.jht.employee", "bpu.bands"),
        ("pmi", "pmi.before", "bpu.bands"),
    ],
)
def test_a_segment_finds_its_own(segment, inside, outside):
    found = keys(segment=segment)
    assert inside in found
    assert outside not in found


def test_confidence_is_that_of_the_line_of_the_day():
    recalled = keys(confidence="recalled")
    for key in recalled:
        line, _ = listing.nearest(LAW.parameters[key], TODAY)
        assert line.citation.recalled
    assert len(recalled) + len(keys(confidence="found")) == len(LAW.parameters)


def test_what_differs_is_found_by_its_mark():
    assert keys(Marks(differing=frozenset({"jht.age"})), confidence="differs") == ["jht.age"]


def test_a_relief_is_in_force_in_its_months_and_not_the_day_after():
    window = LAW.parameters["relief.pp50_2025.window.transport"].values[-1]
    assert window.until
    named = {"text": "relief.pp50_2025.window.transport", "state": "in_force"}
    assert keys(on=window.until - timedelta(days=1), **named)
    assert not keys(on=window.until, **named)


def test_a_parameter_not_in_force_shows_its_nearest_line():
    jp = LAW.parameters["jp.age"]
    before = jp.values[0].start - timedelta(days=1)
    assert listing.nearest(jp, before) == (jp.values[0], False)


def test_a_change_within_half_a_year_is_told():
    jp = LAW.parameters["jp.age"]
    day = next(line.start for line in jp.values if line.start > date(2025, 1, 1))
    assert listing.changes_soon(jp, day - timedelta(days=1)) == day
    assert listing.changes_soon(jp, day - listing.SOON) == day
    assert listing.changes_soon(jp, day - listing.SOON - timedelta(days=1)) is None
    assert listing.changes_soon(jp, day) != day


def test_the_tally_counts_each_row_once_by_confidence():
    found = rows(LAW, Wanted(on=TODAY), Marks(differing=frozenset({"jht.age"})))
    counts = listing.tally(found)
    assert counts["found"] + counts["recalled"] + counts["checked"] == len(found)
    assert counts["differs"] == 1


def test_a_repealed_parameter_is_not_in_force():
    jht = LAW.parameters["jht.age"]
    repealed = replace(jht.values[0], value=None)
    assert listing.nearest(replace(jht, values=(repealed,)), TODAY) == (repealed, False)


def test_a_gap_and_an_overlap_are_marked_and_can_be_asked_for():
    found = listing.marks(LAW, differing=(), on=TODAY)
    assert [one.kind.value for one in found.problems_of("jp.benefit_limits")] == ["gap"]
    assert "jp.benefit_limits" in keys(found, state="problem")
    assert set(keys(found, state="problem")) == {one.key for one in found.problems}
    jht = LAW.parameters["jht.age"]
    first = replace(jht.values[0], until=date(2030, 1, 1))
    both = (first, replace(first, start=date(2029, 1, 1), until=None))
    doubled = Law({**LAW.parameters, jht.key: replace(jht, values=both)})
    marked = listing.marks(doubled, differing=(), on=TODAY).problems_of("jht.age")
    assert [one.kind.value for one in marked] == ["overlap"]
