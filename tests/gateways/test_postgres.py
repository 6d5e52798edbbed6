"""The embedded PostgreSQL starts whatever was left behind, and leaves others alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from naung.gateways.failure import GatewayError
from naung.gateways.postgres import EmbeddedPostgres, is_installed

pytestmark = pytest.mark.skipif(not is_installed(), reason="the wheel with PostgreSQL is not installed")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[EmbeddedPostgres]:
    one = EmbeddedPostgres(tmp_path / "folder with spaces", durable=False)
    yield one
    one.release()
    one.stop()


@pytest.fixture
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    """Somebody else's process, which by chance has the number that a crash left in our files."""
    process = subprocess.Popen(["sleep", "600"])  # noqa: S607
    yield process
    process.kill()
    process.wait()


def ask(cluster: EmbeddedPostgres, question: str) -> object:
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        answer = connection.execute(question)
        row = answer.fetchone() if answer.description else None
        return row[0] if row else None


def postmaster(cluster: EmbeddedPostgres) -> int:
    return int((cluster.data / "postmaster.pid").read_text().splitlines()[0])


def gone(pid: int) -> bool:
    """Whether the process ended; one that nobody has buried yet counts as ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_after_everything_was_killed_it_starts_again_with_what_was_committed(
    cluster: EmbeddedPostgres, stranger: subprocess.Popen[bytes]
) -> None:
    cluster.durable = True
    with cluster:
        ask(cluster, "CREATE TABLE kept AS SELECT 7 AS seven")
        supervisor, server = int((cluster.root / "supervisor.pid").read_text()), postmaster(cluster)
        with psycopg.connect(cluster.url(), autocommit=True) as busy:
            backend = busy.info.backend_pid
            os.kill(supervisor, signal.SIGSTOP)  # so that it does not tell the server of its end
            os.kill(server, signal.SIGKILL)
            os.kill(supervisor, signal.SIGKILL)
    for file in (cluster.data / "postmaster.pid", cluster.socket_folder / ".s.PGSQL.5432.lock"):
        file.write_text("\n".join([str(stranger.pid), *file.read_text().splitlines()[1:]]) + "\n")
    with cluster:
        assert ask(cluster, "SELECT seven FROM kept") == 7
    assert gone(server)
    assert gone(backend)
    assert stranger.poll() is None


def test_a_server_whose_supervisor_was_killed_makes_way(cluster: EmbeddedPostgres) -> None:
    with cluster:
        server = postmaster(cluster)
        os.kill(int((cluster.root / "supervisor.pid").read_text()), signal.SIGKILL)
        while not gone(server):
            os.sched_yield()
    with cluster:
        assert ask(cluster, "SELECT 1") == 1


def test_settings_of_another_server_do_not_matter(cluster: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPORT", "6000")
    monkeypatch.setenv("PGSERVICE", "elsewhere")
    monkeypatch.setenv("PGOPTIONS", "-c search_path=elsewhere")
    with cluster:
        assert ask(cluster, "SHOW search_path") == '"$user", public'


def test_a_path_too_long_for_a_socket_will_do(tmp_path: Path) -> None:
    deep = EmbeddedPostgres(tmp_path / ("panjang" * 20) / "folder, koma", durable=False)
    with deep:
        assert ask(deep, "SELECT 1") == 1
        assert deep.socket_folder != deep.root
        assert deep.socket_folder.stat().st_mode & 0o077 == 0
    deep.stop()
    deep.socket_folder.rmdir()


def test_commands_that_start_at_once_share_one_server(cluster: EmbeddedPostgres) -> None:
    code = (
        "import sys, psycopg; from pathlib import Path; from naung.gateways.postgres import EmbeddedPostgres as E\n"
        "with E(Path(sys.argv[1]), durable=False) as one, psycopg.connect(one.url()) as c:\n"
        "    print(c.execute('SELECT pg_postmaster_start_time()').fetchone()[0])\n"
        "    sys.stdout.flush(); sys.stdin.read()"
    )
    commands = [
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", code, str(cluster.root.parent)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    started = set()
    for command in commands:
        assert command.stdout
        started.add(command.stdout.readline())
    for command in commands:
        command.communicate()
    assert len(started) == 1
    assert started != {""}


def test_a_number_that_stayed_behind_stops_nobody(cluster: EmbeddedPostgres, stranger: subprocess.Popen[bytes]) -> None:
    cluster.root.mkdir(parents=True)
    (cluster.root / "supervisor.pid").write_text(str(stranger.pid))
    cluster.stop()
    assert stranger.poll() is None


def test_it_says_why_it_cannot_start(cluster: EmbeddedPostgres) -> None:
    with cluster:
        pass
    cluster.stop()
    (cluster.data / "PG_VERSION").write_text("12\n")
    with pytest.raises(GatewayError, match="incompatible with server"):
        cluster.acquire()


def test_errors_that_quote_people_are_not_in_its_log(cluster: EmbeddedPostgres) -> None:
    with cluster:
        ask(cluster, "CREATE TABLE people (name text PRIMARY KEY)")
        for _ in range(2):
            try:
                ask(cluster, "INSERT INTO people VALUES ('SITI AMINAH')")
            except psycopg.errors.UniqueViolation:
                refused = True
    assert refused
    assert "SITI" not in cluster.log.read_text()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_root_runs_it_as_somebody_else_where_namespaces_are_forbidden(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Path(os.environ["NAUNG_HOME"]) / "as-nobody"  # pytest's own folder is closed to others
    home.parent.chmod(0o711)
    one = EmbeddedPostgres(home, durable=False)
    with one:
        ask(one, "CREATE TABLE kept AS SELECT 7 AS seven")
        assert one.data.stat().st_uid == 0
    one.stop()
    monkeypatch.setenv("NAUNG_POSTGRES_USER", "nobody")
    with one:
        assert ask(one, "SELECT seven FROM kept") == 7
        assert {path.stat().st_uid for path in (one.data, *one.data.iterdir())} == {65534}
    one.stop()
    monkeypatch.delenv("NAUNG_POSTGRES_USER")
    with one:  # once it is theirs it stays so
        assert ask(one, "SELECT seven FROM kept") == 7
    one.stop()
