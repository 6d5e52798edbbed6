"""A filled DOCX as sections of blocks, ready for the typesetter: what a page shows, in plain dicts.

Understood: paragraphs and their shape, runs, running numbers, tabs, tables, heads and feet with page numbers, pictures,
footnotes, the size of pages. What is not understood is kept as plain text: no word of a paper is ever dropped.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from naung.documents.letters.blocks import Block, pages, says, spaced
from naung.documents.letters.grids import Tables
from naung.documents.letters.package import BODY, LIST_MARK, WP, A, R, parsed, parts_of, w
from naung.documents.letters.running import GONE, Runs
from naung.documents.letters.styles import Styles, paragraph_shape, points, run_shape

_V = "{urn:schemas-microsoft-com:vml}"
_PICTURES = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif"}


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
    styles: Styles = field(init=False)
    _tables: Tables = field(init=False)

    def __post_init__(self) -> None:
        self.styles = Styles(self._root("word/styles.xml"), self._root("word/numbering.xml"))
        self._tables = Tables(self.styles, self.block, self.sealed)

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
        try:
            day = date.fromisoformat((found.text or "")[:10] if found is not None else "")
        except ValueError:
            day = date(2000, 1, 1)
        return day.year, day.month, day.day

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
                blocks.extend(self.block(child))
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
                if any(says(block) for block in blocks) or not sections:
                    sections.append(self._section(end, blocks, kept))
                blocks = []
        if blocks:
            sections.append(self._section(None, blocks, kept))
        return sections

    def _section(self, properties: Any | None, blocks: list[Block], kept: dict[tuple[str, str], Any]) -> Block:
        section: Block = {"blocks": spaced(blocks), "list": None, "first": None}
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
        blocks = spaced([block for child in root for block in self.block(child)])
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

    def block(self, node: Any) -> list[Block]:
        if node.tag == w("p"):
            return self._paragraph(node)
        if node.tag == w("tbl"):
            return [self._tables.table(node)]
        if node.tag in GONE or not isinstance(node.tag, str) or node.tag == w("sectPr"):
            return []
        return [block for child in node for block in self.block(child)]  # what only wraps

    def _paragraph(self, node: Any) -> list[Block]:
        properties = node.find(w("pPr"))
        named = properties.find(w("pStyle")) if properties is not None else None
        style = named.get(w("val"), "") if named is not None else self.styles.normal()
        default_paragraph, default_run = self.styles.defaults
        style_paragraph, style_run = self.styles.of(style)
        number = self.styles.number_of(properties, style)
        label, level = self.styles.numbered(*number) if number else ("", {})
        shape = default_paragraph | style_paragraph | level | paragraph_shape(properties)
        base = default_run | style_run
        mark = base | run_shape(properties.find(w("rPr")) if properties is not None else None)
        runs = Runs(self, base)
        runs.read(node)
        sizes = [run["size"] for run in runs.found if "size" in run] or [mark["size"]]
        block: Block = {"k": "p", "style": style, "runs": runs.found, "size": max(sizes), "label": label} | shape
        if label:
            block["label_shape"] = {key: mark[key] for key in ("bold", "italic", "size", "face") if key in mark}
        return [*pages(block), *runs.boxes]

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
                return spaced([block for child in one for block in self.block(child)])
        return []
