"""The database of the tests: the embedded PostgreSQL, or the one named by NAUNG_DATABASE_URL.

Every run gets a home of its own in a temporary folder, so a developer's data is never touched, and the cluster
runs without fsync: it is thrown away.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

_WORKER = os.environ.get("PYTEST_XDIST_WORKER")
_cluster = None

if _WORKER is None:
    os.environ["NAUNG_HOME"] = tempfile.mkdtemp(prefix="naung-tests-")
    os.environ.setdefault("NAUNG_SECRET_KEY", "only-for-tests")
    if "NAUNG_DATABASE_URL" not in os.environ:
        from naung.gateways.postgres import EmbeddedPostgres

        _cluster = EmbeddedPostgres(Path(os.environ["NAUNG_HOME"]), durable=False)
        _cluster.acquire()
        os.environ["NAUNG_DATABASE_URL"] = _cluster.url()


def pytest_unconfigure(config: pytest.Config) -> None:
    if _cluster is not None:
        _cluster.release()
        _cluster.stop()
    if _WORKER is None:
        shutil.rmtree(os.environ["NAUNG_HOME"], ignore_errors=True)


@pytest.fixture(autouse=True)
def _shut_network() -> None:
    """Nothing but Unix sockets (the database) and the loopback address (the browser's server)."""
    import pytest_socket

    pytest_socket.socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)
