"""`pg_dump` and `pg_restore`: which of those at hand suits a server.

A program dumps no server newer than itself and reads no archive of a newer program. The wheel's are new but speak no
TLS, so for a server reached over a network the system's come first.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from naung.gateways.failure import GatewayError
from naung.gateways.postgres import binaries, is_installed

# Where distributions keep the programs of each version; the one in PATH is often the oldest.
_FOLDERS = [("/usr/lib/postgresql", "*/bin"), ("/usr", "pgsql-*/bin"), ("/opt/homebrew/opt", "postgresql@*/bin")]


@dataclass(frozen=True)
class Program:
    """A client program of PostgreSQL of one major version."""

    path: Path
    major: int


def dumper(server_major: int, *, remote: bool) -> Program:
    """The `pg_dump` nearest to the server's version and not older. Raises GatewayError when there is none."""
    found = [one for one in _programs("pg_dump", remote=remote) if one.major >= server_major]
    if not found:
        raise GatewayError(
            f"pg_dump versi {server_major} atau lebih baru tidak ditemukan. Pasang klien PostgreSQL.", permanent=True
        )
    return min(found, key=lambda one: one.major)  # of equals the first, which is the preferred


def restorer(archive: Path, *, remote: bool) -> Program:
    """The first `pg_restore` that can read this archive. Raises GatewayError when there is none."""
    for one in _programs("pg_restore", remote=remote):
        listed = subprocess.run(  # noqa: S603
            [one.path, "--list", archive], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        if listed.returncode == 0:
            return one
    raise GatewayError(
        "pg_restore yang dapat membaca cadangan ini tidak ditemukan. Pasang klien PostgreSQL yang lebih baru.",
        permanent=True,
    )


def _programs(name: str, *, remote: bool) -> list[Program]:
    wheels = [binaries() / name] if is_installed() else []
    found = [*_of_the_system(name), *wheels] if remote else [*wheels, *_of_the_system(name)]
    return [Program(path, major) for path in dict.fromkeys(found) if (major := _major(path))]


def _of_the_system(name: str) -> Iterator[Path]:
    if in_path := shutil.which(name):
        yield Path(in_path)
    for root, pattern in _FOLDERS:
        yield from sorted(Path(root).glob(f"{pattern}/{name}"), reverse=True)


def _major(path: Path) -> int | None:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True)  # noqa: S603
    except OSError:
        return None
    number = re.search(r"\) (\d+)", said.stdout)
    return int(number[1]) if number else None
