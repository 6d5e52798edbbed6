"""What a month costs: the last day of each rule and the first day of the next."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naung.rules.contributions import (
    JKK_JKM,
    JKK_JKM_JHT,
    IncomeBase,
    LumpNotOffered,
    NegativeIncome,
    Payer,
    Programme,
    Sector,
    bpu_contribution,
    lump_contribution,
)
from naung.rules.decisions import Decision, Decisions, NeedsDecision
from naung.rules.explaining import explain
from naung.rules.law import Check, Confidence, NotInForce, current_law
from naung.rules.periods import add_months

LAW = current_law()
QUESTION = "pp50_2025.apbdes_is_apbd"
DECIDED_NO = Decisions((Decision(QUESTION, "no", date(2026, 1, 1)),))
DECIDED_YES = Decisions((Decision(QUESTION, "yes", date(2026, 1, 1)),))

known_months = st.integers(0, 12 * 13).map(lambda number: add_months(date(2015, 7, 1), number))
incomes = st.none() | st.integers(0, 30_000_000)
income_bases = st.sampled_from(IncomeBase)
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


# --- The explanation -------------------------------------------------------------------------------


def steps(cost):
    return {step.code: step.amount for step in cost.explanation.steps}


def test_the_steps_of_a_relieved_month_say_base_parts_and_what_the_relief_takes_off():
    cost = contribution(date(2026, 5, 1), programmes=JKK_JKM_JHT)
    assert steps(cost) == {
        "base": None,
        "jkk": 10_000,
        "jkm": 6_800,
        "jht": 20_000,
        "relief.pp50_2025.jkk": -5_000,
        "relief.pp50_2025.jkm": -3_400,
    }
    formulas = {step.code: step.formula for step in cost.explanation.steps}
    assert formulas["jkk"] == "1% × Rp1.000.000 = Rp10.000"
    assert formulas["relief.pp50_2025.jkk"] == "50% × Rp10.000 = Rp5.000"
    assert cost.explanation.steps[0].words.id.startswith("Dasar upah Rp1.000.000: golongan 1 dari 33")


def test_the_facts_asked_with_are_repeated():
    told = {fact.code: fact.value.id for fact in contribution(date(2026, 5, 1), income=2_000_000).explanation.facts}
    assert told == {
        "month": "Mei 2026",
        "income": "Rp2.000.000",
        "programmes": "JKK, JKM",
        "sector": "di luar angkutan",
        "payer": "mandiri",
    }
    assert "paid_through_july_2020" in {f.code for f in contribution(date(2020, 8, 1)).explanation.facts}


def test_two_incomes_of_one_band_cost_the_same_and_each_explanation_names_its_own():
    first, second = (contribution(date(2025, 6, 1), income=income) for income in (3_000_000, 3_100_000))
    assert first.total == second.total
    assert [cost.explanation.facts[1].value.id for cost in (first, second)] == ["Rp3.000.000", "Rp3.100.000"]


@pytest.mark.parametrize(
    ("month", "sector", "payer", "met", "why"),
    [
        (date(2026, 5, 1), Sector.OTHER, Payer.APBD_KAB, True, "APBD kabupaten/kota, yang dikecualikan"),
        (date(2026, 5, 1), Sector.OTHER, Payer.DBHCHT, True, "dibelanjakan melalui APBD"),
        (date(2026, 3, 1), Sector.OTHER, Payer.SELF, True, "di luar masa keringanan untuk sektor di luar angkutan"),
        (date(2020, 8, 1), Sector.OTHER, Payer.SELF, False, "sampai Juli 2020 belum lunas"),
    ],
)
def test_a_relief_that_does_not_apply_says_why_and_adds_nothing(month, sector, payer, met, why):
    cost = contribution(month, sector=sector, payer=payer, paid_through_july_2020=met)
    last = cost.explanation.steps[-1]
    assert last.amount is None
    assert why in last.words.id
    assert last.citations


def test_what_the_region_decided_stands_on_the_step_and_both_ways_are_shown():
    month = date(2026, 4, 1)
    for decisions, answer, total in ((DECIDED_YES, "yes", 16_800), (DECIDED_NO, "no", 8_400)):
        explained = contribution(month, payer=Payer.APBDES, decisions=decisions).explanation
        assert [(met.question_code, met.answer) for met in explained.decided] == [(QUESTION, answer)]
        assert explained.total == total
    account = explain(lambda ds: contribution(month, payer=Payer.APBDES, decisions=ds), decisions=DECIDED_YES)
    assert {way.answer.code: way.explanation.total for way in account.ways[QUESTION]} == {"yes": 16_800, "no": 8_400}


@pytest.mark.parametrize("payer", Payer)
def test_a_step_is_marked_as_our_reading_exactly_where_the_contribution_is(payer):
    cost = contribution(date(2026, 5, 1), payer=payer, decisions=DECIDED_NO)
    assert cost.explanation.inferred == cost.inferred
    assert cost.inferred == (payer in {Payer.DBH_SAWIT, Payer.DBHCHT, Payer.OTSUS, Payer.CSR, Payer.DONOR, Payer.ZAKAT})


@given(known_months, incomes, packages, st.sampled_from(Sector), st.sampled_from(Payer), st.booleans(), income_bases)
def test_the_steps_sum_to_the_contribution(month, income, programmes, sector, payer, met, income_base):
    cost = contribution(
        month, income=income, programmes=programmes, sector=sector, payer=payer,
        decisions=DECIDED_NO, paid_through_july_2020=met, income_base=income_base,
    )  # fmt: skip
    explained = cost.explanation
    assert explained.total == cost.total
    assert explained.recalled == cost.recalled
    assert set(cost.citations) <= set(explained.citations)
    for name in ("jkk", "jkm", "jht"):
        parts = [s.amount for s in explained.steps if s.amount is not None and s.code.split(".")[-1] == name]
        assert sum(parts) == getattr(cost, name)


def test_two_reliefs_in_one_month_multiply_and_their_steps_still_sum():
    both = LAW.with_value("relief.pp49_2020.rate", date(2026, 5, 1), Decimal("0.99"), until=date(2026, 6, 1))
    cost = contribution(date(2026, 5, 1), law=both)
    assert (cost.jkk, cost.jkm, cost.explanation.total) == (50, 34, 84)
    assert steps(cost)["relief.pp50_2025.jkk"] == -50


# --- Disputed and checked bands ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("income", "disputed"),
    [(1_899_999, False), (1_900_000, True), (2_699_999, True), (2_700_000, False)],
)
def test_the_bands_on_which_two_recollections_differ_say_so(income, disputed):
    cost = contribution(date(2025, 6, 1), income=income)
    assert cost.recalled
    assert any("hanya Lampiran II" in note.id for note in cost.explanation.notes) == disputed


def test_a_disputed_band_does_not_matter_to_jkm_alone():
    assert not contribution(date(2025, 6, 1), income=2_000_000, programmes={Programme.JKM}).explanation.notes


def test_a_table_that_a_person_compared_with_the_gazette_is_checked_in_all_its_rows():
    check = Check("bpu.bands", date(2015, 7, 1), "A. Reader", date(2026, 11, 1))
    cost = contribution(date(2025, 6, 1), income=2_000_000, law=LAW.with_checks([check]))
    assert cost.citations[0].confidence is Confidence.CHECKED
    assert not cost.recalled
    assert not cost.explanation.notes


# --- Exact income as the base ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("income", "jkk", "jht"),
    [
        (None, 10_000, 20_000),
        (0, 10_000, 20_000),
        (999_999, 10_000, 20_000),  # not below the lowest base
        (1_000_000, 10_000, 20_000),  # the two ways agree at 1 and 2 million
        (2_000_000, 20_000, 40_000),
        (1_234_550, 12_346, 24_691),  # half up
        (20_700_000, 207_000, 414_000),
        (30_000_000, 207_000, 414_000),  # not above the highest contribution
    ],
)
def test_the_exact_income_as_the_base_stays_between_the_lowest_and_the_highest(income, jkk, jht):
    cost = contribution(date(2025, 6, 1), income=income, programmes=JKK_JKM_JHT, income_base=IncomeBase.EXACT)
    assert (cost.jkk, cost.jht) == (jkk, jht)


def test_rounding_is_cited_when_it_happens_and_only_then():
    def cites_rounding(income):
        cost = contribution(date(2025, 6, 1), income=income, income_base=IncomeBase.EXACT)
        return "rounding" in {citation.key for citation in cost.explanation.citations}

    assert cites_rounding(1_234_550)
    assert not cites_rounding(1_234_500)
    assert not cites_rounding(30_000_050)  # the highest contribution is whole


def test_the_exact_base_says_that_sources_differ_and_does_not_rest_on_the_table():
    cost = contribution(date(2025, 6, 1), income=5_000_000, income_base=IncomeBase.EXACT)
    assert cost.base == 5_000_000
    assert not cost.recalled
    assert any("tabel golongan" in note.id for note in cost.explanation.notes)


@given(st.integers(0, 30_000_000), st.integers(0, 5_000_000))
def test_a_higher_exact_income_never_costs_less(income, more):
    low, high = (
        contribution(date(2026, 5, 1), income=each, programmes=JKK_JKM_JHT, income_base=IncomeBase.EXACT).total
        for each in (income, income + more)
    )
    assert low <= high


# --- Several months at once ---------------------------------------------------------------------------


def lump(first_month, months, *, income=None, programmes=JKK_JKM, sector=Sector.OTHER, payer=Payer.SELF, **more):
    return lump_contribution(
        first_month, months=months, income=income, programmes=programmes, sector=sector, payer=payer, law=LAW, **more
    )


@pytest.mark.parametrize(
    ("first_month", "months", "sector", "total"),
    [
        (date(2025, 1, 1), 12, Sector.OTHER, 201_600),
        (date(2025, 1, 1), 1, Sector.OTHER, 16_800),
        (date(2026, 12, 1), 2, Sector.OTHER, 8_400 + 16_800),  # out of the relief
        (date(2026, 3, 1), 3, Sector.OTHER, 16_800 + 2 * 8_400),  # into it
        (date(2026, 12, 1), 6, Sector.TRANSPORT, 4 * 8_400 + 2 * 16_800),
        (date(2025, 12, 1), 2, Sector.TRANSPORT, 16_800 + 8_400),
    ],
)
def test_each_month_paid_at_once_is_priced_by_its_own_law(first_month, months, sector, total):
    paid = lump(first_month, months, sector=sector)
    assert paid.total == total
    assert paid.explanation.total == total


def test_a_lump_over_a_change_shows_both_prices():
    paid = lump(date(2026, 12, 1), 3)
    sums = [(step.words.id, step.formula) for step in paid.explanation.steps if step.amount is not None]
    assert sums == [
        ("Iuran Desember 2026", "1 bulan × Rp8.400 = Rp8.400"),
        ("Iuran Januari 2027 – Februari 2027", "2 bulan × Rp16.800 = Rp33.600"),
    ]


@pytest.mark.parametrize("months", [0, -1, 4, 5, 7, 13, 24])
def test_other_numbers_of_months_are_refused_and_the_offered_ones_named(months):
    with pytest.raises(LumpNotOffered) as refused:
        lump(date(2025, 1, 1), months)
    assert "1, 2, 3, 6 atau 12 bulan" in str(refused.value)
    assert refused.value.offered == (1, 2, 3, 6, 12)


def test_the_payment_periods_are_recalled_and_so_is_a_lump():
    assert lump(date(2025, 1, 1), 2).recalled
    assert lump(date(2025, 1, 1), 2).explanation.recalled


def test_payment_periods_are_known_from_april_2021_on():
    assert lump(date(2021, 4, 1), 3).total == 3 * 16_800
    with pytest.raises(NotInForce):
        lump(date(2021, 3, 1), 3)


def test_a_lump_that_reaches_an_unsettled_month_needs_the_decision():
    assert lump(date(2026, 1, 1), 3, payer=Payer.APBDES).total == 3 * 16_800
    with pytest.raises(NeedsDecision):
        lump(date(2026, 2, 1), 3, payer=Payer.APBDES)


@given(
    st.integers(0, 80).map(lambda number: add_months(date(2021, 4, 1), number)),
    st.sampled_from([1, 2, 3, 6, 12]),
    incomes,
    packages,
    st.sampled_from(Sector),
    st.sampled_from(Payer),
)
def test_a_lump_is_the_sum_of_its_months(first_month, months, income, programmes, sector, payer):
    facts = {"income": income, "programmes": programmes, "sector": sector, "payer": payer, "decisions": DECIDED_NO}
    paid = lump(first_month, months, **facts)
    assert paid.total == sum(contribution(add_months(first_month, n), **facts).total for n in range(months))
    assert paid.explanation.total == paid.total
    assert paid.explanation.recalled


# --- Every payer on both sides of every change ---------------------------------------------------------

RELIEVED = {Payer.SELF, Payer.CSR, Payer.DONOR, Payer.ZAKAT}


@pytest.mark.parametrize("payer", [payer for payer in Payer if payer is not Payer.APBDES])
@pytest.mark.parametrize(
    ("last", "sector", "before", "after"),
    [
        (date(2020, 7, 1), Sector.OTHER, 16_800, 168),
        (date(2021, 1, 1), Sector.OTHER, 168, 16_800),
        (date(2020, 7, 1), Sector.TRANSPORT, 16_800, 168),
        (date(2021, 1, 1), Sector.TRANSPORT, 168, 16_800),
    ],
)
def test_pp_49_of_2020_did_not_ask_who_paid(payer, last, sector, before, after):
    assert contribution(last, sector=sector, payer=payer).total == before
    assert contribution(add_months(last, 1), sector=sector, payer=payer).total == after


@pytest.mark.parametrize("payer", [payer for payer in Payer if payer is not Payer.APBDES])
@pytest.mark.parametrize(
    ("last_before", "last_of_relief", "sector"),
    [
        (date(2025, 12, 1), date(2027, 3, 1), Sector.TRANSPORT),
        (date(2026, 3, 1), date(2026, 12, 1), Sector.OTHER),
    ],
)
def test_pp_50_of_2025_halves_for_who_does_not_live_of_a_state_budget(payer, last_before, last_of_relief, sector):
    in_relief = 8_400 if payer in RELIEVED else 16_800
    totals = [
        contribution(month, sector=sector, payer=payer).total
        for month in (last_before, add_months(last_before, 1), last_of_relief, add_months(last_of_relief, 1))
    ]
    assert totals == [16_800, in_relief, in_relief, 16_800]
