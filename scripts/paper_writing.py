"""How the shipped templates are written: paragraphs, articles, numbered lines, tables and signatures of a paper."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as TO
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from naung.documents.letters.package import packed, parts_of

FONT = "Times New Roman"
# (width, height) in cm. F4 is what offices call folio.
SIZES = {"a4": (21.0, 29.7), "f4": (21.5, 33.0)}
ALIGN = {"left": TO.LEFT, "center": TO.CENTER, "right": TO.RIGHT, "both": TO.JUSTIFY}
_BOLD = re.compile(r"\*\*(.+?)\*\*")

# Numbered lines by name: the text of each level, its number format, and where it stands (indent, hanging, in cm).
_NUMBERS: dict[str, list[tuple[str, str, float, float]]] = {
    "ayat": [("(%1)", "decimal", 1.0, 1.0), ("%2.", "lowerLetter", 1.7, 0.7)],
    "huruf": [("%1.", "lowerLetter", 0.8, 0.8), ("%2.", "decimal", 1.6, 0.8)],
    "angka": [("%1.", "decimal", 0.8, 0.8), ("%2.", "lowerLetter", 1.6, 0.8)],
    "bagian": [("%1.", "upperLetter", 0.8, 0.8)],
    "rapat": [("%1.", "decimal", 0.6, 0.6)],
}


class Paper:
    """One template being written."""

    def __init__(self, size: str = "a4", *, points: float = 11.5) -> None:
        self.word = docx.Document()
        self.at: Any = self.word
        self._style(points)
        section = self.word.sections[0]
        width, height = SIZES[size]
        section.page_width, section.page_height = Cm(width), Cm(height)
        section.left_margin, section.right_margin = Cm(2.8), Cm(2.3)
        section.top_margin, section.bottom_margin = Cm(1.8), Cm(2.0)
        section.header_distance, section.footer_distance = Cm(1.0), Cm(0.9)
        self.width = width - 5.1
        self.article = 0
        self._abstracts = self._numbering()
        self._foot(section)

    def _style(self, points: float) -> None:
        style = self.word.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(points)
        fonts = style.element.rPr.rFonts
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), FONT)
        style.paragraph_format.space_after, style.paragraph_format.space_before = Pt(4), Pt(0)
        style.paragraph_format.line_spacing = 1.12
        style.paragraph_format.widow_control = True
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "id-ID")
        style.element.rPr.append(language)

    def _foot(self, section: Any) -> None:
        line = section.footer.paragraphs[0]
        line.alignment = TO.RIGHT
        for words in ("Halaman ", "PAGE", " dari ", "NUMPAGES"):
            if words.isupper():
                code = parse_xml(
                    f'<w:fldSimple {nsdecls("w")} w:instr="{words}"><w:r><w:rPr><w:sz w:val="17"/></w:rPr>'
                    "<w:t>1</w:t></w:r></w:fldSimple>"
                )
                line._p.append(code)
            else:
                line.add_run(words).font.size = Pt(8.5)

    def _numbering(self) -> dict[str, int]:
        numbering = self.word.part.numbering_part.element
        for child in list(numbering):
            numbering.remove(child)
        known = {}
        for number, (name, levels) in enumerate(_NUMBERS.items()):
            written = "".join(
                f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
                f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{round(left * 567)}" w:hanging="{round(hang * 567)}"/>'
                "</w:pPr></w:lvl>"
                for at, (text, form, left, hang) in enumerate(levels)
            )
            numbering.append(
                parse_xml(
                    f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
                    f"{written}</w:abstractNum>"
                )
            )
            known[name] = number
        return known

    def numbers(self, name: str) -> int:
        """A new run of numbers that begins with 1."""
        numbering = self.word.part.numbering_part.element
        number = 1 + len(numbering.findall(qn("w:num")))
        levels = "".join(
            f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="1"/></w:lvlOverride>'
            for at in range(len(_NUMBERS[name]))
        )
        numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{self._abstracts[name]}"/>'
                f"{levels}</w:num>"
            )
        )
        return number

    # --- paragraphs ------------------------------------------------------------------------------

    def p(
        self, words: str = "", *, align: str = "both", bold: bool = False, size: float = 0, before: float = -1,
        after: float = -1, caps: bool = False, italic: bool = False, left: float = 0, first: float = 0,
        keep: bool = False, page: bool = False, underline: bool = False,
    ) -> Any:  # fmt: skip
        """A paragraph; `**words**` are bold. Lengths in cm, spaces in points."""
        paragraph = self.at.add_paragraph()
        self._fill(paragraph, words, bold=bold, size=size, caps=caps, italic=italic, underline=underline)
        form = paragraph.paragraph_format
        paragraph.alignment = ALIGN[align]
        if before >= 0:
            form.space_before = Pt(before)
        if after >= 0:
            form.space_after = Pt(after)
        if left:
            form.left_indent = Cm(left)
        if first:
            form.first_line_indent = Cm(first)
        form.keep_with_next = keep or None
        form.page_break_before = page or None
        return paragraph

    def _mark(self, paragraph: Any, size: float) -> None:
        """The size of the mark of a paragraph: of an empty line, and of a number before it."""
        mark = parse_xml(f'<w:rPr {nsdecls("w")}><w:sz w:val="{round(size * 2)}"/></w:rPr>')
        paragraph._p.get_or_add_pPr().append(mark)

    def _fill(self, paragraph: Any, words: str, *, bold: bool = False, size: float = 0, **shape: bool) -> None:
        if not words and size:
            self._mark(paragraph, size)
        for at, piece in enumerate(_BOLD.split(words)):
            if not piece:
                continue
            run = paragraph.add_run(piece)
            run.bold = bold or at % 2 == 1 or None
            if size:
                run.font.size = Pt(size)
            run.font.all_caps = shape.get("caps") or None
            run.italic = shape.get("italic") or None
            run.underline = shape.get("underline") or None

    def tag(self, words: str) -> None:
        """A paragraph that only steers: `{%p for ... %}`. It is gone once the template is filled."""
        self.p("{%p " + words + " %}", align="left", size=8, after=0)

    def each(self, field: str, numbers: int, *, level: int = 0, end: str = "", name: str = "baris") -> None:
        """A numbered line for each line of a field."""
        self.tag(f"for {name} in {field}")
        self.line("{{ " + name + " }}" + end, numbers, level=level)
        self.tag("endfor")

    def line(self, words: str, numbers: int, *, level: int = 0, after: float = 3, size: float = 0) -> Any:
        paragraph = self.p(words, after=after, size=size)
        if size:
            self._mark(paragraph, size)
        numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        numbering.get_or_add_ilvl().val = level
        numbering.get_or_add_numId().val = numbers
        return paragraph

    def title(self, *words: str, size: float = 12, before: float = 0) -> None:
        for at, line in enumerate(words):
            self.p(line, align="center", bold=True, size=size, caps=True, after=1, before=before if at == 0 else 0)

    def pasal(self, title: str) -> None:
        self.article += 1
        self.p(f"Pasal {self.article}", align="center", bold=True, before=10, after=0, keep=True)
        self.p(title, align="center", bold=True, caps=True, after=5, keep=True)

    def ayat(self, *items: str | tuple[str, str]) -> None:
        """Paragraphs (1), (2) ...; a pair is a field whose lines follow as a., b.; so does one with `>`."""
        numbers = self.numbers("ayat")
        for item in items:
            if isinstance(item, tuple):
                self.each(item[0], numbers, level=1, end=item[1])
            elif item.startswith("%"):
                self.tag(item[1:].strip())
            elif item.startswith(">"):
                self.line(item[1:].strip(), numbers, level=1)
            else:
                self.line(item, numbers)

    def huruf(self, *items: str | tuple[str, str], sort: str = "huruf") -> None:
        numbers = self.numbers(sort)
        for item in items:
            if isinstance(item, tuple):
                self.each(item[0], numbers, end=item[1])
            elif item.startswith("%"):
                self.tag(item[1:].strip())
            else:
                self.line(item, numbers)

    # --- tables ----------------------------------------------------------------------------------

    def table(self, widths: Sequence[float], rows: int = 1, *, lined: bool = False) -> Any:
        """A table of fixed widths (cm), without borders unless `lined`."""
        made = self.at.add_table(rows, len(widths))
        made.autofit = False
        made.alignment = WD_TABLE_ALIGNMENT.CENTER if lined else None
        if lined:
            made.style = "Table Grid"
        for row in made.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Cm(width)
        for column, width in zip(made.columns, widths, strict=True):
            column.width = Cm(width)
        return made

    def cell(self, cell: Any, *words: str, align: str = "left", bold: bool = False, size: float = 0, after: float = 0,
             caps: bool = False) -> None:  # fmt: skip
        for at, line in enumerate(words):
            paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
            self._fill(paragraph, line, bold=bold, size=size, caps=caps)
            paragraph.alignment = ALIGN[align]
            paragraph.paragraph_format.space_after = Pt(after)

    def facts(self, *rows: tuple[str, str], first: float = 4.2, left: float = 0.0) -> None:
        """Label, colon, value. A label `?field` before it leaves the row out where the field is empty."""
        made = self.table((first, 0.4, self.width - first - 0.4 - left), 0)
        for label, value in rows:
            field = ""
            if label.startswith("?"):
                field, label = label[1:].split("|")
            if field:
                self._row_tag(made, f"if {field}")
            row = made.add_row()
            for cell, width in zip(row.cells, (first, 0.4, self.width - first - 0.4 - left), strict=True):
                cell.width = Cm(width)
            self.cell(row.cells[0], label, after=2)
            self.cell(row.cells[1], ":", after=2)
            self.cell(row.cells[2], value, after=2)
            if field:
                self._row_tag(made, "endif")
        if left:
            self._indent(made, left)

    def listing(
        self, field: str, columns: Iterable[tuple[str, str, float, str]], *, numbered: bool = True, size: float = 10
    ) -> None:
        """A lined table with a row for each row of a field. A column: heading, name, width (cm), alignment."""
        columns = list(columns)
        heads = [("No.", "", 1.0, "center"), *columns] if numbered else columns
        widths = [column[2] for column in heads]
        made = self.table(widths, 1, lined=True)
        for cell, (heading, *_rest) in zip(made.rows[0].cells, heads, strict=True):
            self.cell(cell, heading, align="center", bold=True, size=size, after=2)
            shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="E9EEF5"/>')
            cell._tc.get_or_add_tcPr().append(shade)
        properties = made.rows[0]._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        properties.append(OxmlElement("w:tblHeader"))
        self._row_tag(made, f"for b in {field}")
        row = made.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, (_heading, name, width, align) in zip(row.cells, heads, strict=True):
            cell.width = Cm(width)
            self.cell(cell, "{{ b." + name + " }}" if name else "{{ loop.index }}", align=align, size=size, after=2)
        self._row_tag(made, "endfor")
        self.p("", after=2, size=4)

    def _row_tag(self, made: Any, words: str) -> None:
        row = made.add_row()
        self.cell(row.cells[0], "{%tr " + words + " %}", size=8)

    def _indent(self, made: Any, left: float) -> None:
        indent = parse_xml(f'<w:tblInd {nsdecls("w")} w:w="{round(left * 567)}" w:type="dxa"/>')
        # Word wants the properties of a table in this order.
        made._tbl.tblPr.insert_element_before(
            indent, "w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"
        )

    # --- parts of a paper --------------------------------------------------------------------------

    def kop(self) -> None:
        """The letterhead: crest, region, office, address, and the double line."""
        made = self.table((2.2, self.width - 4.4, 2.2))
        left, middle, _right = made.rows[0].cells
        self.cell(left, "[[lambang]]", align="center")
        self.cell(middle, "{{ instansi }}", align="center", bold=True, size=13.5, caps=True)
        for field, size, bold in (("unit_kop", 15, True), ("alamat_kop", 9.5, False)):
            paragraph = middle.add_paragraph("{%p if " + field + " %}")
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph = middle.add_paragraph()
            self._fill(paragraph, "{{ " + field + " }}", bold=bold, size=size, caps=bold)
            paragraph.alignment, paragraph.paragraph_format.space_after = TO.CENTER, Pt(1)
            paragraph = middle.add_paragraph("{%p endif %}")
            paragraph.paragraph_format.space_after = Pt(0)
        for cell in (left, middle):
            cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:vAlign {nsdecls("w")} w:val="center"/>'))
        self.rule()

    def rule(self) -> None:
        """The thick and thin line under a letterhead."""
        line = self.p("", after=8, size=2)
        line.paragraph_format.line_spacing = Pt(4)
        bottom = '<w:bottom w:val="thickThinSmallGap" w:sz="18" w:space="1" w:color="000000"/>'
        border = f"<w:pBdr {nsdecls('w')}>{bottom}</w:pBdr>"
        line._p.get_or_add_pPr().insert_element_before(
            parse_xml(border), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
        )

    def parties(self, *parties: tuple[str, str, str]) -> None:
        """The sides of a paper: roman numeral, name, and what stands behind it."""
        made = self.table((1.0, 4.3, 0.5, self.width - 5.8), 0)
        for numeral, name, words in parties:
            row = made.add_row()
            for cell, width in zip(row.cells, (1.0, 4.3, 0.5, self.width - 5.8), strict=True):
                cell.width = Cm(width)
            self.cell(row.cells[0], numeral, after=6)
            self.cell(row.cells[1], name, bold=True, after=6)
            self.cell(row.cells[2], ":", after=6)
            self.cell(row.cells[3], words, align="both", after=6)

    def signatures(self, *blocks: Sequence[str], room: float = 52) -> None:
        """Blocks side by side: lines above, the name (bold, underlined), lines below; "" is the room to sign.

        A line that begins with `^` is in capitals, one such as `?nip|NIP ...` is only there where the field is.

        The block stays on one page: every line keeps with the next one, and the row is not cut.
        """
        width = self.width / max(2, len(blocks))
        made = self.table([width] * max(2, len(blocks)), 2)
        for row in made.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        skipped = 1 if len(blocks) == 1 else 0
        for at, lines in enumerate(blocks, skipped):
            cut = lines.index("")
            # Names stand on one line however long the offices above them are.
            self._signed(made.cell(0, at), lines[:cut], keep=True)
            self._signed(made.cell(1, at), lines[cut + 1 :], room=room)

    def _signed(self, cell: Any, lines: Sequence[str], *, room: float = 0, keep: bool = False) -> None:
        first = True
        for line in lines:
            field, _bar, words = line[1:].partition("|") if line.startswith("?") else ("", "", line)
            for piece in ("{%p if " + field + " %}", words, "{%p endif %}") if field else (words,):
                paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
                named = first and bool(room)
                paragraph.alignment = TO.CENTER
                paragraph.paragraph_format.space_before = Pt(room) if named else None
                paragraph.paragraph_format.space_after = Pt(0)
                paragraph.paragraph_format.keep_with_next = keep or None
                self._fill(paragraph, piece.removeprefix("^"), bold=named, underline=named, caps=piece.startswith("^"))
                first = False

    def copies(self) -> None:
        self.tag("if tembusan")
        self.p("Tembusan:", size=10, before=6, after=1, align="left", keep=True)
        numbers = self.numbers("rapat")
        self.tag("for baris in tembusan")
        line = self.line("{{ baris }}", numbers, after=0, size=10)
        line.alignment = TO.LEFT
        self.tag("endfor")
        self.tag("endif")

    def crest(self) -> None:
        self.p("[[lambang]]", align="center", after=4)

    def lists(self) -> None:
        self.p("[[lampiran]]", align="left", after=0)


def saved(paper: Paper) -> bytes:
    """The file, always the same bytes for the same words."""
    properties = paper.word.core_properties
    properties.author = properties.last_modified_by = properties.title = properties.comments = ""
    properties.created = properties.modified = datetime(2026, 1, 1, tzinfo=UTC)
    out = io.BytesIO()
    paper.word.save(out)
    return packed(parts_of(out.getvalue()))
