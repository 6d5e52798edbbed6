"""How much a partial disability pays: the table row by row, right and left, several losses, and what cannot be."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from naung.rules.accident import (
    Accident,
    ImpossibleLoss,
    Loss,
    MoreThanTheBodyHas,
    Outcome,
    Side,
    SideNeeded,
    UnknownPart,
    accident_benefit,
    partial_disability,
)
from naung.rules.dated import Confidence
from naung.rules.law import Check, NotInForce, current_law

LAW = current_law()
DAY = date(2026, 3, 1)
MILLION = 1_000_000
ROWS = LAW.table("jkk.disability.percent").on(DAY)
PLAIN = [row for row in ROWS if "percent" in row and "per" not in row]
HALF = Decimal("0.5")


def side_of(row):
    return None if row["side"] == "none" else Side(row["side"])


def partial(*losses, on=DAY, wage=MILLION, left_handed=False, law=LAW):
    return partial_disability(on, losses=losses, wage=wage, left_handed=left_handed, law=law)


# ---- the table ----


@pytest.mark.parametrize("row", PLAIN, ids=lambda row: f"{row['code']}-{row['side']}")
def test_each_row_pays_its_percentage_of_80_wages_and_is_as_sure_as_the_row(row):
    found = partial(Loss(row["code"], side_of(row)))
    assert found.amount == Decimal(row["percent"]) * 80 * MILLION / 100
    (table,) = found.steps[0].citations
    assert table.confidence == row["confidence"]


@pytest.mark.parametrize("on", [date(2015, 7, 1), date(2019, 12, 1), date(2019, 12, 2)])
def test_the_table_is_the_same_before_and_since_pp_82(on):
    assert partial(Loss("one_eye"), on=on).amount == 28_000_000


def test_before_july_2015_the_table_is_not_known():
    with pytest.raises(NotInForce):
        partial(Loss("one_eye"), on=date(2015, 6, 30))


def test_one_loss_that_was_read_is_not_marked_and_one_that_is_remembered_is():
    def benefit(*losses):
        told = Accident(DAY, MILLION, Outcome.PARTIAL_ANATOMICAL, losses=losses)
        return accident_benefit(told, law=LAW)

    assert not benefit(Loss("one_eye")).recalled
    assert benefit(Loss("big_toe")).recalled
    assert benefit(Loss("one_eye"), Loss("smell")).recalled, "that losses are added up is remembered"


def test_a_table_checked_against_the_gazette_covers_its_rows():
    checked = LAW.with_checks([Check("jkk.disability.percent", date(2015, 7, 1), "Sri Rahayu", date(2026, 11, 2))])
    assert partial(Loss("big_toe"), law=checked).steps[0].citations[0].confidence is Confidence.CHECKED


def test_a_scenario_of_the_table_covers_its_rows():
    supposed = LAW.with_value(
        "jkk.disability.percent",
        DAY,
        (MappingProxyType({"code": "tail", "side": "none", "percent": "1", "label": "ekor", "label_en": "tail"}),),
    )
    found = partial(Loss("tail"), law=supposed)
    assert (found.amount, found.steps[0].citations[0].confidence) == (800_000, Confidence.SCENARIO)


# ---- right and left ----


@pytest.mark.parametrize(
    ("side", "left_handed", "amount"),
    [
        (Side.RIGHT, False, 32_000_000),
        (Side.LEFT, False, 28_000_000),
        (Side.RIGHT, True, 28_000_000),
        (Side.LEFT, True, 32_000_000),
    ],
)
def test_of_a_left_handed_worker_right_and_left_swap(side, left_handed, amount):
    found = partial(Loss("arm_from_shoulder", side), left_handed=left_handed)
    assert found.amount == amount
    assert ("kanan" if side is Side.RIGHT else "kiri") in found.steps[0].words.id.split(" (")[0]
    assert ("left-handed" in found.steps[0].words.en) is left_handed


def test_where_the_table_knows_no_sides_being_left_handed_changes_nothing():
    for side in (None, Side.LEFT):
        found = partial(Loss("one_leg_from_hip", side), left_handed=True)
        assert (found.amount, found.steps[0].words.en) == (28_000_000, "One leg from hip")


def test_where_the_table_knows_sides_one_has_to_be_told():
    with pytest.raises(SideNeeded) as refused:
        partial(Loss("thumb"))
    assert "kanan atau kiri" in str(refused.value)


# ---- function, extent, the doctor's percentage ----


def test_a_functional_loss_pays_its_share_of_the_percentage():
    found = partial(Loss("arm_from_shoulder", Side.RIGHT, function_lost=Decimal("0.25")))
    assert found.amount == 8_000_000
    assert [step.formula for step in found.steps] == ["25% × 40% = 10%", "10% × 80 × Rp1.000.000 = Rp8.000.000"]
    assert found.steps[-1].words.en == "Grant for partial functional disability"


@pytest.mark.parametrize("function_lost", [Decimal(0), Decimal("-0.1"), Decimal("1.01")])
def test_the_function_lost_is_more_than_nothing_and_at_most_all(function_lost):
    with pytest.raises(ImpossibleLoss):
        partial(Loss("one_eye", function_lost=function_lost))


@pytest.mark.parametrize(
    ("part", "extent", "rate"),
    [
        ("hearing_loss_both", 30, "0.18"),
        ("hearing_loss_one", 30, "0.09"),
        ("visual_acuity", 40, "0.28"),
        ("visual_acuity", 100, "0.7"),
        ("field_of_vision", 20, "0.14"),
        ("hearing_loss_one", 9, "0"),
        ("hearing_loss_one", 19, "0.03"),
    ],
)
def test_a_row_counted_per_ten_counts_each_full_ten(part, extent, rate):
    found = partial(Loss(part, extent=extent))
    assert found.rate == Fraction(rate)
    assert found.steps[0].inferred is (extent % 10 != 0)


@pytest.mark.parametrize(
    "loss",
    [
        Loss("visual_acuity"),
        Loss("visual_acuity", extent=101),
        Loss("hearing_loss_one", extent=-1),
        Loss("one_eye", extent=10),
        Loss("scalp"),
        Loss("scalp", doctor_percent=Decimal("9.99")),
        Loss("scalp", doctor_percent=Decimal("30.01")),
        Loss("one_eye", doctor_percent=Decimal(35)),
    ],
)
def test_a_loss_that_does_not_fit_its_row_is_refused_in_a_sentence(loss):
    with pytest.raises(ImpossibleLoss) as refused:
        partial(loss)
    assert loss.part in str(refused.value)


@pytest.mark.parametrize(("stated", "amount"), [("10", 8_000_000), ("22.5", 18_000_000), ("30", 24_000_000)])
def test_where_the_table_leaves_a_range_the_doctor_states_the_percentage(stated, amount):
    assert partial(Loss("scalp", doctor_percent=Decimal(stated))).amount == amount


def test_a_part_that_the_table_does_not_know_is_refused():
    with pytest.raises(UnknownPart) as refused:
        partial(Loss("tail"))
    assert "«tail»" in str(refused.value)
    assert {"thumb", "index_finger_first_joint"} <= set(refused.value.facts()["known"])


# ---- several losses ----


def test_several_losses_are_added_up():
    found = partial(Loss("thumb", Side.RIGHT), Loss("index_finger", Side.RIGHT, function_lost=HALF), Loss("smell"))
    assert found.amount == 23_600_000
    assert [step.formula for step in found.steps] == [
        "15%", "50% × 9% = 4,5%", "10%", "15% + 4,5% + 10% = 29,5%", "29,5% × 80 × Rp1.000.000 = Rp23.600.000",
    ]  # fmt: skip
    assert "anatomical and functional" in found.steps[-1].words.en


def test_several_losses_count_at_most_seventy_per_cent():
    found = partial(Loss("arm_from_shoulder", Side.RIGHT), Loss("arm_from_shoulder", Side.LEFT), Loss("smell"))
    assert found.rate == Fraction(7, 10)
    assert found.amount == 56_000_000
    assert found.steps[-2].formula == "40% + 35% + 10% = 85% > 70%"


def test_one_loss_measured_beyond_the_limit_counts_seventy_per_cent():
    found = partial(Loss("hearing_loss_both", extent=120))
    assert found.amount == 56_000_000
    assert found.steps[-2].formula == "72% > 70%"


@pytest.mark.parametrize(
    "losses",
    [
        (Loss("one_eye"),) * 3,
        (Loss("smell"),) * 2,
        (Loss("thumb", Side.RIGHT),) * 2,
        (Loss("other_finger", Side.LEFT),) * 4,
        (Loss("arm_from_shoulder", Side.LEFT), Loss("hand_from_wrist", Side.LEFT)),
        (Loss("hand_from_wrist", Side.LEFT), Loss("thumb", Side.LEFT, function_lost=HALF)),
        (Loss("one_eye", Side.LEFT), Loss("both_eyes")),
        (Loss("leg_shorter_from_7_5_cm"), Loss("leg_shorter_under_5_cm")),
    ],
)
def test_what_one_body_cannot_lose_is_not_counted_twice(losses):
    with pytest.raises(MoreThanTheBodyHas):
        partial(*losses)


@pytest.mark.parametrize(
    ("losses", "rate"),
    [
        ((Loss("one_eye"),) * 2, "0.7"),
        ((Loss("other_finger", Side.RIGHT),) * 3, "0.12"),
        ((Loss("arm_from_shoulder", Side.LEFT), Loss("hand_from_wrist", Side.RIGHT)), "0.67"),
        ((Loss("arm_from_shoulder", Side.LEFT, function_lost=HALF), Loss("thumb", Side.LEFT)), "0.295"),
    ],
)
def test_what_one_body_can_lose_is_added_up(losses, rate):
    assert partial(*losses).rate == Fraction(rate)


def test_a_grant_that_had_to_be_rounded_cites_the_rule_of_rounding():
    assert [citation.key for citation in partial(Loss("big_toe")).steps[-1].citations] == [
        "jkk.disability.partial_anatomical"
    ]
    rounded = partial(Loss("scalp", doctor_percent=Decimal("10.3")), wage=4_000_001).steps[-1]
    assert rounded.amount == 32_960_008  # 32.960.008,24
    assert "≈" in rounded.formula
    assert rounded.citations[-1].key == "rounding"


# ---- properties ----

wages = st.integers(0, 30_000_000)
shares = st.none() | st.decimals(Decimal("0.01"), Decimal(1), places=2)


@st.composite
def one_loss(draw):
    row = draw(st.sampled_from(ROWS))
    return Loss(
        row["code"],
        side_of(row),
        draw(shares),
        draw(st.integers(0, 100)) if "per" in row else None,
        draw(st.decimals(10, 30, places=1)) if "percent" not in row else None,
    )


@st.composite
def losses_of_one_body(draw):
    told = draw(st.lists(one_loss(), min_size=1, max_size=6))
    kept = []
    for loss in told:
        try:
            partial(*kept, loss)
        except MoreThanTheBodyHas:
            continue
        kept.append(loss)
    return tuple(kept)


@given(losses_of_one_body(), wages, st.booleans())
def test_more_losses_never_pay_less_and_total_disability_never_less_than_partial(losses, wage, left_handed):
    whole = partial(*losses, wage=wage, left_handed=left_handed).amount
    if len(losses) > 1:
        assert partial(*losses[:-1], wage=wage, left_handed=left_handed).amount <= whole
    total = accident_benefit(Accident(DAY, wage, Outcome.TOTAL_PERMANENT), law=LAW)
    assert whole <= total.disability


@given(losses_of_one_body(), wages, st.integers(0, 3_000_000))
def test_the_grant_never_falls_when_the_wage_rises(losses, wage, more):
    assert partial(*losses, wage=wage).amount <= partial(*losses, wage=wage + more).amount


@given(losses_of_one_body(), wages)
def test_the_explanation_of_a_partial_disability_adds_up(losses, wage):
    functional = any(loss.function_lost is not None for loss in losses)
    outcome = Outcome.PARTIAL_FUNCTIONAL if functional else Outcome.PARTIAL_ANATOMICAL
    benefit = accident_benefit(Accident(DAY, wage, outcome, losses=losses), law=LAW)
    assert benefit.total == benefit.explanation.total == benefit.disability == partial(*losses, wage=wage).amount
    assert all(step.citations for step in benefit.explanation.steps)


@given(losses_of_one_body(), wages)
def test_a_functional_loss_never_pays_more_than_the_whole_loss(losses, wage):
    anatomical = [replace(loss, function_lost=None) for loss in losses]
    try:
        whole = partial(*anatomical, wage=wage).amount
    except MoreThanTheBodyHas:
        assume(False)
    assert partial(*losses, wage=wage).amount <= whole
