"""Files of one paper: each copy as DOCX and PDF, drawn from what was gathered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from naung import progress
from naung.documents.letters.drawing import to_pdf
from naung.documents.letters.filling import fill
from naung.documents.letters.kinds import KINDS, Field
from naung.documents.letters.sealing import Seal
from naung.papers import codes
from naung.papers.gathering import Gathered

#: Stands where the number will be, as long as there is none.
DRAFT_NUMBER = "RANCANGAN"
EXAMPLE = "CONTOH"
_MISSING = "[belum diisi]"
_COUNT = re.compile(rb"/Count (\d+)")


@dataclass(frozen=True)
class Drawn:
    """One file; `pages` of a PDF."""

    edition: str
    form: str
    content: bytes
    pages: int | None

    def __repr__(self) -> str:
        return f"Drawn({self.edition}.{self.form})"


Files = Sequence[Drawn]


def draw(
    kind: str,
    gathered: Gathered,
    *,
    template: bytes | None,
    crest: bytes,
    code: str,
    address: str,
    digest: str,
    dated: date,
) -> Files:
    """Every copy of a paper as DOCX and as PDF, sealed with its square. `digest` is the one of `gathered`."""
    seal = Seal(codes.written(code), address, digest)
    made = []
    for edition, lists in gathered.editions.items():
        contents = _given(kind, gathered.contents_of(edition))
        docx = fill(kind, contents, template=template, lists=lists, seal=seal, crest=crest, title=gathered.title,
                    dated=dated)  # fmt: skip
        pdf = to_pdf(docx, lists=lists, seal=seal)
        progress.at("typeset")
        made += [Drawn(edition, "pdf", pdf, pages_of(pdf)), Drawn(edition, "docx", docx, None)]
    return made


def missing_of(kind: str, gathered: Gathered) -> list[Field]:
    """The fields a paper cannot do without and that are not known; its number is given when it is issued."""
    return [
        field
        for field in KINDS[kind].fields
        if field.needed and field.name != gathered.number_field and not gathered.contents.get(field.name)
    ]


def _given(kind: str, contents: Mapping[str, Any]) -> dict[str, Any]:
    known = {field.name for field in KINDS[kind].fields}
    return {name: value for name, value in contents.items() if name in known and value}


def draft(kind: str, gathered: Gathered, *, template: bytes | None, crest: bytes) -> bytes:
    """A PDF to look at before issuing: without lists and square, what is missing named, and not to be taken for one."""
    holes: dict[str, Any] = {field.name: _hole(field) for field in missing_of(kind, gathered)}
    contents = _given(kind, gathered.contents) | holes
    contents[gathered.number_field] = DRAFT_NUMBER
    return _as_pdf(kind, contents, template=template, crest=crest, title=gathered.title, mark=DRAFT_NUMBER)


def example(kind: str, *, template: bytes | None, crest: bytes) -> bytes:
    """A PDF of a template with invented contents."""
    said = KINDS[kind]
    return _as_pdf(kind, said.example, template=template, crest=crest, title=said.name, mark=EXAMPLE)


def _as_pdf(
    kind: str, contents: dict[str, Any], *, template: bytes | None, crest: bytes, title: str, mark: str
) -> bytes:
    docx = fill(kind, contents, template=template, crest=crest, title=title)
    return to_pdf(docx, mark=mark)


def _hole(field: Field) -> Any:
    if field.sort == "text":
        return _MISSING
    if field.sort == "lines":
        return [_MISSING]
    return [dict.fromkeys(field.columns, _MISSING)]


def pages_of(pdf: bytes) -> int | None:
    """How many pages a PDF of our typesetter has: the largest count in its tree of pages; None where none is told."""
    counts = [int(found) for found in _COUNT.findall(pdf)]
    return max(counts, default=None)
