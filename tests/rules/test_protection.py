"""Covered or not, until when, and from when in full: from paid months alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naung.rules.death import death_benefit
from naung.rules.law import NotInForce, current_law
from naung.rules.periods import add_months, first_of_month, months_in
from naung.rules.protection import (
    CoverNotBegun,
    Entry,
    consecutive_months,
    cover_begins,
    full_jkm_from,
    full_jkm_if_paid_on,
    protection_on,
)

LAW = current_law()
OCT_TO_DEC_2022 = months_in(date(2022, 10, 1), date(2023, 1, 1))

some_months = st.sets(st.integers(0, 40).map(lambda number: add_months(date(2024, 1, 1), number)))
some_days = st.dates(date(2023, 12, 1), date(2027, 9, 30))


@pytest.mark.parametrize(
    ("day", "covered", "until", "months"),
    [
        (date(2022, 9, 30), False, None, 0),
        (date(2022, 10, 1), True, date(2022, 12, 31), 1),
        (date(2022, 12, 31), True, date(2022, 12, 31), 3),
        (date(2023, 1, 1), False, None, 0),
    ],
)
def test_cover_ends_with_the_last_paid_month(day, covered, until, months):
    protection = protection_on(day, OCT_TO_DEC_2022)
    assert (protection.covered, protection.until, protection.months) == (covered, until, months)


def test_a_missing_month_starts_the_count_again():
    paid = [*months_in(date(2025, 1, 1), date(2025, 6, 1)), date(2025, 7, 1)]
    assert consecutive_months(date(2025, 5, 31), paid) == 5
    assert consecutive_months(date(2025, 6, 10), paid) == 0
    assert consecutive_months(date(2025, 7, 10), paid) == 1


def test_full_jkm_begins_with_the_fourth_paid_month_since_2025():
    assert full_jkm_from(months_in(date(2026, 1, 1), date(2026, 5, 1)), LAW) == date(2026, 4, 1)


def test_a_three_month_programme_never_reaches_full_jkm_today():
    assert full_jkm_from(months_in(date(2026, 10, 1), date(2027, 1, 1)), LAW) is None


def test_the_three_month_programme_of_2022_gave_full_jkm_from_its_first_day():
    assert full_jkm_from(OCT_TO_DEC_2022, LAW) == date(2022, 10, 1)


def test_nobody_without_a_paid_month_has_full_jkm():
    assert full_jkm_from([], LAW) is None
    assert full_jkm_from(OCT_TO_DEC_2022, LAW, on=date(2023, 2, 1)) is None


def test_a_run_that_crosses_the_change_of_february_2025_is_judged_by_the_day_asked():
    paid = months_in(date(2024, 12, 1), date(2025, 6, 1))
    assert full_jkm_from(paid, LAW, on=date(2025, 2, 25)) == date(2024, 12, 1)
    assert full_jkm_from(paid, LAW, on=date(2025, 2, 26)) == date(2025, 3, 1)


def test_a_worker_can_be_told_before_anything_is_paid():
    assert full_jkm_if_paid_on(date(2022, 10, 1), LAW) == date(2022, 10, 1)
    assert full_jkm_if_paid_on(date(2026, 1, 1), LAW) == date(2026, 4, 1)


@given(some_months, some_days)
def test_a_day_is_covered_exactly_when_its_month_is_paid(paid, day):
    protection = protection_on(day, paid)
    assert protection.covered == (first_of_month(day) in paid)
    assert protection.months == consecutive_months(day, paid)
    if protection.covered:
        assert protection.since <= day <= protection.until
        assert first_of_month(protection.until + timedelta(days=1)) not in paid


@given(some_months, some_days)
def test_full_jkm_from_and_the_benefit_of_a_death_that_day_agree(paid, day):
    months_paid = consecutive_months(day, paid)
    full_from = full_jkm_from(paid, LAW, on=day)
    if months_paid:
        full = death_benefit(day, months_paid=months_paid, law=LAW).full
        assert full == (full_from is not None and full_from <= day)
    else:
        assert full_from is None


# --- The first day of cover ---------------------------------------------------------------------------


def starts(entry, **facts):
    facts = {"form_complete_on": None, **facts}
    return cover_begins(entry, law=LAW, **facts)


@pytest.mark.parametrize(
    ("complete", "paid", "day"),
    [
        (date(2026, 5, 4), date(2026, 5, 4), date(2026, 5, 4)),
        (date(2026, 5, 4), date(2026, 5, 20), date(2026, 5, 20)),
        (date(2026, 5, 20), date(2026, 5, 4), date(2026, 5, 20)),
    ],
)
def test_cover_begins_when_the_form_is_complete_and_the_first_contribution_paid(complete, paid, day):
    assert starts(Entry.GENERAL, form_complete_on=complete, first_paid_on=paid).day == day


def test_a_worker_added_to_the_list_of_a_donor_is_covered_from_the_form_on():
    begun = starts(Entry.DONOR_LIST, form_complete_on=date(2026, 5, 4))
    assert begun.day == date(2026, 5, 4)
    assert begun.explanation.citations[0].key == "bpu.cover_start.new_worker_in_donor_list"


def test_a_programme_of_local_government_begins_with_the_pks_where_a_letter_says_so():
    facts = {
        "form_complete_on": date(2026, 5, 4),
        "first_paid_on": date(2026, 5, 20),
        "pks_starts_on": date(2026, 5, 1),
    }
    assert starts(Entry.PEMDA, letter=True, **facts).day == date(2026, 5, 1)
    assert starts(Entry.PEMDA, letter=False, **facts).day == date(2026, 5, 20)


@pytest.mark.parametrize(
    ("entry", "facts", "missing"),
    [
        (Entry.GENERAL, {"first_paid_on": date(2026, 5, 4)}, "formulir"),
        (Entry.GENERAL, {"form_complete_on": date(2026, 5, 4)}, "iuran pertama"),
        (Entry.DONOR_LIST, {}, "formulir"),
        (Entry.PEMDA, {"letter": True, "form_complete_on": date(2026, 5, 4)}, "PKS"),
    ],
)
def test_cover_has_not_begun_while_something_is_missing(entry, facts, missing):
    with pytest.raises(CoverNotBegun, match=missing):
        starts(entry, **facts)


@pytest.mark.parametrize(
    ("entry", "first"),
    [
        (Entry.GENERAL, date(2021, 4, 1)),
        (Entry.DONOR_LIST, date(2022, 7, 1)),
        (Entry.PEMDA, date(2022, 7, 1)),
    ],
)
def test_the_rules_on_the_start_of_cover_are_known_from_a_day_on(entry, first):
    def begin(day):
        facts = {"form_complete_on": day, "first_paid_on": day, "pks_starts_on": day}
        return starts(entry, letter=entry is Entry.PEMDA, **facts)

    assert begin(first).explanation.total == begin(first).total == 0
    with pytest.raises(NotInForce):
        begin(first - timedelta(days=1))
