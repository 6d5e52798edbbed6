"""Coverage carries its counts, its denominator and its day, or it is refused."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naung.rules.ucj import (
    BarePercentage,
    Denominator,
    DenominatorKind,
    IncompleteFigure,
    NotCoverage,
    Segment,
    contradictions,
    people_at,
    percent_id,
    percent_of,
    published_ucj,
    ucj,
)

DAY = date(2024, 10, 31)
BINJAI = Denominator(DenominatorKind.LABOUR_FORCE, 132_826, DAY, "news report on the FGD of October 2024")


def figure(covered, denominator=BINJAI):
    return ucj({Segment.BPU: covered}, as_of=DAY, source="BPJS Ketenagakerjaan", denominator=denominator)


def test_binjai_33_percent_and_a_gap_of_about_89_300_workers_agree():
    binjai = figure(132_826 - 89_300)
    assert (binjai.percent, binjai.gap) == (Decimal("32.77"), 89_300)
    assert contradictions(binjai, percent=Decimal(33), gap=89_300) == []


def test_segments_are_added():
    both = ucj(
        {Segment.PU: 24_286, Segment.BPU: 4_754},
        as_of=DAY,
        source="news report",
        denominator=Denominator(DenominatorKind.EMPLOYED, 70_426, DAY, "BPS"),
    )
    assert (both.covered, both.percent, both.gap) == (29_040, Decimal("41.23"), 41_386)


def test_a_bare_percentage_is_refused():
    for numerators, denominator in [(None, BINJAI), ({Segment.BPU: 10}, None), ({}, BINJAI)]:
        with pytest.raises(BarePercentage) as refused:
            published_ucj(Decimal("33.5"), numerators=numerators, as_of=DAY, source="x", denominator=denominator)
        assert "33,5%" in str(refused.value)


def test_percent_of_a_target_is_not_coverage():
    target = Denominator(DenominatorKind.TARGET, 288_409, DAY, "news report on Maluku Utara")
    with pytest.raises(NotCoverage) as refused:
        figure(176_604, target)
    assert "176.604 dari target 288.409" in str(refused.value)


@pytest.mark.parametrize(
    ("numerators", "source"), [({}, "BPJS"), ({Segment.BPU: -1}, "BPJS"), ({Segment.BPU: 1}, "  ")]
)
def test_a_figure_without_counts_or_source_is_refused(numerators, source):
    with pytest.raises(IncompleteFigure):
        ucj(numerators, as_of=DAY, source=source, denominator=BINJAI)


@pytest.mark.parametrize(("count", "source"), [(0, "BPS"), (-5, "BPS"), (10, "")])
def test_a_denominator_of_nobody_or_from_nowhere_is_refused(count, source):
    with pytest.raises(IncompleteFigure):
        Denominator(DenominatorKind.EMPLOYED, count, DAY, source)


@pytest.mark.parametrize(
    ("covered", "of", "published", "agrees"),
    [
        (935_079, 1_873_899, "50.88", False),  # Bali, March 2025: is 49,90
        (472_068, 875_743, "55.55", False),  # Medan, October 2025: is 53,90
        (472_068, 875_743, "53.9", True),
        (472_068, 875_743, "54", True),
        (1, 3, "33.333", True),
    ],
)
def test_a_published_percent_is_held_against_its_own_counts(covered, of, published, agrees):
    denominator = Denominator(DenominatorKind.EMPLOYED, of, DAY, "news report")
    _, found = published_ucj(
        Decimal(published),
        numerators={Segment.BPU: covered},
        as_of=DAY,
        source="news report",
        denominator=denominator,
    )
    assert (found == []) is agrees


def test_a_contradiction_is_said_in_words():
    (contradiction,) = contradictions(
        figure(935_079, Denominator(DenominatorKind.EMPLOYED, 1_873_899, DAY, "news")),
        percent=Decimal("50.88"),
    )
    assert "50,88%" in contradiction.words_id()
    assert "49,90%" in contradiction.words_id()
    (gap,) = contradictions(figure(43_526), gap=88_000)
    assert "88.000 orang" in gap.words_id()
    assert "89.300 orang" in gap.words_id()


def test_a_target_names_how_many_people_are_missing():
    binjai = figure(43_526)
    assert binjai.people_needed(Decimal(53)) == people_at(Decimal(53), 132_826) - 43_526
    assert binjai.people_needed(Decimal(20)) == 0


def test_more_covered_than_workers_shows_as_it_is_and_leaves_no_gap():
    strange = figure(200, Denominator(DenominatorKind.POTENTIAL, 100, DAY, "village list"))
    assert (strange.percent, strange.gap) == (Decimal("200.00"), 0)


@pytest.mark.parametrize("kind", DenominatorKind)
def test_every_kind_of_denominator_has_words(kind):
    assert kind.label_id


@given(st.integers(0, 10**7), st.integers(1, 10**7), st.integers(0, 10_000))
def test_the_people_needed_are_exactly_enough(covered, of, hundredths):
    target = Decimal(hundredths) / 100
    counted = figure(covered, Denominator(DenominatorKind.EMPLOYED, of, DAY, "BPS"))
    needed = counted.people_needed(target)
    assert (covered + needed) * 10_000 >= hundredths * of
    if needed:
        assert (covered + needed - 1) * 10_000 < hundredths * of


def test_half_a_hundredth_is_rounded_up():
    assert percent_of(1, 800) == Decimal("0.13")
    assert percent_id(percent_of(1, 800)) == "0,13%"
