"""The columns rank and fill as the plain rules do, in whatever order the people come."""

from __future__ import annotations

import random
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naung.bulk import filling
from naung.bulk.filling import cost_column, filled
from naung.bulk.ranking import lots, ranked
from naung.bulk.screening import frame_of
from naung.rules import conditions, selection
from naung.rules import filling as plain
from naung.rules.conditions import Candidate
from naung.rules.contributions import Payer
from naung.rules.selection import Dimension, Line, Quota, SelectionRules, Share
from tests.bulk.invented import GROUPS_OF, ON, people, price, programmes


def with_costs(frame: pl.DataFrame, candidates: list[Candidate], rules: SelectionRules) -> pl.DataFrame:
    return frame.with_columns(
        pl.Series(cost_column(line), [price(one, line) for one in candidates], dtype=pl.Int64) for line in rules.lines
    )


@settings(deadline=None)
@given(people(), programmes(), st.randoms(use_true_random=False))
def test_the_columns_rank_as_the_rules_do_in_any_input_order(candidates, rules, chance):
    shuffled = list(candidates)
    chance.shuffle(shuffled)
    first_to_last = selection.order(candidates, rules, on=ON)
    found = ranked(frame_of(shuffled), rules, on=ON)
    assert found["key"].to_list() == [one.key for one in first_to_last]
    assert found["rank"].to_list() == list(range(1, len(candidates) + 1))
    assert found["score"].to_list() == [list(selection.score(one, rules, on=ON)) for one in first_to_last]


def test_a_lot_is_the_same_in_columns():
    keys = ["00ff", "ab" * 16]
    assert lots(20260102, pl.Series(keys)) == [selection.lottery(20260102, key) for key in keys]


taken = st.dictionaries(
    st.tuples(
        st.sampled_from(["q0", "q1", "q2"]), st.sampled_from(sorted({one for two in GROUPS_OF.values() for one in two}))
    ),
    st.integers(0, 4),
    max_size=4,
)


def both_ways(candidates, rules, already=None):
    plainly = plain.fill(candidates, rules, cost=price, on=ON, taken=already)
    in_columns = filled(with_costs(frame_of(candidates), candidates, rules), rules, on=ON, taken=already)
    assert in_columns["line"].to_list() == [one.line for one in plainly]
    assert in_columns["obstacles"].to_list() == [sorted(one.reasons) for one in plainly]
    return plainly


@settings(max_examples=250, deadline=None)
@given(people(40), programmes(), taken)
def test_the_columns_fill_as_the_rules_do(candidates, rules, already):
    both_ways(candidates, rules, already)


@settings(max_examples=80, deadline=None)
@given(people(40), programmes(), st.integers(0, 2))
def test_the_rest_is_decided_one_by_one_when_rounds_run_out(candidates, rules, rounds):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(filling, "ROUNDS_MAX", rounds)
        both_ways(candidates, rules)


@settings(max_examples=60, deadline=None)
@given(people(40), programmes())
def test_places_quotas_and_money_are_never_exceeded(candidates, rules):
    placements = both_ways(candidates, rules)
    chosen = [(one, place.line) for one, place in zip(candidates, placements, strict=True) if place.line]
    assert len(chosen) <= rules.places
    for line in rules.lines:
        assert sum(price(one, line) for one, code in chosen if code == line.code) <= line.left_rp
        assert all(conditions.all_hold(line.only_for, one, on=ON) for one, code in chosen if code == line.code)
    for quota in rules.quotas:
        groups = [plain.group_of(quota.by, one) for one, _ in chosen]
        for group in set(groups):
            most = plain.share_for(quota, group).most
            assert most is None or groups.count(group) <= most


@settings(max_examples=60, deadline=None)
@given(people(40), programmes())
def test_whoever_waits_is_told_what_stood_in_the_way_and_nobody_else(candidates, rules):
    for placement in both_ways(candidates, rules):
        assert (placement.line is None) is bool(placement.reasons)


def candidate(number: int, village: str = "1275011001", **facts) -> Candidate:
    return Candidate(key=f"{number:032x}", area_code=village, **facts)


def test_smallest_shares_come_before_everybody_else():
    crowd = [candidate(number) for number in range(5)]
    late = [candidate(9, "1275011002")]
    share = Quota("desa", Dimension.VILLAGE, {"1275011002": Share(least=1)})
    rules = SelectionRules(3, 1, quotas=(share,), lines=(Line("l0", Payer.APBD_KAB, 10_000),))
    placements = both_ways([*crowd, *late], rules)
    assert [bool(one.line) for one in placements] == [True, True, False, False, False, True]


def test_one_of_a_family_is_chosen_and_people_without_a_card_are_families_alone():
    crowd = [candidate(n, household=card) for n, card in enumerate(["a", "a", "", "", "b"])]
    once = Quota("kk", Dimension.HOUSEHOLD, each=Share(most=1))
    rules = SelectionRules(9, 1, quotas=(once,), lines=(Line("l0", Payer.APBD_KAB, 10_000),))
    placements = both_ways(crowd, rules)
    assert [bool(one.line) for one in placements] == [True, False, True, True, True]
    assert placements[1].reasons == {"quota:kk"}


def test_a_full_line_gives_way_to_the_next_and_a_cheaper_person_still_fits():
    crowd = [candidate(number) for number in range(4)]
    costs = [5, 5, 5, 2]
    rules = SelectionRules(9, 1, lines=(Line("l0", Payer.APBD_KAB, 7), Line("l1", Payer.CSR, 5)))
    plainly = plain.fill(crowd, rules, cost=lambda one, line: costs[int(one.key, 16)], on=ON)
    frame = frame_of(crowd).with_columns(**{"cost:l0": pl.Series(costs), "cost:l1": pl.Series(costs)})
    in_columns = filled(frame, rules, on=ON)
    assert [one.line for one in plainly] == in_columns["line"].to_list() == ["l0", "l1", None, "l0"]
    assert plainly[2].reasons == {selection.NO_MONEY}


def test_a_crowd_under_crossing_quotas_is_filled_exactly():
    chance = random.Random(7)
    villages = [f"12750110{number:02d}" for number in range(1, 30)]
    works = ["petani", "nelayan", "becak", "ojek"]
    crowd = [
        candidate(number, chance.choice(villages), occupation=chance.choice(works), household=str(number // 3))
        for number in range(3000)
    ]
    rules = SelectionRules(
        1200,
        1,
        quotas=(
            Quota("desa", Dimension.VILLAGE, {villages[0]: Share(200, 60)}, Share(50)),
            Quota("kerja", Dimension.OCCUPATION, {"petani": Share(200)}, Share(450)),
            Quota("kk", Dimension.HOUSEHOLD, each=Share(1)),
        ),
        lines=(Line("l0", Payer.APBD_KAB, 2500), Line("l1", Payer.CSR, 2000)),
    )
    placements = both_ways(crowd, rules)
    assert sum(bool(one.line) for one in placements) > 500


def test_another_seed_draws_another_order():
    crowd = [candidate(number) for number in range(20)]
    rules = SelectionRules(1, 1)
    orders = {tuple(one.key for one in selection.order(crowd, replace(rules, seed=seed), on=ON)) for seed in range(5)}
    assert len(orders) == 5
