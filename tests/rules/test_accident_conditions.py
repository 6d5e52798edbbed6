"""Whether a JKK case counts, was reported and is claimed in time, and who bears it when it was not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naung.rules.accident import (
    Accident,
    BenefitBearer,
    DiagnosedTooLate,
    Kind,
    Outcome,
    ReportedTooLate,
    RightLapsed,
    Segment,
    accident_benefit,
    lapsed,
    last_diagnosis_day,
    report_deadline,
    right_lapses_on,
)
from naung.rules.death_months import NotCovered
from naung.rules.decisions import UNDECIDED, Decision, Decisions, NeedsDecision
from naung.rules.explaining import explain
from naung.rules.law import NotInForce, current_law

LAW = current_law()
DAY = date(2026, 3, 1)
MILLION = 1_000_000
LATE = "jkk.late_report_bpu"


def answered(answer):
    return Decisions((Decision(LATE, answer, date(2015, 7, 1), None, "Keputusan 12/2026"),))


def paid(happened_on=DAY, decisions=UNDECIDED, **facts):
    told = Accident(happened_on, MILLION, Outcome.TOTAL_PERMANENT, **facts)
    return accident_benefit(told, law=LAW, decisions=decisions)


def codes(benefit):
    return [step.code for step in benefit.explanation.steps]


def notes(benefit):
    return " ".join(note.id for note in benefit.explanation.notes)


# ---- the month of the accident ----

GRACE, ENDS = "bpu.grace_event_paid", "bpu.membership_ends"


def decided(**answers):
    codes_of = {"grace": GRACE, "ends": ENDS}
    return Decisions(
        tuple(
            Decision(codes_of[one], said, date(2015, 7, 1), None, "Keputusan 12/2026") for one, said in answers.items()
        )
    )


@pytest.mark.parametrize("segment", list(Segment))
def test_in_a_paid_month_nothing_changes_and_one_that_was_never_paid_is_refused(segment):
    told = {"segment": segment, "paid_months": [date(2026, 2, 1), date(2026, 3, 1)]}
    assert paid(**told).explanation.steps == paid(segment=segment).explanation.steps
    with pytest.raises(NotCovered):
        paid(date(2026, 1, 31), **told)
    with pytest.raises(NotCovered):
        paid(date(2026, 7, 1), **told)


@pytest.mark.parametrize(
    ("happened_on", "asked"),
    [(date(2026, 4, 1), {GRACE}), (date(2026, 5, 31), {GRACE}), (date(2026, 6, 30), {GRACE, ENDS})],
)
def test_an_accident_within_the_arrears_of_a_bpu_worker_has_to_be_decided(happened_on, asked):
    told = {"paid_months": [date(2026, 2, 1), date(2026, 3, 1)]}
    with pytest.raises(NeedsDecision) as refused:
        paid(happened_on, **told)
    assert refused.value.question_code == GRACE
    benefit = paid(happened_on, decided(grace="yes", ends="after_three"), **told)
    assert (benefit.total, {one.question_code for one in benefit.explanation.decided}) == (68_000_000, asked)
    with pytest.raises(NotCovered) as no:
        paid(happened_on, decided(grace="no"), **told)
    assert no.value.answers == ((GRACE, "no"),)


def test_arrears_of_a_wage_earner_do_not_protect():
    with pytest.raises(NotCovered):
        paid(date(2026, 4, 1), segment=Segment.PPU, paid_months=[date(2026, 3, 1)])


# ---- the report ----


def test_the_first_report_is_due_two_days_after_the_accident():
    assert report_deadline(DAY, law=LAW) == date(2026, 3, 3)
    with pytest.raises(NotInForce):
        report_deadline(date(2015, 6, 30), law=LAW)


@pytest.mark.parametrize("segment", list(Segment))
def test_a_report_in_time_changes_nothing(segment):
    benefit = paid(segment=segment, reported_on=date(2026, 3, 2))
    assert benefit.borne_by is BenefitBearer.AGENCY
    assert benefit.total == paid(segment=segment).total
    assert benefit.explanation.notes == ()
    assert "tepat waktu" in benefit.explanation.steps[0].words.id


def test_on_the_last_day_the_hour_decides_and_the_result_says_so():
    benefit = paid(reported_on=date(2026, 3, 3))
    assert "jam kejadian" in notes(benefit)
    assert benefit.explanation.decided == ()


@pytest.mark.parametrize(
    ("happened_on", "bearer"),
    [(date(2025, 2, 25), BenefitBearer.AGENCY), (date(2025, 2, 26), BenefitBearer.EMPLOYER)],
)
def test_since_permenaker_1_2025_an_employer_who_reports_late_bears_the_benefit(happened_on, bearer):
    benefit = paid(happened_on, segment=Segment.PPU, reported_on=happened_on + timedelta(days=3))
    assert benefit.borne_by is bearer
    assert benefit.total == 68_000_000
    bearers = {step.borne_by for step in benefit.explanation.steps if step.amount is not None}
    assert bearers == ({"employer"} if bearer is BenefitBearer.EMPLOYER else {""})


def test_before_that_no_consequence_was_found_and_the_day_itself_is_not_sure():
    late = {"segment": Segment.PPU, "reported_on": date(2025, 3, 31)}
    assert "tidak menyebut akibat" in notes(paid(date(2025, 2, 25), **late))
    assert "hari paling akhir" in notes(paid(date(2025, 2, 25), **late))
    assert "hari paling akhir" not in notes(paid(date(2025, 1, 31), **late))


def test_what_a_late_report_of_a_bpu_worker_means_has_to_be_decided():
    with pytest.raises(NeedsDecision) as refused:
        paid(reported_on=date(2026, 3, 4))
    assert refused.value.question_code == LATE


def test_a_region_that_pays_late_reports_says_so_in_the_result():
    benefit = paid(reported_on=date(2026, 3, 4), decisions=answered("still_paid"))
    assert benefit.total == 68_000_000
    assert [one.answer for one in benefit.explanation.decided] == ["still_paid"]


def test_a_region_that_does_not_pay_late_reports_refuses_in_a_sentence():
    with pytest.raises(ReportedTooLate) as refused:
        paid(reported_on=date(2026, 3, 4), decisions=answered("not_paid"))
    assert "4 Maret 2026" in str(refused.value)
    assert refused.value.answers == ((LATE, "not_paid"),)


def test_both_answers_are_shown_side_by_side():
    told = Accident(DAY, MILLION, Outcome.DIED, reported_on=date(2026, 3, 9))
    account = explain(lambda decisions: accident_benefit(told, law=LAW, decisions=decisions), decisions=UNDECIDED)
    ways = {way.answer.code: way for way in account.ways[LATE]}
    assert ways["still_paid"].explanation.total == 70_000_000
    assert isinstance(ways["not_paid"].refusal, ReportedTooLate)


# ---- the claim ----


def test_the_right_lapses_five_years_after_the_accident():
    happened_on = date(2019, 12, 2)
    assert right_lapses_on(happened_on, LAW) == date(2024, 12, 3)
    assert not lapsed(happened_on, on=date(2024, 12, 2), law=LAW)
    assert lapsed(happened_on, on=date(2024, 12, 3), law=LAW)


def test_a_claim_on_the_last_day_is_paid_and_a_day_later_refused():
    assert "jkk.expiry" in codes(paid(claimed_on=date(2031, 3, 1)))
    with pytest.raises(RightLapsed) as refused:
        paid(claimed_on=date(2031, 3, 2))
    assert "2 Maret 2031" in str(refused.value)


def test_an_accident_on_29_february_is_claimed_by_28_february():
    assert right_lapses_on(date(2024, 2, 29), LAW) == date(2029, 3, 1)


def test_under_pp_44_the_time_limit_is_only_remembered_and_so_not_judged():
    with pytest.raises(NotInForce):
        right_lapses_on(date(2019, 12, 1), LAW)
    benefit = paid(date(2019, 12, 1), claimed_on=date(2026, 11, 21))
    assert benefit.total == 60_800_000
    assert "PP 44/2015 belum diketahui" in notes(benefit)


@given(st.dates(date(2019, 12, 2), date(2035, 12, 31)), st.integers(0, 4_000))
def test_a_right_once_lapsed_stays_lapsed(happened_on, later):
    on = happened_on + timedelta(days=later)
    assert lapsed(happened_on, on=on, law=LAW) is (on >= right_lapses_on(happened_on, LAW))
    assert not lapsed(happened_on, on=happened_on, law=LAW)


# ---- occupational disease ----


def test_a_disease_found_within_three_years_after_the_work_counts():
    benefit = paid(date(2026, 3, 1), kind=Kind.DISEASE, work_ended_on=date(2023, 3, 1))
    assert benefit.explanation.steps[0].code == "jkk.pak_window"
    assert benefit.total == 68_000_000


def test_a_disease_found_a_day_too_late_is_refused_in_a_sentence():
    with pytest.raises(DiagnosedTooLate) as refused:
        paid(date(2026, 3, 2), kind=Kind.DISEASE, work_ended_on=date(2023, 3, 1))
    assert "paling lambat 1 Maret 2026" in str(refused.value)


def test_the_law_of_the_diagnosis_counts_and_not_that_of_the_work():
    last = last_diagnosis_day(date(2017, 6, 30), on=date(2020, 6, 30), law=LAW)
    assert last == date(2020, 6, 30)
    benefit = paid(last, kind=Kind.DISEASE, work_ended_on=date(2017, 6, 30))
    assert benefit.periodic == 12_000_000


def test_a_disease_found_while_at_work_has_no_window():
    assert "jkk.pak_window" not in codes(paid(kind=Kind.DISEASE))
    assert "hari diagnosis" in notes(paid(kind=Kind.DISEASE))


# ---- violence at work ----


def test_violence_at_work_counts_since_permenaker_1_2025():
    benefit = paid(date(2025, 2, 26), kind=Kind.VIOLENCE)
    assert benefit.explanation.steps[0].code == "jkk.scope_violence"
    assert benefit.total == paid(date(2025, 2, 26)).total


def test_before_that_the_law_we_know_does_not_say_that_violence_counts():
    with pytest.raises(NotInForce):
        paid(date(2025, 2, 25), kind=Kind.VIOLENCE)
