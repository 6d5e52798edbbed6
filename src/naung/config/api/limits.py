"""How much one caller may ask: small bodies, and a number of requests a minute for each address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from ninja.throttling import BaseThrottle

from naung.accounts import limits
from naung.accounts.addresses import client_address

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


class PerAddress(BaseThrottle):
    """Requests of one address in one minute, counted in the database: as many servers as there are, one count."""

    def allow_request(self, request: HttpRequest) -> bool:
        asked = f"api:{client_address(request)}"
        return limits.seconds_to_wait(asked, most=MOST_A_MINUTE, now=timezone.now()) == 0
