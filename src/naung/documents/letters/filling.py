"""A template and the contents of its fields become a DOCX.

Values are text: markup of Jinja, of XML or of a typesetter in a name stays what it is. The same template and
contents give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

import docx
from docx.shared import Cm
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate

from naung.documents.letters import templates
from naung.documents.letters.fields import Field, LetterKind
from naung.documents.letters.kinds import KINDS
from naung.documents.letters.lists import NameList
from naung.documents.letters.package import (
    BODY,
    CREST_MARK,
    CREST_MARKER,
    LIST_MARK,
    LIST_MARKER,
    SEAL_MARK,
    SEAL_MARKER,
    WP,
    is_worded,
    packed,
    parsed,
    parts_of,
    text_of,
    w,
    writable,
    written,
)
from naung.documents.letters.sealing import Seal, put_seal
from naung.documents.letters.tabling import put_lists, with_tables

__all__ = ["ContentsDoNotFit", "Seal", "fill"]

# The filler reads `{_{` as a way to write a brace: braces of values travel as characters that nobody types.
_BRACES = str.maketrans({"{": "\ue7f1", "}": "\ue7f2"})
_MARKS = {LIST_MARKER: LIST_MARK, CREST_MARKER: CREST_MARK, SEAL_MARKER: SEAL_MARK}
_CREST_CM = 2.1
# A file made twice must be the same: it is dated by its paper, or not by today.
_MADE = date(2000, 1, 1)


class _Template(DocxTemplate):
    """The filler without its repair of tables, which takes broken XML and miscounts tables in tables."""

    def fix_tables(self, xml: str) -> Any:
        return parsed(xml.encode())


class ContentsDoNotFit(ValueError):
    """The contents are not what the kind of paper declares: our mistake. The words hold names of fields only."""


def fill(
    code: str,
    contents: Mapping[str, Any],
    *,
    template: bytes | None = None,
    lists: Sequence[NameList] = (),
    seal: Seal | None = None,
    crest: bytes = b"",
    title: str = "",
    dated: date | None = None,
) -> bytes:
    """The DOCX of a paper of kind `code`: `template`, or the shipped one, with its fields filled.

    `lists` come where `[[lampiran]]` stands, `crest` (PNG or JPEG) at `[[lambang]]`, `seal` at `[[keaslian]]` or,
    where the template has no place for it, at the foot of every page. `title` is the title of the file; without
    one it is the name of the kind. `dated` dates the file and the PDF drawn from it, so that making it again gives the
    same bytes.

    Raises ContentsDoNotFit. A template must have been found without fault by `templates.fault_of`.
    """
    kind = KINDS[code]
    context = _context(kind, contents)
    template_ = _Template(io.BytesIO(_with_marks(template if template is not None else templates.shipped(code))))
    template_.init_docx()
    properties = template_.docx.core_properties
    for name in ("author", "comments", "identifier", "language", "subject", "title"):
        setattr(properties, name, "")  # the filler would fill these too
    template_.render(context, jinja_env=templates.environment(), autoescape=True)
    filled = io.BytesIO()
    template_.save(filled)

    paper = docx.Document(io.BytesIO(_unbraced(filled.getvalue())))
    _put_crest(paper, crest)
    put_lists(paper, lists)
    if seal:
        put_seal(paper, seal)
    properties = paper.core_properties
    properties.title, properties.language = title or kind.name, "id-ID"
    properties.author = properties.last_modified_by = ""
    made = datetime.combine(dated or _MADE, time(), UTC)
    properties.created = properties.modified = properties.last_printed = made
    properties.revision = 1
    out = io.BytesIO()
    paper.save(out)
    parts = parts_of(out.getvalue())
    parts[BODY] = with_tables(parts[BODY], lists)
    return packed(parts)


def _context(kind: LetterKind, contents: Mapping[str, Any]) -> dict[str, Any]:
    known = {field.name for field in kind.fields}
    if unknown := sorted(set(contents) - known):
        raise ContentsDoNotFit(f"{kind.code}: unknown fields {', '.join(unknown)}")
    return {field.name: _value(kind, field, contents.get(field.name)) for field in kind.fields}


def _value(kind: LetterKind, field: Field, value: Any) -> str | list[Any]:
    if not value and field.needed:
        raise ContentsDoNotFit(f"{kind.code}: {field.name} is needed")
    try:
        match field.sort:
            case "text":
                return _text("" if value is None else value)
            case "lines":
                return [_text(line) for line in _listed(value)]
            case "table":
                rows = _listed(value)
                if any(set(row) != set(field.columns) for row in rows):
                    raise ContentsDoNotFit(f"{kind.code}: {field.name} has the columns {', '.join(field.columns)}")
                return [{column: _text(cell) for column, cell in row.items()} for row in rows]
    except TypeError as wrong:
        raise ContentsDoNotFit(f"{kind.code}: {field.name} is a {field.sort} field") from wrong


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    if isinstance(value, str | Mapping):
        raise TypeError("a list is needed")
    return list(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is needed")
    # The end of a line within a value breaks the line there; a tab would jump, so it is a blank.
    plain = value.replace("\t", " ").replace("\r\n", "\n").replace("\r", "\n")
    return writable(plain).translate(_BRACES)


def _with_marks(template: bytes) -> bytes:
    """The template with its markers turned into bookmarks, before any value comes in."""
    parts = parts_of(template)
    for name, part in parts.items():
        if not is_worded(name):
            continue
        root = parsed(part)
        for number, paragraph in enumerate(list(root.iter(w("p")))):
            if mark := _MARKS.get(text_of(paragraph).strip()):
                for child in list(paragraph):
                    if child.tag != w("pPr"):
                        paragraph.remove(child)
                for tag in ("bookmarkStart", "bookmarkEnd"):
                    bookmark = paragraph.makeelement(w(tag), {w("id"): str(90_000 + number)})
                    if tag == "bookmarkStart":
                        bookmark.set(w("name"), mark)
                    paragraph.append(bookmark)
        parts[name] = written(root)
    return packed(parts)


def _unbraced(content: bytes) -> bytes:
    """The braces of values put back."""
    parts = parts_of(content)
    for name, part in parts.items():
        if is_worded(name):
            parts[name] = part.replace("\ue7f1".encode(), b"{").replace("\ue7f2".encode(), b"}")
    return packed(parts)


def _put_crest(paper: Any, crest: bytes) -> None:
    """The crest where its mark stands, in the body of the paper or in the head of a page."""
    if not crest:
        return
    homes = [(paper.element.body, paper._body)]
    for section in paper.sections:
        for head in (section.header, section.first_page_header):
            if not head.is_linked_to_previous:
                homes.append((head._element, head))
    for root, home in homes:
        for mark in list(root.iter(w("bookmarkStart"))):
            if mark.get(w("name")) == CREST_MARK:
                run = Paragraph(mark.getparent(), home).add_run()
                run.add_picture(io.BytesIO(crest), height=Cm(_CREST_CM))
                run._element.find(f".//{{{WP}}}docPr").set("descr", "Lambang daerah")
