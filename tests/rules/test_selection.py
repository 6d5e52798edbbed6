"""Who may join, in which order, who gets a place: the plain rules, case by case."""

from __future__ import annotations

import doctest
import re
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from pathlib import Path

import pytest

from naung.rules.conditions import Candidate, Condition, Field, Operator, age_years, holds, operators_of
from naung.rules.contributions import JKK_JKM, Payer
from naung.rules.decisions import NeedsDecision
from naung.rules.filling import cost_rp, fill
from naung.rules.law import current_law
from naung.rules.periods import add_months
from naung.rules.selection import (
    LAST,
    Criterion,
    Dimension,
    Line,
    Points,
    Priority,
    PriorityKind,
    Quota,
    SelectionRules,
    Share,
    ineligibilities,
    lottery,
    order,
    remarks,
    score,
)

LAW = current_law()
ON = date(2026, 3, 1)
YEAR = [add_months(date(2026, 1, 1), number) for number in range(12)]
APBD = Line("apbd", Payer.APBD_KAB, 10**9)
ADULT = Condition(Field.AGE_YEARS, Operator.BETWEEN, (18, 64))


def person(number: int = 0, **facts) -> Candidate:
    return Candidate(key=f"{number:032x}", **{"area_code": "1275011001", **facts})


def rules(**parts) -> SelectionRules:
    return SelectionRules(**{"places": 10, "seed": 1, "lines": (APBD,), **parts})


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(1961, 3, 1), date(2026, 2, 28), 64),  # the day before the birthday
        (date(1961, 3, 1), date(2026, 3, 1), 65),
        (date(1960, 2, 29), date(2025, 2, 28), 64),  # no 29 February in 2025: older on 1 March
        (date(1960, 2, 29), date(2025, 3, 1), 65),
        (date(1960, 2, 29), date(2024, 2, 29), 64),
    ],
)
def test_age_is_in_completed_years(born, on, years):
    assert age_years(born, on) == years


@pytest.mark.parametrize(
    ("condition", "facts", "met"),
    [
        (ADULT, {"birth_date": date(2008, 3, 1)}, True),  # 18 today
        (ADULT, {"birth_date": date(2008, 3, 2)}, False),
        (replace(ADULT, on=date(2026, 12, 31)), {"birth_date": date(2008, 3, 2)}, True),  # on a stated day
        (ADULT, {}, False),  # not known
        (replace(ADULT, if_unknown=True), {}, True),
        (Condition(Field.DECILE, Operator.LE, (4,)), {"decile": 4}, True),
        (Condition(Field.DECILE, Operator.LE, (4,), vintage_from=date(2025, 1, 1)),
         {"decile": 4, "decile_vintage": date(2024, 12, 31)}, False),  # too old to be believed
        (Condition(Field.DECILE, Operator.LE, (4,), vintage_from=date(2025, 1, 1)),
         {"decile": 4, "decile_vintage": date(2025, 1, 1)}, True),
        (Condition(Field.AREA, Operator.WITHIN, ("127501", "3201")), {}, True),
        (Condition(Field.AREA, Operator.WITHIN, ("1275011002",)), {}, False),
        (Condition(Field.AREA, Operator.NOT_WITHIN, ("3201",)), {"area_code": ""}, False),  # not known
        (Condition(Field.OCCUPATION, Operator.IN, ("becak", "ojek")), {"occupation": "ojek"}, True),
        (Condition(Field.OCCUPATION, Operator.NOT_IN, ("pegawai",)), {"occupation": ""}, False),
        (Condition(Field.INCOME_RP, Operator.LT, (2_000_000,)), {"income_rp": 2_000_000}, False),
        (Condition(Field.ATTRIBUTE, Operator.HAS, ("oap", "simluhtan")), {"attributes": frozenset({"oap"})}, True),
        (Condition(Field.ATTRIBUTE, Operator.LACKS, ("covered",)), {"covered_by": "LAIN"}, False),
        (Condition(Field.ATTRIBUTE, Operator.LACKS, ("member",)), {"member_note": ""}, False),
    ],
)  # fmt: skip
def test_a_condition_is_met_or_not(condition, facts, met):
    assert holds(condition, person(**facts), on=ON) is met


def test_every_field_has_operators():
    assert all(operators_of(field) for field in Field)


def test_every_reason_is_told_at_once():
    criterion = Criterion("miskin", Condition(Field.DECILE, Operator.LE, (4,)))
    found = ineligibilities(
        person(dead=True, moved=True, covered_by="LAIN", decile=7, birth_date=date(1950, 1, 1)),
        rules(criteria=(criterion,)), on=ON, law=LAW,
    )  # fmt: skip
    assert found == {"dead", "not_resident", "already_covered", "criterion:miskin", "over_age"}


def test_nothing_against_somebody_is_no_reason():
    assert ineligibilities(person(birth_date=date(1980, 1, 1)), rules(), on=ON, law=LAW) == set()


@pytest.mark.parametrize(
    ("born", "on", "refused"),
    [
        (date(1961, 3, 2), ON, False),  # 64 until tomorrow
        (date(1961, 3, 1), ON, True),
        (date(1955, 1, 1), date(2021, 3, 31), False),  # before Permenaker 5/2021 we know no such limit
        (date(1955, 1, 1), date(2021, 4, 1), True),
    ],
)
def test_nobody_registers_from_sixty_five_on(born, on, refused):
    assert ("over_age" in ineligibilities(person(birth_date=born), rules(), on=on, law=LAW)) is refused


def test_a_member_may_be_taken_over_where_the_programme_says_so():
    allowed = rules(members_allowed=("BPU mandiri",))
    assert ineligibilities(person(member_note=" bpu MANDIRI "), allowed, on=ON, law=LAW) == set()
    assert ineligibilities(person(member_note="PU"), allowed, on=ON, law=LAW) == {"already_covered"}


@pytest.mark.parametrize(("on", "asked"), [(date(2026, 2, 28), False), (ON, True), (date(2026, 4, 1), False)])
def test_a_criterion_is_asked_from_its_first_day_until_the_day_it_ends(on, asked):
    criterion = Criterion(
        "miskin", Condition(Field.DECILE, Operator.LE, (4,)), valid_from=ON, valid_to=date(2026, 4, 1)
    )
    assert bool(ineligibilities(person(), rules(criteria=(criterion,)), on=on, law=LAW)) is asked


def test_a_soft_criterion_is_told_and_refuses_nobody():
    soft = Criterion("perempuan", Condition(Field.SEX, Operator.IN, ("P",)), hard=False)
    asked = rules(criteria=(soft,))
    assert ineligibilities(person(sex="L"), asked, on=ON, law=LAW) == set()
    assert remarks(person(sex="L"), asked, on=ON) == {"criterion:perempuan"}


def test_another_way_to_meet_a_criterion_counts_as_a_whole():
    islands = (
        Condition(Field.AREA, Operator.WITHIN, ("1204",)),
        Condition(Field.OCCUPATION, Operator.IN, ("nelayan",)),
    )
    palm = Criterion("kerja", Condition(Field.OCCUPATION, Operator.IN, ("pekebun",)), or_all_of=(islands,))
    met = [
        palm.met_by(person(occupation=work, area_code=area), on=ON)
        for work, area in [
            ("pekebun", "1275"),
            ("nelayan", "1204011001"),
            ("nelayan", "1275"),
            ("petani", "1204011001"),
        ]
    ]
    assert met == [True, True, False, False]


def test_each_kind_of_priority_gives_a_number_and_smaller_is_earlier():
    poor = Condition(Field.DECILE, Operator.LE, (3,))
    asked = rules(
        priorities=(
            Priority("tingkat", PriorityKind.TIERS, tiers=((poor,), (Condition(Field.DECILE, Operator.LE, (5,)),))),
            Priority("desil", PriorityKind.ASCENDING, Field.DECILE),
            Priority("risiko", PriorityKind.DESCENDING, Field.OCCUPATION_RISK),
            Priority("kerja", PriorityKind.LISTED, Field.OCCUPATION, values=("becak", "ojek")),
            Priority("daerah", PriorityKind.LISTED, Field.AREA, values=("127502", "1275")),
            Priority("nilai", PriorityKind.POINTS, weights=(Points(40, (poor,)), Points(5, (ADULT,)))),
        )
    )
    known = person(decile=3, occupation_risk=5, occupation="ojek", birth_date=date(1980, 1, 1))
    assert score(known, asked, on=ON) == (0, 3, -5, 1, 1, -45)
    assert score(person(decile=5), asked, on=ON) == (1, 5, LAST, 2, 1, 0)
    assert score(person(), asked, on=ON)[:2] == (2, LAST)


def test_ties_are_broken_by_the_lot_alone():
    crowd = [person(number) for number in range(50)]
    first_to_last = order(reversed(crowd), rules(), on=ON)
    assert first_to_last == order(crowd, rules(), on=ON)
    assert first_to_last == sorted(crowd, key=lambda one: lottery(1, one.key))
    assert first_to_last != crowd


def test_anybody_can_draw_a_lot_again():
    drawn = blake2b(b"00ff", digest_size=8, key=b"20260102").hexdigest()
    assert f"{lottery(20260102, '00ff'):016x}" == drawn


def test_smallest_shares_first_then_everybody_by_rank():
    crowd = [person(n, area_code="1275011001") for n in range(4)] + [person(9, area_code="1275021001")]
    share = Quota("kec", Dimension.DISTRICT, {"127502": Share(least=1)}, Share(most=2))
    placed = fill(crowd, rules(places=3, quotas=(share,)), cost=lambda *_: 1, on=ON)
    assert [one.line for one in placed] == ["apbd", "apbd", None, None, "apbd"]
    assert placed[2].reasons == {"places_full", "quota:kec"}


def test_people_already_on_the_list_count_for_their_group():
    share = Quota("desa", Dimension.VILLAGE, each=Share(most=2))
    placed = fill(
        [person(0), person(1)], rules(quotas=(share,)), cost=lambda *_: 1, on=ON, taken={("desa", "1275011001"): 1}
    )
    assert [one.line for one in placed] == ["apbd", None]


def test_a_line_pays_only_those_it_is_for():
    palm = Line("dbh", Payer.DBH_SAWIT, 100, (Condition(Field.OCCUPATION, Operator.IN, ("pekebun",)),))
    crowd = [person(0, occupation="ojek"), person(1, occupation="pekebun")]
    placed = fill(crowd, rules(lines=(palm,)), cost=lambda *_: 1, on=ON)
    assert [(one.line, set(one.reasons)) for one in placed] == [(None, {"budget_full"}), ("dbh", set())]


@pytest.mark.parametrize(
    ("facts", "payer", "total"),
    [
        ({}, Payer.APBD_KAB, 12 * 16_800),  # PP 50/2025 leaves out APBD
        ({}, Payer.CSR, 3 * 16_800 + 9 * 8_400),  # half from April to December
        ({"sector": "transport"}, Payer.CSR, 12 * 8_400),  # transport from January on
    ],
)
def test_a_place_costs_what_its_months_cost(facts, payer, total):
    line = Line("x", payer, 0)
    assert cost_rp(person(**facts), line, months=YEAR, package=JKK_JKM, law=LAW) == total


def test_a_price_that_the_law_leaves_open_is_asked_and_not_guessed():
    with pytest.raises(NeedsDecision):
        cost_rp(person(), Line("desa", Payer.APBDES, 0), months=YEAR, package=JKK_JKM, law=LAW)


def test_the_examples_in_the_prose_come_out():
    prose = (Path(__file__).parents[2] / "docs" / "algorithms" / "selection.md").read_text(encoding="utf-8")
    examples = "\n".join(re.findall(r"^```pycon\n(.*?)^```", prose, re.MULTILINE | re.DOTALL))
    parsed = doctest.DocTestParser().get_doctest(examples, {}, "selection.md", "selection.md", 0)
    assert parsed.examples
    said: list[str] = []
    doctest.DocTestRunner(verbose=False).run(parsed, out=said.append)
    assert not said, "".join(said)
