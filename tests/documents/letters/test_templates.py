"""A region's own template: what is refused, and with which words."""

from __future__ import annotations

import pytest

from naung.documents.letters import templates
from naung.documents.letters.package import packed, parts_of
from naung.documents.letters.templates import fault_of, shipped
from tests.documents.letters.papers import bomb, spoiled, with_parts, written

# What a surat kuasa cannot do without, said plainly.
NEEDED = (
    "{{ instansi }} {{ nomor }} {{ pemberi_nama }} {{ pemberi_jabatan }} {{ penerima_nama }} {{ penerima_jabatan }}"
    " {{ keperluan }} {{ mitra }} {{ tempat }} {{ tanggal }}"
)


def said(content: bytes, code: str = "surat_kuasa") -> str:
    return str(fault_of(code, content))


def test_a_template_of_plain_words_and_fields_can_be_used():
    assert fault_of("surat_kuasa", written("SURAT KUASA", NEEDED)) is None


def test_a_template_may_repeat_lines_and_ask_whether_a_field_is_there():
    assert (
        fault_of(
            "surat_kuasa",
            written(
                NEEDED, "{%p if dasar %}", "{%p for b in dasar %}", "{{ loop.index }}. {{ b }}", "{%p endfor %}",
                "{%p else %}", "Tanpa dasar", "{%p endif %}", "{%p if berlaku and not penerima_nip %}", "{{ berlaku }}",
                "{%p endif %}",
            ),
        )
        is None
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("{{ gaji }}", "Isian {{ gaji }} tidak dikenal untuk dokumen ini."),
        ("{{ dasar }}", "Isian dasar berisi beberapa baris. Tulis di dalam perulangan {% for ... %}."),
        ("{% for b in nomor %}{{ b }}{% endfor %}", "Isian nomor berisi satu teks, tidak dapat diulang."),
        ("{% for b in gaji %}{{ b }}{% endfor %}", "Isian {{ gaji }} tidak dikenal untuk dokumen ini."),
        ("{% for nomor in dasar %}x{% endfor %}", "Nama nomor di perulangan sudah dipakai isian lain."),
        ("{% for b in dasar %}{{ b.nama }}{% endfor %}", "Isian {{ b.nama }} tidak dikenal"),
        ("{% for b in dasar if b %}{{ b }}{% endfor %}", "«for» tidak boleh dipakai"),
        ("{% for b in dasar %}{{ loop.cycle }}{% endfor %}", "Isian {{ loop.cycle }} tidak dikenal"),
        ("{{ b }}", "Isian {{ b }} tidak dikenal"),
        ("{{ nomor|upper }}", "«|» tidak boleh dipakai"),
        ("{{ nomor.upper() }}", "«( )» tidak boleh dipakai"),
        ("{{ nomor.__class__ }}", "Isian {{ nomor.__class__ }} tidak dikenal"),
        ("{{ nomor[0] }}", "«[ ]» tidak boleh dipakai"),
        ("{{ range(10) }}", "«( )» tidak boleh dipakai"),
        ("{{ 7 * 7 }}", "«mul» tidak boleh dipakai"),
        ("{% if nomor == 'x' %}{% endif %}", "«compare» tidak boleh dipakai"),
        ("{% if gaji %}{% endif %}", "Isian {{ gaji }} tidak dikenal"),
        ("{% set x = nomor %}", "«set» tidak boleh dipakai"),
        ("{% macro x() %}{% endmacro %}", "«macro» tidak boleh dipakai"),
        ("{% include 'x' %}", "«include» tidak boleh dipakai"),
        ("{% import 'x' as y %}", "«import» tidak boleh dipakai"),
        ("Nomor {{ nomor", "Penanda tidak dapat dibaca di «"),
        ("Alasan {% if nomor %}", "Penanda tidak dapat dibaca di «"),
    ],
)
def test_whatever_is_no_declared_field_is_refused_by_its_name(words, answer):
    assert answer in said(written(NEEDED, words))


def test_a_field_is_told_by_the_words_of_its_paragraph_when_it_cannot_be_read():
    assert "Jabatan lama" in said(written(NEEDED, "Jabatan lama {{ nomor }"))


def test_a_template_without_a_needed_field_is_told_which():
    assert said(written(NEEDED.replace("{{ mitra }}", ""))) == "Isian {{ mitra }} (Dengan siapa) belum ada di templat."


def test_a_field_that_is_only_asked_after_is_not_yet_written():
    words = NEEDED.replace("{{ mitra }}", "{% if mitra %}ya{% endif %}")
    assert "Isian {{ mitra }}" in said(written(words))


def test_fields_in_the_foot_of_the_page_count_and_are_checked():
    parts = parts_of(shipped("surat_kuasa"))
    foot = next(name for name in parts if name.startswith("word/footer"))
    assert "{{ gaji }}" in said(spoiled("surat_kuasa", lambda xml: xml.replace(b"Halaman ", b"{{ gaji }}"), foot))


def test_the_place_of_the_list_is_asked_for_and_stands_alone():
    parts = parts_of(shipped("sk"))
    body = parts["word/document.xml"]
    assert said(spoiled("sk", lambda xml: xml.replace(b"[[lampiran]]", b"")), "sk").startswith("Paragraf [[lampiran]]")
    with_more = spoiled("sk", lambda xml: xml.replace(b"[[lampiran]]", b"Daftar: [[lampiran]]"))
    assert "tidak boleh memuat tulisan lain" in said(with_more, "sk")
    twice = spoiled("sk", lambda xml: xml.replace(b"Tembusan:", b"[[lampiran]]"))
    assert "hanya boleh satu" in said(twice, "sk")
    assert b"[[lampiran]]" in body


def test_a_paper_without_a_list_has_no_place_for_one():
    assert "tidak mempunyai daftar nama" in said(written(NEEDED, "[[lampiran]]"))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04 not really", b"<html></html>"])
def test_what_is_no_word_file_is_said_to_be_none(content):
    assert said(content) == "Berkas ini bukan dokumen Word (.docx)."


def test_a_zip_of_something_else_is_no_word_file():
    assert said(packed({"mimetype": b"application/vnd.oasis"})) == "Berkas ini bukan dokumen Word (.docx)."


def test_a_file_that_unpacks_to_too_much_is_not_unpacked():
    assert "terlalu besar sesudah dibuka" in said(bomb(60))


def test_a_file_that_is_too_large_is_not_opened(monkeypatch):
    monkeypatch.setattr(templates, "MOST_BYTES", 2**20)
    assert said(b"x" * (2**20 + 1)) == "Berkas paling besar 1 MB."


@pytest.mark.parametrize(
    ("part", "answer"),
    [
        ("word__vbaProject.bin", "makro"),
        ("word__embeddings__oleObject1.bin", "objek tempelan"),
        ("word__activeX__activeX1.xml", "objek tempelan"),
        ("word__afchunk1.html", "objek tempelan"),
    ],
)
def test_macros_and_embedded_things_are_refused(part, answer):
    assert answer in said(with_parts(shipped("surat_kuasa"), **{part: b"<x/>"}))


def test_a_macro_file_that_calls_itself_docx_is_refused():
    macro = spoiled(
        "surat_kuasa",
        lambda xml: xml.replace(b"wordprocessingml.document.main", b"ms-word.document.macroEnabled.main"),
        "[Content_Types].xml",
    )
    assert "makro" in said(macro)


@pytest.mark.parametrize(
    ("sort", "answer"),
    [
        ("hyperlink", "Hapus tautannya"),
        ("image", "menunjuk ke berkas lain"),
        ("attachedTemplate", "menunjuk ke berkas lain"),
    ],
)
def test_nothing_outside_the_file_is_reached_for(sort, answer):
    relation = (
        b'<Relationship Id="rX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" '
        b'Target="https://example.invalid/x" TargetMode="External"/></Relationships>'
    ) % sort.encode()
    outside = spoiled(
        "surat_kuasa", lambda xml: xml.replace(b"</Relationships>", relation), "word/_rels/document.xml.rels"
    )
    assert answer in said(outside)


def test_document_types_and_entities_are_refused():
    entity = b'<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:document'
    assert "DTD" in said(spoiled("surat_kuasa", lambda xml: xml.replace(b"<w:document", entity, 1)))


@pytest.mark.parametrize("code", ["DDEAUTO cmd", "INCLUDEPICTURE x", "DATE", "MERGEFIELD nama", 'INCLUDETEXT "x"'])
def test_codes_of_the_word_processor_that_fetch_or_change_are_refused(code):
    def field(xml: bytes) -> bytes:
        return xml.replace(
            b"<w:sectPr",
            b'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>%s</w:instrText></w:r>'
            b'<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p><w:sectPr' % code.replace('"', "&quot;").encode(),
            1,
        )

    assert said(spoiled("surat_kuasa", field)).startswith(f"Kode bidang Word {code.split()[0]} tidak boleh dipakai.")


def test_a_loop_that_begins_in_a_cell_and_ends_outside_is_refused():
    crossed = spoiled(
        "permohonan_pembayaran",
        lambda xml: xml.replace(b"{%p for baris in kepada %}", b"{% for baris in kepada %}", 1).replace(
            b"{%p endfor %}", b"", 1
        ).replace(b"Dengan hormat,", b"Dengan hormat{% endfor %}"),
    )  # fmt: skip
    assert "Penanda" in said(crossed, "permohonan_pembayaran") or "penanda" in said(crossed, "permohonan_pembayaran")
