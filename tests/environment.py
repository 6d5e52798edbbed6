"""The surroundings of the tests, loaded before Django reads its settings (`-p tests.environment`).

The database is the embedded PostgreSQL, or the one named by NAUNG_DATABASE_URL. Every run gets a home of its own
in a temporary folder, so a developer's data is never touched, and the cluster runs without fsync: it is thrown
away. With xdist the controller does this once and its workers inherit the environment.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from naung.gateways.postgres import EmbeddedPostgres

_cluster: EmbeddedPostgres | None = None

if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["NAUNG_HOME"] = tempfile.mkdtemp(prefix="naung-tests-")
    os.environ["NAUNG_SECRET_KEY"] = "only-for-tests"
    # WhiteNoise warns of a missing folder, and a warning is an error.
    (Path(os.environ["NAUNG_HOME"]) / "static").mkdir()
    if "NAUNG_DATABASE_URL" not in os.environ:
        _cluster = EmbeddedPostgres(Path(os.environ["NAUNG_HOME"]), durable=False)
        _cluster.acquire()
        os.environ["NAUNG_DATABASE_URL"] = _cluster.url()


def pytest_unconfigure(config: pytest.Config) -> None:
    if _cluster is not None:
        _cluster.release()
        _cluster.stop()
    if "PYTEST_XDIST_WORKER" not in os.environ:
        shutil.rmtree(os.environ["NAUNG_HOME"], ignore_errors=True)
