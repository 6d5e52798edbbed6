"""The examples in the prose about money and cover are run, so that they cannot rot."""

from __future__ import annotations

import pytest

from tests.rules.test_algorithm_docs import test_the_examples_in_the_prose_come_out as run_examples


@pytest.mark.parametrize("name", ["ledger.md", "cover-status.md"])
def test_the_prose_about_money_and_cover_comes_out(name):
    run_examples(name)
