"""The columns screen as the plain rules do."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from naung.bulk.screening import CANDIDATES, frame_of, holds, ineligibilities
from naung.rules import conditions as plain
from naung.rules import selection
from naung.rules.law import current_law
from tests.bulk.invented import ON, conditions, people, programmes

LAW = current_law()
days = st.sampled_from(
    [ON, date(2026, 2, 28), date(2025, 2, 28), date(2021, 3, 31), date(2021, 4, 1), date(2024, 2, 29)]
)


@settings(deadline=None)
@given(people(), conditions(), days)
def test_the_columns_hold_what_the_rules_hold(candidates, condition, on):
    found = frame_of(candidates).select(holds(condition, on=on).alias("met"))["met"].to_list()
    assert found == [plain.holds(condition, one, on=on) for one in candidates]


@settings(deadline=None)
@given(people(), programmes(), days)
def test_the_columns_name_every_reason_that_the_rules_name(candidates, rules, on):
    screened = ineligibilities(frame_of(candidates), rules, on=on, law=LAW).collect()
    assert screened["reasons"].to_list() == [
        sorted(selection.ineligibilities(one, rules, on=on, law=LAW)) for one in candidates
    ]
    assert screened["remarks"].to_list() == [sorted(selection.remarks(one, rules, on=on)) for one in candidates]


def test_nobody_at_all_is_screened_too():
    screened = ineligibilities(frame_of([]), selection.SelectionRules(1, 1), on=ON, law=LAW).collect()
    assert screened.is_empty()
    assert screened.columns[: len(CANDIDATES)] == list(CANDIDATES)
