"""What `naung doctor` asks of the law: lines that a person found to differ from the gazette."""

from __future__ import annotations

from collections.abc import Iterator

from naung.audit.problems import Problem
from naung.lawbook import queries


def problems() -> Iterator[Problem]:
    differing = queries.differing()
    if differing:
        named = ", ".join(sorted({one.key for one in differing})[:3])
        yield Problem(
            "law_differs", f"Angka peraturan yang berbeda dari lembaran negara, mulai dari {named}", len(differing)
        )
