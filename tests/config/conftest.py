from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner, Result
from django.db import connection
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from pytest_django import DjangoDbBlocker

from naung.areas.actions import load_areas
from naung.config.cli import cli

Naung = Callable[..., Result]

PROGRAMME: dict[str, Any] = {
    "code": "binjai-2026",
    "name": "Perlindungan pekerja rentan Binjai",
    "owner": {"name": "Dinas Tenaga Kerja Kota Binjai"},
    "area": "12.75",
    "fiscal_year": 2026,
    "first_month": "2026-04",
    "last_month": "2026-12",
    "places": 3,
    "seed": 20260401,
    "criteria": [
        {
            "key": "age",
            "field": "age_years",
            "operator": "between",
            "value": [18, 64],
            "reason": "Usia 18-64 tahun",
        }
    ],
    "funding_lines": [{"code": "apbd", "name": "APBD Kota Binjai", "payer": "apbd_kab", "ceiling_rp": 100_000_000}],
}

# Generated numbers. One accepted twice over, one too young, one without a NIK.
LIST = """No;Nama;NIK;Tgl Lahir;JK;Pekerjaan;Kelurahan
1;SITI AMINAH;1275014101800001;01-01-1980;P;Penjual ikan;Binjai
2;BUDI SANTOSO;1275010101850002;01-01-1985;L;Ojek;Binjai
3;ANAK MUDA;1275010101150003;01-01-2015;L;Ojek;Binjai
4;SITI AMINAH;1275014101800001;01-01-1980;P;Penjual ikan;Binjai
5;TANPA NOMOR;;02-02-1990;L;Ojek;Binjai
"""


@pytest.fixture(scope="module")
def national_list(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Every command loads the list of areas where it is not there; once for a module is enough."""
    with django_db_blocker.unblock():
        load_areas()
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE areas_area, areas_edition CASCADE")


@pytest.fixture
def naung(national_list: None, db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Naung:
    """Call the command in this process, on the test's database, with a home of its own."""
    monkeypatch.setenv("NAUNG_HOME", str(tmp_path / "home"))
    return lambda *arguments, **more: CliRunner().invoke(cli, [str(one) for one in arguments], **more)


@pytest.fixture
def programme_file(tmp_path: Path) -> Path:
    path = tmp_path / "program.json"
    path.write_text(json.dumps(PROGRAMME))
    return path


@pytest.fixture
def village_list(tmp_path: Path) -> Path:
    path = tmp_path / "daftar.csv"
    path.write_text(LIST)
    return path


class Installation:
    """A whole installation: a database and a home of its own, used by real processes."""

    def __init__(self, home: Path, url: str) -> None:
        self.home, self.url = home, url

    def __call__(self, *arguments: object, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "naung", *map(str, arguments)],
            env={**os.environ, "NAUNG_HOME": str(self.home), "NAUNG_DATABASE_URL": self.url},
            input=given,
            capture_output=True,
            text=True,
            timeout=120,
        )


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Callable[[str], Installation]]:
    made: list[str] = []
    whole = conninfo_to_dict(os.environ["NAUNG_DATABASE_URL"])

    def administer(statement: str, name: str) -> None:
        with psycopg.connect(make_conninfo(**{**whole, "dbname": "postgres"}), autocommit=True) as admin:
            admin.execute(sql.SQL(statement).format(sql.Identifier(name)))

    def make(name: str) -> Installation:
        database = f"installation_{secrets.token_hex(4)}"
        administer("CREATE DATABASE {}", database)
        made.append(database)
        return Installation(tmp_path / name, make_conninfo(**{**whole, "dbname": database}))

    yield make
    for database in made:
        administer("DROP DATABASE {} WITH (FORCE)", database)
