"""Pages with a million workers behind them, against a bare Django view with one indexed look-up, same server."""

from __future__ import annotations

import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
from datetime import date
from urllib.parse import urlencode

from bench.ground import REGENCY

SECONDS = 6.0
CLIENTS = 4
PASSWORD = "bench-password-1"  # noqa: S105


def run(rows: int) -> list[str]:
    from django.contrib.auth.hashers import make_password
    from tests.town import user

    from bench.billing import enrol
    from naung.contributions import actions
    from naung.contributions.models import Bill, Payment
    from naung.planning.actions import record_figure
    from naung.programmes.models import FundingLine
    from naung.registry.models import Worker
    from naung.rules.ucj import DenominatorKind, Segment

    line = FundingLine.objects.get(pk=enrol(rows))
    for month in (1, 2):
        first = date(2026, month, 1)
        bill = actions.issue_bill(line, first_month=first, last_month=first, due_on=first, by=None)
        payment = actions.record_payment(bill, sp2d_number=f"S{month}", paid_on=first, amount_rp=bill.total_rp, by=None)
        actions.confirm_payment(payment, by=user("cabang-bench", "branch_officer", REGENCY))
    assert Bill.objects.count() == Payment.objects.count() == 2
    record_figure(
        area_code=REGENCY, as_of=date(2026, 1, 31), numerators={Segment.ALL: 400_000}, denominator=1_200_000,
        denominator_kind=DenominatorKind.LABOUR_FORCE, source="bench", by=None,
    )  # fmt: skip
    officer = user("petugas-bench", "programme_officer", REGENCY)
    officer.password = make_password(PASSWORD)
    officer.save()
    worker = Worker.objects.order_by("id")[rows // 2]
    _seal(worker)

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "bench.server", str(port)],
        env={**os.environ, "NAUNG_POOL": "1", "NAUNG_STATIC": "plain"},
    )
    try:
        _wait(port)
        cookie = _sign_in(port, officer.username)
        bare = _rate(port, f"/bare/{worker.nik_index}", cookie)
        pages = {"worker page": f"/pekerja/{worker.pk}/", "dashboard": "/beranda/"}
        lines = [f"bare view, one indexed look-up: {bare:.0f} requests/s ({CLIENTS} clients, {rows:,} workers)"]
        for name, path in pages.items():
            rate = _rate(port, path, cookie)
            lines.append(f"{name}: {rate:.0f} requests/s; ratio {rate / bare:.2f} × (target 0.4)")
        return lines
    finally:
        server.terminate()
        server.wait(timeout=20)


def _seal(worker) -> None:  # type: ignore[no-untyped-def]
    from naung.registry.vault import Identity, vault

    worker.sealed = vault().seal("worker", worker.pk, Identity("1111010101809001").packed())
    worker.save(update_fields=["sealed"])


def _wait(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/masuk/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server did not start")


def _sign_in(port: int, username: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/masuk/")
    answer = connection.getresponse()
    page = answer.read().decode()
    csrf = answer.headers["Set-Cookie"].split(";")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token, "the sign-in page has a form"
    body = urlencode({"csrfmiddlewaretoken": token[1], "username": username, "password": PASSWORD})
    connection.request(
        "POST", "/masuk/", body, {"Cookie": csrf, "Content-Type": "application/x-www-form-urlencoded",
                                  "Origin": f"http://127.0.0.1:{port}"},
    )  # fmt: skip
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 302, f"signing in gave {answer.status}"
    cookies = [value.split(";")[0] for name, value in answer.getheaders() if name == "Set-Cookie"]
    return "; ".join(cookies)


def _rate(port: int, path: str, cookie: str) -> float:
    """Requests per second over some seconds, median of three."""
    return statistics.median(_round(port, path, cookie) for _ in range(3))


def _round(port: int, path: str, cookie: str) -> float:
    counts = [0] * CLIENTS
    stop = time.perf_counter() + SECONDS / 3

    def client(place: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() < stop:
            connection.request("GET", path, headers={"Cookie": cookie})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, f"{path} gave {answer.status}"
            counts[place] += 1
        connection.close()

    started = time.perf_counter()
    threads = [threading.Thread(target=client, args=(place,)) for place in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - started)
