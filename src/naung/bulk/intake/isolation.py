"""A stranger's spreadsheet is parsed in a child process with little memory and little time.

The parser is fast native code that meets hostile files; when it dies, or asks for the memory of a sheet
of a million by sixteen thousand cells, only the child dies. Data come back as Arrow files in a folder of ours.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import polars as pl

from naung.bulk.intake.containers import Limits
from naung.bulk.intake.grids import Grid
from naung.bulk.intake.refusals import FileFault, FileRefused

_REFUSED = 3


def read_workbook_isolated(data: bytes, *, name: str, limits: Limits) -> list[Grid]:
    """As `workbooks.read_workbook`, in a child. Raises FileRefused, also where the child died of the file."""
    with tempfile.TemporaryDirectory(prefix="naung-intake-") as folder:
        place = Path(folder)
        (place / "file").write_bytes(data)
        (place / "limits.json").write_text(json.dumps(asdict(limits)))
        try:
            done = subprocess.run(  # noqa: S603 - our own module, by our own interpreter
                [sys.executable, "-m", "naung.bulk.intake.isolation", folder],
                env=_bare_environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=limits.cpu_seconds * 3,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise FileRefused(fault=FileFault.TOO_LARGE_UNPACKED, file=name) from error
        if done.returncode == _REFUSED:
            said = json.loads((place / "refused.json").read_text())
            raise FileRefused(fault=said["fault"], file=name, found=said["found"])
        if done.returncode < 0 or not (place / "grids.json").exists():
            # Killed by a limit, or crashed: either way this file cannot be opened here.
            raise FileRefused(fault=FileFault.TOO_LARGE_UNPACKED, file=name)
        return [
            Grid(
                sheet=grid["sheet"],
                # From bytes, not mapped: the folder goes away when this block ends.
                cells=pl.read_ipc((place / f"{i}.arrow").read_bytes()),
                numbers=frozenset(grid["numbers"]),
                merged=tuple((top, bottom, left) for top, bottom, left in grid["merged"]),
            )
            for i, grid in enumerate(json.loads((place / "grids.json").read_text()))
        ]


def _bare_environment() -> dict[str, str]:
    """Enough to start Python, and none of our keys and addresses."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR") if name in os.environ}
    return {**kept, "POLARS_MAX_THREADS": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def main(folder: str) -> int:
    """The child: limit itself, parse, leave the grids in `folder`."""
    place = Path(folder)
    limits = Limits(**json.loads((place / "limits.json").read_text()))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 5))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    from naung.bulk.intake.workbooks import read_workbook

    try:
        grids = read_workbook((place / "file").read_bytes(), name="", limits=limits)
    except FileRefused as refused:
        (place / "refused.json").write_text(json.dumps({"fault": refused.fault, "found": refused.found}))
        return _REFUSED
    except MemoryError:
        (place / "refused.json").write_text(json.dumps({"fault": FileFault.TOO_LARGE_UNPACKED, "found": ""}))
        return _REFUSED
    for i, grid in enumerate(grids):
        grid.cells.write_ipc(place / f"{i}.arrow")
    described = [{"sheet": g.sheet, "numbers": sorted(g.numbers), "merged": g.merged} for g in grids]
    (place / "grids.json").write_text(json.dumps(described))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
