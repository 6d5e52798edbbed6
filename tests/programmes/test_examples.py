"""One file for each real rule set; every file is right, and its areas exist."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from naung.areas.seed import seed_frame
from naung.programmes.spec import json_schema, read_spec, rules_of, stored_spec
from naung.rules.conditions import Field

FOLDER = Path(__file__).parents[2] / "examples" / "programmes"
FILES = sorted(path for path in FOLDER.glob("*.json") if not path.name.endswith(".schema.json"))

#: The seventeen rule sets; that of Mimika and Biak is told by two files, one for each source of money.
RULE_SETS = {
    "kaltim-pergub-19-2023", "kaltim-pergub-40-2025", "ppu-2025", "batam-transportasi-2025", "ternate-perwali-50-2023",
    "serang-draf-perwal-2026", "bekasi-2025", "jabar-2025", "riau-2023", "aceh-barat-sawit-2024",
    "ngawi-tembakau-2024", "badung-perbup-6-2024", "kepri-nelayan", "mimika-perda-4-2019", "biak-otsus-2025",
    "sumut-2025", "jakarta-becak-2018", "sulut-2025",
}  # fmt: skip


@cache
def area_codes() -> frozenset[str]:
    return frozenset(seed_frame()["code"].to_list())


def test_every_rule_set_has_its_file():
    assert {path.stem for path in FILES} == RULE_SETS


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_right_and_names_its_sources(path):
    spec = read_spec(path)
    assert spec.sources
    assert all(source.startswith("http") for source in spec.sources)
    stored = spec.stored()
    assert stored_spec(json.loads(json.dumps(stored))).stored() == stored


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_areas_of_a_file_exist(path):
    spec = read_spec(path)
    rules = rules_of(spec)
    named = {spec.area}
    for criterion in rules.criteria:
        for condition in (criterion.condition, *(one for other in criterion.or_all_of for one in other)):
            if condition.field is Field.AREA:
                named |= {str(value) for value in condition.values}
    named |= {group for quota in rules.quotas for group in quota.groups if group.isdigit()}
    assert named <= area_codes()


def test_codes_are_used_once():
    codes = [read_spec(path).code for path in FILES]
    assert len(codes) == len(set(codes))


def test_the_schema_beside_the_examples_is_the_one_we_print():
    kept = json.loads((FOLDER / "program.schema.json").read_text(encoding="utf-8"))
    assert kept == json.loads(json.dumps(json_schema()))
