"""The PDF of a paper: drawn from the words of its DOCX, none of them lost, no value a command."""

from __future__ import annotations

import io
import re
from datetime import date

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given as drawn_from
from hypothesis import settings
from hypothesis import strategies as st

from naung.documents.letters.drawing import contents_of, to_pdf
from naung.documents.letters.filling import fill
from naung.documents.letters.kinds import KINDS
from naung.documents.letters.package import packed, parts_of
from naung.documents.letters.reading import read
from naung.documents.letters.styles import counted
from tests.documents.letters.papers import SEAL, given, names, saved, words_of
from tests.documents.test_decree import everything_in
from tests.documents.test_pictures import png


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", everything_in(pdf)))


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_no_word_of_a_paper_is_lost_on_the_way_to_the_typesetter(kind):
    content = fill(kind.code, kind.example, lists=[names()] if kind.listed else [], seal=SEAL)
    said = given(content)
    numbers_of_pages = {"1"}  # the page numbers that a word processor would have counted
    for word in words_of(content):
        assert word.strip() in said or word in numbers_of_pages


def test_every_paper_becomes_an_archival_pdf_with_its_title():
    for code in ("sk", "permohonan_pembayaran"):
        printed = to_pdf(fill(code, KINDS[code].example, seal=SEAL, crest=png()), seal=SEAL)
        assert printed.startswith(b"%PDF-")
        opened = everything_in(printed)
        assert b"pdfaid" in opened
        assert b"/Lang" in opened


def test_a_list_is_drawn_from_its_data_and_stands_once():
    one = names(("1", "Citra Pertiwi"), ("2", "Dewi Lestari"))
    content = fill("sk", KINDS["sk"].example, lists=[one])
    said = given(content, lists=[one])
    assert said.count("Dewi Lestari") == 1
    assert given(content).count("Dewi Lestari") == 1
    assert [section["list"] for section in contents_of(content, lists=[one])["sections"]] == [None, 0]
    assert pages(to_pdf(content, lists=[one])) == 2


def test_what_follows_a_list_is_drawn_after_it():
    paper = docx.Document(io.BytesIO(fill("sk", KINDS["sk"].example, lists=[names()])))
    paper.add_paragraph("SESUDAH DAFTAR")
    sections = contents_of(saved(paper), lists=[names()])["sections"]
    assert sections[-1]["list"] is None
    assert sections[-1]["blocks"][-1]["runs"][0]["t"] == "SESUDAH DAFTAR"


def test_printing_twice_gives_the_same_bytes():
    content = fill("sk", KINDS["sk"].example, lists=[names()], seal=SEAL, crest=png(), dated=date(2025, 12, 19))
    assert to_pdf(content, lists=[names()], seal=SEAL) == to_pdf(content, lists=[names()], seal=SEAL)
    assert b"D:20251219" in to_pdf(content, lists=[names()])


@pytest.mark.parametrize(
    "name", ["#panic()", "$x$ *tebal*", '#read("/etc/passwd")', "\\ ] ) } <akhir>", "@ref", "漢 🙂"]
)
def test_no_value_is_a_command_of_the_typesetter(name):
    contents = KINDS["surat_kuasa"].example | {"penerima_nama": name, "dasar": [name]}
    assert to_pdf(fill("surat_kuasa", contents)).startswith(b"%PDF-")


def test_a_draft_says_so_on_the_page():
    content = fill("surat_kuasa", KINDS["surat_kuasa"].example)
    assert to_pdf(content) != to_pdf(content, mark="RANCANGAN")


# --- what a region may do in its own file --------------------------------------------------------------


def built(build) -> bytes:
    paper = docx.Document()
    build(paper)
    return saved(paper)


def only_section(build):
    return read(built(build)).sections[0]


def test_runs_keep_their_shape():
    def build(paper):
        line = paper.add_paragraph("biasa ")
        line.add_run("tebal").bold = True
        line.add_run("miring").italic = True
        line.add_run("garis").underline = True

    plain, bold, italic, underlined = only_section(build)["blocks"][0]["runs"]
    assert not plain.get("bold")
    assert bold["bold"]
    assert italic["italic"]
    assert underlined["underline"]


def test_numbers_of_lines_run_on_and_begin_anew_below():
    def build(paper):
        for words, style in (("a", "List Number"), ("b", "List Number"), ("c", "List Bullet")):
            paper.add_paragraph(words, style=style)

    assert [block["label"] for block in only_section(build)["blocks"]] == ["1.", "2.", "•"]


@pytest.mark.parametrize(
    ("number", "form", "label"),
    [
        (3, "decimal", "3"), (3, "lowerLetter", "c"), (28, "upperLetter", "BB"), (4, "lowerRoman", "iv"),
        (1994, "upperRoman", "MCMXCIV"), (7, "decimalZero", "07"), (7, "none", ""),
    ],
)  # fmt: skip
def test_a_number_is_written_as_its_list_asks(number, form, label):
    assert counted(number, form) == label


def test_a_merged_cell_spans_its_rows_and_columns():
    def build(paper):
        table = paper.add_table(3, 3, style="Table Grid")
        table.cell(0, 0).merge(table.cell(0, 1)).text = "lebar"
        table.cell(1, 0).merge(table.cell(2, 0)).text = "tinggi"

    rows = only_section(build)["blocks"][0]["rows"]
    assert (rows[0]["cells"][0]["x"], rows[0]["cells"][0]["y"]) == (2, 1)
    assert (rows[1]["cells"][0]["x"], rows[1]["cells"][0]["y"]) == (1, 2)
    assert len(rows[2]["cells"]) == 2
    assert set(rows[0]["cells"][0]["lines"]) == {"top", "bottom", "left", "right"}


def test_a_page_that_ends_within_a_paragraph_ends_there():
    def build(paper):
        line = paper.add_paragraph("satu")
        line.add_run().add_break(WD_BREAK.PAGE)
        line.add_run("dua")

    content = built(build)
    assert pages(to_pdf(content)) == 2


def test_pages_are_counted_by_whoever_draws_them():
    def build(paper):
        foot = paper.sections[0].footer.paragraphs[0]
        for piece in ("begin", "PAGE", "separate", "7", "end"):
            run = foot.add_run()
            if piece.isupper():
                run._r.append(parse_xml(f"<w:instrText {nsdecls('w')}> PAGE </w:instrText>"))
            elif piece == "7":
                run.text = piece
            else:
                run._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{piece}"/>'))

    runs = only_section(build)["footer"][0]["runs"]
    assert [run.get("field") for run in runs] == ["page"]


def test_words_in_text_boxes_links_and_controls_are_kept():
    def build(paper):
        paper.add_paragraph("awal")._p.append(parse_xml(
            f"<w:r {nsdecls('w')} xmlns:v='urn:schemas-microsoft-com:vml'><w:pict><v:shape><v:textbox><w:txbxContent>"
            "<w:p><w:r><w:t>di kotak</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        ))  # fmt: skip
        body = paper.element.body
        body.insert(0, parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:hyperlink><w:r><w:t>di tautan</w:t></w:r></w:hyperlink>"
            "<w:ins><w:r><w:t>sisipan</w:t></w:r></w:ins><w:del><w:r><w:delText>terhapus</w:delText></w:r></w:del></w:p>"
            "</w:sdtContent></w:sdt>"
        ))  # fmt: skip

    said = given(built(build))
    for words in ("awal", "di kotak", "di tautan", "sisipan"):
        assert words in said
    assert "terhapus" not in said


def test_tabs_symbols_and_odd_hyphens_are_kept():
    def build(paper):
        line = paper.add_paragraph("Nomor")
        line.add_run("\t: 7")
        line.add_run()._r.append(parse_xml(f'<w:sym {nsdecls("w")} w:font="Wingdings" w:char="F0FC"/>'))
        line.add_run()._r.append(parse_xml(f"<w:noBreakHyphen {nsdecls('w')}/>"))

    content = built(build)
    assert "Nomor" in given(content)
    assert ": 7•\u2011" in given(content)
    assert to_pdf(content).startswith(b"%PDF-")


def test_a_paper_keeps_the_size_of_its_pages():
    from docx.shared import Mm

    def build(paper):
        paper.sections[0].page_width, paper.sections[0].page_height = Mm(215), Mm(330)
        paper.add_paragraph("F4")

    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", everything_in(to_pdf(built(build))))
    assert (round(float(box[1]) / 72 * 25.4), round(float(box[2]) / 72 * 25.4)) == (215, 330)


@settings(max_examples=60, deadline=None)
@drawn_from(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1), min_size=1))
def test_whatever_a_line_says_reaches_the_typesetter_as_it_is(lines):
    content = fill("surat_kuasa", KINDS["surat_kuasa"].example | {"dasar": lines})
    shown = [
        "".join(run.get("t", "") for run in block["runs"])
        for block in contents_of(content)["sections"][0]["blocks"]
        if block["k"] == "p"
    ]
    for line in lines:
        kept = "".join(sign for sign in line if sign not in "\ufffe\uffff\ue7f1\ue7f2")
        assert kept in shown or not kept


def test_a_region_that_writes_in_arial_is_printed_as_wide():
    def build(paper):
        paper.styles["Normal"].font.name = "Arial"
        paper.add_paragraph("Arial").add_run("Times").font.name = "Times New Roman"

    opened = everything_in(to_pdf(built(build)))
    assert b"Arimo" in opened
    assert b"Tinos" in opened


@pytest.mark.parametrize("value", ["99999999999", "-5", "satu", "", "nan", "1e400"])
def test_a_measure_that_is_none_does_not_stop_the_paper(value):
    def build(paper):
        paper.add_paragraph("satu", style="List Number")
        table = paper.add_table(1, 2)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "lebar"

    attribute = f'w:val="{value}"'.encode()
    parts = parts_of(built(build))
    body = parts["word/document.xml"].replace(b'<w:gridSpan w:val="2"', b"<w:gridSpan " + attribute)
    parts["word/document.xml"] = body.replace(b"<w:r><w:t>", b"<w:r><w:rPr><w:sz " + attribute + b"/></w:rPr><w:t>")
    assert to_pdf(packed(parts)).startswith(b"%PDF-")


def test_the_seal_is_as_wide_as_the_page_also_where_a_list_turns_it():
    content = fill("sk", KINDS["sk"].example, lists=[names()], seal=SEAL)
    feet = [section["footer"] for section in read(content, lists=1).sections]
    assert len(feet) == 2
    for foot in feet:
        assert [block["full"] for block in foot if block["k"] == "t"] == [True]
