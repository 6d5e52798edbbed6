"""Reading a gathered paper: its figures as numbers, and everything it says as one text."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Sequence
from datetime import date

from naung.documents.letters.kinds import KINDS
from naung.papers.gathering import Gathered

TODAY = date(2026, 11, 21)
NIK = re.compile(r"\d{16}")


def figure(text: str) -> int:
    """`1.234 (seribu ...) orang` and `Rp2.940.000,00` as numbers."""
    found = re.match(r"(?:Rp)?([\d.]+)", text)
    assert found, text
    return int(found[1].replace(".", ""))


def column(rows: Sequence[dict[str, str]], name: str) -> list[int]:
    return [figure(row[name]) for row in rows]


def said(gathered: Gathered, lists: object = None) -> str:
    """Everything that one copy says: its fields, and the lists given."""
    parts = [gathered.contents, gathered.suggested, gathered.title, gathered.about.name, lists or ()]
    return json.dumps(parts, default=lambda one: dataclasses.asdict(one), ensure_ascii=False)


def fields_fit(kind: str, gathered: Gathered) -> bool:
    """Whether every field is one that the kind declares, of its sort and with its columns."""
    for name, value in {**gathered.contents, **gathered.suggested}.items():
        field = KINDS[kind].field(name)
        assert field is not None, name
        if field.sort == "text":
            assert isinstance(value, str), name
        elif field.sort == "lines":
            assert all(isinstance(one, str) for one in value), name
        else:
            assert all(set(row) == set(field.columns) for row in value), (name, value[:1])
            assert all(isinstance(cell, str) for row in value for cell in row.values()), name
    for one in (*gathered.lists, *(gathered.public_lists or ())):
        assert all(len(row) == len(one.headings) for group in one.groups for row in group.rows), one.title
    return True
