"""What a reader of the law has to look at: lines that overlap, leave a gap, end, are remembered, or lie ahead.

Pure functions over the dated lines of one parameter. Our own files may not overlap (loading refuses them); lines
from elsewhere, or made up for a scenario, may.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from naung.rules.dated import DatedValue
from naung.rules.explaining import Words
from naung.rules.periods import date_id

# A relief ends by itself; nothing has to follow it.
ENDS_BY_ITSELF = ("relief.",)


class ProblemKind(StrEnum):
    """What kind of thing there is to look at."""

    OVERLAP = "overlap"
    GAP = "gap"
    ENDED = "ended"
    RECALLED = "recalled"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to look at: in the line of `key` that starts on `start`."""

    key: str
    kind: ProblemKind
    start: date
    words: Words

    @property
    def is_fault(self) -> bool:
        """Overlaps, gaps and ends without a successor; what is remembered or lies ahead is only to be known."""
        return self.kind in {ProblemKind.OVERLAP, ProblemKind.GAP, ProblemKind.ENDED}


def line_problems(key: str, lines: Sequence[DatedValue], *, on: date) -> list[Problem]:
    """What there is to look at in the lines of one parameter, as seen on a day. In the order of the lines."""
    dated = sorted(lines, key=lambda line: line.start)
    found = [*_overlaps_and_gaps(key, dated), *_ended(key, dated, on), *_single(key, dated, on)]
    return sorted(found, key=lambda problem: problem.start)


def _overlaps_and_gaps(key: str, lines: list[DatedValue]) -> Iterator[Problem]:
    for index, later in enumerate(lines[1:], start=1):
        for earlier in lines[:index]:
            # A line without an end runs up to the next one; only a stated end, or the same first day, can clash.
            clashes = earlier.start == later.start or (earlier.until is not None and later.start < earlier.until)
            if clashes:
                yield _overlap(key, earlier, later)
    for earlier, later in pairwise(lines):
        reached = max((line.until for line in lines if line.start <= earlier.start and line.until), default=None)
        if earlier.until is not None and reached is not None and reached < later.start:
            yield _gap(key, reached, later)


def _overlap(key: str, earlier: DatedValue, later: DatedValue) -> Problem:
    return Problem(
        key,
        ProblemKind.OVERLAP,
        later.start,
        Words(
            f"Dua ketentuan berlaku bersamaan sejak {date_id(later.start)}: yang mulai {date_id(earlier.start)}"
            " belum berakhir.",
            f"Two lines hold at the same time from {later.start.isoformat()}: the one from"
            f" {earlier.start.isoformat()} has not ended.",
        ),
    )


def _gap(key: str, ended: date, later: DatedValue) -> Problem:
    return Problem(
        key,
        ProblemKind.GAP,
        later.start,
        Words(
            f"Tidak ada ketentuan sejak {date_id(ended)} sampai sebelum {date_id(later.start)}.",
            f"Nothing holds from {ended.isoformat()} until the day before {later.start.isoformat()}.",
        ),
    )


def _ended(key: str, lines: list[DatedValue], on: date) -> Iterator[Problem]:
    last = lines[-1]
    deliberate = key.startswith(ENDS_BY_ITSELF) or last.citation.until_known_from is not None
    if last.until is not None and last.until <= on and not deliberate:
        yield Problem(
            key,
            ProblemKind.ENDED,
            last.start,
            Words(
                f"Berakhir sebelum {date_id(last.until)} dan tidak ada penggantinya.",
                f"Ended before {last.until.isoformat()} and nothing follows it.",
            ),
        )


def _single(key: str, lines: list[DatedValue], on: date) -> Iterator[Problem]:
    for line in lines:
        if line.citation.recalled:
            words = Words("Nilainya dari ingatan, belum diverifikasi.", "The value is recalled, not yet verified.")
            yield Problem(key, ProblemKind.RECALLED, line.start, words)
        if line.start > on:
            words = Words(f"Baru berlaku sejak {date_id(line.start)}.", f"In force only from {line.start.isoformat()}.")
            yield Problem(key, ProblemKind.AHEAD, line.start, words)
