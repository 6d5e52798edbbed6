"""Somebody who follows every link of the product, and what each page weighs on the way."""

from __future__ import annotations

import gzip
import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

from django.contrib.staticfiles.finders import find
from django.test import Client
from django.urls import resolve

#: Pages of one kind that are enough to know the kind.
ENOUGH = 2
_FILES = re.compile(r'<(?:link|script)[^>]+(?:href|src)="/static/([^"]+)"')


@dataclass(frozen=True)
class Looked:
    """One address as its reader got it. Sizes in bytes, compressed as a browser would ask for them."""

    path: str
    linked_from: str
    name: str
    status: int
    html: str
    content_type: str

    @property
    def is_page(self) -> bool:
        return self.content_type.startswith("text/html")

    @property
    def html_bytes(self) -> int:
        return len(gzip.compress(self.html.encode(), 6))

    @property
    def files(self) -> list[str]:
        """The static files a first visit asks for."""
        return sorted(set(_FILES.findall(self.html)))

    @property
    def first_visit_bytes(self) -> int:
        return self.html_bytes + sum(weight(file) for file in self.files)


def weight(file: str) -> int:
    """A static file as it travels: text compressed, a font as it is."""
    found = find(file)
    assert found, f"no static file named {file}"
    content = Path(found).read_bytes()
    return len(content) if file.endswith(".woff2") else len(gzip.compress(content, 9))


def follow_links(client: Client, start: str) -> Iterator[Looked]:
    """Every kind of page that can be reached from `start` by links, each `ENOUGH` times with and without a query."""
    waiting, asked, seen = deque([(start, "")]), {start}, Counter[tuple[str, bool]]()
    while waiting:
        path, linked_from = waiting.popleft()
        parts = urlsplit(path)
        name = resolve(parts.path.removeprefix("/en") if parts.path.startswith("/en/") else parts.path).view_name
        kind = (name, bool(parts.query))
        if seen[kind] >= ENOUGH:
            continue
        seen[kind] += 1
        answer = client.get(path, follow=True)
        page = "" if answer.streaming or "html" not in answer["Content-Type"] else answer.content.decode()
        yield Looked(path, linked_from, name, answer.status_code, page, answer["Content-Type"])
        for link in re.findall(r'<a[^>]+href="([^"#]+)', page):
            address = unescape(link)
            if address.startswith("?"):
                address = parts.path + address
            if address.startswith("/") and not address.startswith(("/static/", "//")) and address not in asked:
                asked.add(address)
                waiting.append((address, path))
