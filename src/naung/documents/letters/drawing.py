"""A filled DOCX drawn as PDF: what the region's own template says is what the PDF says.

The typesetter is given plain data as JSON (`reading`), never markup, in a process of its own (`documents.typeset`).
The same DOCX and lists give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from naung.documents.letters.lists import NameList
from naung.documents.letters.reading import read
from naung.documents.letters.sealing import Seal, qr_svg
from naung.documents.typeset import typeset

# Of an A4 page with margins of 1.6 cm, in points: along its long and its short side.
_ACROSS, _UPRIGHT = 751.2, 504.6
# Structure for screen readers weighs two kilobytes a row; beyond this the spreadsheet is the accessible list.
_MOST_TAGGED_ROWS = 1_000
_LONG_WORD = re.compile(r"\S{19,}")
_PIECES = re.compile(r".{1,9}")


def to_pdf(docx: bytes, *, lists: Sequence[NameList] = (), seal: Seal | None = None, mark: str = "") -> bytes:
    """The PDF of a filled DOCX, PDF/A-2b.

    `lists` are the lists it was filled with: they are drawn from the data, which is many times faster than from
    their tables in the DOCX. `seal` draws its QR as lines instead of the picture of the DOCX. `mark` stands large and
    grey behind every page ("RANCANGAN").

    Raises TypesettingFailed.
    """
    contents = contents_of(docx, lists=lists, seal=seal) | {"mark": mark}
    return typeset("letters/letter.typ", contents, archival=not mark)


def contents_of(docx: bytes, *, lists: Sequence[NameList] = (), seal: Seal | None = None) -> dict[str, Any]:
    """What the typesetter is given."""
    paper = read(docx, lists=len(lists), sealed=seal is not None)
    return {
        "title": paper.title,
        "dated": list(paper.dated),
        "sections": paper.sections,
        "pictures": paper.pictures,
        "lists": [_list(one) for one in lists],
        "qr": qr_svg(seal.address) if seal else "",
    }


def breakable(words: str) -> str:
    """`words` with places to break a line in a word too long for a column: the typesetter has none of its own there."""
    return _LONG_WORD.sub(lambda word: "\u200b".join(_PIECES.findall(word[0])), words) if len(words) > 18 else words


def _list(one: NameList) -> dict[str, Any]:
    room = _ACROSS if one.landscape else _UPRIGHT
    share = room / sum(heading.width for heading in one.headings)
    return {
        "title": one.title,
        "landscape": one.landscape,
        "headings": [[heading.title, round(heading.width * share, 2), heading.align] for heading in one.headings],
        "groups": [
            {
                "name": group.name,
                "subtotal": group.subtotal,
                "total": group.total,
                "rows": [[breakable(cell) for cell in row] for row in group.rows],
            }
            for group in one.groups
        ],
        "intro": [list(pair) for pair in one.intro],
        "note": one.note,
        "ending": one.ending,
        "ending_total": one.ending_total,
        "signature": list(one.signature),
        "tagged": sum(len(group.rows) for group in one.groups) <= _MOST_TAGGED_ROWS,
    }
