"""The law as people could know it on an earlier day, lines that somebody checked, and what a reader has to look at."""

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import pytest

from naung.rules.dated import Confidence, DatedValue
from naung.rules.law import Check, Law, NotInForce, ProblemKind, current_law, problems
from naung.rules.line_problems import line_problems

LAW = current_law()


def test_the_relief_of_pp_36_was_not_known_the_day_before_it_was_signed_and_covers_august_all_the_same():
    signed, august = date(2025, 9, 4), date(2025, 8, 1)
    before = LAW.as_known_on(signed - timedelta(days=1)).rate("relief.pp36_2025.rate")
    after = LAW.as_known_on(signed).rate("relief.pp36_2025.rate")
    with pytest.raises(NotInForce):
        before.on(august)
    assert after.on(august) == LAW.rate("relief.pp36_2025.rate").on(august)


def test_the_relief_of_pp_50_was_known_ten_days_before_it_began():
    rate = LAW.as_known_on(date(2025, 12, 22)).rate("relief.pp50_2025.rate")
    assert rate.find(date(2025, 12, 31)) is None
    assert rate.on(date(2026, 1, 1)) == LAW.rate("relief.pp50_2025.rate").on(date(2026, 1, 1))
    assert LAW.as_known_on(date(2025, 12, 21)).rate("relief.pp50_2025.rate").find(date(2026, 1, 1)) is None


def test_the_pandemic_relief_was_promulgated_on_the_last_day_of_its_first_month():
    august = date(2020, 8, 1)
    assert LAW.as_known_on(date(2020, 8, 30)).rate("relief.pp49_2020.rate").find(august) is None
    assert LAW.as_known_on(date(2020, 8, 31)).rate("relief.pp49_2020.rate").find(august) is not None


def test_in_june_2019_the_jkm_of_2020_is_still_24_million():
    assert LAW.as_known_on(date(2019, 6, 1)).amount("jkm.total").on(date(2020, 1, 1)) == 24_000_000
    assert LAW.as_known_on(date(2019, 12, 2)).amount("jkm.total").on(date(2020, 1, 1)) == 42_000_000


def test_the_pension_age_of_2043_was_known_in_2015():
    known = LAW.as_known_on(date(2015, 7, 1)).count("jp.age")
    assert known.on(date(2042, 12, 31)) == 64
    assert known.on(date(2043, 1, 1)) == 65


def test_the_pension_limits_of_february_2026_became_known_late_in_that_month():
    february = date(2026, 2, 1)
    limits = LAW.as_known_on(date(2026, 2, 24)).mapping("jp.benefit_limits").on(february)
    assert limits["max"] == 4_792_300
    assert LAW.as_known_on(date(2026, 2, 25)).mapping("jp.benefit_limits").on(february)["max"] == 4_932_300


def test_that_the_jkm_part_of_jkp_would_end_was_not_known_before_pp_6_of_2025():
    march = date(2025, 3, 1)
    known = LAW.as_known_on(date(2025, 2, 6)).rate("ppu.jkm.recomposition")
    assert known.on(march) == known.on(date(2025, 2, 6))
    with pytest.raises(NotInForce):
        LAW.as_known_on(date(2025, 2, 7)).rate("ppu.jkm.recomposition").on(march)


def test_the_end_of_a_relief_is_known_with_the_relief():
    known = LAW.as_known_on(date(2026, 1, 1)).rate("relief.pp50_2025.rate")
    assert known.find(date(2027, 3, 31)) is not None
    assert known.find(date(2027, 4, 1)) is None


def test_as_known_after_every_change_the_law_is_the_law():
    known = LAW.as_known_on(date(2100, 1, 1))
    assert {key: one.values for key, one in known.parameters.items()} == {
        key: one.values for key, one in LAW.parameters.items()
    }


def test_a_line_that_somebody_checked_is_no_longer_recalled_and_names_who_and_when():
    key, start = "bpu.jht.max", date(2015, 7, 1)
    assert LAW.amount(key).cited(start).citation.recalled
    law = LAW.with_checks([Check(key, start, "Sri Wahyuni, S.H.", date(2026, 11, 20))])
    citation = law.amount(key).cited(start).citation
    assert citation.confidence is Confidence.CHECKED
    assert not citation.recalled
    assert (citation.checked_by, citation.checked_on) == ("Sri Wahyuni, S.H.", date(2026, 11, 20))
    assert LAW.amount(key).cited(start).citation.recalled


def test_a_check_marks_its_own_line_only_and_one_of_no_line_marks_nothing():
    key = "ppu.jp.wage_ceiling"
    law = LAW.with_checks([
        Check(key, date(2016, 3, 1), "A", date(2026, 1, 1)),
        Check(key, date(2016, 3, 2), "A", date(2026, 1, 1)),
        Check("no.such.key", date(2016, 3, 1), "A", date(2026, 1, 1)),
    ])  # fmt: skip
    checked = [line.start for line in law.parameters[key].values if line.citation.confidence is Confidence.CHECKED]
    assert checked == [date(2016, 3, 1)]
    assert set(law.parameters) == set(LAW.parameters)


# What a reader has to look at: made-up lines.

TODAY = date(2026, 11, 21)
SURE = next(line for line in LAW.parameters["bpu.jkm.amount"].values if line.citation.confidence is Confidence.FOUND)


def line(start: int, until: int | None, confidence: Confidence = Confidence.FOUND) -> DatedValue:
    first, end = date(start, 1, 1), date(until, 1, 1) if until else None
    citation = replace(SURE.citation, start=first, until=end, confidence=confidence)
    return DatedValue(first, end, 1, citation)


def kinds(*lines: DatedValue, key: str = "made.up") -> list[ProblemKind]:
    return [problem.kind for problem in line_problems(key, lines, on=TODAY)]


def test_lines_that_follow_one_another_are_no_problem():
    assert kinds(line(2015, 2019), line(2019, None)) == []


def test_a_line_without_an_end_runs_up_to_the_next_one():
    assert kinds(line(2015, None), line(2019, None)) == []


def test_two_lines_that_hold_on_the_same_day_are_flagged():
    found = line_problems("made.up", [line(2015, 2020), line(2019, None)], on=TODAY)
    assert [problem.kind for problem in found] == [ProblemKind.OVERLAP]
    assert found[0].start == date(2019, 1, 1)
    assert "1 Januari 2019" in found[0].words.id


def test_a_long_line_may_clash_with_more_than_its_neighbour():
    assert kinds(line(2015, 2030), line(2016, 2017), line(2018, None)) == [ProblemKind.OVERLAP] * 2


def test_two_lines_from_the_same_day_are_flagged():
    assert kinds(line(2015, None), line(2015, None)) == [ProblemKind.OVERLAP]


def test_days_on_which_nothing_holds_are_flagged():
    found = line_problems("made.up", [line(2015, 2018), line(2019, None)], on=TODAY)
    assert [problem.kind for problem in found] == [ProblemKind.GAP]
    assert found[0].is_fault


def test_an_end_without_a_successor_is_flagged_once_it_is_past():
    assert kinds(line(2015, 2020)) == [ProblemKind.ENDED]
    assert kinds(line(2015, 2030)) == []


def test_a_relief_ends_by_itself():
    assert kinds(line(2015, 2020), key="relief.made_up") == []


def test_an_end_that_a_later_instrument_made_on_purpose_is_no_problem():
    ended = line(2015, 2020)
    ended = replace(ended, citation=replace(ended.citation, until_known_from=date(2019, 12, 1)))
    assert kinds(ended) == []


def test_a_remembered_value_and_a_line_ahead_are_to_be_known_and_are_no_faults():
    found = line_problems("made.up", [line(2015, None, Confidence.RECALLED), line(2030, None)], on=TODAY)
    assert [problem.kind for problem in found] == [ProblemKind.RECALLED, ProblemKind.AHEAD]
    assert not any(problem.is_fault for problem in found)


def test_the_checker_can_be_asked_for_a_whole_law():
    parameter = replace(LAW.parameters["bpu.jkm.amount"], values=(line(2015, 2020), line(2019, None)))
    law = Law(MappingProxyType({"bpu.jkm.amount": parameter}))
    assert [(one.key, one.kind) for one in problems(law, on=TODAY)] == [("bpu.jkm.amount", ProblemKind.OVERLAP)]


def test_the_only_fault_of_our_own_files_is_the_pension_limits_that_nobody_found():
    faults = [(one.key, one.kind, one.start) for one in problems(LAW, on=TODAY) if one.is_fault]
    assert faults == [("jp.benefit_limits", ProblemKind.GAP, date(2025, 2, 1))]
