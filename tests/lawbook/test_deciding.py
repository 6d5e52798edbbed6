"""What a region decides about a question that the law leaves open."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import Error, transaction

from naung.accounts.refusals import NotPermitted, OutsideTerritory
from naung.audit.models import Record
from naung.lawbook import queries
from naung.lawbook.actions import record_decision
from naung.lawbook.models import LegalDecision
from naung.lawbook.refusals import DecisionDiffers, DecisionHasNoDays, DecisionNeedsBasis, QuestionUnknown
from naung.rules.decisions import NeedsDecision
from tests.factories import TOWN, make_user

APBDES = "pp50_2025.apbdes_is_apbd"
pytestmark = pytest.mark.django_db


def decide(by=None, **changes):
    facts = {"area_code": TOWN, "question": APBDES, "answer": "no", "valid_from": date(2026, 1, 1), "basis": "Surat 1"}
    return record_decision(**facts | changes, by=by)


def answer_in(area, on):
    return queries.decisions_for(area).require(APBDES, on)


def test_the_same_decision_twice_is_one():
    assert decide() == decide()
    assert Record.objects.filter(action="decision.record").count() == 1


def test_two_answers_from_one_day_are_refused():
    decide()
    with pytest.raises(DecisionDiffers):
        decide(answer="yes")
    with pytest.raises(DecisionDiffers):
        decide(valid_until=date(2026, 6, 1))


@pytest.mark.parametrize("changes", [{"question": "pajak"}, {"answer": "mungkin"}])
def test_only_open_questions_get_one_of_their_answers(changes):
    with pytest.raises(QuestionUnknown):
        decide(**changes)


def test_a_decision_names_what_it_rests_on():
    with pytest.raises(DecisionNeedsBasis):
        decide(basis=" ")


@pytest.mark.parametrize("until", [date(2025, 12, 31), date(2026, 1, 1)])
def test_a_decision_holds_for_at_least_a_day(until):
    with pytest.raises(DecisionHasNoDays):
        decide(valid_until=until)


def test_a_later_decision_takes_the_place_of_the_earlier_one():
    decide()
    decide(answer="yes", valid_from=date(2026, 7, 1))
    assert answer_in(TOWN, date(2026, 6, 30)) == "no"
    assert answer_in(TOWN, date(2026, 7, 1)) == "yes"


def test_a_decision_that_ended_leaves_the_question_open_again():
    decide(valid_until=date(2026, 7, 1))
    assert answer_in(TOWN, date(2026, 6, 30)) == "no"
    with pytest.raises(NeedsDecision):
        answer_in(TOWN, date(2026, 7, 1))


def test_the_regency_answers_before_its_province():
    decide(area_code="12", answer="yes")
    decide()
    assert answer_in(TOWN, date(2026, 5, 1)) == "no"
    assert answer_in("1207", date(2026, 5, 1)) == "yes"


def test_the_province_answers_again_where_the_regency_s_answer_ends():
    decide(area_code="12", answer="yes")
    decide(valid_until=date(2026, 7, 1))
    assert answer_in(TOWN, date(2026, 6, 30)) == "no"
    assert answer_in(TOWN, date(2026, 7, 1)) == "yes"


def test_a_region_lists_its_own_decisions_and_its_province_s_and_no_others():
    own, above = decide(), decide(area_code="12", answer="yes", valid_from=date(2025, 1, 1))
    decide(area_code="1276")
    assert list(queries.decisions_recorded(TOWN)) == [own, above]


@pytest.mark.parametrize("role", ["programme_officer", "admin"])
def test_officers_and_admins_decide_in_their_own_region(role):
    by = make_user(role)
    assert decide(by=by).decided_by == by
    with pytest.raises(OutsideTerritory):
        decide(by=by, area_code="1276")


@pytest.mark.parametrize("role", ["auditor", "leader", "village_operator", "branch_officer"])
def test_nobody_else_decides(role):
    with pytest.raises(NotPermitted):
        decide(by=make_user(role))
    assert not LegalDecision.objects.exists()


@pytest.mark.parametrize("act", ["update", "delete"])
def test_what_was_decided_stays_as_it_was(act):
    decision = decide()
    rows = LegalDecision.objects.filter(pk=decision.pk)
    with pytest.raises(Error, match="pgtrigger"), transaction.atomic():
        rows.update(answer="yes") if act == "update" else rows.delete()
