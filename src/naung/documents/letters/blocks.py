"""Blocks of a paper: what shows anything, where a page ends within one, and the gap above each."""

from __future__ import annotations

from typing import Any

from naung.documents.letters.styles import Shape

Block = dict[str, Any]

# The height of a line of an ordinary font, in its size.
LINE = 1.15


def says(block: Block) -> bool:
    """Whether a block shows anything."""
    return block["k"] != "p" or bool(block["runs"]) or bool(block["label"]) or bool(block.get("lines"))


def pages(block: Block) -> list[Block]:
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


def spaced(blocks: list[Block]) -> list[Block]:
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
