"""The fields of every kind as Markdown, for docs/papers.md: `python -m naung.documents.letters.fields_table FILE`."""

from __future__ import annotations

import sys
from pathlib import Path

from naung.documents.letters.fields import Field
from naung.documents.letters.kinds import KINDS

BEGIN, END = "<!-- fields: begin -->\n", "<!-- fields: end -->\n"


def fields_table() -> str:
    """One table a kind: name, sort, whether it is needed, what stands in it (in the language of the papers)."""
    out = ["## All fields\n\n"]
    for kind in KINDS.values():
        out.append(f"### {kind.name} (`{kind.code}`{', list' if kind.listed else ''})\n\n")
        out.append("| Field | Sort | Needed | What stands in it |\n|---|---|---|---|\n")
        out += [_row(field) for field in kind.fields]
        out.append("\n")
    return "".join(out)


def _row(field: Field) -> str:
    columns = f": {', '.join(f'`{column}`' for column in field.columns)}" if field.columns else ""
    needed = "yes" if field.needed else ""
    return f"| `{field.name}` | {field.sort}{columns} | {needed} | {field.words} |\n"


def put_into(page: str) -> str:
    """A page with the table between its two marks."""
    before, rest = page.split(BEGIN)
    return before + BEGIN + fields_table() + END + rest.split(END)[1]


if __name__ == "__main__":
    place = Path(sys.argv[1])
    place.write_text(put_into(place.read_text()))
