"""The two files that every page loads, made from what we write and what we vendor: `naung/site.css`, `naung/site.js`.

Run after a change of a stylesheet, a script or the classes in a template: `python scripts/make_site_files.py`. A test
compares. One file each, because on a village's line a request costs more than its bytes; and of Bootstrap only the
rules whose classes occur somewhere in our templates, tags or scripts: the rest is four fifths of its weight.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "naung"
UI = PACKAGE / "ui"
STATIC = UI / "static"
BOOTSTRAP = STATIC / "vendor" / "bootstrap-5.3.8" / "bootstrap.min.css"
OURS = STATIC / "naung"
STYLES = OURS / "naung.css"
SCRIPTS = (STATIC / "vendor" / "htmx-2.0.11" / "htmx.min.js", OURS / "parts.js", OURS / "session.js")
MADE = (OURS / "site.css", OURS / "site.js")


def stylesheet() -> str:
    """Bootstrap without what nobody uses, then ours."""
    licence = "/* Bootstrap 5.3.8, MIT, the rules in use; then Naung, Apache-2.0. By scripts/make_site_files.py. */\n"
    rules = "".join(_kept(BOOTSTRAP.read_text(encoding="utf-8"), _words()))
    return licence + rules + "\n" + _tight(STYLES.read_text(encoding="utf-8")) + "\n"


def script() -> str:
    """htmx, then what we add to pages."""
    licence = "// htmx 2.0.11, 0BSD, as published; then Naung, Apache-2.0. Made by scripts/make_site_files.py.\n"
    return licence + "\n".join(file.read_text(encoding="utf-8").strip() for file in SCRIPTS) + "\n"


def _words() -> frozenset[str]:
    """Whatever could be the name of a class: every word of our templates, Python and scripts."""
    files = [*PACKAGE.rglob("templates/**/*.html"), *PACKAGE.rglob("*.py"), *OURS.glob("*.js")]
    return frozenset(
        word for file in files if file not in MADE for word in re.findall(r"[\w-]+", file.read_text("utf-8"))
    )


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """(what stands before the brace, what stands inside) for each block of a stylesheet; statements are left out."""
    start = place = 0
    while (opened := css.find("{", place)) != -1:
        depth, at = 1, opened + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(css[at], 0)
            at += 1
        yield css[start:opened].rpartition(";")[2].strip(), css[opened + 1 : at - 1]
        start = place = at


def _kept(css: str, words: frozenset[str]) -> Iterator[str]:
    for head, inside in _blocks(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)):
        if head.startswith(("@media", "@supports")):
            if within := "".join(_kept(inside, words)):
                yield f"{head}{{{within}}}"
        elif head.startswith("@keyframes"):
            if head.split()[1] in words:
                yield f"{head}{{{inside}}}"
        elif selectors := [one for one in _selectors(head) if _wanted(one, words)]:
            yield f"{','.join(selectors)}{{{inside}}}"


def _selectors(head: str) -> Iterator[str]:
    """The parts between commas that stand in no parenthesis."""
    return (part.strip() for part in re.split(r",(?![^(]*\))", head))


def _wanted(selector: str, words: frozenset[str]) -> bool:
    if "[data-bs-theme=dark]" in selector:
        return False
    outside = re.sub(r":not\([^)]*\)", "", selector)
    return all(name in words for name in re.findall(r"\.(-?[a-zA-Z_][\w-]*)", outside))


def _tight(css: str) -> str:
    """Without comments and the space that only people need."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"\s+", " ", bare)).strip()


def main() -> int:
    for file, text in zip(MADE, (stylesheet(), script()), strict=True):
        file.write_text(text, encoding="utf-8")
        print(f"{file.relative_to(PACKAGE.parent)}: {len(text.encode()):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
