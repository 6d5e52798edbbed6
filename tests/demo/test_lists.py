"""The invented lists: the same from one seed, byte for byte, on any day."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

import pytest
import xlsxwriter.core

from naung.demo.lists import ListFile, village_files
from naung.demo.people import Village, invent

VILLAGES = [Village(f"127501100{number}", f"Contoh {number}", "Binjai Utara") for number in range(1, 4)]


def made() -> list[ListFile]:
    return village_files(invent(30, villages=VILLAGES, seed=3), seed=3, programme_name="Contoh")


def test_a_list_made_tomorrow_is_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or the demo, told again, would take every workbook in as another list."""
    today = made()

    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Tomorrow:
            day = datetime.now(tz) + timedelta(days=1)
            return cls(day.year, day.month, day.day)

    monkeypatch.setattr(xlsxwriter.core, "datetime", Tomorrow)
    assert made() == today


def test_every_village_writes_in_its_own_way_and_none_is_without_people() -> None:
    files = made()
    assert len(files) == len(VILLAGES)
    assert {file.name.rsplit(".", 1)[1] for file in files} == {"csv", "xlsx"}
    assert all(file.content for file in files)


def test_another_seed_names_other_people() -> None:
    first, second = (invent(30, villages=VILLAGES, seed=seed)["nik"] for seed in (3, 4))
    assert first.n_unique() == 30
    assert set(first) != set(second)
