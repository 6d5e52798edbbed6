"""A message reaches the provider as it wants it, and neither phone nor text shows where it fails."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from naung.gateways.failure import GatewayError
from naung.gateways.messages import sender
from naung.gateways.messages.files import FileSender

PHONE, TEXT = "+6281299990001", 'Naung: kode "123456" {phone}'


@dataclass
class Provider:
    """A provider of messages on the loopback address."""

    url: str
    answer: int = 200
    location: str = ""
    taken: list[tuple[dict[str, str], object]] = field(default_factory=list)


@pytest.fixture
def provider() -> Iterator[Provider]:
    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.taken.append((dict(self.headers), json.loads(body)))
            self.send_response(made.answer)
            if made.location:
                self.send_header("Location", made.location)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            return None

    with HTTPServer(("127.0.0.1", 0), Desk) as server:
        made = Provider(f"http://127.0.0.1:{server.server_port}/kirim")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        server.shutdown()
        thread.join()


def send(provider: Provider, **environment: str) -> None:
    found = sender({"NAUNG_SMS": "http", "NAUNG_SMS_URL": provider.url, **environment})
    assert found is not None
    found.send(PHONE, TEXT)


def test_a_provider_gets_phone_and_text_where_it_wants_them(provider: Provider):
    send(provider, NAUNG_SMS_TOKEN="rahasia", NAUNG_SMS_BODY='{"r": ["{phone}"], "c": {"t": "Hai. {text}"}, "n": 1}')
    [(headers, body)] = provider.taken
    assert body == {"r": [PHONE], "c": {"t": f"Hai. {TEXT}"}, "n": 1}
    assert headers["Authorization"] == "Bearer rahasia"
    assert headers["Content-Type"] == "application/json"


def test_without_a_shape_of_its_own_the_body_is_to_and_message(provider: Provider):
    send(provider)
    [(headers, body)] = provider.taken
    assert body == {"to": PHONE, "message": TEXT}
    assert "Authorization" not in headers


@pytest.mark.parametrize(("answer", "permanent"), [(400, True), (401, True), (429, False), (503, False)])
def test_a_refusal_says_whether_trying_again_helps_and_names_nobody(provider: Provider, answer: int, permanent: bool):
    provider.answer = answer
    with pytest.raises(GatewayError, match=str(answer)) as failure:
        send(provider)
    assert failure.value.permanent is permanent
    assert PHONE not in str(failure.value)
    assert failure.value.__suppress_context__


def test_a_number_is_not_sent_on_to_another_address(provider: Provider):
    provider.answer, provider.location = 307, provider.url
    with pytest.raises(GatewayError, match="307"):
        send(provider)
    assert len(provider.taken) == 1


def test_a_provider_out_of_reach_may_be_tried_again():
    found = sender({"NAUNG_SMS": "http", "NAUNG_SMS_URL": "http://127.0.0.1:9/"})
    assert found is not None
    with pytest.raises(GatewayError, match="tidak menjawab") as failure:
        found.send(PHONE, TEXT)
    assert not failure.value.permanent


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"NAUNG_SMS": "http"}, "NAUNG_SMS_URL"),
        ({"NAUNG_SMS": "http", "NAUNG_SMS_URL": "http://sms.example/"}, "https"),
        ({"NAUNG_SMS": "http", "NAUNG_SMS_URL": "https://sms.example/", "NAUNG_SMS_BODY": "{"}, "NAUNG_SMS_BODY"),
        ({"NAUNG_SMS": "merpati"}, "NAUNG_SMS"),
    ],
)
def test_a_sender_configured_by_halves_says_so(environment: dict[str, str], words: str):
    with pytest.raises(GatewayError, match=words) as failure:
        sender(environment)
    assert failure.value.permanent


def test_nothing_configured_is_no_sender():
    assert sender({}) is None


def test_trying_out_writes_a_file_for_the_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NAUNG_HOME", str(tmp_path))
    found = sender({"NAUNG_SMS": "file"})
    assert isinstance(found, FileSender)
    found.send(PHONE, "satu")
    found.send(PHONE, "dua")
    path = tmp_path / "messages" / "outbox.txt"
    assert path.read_text(encoding="utf-8") == f"{PHONE}\tsatu\n{PHONE}\tdua\n"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_written_is_the_world_failing(tmp_path: Path):
    (tmp_path / "berkas").write_text("")
    with pytest.raises(GatewayError):
        FileSender(tmp_path / "berkas").send(PHONE, TEXT)


def test_every_variable_that_the_sources_read_is_documented():
    root = Path(__file__).parents[2]
    read = {
        name
        for path in (root / "src" / "naung").rglob("*.py")
        for name in re.findall(r'"(NAUNG_[A-Z0-9_]+)"', path.read_text(encoding="utf-8"))
    }
    documented = set(re.findall(r"NAUNG_[A-Z0-9_]+", (root / "docs" / "configuration.md").read_text(encoding="utf-8")))
    assert read - documented == set()
