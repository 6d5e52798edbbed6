"""Guards for views: a page is for the roles that hold its permission."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from naung.accounts.models import User
from naung.accounts.permissions import Permission

View = Callable[..., HttpResponse]


class SignedInRequest(HttpRequest):
    """A request behind the sign-in wall, so that its user is one of ours."""

    user: User
    htmx: HtmxDetails


def permission_required(*permissions: Permission) -> Callable[[View], View]:
    """Refuse with 403 whoever holds none of `permissions`."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not any(request.user.may(permission) for permission in permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return wrap
