"""Tables of a DOCX: their grid, merged cells, border lines of the table or its style, and rows that stay together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from naung.documents.letters.blocks import Block, says, spaced
from naung.documents.letters.package import SEAL_MARK, w
from naung.documents.letters.styles import Shape, Styles, border, points, whole

_CELL_SIDE = 5.4
# As many as Word can have.
_MOST_COLUMNS = 63
# What may stand around rows and cells.
_WRAPPERS = {w(name) for name in ("ins", "smartTag", "sdt", "sdtContent", "moveTo", "customXml")}


@dataclass(frozen=True, slots=True)
class Tables:
    """How the tables of one file are read; `block` reads what stands in a cell. With `sealed` the seal is marked."""

    styles: Styles
    block: Callable[[Any], list[Block]]
    sealed: bool

    def table(self, node: Any) -> Block:
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
                span = whole(skip.get(w("val")), 0, most=_MOST_COLUMNS)
                cells.append({"x": span, "y": 1, "blocks": [], "at": at})
                at += span
            for cell in _children(row, "tc"):
                tcpr = cell.find(w("tcPr"))
                span_node = tcpr.find(w("gridSpan")) if tcpr is not None else None
                span = max(1, whole(span_node.get(w("val")), 1, most=_MOST_COLUMNS)) if span_node is not None else 1
                merge = tcpr.find(w("vMerge")) if tcpr is not None else None
                blocks = [block for child in cell for block in self.block(child) if child.tag != w("tcPr")]
                if merge is not None and merge.get(w("val"), "continue") == "continue" and at in open_cells:
                    above = open_cells[at]
                    above["y"] += 1
                    if any(says(block) for block in blocks):
                        above["blocks"] = spaced(above["blocks"] + blocks)
                else:
                    made = {"x": span, "y": 1, "blocks": spaced(blocks), "at": at} | self._cell_shape(tcpr, cell)
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
            block["full"] = width is not None and width.get(w("type")) == "pct" and whole(width.get(w("w"))) >= 5000
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
        while name and name not in seen and (style := self.styles.style(name)) is not None:
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


def _children(node: Any, name: str) -> list[Any]:
    """Rows of a table or cells of a row, also those in content controls."""
    found = []
    for child in node:
        if child.tag == w(name):
            found.append(child)
        elif child.tag in _WRAPPERS:
            found.extend(_children(child, name))
    return found


def _keeps(row: Block) -> bool:
    return any(block.get("keep") for cell in row["cells"] for block in cell["blocks"])
