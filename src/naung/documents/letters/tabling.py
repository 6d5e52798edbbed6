"""Lists of names written into a DOCX as XML: a template engine would take minutes over what this does in seconds."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml

from naung.documents.letters.lists import Align, NameList
from naung.documents.letters.package import LIST_MARK, R, W, w, writable

_FIRST_TAG = re.compile(r"<w:\w+")
# A4, in twips.
_SHORT, _LONG = 11_906, 16_838
_MARGIN = 907  # 1.6 cm
_JC: dict[Align, str] = {"left": "left", "center": "center", "right": "right"}
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="555555"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_CELL_MARGINS = '<w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/>'


def with_tables(body: bytes, lists: Sequence[NameList]) -> bytes:
    """The body of a paper with the tables of its lists, put in as text: parsing them takes long."""
    for at, one in enumerate(lists):
        # A place is an element of ours with a bookmark that no value can make.
        body = body.replace(_place(at).encode(), _table(one).encode(), 1)
    return body


def _place(at: int) -> str:
    return f'<w:bookmarkStart w:id="{91_000 + at}" w:name="naung_daftar_{at}"/>'


def put_lists(paper: Any, lists: Sequence[NameList]) -> None:
    """The places of the lists at the mark of the paper; `with_tables` puts the tables there.

    The mark's two bookmarks stand around them, so that a reader can skip them.

    A list is a section of its own: what stands before the mark ends its section there.
    """
    body = paper.element.body
    mark = next((one for one in body.iter(w("bookmarkStart")) if one.get(w("name")) == LIST_MARK), None)
    if mark is None:
        return
    place = mark.getparent()
    while place.getparent() is not body:  # a template keeps the mark out of tables; this is for papers already drawn
        place = place.getparent()
    if not lists:
        # Without a list the mark is an empty paragraph too many.
        if place.tag == w("p") and len(body.findall(w("p"))) > 1 and place.find(w("pPr")) is None:
            body.remove(place)
        return
    last = body.find(w("sectPr"))
    rest = [node for node in place.itersiblings() if node is not last]
    ends = not any("".join(node.itertext()).strip() for node in rest)
    pieces: list[Any] = [_section_end(copy.deepcopy(last))]
    for at, one in enumerate(lists):
        pieces.extend(_list(one, at))
        if not (ends and at == len(lists) - 1):
            pieces.append(_section_end(_list_section(last, one)))
    anchor = place
    for piece in pieces:
        anchor.addnext(piece)
        anchor = piece
    # The second bookmark closes after the last piece.
    end = next(one for one in place.iter(w("bookmarkEnd")))
    anchor.addnext(end)
    if ends:
        for node in rest:
            body.remove(node)
        body.replace(last, _list_section(last, lists[-1]))


def _list_section(main: Any, one: NameList) -> Any:
    """A4, across or upright. The foot of the main section stays in force."""
    wide, high = (_LONG, _SHORT) if one.landscape else (_SHORT, _LONG)
    section = copy.deepcopy(main)
    for child in list(section):
        if child.tag in (w("pgSz"), w("pgMar"), w("type"), w("titlePg"), w("headerReference"), w("footerReference")):
            section.remove(child)
    orient = ' w:orient="landscape"' if one.landscape else ""
    for at, xml in enumerate(
        (
            '<w:type w:val="nextPage"/>',
            f'<w:pgSz w:w="{wide}" w:h="{high}"{orient}/>',
            (
                f'<w:pgMar w:top="{_MARGIN}" w:right="{_MARGIN}" w:bottom="{_MARGIN}" w:left="{_MARGIN}" '
                'w:header="454" w:footer="454" w:gutter="0"/>'
            ),
        )
    ):
        section.insert(at, _element(xml))
    return section


def _section_end(section: Any) -> Any:
    paragraph = _element(
        '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
    )
    paragraph.find(w("pPr")).append(section)
    return paragraph


def _element(xml: str) -> Any:
    return parse_xml(_FIRST_TAG.sub(rf'\g<0> xmlns:w="{W}" xmlns:r="{R}"', xml, count=1))


def _list(one: NameList, at: int) -> Iterator[Any]:
    for label, words in one.intro:
        yield _element(
            _paragraph(f"{label} : {words}" if words else label, indent=8200 if one.landscape else 4600, bold=not words)
        )
    yield _element(_paragraph(one.title, align="center", bold=True, size=22, before=160, after=120))
    if one.note:
        yield _element(_paragraph(one.note, align="center", size=16, after=80))
    yield _element(_place(at))
    if one.signature:
        yield from _signature(one)


def _table(one: NameList) -> str:
    room = (_LONG if one.landscape else _SHORT) - 2 * _MARGIN
    share = room / sum(heading.width for heading in one.headings)
    widths = [round(heading.width * share) for heading in one.headings]
    aligns = [_JC[heading.align] for heading in one.headings]
    columns = len(widths)
    out = [
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{_CELL_MARGINS}</w:tblCellMar></w:tblPr><w:tblGrid>'
        + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        + "</w:tblGrid>"
    ]
    out.append(
        "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
        + "".join(
            _cell(_paragraph(heading.title, align="center", bold=True, size=16), width, fill="E9EEF5")
            for heading, width in zip(one.headings, widths, strict=True)
        )
        + "</w:tr>"
    )
    # What is the same in every row is put together once.
    starts = [
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:spacing w:before="10" w:after="10" '
        f'w:line="240" w:lineRule="auto"/><w:jc w:val="{align}"/></w:pPr><w:r><w:rPr><w:sz w:val="16"/></w:rPr>'
        '<w:t xml:space="preserve">'
        for width, align in zip(widths, aligns, strict=True)
    ]
    end = "</w:t></w:r></w:p></w:tc>"
    for group in one.groups:
        if group.name:
            out.append(_wide(group.name, columns, sum(widths), fill="F6F8FB"))
        for row in group.rows:
            cells = "".join([start + escape(writable(text)) + end for start, text in zip(starts, row, strict=True)])
            out.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
        if group.subtotal:
            out.append(_sum(group.subtotal, group.total, widths))
    if one.ending:
        out.append(_sum(one.ending, one.ending_total, widths, fill="E9EEF5"))
    out.append("</w:tbl>")
    return "".join(out)


def _wide(words: str, columns: int, width: int, *, fill: str = "") -> str:
    cell = _cell(_paragraph(words, bold=True, size=16), width, span=columns, fill=fill)
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}</w:tr>"


def _sum(words: str, total: str, widths: Sequence[int], *, fill: str = "") -> str:
    first = _cell(
        _paragraph(words, align="right", bold=True, size=16), sum(widths[:-1]), span=len(widths) - 1, fill=fill
    )
    last = _cell(_paragraph(total, align="right", bold=True, size=16), widths[-1], fill=fill)
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{first}{last}</w:tr>"


def _cell(paragraph: str, width: int, *, span: int = 1, fill: str = "") -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    shape = f'<w:tcW w:w="{width}" w:type="dxa"/>{spanned}{shade}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{shape}</w:tcPr>{paragraph}</w:tc>"


def _signature(one: NameList) -> Iterator[Any]:
    named = False
    for at, line in enumerate(one.signature):
        if not line:
            yield _element(_paragraph("", indent=9200 if one.landscape else 5000, before=900))
            named = True
            continue
        yield _element(
            _paragraph(
                line,
                indent=9200 if one.landscape else 5000,
                bold=named,
                size=20,
                before=240 if at == 0 else 0,
                keep=True,
            )
        )
        named = False


def _paragraph(
    words: str,
    *,
    align: str = "left",
    bold: bool = False,
    size: int = 18,
    before: int = 10,
    after: int = 10,
    indent: int = 0,
    keep: bool = False,
) -> str:
    """Sizes in half points, lengths in twips."""
    return (
        f'<w:p><w:pPr>{"<w:keepNext/>" if keep else ""}<w:spacing w:before="{before}" w:after="{after}" w:line="240" '
        f'w:lineRule="auto"/><w:ind w:left="{indent}" w:firstLine="0"/><w:jc w:val="{align}"/></w:pPr><w:r><w:rPr>'
        f'{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(writable(words))}</w:t></w:r></w:p>'
    )
