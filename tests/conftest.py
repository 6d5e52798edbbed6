from __future__ import annotations

import hypothesis
import pytest
import pytest_socket

# How long one example takes says how busy the machine is; speed is measured by `bench/`.
hypothesis.settings.register_profile("naung", deadline=None)
hypothesis.settings.load_profile("naung")


@pytest.fixture(autouse=True)
def _shut_network() -> None:
    """Nothing but Unix sockets (the database) and the loopback address (the browser's server)."""
    pytest_socket.socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)
