"""Nothing of the catalogue was lost on the way into the law: each entry is carried over exactly once."""

import ast
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from naung.rules import background, parameter_files
from naung.rules.law import current_law

LAW = current_law()
ROWS = [
    row.split("\t")
    for row in Path(__file__).with_name("catalogue_entries.txt").read_text(encoding="utf-8").splitlines()
    if not row.startswith("#")
]
STATED = {row[0]: row[1:] for row in ROWS}
DESCRIBED = Path(parameter_files.__file__).with_name("parameters") / "_sources.yaml"
ADDRESSES = {ref: said["address"] for ref, said in yaml.safe_load(DESCRIBED.read_text(encoding="utf-8")).items()}
ADDRESSES["RECALL"] = "recalled (no page read)"
PARAMETERS = {entry: said for entry, said in STATED.items() if said}
AROUND = ("definitions", "legal_bases", "conflicts", "open_points", "pitfalls")
# A number that the catalogue states only in the words of another entry names that entry and, after #, where.
LINES = [line for parameter in LAW.parameters.values() for line in parameter.values]
WHOLE = [line for line in LINES if "#" not in line.citation.entry]
BY_ENTRY = {line.citation.entry: line for line in WHOLE}


def test_the_list_of_the_catalogue_is_whole():
    groups = Counter(entry.split(".")[0] for entry in STATED if entry not in PARAMETERS)
    assert len(PARAMETERS) == 167
    assert groups == {
        "tables": 2, "heirs": 2, "documents": 4, "definitions": 9, "legal_bases": 25, "conflicts": 22,
        "unresolved": 12, "pitfalls": 12,
    }  # fmt: skip


def test_each_entry_is_carried_over_exactly_once():
    around = [one.entry for group in AROUND for one in getattr(background, group)()]
    carried = Counter([line.citation.entry for line in WHOLE] + around)
    assert set(carried) == set(STATED)
    assert set(carried.values()) == {1}


def test_a_number_taken_from_the_words_of_an_entry_names_that_entry():
    derived = [line.citation for line in LINES if "#" in line.citation.entry]
    for citation in derived:
        base = citation.entry.split("#")[0]
        assert base in STATED or base == "pitfalls", citation.key
        assert citation.note or citation.stated_as, f"{citation.key}: it says how it follows"


@pytest.mark.parametrize("entry", PARAMETERS)
def test_an_entry_keeps_its_instrument_article_dates_confidence_and_sources(entry):
    instrument, first, last, article, confidence, sources = PARAMETERS[entry]
    line = BY_ENTRY[entry]
    said = line.citation
    assert said.instrument == instrument
    assert said.article == (None if article == "-" else article)
    assert (said.article is None) == (said.article_confidence == "not known")
    assert line.until == (None if last == "-" else date.fromisoformat(last) + timedelta(days=1))
    assert said.confidence == confidence
    assert [source.ref for source in said.sources] == sources.split()
    assert all(source.address == ADDRESSES[source.ref] for source in said.sources)
    assert LAW.parameters[said.key].unit
    if first != "-":
        assert line.start == date.fromisoformat(first)
    else:
        assert "gives no date" in said.note
        assert said.date_confidence == "not known"


@pytest.mark.parametrize("entry", ["tables.disability_percent", "tables.bpu_income_bands"])
def test_a_table_is_carried_over_row_by_row_with_how_sure_each_row_is(entry):
    rows = BY_ENTRY[entry].value
    assert len(rows) == {"tables.disability_percent": 46, "tables.bpu_income_bands": 33}[entry]
    assert {row["confidence"] for row in rows} == {"found", "recalled"}


# Which parameters the program reads. A module reads a parameter when it holds its key as a text, whole
# (`"jkm.total"`) or with parts filled in (`f"scholarship.{level}"`). That a text is there does not prove that a
# computation needs it; that it is nowhere proves that none does. What only shows the law does not count.
PROGRAM = Path(background.__file__).parents[1]
COMPUTES = (
    "rules", "bulk", "agreements", "programmes", "registry", "selection", "coverage", "contributions", "claims",
    "planning", "documents",
)  # fmt: skip
FILLED_IN = "[a-z0-9_]+"
KEYS = set(LAW.parameters)


def texts_in(module: Path) -> tuple[set[str], set[str]]:
    """The texts of a module, and the patterns of its texts with parts filled in.

    A text that begins with a part filled in (`f"{relief}.rate"`) is taken to begin with one of the module's texts.
    """
    nodes = list(ast.walk(ast.parse(module.read_text(encoding="utf-8"))))
    whole = {one.value for one in nodes if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    beginnings = "|".join(re.escape(text) for text in whole if any(key.startswith(f"{text}.") for key in KEYS))
    patterns = set()
    for node in (one for one in nodes if isinstance(one, ast.JoinedStr)):
        first, *rest = (re.escape(str(one.value)) if isinstance(one, ast.Constant) else None for one in node.values)
        begins = f"(?:{beginnings})" if first is None and beginnings else first
        if begins is not None:
            patterns.add(begins + "".join(FILLED_IN if part is None else part for part in rest))
    return whole, patterns


def keys_read() -> set[str]:
    read: set[str] = set()
    for module in (path for part in COMPUTES for path in (PROGRAM / part).rglob("*.py")):
        whole, patterns = texts_in(module)
        read |= whole & KEYS
        read |= {key for pattern in patterns for key in KEYS if re.fullmatch(pattern, key)}
    return read


def test_every_parameter_is_either_used_or_listed_as_informational():
    used, listed = keys_read(), set(background.informational())
    assert KEYS - used - listed == set(), "used by nothing and not listed"
    assert used & listed == set(), "listed as informational although it is used"
    assert listed <= KEYS


def test_a_parameter_shown_for_information_says_why():
    assert all(why.id and why.en for why in background.informational().values())
