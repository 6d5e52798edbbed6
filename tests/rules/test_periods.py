"""Months are dates on the first; spans are half-open."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naung.rules.periods import (
    MonthSpan,
    add_months,
    date_id,
    first_of_month,
    format_month,
    last_of_month,
    month_name_id,
    months_between,
    months_in,
    parse_month,
    runs,
)

months = st.dates(date(1990, 1, 1), date(2060, 1, 1)).map(first_of_month)


def test_a_span_leaves_out_its_end():
    assert months_in(date(2022, 10, 1), date(2023, 1, 1)) == [
        date(2022, 10, 1),
        date(2022, 11, 1),
        date(2022, 12, 1),
    ]


def test_a_span_knows_its_length_its_last_day_and_its_name():
    span = MonthSpan(date(2022, 10, 1), date(2023, 1, 1))
    assert (len(span), span.last_day) == (3, date(2022, 12, 31))
    assert span.words_id() == "Oktober 2022 – Desember 2022"
    assert MonthSpan(date(2022, 10, 1), date(2022, 11, 1)).words_id() == "Oktober 2022"
    assert date(2022, 12, 31) in span
    assert date(2023, 1, 1) not in span
    assert list(span) == months_in(span.first, span.end)


@pytest.mark.parametrize(
    ("first", "end"), [(date(2022, 10, 2), date(2023, 1, 1)), (date(2023, 1, 1), date(2022, 10, 1))]
)
def test_a_span_must_be_of_whole_months_and_run_forward(first, end):
    with pytest.raises(ValueError, match="month"):
        MonthSpan(first, end)


@given(months, st.integers(-400, 400))
def test_adding_months_and_counting_them_are_inverse(month, count):
    later = add_months(month, count)
    assert later.day == 1
    assert months_between(month, later) == count
    assert parse_month(format_month(later)) == later


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_the_last_day_of_a_month_is_followed_by_the_first_of_the_next(day):
    assert last_of_month(day) + timedelta(days=1) == add_months(day, 1)


@pytest.mark.parametrize("text", ["2026", "2026-13", "2026-5", "05-2026", "2026-05-01", "", "٢٠٢٦-٠٥"])
def test_a_month_that_is_not_written_as_a_month_is_refused(text):
    with pytest.raises(ValueError, match="2026-05"):
        parse_month(text)


def test_months_and_days_have_indonesian_names():
    assert month_name_id(date(2026, 5, 1)) == "Mei 2026"
    assert date_id(date(2025, 11, 10)) == "10 November 2025"


@given(st.sets(months, max_size=30))
def test_runs_hold_every_month_once_and_never_touch(chosen):
    found = runs(chosen)
    assert sorted(month for span in found for month in span) == sorted(chosen)
    assert all(earlier.end < later.first for earlier, later in pairwise(found))
