"""The branch's own count of short programmes, which is no coverage."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naung.rules.branch_counting import ImpossibleCount, ProgrammeType, branch_count
from naung.rules.dated import NotInForce
from naung.rules.law import current_law

LAW = current_law()
DAY = date(2023, 1, 1)
KINDS = st.sampled_from(ProgrammeType)


@pytest.mark.parametrize(
    ("kind", "months", "counted"),
    [
        (ProgrammeType.GOVERNMENT, 3, 500),
        (ProgrammeType.GOVERNMENT, 6, 1000),
        (ProgrammeType.GOVERNMENT, 8, 1000),
        (ProgrammeType.UMB, 5, 0),
        (ProgrammeType.UMB, 6, 1000),
    ],
)
def test_short_programmes_count_in_part_or_not_at_all(kind: ProgrammeType, months: int, counted: int) -> None:
    assert branch_count(DAY, workers=1000, months=months, kind=kind, law=LAW).counted == counted


@given(st.integers(0, 10**6), st.integers(0, 60), KINDS)
def test_nobody_counts_twice_and_a_longer_programme_never_counts_less(
    workers: int, months: int, kind: ProgrammeType
) -> None:
    now = branch_count(DAY, workers=workers, months=months, kind=kind, law=LAW)
    longer = branch_count(DAY, workers=workers, months=months + 1, kind=kind, law=LAW)
    assert 0 <= now.counted <= longer.counted <= workers
    assert now.total == now.explanation.total == 0


def test_the_months_are_marked_as_not_yet_read() -> None:
    explanation = branch_count(DAY, workers=1000, months=3, kind=ProgrammeType.GOVERNMENT, law=LAW).explanation
    assert explanation.recalled
    assert explanation.inferred


def test_the_rule_begins_in_july_2022() -> None:
    with pytest.raises(NotInForce):
        branch_count(date(2022, 6, 30), workers=1, months=1, kind=ProgrammeType.UMB, law=LAW)
    assert branch_count(date(2022, 7, 1), workers=1, months=6, kind=ProgrammeType.UMB, law=LAW).whole == 1


@pytest.mark.parametrize(("workers", "months"), [(-1, 1), (1, -1)])
def test_less_than_nobody_is_refused(workers: int, months: int) -> None:
    with pytest.raises(ImpossibleCount):
        branch_count(DAY, workers=workers, months=months, kind=ProgrammeType.UMB, law=LAW)
