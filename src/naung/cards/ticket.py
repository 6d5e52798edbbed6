"""What the browser keeps between the pages of one look-up: a signed cookie for `/cek/` alone, gone after minutes.

Not the session: whoever signed in on the same browser stays so, and no row says later who looked at whom.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

Kind = Literal["hasil", "sms"]
LASTS: dict[Kind, timedelta] = {"hasil": timedelta(minutes=5), "sms": timedelta(minutes=10)}
#: A warning that long before the end (WCAG 2.2.1).
WARNING = timedelta(minutes=2)
#: The pages of both languages: `/cek/` and `/en/cek/`.
PATH = "/"


def give(response: HttpResponse, kind: Kind, number: int, *, now: datetime) -> None:
    """Let the browser ask about `number` (a worker, a code sent) for some minutes."""
    until = now + LASTS[kind]
    response.set_cookie(
        _name(kind),
        signing.dumps([number, int(until.timestamp())], salt=_name(kind)),
        path=PATH,
        max_age=LASTS[kind],
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def read(request: HttpRequest, kind: Kind, *, now: datetime) -> tuple[int, timedelta] | None:
    """The number, and how long it may still be asked about."""
    try:
        number, until = signing.loads(request.COOKIES.get(_name(kind), ""), salt=_name(kind))
    except signing.BadSignature:
        return None
    left = timedelta(seconds=until - now.timestamp())
    return (number, left) if left > timedelta(0) else None


def take_back(response: HttpResponse) -> None:
    for kind in LASTS:
        response.delete_cookie(_name(kind), path=PATH, samesite="Strict")


def _name(kind: Kind) -> str:
    return f"naung_cek_{kind}"
