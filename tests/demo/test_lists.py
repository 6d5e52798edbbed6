"""The invented lists: the same from one seed, byte for byte, on any day."""

from __future__ import annotations

import io
import re
import zipfile

from naung.demo.lists import ListFile, village_files
from naung.demo.people import Village, invent

VILLAGES = [Village(f"127501100{number}", f"Contoh {number}", "Binjai Utara") for number in range(1, 4)]


def made() -> list[ListFile]:
    return village_files(invent(30, villages=VILLAGES, seed=3), seed=3, programme_name="Contoh")


def test_a_workbook_does_not_note_when_it_was_made() -> None:
    """Or the demo, told again another day, would take every workbook in as another list."""
    books = [file for file in made() if file.name.endswith(".xlsx")]
    assert books
    for book in books:
        with zipfile.ZipFile(io.BytesIO(book.content)) as parts:
            noted = re.findall(r"\d{4}-\d\d-\d\d", parts.read("docProps/core.xml").decode())
        assert set(noted) == {"2025-01-01"}
    assert made() == made()


def test_every_village_writes_in_its_own_way_and_none_is_without_people() -> None:
    files = made()
    assert len(files) == len(VILLAGES)
    assert {file.name.rsplit(".", 1)[1] for file in files} == {"csv", "xlsx"}
    assert all(file.content for file in files)


def test_another_seed_names_other_people() -> None:
    first, second = (invent(30, villages=VILLAGES, seed=seed)["nik"] for seed in (3, 4))
    assert first.n_unique() == 30
    assert set(first) != set(second)
