"""The minutes of a meeting, as PDF: what was planned, said and decided, and who does what until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from naung.documents.typeset import typeset


@dataclass(frozen=True, slots=True)
class Minutes:
    """What the minutes say. `lists` are titles with numbered lines; a task is what, by whom, until when."""

    region: str
    office: str
    title: str
    facts: Sequence[tuple[str, str]]
    lists: Sequence[tuple[str, Sequence[str]]]
    notes: Sequence[str]
    tasks: Sequence[tuple[str, str, str]]
    place_and_day: str
    crest: bytes = b""


def minutes_pdf(paper: Minutes) -> bytes:
    """Raises TypesettingFailed."""
    contents = {
        "region": paper.region,
        "office": paper.office,
        "title": paper.title,
        "facts": [list(fact) for fact in paper.facts],
        "lists": [[title, list(lines)] for title, lines in paper.lists if lines],
        "notes": list(paper.notes),
        "tasks": [list(task) for task in paper.tasks],
        "place_and_day": paper.place_and_day,
        "crest": list(paper.crest),
        "foot": f"Notulen {paper.title}"[:90],
    }
    return typeset("minutes.typ", contents)
