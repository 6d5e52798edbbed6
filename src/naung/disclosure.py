"""Small cells: what a table may say about few people, so that nobody can be picked out of it.

The rule. A count from 1 to 4 is hidden («<5»). A place with such a count is hidden in every column, so that nothing
follows from the others of its row. Totals stay visible, so further places are hidden («•»), the smallest first, until
for every hidden «<5» at least two values agree with everything that is shown. Where no place is left to hide, the
total is hidden too, and the same is asked one level higher. A hidden total hides all of its parts, each as «•»: how
many of them are small would say how large the whole at least is.

Money stands beside counts and follows from them (people × rate), so a hidden place hides its money as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

LEAST = 5
SMALL, OTHER = "<5", "•"

#: The counts of one place, column by column.
Counts = tuple[int, ...]


def small(count: int) -> bool:
    return 0 < count < LEAST


def hidden_rows(rows: Sequence[Counts], sealed: frozenset[int] = frozenset()) -> tuple[frozenset[int], bool]:
    """Which of some places with a common, visible total are hidden, and whether their total must be hidden too.

    `sealed` are places that have to stay unknown for the sake of their own parts.
    """
    hidden = {place for place, counts in enumerate(rows) if any(small(count) for count in counts)} | sealed
    # The smallest are hidden first: the less is lost.
    spare = sorted(set(range(len(rows))) - hidden, key=lambda place: (sum(rows[place]), place))
    spare = [place for place in spare if any(rows[place])]
    while not _all_open(rows, hidden, sealed):
        if not spare:
            return frozenset(hidden), True
        hidden.add(spare.pop(0))
    return frozenset(hidden), False


def _all_open(rows: Sequence[Counts], hidden: set[int], sealed: frozenset[int]) -> bool:
    """Whether, in every column, each cell that must stay unknown could be at least two things."""
    if not hidden:
        return True
    for column in range(len(rows[0])):
        cells = {place: rows[place][column] for place in hidden}
        few = sum(small(count) for count in cells.values())
        many = len(cells) - few
        total = sum(cells.values())
        if few and _choices(range(1, LEAST), few - 1, many, total) < 2:
            return False
        guarded = any(not small(rows[place][column]) for place in sealed)
        # A sealed place may be anything that is not small; twenty values are as good as all.
        values = [0, *range(LEAST, min(total, LEAST + 40) + 1)]
        if guarded and total and _choices(values, few, many - 1, total) < 2:
            return False
    return True


def _choices(values: Sequence[int], few: int, many: int, total: int) -> int:
    """How many of `values` one cell can have, beside `few` cells of 1 to 4 and `many` of 0 or at least 5."""
    return sum(1 for value in values if _reachable(total - value, few, many))


def _reachable(total: int, few: int, many: int) -> bool:
    """Whether cells of 1 to 4 and cells of 0 or at least 5 can add up to `total`."""
    least, most = few, few * (LEAST - 1)
    if least <= total <= most:
        return True
    return many > 0 and total >= least + LEAST


@dataclass(frozen=True)
class Shown:
    """What may be said: the hidden parts of each whole, the hidden wholes, and whether the grand total is hidden."""

    parts: Mapping[str, frozenset[int]]
    wholes: frozenset[str]
    total: bool


def protect(parts: Mapping[str, Sequence[Counts]]) -> Shown:
    """The rule over two levels: districts (`parts` by their code) and their villages, all with visible totals."""
    within: dict[str, frozenset[int]] = {}
    sealed: set[str] = set()
    for code, rows in parts.items():
        within[code], broken = hidden_rows(rows) if rows else (frozenset(), False)
        if broken:
            sealed.add(code)
    codes = list(parts)
    sums = [_summed(parts[code]) for code in codes]
    guarded = frozenset(place for place, code in enumerate(codes) if code in sealed)
    above, total = hidden_rows(sums, guarded) if codes else (frozenset(), False)
    wholes = frozenset(codes[place] for place in above)
    for code in wholes:
        within[code] = frozenset(range(len(parts[code])))
    return Shown(within, wholes, total)


def _summed(rows: Sequence[Counts]) -> Counts:
    return tuple(sum(column) for column in zip(*rows, strict=True)) if rows else ()


def written(count: int, *, hidden: bool, whole_hidden: bool = False, write: Callable[[int], str] = str) -> str:
    """A cell as it is shown: its figure, «<5», or the mark of what is hidden for the others' sake."""
    if not (hidden or whole_hidden):
        return write(count)
    return SMALL if small(count) and not whole_hidden else OTHER
