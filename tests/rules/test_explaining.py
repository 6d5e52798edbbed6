"""An explanation adds up by construction, says what it stands on, and shows open questions both ways."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naung.rules.death import death_benefit_of
from naung.rules.decisions import UNDECIDED, Decision, Decisions, NeedsDecision
from naung.rules.explaining import (
    Decided,
    Explanation,
    Fact,
    Step,
    Words,
    account_data,
    as_data,
    citation_data,
    explain,
    percentage_step,
    product_formula,
)
from naung.rules.inquiries.answering import refusal_data
from naung.rules.law import Cited, Law, NotInForce, current_law
from naung.rules.periods import months_in

LAW: Law = current_law()
ON = date(2026, 1, 1)
QUESTION = "pp50_2025.apbdes_is_apbd"
JKM = LAW.amount("bpu.jkm.amount").cited(ON).citation
RECALLED = LAW.amount("bpu.jht.max").cited(ON).citation
ROUNDING = LAW.words("rounding").cited(ON).citation


def step(amount, *citations, **more):
    return Step("step", Words("langkah", "step"), amount=amount, citations=citations, **more)


def explanation(*steps):
    return Explanation(Words("Judul", "Title"), ON, steps)


@given(st.lists(st.none() | st.integers(-(10**9), 10**9)))
def test_the_total_is_the_sum_of_the_steps(amounts):
    told = explanation(*(step(amount) for amount in amounts))
    assert told.total == sum(amount or 0 for amount in amounts)


def test_every_citation_is_named_once_in_the_order_of_the_steps():
    told = explanation(step(1, JKM), step(2, RECALLED, JKM))
    assert told.citations == (JKM, RECALLED)


def test_one_remembered_number_marks_the_whole_result():
    assert not explanation(step(1, JKM)).recalled
    assert explanation(step(1, JKM), step(None, RECALLED)).recalled


def test_our_own_reading_of_the_law_is_marked():
    assert not explanation(step(1)).inferred
    assert explanation(step(1), step(1, inferred=True)).inferred


def test_words_are_given_in_the_language_asked_for():
    words = Words("iuran", "contribution")
    assert words.in_language("en-gb") == "contribution"
    assert words.in_language("id") == "iuran"


def test_a_percentage_that_comes_out_whole_needs_no_rule_of_rounding():
    rate = Cited(Decimal("0.0054"), JKM)
    told = percentage_step("jkk", Words("a", "b"), 10_000_000, rate, rounding=ROUNDING)
    assert told.formula == "0,54% × Rp10.000.000 = Rp54.000"
    assert told.citations == (JKM,)


def test_a_rounded_percentage_cites_the_rule_of_rounding():
    rate = Cited(Decimal("0.0054"), JKM)
    told = percentage_step("jkk", Words("a", "b"), 1_234_567, rate, rounding=ROUNDING)
    assert told.formula == "0,54% × Rp1.234.567 ≈ Rp6.667"
    assert told.citations == (JKM, ROUNDING)


def test_the_formula_says_when_it_was_rounded():
    assert product_formula(1_000, Decimal("0.5"), 500) == "50% × Rp1.000 = Rp500"
    assert product_formula(1_001, Decimal("0.5"), 501) == "50% × Rp1.001 ≈ Rp501"


@dataclass(frozen=True)
class Result:
    explanation: Explanation


def asks(decisions: Decisions) -> Result:
    """Half price unless the question is answered with yes; on yes it is refused."""
    answer = decisions.require(QUESTION, ON)
    if answer == "yes":
        raise NotInForce("made.up", "karangan", ON)
    return Result(explanation(step(500, decided=Decided(QUESTION, answer))))


def test_an_unanswered_question_shows_what_each_answer_would_give():
    account = explain(asks, decisions=UNDECIDED)
    assert account.explanation is None
    assert isinstance(account.unanswered, NeedsDecision)
    ways = {way.answer.code: way for way in account.ways[QUESTION]}
    assert ways["no"].explanation.total == 500
    assert ways["yes"].refusal.code == "not_in_force"
    assert not any(way.chosen for way in ways.values())


def test_an_answered_question_shows_the_way_taken_and_the_other():
    account = explain(asks, decisions=Decisions((Decision(QUESTION, "no", date(2026, 1, 1)),)))
    assert account.explanation.total == 500
    assert account.unanswered is None
    assert [way.answer.code for way in account.ways[QUESTION] if way.chosen] == ["no"]


def test_another_refusal_is_raised_and_not_hidden():
    with pytest.raises(NotInForce):
        explain(asks, decisions=Decisions((Decision(QUESTION, "yes", date(2026, 1, 1)),)))


def test_the_data_of_an_explanation_have_the_total_the_dates_and_both_languages():
    told = Explanation(
        Words("Judul", "Title"),
        ON,
        (step(6_800, JKM, borne_by="worker"),),
        facts=(Fact("wage", Words("Upah", "Wage"), Words("Rp1", "Rp1")),),
        notes=(Words("Catatan", "Note"),),
    )
    data = as_data(told)
    assert data["total"] == 6_800
    assert data["on"] == "2026-01-01"
    assert data["title"] == {"id": "Judul", "en": "Title"}
    assert data["steps"][0]["borne_by"] == "worker"
    assert data["steps"][0]["citations"][0]["key"] == "bpu.jkm.amount"
    assert data["facts"][0]["code"] == "wage"
    assert data["notes"] == [{"id": "Catatan", "en": "Note"}]


def test_the_data_of_a_citation_give_the_last_day_and_not_the_first_day_after():
    citation = LAW.amount("jkm.total").cited(date(2019, 12, 1)).citation
    data = citation_data(citation)
    assert (data["in_force_from"], data["in_force_to"]) == ("2015-07-01", "2019-12-01")
    assert data["label"]["en"]
    assert data["sources"]


def test_the_data_of_an_account_name_the_question_and_both_ways():
    data = account_data(explain(asks, decisions=UNDECIDED))
    assert data["explanation"] is None
    assert data["needs_decision"]["question"] == QUESTION
    assert {way["answer"]: (way["total"], way["refusal"]) for way in data["both_ways"][QUESTION]} == {
        "no": (500, None),
        "yes": (None, "not_in_force"),
    }


def test_a_no_that_rests_on_a_decision_still_shows_what_the_other_answer_gives():
    code = "bpu.grace_event_paid"
    paid = months_in(date(2025, 1, 1), date(2025, 12, 1))
    decided = Decisions((Decision(code, "no", date(2025, 1, 1)),))

    account = explain(
        lambda given: death_benefit_of(date(2025, 12, 10), paid_months=paid, law=LAW, decisions=given),
        decisions=decided,
    )

    assert account.explanation is None
    assert account.unanswered is None
    assert account.refusal is not None
    assert account.refusal.code == "not_covered"
    yes, no = sorted(account.ways[code], key=lambda way: way.chosen)
    assert yes.explanation is not None
    assert yes.explanation.total == 42_000_000
    assert no.refusal is not None
    told = refusal_data(account.refusal, account)
    assert [way["total"] for way in told["both_ways"][code]].count(42_000_000) == 1
