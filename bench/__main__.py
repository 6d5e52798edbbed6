"""`./naung bench [part ...] [--rows N] [--write]`: every figure of bench/RESULTS.md, measured again."""

from __future__ import annotations

import argparse
import importlib
import sys
from datetime import date
from pathlib import Path

from bench.ground import database, machine

PARTS = ("intake", "billing", "selection", "pages")


def main() -> int:
    parser = argparse.ArgumentParser(prog="naung bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="default: all")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--write", action="store_true", help="write bench/RESULTS.md")
    options = parser.parse_args()
    report = [f"# Bench results\n\n{date.today()}, {machine()}; embedded PostgreSQL on the same machine.\n"]
    print(report[0])
    for part in options.parts or PARTS:
        with database():
            lines = importlib.import_module(f"bench.{part}").run(options.rows)
        section = f"## {part}\n\n" + "\n".join(f"- {line}" if line[0] != " " else f"  -{line}" for line in lines) + "\n"
        print(section, flush=True)
        report.append(section)
    if options.write:
        Path(__file__).with_name("RESULTS.md").write_text("\n".join(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
