"""Worker-months of every segment at once say what the plain functions say, on every boundary of the law."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naung.bulk.contributions import package
from naung.bulk.wage_contributions import ppu_contributions, wage_package
from naung.bulk.worker_months import AMOUNTS, worker_month_contributions
from naung.refusal import Refusal
from naung.rules.construction import construction_by_wage
from naung.rules.contributions import Payer, Programme, Sector, bpu_contribution
from naung.rules.decisions import UNDECIDED, Decision, Decisions
from naung.rules.law import Law, current_law
from naung.rules.periods import add_months, first_of_month
from naung.rules.wage_contributions import WageProgramme, ppu_contribution

LAW = current_law()
DECIDED = Decisions((Decision("pp50_2025.apbdes_is_apbd", "no", date(2026, 5, 10), until=date(2026, 8, 1)),))
# A scenario that changes inside a month, ends and repeals: the columns must follow it all.
SUPPOSED = (
    LAW.with_value("ppu.jkm.rate", date(2024, 3, 15), Decimal("0.0033"), until=date(2024, 9, 1))
    .with_value("ppu.jp.wage_ceiling", date(2026, 6, 1), 1_234_567)
    .with_value("ppu.jkk.class4", date(2026, 10, 1), None, until=date(2026, 11, 1))
    .with_value("jakon.wage.jkm", date(2026, 2, 1), Decimal("0.0123456789"))
    .with_value("relief.pp7_2025.rate", date(2025, 2, 1), Decimal("0.333"), until=date(2025, 8, 1))
    .with_value("bpu.jkm.amount", date(2024, 3, 15), 7_777, until=date(2024, 9, 1))
)
PREFIXES = ("bpu.", "ppu.", "relief.", "jakon.", "rounding")
CHANGES = {first_of_month(day) for law in (LAW, SUPPOSED) for day in law.changes(*PREFIXES)}
MONTHS = sorted({add_months(day, step) for day in CHANGES for step in (-1, 0, 1)})
CEILINGS = sorted({line.value for line in SUPPOSED.parameters["ppu.jp.wage_ceiling"].values})
WAGES = [0, 1, 99, 5_000_000, 5_000_001, *(top + step for top in CEILINGS for step in (-1, 0, 1)), 10**12]

rows = st.fixed_dictionaries(
    {
        "month": st.sampled_from(MONTHS) | st.dates(date(2015, 1, 1), date(2029, 1, 1)).map(first_of_month),
        "segment": st.sampled_from(["BPU", "PPU", "JAKON"]),
        "wage": st.sampled_from(WAGES) | st.integers(-5, 60_000_000),
        "sector": st.sampled_from([sector.value for sector in Sector]),
        "payer": st.sampled_from([payer.value for payer in Payer]),
        "risk_class": st.integers(0, 6),
        "bpu_package": st.sets(st.sampled_from(list(Programme)), min_size=1).map(package),
        "ppu_package": st.sets(st.sampled_from(list(WageProgramme)), min_size=1).map(wage_package),
        "labour_intensive": st.booleans(),
        "workers": st.none() | st.sampled_from([0, 49, 50, 51]),
        "settled_on": st.none() | st.sampled_from([date(2026, 6, 30), date(2026, 7, 1)]),
        "paid_through_july_2020": st.booleans(),
    }
)


def to_frame(people: list[dict]) -> pl.DataFrame:
    frame = pl.DataFrame(
        people, schema_overrides={"month": pl.Date, "workers": pl.Int64, "settled_on": pl.Date, "wage": pl.Int64}
    )
    ppu = pl.col("segment") == "PPU"
    return frame.with_columns(programmes=pl.when(ppu).then("ppu_package").otherwise("bpu_package")).drop(
        "bpu_package", "ppu_package"
    )


def plainly(row: dict, law: Law, decisions: Decisions) -> dict:
    try:
        return _asked(row, law, decisions)
    except Refusal as refusal:
        return dict.fromkeys((*AMOUNTS, "relief", "recalled")) | {"refusal": refusal.code}


def _asked(row: dict, law: Law, decisions: Decisions) -> dict:
    month, wage, met = row["month"], row["wage"], row["paid_through_july_2020"]
    names = row["programmes"].split("+")
    jp = worker = deferred = 0
    if row["segment"] == "BPU":
        one = bpu_contribution(
            month, income=wage, programmes=[Programme(name) for name in names], sector=Sector(row["sector"]),
            payer=Payer(row["payer"]), law=law, decisions=decisions, paid_through_july_2020=met,
        )  # fmt: skip
        jkk, jkm, jht, relief = one.jkk, one.jkm, one.jht, one.relief and one.relief.key
    elif row["segment"] == "PPU":
        ppu = ppu_contribution(
            month, wage=wage, risk_class=row["risk_class"], programmes=[WageProgramme(name) for name in names],
            labour_intensive=row["labour_intensive"], workers=row["workers"], settled_on=row["settled_on"],
            paid_through_july_2020=met, law=law,
        )  # fmt: skip
        jkk, jkm, relief = ppu.jkk, ppu.jkm, ppu.relief and ppu.relief.key
        jht, jp = ppu.due(WageProgramme.JHT), ppu.due(WageProgramme.JP)
        worker, deferred, one = ppu.employee_total, ppu.jp_deferred, ppu
    else:
        one = construction_by_wage(month, wage=wage, paid_through_july_2020=met, law=law)
        jkk, jkm, jht = one.jkk, one.jkm, 0
        relief = "relief.pp49_2020" if law.rate("relief.pp49_2020.rate").find(month) and met else None
    amounts = dict(zip(AMOUNTS, (jkk, jkm, jht, jp, worker, deferred, one.total), strict=True))
    return amounts | {"relief": relief, "recalled": one.recalled, "refusal": None}


@settings(deadline=None)  # the first example asks the plain function for every cell
@given(
    st.lists(rows, min_size=1, max_size=40),
    st.sampled_from([LAW, SUPPOSED]),
    st.sampled_from([UNDECIDED, DECIDED]),
)
def test_the_columns_say_what_the_rules_say(people, law, decisions):
    asked = to_frame(people)
    priced = worker_month_contributions(asked, law=law, decisions=decisions)
    for row, found in zip(asked.iter_rows(named=True), priced.iter_rows(named=True), strict=True):
        assert found == row | plainly(row, law, decisions)


@pytest.mark.parametrize("segment", ["PPU", "JAKON"])
def test_every_boundary_month_and_wage_agrees(segment):
    plain = {
        "segment": segment, "sector": "other", "payer": "self", "bpu_package": "JKK+JKM",
        "ppu_package": "JKK+JKM+JHT+JP", "workers": None, "settled_on": None,
    }  # fmt: skip
    people = [
        plain
        | {"month": month, "wage": wage, "risk_class": at % 5 + 1}
        | {"labour_intensive": bool(at % 2), "paid_through_july_2020": at % 3 > 0}
        for at, (month, wage) in enumerate((month, wage) for month in MONTHS for wage in WAGES)
    ]
    asked = to_frame(people)
    priced = worker_month_contributions(asked, law=LAW)
    assert priced.rows(named=True) == [row | plainly(row, LAW, UNDECIDED) for row in asked.rows(named=True)]


def test_only_the_needed_columns_are_asked_for_and_empty_facts_are_no_zero():
    frame = pl.DataFrame(
        {
            "month": [date(2026, 5, 1), None, date(2026, 5, 1)],
            "wage": [10_000_000, 1, None],
            "risk_class": [2, 2, 2],
            "programmes": ["JKK", "JKK", "JKK"],
        }
    )
    priced = ppu_contributions(frame, law=LAW).collect()
    assert priced.columns[:4] == frame.columns
    assert priced["jkk_rp"].to_list() == [54_000, None, None]
    assert priced["refusal"].to_list() == [None, "facts_missing", "facts_missing"]


def test_a_row_without_a_segment_is_refused_and_the_order_stays():
    people = to_frame(
        [
            {
                "month": date(2026, 5, 1), "segment": segment, "wage": 1_000_000, "sector": "other", "payer": "self",
                "risk_class": 1, "bpu_package": "JKK+JKM", "ppu_package": "JKM", "labour_intensive": False,
                "workers": None, "settled_on": None, "paid_through_july_2020": True,
            }
            for segment in ("PPU", None, "BPU", "JAKON", "PPU")
        ]
    )  # fmt: skip
    priced = worker_month_contributions(people, law=LAW)
    assert priced["total_rp"].to_list() == [3_000, None, 8_400, 20_400, 3_000]
    assert priced["refusal"].to_list() == [None, "segment_unknown", None, None, None]
