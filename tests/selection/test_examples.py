"""Every real rule set selects invented people, and what it decides is what the plain rules say."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from naung.programmes.actions import create_programme, vouch
from naung.programmes.spec import ProgrammeSpec, read_spec, rules_of
from naung.rules.conditions import Candidate as Person
from naung.rules.conditions import Condition, Field
from naung.rules.law import current_law
from naung.rules.selection import ineligibilities, order, score
from naung.selection import facts
from naung.selection.actions import run_round
from naung.selection.models import Candidate
from tests.factories import make_list, make_reference, make_workers

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parents[2] / "examples" / "programmes"
FILES = sorted(path for path in FOLDER.glob("*.json") if not path.name.endswith(".schema.json"))
OTHERS = ["petani", "nelayan", "pegawai", "penjahit", "buruh_harian", "irt"]
PEOPLE = 150


def conditions_of(spec: ProgrammeSpec) -> list[Condition]:
    rules = rules_of(spec)
    found = [one for criterion in rules.criteria for one in (criterion.condition, *sum(criterion.or_all_of, ()))]
    found += [one for line in rules.lines for one in line.only_for]
    return found + [one for step in rules.priorities for tier in step.tiers for one in tier]


def values(spec: ProgrammeSpec, field: Field) -> list[str]:
    return [str(value) for one in conditions_of(spec) if one.field is field for value in one.values]


def invented(spec: ProgrammeSpec) -> None:
    """People of whom some fit this programme and some do not, the same each time; their lists are sent."""
    chance = random.Random(spec.code)
    areas = [*(values(spec, Field.AREA) or [spec.area]), spec.area]
    codes = [f"{(code + '0101')[:6]}{1001 + n}" if len(code) < 6 else code for code in areas for n in range(3)]
    works = [*values(spec, Field.OCCUPATION), *OTHERS]
    born = spec.first_month.year
    workers = make_workers(
        PEOPLE,
        birth_date=[date(born - chance.randint(16, 70), chance.randint(1, 12), 15) for _ in range(PEOPLE)],
        area_code=[chance.choice(codes) for _ in range(PEOPLE)],
        occupation=[chance.choice(works) for _ in range(PEOPLE)],
        sex=[chance.choice("LP") for _ in range(PEOPLE)],
        kk=[f"12750101018{chance.randint(10000, 10080)}" for _ in range(PEOPLE)],
        decile=[chance.choice([None, 1, 2, 3, 4, 5, 7]) for _ in range(PEOPLE)],
        decile_vintage=[date(born, 1, 1)] * PEOPLE,
    )  # fmt: skip
    for name in sorted(set(values(spec, Field.ATTRIBUTE)) - {"covered", "member"}):
        some = [one.nik_index.hex for one in workers if chance.random() < 0.6]
        vouch(name=name, nik_indexes=some, source="Contoh", as_of=spec.first_month, area_code=spec.area, by=None)
    make_reference("members", workers[:5], area=spec.area, note="PU")
    make_reference("deaths", workers[5:9], area=spec.area)
    make_list(spec.code, workers, area=spec.area)


def people_of(programme, round_) -> dict[int, Person]:
    """The facts that were judged, as plain candidates."""
    facts.pick_candidates(round_.pk, *Candidate.Outcome.values)
    rows = facts.of_picked(programme, first_month=round_.first_month).rows(named=True)
    return {row.pop("worker_id"): Person(**{**row, "attributes": frozenset(row["attributes"])}) for row in rows}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_real_rule_set_selects_as_the_plain_rules_say(path):
    spec = read_spec(path)
    programme = create_programme(spec, by=None)
    invented(spec)
    on = spec.first_month
    round_ = run_round(programme, on=on, by=None)

    people, rules, law = people_of(programme, round_), rules_of(spec), current_law()
    decided = {one.worker_id: one for one in round_.people.all()}
    assert set(decided) == set(people)
    for worker, person in people.items():
        against = ineligibilities(person, rules, on=on, law=law)
        assert (decided[worker].outcome == "ineligible") is bool(against)
        assert against <= set(decided[worker].reasons)
    by_key = {person.key: worker for worker, person in people.items()}
    eligible = [people[worker] for worker, one in decided.items() if one.rank is not None]
    in_order = [by_key[person.key] for person in order(eligible, rules, on=on)]
    assert in_order == sorted((w for w in decided if decided[w].rank), key=lambda w: decided[w].rank)
    assert all(list(score(people[w], rules, on=on)) == decided[w].score for w in in_order)

    # Each file lets somebody in, keeps somebody out, and tells no two kinds of people the same.
    assert 0 < round_.chosen <= spec.places
    assert round_.ineligible >= 9
    assert len(round_.reasons) > 2
    assert 0 < round_.cost_rp <= sum(line.ceiling_rp for line in spec.funding_lines)


def test_bekasi_takes_decile_four_and_five_only_after_one_to_three():
    spec = read_spec(FOLDER / "bekasi-2025.json").model_copy(update={"places": 12})
    programme = create_programme(spec, by=None)
    workers = make_workers(20, village="3275011001", occupation="ojek", decile=[5, 1, 4, 2] * 5)
    make_list(spec.code, workers, area="3275")
    round_ = run_round(programme, on=spec.first_month, by=None)
    chosen = sorted(one.worker.decile for one in round_.people.filter(outcome="chosen").select_related("worker"))
    assert chosen[:10] == [1] * 5 + [2] * 5
    assert len(chosen) == 12
    assert set(chosen[10:]) <= {4, 5}


def test_sulawesi_utara_pays_the_poor_and_the_rest_pay_themselves():
    spec = read_spec(FOLDER / "sulut-2025.json")
    programme = create_programme(spec, by=None)
    make_list(spec.code, make_workers(4, village="7101011001", decile=[1, 4, 5, 9]), area="71")
    round_ = run_round(programme, on=spec.first_month, by=None)
    lines = {one.worker.decile: one.funding_line.code for one in round_.people.select_related("worker", "funding_line")}
    assert lines == {1: "apbd", 4: "apbd", 5: "mandiri", 9: "mandiri"}


def test_sumatera_utara_pays_palm_workers_and_the_islands_from_their_own_lines():
    spec = read_spec(FOLDER / "sumut-2025.json")
    programme = create_programme(spec, by=None)
    areas = ["1205011001", "1204011001", "1204011001", "1205011001"]
    make_list(
        spec.code, make_workers(4, area_code=areas, occupation=["buruh_kebun", "nelayan", "buruh_kebun", "nelayan"])
    )
    round_ = run_round(programme, on=spec.first_month, by=None)
    found = [
        (one.outcome, one.funding_line and one.funding_line.code, one.reasons)
        for one in round_.people.order_by("worker_id").select_related("funding_line")
    ]
    assert found == [
        ("chosen", "sawit", []),
        ("chosen", "nias", []),
        ("waiting", None, ["budget_full"]),  # palm money is for the palm districts
        ("ineligible", None, ["criterion:pekerjaan"]),
    ]
