"""One process that serves the pages: waitress, static files with hashed names, a pool of connections."""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import socket
from pathlib import Path

import naung
from naung.gateways.failure import GatewayError
from naung.gateways.home import home

_STAMP = ".collected"
THREADS = 8


def choose_settings() -> None:
    """What the server wants of the settings. To be called before Django reads them."""
    os.environ.setdefault("NAUNG_POOL", "1")
    os.environ.setdefault("NAUNG_STATIC", "hashed")


def serve(*, host: str, port: int, worker: bool = True) -> None:
    """Serve until somebody stops the process; with `worker`, long work is done in a thread of it."""
    collect_static()
    import waitress

    from naung.config.wsgi import application

    signal.signal(signal.SIGTERM, _leave)
    with _worker() if worker else contextlib.nullcontext():
        waitress.serve(
            application,
            host=host,
            port=port,
            threads=THREADS,
            ident=None,
            clear_untrusted_proxy_headers=os.environ.get("NAUNG_TLS") != "1" and not os.environ.get("NAUNG_PROXIES"),
            max_request_body_size=8 * 1024 * 1024,
            _quiet=True,
        )


def _worker() -> contextlib.AbstractContextManager[None]:
    from naung.jobs.worker import beside_the_server

    return beside_the_server()


def work() -> None:
    """Do long work until somebody stops the process."""
    from naung.jobs.worker import Worker

    worker = Worker()

    def leave(*_: object) -> None:
        worker.stop()

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, leave)
    worker.work_until_stopped()


def collect_static() -> bool:
    """Gather the static files under NAUNG_HOME/static where these are not the ones there; whether it was needed."""
    if os.environ.get("NAUNG_STATIC") != "hashed":
        return False
    from django.core.management import call_command

    stamp = home() / "static" / _STAMP
    wanted = _fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(wanted)
    return True


def _fingerprint() -> str:
    """The version and, because a checkout changes without it, size and age of every file."""
    from django.contrib.staticfiles.finders import get_finders

    print_of = hashlib.sha256(naung.__version__.encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda one: str(one[0])):
            facts = Path(storage.path(name)).stat()
            print_of.update(f"{name}:{facts.st_size}:{facts.st_mtime_ns}\n".encode())
    return print_of.hexdigest()


def require_free(host: str, port: int) -> None:
    """Waitress says «Address already in use» in a traceback; we say which address, and what to do.

    Raises GatewayError.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, kind, protocol, _, address in found:
            with socket.socket(family, kind, protocol) as trial:
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                trial.bind(address)
    except OSError as failure:
        raise GatewayError(
            f"Alamat {host}:{port} tidak dapat dipakai ({failure.strerror}). Pilih yang lain dengan --port."
        ) from None


def _leave(*_: object) -> None:
    raise SystemExit(0)
