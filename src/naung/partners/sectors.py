"""Sections of KBLI: the letters, their names, and the words by which lists call them (`sectors.yaml`)."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml


@lru_cache(maxsize=1)
def _read() -> dict[str, dict[str, Any]]:
    read: dict[str, dict[str, Any]] = yaml.safe_load((files("naung.partners") / "sectors.yaml").read_text("utf-8"))
    return read


def names() -> dict[str, str]:
    """Letter to name, in the order of KBLI."""
    return {letter: str(one["name"]) for letter, one in _read().items()}


def words() -> dict[str, str]:
    """What a list may call a section, in capitals without signs, to its letter."""
    return {str(word): letter for letter, one in _read().items() for word in one["words"]}


def choices() -> list[tuple[str, str]]:
    return [(letter, f"{letter} · {name}") for letter, name in names().items()]
