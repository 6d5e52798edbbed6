"""`pg_dump` and `pg_restore` on Django's database, wherever it is."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import psycopg
from django.db import connection
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from naung.gateways.failure import GatewayError
from naung.gateways.postgres_programs import dumper, restorer

# Programs from PostgreSQL 17 on set a parameter that older servers do not know.
_KNOWS_TIMEOUT = 17
_TIMEOUT = b"SET transaction_timeout = 0;"
_VARIABLES = {
    "dbname": "PGDATABASE", "user": "PGUSER", "password": "PGPASSWORD", "host": "PGHOST", "port": "PGPORT",
    "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "options": "PGOPTIONS",
}  # fmt: skip


def dump(target: Path) -> None:
    """Write the whole database as an archive. Raises GatewayError."""
    program = dumper(_server_major(), remote=_is_remote())
    _run(program.path, "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def load(archive: Path, database: str) -> None:
    """Bring an archive into an empty database; it may come from a newer PostgreSQL. Raises GatewayError."""
    program = restorer(archive, remote=_is_remote())
    plain = ["--no-owner", "--no-privileges"]
    if _server_major() >= _KNOWS_TIMEOUT or program.major < _KNOWS_TIMEOUT:
        _run(program.path, *plain, "--exit-on-error", "--jobs=2", f"--dbname={database}", archive)
        return
    script = archive.with_suffix(".sql")
    _run(program.path, *plain, f"--file={script}", archive)
    with script.open("r+b") as written:
        at = written.read(1 << 16).find(_TIMEOUT)
        if at >= 0:
            written.seek(at)
            written.write(b"--")
    _run(program.path.with_name("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--dbname={database}",
         f"--file={script}")  # fmt: skip
    script.unlink()


def administer(statement: sql.Composed) -> None:
    """Run a statement about databases, beside ours. Raises psycopg.Error."""
    with psycopg.connect(conninfo("postgres"), autocommit=True) as admin:
        admin.execute(statement)


def conninfo(database: str) -> str:
    """How to reach another database of the same server."""
    return make_conninfo(**(_parts() | {"dbname": database}))


def _parts() -> dict[str, str]:
    """How Django reaches its database (in tests not the one of NAUNG_DATABASE_URL), as libpq names it."""
    parts = conninfo_to_dict(os.environ.get("NAUNG_DATABASE_URL", ""))
    parts["dbname"] = connection.settings_dict["NAME"]
    return {name: str(value) for name, value in parts.items() if value}


def _is_remote() -> bool:
    """Whether the server is reached over a network: there TLS is spoken, or at least offered."""
    host = _parts().get("host", "")
    return bool(host) and not host.startswith("/")


def _server_major() -> int:
    connection.ensure_connection()
    return int(connection.connection.info.server_version) // 10_000


def _run(program: Path, *arguments: str | Path) -> None:
    """A client program on our database; the password goes by the environment, never by the command line."""
    named = {_VARIABLES[name]: value for name, value in _parts().items() if name in _VARIABLES}
    done = subprocess.run(  # noqa: S603 - a client program of PostgreSQL
        [program, *arguments],
        env={**os.environ, **named},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        # Only the first line: what follows may quote rows.
        first = (done.stderr.splitlines() or ["tidak diketahui"])[0][:200]
        raise GatewayError(f"{program.name} gagal: {first}")
