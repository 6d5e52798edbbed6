"""docs/papers.md tells whoever replaces a template the truth."""

from __future__ import annotations

import re
from pathlib import Path

from naung.documents.letters.fields_table import put_into
from naung.documents.letters.kinds import KINDS
from naung.documents.letters.package import CREST_MARKER, LIST_MARKER, SEAL_MARKER
from naung.documents.letters.templates import _FIELD_CODES, _MOST_UNPACKED, MOST_BYTES, fault_of
from naung.documents.numbering import TOKENS
from tests.documents.letters.papers import written

PAGE = Path(__file__).parents[3] / "docs/papers.md"


def test_the_page_lists_every_field_of_every_kind():
    assert put_into(PAGE.read_text()) == PAGE.read_text(), (
        "python -m naung.documents.letters.fields_table docs/papers.md"
    )


def test_the_page_names_every_marker_token_and_bound():
    page = PAGE.read_text()
    for words in (LIST_MARKER, CREST_MARKER, SEAL_MARKER, "NUMPAGES", *(f"{{{token}}}" for token in TOKENS)):
        assert words in page
    assert f"at most {MOST_BYTES // 2**20} MB" in page
    assert f"more than {_MOST_UNPACKED // 2**20} MB" in page
    assert "PAGE" in _FIELD_CODES


def test_the_loops_shown_on_the_page_can_be_used():
    page = PAGE.read_text()
    lines = re.findall(r"^    (.*[{\[].*)$", page, re.MULTILINE)
    shown = [line for line in lines if line.startswith("{")]
    assert len(shown) >= 5
    needed = " ".join(f"{{{{ {field.name} }}}}" for field in KINDS["laporan_monev"].fields if field.sort == "text")
    loops = [line for line in shown if "hasil" not in line]
    tables = [
        f"{{%p for b in {field.name} %}}" + "\n" + "{%p endfor %}"
        for field in KINDS["laporan_monev"].fields
        if field.needed and field.sort == "table"
    ]
    paragraphs = [needed, *loops, *(line for table in tables for line in table.split("\n")), "[[lampiran]]"]
    assert fault_of("laporan_monev", written(*paragraphs)) is None
