"""Which of several PostgreSQL clients is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from naung.gateways import postgres_programs
from naung.gateways.failure import GatewayError
from naung.gateways.postgres_programs import dumper, restorer


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with client 15 in PATH and 17 in its own folder; the wheel has 18."""
    for folder, major in (("path", 15), ("lib/17/bin", 17), ("wheel", 18)):
        (tmp_path / folder).mkdir(parents=True)
        for name in ("pg_dump", "pg_restore"):
            program = tmp_path / folder / name
            # An archive here is a file that tells its version.
            program.write_text(
                f'#!/bin/sh\nif [ "$1" = --version ]; then echo "{name} (PostgreSQL) {major}.4"; exit; fi\n'
                f'read version <"$2"; [ "$version" -le {major} ]\n'
            )
            program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setattr(postgres_programs, "_FOLDERS", [(tmp_path / "lib", "*/bin")])
    monkeypatch.setattr(postgres_programs, "is_installed", lambda: True)
    monkeypatch.setattr(postgres_programs, "binaries", lambda: tmp_path / "wheel")
    return tmp_path


@pytest.mark.parametrize(("server", "taken"), [(14, 15), (15, 15), (16, 17), (18, 18)])
def test_the_dump_is_made_by_the_nearest_program_that_is_not_older(machine: Path, server: int, taken: int) -> None:
    assert dumper(server, remote=False).major == taken


def test_no_program_is_new_enough(machine: Path) -> None:
    with pytest.raises(GatewayError, match="pg_dump versi 19"):
        dumper(19, remote=False)


@pytest.mark.parametrize(
    ("archive", "remote", "taken"), [(15, False, 18), (15, True, 15), (17, True, 17), (18, True, 18)]
)
def test_an_archive_is_read_by_a_program_that_can_and_over_a_network_by_one_that_speaks_tls(
    machine: Path, archive: int, remote: bool, taken: int
) -> None:
    file = machine / "archive"
    file.write_text(f"{archive}\n")
    assert restorer(file, remote=remote).major == taken


def test_nothing_at_hand_reads_the_archive(machine: Path) -> None:
    file = machine / "archive"
    file.write_text("19\n")
    with pytest.raises(GatewayError, match="lebih baru"):
        restorer(file, remote=False)
