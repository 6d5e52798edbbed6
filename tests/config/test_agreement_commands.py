"""Agreements on the command line: from a file to sixteen PKS, into force, and what ends soon."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from naung.agreements.models import Agreement
from tests.config.conftest import Naung

EXAMPLE = Path(__file__).parents[2] / "examples" / "agreements" / "kota-contoh-2026.json"


def told(naung: Naung, *arguments: str) -> Any:
    result = naung("agreement", *arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_file_becomes_a_nota_sixteen_pks_and_one_of_them_comes_into_force(naung: Naung) -> None:
    nota = told(naung, "create", str(EXAMPLE))
    assert told(naung, "create", str(EXAMPLE))["id"] == nota["id"]
    offices = [part for number in range(16) for part in ("--office", f"Dinas {number}")]
    assert len(told(naung, "pks", str(nota["id"]), *offices, "--due", "2026-03-01")["made"]) == 16
    assert told(naung, "pks", str(nota["id"]), *offices)["made"] == []
    one = Agreement.objects.filter(kind="pks").first()
    early = naung("agreement", "move", str(one.pk), "in_force", "--json")
    assert (early.exit_code, json.loads(early.stdout)["refused"]) == (1, "agreement_not_ready")
    done = told(
        naung, "move", str(one.pk), "in_force", "--on", "2026-01-05", "--region-number", "560/1",
        "--branch-number", "PER/1",
        "--signed-on", "2026-01-05", "--starts-on", "2026-01-05", "--ends-on", "2027-01-01",
    )  # fmt: skip
    assert done["stage"] == "in_force"
    ending = told(naung, "list", "--ending", "90", "--on", "2026-11-01")["agreements"]
    assert [row["id"] for row in ending] == [one.pk]
    renewal = told(naung, "renew", str(one.pk))
    assert (renewal["stage"], renewal["starts_on"]) == ("draft", "2027-01-01")
    shown = told(naung, "show", str(nota["id"]), "--on", "2026-02-01")
    assert shown["programmes"] == ["JKK", "JKM"]
    assert len(shown["pks"]) == 16 + 1  # and the renewal


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"programmes": ["JKX"]}, "programmes.1"),
        ({"ends_on": "2025-01-01"}, "berakhir sebelum mulai"),
        ({"colour": "biru"}, "colour"),
        ({"branch": "Cabang yang tidak ada"}, "Cabang yang tidak ada"),
    ],
)
def test_a_file_with_a_fault_is_refused_with_its_place_and_nothing_is_kept(
    naung: Naung, tmp_path: Path, change: dict[str, Any], word: str
) -> None:
    file = tmp_path / "nota.json"
    file.write_text(json.dumps(json.loads(EXAMPLE.read_text()) | change))
    result = naung("agreement", "create", str(file))
    assert result.exit_code == 1
    assert word in result.output
    assert not Agreement.objects.exists()


def test_a_person_sees_the_agreements_of_the_own_territory_alone(naung: Naung) -> None:
    nota = told(naung, "create", str(EXAMPLE))
    naung("users", "add", "jauh", "--full-name", "Jauh", "--role", "legal_officer", "--area", "1271",
          "--password-stdin", input="rahasia-sekali-9\n")  # fmt: skip
    assert told(naung, "list", "--as", "jauh")["agreements"] == []
    hidden = naung("agreement", "show", str(nota["id"]), "--as", "jauh", "--json")
    assert json.loads(hidden.stdout)["refused"] == "agreement_unknown"
