"""However a command ends: a sentence, an exit code, and no personal data left lying about."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import click
import pytest
from click.testing import CliRunner
from django.db import OperationalError

from naung.config.cli import Chain, cli
from naung.config.cli.running import DAY, MONTH, json_option
from naung.gateways.failure import GatewayError
from naung.refusal import Refusal


@dataclass(eq=False)
class TooMany(Refusal):
    code: ClassVar[str] = "too_many"
    people: int

    def __str__(self) -> str:
        return f"{self.people} orang terlalu banyak."


def ending_with(failure: BaseException, *arguments: str) -> click.testing.Result:
    @click.group(cls=Chain)
    def group() -> None: ...

    @group.command()
    @json_option
    def act(as_json: bool) -> None:
        nik_of_somebody = "1275014101800001"
        assert nik_of_somebody
        raise failure

    return CliRunner().invoke(group, ["act", *arguments])


@pytest.mark.parametrize(
    ("failure", "code", "words"),
    [
        (TooMany(7), 1, "7 orang terlalu banyak."),
        (click.UsageError("keliru"), 2, "keliru"),
        (GatewayError("Disk penuh."), 3, "Disk penuh."),
        (OperationalError("connection refused"), 3, "Basis data tidak dapat dihubungi atau terputus. Coba lagi."),
        (FileNotFoundError(2, "No such file", "/x/y"), 3, "/x/y"),
        (KeyboardInterrupt(), 130, "Dihentikan."),
    ],
)
def test_each_way_to_fail_has_its_code_and_a_sentence(failure: BaseException, code: int, words: str) -> None:
    result = ending_with(failure)
    assert (result.exit_code, result.stdout) == (code, "")
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_with_json_a_refusal_is_one_object_with_its_facts() -> None:
    result = ending_with(TooMany(7), "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {
        "refused": "too_many",
        "facts": {"people": 7},
        "words": "7 orang terlalu banyak.",
    }


def test_our_own_mistake_leaves_a_log_that_names_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAUNG_HOME", str(tmp_path))
    result = ending_with(RuntimeError("tidak terduga untuk 1275014101800001\nbaris kedua: SITI"))
    assert result.exit_code == 3
    (log,) = (tmp_path / "logs").iterdir()
    text = log.read_text()
    assert str(log) in result.stderr
    assert "RuntimeError: tidak terduga untuk …" in text
    assert "raise failure" in text
    assert "1275014101800001" not in text
    assert "SITI" not in text
    assert log.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("kind", "text"), [(DAY, "31-03-2026"), (MONTH, "2026-13"), (MONTH, "2026-03-01")])
def test_dates_and_months_are_written_one_way_only(kind: click.ParamType, text: str) -> None:
    with pytest.raises(click.BadParameter):
        kind.convert(text, None, None)


def test_the_help_is_there_before_django_or_polars() -> None:
    code = (
        "import sys\nfrom naung.config.cli import cli\n"
        "try: cli(['--help'])\nexcept SystemExit: pass\n"
        "print(sorted({'django', 'polars', 'psycopg', 'pydantic'} & set(sys.modules)))"
    )
    run = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert run.stdout.splitlines()[-1] == "[]"


def test_the_help_reads_like_the_chain() -> None:
    text = CliRunner().invoke(cli, ["--help"]).output
    chain = ["programme", "reference", "intake", "select", "decree", "bill", "pay", "leave", "protect", "ucj", "doctor"]
    known = [name for name in chain if name in cli.commands]
    places = [text.index(f"\n  {name} ") for name in known]
    assert places == sorted(places)
    assert all(f"\n  {name} " in text for name in cli.commands)


def test_every_command_explains_itself() -> None:
    def walk(command: click.Command, path: tuple[str, ...]) -> None:
        assert command.help, path
        for name, one in getattr(command, "commands", {}).items():
            walk(one, (*path, name))

    walk(cli, ())
