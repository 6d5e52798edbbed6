"""Command line and REST give the same answer as the functions, for every calculation that others published."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.cache import cache
from django.test import Client

from naung.config.cli import cli
from naung.rules.decisions import UNDECIDED
from naung.rules.inquiries.answering import answer_data
from naung.rules.inquiries.reading import read_inquiry
from naung.rules.law import current_law
from tests.rules.test_worked_examples import EXAMPLES

ASKED = [
    pytest.param(family, one[family], id=f"{example['id']}-{number}")
    for example in EXAMPLES
    for number, one in enumerate(example.get("asked", ()))
    for family in ("contribution", "benefit")
    if family in one
]


@pytest.mark.django_db
@pytest.mark.parametrize(("family", "facts"), ASKED)
def test_scripts_get_what_the_functions_say(family: Any, facts: dict[str, Any]) -> None:
    cache.clear()
    plainly = answer_data(read_inquiry(family, facts), current_law(), UNDECIDED)
    body = json.dumps(facts)
    piped = CliRunner().invoke(cli, [family, "--input", "-", "--json"], input=body)
    posted = Client().post(f"/api/v1/{family}", body, content_type="application/json")
    assert json.loads(piped.stdout) == posted.json() == plainly


@pytest.mark.parametrize(("family", "facts"), ASKED)
def test_the_options_of_a_command_ask_the_same(family: Any, facts: dict[str, Any]) -> None:
    kind = "segment" if family == "contribution" else "programme"
    words = [family, facts[kind]]
    for field, value in facts.items():
        if field != kind and value is not None:
            words += said(f"--{field.replace('_', '-')}", value)
    result = CliRunner().invoke(cli, [*words, "--json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == answer_data(read_inquiry(family, facts), current_law(), UNDECIDED)


def said(switch: str, value: Any) -> list[str]:
    match value:
        case bool():
            return [switch if value else f"--no-{switch[2:]}"]
        case [dict(), *_]:
            return [word for one in value for word in (switch, json.dumps(one))]
        case list():
            return [switch, ",".join(value)]
        case dict():
            return [switch, json.dumps(value)]
    return [switch, str(value)]
