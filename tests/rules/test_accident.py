"""What holds for a work accident as a whole: its parts, its properties on any day, what rests on our reading."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naung.rules.accident import Accident, Loss, Outcome, Side, Transport, accident_benefit
from naung.rules.law import current_law
from naung.rules.scholarship import Level

LAW = current_law()
DAY = date(2024, 5, 20)
MILLION = 1_000_000

days = st.dates(date(2015, 7, 1), date(2030, 12, 31))
wages = st.integers(0, 50 * MILLION)
single_losses = st.lists(
    st.sampled_from([Loss("thumb", Side.RIGHT), Loss("other_finger", Side.LEFT), Loss("one_eye"), Loss("smell"),
                     Loss("one_leg_from_hip"), Loss("one_auricle"), Loss("hearing_loss_one", extent=35)]),
    min_size=1,
    unique=True,
)  # fmt: skip


def paid(*told, **more):
    return accident_benefit(Accident(*told, **more), law=LAW)


def test_the_parts_are_named_and_add_up_to_the_total():
    benefit = paid(DAY, MILLION, Outcome.DIED, months_unable=2, transport={Transport.LAND: 500_000})
    named = {name: amount for name, amount in benefit.parts.items() if amount}
    assert named == {
        "transport": 500_000, "stmb": 2_000_000, "death_grant": 48_000_000, "periodic": 12_000_000,
        "funeral": 10_000_000,
    }  # fmt: skip
    assert benefit.total == 72_500_000


@pytest.mark.parametrize("happened_on", [date(2019, 12, 1), date(2019, 12, 2)])
@pytest.mark.parametrize(("outcome", "read_into"), [(Outcome.TOTAL_PERMANENT, True), (Outcome.DIED, False)])
def test_schooling_on_total_disability_is_our_reading_and_the_result_says_so(happened_on, outcome, read_into):
    benefit = paid(happened_on, MILLION, outcome, children=[{Level.SD: 2}])
    assert benefit.scholarship > 0
    assert benefit.explanation.inferred is read_into
    assert any("our reading" in note.en for note in benefit.explanation.notes) is read_into


@given(days, wages, single_losses)
def test_total_disability_never_pays_less_than_partial_on_any_day(happened_on, wage, losses):
    partial = paid(happened_on, wage, Outcome.PARTIAL_ANATOMICAL, losses=tuple(losses))
    assert paid(happened_on, wage, Outcome.TOTAL_PERMANENT).total >= partial.total


@given(days, wages, st.sampled_from(Transport), st.integers(0, 30 * MILLION))
def test_transport_never_brings_more_than_it_cost(happened_on, wage, mode, cost):
    assert 0 <= paid(happened_on, wage, transport={mode: cost}).transport <= cost
