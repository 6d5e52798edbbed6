"""Every published calculation that the rules cover comes out, or the publication is known to be wrong."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from naung.rules.branch_counting import ProgrammeType, branch_count
from naung.rules.contributions import JKK_JKM, Payer, Programme, Sector, bpu_contribution
from naung.rules.death import accident_death_benefit, death_benefit
from naung.rules.decisions import UNDECIDED
from naung.rules.inquiries.answering import answer_data
from naung.rules.inquiries.base import Inquiry
from naung.rules.inquiries.reading import read_inquiry
from naung.rules.law import current_law
from naung.rules.periods import add_months, parse_month
from naung.rules.scholarship import Level, jkm_gives_scholarship, scholarship
from naung.rules.ucj import (
    UCJ,
    Denominator,
    DenominatorKind,
    Segment,
    contradictions,
    denominator_implied,
    percent_of,
    ucj,
)

EXAMPLES = yaml.safe_load(Path(__file__).with_name("worked_examples.yaml").read_text(encoding="utf-8"))
LAW = current_law()


def asked(*kinds: str) -> list[Any]:
    chosen = [example for example in EXAMPLES if example["ask"] in kinds]
    assert chosen, "an example was renamed"
    return [pytest.param(example, id=example["id"]) for example in chosen]


@pytest.mark.parametrize("example", asked("contribution"))
def test_a_published_contribution_comes_out(example):
    contribution = bpu_contribution(
        parse_month(example["month"]),
        income=example.get("income", example["inputs"].get("base_income")),
        programmes=[Programme(name) for name in example["programmes"]],
        sector=Sector(example["sector"]),
        payer=Payer(example["payer"]),
        law=LAW,
    )
    said = {name: amount for name, amount in example["expected"].items() if name != "discount"}
    assert {name: getattr(contribution, name) for name in said} == said
    if example["expected"].get("discount") == 0:
        assert contribution.relief is None


@pytest.mark.parametrize("example", asked("budget"))
def test_a_published_budget_is_people_times_months_times_contribution(example):
    inputs, expected = example["inputs"], example["expected"]
    first = parse_month(example["first"])
    need = sum(
        bpu_contribution(
            add_months(first, number),
            income=None,
            programmes=JKK_JKM,
            sector=Sector.OTHER,
            payer=Payer(example["payer"]),
            law=LAW,
        ).total
        for number in range(inputs["months"])
    ) * example.get("workers", inputs.get("workers"))
    assert need == next(expected[name] for name in ("budget", "need", "year_total") if name in expected)
    if "allocation" in inputs:
        assert (inputs["allocation"] >= need) is expected["allocation_sufficient"]


@pytest.mark.parametrize("example", asked("jkm"))
def test_a_published_jkm_payment_comes_out(example):
    months_paid = example.get("months_paid", example["inputs"].get("months_paid"))
    benefit = death_benefit(example_day(example), months_paid=months_paid, law=LAW)
    assert benefit.total == example["expected"]["total"]
    if "funeral" in example["expected"]:
        assert benefit.funeral == example["expected"]["funeral"]
    if example["expected"].get("scholarship") == 0:
        assert not jkm_gives_scholarship(example_day(example), months_paid=months_paid, law=LAW)


@pytest.mark.parametrize("example", asked("jkk"))
def test_a_published_payment_after_a_fatal_accident_comes_out(example):
    benefit = accident_death_benefit(example_day(example), base_income=example["inputs"]["base_income"], law=LAW)
    said = example["expected"]
    assert benefit.total == said.get("total", benefit.total)
    assert benefit.lump_sum == said.get("death_grant", benefit.lump_sum)


@pytest.mark.parametrize("example", asked("jkk_pp44"))
def test_a_published_payment_under_pp_44_comes_out_in_its_parts(example):
    on, said = example_day(example), example["expected"]
    benefit = accident_death_benefit(on, base_income=example["inputs"]["wage"], law=LAW)
    schooling = LAW.amount("jkk.scholarship.pp44").on(on) * example["inputs"]["children"]
    assert (benefit.lump_sum, benefit.periodic, benefit.funeral) == (
        said["death"],
        said["periodic"],
        said["funeral"],
    )
    assert (schooling, benefit.total + schooling) == (said["scholarship"], said["total"])


@pytest.mark.parametrize("example", asked("scholarship", "jkk_and_scholarship"))
def test_a_published_scholarship_comes_out(example):
    inputs, said = example["inputs"], example["expected"]
    years = {Level(level): left for level, left in inputs.get("years_left", example.get("years_left")).items()}
    on = example_day(example)
    due = scholarship(on, children=[years] * inputs.get("children", 1), law=LAW)
    assert due.total == said.get("scholarship", said["total"] if "parts" in said else None)
    if "parts" in said:
        assert {level.value: amount for level, amount in due.children[0].items()} == said["parts"]
        assert sum(due.children[0].values()) == said["per_child"]
        assert due.total == LAW.amount("scholarship.max_total").on(on)
    if "jkk" in said:
        benefit = accident_death_benefit(on, base_income=inputs["base_income"], law=LAW)
        assert (benefit.total, benefit.total + due.total) == (said["jkk"], said["total"])


@pytest.mark.parametrize("example", asked("ucj"))
def test_a_published_coverage_comes_out_or_is_shown_to_contradict_itself(example):
    inputs, said = example["inputs"], example["expected"]
    figure = coverage(inputs["active"], inputs["universe"])
    if example["status"] == "do_not_match":
        published = Decimal(str(said["published_percent"]))
        assert figure.percent == Decimal(str(said["correct_percent"]))
        assert [one.published for one in contradictions(figure, percent=published)] == [published]
    else:
        assert figure.percent == Decimal(str(said["ucj_percent"]))
        assert figure.gap == said["not_covered"]
        assert contradictions(figure, percent=Decimal(str(said["ucj_percent"])), gap=figure.gap) == []


@pytest.mark.parametrize("example", asked("ucj_implied"))
def test_a_gap_to_a_target_gives_the_denominator_away(example):
    inputs, said = example["inputs"], example["expected"]
    implied = denominator_implied(inputs["active"], inputs["gap_to_target"], Decimal(inputs["target_percent"]))
    # The page is rounded ("about"): three people in 1.3 million.
    assert abs(implied - said["universe_about"]) <= 3
    assert percent_of(inputs["active"], implied) == Decimal(str(said["ucj_percent"]))


@pytest.mark.parametrize("example", asked("ucj_rounded"))
def test_a_rounded_percentage_agrees_with_the_people_behind_it(example):
    inputs, said = example["inputs"], example["expected"]
    figure = coverage(inputs["universe"] - said["gap_published"], inputs["universe"])
    assert figure.percent == Decimal("32.77")
    assert contradictions(figure, percent=Decimal(inputs["ucj_percent"])) == []
    assert percent_of(figure.gap, figure.denominator.count, places=0) == said["gap_percent"]
    from_the_rounded_percent = coverage(round(inputs["universe"] * 33 / 100), inputs["universe"])
    assert from_the_rounded_percent.gap == said["gap_from_rounded_percent"]


@pytest.mark.parametrize("example", [pytest.param(one, id=one["id"]) for one in EXAMPLES if "asked" in one])
def test_a_published_calculation_comes_out_of_the_question_that_scripts_ask(example):
    answers = [answer_data(question(one), LAW, UNDECIDED) for one in example["asked"]]
    for one, answer in zip(example["asked"], answers, strict=True):
        said = gives(one)
        assert {name: at(answer, name) for name in said} == {
            name: example["expected"][theirs] for name, theirs in said.items()
        }
    if "total" in example["expected"] and not any("total" in gives(one).values() for one in example["asked"]):
        assert sum(answer["total"] for answer in answers) == example["expected"]["total"]


@pytest.mark.parametrize("example", asked("branch_count"))
def test_a_published_branch_count_comes_out(example):
    inputs = example["inputs"]
    kind = ProgrammeType.UMB if inputs["type"] == "UMB" else ProgrammeType.GOVERNMENT
    count = branch_count(date(2023, 1, 1), workers=inputs["workers"], months=inputs["months"], kind=kind, law=LAW)
    assert (count.counted, count.whole) == (example["expected"]["counted"], example["expected"]["counted"])


@pytest.mark.parametrize("example", asked("sum_rounded"))
def test_rounded_amounts_add_up_to_the_sum_that_the_page_rounds(example):
    inputs, said = example["inputs"], example["expected"]
    assert sum(inputs.values()) == said["exact_sum"]
    assert round(said["exact_sum"], -7) == said["total_about"]
    # The JKK printed as Rp5,3 miliar is what a wage of Rp110 million gives.
    benefit = accident_death_benefit(date(2023, 6, 1), base_income=110_000_000, law=LAW)
    assert round(benefit.total, -8) == inputs["jkk"]
    assert inputs["scholarship"] <= LAW.amount("scholarship.max_total").on(date(2023, 6, 1))


@pytest.mark.parametrize("example", asked("sum_of_parts"))
def test_each_published_payment_holds_the_full_jkm_and_together_they_are_the_sum(example):
    parts, said = example["inputs"]["parts"], example["expected"]
    assert sum(parts) == said["total"]
    # What lies above it is JHT and others, as the notes say.
    assert min(parts) >= death_benefit(date(2022, 3, 1), months_paid=12, law=LAW).total == 42_000_000


def test_every_status_is_known_and_every_example_is_asked_somehow():
    assert {example["status"] for example in EXAMPLES} == {"match", "partial", "do_not_match"}
    assert len({example["id"] for example in EXAMPLES}) == len(EXAMPLES) == 44
    known = {
        "contribution", "budget", "jkm", "jkk", "jkk_pp44", "scholarship", "jkk_and_scholarship", "ucj", "ucj_implied",
        "ucj_rounded", "branch_count", "sum_rounded", "sum_of_parts",
    }  # fmt: skip
    assert all(example["ask"] in known or "asked" in example for example in EXAMPLES)


def question(one: dict[str, Any]) -> Inquiry:
    """The question of an example, as a script asks it."""
    return (
        read_inquiry("contribution", one["contribution"])
        if "contribution" in one
        else read_inquiry("benefit", one["benefit"])
    )


def gives(one: dict[str, Any]) -> dict[str, str]:
    """Our name of a number to the name it has in the example."""
    return one["gives"] if isinstance(one["gives"], dict) else {name: name for name in one["gives"]}


def at(answer: Any, path: str) -> Any:
    """`by_month.0`: the first of `by_month`; `periodic+funeral`: their sum."""
    if "+" in path:
        return sum(at(answer, part) for part in path.split("+"))
    for part in path.split("."):
        answer = answer[int(part) if part.isdigit() else part]
    return answer


def example_day(example: dict[str, Any]) -> date:
    on = example["on"]
    return on if isinstance(on, date) else date.fromisoformat(on)


def coverage(active: int, universe: int) -> UCJ:
    return ucj(
        {Segment.BPU: active},
        as_of=date(2025, 5, 20),
        source="news report",
        denominator=Denominator(DenominatorKind.EMPLOYED, universe, date(2025, 5, 20), "news report"),
    )
