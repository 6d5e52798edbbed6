"""What docs/api.md and docs/command-line.md show is what comes out."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.cache import cache
from django.test import Client

from naung.config.cli import cli
from naung.rules.inquiries.reading import KINDS

DOCS = Path(__file__).parents[2] / "docs"
API = (DOCS / "api.md").read_text(encoding="utf-8")
_EXAMPLE = re.compile(
    r"^```json (?P<method>GET|POST) (?P<path>\S+)\n(?P<body>.*?)^```\n```json (?P<status>\d+)\n(?P<said>.*?)^```",
    re.MULTILINE | re.DOTALL,
)
_SESSION = re.compile(r"^```console\n(?P<lines>.*?)^```", re.MULTILINE | re.DOTALL)


def examples() -> list[Any]:
    return [pytest.param(one, id=f"{n}-{one['path']}") for n, one in enumerate(_EXAMPLE.finditer(API), 1)]


def sessions() -> list[Any]:
    """One command with what it prints; `...` stands for lines that are not shown."""
    found = []
    for block in _SESSION.finditer((DOCS / "command-line.md").read_text(encoding="utf-8")):
        for one in re.split(r"^\$ ", block["lines"], flags=re.MULTILINE)[1:]:
            command, _, printed = one.partition("\n")
            found.append(pytest.param(command, printed, id=command))
    return found


def assert_holds(said: Any, shown: Any) -> None:
    """Everything shown was said; lists in full, objects may say more."""
    if isinstance(shown, dict):
        for name, part in shown.items():
            assert name in said
            assert_holds(said[name], part)
    elif isinstance(shown, list):
        assert len(said) == len(shown)
        for one, other in zip(said, shown, strict=True):
            assert_holds(one, other)
    else:
        assert said == shown


@pytest.mark.django_db
@pytest.mark.parametrize("example", examples())
def test_the_interface_answers_as_its_page_shows(example: re.Match[str]) -> None:
    cache.clear()
    body = example["body"] or None
    answer = Client().generic(example["method"], example["path"], body or "", content_type="application/json")
    assert answer.status_code == int(example["status"]), answer.content.decode()
    assert_holds(answer.json(), json.loads(example["said"]))


def test_the_page_shows_every_question_with_all_its_fields() -> None:
    for family, models in KINDS.items():
        for name, model in models.items():
            section = re.search(rf"^### `{name}`.*?(?=^##|\Z)", API, re.MULTILINE | re.DOTALL)
            assert section, (family, name)
            for field in set(model.model_fields) - {model.kind, "decisions"}:
                assert f"`{field}`" in section[0], (name, field)
            assert f'"{model.kind}": "{name}"' in section[0]


@pytest.mark.parametrize(("command", "printed"), sessions())
def test_a_command_prints_what_its_page_shows(command: str, printed: str) -> None:
    given, _, piped = command.partition(" | ")
    words = shlex.split(piped or given)
    text = shlex.split(given)[1] if piped else None
    result = CliRunner().invoke(cli, words[1:], input=text)
    assert result.exit_code == (1 if "Perlu keputusan" in result.stderr else 0), result.output
    left = result.stdout.splitlines()
    parts = [part.strip("\n").splitlines() for part in re.split(r"^\s*\.\.\.\n", printed, flags=re.MULTILINE)]
    if len(parts) == 1:
        assert left == parts[0]
    for part in parts:
        places = [at for at in range(len(left) - len(part) + 1) if left[at : at + len(part)] == part]
        assert places, f"not printed: {part}\nprinted: {left}"
        left = left[places[0] + len(part) :]
