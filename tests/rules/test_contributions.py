"""What a month costs: the last day of each rule and the first day of the next."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naung.rules.contributions import (
    JKK_JKM,
    JKK_JKM_JHT,
    NegativeIncome,
    Payer,
    Programme,
    Sector,
    bpu_contribution,
)
from naung.rules.decisions import Decision, Decisions, NeedsDecision
from naung.rules.law import NotInForce, current_law
from naung.rules.periods import add_months

LAW = current_law()
QUESTION = "pp50_2025.apbdes_is_apbd"
DECIDED_NO = Decisions((Decision(QUESTION, "no", date(2026, 1, 1)),))
DECIDED_YES = Decisions((Decision(QUESTION, "yes", date(2026, 1, 1)),))

known_months = st.integers(0, 12 * 13).map(lambda number: add_months(date(2015, 7, 1), number))
incomes = st.none() | st.integers(0, 30_000_000)
packages = st.sets(st.sampled_from(list(Programme)), min_size=1)


def contribution(month, *, income=None, programmes=JKK_JKM, sector=Sector.OTHER, payer=Payer.SELF, **more):
    return bpu_contribution(
        month,
        income=income,
        programmes=programmes,
        sector=sector,
        payer=payer,
        law=more.pop("law", LAW),
        **more,
    )


def test_the_usual_package_of_a_local_government_is_rp16_800():
    cost = contribution(date(2025, 6, 1), payer=Payer.APBD_KAB)
    assert (cost.jkk, cost.jkm, cost.jht, cost.total) == (10_000, 6_800, 0, 16_800)
    assert cost.base == 1_000_000
    assert not cost.recalled


@pytest.mark.parametrize(
    ("month", "sector", "total"),
    [
        (date(2015, 7, 1), Sector.OTHER, 16_800),  # first month of PP 44/2015
        (date(2020, 7, 1), Sector.OTHER, 16_800),  # last month before PP 49/2020
        (date(2020, 8, 1), Sector.OTHER, 168),
        (date(2021, 1, 1), Sector.OTHER, 168),
        (date(2021, 2, 1), Sector.OTHER, 16_800),
        (date(2025, 12, 1), Sector.TRANSPORT, 16_800),  # PP 50/2025: drivers and couriers
        (date(2026, 1, 1), Sector.TRANSPORT, 8_400),
        (date(2027, 3, 1), Sector.TRANSPORT, 8_400),
        (date(2027, 4, 1), Sector.TRANSPORT, 16_800),
        (date(2026, 3, 1), Sector.OTHER, 16_800),  # PP 50/2025: everybody else
        (date(2026, 4, 1), Sector.OTHER, 8_400),
        (date(2026, 12, 1), Sector.OTHER, 8_400),
        (date(2027, 1, 1), Sector.OTHER, 16_800),
    ],
)
def test_the_law_of_the_contribution_month_counts(month, sector, total):
    assert contribution(month, sector=sector).total == total


def test_a_month_before_the_known_law_is_refused():
    with pytest.raises(NotInForce):
        contribution(date(2015, 6, 1))


@pytest.mark.parametrize("payer", [Payer.APBD_KAB, Payer.APBD_PROV, Payer.APBN])
def test_no_relief_of_2026_where_the_state_budget_pays(payer):
    cost = contribution(date(2026, 5, 1), payer=payer)
    assert cost.total == 16_800
    assert cost.relief is None
    assert not cost.inferred


@pytest.mark.parametrize("payer", [Payer.DBH_SAWIT, Payer.DBHCHT, Payer.OTSUS])
def test_transfers_spent_through_the_apbd_are_read_as_apbd_and_marked_as_inference(payer):
    cost = contribution(date(2026, 5, 1), payer=payer)
    assert cost.total == 16_800
    assert cost.inferred


@pytest.mark.parametrize("payer", [Payer.CSR, Payer.DONOR, Payer.ZAKAT])
def test_donors_get_the_relief_of_2026_by_inference(payer):
    cost = contribution(date(2026, 5, 1), payer=payer)
    assert cost.total == 8_400
    assert cost.inferred


def test_a_worker_who_pays_for_himself_gets_the_relief_of_2026():
    cost = contribution(date(2026, 5, 1), payer=Payer.SELF)
    assert cost.relief.reduction == Decimal("0.5")
    assert {citation.instrument for citation in cost.relief.citations} == {"PP 50/2025"}
    assert not cost.inferred


def test_village_money_needs_a_decision_of_the_region_in_the_months_of_relief():
    with pytest.raises(NeedsDecision) as refused:
        contribution(date(2026, 4, 1), payer=Payer.APBDES)
    assert refused.value.question_code == QUESTION
    assert {answer.code for answer in refused.value.answers} == {"yes", "no"}
    assert "Perlu keputusan daerah" in str(refused.value)


@pytest.mark.parametrize("month", [date(2026, 3, 1), date(2027, 1, 1)])
def test_village_money_needs_no_decision_outside_the_months_of_relief(month):
    assert contribution(month, payer=Payer.APBDES).total == 16_800


def test_village_money_needs_no_decision_for_jht_alone():
    assert contribution(date(2026, 4, 1), payer=Payer.APBDES, programmes={Programme.JHT}).total == 20_000


def test_a_decision_answers_the_question_either_way():
    month = date(2026, 4, 1)
    assert contribution(month, payer=Payer.APBDES, decisions=DECIDED_YES).total == 16_800
    relieved = contribution(month, payer=Payer.APBDES, decisions=DECIDED_NO)
    assert (relieved.total, relieved.relief.decided_by) == (8_400, QUESTION)


def test_a_decision_answers_only_from_its_day_and_a_later_one_replaces_it():
    decided = Decisions((Decision(QUESTION, "no", date(2026, 5, 1)), Decision(QUESTION, "yes", date(2026, 7, 1))))
    with pytest.raises(NeedsDecision):
        contribution(date(2026, 4, 1), payer=Payer.APBDES, decisions=decided)
    assert contribution(date(2026, 6, 1), payer=Payer.APBDES, decisions=decided).total == 8_400
    assert contribution(date(2026, 7, 1), payer=Payer.APBDES, decisions=decided).total == 16_800


def test_two_answers_from_the_same_day_are_refused():
    day = date(2026, 5, 1)
    with pytest.raises(ValueError, match="same day"):
        Decisions((Decision(QUESTION, "no", day), Decision(QUESTION, "yes", day)))


def test_an_answer_that_no_source_gives_is_refused():
    with pytest.raises(ValueError, match="none of the answers"):
        Decision(QUESTION, "perhaps", date(2026, 1, 1))


def test_arrears_up_to_july_2020_lose_the_relief_of_that_year():
    cost = contribution(date(2020, 8, 1), paid_through_july_2020=False)
    assert cost.total == 16_800
    assert cost.relief is None
    assert [relief.applied for relief in cost.reliefs] == [False]


def test_jht_is_never_relieved():
    for month in (date(2020, 9, 1), date(2026, 5, 1)):
        assert contribution(month, programmes=JKK_JKM_JHT).jht == 20_000


@pytest.mark.parametrize(
    ("income", "base"),
    [
        (None, 1_000_000),
        (0, 1_000_000),
        (1_099_000, 1_000_000),
        (1_099_500, 1_000_000),  # in the printed gap of Rp999
        (1_099_999, 1_000_000),
        (1_100_000, 1_200_000),
        (2_699_999, 2_600_000),
        (2_700_000, 2_950_000),
        (20_199_999, 19_700_000),
        (20_200_000, 20_700_000),
        (900_000_000, 20_700_000),
    ],
)
def test_a_band_reaches_up_to_the_next_one(income, base):
    assert contribution(date(2025, 6, 1), income=income).base == base


def test_every_band_but_the_first_is_marked_as_recalled():
    bands = LAW.table("bpu.bands").on(date(2025, 6, 1))
    marks = {row["number"]: contribution(date(2025, 6, 1), income=row["income_from"]).recalled for row in bands}
    assert marks == {number: number > 1 for number in range(1, 34)}


def test_jkm_alone_does_not_depend_on_a_recalled_band():
    assert not contribution(date(2025, 6, 1), income=5_000_000, programmes={Programme.JKM}).recalled


def test_supposed_bands_are_marked_as_a_scenario_and_not_as_found():
    supposed = LAW.with_value("bpu.bands", date(2027, 1, 1), LAW.table("bpu.bands").on(date(2026, 1, 1)))
    citations = contribution(date(2027, 1, 1), law=supposed, payer=Payer.APBD_KAB).citations
    assert {c.key for c in citations if c.confidence == "scenario"} == {"bpu.bands"}


def test_every_payer_and_sector_has_words():
    assert all(each.label_id for each in (*Payer, *Sector))


def test_an_income_below_zero_is_refused():
    with pytest.raises(NegativeIncome):
        contribution(date(2025, 6, 1), income=-1)


def test_a_day_inside_a_month_is_our_own_mistake():
    with pytest.raises(ValueError, match="first day"):
        contribution(date(2025, 6, 2))


def test_a_tariff_scenario_moves_the_contribution_and_says_so():
    dearer = LAW.with_value("bpu.jkm.amount", date(2027, 1, 1), 9_000)
    cost = contribution(date(2027, 1, 1), law=dearer, payer=Payer.APBD_KAB)
    assert cost.total == 19_000
    assert "scenario" in {citation.confidence for citation in cost.citations}
    assert contribution(date(2026, 12, 1), law=dearer, payer=Payer.APBD_KAB).total == 16_800


@given(known_months, incomes, packages, st.sampled_from(Sector), st.sampled_from(Payer), st.booleans())
def test_a_relief_never_raises_a_bill_and_parts_sum_to_the_total(month, income, programmes, sector, payer, met):
    facts = {"income": income, "programmes": programmes, "sector": sector, "payer": payer}
    cost = contribution(month, **facts, decisions=DECIDED_NO, paid_through_july_2020=met)
    full = contribution(date(2025, 6, 1), **facts)
    assert cost.total == cost.jkk + cost.jkm + cost.jht
    assert (cost.jkk <= full.jkk, cost.jkm <= full.jkm, cost.jht == full.jht) == (True, True, True)
    assert (cost.relief is None) == (cost.total == full.total)
    for programme in Programme:
        assert (getattr(cost, programme.value.lower()) > 0) == (programme in programmes)


@given(known_months, st.integers(0, 30_000_000), st.integers(0, 5_000_000), st.sampled_from(Payer))
def test_a_higher_income_never_costs_less(month, income, more, payer):
    facts = {"programmes": JKK_JKM_JHT, "payer": payer, "decisions": DECIDED_NO}
    assert contribution(month, income=income, **facts).total <= contribution(month, income=income + more, **facts).total
