"""What `naung doctor` finds: the shape that every stage's `invariants.problems()` answers in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One rule that does not hold in the database. A healthy database has none.

    `rule` is the number of an invariant or a short code of its own; `words` say in Indonesian
    what is wrong and never name a person; `count` is in how many places.
    """

    rule: int | str
    words: str
    count: int

    def __str__(self) -> str:
        return f"{self.words} ({self.count})"
