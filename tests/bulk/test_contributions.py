"""The columns say what the rules say, for every boundary of the law."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naung.bulk.contributions import PAYERS, SECTORS, contributions, package
from naung.refusal import Refusal
from naung.rules.contributions import JKK_JKM, Payer, Programme, Sector, bpu_contribution
from naung.rules.decisions import UNDECIDED, Decision, Decisions
from naung.rules.law import Law, current_law
from naung.rules.periods import add_months, first_of_month

LAW = current_law()
DECIDED = Decisions(
    (
        Decision("pp50_2025.apbdes_is_apbd", "no", date(2026, 5, 10), until=date(2026, 8, 1)),
        Decision("pp50_2025.apbdes_is_apbd", "yes", date(2026, 9, 1)),
    )
)
# A scenario that changes inside a month, ends, repeals JHT and moves the bands: the table must follow it all.
SUPPOSED = (
    LAW.with_value("bpu.jkm.amount", date(2024, 3, 15), 7_777, until=date(2024, 9, 1))
    .with_value("bpu.jht.rate", date(2026, 6, 1), None)
    .with_value("bpu.jkk.rate", date(2026, 10, 1), None, until=date(2026, 11, 1))
    .with_value("relief.pp50_2025.rate", date(2026, 1, 1), Decimal("0.333"), until=date(2027, 4, 1))
    .with_value("bpu.bands", date(2026, 2, 1), LAW.table("bpu.bands").on(date(2025, 1, 1))[:10])
)

# Every month on either side of a change of the law, and every income on either side of a band.
CHANGES = sorted({first_of_month(day) for day in (*LAW.changes("bpu.", "relief."), *SUPPOSED.changes("bpu."))})
BOUNDARY_MONTHS = sorted({add_months(day, step) for day in CHANGES for step in (-1, 0, 1)})
BAND_STARTS = [row["income_from"] for row in LAW.table("bpu.bands").on(date(2025, 1, 1))]
BOUNDARY_INCOMES = [start + step for start in BAND_STARTS for step in (-1, 0, 1)]

rows = st.fixed_dictionaries(
    {
        "month": st.sampled_from(BOUNDARY_MONTHS) | st.dates(date(2015, 1, 1), date(2029, 1, 1)).map(first_of_month),
        "income": st.none() | st.sampled_from(BOUNDARY_INCOMES) | st.integers(-5, 30_000_000),
        "sector": st.sampled_from([sector.value for sector in Sector]),
        "payer": st.sampled_from([payer.value for payer in Payer]),
        "programmes": st.sets(st.sampled_from(list(Programme)), min_size=1).map(package),
        "paid_through_july_2020": st.booleans(),
    }
)


def to_frame(people: list[dict]) -> pl.DataFrame:
    return pl.DataFrame(people, schema_overrides={"income": pl.Int64, "month": pl.Date})


def plainly(row: dict, law: Law, decisions: Decisions) -> dict:
    try:
        cost = bpu_contribution(
            row["month"],
            income=row["income"],
            programmes=[Programme(name) for name in row["programmes"].split("+")],
            sector=Sector(row["sector"]),
            payer=Payer(row["payer"]),
            law=law,
            decisions=decisions,
            paid_through_july_2020=row.get("paid_through_july_2020", True),
        )
    except Refusal as refusal:
        nothing = dict.fromkeys(("jkk_rp", "jkm_rp", "jht_rp", "total_rp", "relief", "recalled"))
        return {**nothing, "refusal": refusal.code}
    return {
        "jkk_rp": cost.jkk,
        "jkm_rp": cost.jkm,
        "jht_rp": cost.jht,
        "total_rp": cost.total,
        "relief": cost.relief.key if cost.relief else None,
        "recalled": cost.recalled,
        "refusal": None,
    }


@settings(deadline=None)  # the first example builds the tariff
@given(
    st.lists(rows, min_size=1, max_size=40),
    st.sampled_from([LAW, SUPPOSED]),
    st.sampled_from([UNDECIDED, DECIDED]),
)
def test_the_columns_say_what_the_rules_say(people, law, decisions):
    priced = contributions(to_frame(people), law=law, decisions=decisions).collect()
    for row, found in zip(people, priced.iter_rows(named=True), strict=True):
        assert found == row | plainly(row, law, decisions)


def test_every_boundary_month_sector_and_payer_agrees_for_the_usual_package():
    people = [
        {
            "month": month,
            "income": None,
            "sector": sector.value,
            "payer": payer.value,
            "programmes": "JKK+JKM",
        }
        for month in BOUNDARY_MONTHS
        for sector in Sector
        for payer in Payer
    ]
    priced = contributions(to_frame(people), law=LAW).collect()
    assert priced.rows(named=True) == [row | plainly(row, LAW, UNDECIDED) for row in people]
    assert set(priced["refusal"].unique()) == {None, "not_in_force", "needs_decision"}


def test_a_change_inside_a_month_is_the_law_of_the_next_month():
    people = [
        {"month": month, "income": None, "sector": "other", "payer": "self", "programmes": "JKM"}
        for month in (date(2024, 3, 1), date(2024, 4, 1), date(2024, 9, 1))
    ]
    priced = contributions(to_frame(people), law=SUPPOSED).collect()
    assert priced["jkm_rp"].to_list() == [6_800, 7_777, 6_800]


def test_jkm_keeps_its_relief_where_jkk_is_repealed():
    row = {"month": date(2026, 10, 1), "income": None, "sector": "other", "payer": "self", "programmes": "JKM"}
    (found,) = contributions(to_frame([row]), law=SUPPOSED).collect().rows(named=True)
    assert found == row | plainly(row, SUPPOSED, UNDECIDED)
    assert found["relief"] == "relief.pp50_2025"


def test_every_boundary_income_agrees():
    people = [
        {
            "month": date(2025, 6, 1),
            "income": income,
            "sector": "other",
            "payer": "self",
            "programmes": "JKK+JHT",
        }
        for income in BOUNDARY_INCOMES
    ]
    priced = contributions(to_frame(people), law=LAW).collect()
    assert priced.rows(named=True) == [row | plainly(row, LAW, UNDECIDED) for row in people]


def test_the_columns_of_a_bill_may_already_be_enums_and_keep_their_order():
    frame = to_frame(
        [
            {
                "month": date(2026, 5, 1),
                "income": None,
                "sector": "other",
                "payer": payer,
                "programmes": "JKK+JKM",
            }
            for payer in ("self", "apbd_kab", "csr")
        ]
    ).with_columns(pl.col("sector").cast(SECTORS), pl.col("payer").cast(PAYERS), line=pl.int_range(3))
    priced = contributions(frame.lazy(), law=LAW).collect()
    assert priced["total_rp"].to_list() == [8_400, 16_800, 8_400]
    assert priced["line"].to_list() == [0, 1, 2]
    assert priced["payer"].dtype == PAYERS


@pytest.mark.parametrize("missing", ["month", "sector", "payer", "programmes"])
def test_a_row_without_a_fact_is_refused_and_never_zero(missing):
    row = {
        "month": date(2026, 5, 1),
        "income": None,
        "sector": "other",
        "payer": "self",
        "programmes": "JKK+JKM",
    }
    frame = to_frame([row]).with_columns(pl.lit(None, dtype=to_frame([row]).schema[missing]).alias(missing))
    (found,) = contributions(frame, law=LAW).collect().rows(named=True)
    assert found["refusal"] == "facts_missing"
    assert (found["jkk_rp"], found["total_rp"]) == (None, None)


@pytest.mark.parametrize(("column", "value"), [("sector", "sea"), ("payer", "lottery"), ("programmes", "JP")])
def test_a_word_that_nobody_knows_stops_the_whole_frame(column, value):
    row = {"month": date(2026, 5, 1), "income": None, "sector": "other", "payer": "self", "programmes": "JKK"}
    with pytest.raises(pl.exceptions.InvalidOperationError):
        contributions(to_frame([row | {column: value}]), law=LAW).collect()


def test_a_package_is_written_in_one_order():
    assert package(JKK_JKM) == "JKK+JKM"
    assert package([Programme.JHT, Programme.JKK]) == "JKK+JHT"
