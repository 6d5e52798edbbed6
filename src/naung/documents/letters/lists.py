"""Lists of names as attachments: too long for a template, so they are drawn straight from the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its title, its share of the width (any unit), and where its text stands."""

    title: str
    width: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Group:
    """People of one village: `rows` hold one text for each column; `total` stands in the last column, may be ""."""

    name: str
    rows: Sequence[Sequence[str]]
    subtotal: str = ""
    total: str = ""

    def __repr__(self) -> str:
        # Rows hold names and NIK: neither may reach a log through a traceback.
        return f"Group(rows={len(self.rows)})"


@dataclass(frozen=True, slots=True)
class NameList:
    """One attachment. `intro` stands above its title at the right ("LAMPIRAN", "NOMOR : ..."), as pairs of words.

    `note` stands at the left of its footer. `ending` and its `ending_total` close the table. `signature` are the
    lines of the block under it; the one that is "" leaves room to sign, the one after it is set in bold.
    """

    title: str
    headings: Sequence[Heading]
    groups: Sequence[Group]
    landscape: bool = True
    intro: Sequence[tuple[str, str]] = ()
    note: str = ""
    ending: str = ""
    ending_total: str = ""
    signature: Sequence[str] = ()
