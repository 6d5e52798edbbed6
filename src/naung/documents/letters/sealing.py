"""The seal of an issued paper: a QR to the page that confirms it, its short code, and the digest of its contents."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import segno
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.shared import Cm, Pt

from naung.documents.letters.package import SEAL_MARK, WP, w

QR_CM = 1.35


@dataclass(frozen=True, slots=True)
class Seal:
    """`code` in letters, the `address` of the public check, and the SHA-256 of the contents in hexadecimal."""

    code: str
    address: str
    digest: str

    @property
    def words(self) -> tuple[str, ...]:
        """What stands beside the QR."""
        return (
            f"Keaslian dokumen ini dapat diperiksa di {self.address}",
            f"Kode {self.code} · SHA-256 {self.digest}",
        )


def qr_svg(address: str) -> str:
    """The QR as an SVG, for the typesetter."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False, dark="#000")
    return out.getvalue().decode()


def qr_png(address: str) -> bytes:
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="png", border=0, scale=8)
    return out.getvalue()


def put_seal(paper: Any, seal: Seal) -> None:
    """The seal where its mark stands, or at the foot of every page."""
    for mark in list(paper.element.body.iter(w("bookmarkStart"))):
        if mark.get(w("name")) == SEAL_MARK:
            place = mark.getparent()
            for child in list(place):
                if child.tag != w("pPr"):
                    place.remove(child)
            place.addprevious(_sealed(paper, seal, Cm(16)))
            return
    for at, section in enumerate(paper.sections):
        feet = [section.footer]
        if section.different_first_page_header_footer:
            feet.append(section.first_page_footer)
        width = section.page_width - section.left_margin - section.right_margin
        for foot in feet:
            if at > 0 and foot.is_linked_to_previous:
                continue
            _seal_foot(foot, seal, width)


def _seal_foot(foot: Any, seal: Seal, width: int) -> None:
    """The seal at the left of a foot; what stood there stands beside it, under its words."""
    stood = list(foot._element)
    table = _sealed(foot, seal, width)
    cell = table.findall(f"{w('tr')}/{w('tc')}")[1]
    for node in stood:
        cell.append(node)
    if stood and stood[-1].tag != w("p"):
        cell.append(cell.makeelement(w("p")))
    foot._element.insert(0, table)
    # A foot ends with a paragraph; this one is as low as can be.
    end = foot.add_paragraph()
    end.paragraph_format.space_after = end.paragraph_format.space_before = Pt(0)
    end.paragraph_format.line_spacing = Pt(1)


def _sealed(home: Any, seal: Seal, width: int) -> Any:
    """A table without borders: the QR and its words. It is taken out of `home`, to be put where it belongs."""
    table = home.add_table(1, 2, width) if not hasattr(home, "save") else home.add_table(1, 2)
    # As wide as the page, which may be turned for a list: only the second column stretches.
    width_of_table = table._tbl.tblPr.find(w("tblW"))
    width_of_table.set(w("type"), "pct")
    width_of_table.set(w("w"), "5000")
    for at, size in enumerate((Cm(QR_CM + 0.4), width - Cm(QR_CM + 0.4))):
        table.columns[at].width = table.cell(0, at).width = size
        table.cell(0, at).vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    picture, words = (cell.paragraphs[0] for cell in table.rows[0].cells)
    for tag in ("bookmarkStart", "bookmarkEnd"):
        bookmark = picture._p.makeelement(w(tag), {w("id"): "90999"})
        if tag == "bookmarkStart":
            bookmark.set(w("name"), SEAL_MARK)
        picture._p.append(bookmark)
    drawn = picture.add_run()
    drawn.add_picture(io.BytesIO(qr_png(seal.address)), height=Cm(QR_CM))
    drawn._element.find(f".//{{{WP}}}docPr").set("descr", "Kode QR pemeriksaan keaslian")
    for at, line in enumerate(seal.words):
        run = words.add_run()
        run.font.size = Pt(7.5)
        if at:
            run.add_break()
        run.add_text(line)
    words.paragraph_format.space_after = Pt(0)
    element = table._tbl
    element.getparent().remove(element)
    return element
