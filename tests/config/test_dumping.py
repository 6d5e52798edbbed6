"""What one PostgreSQL dumped another one takes."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from naung.config import dumping


@pytest.fixture
def empty_database(db: None) -> Iterator[str]:
    name = f"incoming_{secrets.token_hex(4)}"
    dumping.administer(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield name
    dumping.administer(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.mark.parametrize("server_major", [15, None])
def test_an_archive_comes_in_on_servers_older_than_its_program_too(
    empty_database: str, server_major: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dumping.dump(tmp_path / "database.dump")
    if server_major:
        monkeypatch.setattr(dumping, "_server_major", lambda: server_major)
    dumping.load(tmp_path / "database.dump", empty_database)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        (expected,) = cursor.fetchone()
    with psycopg.connect(dumping.conninfo(empty_database)) as restored:
        found = restored.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert found == (expected,)
    assert expected > 20
    assert [path.name for path in tmp_path.iterdir()] == ["database.dump"]
