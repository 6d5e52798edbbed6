"""The schooling of the children: who has the right, which school years, how much, and what can be claimed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naung.rules.death import NotCovered, accident_death_benefit
from naung.rules.decisions import Decision, Decisions, NeedsDecision
from naung.rules.law import NotInForce, current_law
from naung.rules.periods import add_months
from naung.rules.scholarship import (
    Child,
    ImpossibleBirth,
    ImpossibleYear,
    Level,
    NegativeChildren,
    Stop,
    jkm_gives_scholarship,
    payable_now,
    scholarship,
    scholarship_pp44,
    scholarship_right,
    scholarship_schedule,
)

LAW = current_law()
ALL_LEVELS = {Level.TK: 2, Level.SD: 6, Level.SMP: 3, Level.SMA: 3, Level.PT: 5}
ON = date(2026, 2, 10)
YOUNG = Child(date(2022, 5, 3), Level.TK)


def months(first: date, count: int) -> list[date]:
    return [add_months(first, number) for number in range(count)]


# ---- years left per level ----


def test_only_two_children_and_only_the_years_of_the_law_are_paid():
    child = {Level.SD: 9, Level.SMP: 3}
    due = scholarship(date(2024, 1, 1), children=[child, child, child], law=LAW)
    assert len(due.children) == 2
    assert due.children[0] == {Level.SD: 9_000_000, Level.SMP: 6_000_000}
    assert due.explanation.total == due.total == 30_000_000
    assert due.explanation.steps[1].formula == "6 tahun × Rp1.500.000 = Rp9.000.000"


@pytest.mark.parametrize(
    ("on", "years", "total"),
    [
        (date(2023, 9, 28), {Level.SMA: 1, Level.PT: 5}, 63_000_000),  # B12
        (date(2025, 5, 20), {Level.SD: 5, Level.SMP: 3, Level.SMA: 3, Level.PT: 5}, 82_500_000),  # B23
    ],
)
def test_the_published_scholarships_come_out(on, years, total):
    assert scholarship(on, children=[years], law=LAW).total == total


def test_the_farmer_of_bojonegoro_left_152_million_and_a_half():
    years = {Level.SD: 5, Level.SMP: 3, Level.SMA: 3, Level.PT: 5}
    cash = accident_death_benefit(date(2025, 5, 20), base_income=1_000_000, law=LAW)
    assert cash.total + scholarship(date(2025, 5, 20), children=[years], law=LAW).total == 152_500_000


def test_two_children_through_all_levels_receive_the_highest_total():
    due = scholarship(date(2020, 1, 1), children=[ALL_LEVELS, ALL_LEVELS], law=LAW)  # B35
    assert due.total == LAW.amount("scholarship.max_total").on(date(2020, 1, 1)) == 174_000_000
    assert sum(due.children[0].values()) == 87_000_000


@pytest.mark.parametrize(("given_children", "formula"), [(1, "1 ≤ 2"), (2, "2 ≤ 2"), (3, "3 > 2")])
def test_a_third_child_is_not_passed_over_in_silence(given_children, formula):
    due = scholarship(ON, children=[{Level.SMA: year + 1} for year in range(given_children)], law=LAW)
    first = due.explanation.steps[0]
    assert first.formula == formula
    assert ("keluarga yang memilih" in first.words.id) == (given_children > 2)
    assert len(due.children) == min(given_children, 2)


def test_years_below_zero_are_refused():
    with pytest.raises(ImpossibleYear):
        scholarship(ON, children=[{Level.SD: -1}], law=LAW)


years_left = st.dictionaries(st.sampled_from(list(Level)), st.integers(0, 8))


@given(st.lists(years_left, max_size=3), st.sampled_from(list(Level)))
def test_a_further_year_never_lowers_the_scholarship_and_nothing_exceeds_its_highest_total(children, level):
    due = scholarship(ON, children=children, law=LAW)
    more = [{**child, level: child.get(level, 0) + 1} for child in children]
    assert due.total <= scholarship(ON, children=more, law=LAW).total <= LAW.amount("scholarship.max_total").on(ON)
    assert due.explanation.total == due.total


# ---- the right ----


def test_jkm_opens_the_scholarship_after_three_years_of_contributions():
    assert not jkm_gives_scholarship(date(2024, 1, 1), months_paid=35, law=LAW)
    assert jkm_gives_scholarship(date(2024, 1, 1), months_paid=36, law=LAW)


@pytest.mark.parametrize(("died_on", "opened"), [(date(2025, 11, 30), False), (date(2025, 12, 1), True)])
def test_the_ledger_opens_the_scholarship_in_its_thirty_sixth_month(died_on, opened):
    right = scholarship_right(died_on, paid_months=months(date(2023, 1, 1), 48), law=LAW)
    assert right.opened is opened
    assert right.explanation.total == 0
    assert right.explanation.steps[-1].formula == ("36 ≥ 3 × 12 = 36" if opened else "35 < 3 × 12 = 36")


BROKEN = [*months(date(2022, 1, 1), 24), *months(date(2024, 4, 1), 24)]


def test_a_gap_in_the_three_years_is_asked_about_only_when_it_matters():
    with pytest.raises(NeedsDecision) as asked:
        scholarship_right(date(2025, 3, 31), paid_months=BROKEN, law=LAW)
    assert asked.value.question_code == "scholarship.gap_restarts_count"
    assert not scholarship_right(date(2025, 2, 28), paid_months=BROKEN, law=LAW).opened  # 24 + 11 months


@pytest.mark.parametrize(("answer", "opened"), [("yes", False), ("no", True)])
def test_a_region_may_decide_what_a_gap_does_to_the_three_years(answer, opened):
    decisions = Decisions((Decision("scholarship.gap_restarts_count", answer, date(2020, 1, 1)),))
    right = scholarship_right(date(2025, 3, 31), paid_months=BROKEN, law=LAW, decisions=decisions)
    assert right.opened is opened
    assert right.explanation.decided[0].answer == answer


def test_without_cover_and_before_the_known_law_there_is_no_answer():
    with pytest.raises(NotCovered):
        scholarship_right(date(2026, 2, 1), paid_months=[], law=LAW)
    with pytest.raises(NotInForce):
        scholarship_right(date(2019, 12, 1), paid_months=months(date(2015, 7, 1), 60), law=LAW)


# ---- the schedule ----


def test_the_schedule_of_a_young_child_runs_through_all_levels():
    schedule = scholarship_schedule(ON, children=[YOUNG], law=LAW)
    child = schedule.children[0]
    assert child.by_level == ALL_LEVELS
    assert (child.stop, schedule.total) == (Stop.COMPLETED, 87_000_000)
    assert (child.years[0].label, child.years[-1].label) == ("2025/2026", "2043/2044")


def test_a_child_not_yet_of_school_age_starts_later():
    child = Child(date(2024, 8, 1), Level.SD, starts=date(2031, 7, 14))
    first = scholarship_schedule(ON, children=[child], law=LAW).years[0]
    assert (first.starts_on, first.level, first.number) == (date(2031, 7, 1), Level.SD, 1)


@pytest.mark.parametrize(
    ("born_on", "paid"),
    [
        (date(2005, 7, 1), 2),  # 23 on the first day of 2028/2029
        (date(2005, 7, 2), 3),  # still 22 on that day
    ],
)
def test_no_school_year_begins_after_the_twenty_third_birthday(born_on, paid):
    child = scholarship_schedule(date(2026, 8, 1), children=[Child(born_on, Level.PT)], law=LAW).children[0]
    assert (len(child.years), child.stop) == (paid, Stop.AGE)
    assert child.stops_on == born_on.replace(year=2028)
    assert child.stop_step().inferred


@pytest.mark.parametrize(("on", "paid"), [(date(2026, 8, 14), 1), (date(2026, 8, 15), 0)])
def test_in_the_running_school_year_the_day_of_the_event_counts(on, paid):
    child = Child(date(2003, 8, 15), Level.PT, year=3)
    assert len(scholarship_schedule(on, children=[child], law=LAW).years) == paid


@pytest.mark.parametrize(("fact", "stop"), [("married_on", Stop.MARRIED), ("works_from", Stop.WORKS)])
def test_marriage_and_work_end_it(fact, stop):
    child = Child(date(2008, 1, 1), Level.SMA, **{fact: date(2027, 6, 30)})
    found = scholarship_schedule(ON, children=[child], law=LAW).children[0]
    assert ([year.label for year in found.years], found.stop) == (["2025/2026", "2026/2027"], stop)


def test_who_went_to_school_before_has_fewer_years_left_and_may_stop_early():
    child = Child(date(2015, 3, 1), Level.SD, year=5, through=Level.SMA)
    found = scholarship_schedule(ON, children=[child], law=LAW).children[0]
    assert found.by_level == {Level.TK: 0, Level.SD: 2, Level.SMP: 3, Level.SMA: 3, Level.PT: 0}


def test_a_year_beyond_the_level_is_not_paid_but_the_next_level_is():
    child = Child(date(2013, 3, 1), Level.SD, year=7, through=Level.SMP)
    found = scholarship_schedule(ON, children=[child], law=LAW).children[0]
    assert (found.years[0].label, found.years[0].level) == ("2026/2027", Level.SMP)
    assert found.total == 6_000_000


def test_the_third_child_is_not_paid():
    schedule = scholarship_schedule(ON, children=[YOUNG, YOUNG, YOUNG], law=LAW)
    assert [child.stop for child in schedule.children][-1] is Stop.BEYOND_TWO
    assert schedule.total == 174_000_000


def test_the_month_in_which_school_begins_is_said_to_be_a_convention():
    schedule = scholarship_schedule(ON, children=[YOUNG], law=LAW, school_year_starts=1)
    assert schedule.years[0].starts_on == date(2026, 1, 1)
    assert any("kebiasaan sekolah" in note.id for note in schedule.explanation.notes)


def test_impossible_years_and_days_before_the_known_law_are_refused():
    with pytest.raises(ImpossibleYear):
        Child(date(2015, 1, 1), Level.SD, year=0)
    with pytest.raises(NotInForce):
        scholarship_schedule(date(2019, 12, 1), children=[YOUNG], law=LAW)
    pupil = Child(date(2010, 1, 1), Level.SD, year=4)
    assert scholarship_schedule(date(2019, 12, 2), children=[pupil], law=LAW).years[0].label == "2019/2020"


def test_a_child_may_be_born_after_the_death_but_not_years_after_it():
    unborn = Child(date(2026, 9, 1), Level.TK, starts=date(2031, 7, 1))
    assert scholarship_schedule(ON, children=[unborn], law=LAW).total == 87_000_000
    with pytest.raises(ImpossibleBirth):
        scholarship_schedule(ON, children=[Child(date(2027, 3, 1), Level.TK)], law=LAW)


def test_a_child_born_on_29_february_becomes_23_on_1_march():
    assert Child(date(2004, 2, 29), Level.PT).birthday(23) == date(2027, 3, 1)


children = st.builds(
    Child,
    born_on=st.dates(date(2000, 1, 1), date(2026, 1, 1)),
    level=st.sampled_from(list(Level)),
    year=st.integers(1, 7),
    starts=st.none() | st.dates(date(2026, 1, 1), date(2034, 1, 1)),
    married_on=st.none() | st.dates(date(2026, 1, 1), date(2048, 1, 1)),
    works_from=st.none() | st.dates(date(2026, 1, 1), date(2048, 1, 1)),
)


@given(st.lists(children, max_size=3), st.integers(1, 12))
def test_the_schedule_adds_up_to_what_its_years_left_give(given_children, starts):
    schedule = scholarship_schedule(ON, children=given_children, law=LAW, school_year_starts=starts)
    by_level = [child.by_level for child in schedule.children]
    assert schedule.total == schedule.explanation.total == scholarship(ON, children=by_level, law=LAW).total
    assert schedule.total <= LAW.amount("scholarship.max_total").on(ON)
    eight = LAW.mapping("scholarship.tk").on(ON)["max_years"] + LAW.mapping("scholarship.sd").on(ON)["max_years"]
    assert all(one[Level.TK] + one[Level.SD] <= eight for one in by_level)
    assert len({year.key for year in schedule.years}) == len(schedule.years)


# ---- what can be claimed ----

PUPIL = scholarship_schedule(ON, children=[Child(date(2015, 3, 1), Level.SD, year=5)], law=LAW)


def test_the_running_year_and_the_three_before_it_can_be_claimed_together():
    claim = payable_now(PUPIL, claimed_on=date(2030, 1, 15), law=LAW)
    assert [year.label for year in claim.due] == ["2026/2027", "2027/2028", "2028/2029", "2029/2030"]
    assert [year.label for year in claim.lapsed] == ["2025/2026"]
    assert claim.total == claim.explanation.total == 1_500_000 + 3 * 2_000_000
    assert len(claim.due) + len(claim.lapsed) + len(claim.later) == len(PUPIL.years)


@pytest.mark.parametrize(("claimed_on", "oldest"), [(date(2029, 6, 30), 2025), (date(2029, 7, 1), 2026)])
def test_a_year_lapses_when_the_fourth_after_it_begins(claimed_on, oldest):
    assert payable_now(PUPIL, claimed_on=claimed_on, law=LAW).due[0].starts_on.year == oldest


def test_a_year_that_was_paid_is_not_paid_again():
    claim = payable_now(PUPIL, claimed_on=date(2027, 1, 1), law=LAW, already_paid=[(1, 2025)])
    assert [year.label for year in claim.due] == ["2026/2027"]
    assert payable_now(PUPIL, claimed_on=date(2027, 1, 1), law=LAW, already_paid=[(1, 2025), (1, 2026)]).total == 0


def test_before_permenaker_1_2025_nothing_says_how_many_missed_years_are_paid():
    for on, refused in ((date(2025, 2, 25), True), (date(2025, 2, 26), False)):
        schedule = scholarship_schedule(on, children=[YOUNG], law=LAW)
        assert payable_now(schedule, claimed_on=date(2025, 5, 1), law=LAW).total == 1_500_000
        if refused:
            with pytest.raises(NotInForce):
                payable_now(schedule, claimed_on=date(2025, 8, 1), law=LAW)
        else:
            assert payable_now(schedule, claimed_on=date(2025, 8, 1), law=LAW).total == 3_000_000


# ---- PP 44/2015 ----


def test_pp_44_knew_one_lump_sum_for_one_child():
    assert scholarship_pp44(date(2019, 12, 1), children=3, law=LAW).total == 12_000_000
    assert scholarship_pp44(date(2019, 12, 1), children=0, law=LAW).explanation.total == 0
    with pytest.raises(NotInForce):
        scholarship_pp44(date(2019, 12, 2), children=1, law=LAW)
    with pytest.raises(NegativeChildren):
        scholarship_pp44(date(2019, 12, 1), children=-1, law=LAW)
