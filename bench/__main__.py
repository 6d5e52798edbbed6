"""`./naung bench [part ...] [--rows N] [--write]`: every figure of bench/RESULTS.md, measured again."""

from __future__ import annotations

import argparse
import importlib
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

from bench.ground import database, machine

PARTS = ("intake", "billing", "selection", "search", "pages", "law", "papers")


def main() -> int:
    parser = argparse.ArgumentParser(prog="naung bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="default: all")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--write", action="store_true", help="write bench/RESULTS.md")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        with database():
            print(json.dumps(importlib.import_module(f"bench.{options.parts[0]}").run(options.rows)))
        return 0
    report = [f"# Bench results\n\n{date.today()}, {machine()}; embedded PostgreSQL on the same machine.\n"]
    print(report[0])
    for part in options.parts or PARTS:
        # A process and a database each: no part warms or burdens the next.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-W", "ignore", "-m", "bench", part, "--rows", str(options.rows), "--alone"],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        lines = json.loads(done.stdout.splitlines()[-1])
        section = f"## {part}\n\n" + "\n".join(f"- {line.strip()}" for line in lines) + "\n"
        print(section, flush=True)
        report.append(section)
    if options.write:
        Path(__file__).with_name("RESULTS.md").write_text("\n".join(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
