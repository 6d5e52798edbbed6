"""Small cells cannot be worked out: tried by everybody's means, with all the sums that a report shows."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naung.disclosure import hidden_rows, protect, small, written

COUNTS = st.one_of(st.integers(0, 12), st.integers(0, 4))
ROWS = st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=4)


def could_be(shown: list[str], total: int | None, most: int) -> list[tuple[int, ...]]:
    """Everything the cells of one column can have been, for somebody who reads them and their total."""
    domains = [
        list(range(1, 5)) if cell == "<5" else [0, *range(5, most + 1)] if cell == "•" else [int(cell)]
        for cell in shown
    ]
    return [values for values in product(*domains) if total is None or sum(values) == total]


@settings(max_examples=300, deadline=None)
@given(ROWS)
def test_nobody_can_work_out_a_hidden_count(rows):
    hidden, broken = hidden_rows(rows)
    for column in range(2):
        cells = [written(row[column], hidden=place in hidden) for place, row in enumerate(rows)]
        total = None if broken else sum(row[column] for row in rows)
        found = could_be(cells, total, most=30)
        for place, cell in enumerate(cells):
            if cell == "<5":
                assert len({values[place] for values in found}) >= 2


@settings(max_examples=300, deadline=None)
@given(ROWS)
def test_no_small_count_is_shown_and_a_place_is_hidden_whole(rows):
    hidden, _broken = hidden_rows(rows)
    for place, row in enumerate(rows):
        if any(small(count) for count in row):
            assert place in hidden
    assert all(any(rows[place]) for place in hidden)  # an empty place protects nobody


VILLAGES = st.lists(COUNTS.map(lambda count: (count,)), min_size=1, max_size=2)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), VILLAGES, min_size=1, max_size=3))
def test_nobody_can_work_out_a_village_through_its_district(parts):
    shown = protect(parts)
    worlds = {code: could_be_of(code, rows, shown) for code, rows in parts.items()}
    total = sum(row[0] for rows in parts.values() for row in rows)
    for code, rows in parts.items():
        others = {sum(sums) for sums in product(*({sum(w) for w in worlds[c]} for c in parts if c != code))}
        left = [w for w in worlds[code] if shown.total or total - sum(w) in others]
        for village, row in enumerate(rows):
            if small(row[0]):
                assert len({w[village] for w in left}) >= 2


def could_be_of(code, rows, shown):
    whole = sum(row[0] for row in rows)
    if code in shown.wholes:
        # «•» everywhere: any counts at all whose sum is as small, or as large, as is said of the whole.
        said = written(whole, hidden=True)
        found = product(range(25), repeat=len(rows))
        return [values for values in found if (1 <= sum(values) <= 4) == (said == "<5")]
    cells = [written(row[0], hidden=place in shown.parts[code]) for place, row in enumerate(rows)]
    return could_be(cells, whole, most=26)


def test_one_small_village_hides_the_smallest_beside_it():
    hidden, broken = hidden_rows([(3, 3), (40, 38), (9, 9), (0, 0)])
    assert (hidden, broken) == (frozenset({0, 2}), False)


def test_where_nothing_is_left_to_hide_the_district_is_hidden_with_all_its_villages():
    shown = protect({"a": [(3,)], "b": [(60,), (70,)], "c": [(900,)]})
    assert shown.wholes == {"a", "b"}
    assert shown.parts == {"a": {0}, "b": {0, 1}, "c": frozenset()}
    assert not shown.total


def test_a_lone_small_place_hides_the_total():
    assert protect({"a": [(3,)]}).total
    assert not protect({"a": [(30,)]}).total


def test_large_counts_are_all_shown():
    shown = protect({"a": [(50, 5), (60, 0)], "b": [(5, 5)]})
    assert not shown.wholes
    assert not any(shown.parts.values())


@pytest.mark.parametrize(
    ("count", "hidden", "said"), [(3, True, "<5"), (12, True, "•"), (0, True, "•"), (7, False, "7")]
)
def test_what_is_written_in_a_cell(count, hidden, said):
    assert written(count, hidden=hidden) == said


def test_the_parts_of_a_hidden_whole_all_look_alike():
    assert {written(count, hidden=True, whole_hidden=True) for count in (0, 1, 4, 5, 90)} == {"•"}
