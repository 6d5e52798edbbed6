"""What makes a page light on a weak line: its icons travel inside it, and text is compressed."""

from __future__ import annotations

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from naung.ui.icons import carry_icons

COMPRESSED = ("text/", "application/json", "application/javascript")


class LightPages(GZipMiddleware):
    """Whole pages carry the icons they use; text is compressed, with Django's guard against guessing by length.

    A part of a page is left as it is: the page around it may lack its icons, and the sprite has them all. Spreadsheets
    and PDFs are compressed already.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.get("Content-Type", "")
        if not isinstance(response, StreamingHttpResponse) and kind.startswith("text/html"):
            page = response.content  # type: ignore[attr-defined]
            if b"<body" in page:
                page = response.content = carry_icons(page.decode()).encode()  # type: ignore[attr-defined]
                # It was counted before: with the old number, who takes no compressed pages gets half of this one.
                if response.has_header("Content-Length"):
                    response["Content-Length"] = str(len(page))
        return super().process_response(request, response) if kind.startswith(COMPRESSED) else response
