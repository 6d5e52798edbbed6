"""A phone that keeps rows knows whose they are: whoever else signs in on it finds nothing.

A signed cookie names the person for as long as rows may stay there. The first answer to anybody else, of whatever
role and with scripts or without, tells the browser to empty what the site keeps in it.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from naung.accounts.models import User
from naung.accounts.permissions import Role
from naung.programmes.offline_queries import KEPT

COOKIE = "naung_tanpa_sinyal"
#: IndexedDB, Cache Storage and service workers; cookies stay.
WIPE = '"storage"'
_SALT = "naung.tanpa-sinyal"


def remember(response: HttpResponse, user: User) -> None:
    """From now on this browser keeps rows of `user`."""
    response.set_cookie(
        COOKIE,
        signing.dumps(user.pk, salt=_SALT),
        max_age=KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def wipes_for_others(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, inside that which finds the user: an operator who leaves, or anybody else who comes, empties the
    browser. A session that merely ends does not: what was typed waits for the same person.
    """

    def pass_on(request: HttpRequest) -> HttpResponse:
        leaves = request.method == "POST" and request.path == reverse("accounts:sign-out")
        leaves = leaves and getattr(request.user, "role", "") == Role.VILLAGE_OPERATOR
        response = get_response(request)
        kept = request.COOKIES.get(COOKIE)
        another = bool(kept) and request.user.is_authenticated and str(request.user.pk) != _person(kept or "")
        if leaves or another:
            response["Clear-Site-Data"] = WIPE
            response.delete_cookie(COOKIE, samesite="Lax")
        return response

    return pass_on


def _person(kept: str) -> str:
    try:
        return str(signing.loads(kept, salt=_SALT, max_age=KEPT))
    except signing.BadSignature:
        return ""
