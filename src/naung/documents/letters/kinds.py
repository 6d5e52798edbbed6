"""Every kind of paper by its code. Structures: practice of regional offices; docs/papers.md lists the fields.

Amounts, dates and counts come as they shall be read (`rules.money.terbilang`, `documents.dates`). A crest, the names
of an attachment and the seal are no fields: `filling.fill` and `drawing.to_pdf` take them beside the contents.
"""

from __future__ import annotations

from naung.documents.letters.agreement_kinds import AGREEMENT_KINDS
from naung.documents.letters.fields import Field, LetterKind
from naung.documents.letters.office_kinds import OFFICE_KINDS
from naung.documents.letters.summary_kind import RINGKASAN

__all__ = ["KINDS", "Field", "LetterKind"]

KINDS: dict[str, LetterKind] = {kind.code: kind for kind in (*AGREEMENT_KINDS, *OFFICE_KINDS, RINGKASAN)}
