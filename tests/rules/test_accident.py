"""What JKK pays for a work accident, on the last day of a rule and the first of the next."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naung.rules.accident import (
    Accident,
    Aid,
    BeforeTheAccident,
    DiedOtherwise,
    HomeCareTooLong,
    Kind,
    Loss,
    LossesDoNotFit,
    NegativeCost,
    NegativeMonths,
    Outcome,
    Side,
    Transport,
    accident_benefit,
)
from naung.rules.arrears import Segment
from naung.rules.contributions import NegativeIncome
from naung.rules.death import accident_death_benefit
from naung.rules.law import NotInForce, current_law
from naung.rules.scholarship import ImpossibleYear, Level

LAW = current_law()
OLD, NEW = date(2019, 12, 1), date(2019, 12, 2)
DAY = date(2024, 5, 20)
MILLION = 1_000_000

days = st.dates(date(2015, 7, 1), date(2030, 12, 31))
wages = st.integers(0, 50 * MILLION)
costs = st.integers(0, 30 * MILLION)
# One of each: no two of them are in each other's way.
single_losses = st.lists(
    st.sampled_from(
        [
            Loss("thumb", Side.RIGHT), Loss("other_finger", Side.LEFT), Loss("one_eye"), Loss("smell"),
            Loss("scalp", doctor_percent=Decimal(15)), Loss("one_leg_from_hip"),
            Loss("one_auricle", function_lost=Decimal("0.35")), Loss("hearing_loss_one", extent=35),
        ]
    ),
    min_size=1,
    unique=True,
)  # fmt: skip


@st.composite
def accidents(draw):
    """Anything that can be asked, of any day of the known law."""
    happened_on = draw(days)
    outcome = draw(st.sampled_from(Outcome))
    losses = ()
    if outcome.partial:
        drawn = draw(single_losses)
        if outcome is Outcome.PARTIAL_ANATOMICAL:
            losses = tuple(replace(loss, function_lost=None) for loss in drawn)
        else:
            losses = (replace(drawn[0], function_lost=Decimal("0.4")), *drawn[1:])
    return Accident(
        happened_on,
        draw(wages),
        outcome,
        draw(st.sampled_from(Segment)),
        losses=losses,
        left_handed=draw(st.booleans()),
        months_unable=draw(st.integers(0, 40)),
        transport=draw(st.dictionaries(st.sampled_from(Transport), costs)),
        aids=draw(st.dictionaries(st.sampled_from(Aid), costs)) if happened_on >= NEW else {},
        children=draw(st.lists(st.dictionaries(st.sampled_from(Level), st.integers(0, 7)), max_size=3)),
    )


def paid(*told, **more):
    return accident_benefit(Accident(*told, **more), law=LAW)


@pytest.mark.parametrize(
    ("mode", "old", "new"),
    [
        (Transport.LAND, 1_000_000, 5_000_000),
        (Transport.SEA, 1_500_000, 2_000_000),
        (Transport.AIR, 2_500_000, 10_000_000),
    ],
)
def test_transport_is_paid_up_to_the_limit_of_its_day(mode, old, new):
    for happened_on, most in ((OLD, old), (NEW, new)):
        for cost, expected in ((most, most), (most + 1, most), (300_000, 300_000)):
            assert paid(happened_on, MILLION, transport={mode: cost}).transport == expected


def test_several_modes_of_transport_add_up_each_to_its_own_limit():
    benefit = paid(DAY, MILLION, transport={Transport.LAND: 6_000_000, Transport.SEA: 1_200_000})
    assert benefit.total == 6_200_000
    assert any("lebih tinggi" in note.id for note in benefit.explanation.notes)  # limits added up would give 7.000.000


@pytest.mark.parametrize(
    ("happened_on", "months", "in_wages"),
    [
        (OLD, 0, "0"), (OLD, 6, "6"), (OLD, 7, "6.75"), (OLD, 12, "10.5"), (OLD, 13, "11"),
        (NEW, 6, "6"), (NEW, 7, "7"), (NEW, 12, "12"), (NEW, 13, "12.5"), (NEW, 24, "18"),
    ],
)  # fmt: skip
def test_stmb_falls_after_six_months_until_pp_82_2019_and_always_after_twelve(happened_on, months, in_wages):
    benefit = paid(happened_on, 4 * MILLION, months_unable=months, segment=Segment.PPU)
    assert benefit.stmb == Decimal(in_wages) * 4 * MILLION


@pytest.mark.parametrize(
    ("happened_on", "months", "recalled"),
    [(OLD, 6, False), (OLD, 7, True), (NEW, 24, False)],
)
def test_the_later_months_of_the_old_stmb_are_known_from_memory_only(happened_on, months, recalled):
    assert paid(happened_on, MILLION, months_unable=months).recalled is recalled


@pytest.mark.parametrize(("happened_on", "periodic"), [(OLD, 4_800_000), (NEW, 12_000_000)])
def test_total_disability_pays_fifty_six_wages_and_the_periodic_benefit(happened_on, periodic):
    benefit = paid(happened_on, MILLION, Outcome.TOTAL_PERMANENT)
    assert (benefit.disability, benefit.periodic, benefit.total) == (56_000_000, periodic, 56_000_000 + periodic)


@pytest.mark.parametrize(
    ("happened_on", "grant", "periodic", "funeral"),
    [(OLD, 16_200_000, 4_800_000, 3_000_000), (NEW, 20_000_000, 12_000_000, 10_000_000)],
)
def test_a_low_wage_leaves_the_heirs_at_least_the_grant_of_jkm(happened_on, grant, periodic, funeral):
    benefit = paid(happened_on, 300_000, Outcome.DIED)
    assert (benefit.death_grant, benefit.periodic, benefit.funeral) == (grant, periodic, funeral)


def test_what_was_paid_before_death_stays_paid():
    benefit = paid(DAY, MILLION, Outcome.DIED, months_unable=2, transport={Transport.LAND: 500_000})
    assert benefit.total == 2_000_000 + 500_000 + 70_000_000


@given(days, wages)
def test_a_death_here_is_the_death_benefit_of_work_injury(happened_on, wage):
    told = paid(happened_on, wage, Outcome.DIED)
    assert told.total == accident_death_benefit(happened_on, base_income=wage, law=LAW).total


@pytest.mark.parametrize(
    ("aid", "most"),
    [
        (Aid.HOME_CARE, 20_000_000),
        (Aid.DENTURES, 5_000_000),
        (Aid.HEARING_AID, 2_500_000),
        (Aid.GLASSES, 1_000_000),
    ],
)
def test_aids_are_paid_up_to_their_limits_since_december_2019_and_are_not_known_before(aid, most):
    assert paid(NEW, MILLION, aids={aid: most + 1}).total == most
    assert paid(NEW, MILLION, aids={aid: most - 1}).total == most - 1
    with pytest.raises(NotInForce):
        paid(OLD, MILLION, aids={aid: most})


def test_home_care_is_paid_for_a_year():
    aids = {Aid.HOME_CARE: 9 * MILLION}
    assert paid(DAY, MILLION, aids=aids, home_care_months=12).total == 9 * MILLION
    with pytest.raises(HomeCareTooLong, match="12 bulan"):
        paid(DAY, MILLION, aids=aids, home_care_months=13)


def test_treatment_without_a_limit_is_a_step_without_an_amount():
    benefit = paid(DAY, MILLION)
    medical = next(step for step in benefit.explanation.steps if step.code == "jkk.medical")
    assert (medical.amount, benefit.total) == (None, 0)
    assert "tanpa batas biaya" in medical.words.id
    assert medical.citations


@pytest.mark.parametrize("outcome", [Outcome.TOTAL_PERMANENT, Outcome.HEALED])
def test_a_prosthesis_is_named_where_there_is_a_disability(outcome):
    named = any(step.code == "jkk.prosthesis" for step in paid(DAY, MILLION, outcome).explanation.steps)
    assert named is (outcome is Outcome.TOTAL_PERMANENT)


def test_a_prosthesis_counts_the_price_of_the_list_and_forty_per_cent():
    benefit = paid(DAY, MILLION, Outcome.TOTAL_PERMANENT, prosthesis_price=10 * MILLION)
    assert benefit.aids == 14 * MILLION


@pytest.mark.parametrize("outcome", [Outcome.DIED, Outcome.TOTAL_PERMANENT])
def test_schooling_was_one_lump_sum_for_one_child_and_is_now_paid_by_year_for_two(outcome):
    children = [{Level.SD: 6}, {Level.SMA: 3}, {Level.PT: 5}]
    assert paid(OLD, MILLION, outcome, children=children).scholarship == 12_000_000
    assert paid(NEW, MILLION, outcome, children=children).scholarship == 6 * 1_500_000 + 3 * 3_000_000


@pytest.mark.parametrize("outcome", [Outcome.HEALED])
def test_children_of_a_worker_who_healed_have_no_schooling_and_the_result_says_so(outcome):
    benefit = paid(DAY, MILLION, outcome, children=[{Level.SD: 6}])
    assert benefit.scholarship == 0
    assert any("cacat total tetap" in note.id for note in benefit.explanation.notes)


@pytest.mark.parametrize(
    ("happened_on", "wage", "children", "total"),
    [
        # Published: Bojonegoro 2025, Batang 2022, a wage earner in October 2019.
        (date(2025, 5, 20), 1_000_000, [{Level.SD: 5, Level.SMP: 3, Level.SMA: 3, Level.PT: 5}], 152_500_000),
        (date(2022, 3, 23), 1_000_000, [], 70_000_000),
        (date(2019, 10, 27), 4_000_000, [{Level.SD: 1}], 211_800_000),
    ],
)
def test_published_deaths_of_work_come_out_to_the_rupiah(happened_on, wage, children, total):
    assert paid(happened_on, wage, Outcome.DIED, children=children).total == total


def test_the_published_grant_of_a_fisher_is_forty_eight_wages():
    assert paid(date(2024, 6, 1), MILLION, Outcome.DIED).death_grant == 48_000_000


@pytest.mark.parametrize("outcome", [Outcome.HEALED, Outcome.TOTAL_PERMANENT, Outcome.DIED])
def test_before_the_known_law_nothing_is_computed(outcome):
    with pytest.raises(NotInForce):
        paid(date(2015, 6, 30), MILLION, outcome)
    paid(date(2015, 7, 1), MILLION, outcome)


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"wage": -1}, NegativeIncome),
        ({"months_unable": -1}, NegativeMonths),
        ({"home_care_months": -1}, NegativeMonths),
        ({"transport": {Transport.SEA: -1}}, NegativeCost),
        ({"aids": {Aid.GLASSES: -1}}, NegativeCost),
        ({"prosthesis_price": -1}, NegativeCost),
        ({"outcome": Outcome.PARTIAL_ANATOMICAL}, LossesDoNotFit),
        ({"outcome": Outcome.TOTAL_PERMANENT, "losses": (Loss("one_eye"),)}, LossesDoNotFit),
        ({"outcome": Outcome.PARTIAL_FUNCTIONAL, "losses": (Loss("one_eye"),)}, LossesDoNotFit),
        ({"reported_on": date(2024, 5, 19)}, BeforeTheAccident),
        ({"claimed_on": date(2024, 5, 19)}, BeforeTheAccident),
        ({"outcome": Outcome.DIED, "died_on": date(2024, 5, 19)}, BeforeTheAccident),
        ({"died_on": date(2024, 5, 21)}, DiedOtherwise),
        ({"outcome": Outcome.DIED, "children": [{Level.SD: -1}]}, ImpossibleYear),
    ],
)
def test_facts_that_cannot_be_are_refused_in_words(told, refusal):
    with pytest.raises(refusal) as refused:
        accident_benefit(replace(Accident(DAY, MILLION), **told), law=LAW)
    assert str(refused.value)
    assert refused.value.code


@given(accidents())
def test_the_steps_add_up_to_the_total_and_every_amount_is_cited(told):
    benefit = accident_benefit(told, law=LAW)
    assert benefit.explanation.total == benefit.total >= 0
    for step in benefit.explanation.steps:
        assert step.words.id
        assert step.words.en
        assert step.citations, step.code


@given(accidents(), st.integers(0, 5 * MILLION))
def test_a_higher_wage_never_pays_less(told, more):
    higher = replace(told, wage=told.wage + more)
    assert accident_benefit(higher, law=LAW).total >= accident_benefit(told, law=LAW).total


@given(accidents(), st.integers(0, 20))
def test_more_months_unable_to_work_never_pay_less(told, more):
    longer = replace(told, months_unable=told.months_unable + more)
    assert accident_benefit(longer, law=LAW).total >= accident_benefit(told, law=LAW).total


@given(accidents(), st.sampled_from(Transport), costs)
def test_a_higher_cost_never_pays_less_and_never_more_than_it_was(told, mode, cost):
    without = accident_benefit(replace(told, transport={}), law=LAW)
    benefit = accident_benefit(replace(told, transport={mode: cost}), law=LAW)
    assert without.total <= benefit.total <= without.total + cost


@given(days, wages, single_losses)
def test_total_disability_never_pays_less_than_partial(happened_on, wage, losses):
    whole = tuple(replace(loss, function_lost=None) for loss in losses)
    partial = paid(happened_on, wage, Outcome.PARTIAL_ANATOMICAL, losses=whole)
    assert paid(happened_on, wage, Outcome.TOTAL_PERMANENT).total >= partial.total


def test_violence_at_work_counts_since_permenaker_1_2025():
    assert paid(date(2025, 2, 26), MILLION, Outcome.DIED, kind=Kind.VIOLENCE).total == 70_000_000
    with pytest.raises(NotInForce):
        paid(date(2025, 2, 25), MILLION, Outcome.DIED, kind=Kind.VIOLENCE)
