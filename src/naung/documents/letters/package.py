"""What a DOCX is made of: a zip of XML parts. Read with bounds, written so that the same parts give the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
BODY = "word/document.xml"

# Where something stands that is no field. A paragraph that holds only this is where it goes.
LIST_MARKER = "[[lampiran]]"
CREST_MARKER = "[[lambang]]"
SEAL_MARKER = "[[keaslian]]"

# Bookmarks take over from the markers before the fields are filled, so that a value can never be a marker.
LIST_MARK = "naung_lampiran"
CREST_MARK = "naung_lambang"
SEAL_MARK = "naung_keaslian"

# Not allowed in XML 1.0, which the file is made of.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ue7f1\ue7f2]|[\ud800-\udfff]")
# The first moment a zip can hold: a file made twice must be the same.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def w(name: str) -> str:
    """The tag or attribute `w:name` as lxml writes it."""
    return f"{{{W}}}{name}"


def parsed(xml: bytes) -> Any:
    """The root of one XML part. Entities, document types and the network are out of reach."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    return etree.fromstring(xml, parser)


def written(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def parts_of(content: bytes) -> dict[str, bytes]:
    """Every part by its name. Raises zipfile.BadZipFile."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a file. The list of content types stands first, as readers expect; the rest by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), parts[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def is_worded(name: str) -> bool:
    """Whether a part holds words of the paper: its body, a head, a foot or footnotes."""
    stem = name.removeprefix("word/")
    return (
        name.startswith("word/")
        and stem.endswith(".xml")
        and (stem.startswith(("header", "footer", "document")) or stem in ("footnotes.xml", "endnotes.xml"))
    )


def writable(words: str) -> str:
    """`words` without what XML 1.0 cannot hold."""
    return UNWRITABLE.sub("", words)


def text_of(paragraph: Any) -> str:
    return "".join(node.text or "" for node in paragraph.iter(w("t")))
