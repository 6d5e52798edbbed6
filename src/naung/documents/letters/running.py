"""The runs of one paragraph: words and their shape, page numbers, pictures, notes, tabs and ends of lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from naung.documents.letters.blocks import Block
from naung.documents.letters.package import w
from naung.documents.letters.styles import Shape, Styles, run_shape

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
GONE = {w("del"), w("moveFrom"), w("delText")}


class Around(Protocol):
    """What the reader of a file knows that a run may point to."""

    styles: Styles

    def picture(self, node: Any) -> Block | None: ...

    def note(self, sort: str, number: str) -> list[Block]: ...

    def block(self, node: Any) -> list[Block]: ...


@dataclass(slots=True)
class Runs:
    """The runs of one paragraph, in their order; `boxes` are the blocks of its text boxes, which follow it."""

    reader: Around
    base: Shape
    found: list[Shape] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)
    _code: str | None = None
    _result: bool = False

    def read(self, node: Any) -> None:
        for child in node:
            if not isinstance(child.tag, str) or child.tag in GONE or child.tag == w("pPr"):
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
                shape |= self.reader.styles.of(named.get(w("val"), ""))[1]
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
                self.boxes.extend(self.reader.block(child))


def _counts_pages(code: str) -> str:
    word = code.split()[0].upper() if code.split() else ""
    return {"PAGE": "page", "NUMPAGES": "pages", "SECTIONPAGES": "pages"}.get(word, "")


def _symbol(code: str) -> str:
    try:
        number = int(code[:4], 16)
    except ValueError:
        return ""
    # Half of a pair stands for nothing.
    if 0xD800 <= number <= 0xDFFF or number < 0x20:
        return ""
    # Symbol fonts keep their signs in a private area; most of them are bullets and ticks.
    return "•" if 0xE000 <= number <= 0xF8FF else chr(number)
