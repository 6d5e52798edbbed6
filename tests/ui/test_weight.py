"""A page travels light: with its icons inside, compressed, and nothing compressed twice."""

from __future__ import annotations

import gzip
import re

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory

from naung.ui.tags.parts import icon
from naung.ui.weight import LightPages


def passed(response: HttpResponse | StreamingHttpResponse, **asked: str) -> HttpResponse:
    answer = LightPages(lambda _request: response)(RequestFactory().get("/", **asked))
    assert isinstance(answer, HttpResponse | StreamingHttpResponse)
    return answer  # type: ignore[return-value]


def test_a_page_brings_the_icons_it_uses_and_asks_for_no_sprite() -> None:
    body = f"<html><body>{icon('home')}{icon('home')}{icon('users')}</body></html>"
    text = passed(HttpResponse(body)).content.decode()
    assert re.findall(r'<symbol id="i-([\w-]+)"', text) == ["home", "users"]
    assert "icons.svg" not in text


def test_a_part_of_a_page_keeps_its_links_to_the_sprite() -> None:
    part = str(icon("home"))
    assert passed(HttpResponse(part)).content.decode() == part


def test_text_is_compressed_and_a_spreadsheet_is_not() -> None:
    text = "<html><body>" + "baris " * 500 + "</body></html>"
    answer = passed(HttpResponse(text), HTTP_ACCEPT_ENCODING="gzip")
    assert answer["Content-Encoding"] == "gzip"
    assert "baris" in gzip.decompress(answer.content).decode()
    sheet = HttpResponse(b"PK" * 500, content_type="application/vnd.ms-excel")
    assert "Content-Encoding" not in passed(sheet, HTTP_ACCEPT_ENCODING="gzip")


def test_a_stream_passes_as_it_is_made() -> None:
    stream = StreamingHttpResponse(iter([b"<body>", b"x" * 300]), content_type="text/html")
    assert b"".join(passed(stream).streaming_content) == b"<body>" + b"x" * 300  # type: ignore[attr-defined]


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{}, {"accept-encoding": "gzip"}])
def test_a_page_is_as_long_as_it_says_also_with_its_icons(headers: dict[str, str]) -> None:
    answer = Client().get("/masuk/", headers=headers)
    assert answer["Content-Length"] == str(len(answer.content))
    assert (answer.get("Content-Encoding") == "gzip") is bool(headers)
