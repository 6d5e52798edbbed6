"""What the tests of papers share: words of a DOCX, words given to the typesetter, a template to spoil, a list."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx

from naung.documents.letters.drawing import contents_of
from naung.documents.letters.lists import Group, Heading, NameList
from naung.documents.letters.package import is_worded, packed, parsed, parts_of, w
from naung.documents.letters.sealing import Seal
from naung.documents.letters.templates import shipped

SEAL = Seal("ABCD-2345", "https://naung.example.id/keaslian/ABCD-2345/", "9f86d081" * 8)


def names(*rows: tuple[str, str], **changes: Any) -> NameList:
    facts: dict[str, Any] = {
        "title": "DAFTAR PENERIMA",
        "headings": [Heading("No.", 10, "right"), Heading("Nama", 50)],
        "groups": [
            Group("Contoh Makmur", [list(row) for row in rows or [("1", "Citra Pertiwi")]], "Jumlah: 1", "50.400")
        ],
        "intro": [("LAMPIRAN KEPUTUSAN", ""), ("NOMOR", "1/K/2026")],
        "ending": "JUMLAH SELURUHNYA",
        "ending_total": "50.400",
        "signature": ["Ditetapkan di Contoh", "WALI KOTA CONTOH,", "", "Drs. Contoh"],
    }
    return NameList(**(facts | changes))


def written(*words: str, **parts: bytes) -> bytes:
    """A template with one paragraph for each of `words`; `parts` are added to the file, `__` for `/` in their names."""
    paper = docx.Document()
    for line in words:
        paper.add_paragraph(line)
    return with_parts(saved(paper), **parts)


def saved(paper: Any) -> bytes:
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def with_parts(content: bytes, **parts: bytes) -> bytes:
    known = parts_of(content)
    known.update({name.replace("__", "/"): part for name, part in parts.items()})
    return packed(known)


def spoiled(code: str, change: Callable[[bytes], bytes], part: str = "word/document.xml") -> bytes:
    """The shipped template with one part changed."""
    parts = parts_of(shipped(code))
    parts[part] = change(parts[part])
    return packed(parts)


def words_of(content: bytes) -> list[str]:
    """Every text of a DOCX, in its body, heads, feet and footnotes."""
    parts = parts_of(content)
    return [node.text or "" for name in sorted(parts) if is_worded(name) for node in parsed(parts[name]).iter(w("t"))]


def all_words(content: bytes) -> str:
    return " ".join(words_of(content))


def given(content: bytes, **more: Any) -> str:
    """Every text that the typesetter is given for a DOCX."""
    found: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            for name, one in value.items():
                if name not in ("bytes", "form"):
                    walk(one)
        elif isinstance(value, list):
            for one in value:
                walk(one)

    walk(contents_of(content, **more))
    return " ".join(found)


def bomb(megabytes: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (megabytes * 2**20))
    return out.getvalue()
