"""Filling a template: every field arrives as text, nothing else happens, and the same contents give the same file."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest

from naung.documents.letters.filling import ContentsDoNotFit, fill
from naung.documents.letters.kinds import KINDS
from naung.documents.letters.package import parts_of
from tests.documents.letters.papers import SEAL, all_words, given, names, written
from tests.documents.test_pictures import png

NEEDED = (
    "{{ instansi }} {{ nomor }} {{ pemberi_nama }} {{ pemberi_jabatan }} {{ penerima_nama }} {{ penerima_jabatan }}"
    " {{ keperluan }} {{ mitra }} {{ tempat }} {{ tanggal }}"
)
MARKUP = [
    "{{ nomor }}", "{% for x in y %}", "{# komentar #}", "{_{ nomor }_}", "{_% if %_}", "<w:p/>", "&amp; &lt;", "]]>",
    "#panic()", "$x$ *tebal* _m_", '#read("/etc/passwd")', "@ref <akhir>", "[[lampiran]]", "[[keaslian]]", "\\ # ~ --",
    "{{ 7*7 }}", "${jndi:x}", "'\"`", "\u202eterbalik",
]  # fmt: skip


def texts(example) -> list[str]:
    if isinstance(example, str):
        return [example] if example else []
    return [text for one in example for text in (one.values() if isinstance(one, dict) else [one]) if text]


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_field_of_a_kind_stands_in_its_shipped_paper(kind):
    words = all_words(fill(kind.code, kind.example))
    for field in kind.fields:
        for text in texts(field.example):
            assert text in words, field.name


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_word_processor_opens_every_paper_and_no_marker_is_left(kind):
    content = fill(kind.code, kind.example, lists=[names()] if kind.listed else [], seal=SEAL, crest=png())
    assert docx.Document(io.BytesIO(content)).core_properties.title == kind.name
    words = all_words(content)
    for sign in ("{{", "}}", "{%", "[["):
        assert sign not in words


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_fields_that_are_not_needed_may_be_missing(kind):
    contents = {field.name: field.example for field in kind.fields if field.needed}
    assert "{" not in all_words(fill(kind.code, contents))


@pytest.mark.parametrize("value", MARKUP)
def test_a_value_that_looks_like_markup_stays_a_value(value):
    contents = KINDS["surat_kuasa"].example | {"penerima_nama": value, "dasar": [value]}
    content = fill("surat_kuasa", contents)
    assert all_words(content).count(value) == 3
    assert given(content).count(value) == 3


@pytest.mark.parametrize("value", MARKUP)
def test_a_name_of_a_list_that_looks_like_markup_stays_a_name(value):
    content = fill("sk", KINDS["sk"].example, lists=[names(("1", value))])
    assert value in all_words(content)


def test_what_a_file_cannot_hold_is_left_out_and_a_new_line_stays_one():
    contents = KINDS["surat_kuasa"].example | {"keperluan": "satu\ndua\x00\x07\x0c\ud800 tiga\tempat"}
    content = fill("surat_kuasa", contents)
    assert "dua tiga empat" in all_words(content)
    assert b"<w:br/>" in parts_of(content)["word/document.xml"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"gaji": "1"}, "unknown fields gaji"),
        ({"nomor": ""}, "nomor is needed"),
        ({"nomor": 7}, "nomor is a text field"),
        ({"nomor": ["7"]}, "nomor is a text field"),
        ({"dasar": "satu"}, "dasar is a lines field"),
        ({"dasar": [{"a": "b"}]}, "dasar is a lines field"),
    ],
)
def test_contents_that_do_not_fit_are_told_by_the_name_of_the_field(changes, words):
    with pytest.raises(ContentsDoNotFit, match=words):
        fill("surat_kuasa", KINDS["surat_kuasa"].example | changes)


def test_a_table_has_exactly_its_columns():
    wrong = KINDS["ba_padan"].example | {"hasil": [{"kode": "00", "arti": "Cocok"}]}
    with pytest.raises(ContentsDoNotFit, match="hasil has the columns kode, arti, jumlah"):
        fill("ba_padan", wrong)


def test_a_complaint_about_contents_never_repeats_them():
    with pytest.raises(ContentsDoNotFit) as complaint:
        fill("surat_kuasa", KINDS["surat_kuasa"].example | {"dasar": "1275034505800007"})
    assert "1275034505800007" not in str(complaint.value)


def test_filling_twice_gives_the_same_bytes():
    def once():
        return fill("sk", KINDS["sk"].example, lists=[names()], seal=SEAL, crest=png(), dated=date(2026, 1, 5))

    assert once() == once()


def test_a_region_fills_its_own_template():
    content = fill("surat_kuasa", KINDS["surat_kuasa"].example, template=written("KUASA KAMI", NEEDED))
    words = all_words(content)
    assert "KUASA KAMI" in words
    assert "PEMBERI KUASA" not in words
    assert "90/SK/2025" in words


def test_a_table_inside_a_table_keeps_its_columns():
    """The letter with its address beside its number is one: the filler once stretched the outer table."""
    content = fill("permohonan_pembayaran", KINDS["permohonan_pembayaran"].example)
    outer = docx.Document(io.BytesIO(content)).tables[1]
    assert len(outer.columns) == 2


def test_the_seal_and_the_page_number_stand_in_the_foot():
    parts = parts_of(fill("surat_kuasa", KINDS["surat_kuasa"].example, seal=SEAL))
    feet = b"".join(part for name, part in parts.items() if name.startswith("word/footer"))
    assert SEAL.digest.encode() in feet
    assert SEAL.address.encode() in feet
    assert b'w:instr="NUMPAGES"' in feet


def test_a_template_with_a_place_for_the_seal_has_it_there_and_not_in_the_foot():
    content = fill("surat_kuasa", KINDS["surat_kuasa"].example, template=written(NEEDED, "[[keaslian]]"), seal=SEAL)
    parts = parts_of(content)
    assert SEAL.digest.encode() in parts["word/document.xml"]
    assert not any(SEAL.digest.encode() in part for name, part in parts.items() if name.startswith("word/footer"))


def test_the_crest_stands_where_the_template_has_its_place():
    def pictures(content):
        return [name for name in parts_of(content) if name.startswith("word/media/")]

    example = KINDS["surat_kuasa"].example
    assert pictures(fill("surat_kuasa", example, crest=png()))
    assert not pictures(fill("surat_kuasa", example))
    assert not pictures(fill("surat_kuasa", example, template=written(NEEDED), crest=png()))


def test_a_list_is_a_section_across_the_page_with_its_heading_repeated():
    content = fill("sk", KINDS["sk"].example, lists=[names()])
    paper = docx.Document(io.BytesIO(content))
    assert len(paper.sections) == 2
    assert paper.sections[0].page_width < paper.sections[0].page_height
    assert paper.sections[1].page_width > paper.sections[1].page_height
    listed = paper.tables[-1]
    assert [cell.text for cell in listed.rows[2].cells] == ["1", "Citra Pertiwi"]
    assert listed.rows[-1].cells[-1].text == "50.400"
    assert b"<w:tblHeader/>" in parts_of(content)["word/document.xml"]
    assert "Halaman " in paper.sections[1].footer.paragraphs[0].text or paper.sections[1].footer.is_linked_to_previous


def test_what_follows_the_place_of_the_list_follows_the_list():
    template = written(
        *["{{ " + field.name + " }}" for field in KINDS["sk"].fields if field.sort == "text"], "[[lampiran]]", "PENUTUP"
    )
    content = fill("sk", KINDS["sk"].example, template=template, lists=[names(), names(("2", "Dewi"), landscape=False)])
    paper = docx.Document(io.BytesIO(content))
    assert len(paper.sections) == 4
    words = all_words(content)
    assert words.index("Citra Pertiwi") < words.index("Dewi") < words.index("PENUTUP")


def test_without_a_list_there_is_no_empty_page_for_it():
    assert len(docx.Document(io.BytesIO(fill("sk", KINDS["sk"].example))).sections) == 1
