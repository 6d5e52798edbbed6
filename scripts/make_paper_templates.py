"""Make the shipped templates of official papers (src/naung/documents/letters/templates/*.docx) anew.

They are ordinary Word files: whoever prefers a word processor may edit them there and commit the result. This script
exists so that their wording can be reviewed as text. The words follow the structures that regions use; clauses that
come from no published paper are our proposal, and docs/papers.md says so. No law is cited: legal bases are fields.

    python scripts/make_paper_templates.py
"""

from __future__ import annotations

from pathlib import Path

from paper_words import WRITERS
from paper_writing import saved

from naung.documents.letters.kinds import KINDS
from naung.documents.letters.templates import fault_of

HOME = Path(__file__).parents[1] / "src/naung/documents/letters/templates"


def main() -> None:
    HOME.mkdir(exist_ok=True)
    for code in KINDS:
        content = saved(WRITERS[code]())
        if fault := fault_of(code, content):
            raise SystemExit(f"{code}: {fault}")
        (HOME / f"{code}.docx").write_bytes(content)
        print(f"{code}.docx  {len(content):,} bytes")


if __name__ == "__main__":
    main()
