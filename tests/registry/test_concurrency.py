"""Two intakes at once, and an intake killed with -9: nobody is lost, nobody is doubled."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from naung.registry.invariants import problems
from naung.registry.models import SourceChunk, SourceList, SourceRow, Worker
from tests import killing
from tests.registry.lists import a_list, hand_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PEOPLE = 3_000
TIMES_KILLED = 30

_PREPARE = """
from pathlib import Path
from tests.registry.lists import hand_in
"""
_TAKE_IN = """
hand_in(*[Path(name).read_bytes() for name in {paths!r}])
"""


def _take_in(*paths: Path) -> str:
    return _TAKE_IN.format(paths=[str(path) for path in paths])


def _home():
    return {"NAUNG_HOME": os.environ["NAUNG_HOME"], "prepare": _PREPARE}


def test_two_intakes_that_name_the_same_people_at_once_make_each_of_them_one_worker(tmp_path):
    first, second = tmp_path / "satu.csv", tmp_path / "dua.csv"
    first.write_bytes(a_list(*range(1, 2_001)))
    second.write_bytes(a_list(*range(1_001, 3_001)))
    children = [killing.start(_take_in(path), **_home()) for path in (first, second)]
    for child in children:
        assert child.wait(timeout=120) == 0
        child.stdout.close()
    assert Worker.objects.count() == PEOPLE
    assert SourceRow.objects.filter(verdict="accept").count() == PEOPLE
    assert SourceRow.objects.filter(verdict="duplicate").count() == 1_000
    assert problems() == []


def test_the_same_file_handed_in_by_two_at_once_is_one_list(tmp_path):
    path = tmp_path / "satu.csv"
    path.write_bytes(a_list(*range(1, 1_001)))
    children = [killing.start(_take_in(path), **_home()) for _ in range(2)]
    for child in children:
        assert child.wait(timeout=120) == 0
        child.stdout.close()
    assert SourceList.objects.count() == 1
    assert Worker.objects.count() == 1_000
    assert problems() == []


def test_killed_at_random_moments_an_intake_leaves_all_or_nothing_and_the_next_run_completes_it(tmp_path):
    """Each time another list, which shares people with the one before; each is killed once, then run again."""
    content = [a_list(*range(at * 100 + 1, at * 100 + PEOPLE + 1)) for at in range(TIMES_KILLED + 1)]
    warm = tmp_path / "0.csv"
    warm.write_bytes(content[0])
    whole = killing.run_whole(_take_in(warm), **_home())
    killed = half = 0
    for at, after in enumerate(killing.moments(TIMES_KILLED, within_seconds=whole * 1.1, seed=20261121), 1):
        path = tmp_path / f"{at}.csv"
        path.write_bytes(content[at])
        before = SourceList.objects.count()
        ended = killing.run_and_kill(_take_in(path), after_seconds=after, **_home())
        killed += ended.killed
        taken = SourceList.objects.count() - before
        half += ended.killed and not taken
        assert problems() == []
        result = hand_in(content[at])
        assert result.files[0].repeated == bool(taken)
        assert result.counts["received"] == PEOPLE
    assert killed > TIMES_KILLED // 2, "too few were really killed for this to prove anything"
    assert half, "no kill came before the commit"
    assert Worker.objects.count() == PEOPLE + TIMES_KILLED * 100
    assert SourceRow.objects.count() == PEOPLE * (TIMES_KILLED + 1)
    assert SourceChunk.objects.count() == TIMES_KILLED + 1
    assert problems() == []
