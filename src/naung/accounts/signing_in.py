"""From the right password to a session: with the code of a phone where the person or the region wants it."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import load_backend, login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from naung.accounts import second_factor
from naung.accounts.crests import crest_url
from naung.accounts.models import Crest, RegionSettings, User
from naung.accounts.sessions import MUST_ENROL
from naung.areas.queries import names_of
from naung.audit import actions as audit

#: Between password and code.
WAITS_SECONDS = 10 * 60
_WAITING = "second_factor"
_REGION_COOKIE = "naung_daerah"
_BACKEND = "django.contrib.auth.backends.ModelBackend"
_YEAR_SECONDS = 365 * 24 * 3600


def wait_for_code(request: HttpRequest, user: User, *, goal: str) -> None:
    """The password was right; remember who, for some minutes. This is no session of anybody yet."""
    request.session[_WAITING] = {
        "user": user.pk,
        "hash": user.get_session_auth_hash(),
        "until": int(time.time()) + WAITS_SECONDS,
        "goal": goal,
    }


def waiting(request: HttpRequest) -> tuple[User, str] | None:
    """Who still has to give a code, and where to go then."""
    kept: dict[str, Any] = request.session.get(_WAITING) or {}
    if not kept or kept["until"] < time.time():
        return None
    user = load_backend(_BACKEND).get_user(kept["user"])
    # Another password or an ended session in between ends this too.
    if not isinstance(user, User) or not constant_time_compare(kept["hash"], user.get_session_auth_hash()):
        return None
    return user, str(kept["goal"])


def stop_waiting(request: HttpRequest) -> None:
    request.session.pop(_WAITING, None)


def enter(request: HttpRequest, user: User, *, how: str) -> None:
    """Begin the session; `how` ("password", "code", "recovery") goes into the trail."""
    stop_waiting(request)
    login(request, user, backend=_BACKEND)
    if how == "password" and second_factor.required_of(user):
        request.session[MUST_ENROL] = True
    with transaction.atomic():
        audit.record(
            "user.sign_in",
            by=user,
            target_type="user",
            target_id=user.pk,
            target_name=user.username,
            area_code=user.area_code,
            how=how,
            device=_device(request),
        )


def _device(request: HttpRequest) -> str:
    """Phone or computer: enough to know one's own sign-in by, too little to follow anybody with."""
    said = request.META.get("HTTP_USER_AGENT", "")
    if not said:
        return ""
    return "phone" if "Mobile" in said or "Android" in said else "computer"


def came_with_an_ended_session(request: HttpRequest) -> bool:
    """The browser still holds the key of a session that is no more."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.is_empty()


# --- whose sign-in page it is ------------------------------------------------------------------------


def remember_region(response: HttpResponse, user: User) -> None:
    """So that the next sign-in page in this browser bears the crest. A region is no person."""
    if code := user.area_code[:4]:
        response.set_cookie(
            _REGION_COOKIE,
            code,
            max_age=_YEAR_SECONDS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def region_of_page(request: HttpRequest) -> dict[str, str]:
    """Name and crest of the region that signs in here, as far as known: by the last one who did, or the only one."""
    code = request.COOKIES.get(_REGION_COOKIE, "")
    if not (code.isascii() and code.isdigit() and len(code) in {2, 4}):
        # In the order of their codes; two are enough to know that there is not one alone.
        regions = RegionSettings.objects.values_list("pk", flat=True).union(Crest.objects.values_list("pk", flat=True))
        known = list(regions.order_by("area_code")[:2])
        code = known[0] if len(known) == 1 else ""
    if not code:
        return {}
    chosen = RegionSettings.objects.filter(pk=code).values_list("display_name", flat=True).first()
    name = chosen or names_of([code]).get(code, "")
    digest = Crest.objects.filter(pk=code).values_list("digest", flat=True).first() or ""
    return {"name": name, "crest_url": crest_url(digest)} if name else {}
