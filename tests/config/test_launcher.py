"""The committed script `naung`: how its own commands end. What the steps do is not run here, only who calls them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Stands where the environment's python stands: says how it was called and fails where it is told to.
PYTHON = """#!/bin/sh
printf '%s\\n' "$*" >>"$CALLS"
case "$*" in *"${FAILING:-nothing fails}"*) exit 1 ;; esac
"""


@pytest.fixture
def checkout(tmp_path):
    for name in ("naung", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name in ("python", "lint-imports"):
        (programs / name).write_text(PYTHON)
        (programs / name).chmod(0o755)
    for stamp, files in ((".stamp", "requirements.txt"), (".stamp-dev", "requirements.txt requirements-dev.txt")):
        content = b"".join((tmp_path / file).read_bytes() for file in files.split())
        summed = subprocess.run(["cksum"], input=content, capture_output=True, check=True).stdout.decode().strip()  # noqa: S607
        (tmp_path / ".venv" / stamp).write_text(f"{summed}\n{(programs / 'python').resolve()}\n")
    return tmp_path


def run(checkout: Path, *arguments: str, failing: str = "") -> tuple[subprocess.CompletedProcess[str], list[str]]:
    calls = checkout / "calls"
    calls.unlink(missing_ok=True)
    given = {**os.environ, "CALLS": str(calls), "NAUNG_CHROMIUM": "true", "CI": "1"}
    if failing:
        given["FAILING"] = failing
    ended = subprocess.run(  # noqa: S603  (our own script)
        [checkout / "naung", *arguments], env=given, capture_output=True, text=True, check=False, timeout=60
    )
    return ended, calls.read_text().splitlines()


def test_when_all_is_well_the_tests_end_with_zero_and_nothing_runs_after_them(checkout):
    ended, calls = run(checkout, "test")
    assert ended.returncode == 0, ended.stderr
    assert "Semua lulus" in ended.stdout.splitlines()[-1]
    assert "-m pytest" in calls[-1]


@pytest.mark.parametrize("failing", ["ruff format", "mypy", "makemigrations", "pytest"])
def test_one_step_that_fails_is_named_at_the_end_and_ends_with_one(checkout, failing):
    ended, calls = run(checkout, "test", failing=failing)
    assert ended.returncode == 1
    assert "GAGAL" in ended.stdout
    assert "Semua lulus" not in ended.stdout
    assert any("-m pytest" in call for call in calls), "the other steps still run"


def test_style_and_types_alone_end_with_zero_too(checkout):
    ended, calls = run(checkout, "check")
    assert ended.returncode == 0, ended.stderr
    assert not any("-m pytest" in call for call in calls)


def test_anything_else_is_a_command_of_naung_and_its_answer_is_ours(checkout):
    ended, calls = run(checkout, "doctor", "--json", failing="doctor")
    assert ended.returncode == 1
    assert calls == ["-m naung doctor --json"]
