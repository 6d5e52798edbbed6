"""When a session ends: by signing out, by closing the browser, or by doing nothing for a while.

A session lives in the database until `SESSION_COOKIE_AGE` after it was last written. It is written when a person
signs in and then, while pages are asked for, at most every few minutes: so it ends by idleness and not in the middle
of a working day, and a page costs no write.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

SEEN = "seen"
_SELDOM_SECONDS = 5 * 60


def stays_signed_in(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: put off the idle end of a session that is used."""

    def pass_on(request: HttpRequest) -> HttpResponse:
        session = request.session
        if SESSION_KEY in session:
            now = int(time.time())
            if now - session.get(SEEN, 0) >= min(_SELDOM_SECONDS, settings.SESSION_COOKIE_AGE // 4):
                session[SEEN] = now
        return get_response(request)

    return pass_on


def begin(request: HttpRequest, **_told: Any) -> None:
    """Note the beginning, so that the first page after signing in need not write it. For `user_logged_in`."""
    request.session[SEEN] = int(time.time())
