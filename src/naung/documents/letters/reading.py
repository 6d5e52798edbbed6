"""A filled DOCX as sections of blocks, ready for the typesetter: what a page shows, in plain dicts.

Understood: paragraphs and their shape, runs, running numbers, tabs, tables, heads and feet with page numbers, pictures,
footnotes, the size of pages. What is not understood is kept as plain text: no word of a paper is ever dropped.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import Any

from naung.documents.letters.package import BODY, LIST_MARK, SEAL_MARK, WP, A, R, parsed, parts_of, w
from naung.documents.letters.styles import Shape, Styles, border, paragraph_shape, points, run_shape

Block = dict[str, Any]

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_V = "{urn:schemas-microsoft-com:vml}"
_PICTURES = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif"}
# The height of a line of an ordinary font, in its size.
LINE = 1.15
_CELL_SIDE = 5.4
# What a run or paragraph may hold without words of its own, and what only wraps others.
_WRAPPERS = {w(name) for name in ("ins", "smartTag", "sdt", "sdtContent", "moveTo", "customXml")}
_GONE = {w("del"), w("moveFrom"), w("delText")}


@dataclass(slots=True)
class Read:
    """What was read: sections in their order, pictures by number, the title of the file."""

    sections: list[Block]
    pictures: list[Block]
    title: str
    dated: tuple[int, int, int]


def read(docx: bytes, *, lists: int = 0, sealed: bool = False) -> Read:
    """Read a DOCX. With `lists` the tables of names in it are left out and a section `list` stands for each.

    With `sealed` the seal of the file is left out and a block `seal` stands for it.
    """
    parts = parts_of(docx)
    body = parts[BODY]
    if lists:
        body = _without_lists(body)
    reader = _Reader(parts, sealed=sealed)
    sections = reader.body(parsed(body), lists)
    return Read(sections, reader.pictures, reader.title(), reader.dated())


def _without_lists(body: bytes) -> bytes:
    """The body without the tables between the marks, cut out as bytes: parsing them takes longer than all the rest."""
    begin = body.find(b'w:name="%s"' % LIST_MARK.encode())
    if begin < 0:
        return body
    number = re.search(rb'w:id="(\d+)"', body[body.rfind(b"<w:bookmarkStart", 0, begin) : begin + 80])
    assert number is not None, "a bookmark has a number"
    paragraph_end = body.find(b"</w:p>", begin) + len(b"</w:p>")
    end = re.compile(rb'<w:bookmarkEnd w:id="%s"\s*/>' % number[1]).search(body, paragraph_end)
    if end is None:
        return body
    section = re.search(rb"<w:sectPr.*?</w:sectPr>", body[paragraph_end : end.start()], re.DOTALL)
    kept = b"<w:p><w:pPr>" + section[0] + b"</w:pPr></w:p>" if section else b""
    return body[:paragraph_end] + kept + body[end.end() :]


@dataclass(slots=True)
class _Reader:
    parts: dict[str, bytes]
    sealed: bool
    pictures: list[Block] = field(default_factory=list)
    _pictured: dict[str, int] = field(default_factory=dict)
    _roots: dict[str, Any] = field(default_factory=dict)
    _part: str = BODY
    _styles: Styles = field(init=False)

    def __post_init__(self) -> None:
        self._styles = Styles(self._root("word/styles.xml"), self._root("word/numbering.xml"))

    def _root(self, name: str) -> Any | None:
        if name not in self._roots:
            self._roots[name] = parsed(self.parts[name]) if name in self.parts else None
        return self._roots[name]

    def title(self) -> str:
        root = self._root("docProps/core.xml")
        found = next(root.iter("{http://purl.org/dc/elements/1.1/}title"), None) if root is not None else None
        return (found.text or "") if found is not None else ""

    def dated(self) -> tuple[int, int, int]:
        """Year, month and day of the file."""
        root = self._root("docProps/core.xml")
        found = next(root.iter("{http://purl.org/dc/terms/}created"), None) if root is not None else None
        day = re.match(r"(\d{4})-(\d\d)-(\d\d)", (found.text or "") if found is not None else "")
        return (int(day[1]), int(day[2]), int(day[3])) if day else (2000, 1, 1)

    # --- sections -----------------------------------------------------------------------------------

    def body(self, root: Any, lists: int) -> list[Block]:
        sections: list[Block] = []
        blocks: list[Block] = []
        kept: dict[tuple[str, str], Any] = {}
        pending = lists
        for child in root.find(w("body")):
            end = child if child.tag == w("sectPr") else child.find(f"{w('pPr')}/{w('sectPr')}")
            marked = pending and any(one.get(w("name")) == LIST_MARK for one in child.iter(w("bookmarkStart")))
            if child.tag != w("sectPr") and not marked:
                blocks.extend(self._block(child))
            if marked:
                # The section before the lists ends with the properties that follow the mark.
                after = next((one for one in child.itersiblings() if one.tag == w("p")), None)
                own = after.find(f"{w('pPr')}/{w('sectPr')}") if after is not None else None
                own = own if own is not None else root.find(w("body")).find(w("sectPr"))
                sections.append(self._section(own, blocks, kept))
                blocks = []
                sections.extend(sections[-1] | {"blocks": [], "list": at, "first": None} for at in range(lists))
                pending = 0
            if end is not None:
                if any(_says(block) for block in blocks) or not sections:
                    sections.append(self._section(end, blocks, kept))
                blocks = []
        if blocks:
            sections.append(self._section(None, blocks, kept))
        return sections

    def _section(self, properties: Any | None, blocks: list[Block], kept: dict[tuple[str, str], Any]) -> Block:
        section: Block = {"blocks": _spaced(blocks), "list": None, "first": None}
        size = properties.find(w("pgSz")) if properties is not None else None
        margins = properties.find(w("pgMar")) if properties is not None else None
        section["width"] = points(size.get(w("w"))) if size is not None else 595.3
        section["height"] = points(size.get(w("h"))) if size is not None else 841.9
        for side in ("top", "bottom", "left", "right", "header", "footer"):
            section[f"m_{side}"] = abs(points(margins.get(w(side)))) if margins is not None else 56.7
        if properties is not None:
            for reference in properties:
                if reference.tag in (w("headerReference"), w("footerReference")):
                    side = reference.tag.rsplit("}", 1)[-1].removesuffix("Reference")
                    target = self._target(BODY, reference.get(f"{{{R}}}id"))
                    kept[side, reference.get(w("type"), "default")] = target
        for side in ("header", "footer"):
            section[side] = self._furniture(kept.get((side, "default")))
        if properties is not None and properties.find(w("titlePg")) is not None:
            section["first"] = {side: self._furniture(kept.get((side, "first"))) for side in ("header", "footer")}
        return section

    def _furniture(self, name: str | None) -> list[Block]:
        """The blocks of a head or foot."""
        root = self._root(name) if name else None
        if root is None or name is None:
            return []
        before, self._part = self._part, name
        blocks = _spaced([block for child in root for block in self._block(child)])
        self._part = before
        return blocks

    def _target(self, part: str, relation: str | None) -> str:
        folder, name = posixpath.split(part)
        root = self._root(f"{folder}/_rels/{name}.rels")
        for one in root if root is not None else ():
            if one.get("Id") == relation and one.get("TargetMode") != "External":
                target = one.get("Target", "")
                return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        return ""

    # --- blocks -------------------------------------------------------------------------------------

    def _block(self, node: Any) -> list[Block]:
        if node.tag == w("p"):
            return self._paragraph(node)
        if node.tag == w("tbl"):
            return [self._table(node)]
        if node.tag in _GONE or not isinstance(node.tag, str) or node.tag == w("sectPr"):
            return []
        return [block for child in node for block in self._block(child)]  # what only wraps

    def _paragraph(self, node: Any) -> list[Block]:
        properties = node.find(w("pPr"))
        named = properties.find(w("pStyle")) if properties is not None else None
        style = named.get(w("val"), "") if named is not None else self._styles.normal()
        default_paragraph, default_run = self._styles.defaults
        style_paragraph, style_run = self._styles.of(style)
        number = self._styles.number_of(properties, style)
        label, level = self._styles.numbered(*number) if number else ("", {})
        shape = default_paragraph | style_paragraph | level | paragraph_shape(properties)
        base = default_run | style_run
        mark = base | run_shape(properties.find(w("rPr")) if properties is not None else None)
        runs = _Runs(self, base)
        runs.read(node)
        sizes = [run["size"] for run in runs.found if "size" in run] or [mark["size"]]
        block: Block = {"k": "p", "style": style, "runs": runs.found, "size": max(sizes), "label": label} | shape
        if label:
            block["label_shape"] = {key: mark[key] for key in ("bold", "italic", "size", "face") if key in mark}
        return [*_pages(block), *runs.boxes]

    def _table(self, node: Any) -> Block:
        properties = node.find(w("tblPr"))
        grid = [points(column.get(w("w"))) for column in node.iterfind(f"{w('tblGrid')}/{w('gridCol')}")]
        lines = self._table_lines(properties)
        margins = properties.find(w("tblCellMar")) if properties is not None else None
        sides = {}
        for side, other in (("left", "start"), ("right", "end")):
            found = None
            if margins is not None:
                found = margins.find(w(side)) if margins.find(w(side)) is not None else margins.find(w(other))
            sides[side] = points(found.get(w("w"))) if found is not None else _CELL_SIDE
        rows: list[Block] = []
        open_cells: dict[int, Block] = {}
        for row in _children(node, "tr"):
            cells: list[Block] = []
            at = 0
            trpr = row.find(w("trPr"))
            for skip in row.iterfind(f"{w('trPr')}/{w('gridBefore')}"):
                span = int(skip.get(w("val"), 0))
                cells.append({"x": span, "y": 1, "blocks": [], "at": at})
                at += span
            for cell in _children(row, "tc"):
                tcpr = cell.find(w("tcPr"))
                span_node = tcpr.find(w("gridSpan")) if tcpr is not None else None
                span = max(1, int(span_node.get(w("val"), 1))) if span_node is not None else 1
                merge = tcpr.find(w("vMerge")) if tcpr is not None else None
                blocks = [block for child in cell for block in self._block(child) if child.tag != w("tcPr")]
                if merge is not None and merge.get(w("val"), "continue") == "continue" and at in open_cells:
                    above = open_cells[at]
                    above["y"] += 1
                    if any(_says(block) for block in blocks):
                        above["blocks"] = _spaced(above["blocks"] + blocks)
                else:
                    made = {"x": span, "y": 1, "blocks": _spaced(blocks), "at": at} | self._cell_shape(tcpr, cell)
                    made["own"] = self._own_lines(tcpr)
                    cells.append(made)
                    open_cells.pop(at, None)
                    if merge is not None:
                        open_cells[at] = made
                at += span
            while len(grid) < at:
                grid.append(72.0)
            if at < len(grid):
                cells.append({"x": len(grid) - at, "y": 1, "blocks": [], "at": at, "blank": True})
            height = trpr.find(w("trHeight")) if trpr is not None else None
            rows.append({
                "cells": cells,
                "whole": trpr is not None and trpr.find(w("cantSplit")) is not None,
                "header": trpr is not None and trpr.find(w("tblHeader")) is not None,
                "height": points(height.get(w("val"))) if height is not None else 0,
            })  # fmt: skip
        # Rows that keep with the next one, as those of a signature do, stay on one page together.
        together = len(rows) > 1 and all(_keeps(row) for row in rows[:-1])
        for place, row_ in enumerate(rows):
            for cell_ in row_["cells"]:
                own = cell_.pop("own", {})
                edges = {
                    "top": own.get("top", lines.get("top" if place == 0 else "insideH")),
                    "bottom": own.get("bottom", lines.get("bottom" if place + cell_["y"] >= len(rows) else "insideH")),
                    "left": own.get("left", lines.get("left" if cell_["at"] == 0 else "insideV")),
                    "right": own.get(
                        "right", lines.get("right" if cell_["at"] + cell_["x"] >= len(grid) else "insideV")
                    ),
                }
                cell_["lines"] = {} if cell_.get("blank") else {side: line for side, line in edges.items() if line}
        block: Block = {
            "k": "t",
            "together": together,
            "cols": grid or [72.0],
            "rows": rows,
            **{f"c_{side}": size for side, size in sides.items()},
        }
        if properties is not None:
            place_ = properties.find(w("jc"))
            block["align"] = place_.get(w("val"), "left") if place_ is not None else "left"
            width = properties.find(w("tblW"))
            block["full"] = width is not None and width.get(w("type")) == "pct" and points(width.get(w("w")), 1) >= 5000
            indent = properties.find(w("tblInd"))
            block["indent"] = points(indent.get(w("w"))) if indent is not None else 0
        return block

    def _table_lines(self, properties: Any | None) -> Shape:
        """Border lines of a table: its own, over those of its style."""
        if properties is None:
            return {}
        lines: Shape = {}
        chain = []
        named = properties.find(w("tblStyle"))
        name, seen = (named.get(w("val"), "") if named is not None else ""), set()
        while name and name not in seen and (style := self._styles.style(name)) is not None:
            seen.add(name)
            chain.append(style.find(f"{w('tblPr')}/{w('tblBorders')}"))
            base = style.find(w("basedOn"))
            name = base.get(w("val"), "") if base is not None else ""
        for node in (*reversed(chain), properties.find(w("tblBorders"))):
            for side in node if node is not None else ():
                word = {"start": "left", "end": "right"}.get(side.tag.rsplit("}", 1)[-1], side.tag.rsplit("}", 1)[-1])
                lines[word] = border(side) if side.get(w("val")) not in ("none", "nil") else None
        return lines

    def _own_lines(self, properties: Any | None) -> Shape:
        node = properties.find(w("tcBorders")) if properties is not None else None
        lines: Shape = {}
        for side in node if node is not None else ():
            lines[side.tag.rsplit("}", 1)[-1]] = border(side) if side.get(w("val")) not in ("none", "nil") else None
        return lines

    def _cell_shape(self, properties: Any | None, cell: Any) -> Shape:
        shape: Shape = {"valign": "top"}
        if properties is not None:
            if (node := properties.find(w("vAlign"))) is not None:
                shape["valign"] = {"center": "horizon", "bottom": "bottom"}.get(node.get(w("val"), ""), "top")
            if (node := properties.find(w("shd"))) is not None and len(node.get(w("fill"), "")) == 6:
                shape["fill"] = node.get(w("fill"))
        if self.sealed and any(one.get(w("name")) == SEAL_MARK for one in cell.iter(w("bookmarkStart"))):
            shape["seal"] = True
        return shape

    # --- pictures and notes ---------------------------------------------------------------------------

    def picture(self, node: Any) -> Block | None:
        """A picture of a run, or None where it is of a sort that the typesetter cannot draw."""
        blip = next(node.iter(f"{{{A}}}blip", f"{_V}imagedata"), None)
        relation = (blip.get(f"{{{R}}}embed") or blip.get(f"{{{R}}}id")) if blip is not None else None
        name = self._target(self._part, relation)
        content = self.parts.get(name, b"")
        form = next((form for magic, form in _PICTURES.items() if content.startswith(magic)), "")
        if not form:
            return None
        if name not in self._pictured:
            self._pictured[name] = len(self.pictures)
            self.pictures.append({"form": form, "bytes": list(content)})
        extent = next(node.iter(f"{{{WP}}}extent"), None)
        about = next(node.iter(f"{{{WP}}}docPr"), None)
        width, height = (
            (points(extent.get(side), 12_700) for side in ("cx", "cy")) if extent is not None else (72.0, 72.0)
        )
        alt = about.get("descr", "") if about is not None else ""
        return {"img": self._pictured[name], "width": width, "height": height, "alt": alt or "Gambar"}

    def note(self, sort: str, number: str) -> list[Block]:
        """The blocks of a footnote or endnote."""
        root = self._root(f"word/{sort}s.xml")
        for one in root if root is not None else ():
            if one.get(w("id")) == number:
                return _spaced([block for child in one for block in self._block(child)])
        return []


@dataclass(slots=True)
class _Runs:
    """The runs of one paragraph, in their order; `boxes` are the blocks of its text boxes, which follow it."""

    reader: _Reader
    base: Shape
    found: list[Shape] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)
    _code: str | None = None
    _result: bool = False

    def read(self, node: Any) -> None:
        for child in node:
            if not isinstance(child.tag, str) or child.tag in _GONE or child.tag == w("pPr"):
                continue
            if child.tag == w("r"):
                self._run(child)
            elif child.tag == w("fldSimple") and _counts_pages(child.get(w("instr"), "")):
                shape = self.base | run_shape(next(child.iter(w("rPr")), None))
                self.found.append({"field": _counts_pages(child.get(w("instr"), "")), **shape})
            elif child.tag == _MC + "AlternateContent":
                self._alternate(child, self.base)
            else:
                self.read(child)  # what only wraps runs: links, insertions, content controls

    def _run(self, run: Any) -> None:
        properties = run.find(w("rPr"))
        shape = dict(self.base)
        if properties is not None:
            named = properties.find(w("rStyle"))
            if named is not None:
                shape |= self.reader._styles.of(named.get(w("val"), ""))[1]
            shape |= run_shape(properties)
        for child in run:
            self._piece(child, shape)

    def _piece(self, child: Any, shape: Shape) -> None:
        tag = child.tag.rsplit("}", 1)[-1] if isinstance(child.tag, str) else ""
        if tag == "fldChar":
            self._field(child.get(w("fldCharType"), ""), shape)
        elif tag == "instrText":
            self._code = (self._code or "") + (child.text or "")
        elif self._result and self._code and _counts_pages(self._code):
            return  # the page number the word processor saw last
        elif tag == "t":
            self._text(child.text or "", shape)
        elif tag in ("tab", "ptab"):
            self.found.append({"tab": True, **shape})
        elif tag in ("br", "cr"):
            self.found.append({"break": "page" if child.get(w("type")) == "page" else "line", **shape})
        elif tag in ("noBreakHyphen", "softHyphen"):
            self._text("\u2011" if tag == "noBreakHyphen" else "\u00ad", shape)
        elif tag == "sym":
            self._text(_symbol(child.get(w("char"), "")), shape)
        elif tag in ("drawing", "pict", "object"):
            self._drawing(child)
        elif tag == "AlternateContent":
            self._alternate(child, shape)
        elif tag in ("footnoteReference", "endnoteReference"):
            sort = tag.removesuffix("Reference")
            if blocks := self.reader.note(sort, child.get(w("id"), "")):
                self.found.append({"note": blocks, **shape})

    def _text(self, words: str, shape: Shape) -> None:
        if not words:
            return
        last = self.found[-1] if self.found else None
        if last is not None and "t" in last and {key: value for key, value in last.items() if key != "t"} == shape:
            last["t"] += words
        else:
            self.found.append({"t": words, **shape})

    def _field(self, word: str, shape: Shape) -> None:
        if word == "begin":
            self._code, self._result = "", False
        elif word == "separate":
            self._result = True
        elif word == "end":
            if field_ := _counts_pages(self._code or ""):
                self.found.append({"field": field_, **shape})
            self._code, self._result = None, False

    def _alternate(self, node: Any, shape: Shape) -> None:
        """The same thing twice, for new and old readers: the first is enough."""
        for child in node[0] if len(node) else ():
            self._piece(child, shape)

    def _drawing(self, node: Any) -> None:
        if picture := self.reader.picture(node):
            self.found.append(picture)
        for box in node.iter(w("txbxContent")):
            for child in box:
                self.boxes.extend(self.reader._block(child))


def _children(node: Any, name: str) -> list[Any]:
    """Rows of a table or cells of a row, also those in content controls."""
    found = []
    for child in node:
        if child.tag == w(name):
            found.append(child)
        elif child.tag in _WRAPPERS:
            found.extend(_children(child, name))
    return found


def _counts_pages(code: str) -> str:
    word = code.split()[0].upper() if code.split() else ""
    return {"PAGE": "page", "NUMPAGES": "pages", "SECTIONPAGES": "pages"}.get(word, "")


def _symbol(code: str) -> str:
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    # Symbol fonts keep their signs in a private area; most of them are bullets and ticks.
    return "•" if 0xE000 <= number <= 0xF8FF else chr(number)


def _keeps(row: Block) -> bool:
    return any(block.get("keep") for cell in row["cells"] for block in cell["blocks"])


def _pages(block: Block) -> list[Block]:
    """A paragraph cut where a page ends within it."""
    pieces: list[list[Shape]] = [[]]
    for run in block["runs"]:
        if run.get("break") == "page":
            pieces.append([])
        else:
            pieces[-1].append(run)
    if len(pieces) == 1:
        return [block]
    first, *rest = pieces
    cut = [block | {"runs": first}] if first or block["label"] else []
    return cut + [block | {"runs": runs, "label": "", "page": True, "before": 0.0} for runs in rest]


def _says(block: Block) -> bool:
    """Whether a block shows anything."""
    return block["k"] != "p" or bool(block["runs"]) or bool(block["label"]) or bool(block.get("lines"))


def _spaced(blocks: list[Block]) -> list[Block]:
    """Blocks with the gap above each: the space after the last, the space before this, and what its lines need."""
    after, style = 0.0, ""
    for at, block in enumerate(blocks):
        before = block.get("before", 0.0)
        if block["k"] == "p":
            rule, value = block.get("line", ("auto", 1.0))
            natural = block["size"] * LINE
            pitch = natural * value if rule == "auto" else value if rule == "exact" else max(value, natural)
            block["pitch"] = round(pitch, 2)
            snug = block.get("snug") and style == block["style"]
            block["gap"] = round(0 if snug else after + before, 2) if at else before
            after, style = (0.0 if snug else block.get("after", 0.0)), block["style"]
        else:
            block["gap"], after, style = after, 0.0, ""
    if blocks:
        blocks[-1]["last"] = after
    return blocks
