"""How much one caller may ask: small bodies, and a number of requests a minute for each address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja.throttling import SimpleRateThrottle

MOST_BYTES = 64 * 1024
MOST_A_MINUTE = 300


View = Callable[..., HttpResponse]


def small_bodies(view: View) -> View:
    """The view, asked with at most 64 KiB; the server has counted a body that came in pieces before it gets here."""

    @wraps(view)
    def limited(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            words = f"Pertanyaan paling besar {MOST_BYTES} bita."
            return JsonResponse({"code": "too_large", "message": words, "facts": {"bytes": MOST_BYTES}}, status=413)
        return view(request, *arguments, **named)

    return limited


class PerAddress(SimpleRateThrottle):
    """Requests of one address, counted in the memory of this process."""

    scope = "law"

    def __init__(self) -> None:
        super().__init__(f"{MOST_A_MINUTE}/min")

    def get_cache_key(self, request: HttpRequest) -> str:
        return f"throttle_law_{self.get_ident(request)}"

    def get_ident(self, request: HttpRequest) -> str:
        """The address; behind our TLS proxy the one it saw. What a caller writes into the header itself counts not."""
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        if settings.SECURE_PROXY_SSL_HEADER and forwarded:
            return str(forwarded.rpartition(",")[2].strip())
        return str(request.META.get("REMOTE_ADDR", ""))
