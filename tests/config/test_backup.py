"""A backup is made by one installation and comes back in another."""

from __future__ import annotations

import json
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.config.conftest import Installation

pytestmark = pytest.mark.slow
Make = Callable[[str], Installation]


def test_a_backup_comes_back_whole_where_its_keys_are_and_nowhere_else(
    installation: Make, programme_file: Path, village_list: Path, tmp_path: Path
) -> None:
    old, new = installation("lama"), installation("baru")
    assert old("programme", "create", programme_file).returncode == 0
    assert old("intake", village_list, "--programme", "binjai-2026").returncode == 0
    backup, keys = tmp_path / "cadangan.tar", tmp_path / "kunci.json"
    assert old("backup", backup).returncode == 0
    assert old("keys", "export", keys).returncode == 0
    assert backup.stat().st_mode & 0o077 == 0
    with tarfile.open(backup) as tar:
        names = tar.getnames()
    assert names[:2] == ["manifest.json", "database.dump"]
    assert len(names) == 3  # and the one list that was handed in
    assert b"1275014101800001" not in backup.read_bytes()

    without_keys = new("restore", backup, "--json")
    assert (without_keys.returncode, json.loads(without_keys.stdout)["refused"]) == (1, "keys_missing")
    new.home.mkdir(exist_ok=True)
    shutil.copy(keys, new.home / "keys.json")
    restored = new("restore", backup)
    assert restored.returncode == 0, restored.stderr

    doctor = new("doctor")
    assert doctor.returncode == 0, doctor.stdout
    known = json.loads(new("protect", "-", "--json", given="1275014101800001\n").stdout)
    assert known["known"] is True

    full = new("restore", backup, "--json")
    assert (full.returncode, json.loads(full.stdout)["refused"]) == (1, "database_not_empty")
    assert new("restore", backup, "--replace").returncode == 0
    assert json.loads(new("programme", "list", "--json").stdout)["programmes"][0]["code"] == "binjai-2026"


def test_a_damaged_or_foreign_archive_changes_nothing(installation: Make, programme_file: Path, tmp_path: Path) -> None:
    here = installation("sini")
    here("programme", "create", programme_file)
    backup = tmp_path / "cadangan.tar"
    assert here("backup", backup).returncode == 0
    whole = backup.read_bytes()

    (tmp_path / "terpotong.tar").write_bytes(whole[: len(whole) // 2])
    damaged = bytearray(whole)
    damaged[len(damaged) // 2] ^= 0xFF
    (tmp_path / "berubah.tar").write_bytes(damaged)
    with tarfile.open(tmp_path / "asing.tar", "w") as tar:
        tar.add(programme_file, "../../keluar.json")
    for name in ("terpotong.tar", "berubah.tar", "asing.tar"):
        refused = here("restore", tmp_path / name, "--replace", "--json")
        assert (refused.returncode, json.loads(refused.stdout)["refused"]) == (1, "not_a_backup"), name
    assert len(json.loads(here("programme", "list", "--json").stdout)["programmes"]) == 1
    assert here("doctor").returncode == 0
