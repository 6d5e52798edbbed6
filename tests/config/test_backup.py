"""A backup is made by one installation and comes back in another."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.config.conftest import PROGRAMME, Installation

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


def test_a_restore_killed_at_any_moment_leaves_the_old_data_or_the_new(
    installation: Make, programme_file: Path, tmp_path: Path
) -> None:
    here = installation("sini")
    here("programme", "create", programme_file)
    backup, later = tmp_path / "cadangan.tar", tmp_path / "kemudian.json"
    assert here("backup", backup).returncode == 0
    later.write_text(json.dumps(PROGRAMME | {"code": "binjai-lain"}))
    moments = random.Random(20261121)
    for _ in range(5):
        here("programme", "create", later)
        restoring = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "naung", "restore", str(backup), "--replace"],
            env={**os.environ, "NAUNG_HOME": str(here.home), "NAUNG_DATABASE_URL": here.url},
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            restoring.wait(moments.uniform(0.3, 3.0))
        except subprocess.TimeoutExpired:
            os.killpg(restoring.pid, signal.SIGKILL)
            restoring.wait()
        known = {one["code"] for one in json.loads(here("programme", "list", "--json").stdout)["programmes"]}
        assert known in ({"binjai-2026"}, {"binjai-2026", "binjai-lain"})
    assert here("doctor").returncode == 0
    assert here("restore", backup, "--replace").returncode == 0
    with psycopg.connect(here.url) as connection:
        found = connection.execute(
            "SELECT count(*) FROM pg_database WHERE starts_with(datname, current_database() || '_')"
        ).fetchone()
    assert found == (0,)
    assert not list(here.home.glob(".restore-*"))
