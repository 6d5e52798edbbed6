"""How the domain says no, and that the law says it without Django."""

import importlib
import pickle
import pkgutil
import subprocess
import sys

import naung.bulk
import naung.rules
from naung.refusal import Refusal
from naung.rules.contributions import NegativeIncome

WITHOUT_DJANGO = """
import importlib, pkgutil, sys
sys.modules["django"] = sys.modules["psycopg"] = None
import naung.rules, naung.bulk
for package in (naung.rules, naung.bulk):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
assert importlib.import_module("naung.rules.law").current_law().parameters
"""


def every_refusal(kind: type[Refusal] = Refusal) -> list[type[Refusal]]:
    return [each for child in kind.__subclasses__() for each in (child, *every_refusal(child))]


def test_every_refusal_of_the_law_has_its_own_code():
    for package in (naung.rules, naung.bulk):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            importlib.import_module(module.name)
    codes = [kind.code for kind in every_refusal() if kind.__module__.startswith("naung.rules.")]
    assert len(codes) >= 6
    assert len(codes) == len(set(codes))


def test_a_refusal_gives_its_facts_and_comes_back_whole_from_another_process():
    refusal = NegativeIncome(-5)
    again = pickle.loads(pickle.dumps(refusal))  # noqa: S301  (our own bytes)
    assert again.facts() == {"income": -5}
    assert str(again) == str(refusal)
    assert {refusal, again}, "a refusal is hashable"


def test_the_law_and_the_columns_work_where_django_is_not_installed():
    run = subprocess.run([sys.executable, "-c", WITHOUT_DJANGO], capture_output=True, text=True, check=False)  # noqa: S603
    assert run.returncode == 0, run.stderr
