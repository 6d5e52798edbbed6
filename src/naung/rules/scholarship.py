"""Schooling of the children of a worker who died: what is due in all, level by level.

It is paid year by year; the sums here are the most that the remaining school years can bring.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from naung.rules.law import Citation, Law
from naung.rules.money import Rupiah


class Level(StrEnum):
    """School levels, youngest first."""

    TK = "tk"
    SD = "sd"
    SMP = "smp"
    SMA = "sma"
    PT = "pt"


@dataclass(frozen=True, slots=True)
class Scholarship:
    """Rupiah by level for each child, in the order the children were given."""

    children: tuple[Mapping[Level, Rupiah], ...]
    citations: tuple[Citation, ...]

    @property
    def total(self) -> Rupiah:
        return sum(sum(child.values()) for child in self.children)

    @property
    def recalled(self) -> bool:
        """True when a number used here was remembered and not yet checked against the gazette."""
        return any(citation.recalled for citation in self.citations)


def scholarship(on: date, *, children: Sequence[Mapping[Level, int]], law: Law) -> Scholarship:
    """The most that the remaining school years of `children` bring, in whole rupiah.

    Each child is given as years left per level; years beyond those the law pays are not counted, nor
    children after the second: the first two of the list are taken. PP 44/2015 knew a single lump sum
    instead, so a day before December 2019 raises NotInForce.

    Source: PP 82/2019 Lampiran III and art. 34 (article numbers recalled).
    """
    most = law.count("scholarship.max_children").cited(on)
    levels = {level: law.mapping(f"scholarship.{level.value}").cited(on) for level in Level}
    paid = tuple(
        {
            level: levels[level].value["amount"] * min(years, levels[level].value["max_years"])
            for level, years in child.items()
        }
        for child in children[: most.value]
    )
    return Scholarship(paid, (most.citation, *(cited.citation for cited in levels.values())))


def jkm_gives_scholarship(died_on: date, *, months_paid: int, law: Law) -> bool:
    """Does a death that is not of work open the scholarship? Only after three years of contributions.

    A death of work (JKK) always does. Source: PP 82/2019 art. 34 (number recalled).
    """
    return months_paid >= 12 * law.count("scholarship.jkm_min_years").on(died_on)
