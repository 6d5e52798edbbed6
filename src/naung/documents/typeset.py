"""Typesetting in a process of its own: `python -m naung.documents.typeset TEMPLATE < data.json > paper.pdf`.

Typst keeps what it laid out for the next run. That is a gigabyte after a decree of five thousand people,
which a server must not hold on to: the child takes it along when it ends. The data goes through a pipe,
never through the command line, where others on the machine could read it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

# A decree of five thousand people takes some six seconds; a hundred thousand is not one paper.
LONGEST_SECONDS = 180


class TypesettingFailed(RuntimeError):
    """The typesetter gave up: our template is wrong, or the machine is out of memory or time."""


def typeset(template: str, contents: dict[str, Any], *, archival: bool = False) -> bytes:
    """The PDF of `template` (a file under this folder) filled with `contents`, as `sys.inputs.paper`.

    An `archival` one is PDF/A-2b, unless it holds a letter that no font of ours has: then it is an ordinary PDF.
    Raises TypesettingFailed, whose words never hold the data.
    """
    command = [sys.executable, "-m", "naung.documents.typeset", template, "a-2b" if archival else ""]
    data = json.dumps(contents, ensure_ascii=False).encode()
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own module
            command,
            input=data,
            capture_output=True,
            timeout=LONGEST_SECONDS,
            check=False,
            cwd=Path(__file__).parents[2],
        )
    except subprocess.TimeoutExpired as slow:
        raise TypesettingFailed(f"{template}: more than {LONGEST_SECONDS} s") from slow
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF"):
        raise TypesettingFailed(f"{template}: exit {done.returncode}: {_last_line(done.stderr)}")
    return done.stdout


def _last_line(errors: bytes) -> str:
    lines = errors.decode(errors="replace").strip().splitlines()
    return lines[-1][:200] if lines else "no words"


def main() -> None:
    """The child: data in, paper out.

    Fonts: those beside this file (Tinos for Times New Roman and any serif, Arimo for Arial and any sans), then those
    that come with the typesetter; never the machine's own, which differ.
    """
    import typst  # 77 MB of binary: loaded by those who print, not by everyone

    home = Path(__file__).parent
    place = (home / sys.argv[1]).resolve()
    assert home in place.parents, "a template lies under this folder"
    source = place.read_bytes()
    inputs: dict[str, str] = {"paper": sys.stdin.buffer.read().decode()}
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[home / "fonts"])
    archival = sys.argv[2:] == ["a-2b"]
    tries: list[Any] = [["a-2b"], []] if archival else [[]]
    for standards in tries:
        try:
            paper = typst.compile(
                source,
                format="pdf",
                font_paths=fonts,
                sys_inputs=inputs,
                pdf_standards=standards,
            )
            break
        except typst.TypstError as fault:
            # The message names the place in our template; a hint could quote a value, so it stays out.
            words = str(fault.message if hasattr(fault, "message") else type(fault).__name__)[:200]
            if not (standards and "could not be displayed" in words):
                sys.exit(words)
    sys.stdout.buffer.write(paper)


if __name__ == "__main__":
    main()
