"""What can be asked, read strictly; what is answered, the same as the functions of the law say."""

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naung.refusal import Refusal
from naung.rules.contributions import JKK_JKM, Payer, Sector, bpu_contribution
from naung.rules.decisions import UNDECIDED, Decision, Decisions, NeedsDecision, questions
from naung.rules.inquiries.answering import answer_data, refusal_data
from naung.rules.inquiries.mistakes import InquiryNotUnderstood
from naung.rules.inquiries.reading import KINDS, read_inquiries, read_inquiry
from naung.rules.inquiries.stating import (
    any_recalled,
    lines_in_words,
    parameter_data,
    parameters_of,
    plain,
    questions_data,
    timeline_data,
)
from naung.rules.inquiries.supposing import (
    ScenarioNotUnderstood,
    law_known_on,
    read_supposition,
    supposed,
)
from naung.rules.law import current_law

LAW = current_law()
APBDES = "pp50_2025.apbdes_is_apbd"
BPU: dict[str, Any] = {"segment": "bpu", "month": "2026-05", "payer": "self"}


def mistakes(family: Any, facts: object) -> dict[str, str]:
    with pytest.raises(InquiryNotUnderstood) as refused:
        read_inquiry(family, facts)
    return {one.field: one.words for one in refused.value.mistakes}


def test_an_answer_is_what_the_function_says() -> None:
    said = answer_data(
        read_inquiry("contribution", {**BPU, "income": 3_500_000, "programmes": ["jkk", "JKM", "jht"]}), LAW, UNDECIDED
    )
    contribution = bpu_contribution(
        date(2026, 5, 1), income=3_500_000, programmes=["JKK", "JKM", "JHT"], sector=Sector.OTHER, payer=Payer.SELF,
        law=LAW,
    )  # fmt: skip
    assert (said["total"], said["jkk"], said["jkm"], said["jht"], said["base"]) == (
        contribution.total, contribution.jkk, contribution.jkm, contribution.jht, contribution.base,
    )  # fmt: skip
    assert said["total"] == sum(step["amount"] or 0 for step in said["explanation"]["steps"])
    assert said["segment"] == "bpu"


def test_without_an_income_the_lowest_band_is_meant_and_without_programmes_jkk_and_jkm() -> None:
    said = answer_data(read_inquiry("contribution", BPU), LAW, UNDECIDED)
    assert (said["band"], said["jht"], said["jkk"] + said["jkm"]) == (1, 0, said["total"])


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({**BPU, "income": "1000000"}, "income"),
        ({**BPU, "income": 1_000_000.0}, "income"),
        ({**BPU, "income": 1_000_000.5}, "income"),
        ({**BPU, "income": True}, "income"),
        ({**BPU, "income": 10**16}, "income"),
        ({**BPU, "month": "2026-5"}, "month"),
        ({**BPU, "month": "2026-05-01"}, "month"),
        ({**BPU, "month": 202605}, "month"),
        ({**BPU, "programmes": []}, "programmes"),
        ({**BPU, "programmes": ["jkk", "jp"]}, "programmes[2]"),
        ({**BPU, "payer": "APBD"}, "payer"),
        ({**BPU, "paid_through_july_2020": "yes"}, "paid_through_july_2020"),
        ({**BPU, "nik": "x"}, "nik"),
        ({**BPU, "decisions": {"tidak.ada": "yes"}}, "decisions"),
        ({**BPU, "decisions": {APBDES: "mungkin"}}, "decisions"),
        ({**BPU, "decisions": [APBDES]}, "decisions"),
        ({"month": "2026-05"}, "segment"),
        ({"segment": "tni"}, "segment"),
        ([], ""),
        (None, ""),
    ],
)
def test_a_mistake_is_told_with_its_field_and_nothing_is_computed(facts: object, field: str) -> None:
    assert field in mistakes("contribution", facts)


def test_every_mistake_is_told_at_once_and_in_indonesian() -> None:
    found = mistakes("contribution", {"segment": "bpu", "month": "x", "payer": "y", "z": 1})
    assert found["month"] == "bulan ditulis seperti 2026-05"
    assert found["payer"].startswith("pilih salah satu: apbd_kab")
    assert found["z"] == "tidak dikenal; periksa ejaannya"


def test_a_mistake_never_repeats_what_was_sent() -> None:
    with pytest.raises(InquiryNotUnderstood) as refused:
        read_inquiry("contribution", {**BPU, "payer": "3171234567890001", "income": "3171234567890001"})
    assert "3171234567890001" not in str(refused.value)
    assert "3171234567890001" not in str(refused.value.facts())
    assert refused.value.__suppress_context__


def test_a_day_is_no_timestamp() -> None:
    assert "died_on" in mistakes("benefit", {"programme": "jkm", "died_on": 1_700_000_000, "months_paid": 4})
    assert "died_on" in mistakes("benefit", {"programme": "jkm", "died_on": "2026-02-30", "months_paid": 4})


def test_paid_months_are_said_one_by_one_or_as_stretches() -> None:
    facts = {"programme": "jkm", "died_on": "2026-05-03"}
    stretch = read_inquiry("benefit", {**facts, "paid_months": ["2026-02..2026-05"]})
    singly = read_inquiry("benefit", {**facts, "paid_months": ["2026-02", "2026-03", "2026-04", "2026-05"]})
    in_one = read_inquiry("benefit", {**facts, "paid_months": "2026-02..2026-03,2026-04..2026-05"})
    assert stretch == singly == in_one
    assert answer_data(stretch, LAW, UNDECIDED)["total"] == 42_000_000
    assert stretch.model_dump(mode="json")["paid_months"] == ["2026-02", "2026-03", "2026-04", "2026-05"]


@pytest.mark.parametrize("months", [["2026-05..2026-02"], ["x"], [5], 5, ["1000-01..9999-12"], ["1899-12"]])
def test_impossible_stretches_are_mistakes(months: object) -> None:
    assert "paid_months" in mistakes("benefit", {"programme": "jkm", "died_on": "2026-05-03", "paid_months": months})


def test_months_are_said_in_one_way_only() -> None:
    facts = {"programme": "jkm", "died_on": "2026-05-03"}
    assert mistakes("benefit", facts)
    assert mistakes("benefit", {**facts, "months_paid": 4, "paid_months": ["2026-05"]})


def test_an_open_question_comes_with_what_each_answer_gives() -> None:
    inquiry = read_inquiry("contribution", {**BPU, "payer": "apbdes"})
    with pytest.raises(NeedsDecision) as unanswered:
        answer_data(inquiry, LAW, UNDECIDED)
    said = refusal_data(unanswered.value, inquiry.account(LAW, UNDECIDED))
    assert said["code"] == "needs_decision"
    assert said["needs_decision"]["question"] == APBDES
    assert {way["answer"]: way["total"] for way in said["both_ways"][APBDES]} == {"yes": 16_800, "no": 8_400}


def test_an_answer_that_comes_with_the_question_stands_in_place_of_the_recorded_one() -> None:
    recorded = Decisions((Decision(APBDES, "yes", date(2026, 1, 1)),))
    asked = {**BPU, "payer": "apbdes"}
    assert answer_data(read_inquiry("contribution", asked), LAW, recorded)["total"] == 16_800
    answered = read_inquiry("contribution", {**asked, "decisions": {APBDES: "no"}})
    said = answer_data(answered, LAW, recorded)
    assert said["total"] == 8_400
    assert [way["chosen"] for way in said["both_ways"][APBDES]] == [False, True]


@pytest.mark.parametrize(
    "facts",
    [
        {"programme": "jkm", "paid_months": ["2026-04..2026-06"]},
        {"programme": "jkm", "memberships": [{"segment": "bpu", "paid_months": ["2026-04..2026-06"]}]},
        {"programme": "heirs", "relatives": ["child"], "paid_months": ["2026-04..2026-06"]},
    ],
)
def test_a_paid_month_after_the_death_shows_an_advance_payment_unless_it_is_said_that_there_was_none(facts) -> None:
    inquiry = read_inquiry("benefit", {"died_on": "2026-04-20", **facts})
    with pytest.raises(NeedsDecision) as asked:
        answer_data(inquiry, LAW, UNDECIDED)
    assert asked.value.question_code == "jkm.prepaid_counts_at_once"
    if "memberships" not in facts:
        said = read_inquiry("benefit", {"died_on": "2026-04-20", **facts, "prepaid": False})
        assert answer_data(said, LAW, UNDECIDED)["total"] == 10_000_000


def test_a_list_of_questions_is_read_with_the_place_of_its_mistakes() -> None:
    found, many = read_inquiries("contribution", '[{"segment":"bpu","month":"2026-05","payer":"self"}]')
    assert (len(found), many) == (1, True)
    text = '[{"segment":"bpu","month":"2026-05","payer":"self"},{"segment":"bpu"}]'
    (readable, unread), many = read_inquiries("contribution", text)
    assert (many, type(readable).__name__) == (True, "BpuContribution")
    assert isinstance(unread, InquiryNotUnderstood)
    assert [one.field for one in unread.mistakes] == ["[2].month", "[2].payer"]
    for text in ("{", "[" * 100_000, "1e999"):
        with pytest.raises(InquiryNotUnderstood):
            read_inquiries("contribution", text)


def test_every_question_and_every_field_says_what_it_is() -> None:
    for family in KINDS.values():
        for name, model in family.items():
            assert model.__doc__, name
            described = {field for field, info in model.model_fields.items() if info.description}
            assert described == set(model.model_fields) - {model.kind}, name


# --- the law itself ----------------------------------------------------------------------------------


def test_the_list_holds_every_parameter_once() -> None:
    assert [one.key for one in parameters_of(LAW)] == sorted(LAW.parameters)


def test_a_key_means_itself_and_what_stands_below_it_not_what_begins_alike() -> None:
    assert [one.key for one in parameters_of(LAW, key="jkk.death")] == ["jkk.death", "jkk.death.minimum"]
    assert parameters_of(LAW, key="jkk.dea") == []
    assert {one.key.partition(".")[0] for one in parameters_of(LAW, programme="jkp")} <= {"jkp", "ppu"}


def test_a_line_says_its_last_day_and_a_silent_day_says_nothing() -> None:
    grant = LAW.parameters["jkm.death_grant"]
    before, after = parameter_data(grant, on=date(2019, 12, 1)), parameter_data(grant, on=date(2019, 12, 2))
    assert (before["value"], before["in_force_to"]) == (16_200_000, "2019-12-01")
    assert (after["value"], after["in_force_from"], after["in_force_to"]) == (20_000_000, "2019-12-02", None)
    silent = parameter_data(grant, on=date(2015, 6, 30))
    assert silent["value"] is silent["instrument"] is silent["confidence"] is None
    assert silent.keys() == after.keys()


def test_a_timeline_marks_the_line_in_force() -> None:
    lines = timeline_data(LAW.parameters["jkm.death_grant"], on=date(2018, 1, 1))
    assert [line["in_force"] for line in lines] == [True, False]
    assert not any(line["in_force"] for line in timeline_data(LAW.parameters["jkm.death_grant"], on=date(2014, 1, 1)))


def test_a_rate_is_text_and_every_value_can_be_told_as_json() -> None:
    assert plain({"rate": Decimal("0.0054"), "rows": ({"from": date(2026, 1, 1)},)}) == {
        "rate": "0.0054", "rows": [{"from": "2026-01-01"}],
    }  # fmt: skip
    for one in LAW.parameters.values():
        for line in timeline_data(one, on=date(2026, 1, 1)):
            assert_plain(line["value"])
        assert list(lines_in_words(one))


def assert_plain(value: Any) -> None:
    if isinstance(value, dict):
        for part in value.values():
            assert_plain(part)
    elif isinstance(value, list):
        for part in value:
            assert_plain(part)
    else:
        assert value is None or type(value) in (int, bool, str), type(value)


def test_only_the_recalled_can_be_listed() -> None:
    on = date(2026, 1, 1)
    recalled = [one for one in LAW.parameters.values() if any_recalled(one, on)]
    assert recalled
    assert all(one.line_on(on).citation.recalled for one in recalled)  # type: ignore[union-attr]


def test_every_question_is_told_with_words_and_answers_in_both_languages() -> None:
    told = questions_data()
    assert [one["code"] for one in told] == list(questions())
    for one in told:
        assert one["words"]["id"]
        assert one["words"]["en"]
        assert all(said["words"]["id"] and said["words"]["en"] and said["given_by"] for said in one["answers"])


# --- another law -------------------------------------------------------------------------------------


def test_a_scenario_replaces_a_number_from_its_day_on() -> None:
    law = supposed(LAW, (read_supposition("jkm.death_grant=25000000@2027-01-01", LAW),))
    assert law.amount("jkm.death_grant").on(date(2026, 12, 31)) == 20_000_000
    assert law.amount("jkm.death_grant").on(date(2027, 1, 1)) == 25_000_000


def test_a_scenario_may_end() -> None:
    law = supposed(LAW, (read_supposition("bpu.jkk.rate=0,5%@2027-01-01..2027-07-01", LAW),))
    assert law.rate("bpu.jkk.rate").on(date(2027, 6, 30)) == Decimal("0.005")
    assert law.rate("bpu.jkk.rate").on(date(2027, 7, 1)) == LAW.rate("bpu.jkk.rate").on(date(2026, 7, 1))


@pytest.mark.parametrize(
    "written",
    [
        "jkm.death_grant=1@x", "jkm.death_grant=x@2027-01-01", "x=1@2027-01-01", "jkm.death_grant@2027-01-01",
        "jkm.death_grant=1", "jkm.death_grant=1.5@2027-01-01", "bpu.jkk.rate=nan@2027-01-01",
        "jkm.death_grant=1@2027-01-01..2026-01-01", "jkk.death={}@2027-01-01", "jkk.death=[1]@2027-01-01",
        "bpu.pay_periods=1@2027-01-01",
    ],
)  # fmt: skip
def test_a_scenario_that_cannot_be_read_is_refused(written: str) -> None:
    with pytest.raises(ScenarioNotUnderstood):
        read_supposition(written, LAW)


def test_null_repeals() -> None:
    law = supposed(LAW, (read_supposition("relief.pp50_2025.rate=null@2026-05-01", LAW),))
    facts = {"income": None, "programmes": JKK_JKM, "sector": Sector.OTHER, "payer": Payer.SELF}
    assert bpu_contribution(date(2026, 5, 1), **facts, law=law).total == 16_800  # type: ignore[arg-type]
    assert bpu_contribution(date(2026, 5, 1), **facts, law=LAW).total == 8_400  # type: ignore[arg-type]


def test_days_on_which_the_same_was_known_give_the_same_law() -> None:
    assert law_known_on(LAW, date(2024, 5, 2)) is law_known_on(LAW, date(2024, 5, 3))


@given(st.dates(date(2014, 1, 1), date(2030, 1, 1)))
def test_the_law_known_on_a_day_is_what_as_known_on_says(day: date) -> None:
    known, plainly = law_known_on(LAW, day), LAW.as_known_on(day)
    for key in ("jkm.death_grant", "jkp.cash", "relief.pp50_2025.rate", "jp.age"):
        for on in (day, day + timedelta(days=400)):
            assert known.parameters[key].line_on(on) == plainly.parameters[key].line_on(on)


# --- whatever is asked, a result or a refusal ---------------------------------------------------------

_DAYS = st.sampled_from(
    ["1900-01-01", "2013-05-05", "2015-07-01", "2019-12-01", "2019-12-02", "2020-09-30", "2022-07-15", "2025-02-25",
     "2025-02-26", "2026-05-03", "2030-02-28", "2199-12-31", "2024-02-29"]
)  # fmt: skip
_MONTHS = _DAYS.map(lambda day: day[:7])
_AMOUNTS = st.sampled_from(
    [-1, 0, 1, 2, 3, 5, 6, 7, 12, 24, 36, 100, 999_999, 1_000_000, 4_000_000, 80_000_000, 10**15]
)


def values(said: dict[str, Any], known: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that fit a field, by its JSON schema; sensible ones and the ends of what fits."""
    if "anyOf" in said:
        return st.one_of(*(values(one, known) for one in said["anyOf"]))
    if "$ref" in said:
        return values(known[said["$ref"].rpartition("/")[2]], known)
    if "const" in said:
        return st.just(said["const"])
    if "enum" in said:
        return st.sampled_from(said["enum"])
    match said.get("type"):
        case "integer":
            return _AMOUNTS.filter(lambda number: number >= said.get("minimum", number))
        case "boolean":
            return st.booleans()
        case "null":
            return st.none()
        case "array" if said["items"].get("type") == "string" and "enum" not in said["items"]:
            return st.lists(st.tuples(_MONTHS, _MONTHS).map(sorted).map("..".join), max_size=3)
        case "array":
            return st.lists(values(said["items"], known), min_size=said.get("minItems", 0), max_size=3)
        case "object" if "properties" in said:
            return asked(said, known)
        case "object":
            return st.just({})
    return _MONTHS if "0[1-9]" in said.get("pattern", "") else _DAYS


def asked(schema: dict[str, Any], known: dict[str, Any]) -> st.SearchStrategy[Any]:
    fields = {name: values(said, known) for name, said in schema["properties"].items() if name != "decisions"}
    needed = {name: one for name, one in fields.items() if name in schema.get("required", ())}
    return st.fixed_dictionaries(needed, optional={name: one for name, one in fields.items() if name not in needed})


@pytest.mark.parametrize(
    ("family", "name"), [pytest.param(family, name, id=name) for family, models in KINDS.items() for name in models]
)
@given(data=st.data())
def test_whatever_is_asked_gives_a_result_that_adds_up_or_a_refusal_in_words(family: Any, name: str, data: Any) -> None:
    model = KINDS[family][name]  # type: ignore[index]
    schema = model.model_json_schema()
    facts = data.draw(asked(schema, schema.get("$defs", {})))
    answers = {code: data.draw(st.sampled_from([one.code for one in its.answers])) for code, its in questions().items()}
    said = result_or_refusal(family, {**facts, "decisions": data.draw(st.sampled_from([{}, answers]))})
    assert json.dumps(said)
    if "code" in said:
        assert said["message"]
    else:
        assert said["total"] == sum(step["amount"] or 0 for step in said["explanation"]["steps"])


def result_or_refusal(family: Any, facts: dict[str, Any]) -> dict[str, Any]:
    try:
        return answer_data(read_inquiry(family, facts), LAW, UNDECIDED)
    except Refusal as refusal:
        return refusal_data(refusal)
