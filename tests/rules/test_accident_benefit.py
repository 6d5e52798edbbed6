"""What a work accident pays, on the last day of a rule and the first of the next."""

from dataclasses import fields
from datetime import date, timedelta
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
    Segment,
    Transport,
    accident_benefit,
)
from naung.rules.contributions import NegativeIncome
from naung.rules.death import accident_death_benefit
from naung.rules.law import NotInForce, current_law
from naung.rules.scholarship import Level

LAW = current_law()
LAST_OF_PP44, FIRST_OF_PP82 = date(2019, 12, 1), date(2019, 12, 2)
MILLION = 1_000_000
LEG = Loss("one_leg_from_hip")
BABY_TO_DEGREE = {Level.TK: 2, Level.SD: 6, Level.SMP: 3, Level.SMA: 3, Level.PT: 5}
AMOUNTS = ("transport", "stmb", "aids", "disability", "death_grant", "periodic", "funeral", "scholarship")


def paid(happened_on, wage=MILLION, outcome=Outcome.HEALED, **facts):
    return accident_benefit(Accident(happened_on, wage, outcome, **facts), law=LAW)


def step_of(benefit, code):
    return next(step for step in benefit.explanation.steps if step.code == code)


# ---- costs paid back ----


@pytest.mark.parametrize(
    ("mode", "before", "since"),
    [
        (Transport.LAND, 1_000_000, 5_000_000),
        (Transport.SEA, 1_500_000, 2_000_000),
        (Transport.AIR, 2_500_000, 10_000_000),
    ],
)
def test_transport_is_paid_back_up_to_the_limit_of_its_day(mode, before, since):
    for happened_on, limit in ((LAST_OF_PP44, before), (FIRST_OF_PP82, since)):
        assert paid(happened_on, transport={mode: limit - 1}).transport == limit - 1
        assert paid(happened_on, transport={mode: limit + 1}).transport == limit


def test_several_kinds_of_transport_are_paid_back_each_up_to_its_own_limit():
    carried = {Transport.LAND: 7_000_000, Transport.SEA: 2_500_000, Transport.AIR: 12_000_000}
    assert paid(FIRST_OF_PP82, transport=carried).transport == 17_000_000
    assert paid(LAST_OF_PP44, transport=carried).transport == 5_000_000


def test_where_limits_added_up_first_would_pay_more_the_result_says_so():
    carried = {Transport.LAND: 7_000_000, Transport.AIR: 1_000_000}
    benefit = paid(date(2026, 3, 1), transport=carried)
    assert benefit.transport == 6_000_000
    assert any("dijumlahkan lebih dahulu" in note.id for note in benefit.explanation.notes)
    assert benefit.explanation.inferred
    alone = paid(date(2026, 3, 1), transport={Transport.LAND: 7_000_000}).explanation
    assert (alone.notes, alone.inferred) == ((), False)


@pytest.mark.parametrize(
    ("aid", "limit"),
    [
        (Aid.HOME_CARE, 20_000_000),
        (Aid.DENTURES, 5_000_000),
        (Aid.HEARING_AID, 2_500_000),
        (Aid.GLASSES, 1_000_000),
    ],
)
def test_aids_are_paid_back_up_to_their_limit_since_pp_82_2019_and_not_known_before(aid, limit):
    assert paid(FIRST_OF_PP82, aids={aid: limit + 1}).aids == limit
    assert paid(FIRST_OF_PP82, aids={aid: limit - 1}).aids == limit - 1
    with pytest.raises(NotInForce):
        paid(LAST_OF_PP44, aids={aid: 1})


def test_home_care_is_paid_for_one_year_at_most():
    care = {Aid.HOME_CARE: 3_000_000}
    assert paid(date(2026, 3, 1), aids=care, home_care_months=12).aids == 3_000_000
    with pytest.raises(HomeCareTooLong) as refused:
        paid(date(2026, 3, 1), aids=care, home_care_months=13)
    assert "paling lama 12 bulan" in str(refused.value)


def test_a_prosthesis_is_paid_by_the_price_list_and_forty_per_cent_more():
    benefit = paid(date(2026, 3, 1), outcome=Outcome.PARTIAL_ANATOMICAL, losses=(LEG,), prosthesis_price=10_000_000)
    assert benefit.aids == 14_000_000
    assert step_of(benefit, "jkk.prosthesis").formula == "140% × Rp10.000.000 = Rp14.000.000"


def test_without_a_price_a_prosthesis_is_named_and_not_counted():
    benefit = paid(date(2026, 3, 1), outcome=Outcome.TOTAL_PERMANENT)
    assert step_of(benefit, "jkk.prosthesis").amount is None
    assert benefit.aids == 0


def test_treatment_has_no_limit_and_so_no_amount():
    step = step_of(paid(date(2026, 3, 1)), "jkk.medical")
    assert step.amount is None
    assert "tanpa batas biaya" in step.words.id


# ---- unable to work ----


@pytest.mark.parametrize(
    ("happened_on", "months", "amount"),
    [
        (LAST_OF_PP44, 6, 6_000_000),
        (LAST_OF_PP44, 7, 6_750_000),
        (LAST_OF_PP44, 12, 10_500_000),
        (LAST_OF_PP44, 13, 11_000_000),
        (FIRST_OF_PP82, 6, 6_000_000),
        (FIRST_OF_PP82, 7, 7_000_000),
        (FIRST_OF_PP82, 12, 12_000_000),
        (FIRST_OF_PP82, 13, 12_500_000),
        (FIRST_OF_PP82, 0, 0),
    ],
)
def test_months_unable_to_work_pay_a_share_of_the_wage_that_falls_with_time(happened_on, months, amount):
    assert paid(happened_on, months_unable=months).stmb == amount


def test_the_remembered_shares_before_pp_82_2019_mark_the_result():
    assert not paid(LAST_OF_PP44, months_unable=6).recalled
    assert paid(LAST_OF_PP44, months_unable=7).recalled
    assert not paid(FIRST_OF_PP82, months_unable=13).recalled


def test_each_stretch_of_months_is_named():
    benefit = paid(date(2026, 3, 1), 4_000_000, months_unable=13)
    assert [(step.code, step.formula) for step in benefit.explanation.steps if step.amount] == [
        ("jkk.stmb.m1_6", "6 bulan × 100% × Rp4.000.000 = Rp24.000.000"),
        ("jkk.stmb.m7_12", "6 bulan × 100% × Rp4.000.000 = Rp24.000.000"),
        ("jkk.stmb.m13_on", "1 bulan × 50% × Rp4.000.000 = Rp2.000.000"),
    ]
    assert step_of(benefit, "jkk.stmb.m13_on").words.en == "Grant while unable to work (STMB), month 13"


def test_what_was_paid_while_unable_to_work_stays_paid_when_death_follows():
    benefit = paid(date(2026, 3, 1), outcome=Outcome.DIED, months_unable=8, died_on=date(2026, 11, 5))
    assert benefit.stmb == 8_000_000
    assert benefit.total == 78_000_000


# ---- total disability, death, schooling ----


@pytest.mark.parametrize(("happened_on", "periodic"), [(LAST_OF_PP44, 4_800_000), (FIRST_OF_PP82, 12_000_000)])
def test_total_disability_pays_56_wages_and_the_periodic_benefit(happened_on, periodic):
    benefit = paid(happened_on, outcome=Outcome.TOTAL_PERMANENT)
    assert (benefit.disability, benefit.periodic, benefit.funeral) == (56_000_000, periodic, 0)


@pytest.mark.parametrize("happened_on", [date(2015, 7, 1), LAST_OF_PP44, FIRST_OF_PP82, date(2026, 3, 1)])
@pytest.mark.parametrize("wage", [300_000, 1_000_000, 4_000_000])
def test_a_death_pays_what_the_rule_on_deaths_says(happened_on, wage):
    benefit = paid(happened_on, wage, Outcome.DIED)
    death = accident_death_benefit(happened_on, base_income=wage, law=LAW)
    assert (benefit.death_grant, benefit.periodic, benefit.funeral, benefit.total) == (
        death.lump_sum,
        death.periodic,
        death.funeral,
        death.total,
    )


@pytest.mark.parametrize("outcome", [Outcome.TOTAL_PERMANENT, Outcome.DIED])
def test_under_pp_44_one_child_has_twelve_million_and_two_no_more(outcome):
    for children in ([BABY_TO_DEGREE], [BABY_TO_DEGREE] * 2):
        assert paid(LAST_OF_PP44, outcome=outcome, children=children).scholarship == 12_000_000


@pytest.mark.parametrize("outcome", [Outcome.TOTAL_PERMANENT, Outcome.DIED])
def test_since_pp_82_two_children_have_their_schooling_year_by_year(outcome):
    benefit = paid(FIRST_OF_PP82, outcome=outcome, children=[BABY_TO_DEGREE] * 3)
    assert benefit.scholarship == 174_000_000
    assert any("setiap tahun" in note.id for note in benefit.explanation.notes)


def test_without_death_or_total_disability_children_have_nothing_and_the_result_says_why():
    benefit = paid(date(2026, 3, 1), children=[BABY_TO_DEGREE])
    assert benefit.scholarship == 0
    assert any("meninggal dunia atau cacat total" in note.id for note in benefit.explanation.notes)


def test_the_law_of_the_accident_counts_for_a_death_after_a_change_and_the_result_says_so():
    benefit = paid(LAST_OF_PP44, outcome=Outcome.DIED, died_on=FIRST_OF_PP82)
    assert benefit.funeral == 3_000_000
    assert any("hari kecelakaan" in note.id for note in benefit.explanation.notes)
    same_law = paid(LAST_OF_PP44 - timedelta(days=1), outcome=Outcome.DIED, died_on=LAST_OF_PP44)
    assert same_law.explanation.notes == ()


# ---- whose wage ----


def test_a_bpu_worker_has_the_base_of_the_band_and_a_wage_earner_the_wage():
    codes = {step.code for step in paid(date(2026, 3, 1)).explanation.steps}
    assert "jkk.base_wage.bpu" in codes
    wage_earner = paid(date(2026, 3, 1), 5_250_000, segment=Segment.PPU)
    assert "jkk.base_wage.bpu" not in {step.code for step in wage_earner.explanation.steps}
    assert wage_earner.explanation.notes == ()


def test_a_bpu_wage_that_is_no_base_of_a_band_is_remarked_on():
    assert any("golongan" in note.id for note in paid(date(2026, 3, 1), 1_050_000).explanation.notes)


# ---- known law, possible facts ----


def test_before_july_2015_nothing_is_known():
    with pytest.raises(NotInForce):
        paid(date(2015, 6, 30))
    assert paid(date(2015, 7, 1)).total == 0


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"wage": -1}, NegativeIncome),
        ({"transport": {Transport.SEA: -1}}, NegativeCost),
        ({"aids": {Aid.GLASSES: -1}}, NegativeCost),
        ({"prosthesis_price": -1}, NegativeCost),
        ({"months_unable": -1}, NegativeMonths),
        ({"home_care_months": -1}, NegativeMonths),
        ({"reported_on": date(2026, 2, 28)}, BeforeTheAccident),
        ({"claimed_on": date(2026, 2, 28)}, BeforeTheAccident),
        ({"outcome": Outcome.DIED, "died_on": date(2026, 2, 28)}, BeforeTheAccident),
        ({"died_on": date(2026, 3, 1)}, DiedOtherwise),
        ({"losses": (LEG,)}, LossesDoNotFit),
        ({"outcome": Outcome.TOTAL_PERMANENT, "losses": (LEG,)}, LossesDoNotFit),
        ({"outcome": Outcome.PARTIAL_ANATOMICAL}, LossesDoNotFit),
        ({"outcome": Outcome.PARTIAL_FUNCTIONAL, "losses": (LEG,)}, LossesDoNotFit),
        (
            {
                "outcome": Outcome.PARTIAL_ANATOMICAL,
                "losses": (Loss("one_leg_from_hip", function_lost=Decimal("0.5")),),
            },
            LossesDoNotFit,
        ),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(facts, refusal):
    with pytest.raises(refusal) as refused:
        paid(date(2026, 3, 1), **facts)
    assert str(refused.value).endswith(".")


# ---- properties ----

days = st.dates(date(2015, 7, 1), date(2030, 12, 31))
wages = st.integers(0, 30_000_000)
carried = st.dictionaries(st.sampled_from(Transport), st.integers(0, 20_000_000))
without_losses = st.sampled_from([Outcome.HEALED, Outcome.TOTAL_PERMANENT, Outcome.DIED])
whole_facts = st.fixed_dictionaries(
    {
        "happened_on": days,
        "wage": wages,
        "outcome": without_losses,
        "segment": st.sampled_from(Segment),
        "kind": st.sampled_from([Kind.ACCIDENT, Kind.DISEASE]),
        "months_unable": st.integers(0, 40),
        "transport": carried,
        "prosthesis_price": st.none() | st.integers(0, 50_000_000),
        "children": st.lists(st.dictionaries(st.sampled_from(Level), st.integers(0, 8)), max_size=3),
    }
)


@given(whole_facts)
def test_the_steps_add_up_to_the_result_and_every_amount_is_cited(facts):
    benefit = accident_benefit(Accident(**facts), law=LAW)
    assert benefit.total == benefit.explanation.total == sum(getattr(benefit, name) for name in AMOUNTS)
    assert {field.name for field in fields(benefit)} == {*AMOUNTS, "borne_by", "explanation"}
    for step in benefit.explanation.steps:
        assert step.words.id
        assert step.words.en
        assert step.citations
        assert step.amount is None or step.amount >= 0


@given(whole_facts, st.integers(0, 3_000_000), st.integers(0, 20))
def test_a_benefit_never_falls_when_the_wage_or_the_months_rise(facts, more_wage, more_months):
    lower = accident_benefit(Accident(**facts), law=LAW)
    more = {**facts, "wage": facts["wage"] + more_wage, "months_unable": facts["months_unable"] + more_months}
    assert lower.total <= accident_benefit(Accident(**more), law=LAW).total


@given(whole_facts, st.sampled_from(Transport), st.integers(0, 20_000_000))
def test_a_benefit_never_falls_when_transport_costs_more(facts, mode, more):
    dearer = {**facts, "transport": {**facts["transport"], mode: facts["transport"].get(mode, 0) + more}}
    assert accident_benefit(Accident(**facts), law=LAW).total <= accident_benefit(Accident(**dearer), law=LAW).total


# ---- published payments ----


def test_a_farmer_struck_by_lightning_leaves_70_million_and_82_5_million_for_school():
    years_left = {Level.SD: 5, Level.SMP: 3, Level.SMA: 3, Level.PT: 5}
    benefit = paid(date(2025, 5, 20), outcome=Outcome.DIED, children=[years_left])  # B23
    assert (benefit.total - benefit.scholarship, benefit.scholarship) == (70_000_000, 82_500_000)
    assert benefit.total == 152_500_000


def test_a_fisher_leaves_70_million_of_which_48_are_the_death_grant():
    assert paid(date(2022, 3, 23), outcome=Outcome.DIED).total == 70_000_000  # B24
    assert paid(date(2024, 1, 1), outcome=Outcome.DIED).death_grant == 48_000_000  # B33


def test_a_wage_earner_of_october_2019_leaves_211_8_million():
    benefit = paid(date(2019, 10, 27), 4_000_000, Outcome.DIED, segment=Segment.PPU, children=[{Level.SD: 1}])  # B29
    assert (benefit.death_grant, benefit.periodic, benefit.funeral, benefit.scholarship) == (
        192_000_000,
        4_800_000,
        3_000_000,
        12_000_000,
    )
    assert benefit.total == 211_800_000


def test_the_5_3_billion_of_a_director_is_what_a_wage_of_110_million_gives():
    benefit = paid(date(2023, 6, 1), 110_000_000, Outcome.DIED, segment=Segment.PPU)  # B31: amounts rounded
    assert round(benefit.total, -8) == 5_300_000_000
