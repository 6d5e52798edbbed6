"""When a session ends: by signing out, by closing the browser, or by doing nothing for a while.

A session lives in the database until `SESSION_COOKIE_AGE` after it was last written. It is written when a person
signs in and then, while pages are asked for, at most every few minutes: so it ends by idleness and not in the middle
of a working day, and a page costs no write. When it will end is told on every page and in a header of every answer
(`HEADER`), so that `naung/session.js` can warn two minutes before (WCAG 2.2.1).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

SEEN = "seen"
#: In a session that may do nothing until the person has a second factor.
MUST_ENROL = "must_enrol"
#: In the address of the sign-in page: somebody comes here because a session ended.
ENDED = "berakhir"
HEADER = "X-Session-Left"
_SELDOM_SECONDS = 5 * 60
_OPEN_TO_ENROL = ("accounts:second-factor", "accounts:sign-out", "accounts:session")


def stays_signed_in(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: put off the idle end of a session that is used; lead whoever must enrol to do so."""

    def pass_on(request: HttpRequest) -> HttpResponse:
        session = request.session
        if SESSION_KEY not in session:
            return get_response(request)
        now = int(time.time())
        idle = now - session.get(SEEN, now - _SELDOM_SECONDS)
        if idle >= settings.SESSION_COOKIE_AGE:  # told so, and so it is, though something else wrote to it later
            session.flush()
            return get_response(request)
        asks_only = request.method != "POST" and request.path == reverse("accounts:session")
        if not asks_only and idle >= min(_SELDOM_SECONDS, settings.SESSION_COOKIE_AGE // 4):
            session[SEEN] = now
        if session.get(MUST_ENROL) and request.path not in {reverse(name) for name in _OPEN_TO_ENROL}:
            return redirect("accounts:second-factor")
        request.session_ends = ends_at(request)  # type: ignore[attr-defined]
        request.session_left = seconds_left(request)  # type: ignore[attr-defined]
        response = get_response(request)
        if (left := seconds_left(request)) is not None:
            response[HEADER] = str(left)
        return response

    return pass_on


def begin(request: HttpRequest, **_told: Any) -> None:
    """Note the beginning, so that the first page after signing in need not write it. For `user_logged_in`."""
    request.session[SEEN] = int(time.time())


def go_on(request: HttpRequest) -> None:
    """The person says that he is still there: the whole time again."""
    request.session[SEEN] = int(time.time())


def seconds_left(request: HttpRequest) -> int | None:
    """How long the session goes on without another request; None for whoever has not signed in."""
    seen = request.session.get(SEEN)
    if SESSION_KEY not in request.session or seen is None:
        return None
    return max(0, int(seen + settings.SESSION_COOKIE_AGE - time.time()))


def ends_at(request: HttpRequest) -> datetime | None:
    left = seconds_left(request)
    return None if left is None else datetime.fromtimestamp(request.session[SEEN] + settings.SESSION_COOKIE_AGE, UTC)
