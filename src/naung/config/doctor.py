"""What `naung doctor` looks at: this installation, then every invariant over the whole database."""

from __future__ import annotations

import importlib
import importlib.util
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from naung.audit.problems import Problem
from naung.gateways.home import home

# Stages in the order of the chain; each answers for itself in `invariants.problems()`.
STAGES = {
    "areas": "Wilayah",
    "audit": "Jejak audit",
    "accounts": "Orang dan kantor",
    "lawbook": "Aturan",
    "registry": "Pekerja dan daftar",
    "agreements": "Perjanjian",
    "programmes": "Program",
    "selection": "Pemilihan dan SK",
    "coverage": "Kepesertaan",
    "contributions": "Iuran dan buku besar",
    "cards": "Kartu",
    "partners": "Pemberi kerja dan donatur",
    "outreach": "Sosialisasi",
    "planning": "UCJ dan rencana",
    "papers": "Naskah",
}
_ENOUGH_DISK_BYTES = 1 << 30


@dataclass(frozen=True)
class Check:
    """One thing looked at, and what was found wrong with it."""

    name: str
    problems: tuple[Problem, ...]

    @property
    def healthy(self) -> bool:
        return not self.problems

    def to_json(self) -> dict[str, Any]:
        return {
            "check": self.name,
            "healthy": self.healthy,
            "problems": [{"rule": one.rule, "words": one.words, "count": one.count} for one in self.problems],
        }


def examine() -> Iterator[Check]:
    """Every check in order, as it is done. Needs Django and the database."""
    yield Check("Folder instalasi", tuple(_home()))
    yield Check("PostgreSQL dan tabel", tuple(_tables()))
    if _missing():
        return  # without its tables no stage can answer
    yield Check("Kode wilayah termuat", tuple(_areas()))
    yield Check("Angka peraturan", tuple(_law()))
    for stage, words in STAGES.items():
        name = f"naung.{stage}.invariants"
        if importlib.util.find_spec(name) is not None:
            yield Check(words, tuple(importlib.import_module(name).problems()))


def _home() -> Iterator[Problem]:
    folder = home()
    if not folder.is_dir():
        yield Problem("home", f"Folder {folder} tidak ada", 1)
        return
    for name in ("keys.json", "secret-key"):
        path = folder / name
        if path.exists() and path.stat().st_mode & 0o077:
            yield Problem("permissions", f"{path} dapat dibaca orang lain: jalankan chmod 600", 1)
    if shutil.disk_usage(folder).free < _ENOUGH_DISK_BYTES:
        yield Problem("disk", f"Ruang disk di {folder} kurang dari 1 GB", 1)


def _missing() -> list[str]:
    from naung.config.cli.running import missing_migrations

    return missing_migrations()


def _tables() -> Iterator[Problem]:
    from django.db import connection

    connection.ensure_connection()
    if connection.connection.info.server_version < 150_000:
        yield Problem("postgres", "PostgreSQL lebih lama dari 15", 1)
    if missing := _missing():
        yield Problem("migrations", f"Tabel belum lengkap, mulai dari {missing[0]}", len(missing))


def _areas() -> Iterator[Problem]:
    from naung.areas.queries import is_loaded

    if not is_loaded():
        yield Problem("areas", "Kode wilayah belum dimuat", 1)


def _law() -> Iterator[Problem]:
    from naung.rules.law import current_law

    if not current_law().parameters:
        yield Problem("law", "Angka peraturan kosong", 1)
