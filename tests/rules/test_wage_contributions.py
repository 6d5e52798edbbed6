"""What a wage earner costs: who bears which part, ceilings by year, reliefs and their last days."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naung.rules.law import NotInForce, current_law
from naung.rules.money import share
from naung.rules.periods import add_months
from naung.rules.wage_contributions import (
    ALL_FOUR,
    Bearer,
    NegativeWage,
    NoSuchRiskClass,
    WageContribution,
    WageProgramme,
    ppu_contribution,
)

LAW = current_law()
P = WageProgramme
MONTHS = st.integers(0, 160).map(lambda n: add_months(date(2015, 7, 1), n))
WAGES = st.integers(0, 200_000_000)


def asked(year: int, month: int, wage: int = 10_000_000, **facts: object) -> WageContribution:
    return ppu_contribution(date(year, month, 1), wage=wage, **({"risk_class": 2, "law": LAW} | facts))


@pytest.mark.parametrize(
    ("risk_class", "rate"), [(1, "0.0024"), (2, "0.0054"), (3, "0.0089"), (4, "0.0127"), (5, "0.0174")]
)
def test_jkk_goes_by_the_class_of_risk_and_has_no_ceiling(risk_class, rate):
    assert asked(2026, 5, 50_000_000, risk_class=risk_class).jkk == share(50_000_000, Decimal(rate))


def test_employer_and_worker_bear_their_parts():
    one = asked(2026, 5, 5_000_000)
    assert (one.jkk, one.jkm) == (27_000, 15_000)
    assert (one.jht_employer, one.jht_employee) == (185_000, 100_000)
    assert (one.jp_employer, one.jp_employee) == (100_000, 50_000)
    assert (one.employer_total, one.employee_total, one.total) == (327_000, 150_000, 477_000)
    assert {step.borne_by for step in one.explanation.steps if step.amount} == {"employer", "worker"}


CEILINGS = {
    2015: 7_000_000, 2016: 7_335_300, 2017: 7_703_500, 2018: 8_094_000, 2019: 8_512_400, 2020: 8_939_700,
    2021: 8_754_600, 2022: 9_077_600, 2023: 9_559_600, 2024: 10_042_300, 2025: 10_547_400, 2026: 11_086_300,
}  # fmt: skip


@pytest.mark.parametrize("year", range(2016, 2027))
def test_the_jp_ceiling_changes_with_march(year):
    for month, ceiling in ((2, CEILINGS[year - 1]), (3, CEILINGS[year])):
        one = asked(year, month, 20_000_000)
        assert one.jp_employer == share(ceiling, Decimal("0.02"))
        assert one.jp_employee == share(ceiling, Decimal("0.01"))
        assert one.jht_employer == 740_000, "JHT has no ceiling"


def test_a_wage_at_the_ceiling_and_one_rupiah_above_pay_the_same_jp():
    at, above = asked(2026, 5, 11_086_300), asked(2026, 5, 11_086_301)
    assert (at.jp_employer, at.jp_employee) == (above.jp_employer, above.jp_employee) == (221_726, 110_863)
    assert not any("batas upah" in step.words.id for step in at.explanation.steps)
    assert any("batas upah" in step.words.id for step in above.explanation.steps)


@pytest.mark.parametrize(
    ("month", "risk_class", "jkk"),
    [
        ((2025, 1), 2, 54_000),  # last month before PP 7/2025
        ((2025, 2), 2, 27_000),
        ((2025, 7), 2, 27_000),  # last month of PP 7/2025, then PP 36/2025
        ((2025, 8), 2, 27_000),
        ((2026, 1), 3, 44_500),
        ((2026, 2), 3, 89_000),  # back to the ordinary rate
    ],
)
def test_labour_intensive_employers_pay_half_of_jkk_in_their_months(month, risk_class, jkk):
    one = asked(*month, risk_class=risk_class, labour_intensive=True)
    assert one.jkk == jkk
    assert one.jkm == 30_000, "JKM is not lowered"
    assert asked(*month, risk_class=risk_class).jkk == (54_000 if risk_class == 2 else 89_000)


def test_half_is_taken_of_the_rate_and_not_of_a_rounded_contribution():
    assert asked(2025, 9, 3_333_333, risk_class=3, labour_intensive=True).jkk == share(3_333_333, Decimal("0.00445"))


def test_an_employer_with_too_few_workers_gets_no_relief_and_is_told():
    one = asked(2025, 9, labour_intensive=True, workers=49)
    assert one.jkk == 54_000
    assert any("49" in step.words.id for step in one.explanation.steps)
    assert asked(2025, 9, labour_intensive=True, workers=50).jkk == 27_000


@pytest.mark.parametrize(("settled_on", "jkk"), [(date(2026, 6, 30), 27_000), (date(2026, 7, 1), 54_000)])
def test_months_of_pp_36_settled_after_june_2026_are_owed_in_full(settled_on, jkk):
    assert asked(2025, 8, labour_intensive=True, settled_on=settled_on).jkk == jkk
    assert asked(2025, 7, labour_intensive=True, settled_on=settled_on).jkk == 27_000, "PP 7/2025 has no such day"


@pytest.mark.parametrize(
    ("month", "jkk", "jkm", "deferred"),
    [
        ((2020, 7), 54_000, 30_000, 0),
        ((2020, 8), 540, 300, 265_509),  # 99 % of 178.794 and of 89.397, each rounded
        ((2021, 1), 540, 300, 265_509),
        ((2021, 2), 54_000, 30_000, 0),
    ],
)
def test_in_the_pandemic_jkk_and_jkm_were_one_percent_and_jp_could_wait(month, jkk, jkm, deferred):
    one = asked(*month)
    assert (one.jkk, one.jkm, one.jp_deferred) == (jkk, jkm, deferred)
    assert one.due_now == one.total - deferred
    assert one.due(P.JP) == 178_794 + 89_397, "what waits is still owed"


@pytest.mark.parametrize("month", [(2020, 8), (2021, 1)])
def test_who_was_in_arrears_in_july_2020_got_no_relief_and_no_delay(month):
    one = asked(*month, paid_through_july_2020=False)
    assert (one.jkk, one.jkm, one.jp_deferred) == (54_000, 30_000, 0)


@pytest.mark.parametrize(
    ("month", "parts"),
    [
        ((2021, 2), None),  # PP 37/2021 came on 2 February: the month is judged on its first day
        ((2021, 3), (11_000, 7_000, 5_000)),
        ((2025, 2), (11_000, 7_000, 5_000)),
        ((2025, 3), (11_000, 7_000, 0)),  # PP 6/2025 dropped the part from JKM
    ],
)
def test_jkp_is_fed_by_the_state_and_from_the_bill_and_never_added_to_it(month, parts):
    one = asked(*month)
    assert (one.jkp and (one.jkp.state, one.jkp.from_jkk, one.jkp.from_jkm)) == parts
    assert one.total == one.explanation.total == one.employer_total + one.employee_total


def test_who_owed_for_july_2020_may_not_defer_jp_which_is_our_reading():
    met, not_met = asked(2020, 9), asked(2020, 9, paid_through_july_2020=False)
    assert not met.explanation.inferred
    assert not_met.explanation.inferred
    assert not_met.due_now == not_met.total
    assert not asked(2020, 9, programmes=[P.JKK, P.JKM], paid_through_july_2020=False).explanation.inferred


@pytest.mark.parametrize(
    ("month", "noted"),
    [
        ((2021, 1), False),
        ((2021, 2), True),
        ((2021, 3), False),
        ((2025, 1), False),
        ((2025, 2), True),
        ((2025, 3), False),
    ],
)
def test_a_month_in_which_jkp_changed_says_that_its_first_day_counts(month, noted):
    assert any("tanggal 1" in note.id for note in asked(*month).explanation.notes) is noted
    assert not asked(*month, programmes=[P.JKK, P.JKM]).explanation.notes


@pytest.mark.parametrize(
    ("wage", "state"), [(4_999_999, 11_000), (5_000_000, 11_000), (5_000_001, 11_000), (4_000_000, 8_800)]
)
def test_jkp_is_counted_up_to_its_own_ceiling(wage, state):
    jkp = asked(2026, 5, wage).jkp
    assert jkp is not None
    assert jkp.state == state
    assert jkp.base == min(wage, 5_000_000)


def test_who_bears_jkp_is_said_without_an_amount():
    steps = {step.code: step for step in asked(2024, 5).explanation.steps if step.code.startswith("jkp.")}
    assert {code: (step.borne_by, step.amount) for code, step in steps.items()} == {
        "jkp.state": ("state", None),
        "jkp.from_jkk": ("employer", None),
        "jkp.from_jkm": ("employer", None),
    }


@pytest.mark.parametrize(("risk_class", "noted"), [(1, True), (2, False)])
def test_a_halved_jkk_that_is_less_than_its_part_for_jkp_is_pointed_out(risk_class, noted):
    one = asked(2025, 9, 4_000_000, risk_class=risk_class, labour_intensive=True)
    assert any("lebih kecil daripada bagiannya" in note.id for note in one.explanation.notes) is noted


def test_what_was_assumed_of_a_labour_intensive_employer_is_said():
    silent = [note.id for note in asked(2025, 9, labour_intensive=True).explanation.notes]
    assert any("50" in note for note in silent)
    assert any("30 Juni 2026" in note for note in silent)
    told = asked(2025, 9, labour_intensive=True, workers=50, settled_on=date(2026, 6, 30)).explanation
    assert told.notes == ()
    assert {"workers", "settled_on", "labour_intensive"} <= {fact.code for fact in told.facts}
    pp7 = [note.id for note in asked(2025, 7, labour_intensive=True).explanation.notes]
    assert not any("30 Juni 2026" in note for note in pp7)
    after = asked(2026, 2, labour_intensive=True).explanation
    assert [note.id for note in after.notes] == ["Untuk bulan ini tidak ada keringanan industri padat karya."]


def test_rounding_is_cited_where_something_was_rounded():
    def cited(wage: int, **facts: object) -> set[str]:
        steps = asked(2026, 5, wage, programmes=[P.JKK], **facts).explanation.steps
        return {citation.key for step in steps for citation in step.citations}

    assert "rounding" not in cited(5_000_000)
    assert "rounding" in cited(5_000_001)


def test_a_part_of_exactly_half_a_rupiah_is_rounded_up():
    assert asked(2026, 5, 1_250, risk_class=1, programmes=[P.JKK]).jkk == 3
    assert asked(2026, 5, 500, programmes=[P.JKM]).jkm == 2  # 1,5
    assert asked(2026, 5, 0).total == 0


def test_a_scenario_of_a_later_relief_needs_no_number_of_workers():
    later = LAW.with_value("relief.pp7_2025.rate", date(2027, 1, 1), Decimal("0.5"), until=date(2027, 7, 1))
    assert asked(2027, 6, labour_intensive=True, workers=3, law=later).jkk == 27_000
    assert asked(2027, 7, labour_intensive=True, law=later).jkk == 54_000


def test_before_its_promulgation_nobody_knew_the_extension_of_the_relief():
    known = LAW.as_known_on(date(2025, 9, 3))
    assert asked(2025, 8, labour_intensive=True, law=known).jkk == 54_000
    assert asked(2025, 7, labour_intensive=True, law=known).jkk == 27_000
    assert asked(2025, 8, labour_intensive=True, law=LAW.as_known_on(date(2025, 9, 4))).jkk == 27_000


def test_an_employer_of_fewer_programmes_pays_fewer_parts():
    micro = asked(2026, 5, programmes=[P.JKK, P.JKM])
    assert (micro.jkk, micro.jkm, micro.total) == (54_000, 30_000, 84_000)
    assert micro.jkp is None
    assert micro.due(P.JHT) == micro.due(P.JP, Bearer.WORKER) == 0


def test_impossible_facts_are_refused():
    with pytest.raises(NegativeWage):
        asked(2026, 5, -1)
    for risk_class in (0, 6):
        with pytest.raises(NoSuchRiskClass):
            asked(2026, 5, risk_class=risk_class)
    with pytest.raises(NotInForce):
        asked(2015, 6)


def test_a_ceiling_that_was_only_remembered_marks_the_result():
    assert asked(2017, 5).recalled
    assert not asked(2026, 5, 5_000_000).recalled
    assert not asked(2017, 5, 5_000_000).recalled, "below the ceiling nothing rests on it"


@given(MONTHS, WAGES, WAGES, st.integers(1, 5), st.booleans(), st.booleans())
def test_a_higher_wage_never_costs_less(month, wage, more, risk_class, intensive, met):
    facts = {"risk_class": risk_class, "labour_intensive": intensive, "paid_through_july_2020": met, "law": LAW}
    low, high = (ppu_contribution(month, wage=w, **facts) for w in sorted((wage, wage + more)))
    assert all(a.due <= b.due for a, b in zip(low.parts, high.parts, strict=True))


@given(MONTHS, WAGES, st.integers(1, 5), st.sets(st.sampled_from(list(ALL_FOUR))), st.booleans())
def test_a_relief_never_raises_and_the_steps_add_up(month, wage, risk_class, programmes, met):
    facts = {"wage": wage, "risk_class": risk_class, "programmes": programmes, "law": LAW}
    with_relief = ppu_contribution(month, labour_intensive=True, paid_through_july_2020=met, **facts)
    without = ppu_contribution(month, labour_intensive=False, paid_through_july_2020=False, **facts)
    assert with_relief.total <= without.total
    assert with_relief.explanation.total == with_relief.total
    assert 0 <= with_relief.jp_deferred <= with_relief.due(P.JP)
    assert {part.programme for part in with_relief.parts} == programmes
    one = with_relief
    assert one.total == one.employer_total + one.employee_total == sum(one.due(programme) for programme in P)
    assert one.total == one.jkk + one.jkm + one.jht_employer + one.jht_employee + one.jp_employer + one.jp_employee
    assert one.due_now == one.total - one.jp_deferred <= one.total


@given(MONTHS, WAGES, st.integers(1, 5), st.booleans(), st.booleans())
def test_each_side_bears_what_its_steps_say(month, wage, risk_class, intensive, met):
    one = ppu_contribution(
        month, wage=wage, risk_class=risk_class, labour_intensive=intensive, paid_through_july_2020=met, law=LAW
    )
    borne = {"employer": 0, "worker": 0}
    for step in one.explanation.steps:
        if step.amount is not None:
            borne[step.borne_by] += step.amount
    assert borne == {"employer": one.employer_total, "worker": one.employee_total}


def test_every_number_used_is_cited():
    keys = {citation.key for citation in asked(2025, 8, 20_000_000, labour_intensive=True).explanation.citations}
    assert {
        "ppu.jkk.class2", "ppu.jkm.rate", "ppu.jht.employer", "ppu.jht.employee", "ppu.jp.employer", "ppu.jp.employee",
        "ppu.jp.wage_ceiling", "relief.pp36_2025.rate", "relief.pp7_2025.min_workers", "relief.pp36_2025.settle_by",
        "ppu.jkp.state", "ppu.jkk.recomposition", "ppu.jkp.wage_cap",
    } <= keys  # fmt: skip
