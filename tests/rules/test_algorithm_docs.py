"""The examples in docs/algorithms are run, so the prose cannot rot."""

import doctest
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "docs" / "algorithms"
FENCED = re.compile(r"^```pycon\n(.*?)^```", re.MULTILINE | re.DOTALL)


WITH_EXAMPLES = sorted(path.name for path in FOLDER.glob("*.md") if FENCED.search(path.read_text(encoding="utf-8")))


def test_the_prose_on_money_has_examples():
    assert {"contributions.md", "death-benefits.md", "ucj.md"} <= set(WITH_EXAMPLES)


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_examples_in_the_prose_come_out(name):
    prose = (FOLDER / name).read_text(encoding="utf-8")
    examples = "\n".join(FENCED.findall(prose))
    parsed = doctest.DocTestParser().get_doctest(examples, {}, name, name, 0)
    assert parsed.examples
    said: list[str] = []
    doctest.DocTestRunner(verbose=False).run(parsed, out=said.append)
    assert not said, "".join(said)
