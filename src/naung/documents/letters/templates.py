"""Templates: the shipped ones, and whether a region's own can be used.

A template is a DOCX that names fields: `{{ nomor }}`, `{%p for baris in dasar %}`, `{%tr for b in hasil %}`. It can
name what the kind declares and nothing else: no calls, no filters, no other names, nothing outside the file.
"""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from naung.documents.letters.fields import LetterKind
from naung.documents.letters.kinds import KINDS
from naung.documents.letters.naming import Named, fault_of_names
from naung.documents.letters.package import BODY, LIST_MARKER, is_worded, parsed, parts_of, text_of, w
from naung.saying import Known, Sentence
from naung.saying import sentence as _

__all__ = ["MOST_BYTES", "environment", "fault_of", "shipped"]

_SHIPPED = Path(__file__).parent / "templates"

MOST_BYTES = 5 * 2**20
_MOST_UNPACKED = 40 * 2**20
_MOST_PARTS = 400

# Parts that run something, or bring another document along.
_FORBIDDEN = ("vbaproject", "vbadata", "activex", "embeddings/", "oleobject", "afchunk", "attachedtoolbars")
# Fields of the word processor that only count pages; others fetch, run or change from day to day.
_FIELD_CODES = {"PAGE", "NUMPAGES", "SECTIONPAGES"}


@cache
def shipped(code: str) -> bytes:
    """The template that comes with the product. Raises KeyError for an unknown code."""
    return (_SHIPPED / f"{KINDS[code].code}.docx").read_bytes()


def environment() -> SandboxedEnvironment:
    """What templates are filled in: nothing global, nothing callable, and a name that is not given is a fault."""
    jinja = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    jinja.globals.clear()
    jinja.filters.clear()
    jinja.tests.clear()
    return jinja


def fault_of(code: str, content: bytes) -> Sentence | None:
    """What is wrong with a template for the kind `code`, as one sentence; None where it can be used."""
    kind = KINDS[code]
    if len(content) > MOST_BYTES:
        return _("Berkas paling besar %(most)s MB.", most=MOST_BYTES // 2**20)
    if fault := _fault_of_zip(content):
        return fault
    parts = parts_of(content)
    roots: dict[str, Any] = {}
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            root = _root(part)
            if root is None:
                return _(
                    "Bagian %(part)s dari berkas rusak atau memuat deklarasi DTD. Simpan ulang sebagai .docx.",
                    part=name,
                )
            roots[name] = root
    if BODY not in roots or roots[BODY].find(w("body")) is None:
        return _("Berkas ini bukan dokumen Word (.docx).")
    return (
        _fault_of_parts(parts, roots)
        or _fault_of_codes(roots)
        or _fault_of_list_marker(kind, roots)
        or _fault_of_fields(kind, content)
    )


def _fault_of_zip(content: bytes) -> Sentence | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
                return _(
                    "Isi berkas terlalu besar sesudah dibuka. Paling besar %(most)s MB.", most=_MOST_UNPACKED // 2**20
                )
            if BODY not in archive.namelist() or archive.testzip() is not None:
                return _("Berkas ini bukan dokumen Word (.docx).")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return _("Berkas ini bukan dokumen Word (.docx).")
    return None


def _root(part: bytes) -> Any | None:
    """The root of a part, or None where it is broken or declares a document type."""
    try:
        root = parsed(part)
    except (etree.XMLSyntaxError, ValueError):
        return None
    docinfo = root.getroottree().docinfo
    return None if docinfo.doctype or docinfo.internalDTD is not None else root


def _fault_of_parts(parts: dict[str, bytes], roots: dict[str, Any]) -> Sentence | None:
    if b"macroEnabled" in parts.get("[Content_Types].xml", b""):
        return _("Berkas memuat makro. Simpan sebagai .docx tanpa makro.")
    for name in parts:
        if "vba" in name.lower():
            return _("Berkas memuat makro. Simpan sebagai .docx tanpa makro.")
        if any(word in name.lower() for word in _FORBIDDEN):
            return _("Berkas memuat objek tempelan (%(part)s). Hapus objek itu, lalu simpan ulang.", part=name)
    for name, root in roots.items():
        if not name.endswith(".rels"):
            continue
        for relation in root:
            sort = relation.get("Type", "").rsplit("/", 1)[-1]
            if relation.get("TargetMode") == "External":
                if sort == "hyperlink":
                    return _(
                        "Berkas memuat tautan ke %(target)s. Hapus tautannya; tulisannya boleh tetap.",
                        target=relation.get("Target", "")[:80],
                    )
                return _(
                    "Berkas menunjuk ke berkas lain di luar (%(sort)s). Simpan isinya di dalam dokumen.", sort=sort
                )
            if sort in ("aFChunk", "subDocument", "oleObject", "package", "control"):
                return _("Berkas memuat objek tempelan (%(part)s). Hapus objek itu, lalu simpan ulang.", part=sort)
    return None


def _fault_of_codes(roots: dict[str, Any]) -> Sentence | None:
    for name, root in roots.items():
        if not is_worded(name):
            continue
        codes = [node.get(w("instr"), "") for node in root.iter(w("fldSimple"))]
        for paragraph in root.iter(w("p")):
            # A code may be cut into several runs; each field of a paragraph begins anew.
            spoken = ""
            for node in paragraph.iter(w("fldChar"), w("instrText")):
                if node.tag == w("instrText"):
                    spoken += node.text or ""
                elif spoken:
                    codes.append(spoken)
                    spoken = ""
            codes.append(spoken)
        for code in codes:
            word = code.split()[0].upper() if code.split() else "PAGE"
            if word not in _FIELD_CODES:
                return _(
                    "Kode bidang Word %(word)s tidak boleh dipakai. Yang boleh: PAGE dan NUMPAGES.", word=word[:20]
                )
    return None


def _fault_of_list_marker(kind: LetterKind, roots: dict[str, Any]) -> Sentence | None:
    found = [
        paragraph
        for name, root in roots.items()
        if is_worded(name)
        for paragraph in root.iter(w("p"))
        if LIST_MARKER in text_of(paragraph)
    ]
    if not kind.listed:
        return _("Dokumen ini tidak mempunyai daftar nama. Hapus %(marker)s.", marker=LIST_MARKER) if found else None
    if not found:
        return _("Paragraf %(marker)s, tempat daftar nama, belum ada.", marker=LIST_MARKER)
    if len(found) > 1:
        return _("Paragraf %(marker)s hanya boleh satu.", marker=LIST_MARKER)
    if text_of(found[0]).strip() != LIST_MARKER:
        return _("Paragraf %(marker)s tidak boleh memuat tulisan lain.", marker=LIST_MARKER)
    if found[0].getparent().tag != w("body"):
        return _("Paragraf %(marker)s harus berdiri sendiri, di luar tabel dan kotak.", marker=LIST_MARKER)
    return None


def _fault_of_fields(kind: LetterKind, content: bytes) -> Sentence | None:
    """Fields by the syntax tree of the whole template, then by filling it once with the examples."""
    jinja = environment()
    named = Named(kind)
    sources = sources_of(content)
    for source in sources:
        try:
            tree = jinja.parse(source)
        except TemplateSyntaxError as wrong:
            return _("Penanda tidak dapat dibaca di «%(near)s».", near=_near(source, wrong.lineno))
        if fault := fault_of_names(tree, named):
            return fault
    if missing := next((field for field in kind.fields if field.needed and field.name not in named.seen), None):
        return _(
            "Isian %(field)s (%(words)s) belum ada di templat.",
            field=f"{{{{ {missing.name} }}}}",
            words=Known(missing.words),
        )
    for source in sources:
        try:
            filled = jinja.from_string(source).render(kind.example)
            parsed(filled.encode())
        except (TemplateError, etree.XMLSyntaxError, ValueError):
            return _("Pasangan penanda {% ... %} tidak utuh: awal dan akhirnya harus di bagian yang sama.")
    return None


def sources_of(content: bytes) -> list[str]:
    """The body, heads, feet and footnotes of a template as the filler reads them: one paragraph a line."""
    template = DocxTemplate(io.BytesIO(content))
    sources = []
    for name, part in parts_of(content).items():
        if is_worded(name):
            source = template.patch_xml(etree.tostring(parsed(part), encoding="unicode"))
            sources.append(source.replace("<w:p ", "\n<w:p ").replace("<w:p>", "\n<w:p>"))
    return sources


def _near(source: str, line: int) -> str:
    """The words of the paragraph at a line of the source."""
    lines = source.splitlines()
    words = etree.HTML(lines[min(line, len(lines)) - 1] or "<p/>") if lines else None
    return " ".join("".join(words.itertext()).split())[:60] if words is not None else ""
