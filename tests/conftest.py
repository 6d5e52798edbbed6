from __future__ import annotations

import pytest
import pytest_socket


@pytest.fixture(autouse=True)
def _shut_network() -> None:
    """Nothing but Unix sockets (the database) and the loopback address (the browser's server)."""
    pytest_socket.socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)
