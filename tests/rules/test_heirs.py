"""Who stands first among the heirs, and who receives each part."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naung.rules.death import death_benefit
from naung.rules.heirs import Relation, Relative, heirs_in_order, who_receives
from naung.rules.law import NotInForce, current_law

LAW = current_law()
ON = date(2026, 5, 1)
FULL = death_benefit(ON, months_paid=12, law=LAW)
FIRST_MONTHS = death_benefit(ON, months_paid=1, law=LAW)


def first_of(*relations: Relation) -> list[Relation]:
    ranking = heirs_in_order([Relative(relation) for relation in relations], on=ON, law=LAW)
    return [heir.relation for heir in ranking.heirs]


def test_widow_and_children_share_the_first_rank():
    assert first_of(Relation.PARENT, Relation.CHILD, Relation.SPOUSE) == [Relation.CHILD, Relation.SPOUSE]


@pytest.mark.parametrize(
    ("relations", "heirs"),
    [
        ([Relation.SIBLING, Relation.CHILD], [Relation.CHILD]),
        ([Relation.SIBLING, Relation.GRANDPARENT, Relation.GRANDCHILD], [Relation.GRANDPARENT, Relation.GRANDCHILD]),
        ([Relation.PARENT_IN_LAW, Relation.SIBLING], [Relation.SIBLING]),
        ([Relation.WILL, Relation.PARENT_IN_LAW], [Relation.PARENT_IN_LAW]),
        ([Relation.OTHER, Relation.WILL], [Relation.WILL]),
        ([Relation.OTHER], []),
    ],
)
def test_a_nearer_rank_keeps_out_the_further_ones(relations, heirs):
    assert first_of(*relations) == heirs


def test_who_died_before_the_worker_inherits_nothing():
    relatives = [Relative(Relation.SPOUSE, alive=False), Relative(Relation.PARENT, "ibu")]
    ranking = heirs_in_order(relatives, on=ON, law=LAW)
    assert [heir.label for heir in ranking.heirs] == ["ibu"]
    assert ranking.first.number == 2


def test_the_ranking_says_which_ranks_are_empty_and_cites_its_article():
    explanation = heirs_in_order([Relative(Relation.SIBLING, "kakak")], on=ON, law=LAW).explanation
    assert [step.code for step in explanation.steps] == ["heirs.1", "heirs.2", "heirs.3"]
    assert "tidak ada" in explanation.steps[0].words.id
    assert "saudara kandung (kakak) menerima" in explanation.steps[-1].words.id
    assert {citation.key for citation in explanation.citations} == {"heirs.order"}


def test_several_heirs_of_one_rank_receive_together_and_naung_does_not_divide():
    family = [Relative(Relation.SPOUSE), Relative(Relation.CHILD, "sulung"), Relative(Relation.CHILD, "bungsu")]
    receipt = who_receives(FULL, family, on=ON, law=LAW)
    assert [part.amount for part in receipt.parts] == [20_000_000, 12_000_000, 10_000_000]
    assert all(part.receiver.heirs == tuple(family) for part in receipt.parts)
    assert any("tidak membaginya" in note.id for note in receipt.explanation.notes)
    assert not who_receives(FULL, family[:1], on=ON, law=LAW).explanation.notes


def test_without_an_heir_the_funeral_goes_to_who_arranged_it_and_the_rest_to_the_fund():
    receipt = who_receives(FULL, [], on=ON, law=LAW, arranged_funeral="Ketua RT 02")
    assert [(part.part, part.receiver.code) for part in receipt.parts] == [
        ("death_grant", "social_security_fund"),
        ("periodic", "social_security_fund"),
        ("funeral", "funeral_arranger"),
    ]
    assert "Ketua RT 02" in receipt.parts[-1].receiver.words.id
    assert receipt.total == receipt.explanation.total == 42_000_000


def test_in_the_first_months_there_is_only_a_funeral_benefit_to_receive():
    receipt = who_receives(FIRST_MONTHS, [], on=ON, law=LAW)
    assert [(part.part, part.amount) for part in receipt.parts] == [("funeral", 10_000_000)]


def test_before_the_known_law_there_is_no_order():
    heirs_in_order([], on=date(2015, 7, 1), law=LAW)
    with pytest.raises(NotInForce):
        heirs_in_order([], on=date(2015, 6, 30), law=LAW)


relatives = st.lists(st.builds(Relative, relation=st.sampled_from(list(Relation)), alive=st.booleans()), max_size=8)


@given(relatives, st.integers(1, 6))
def test_all_parts_are_received_by_somebody(family, months_paid):
    benefit = death_benefit(ON, months_paid=months_paid, law=LAW)
    receipt = who_receives(benefit, family, on=ON, law=LAW)
    assert receipt.total == receipt.explanation.total == benefit.total
    assert all(heir.alive for part in receipt.parts for heir in part.receiver.heirs)


@given(relatives)
def test_every_living_relative_stands_in_one_rank_or_outside(family):
    ranking = heirs_in_order(family, on=ON, law=LAW)
    placed = [one for rank in ranking.ranks for one in rank.relatives] + list(ranking.outside)
    assert sorted(one.relation for one in placed) == sorted(one.relation for one in family if one.alive)
