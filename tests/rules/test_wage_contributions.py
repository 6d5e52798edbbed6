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


def test_every_number_used_is_cited():
    keys = {citation.key for citation in asked(2025, 8, 20_000_000, labour_intensive=True).explanation.citations}
    assert {
        "ppu.jkk.class2", "ppu.jkm.rate", "ppu.jht.employer", "ppu.jht.employee", "ppu.jp.employer", "ppu.jp.employee",
        "ppu.jp.wage_ceiling", "relief.pp36_2025.rate", "relief.pp7_2025.min_workers", "relief.pp36_2025.settle_by",
        "ppu.jkp.state", "ppu.jkk.recomposition", "ppu.jkp.wage_cap",
    } <= keys  # fmt: skip
