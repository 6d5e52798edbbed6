"""The page of a fault of ours: it gives a code that stands in the log beside the traceback."""

from __future__ import annotations

import logging
import secrets

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template import loader

log = logging.getLogger(__name__)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 with a code of six letters; the path is logged, never what was sent (it may hold a NIK)."""
    code = secrets.token_hex(3).upper()
    log.error("fault %s at %s %s", code, request.method, request.path)
    # Without the request: what broke may be the session, the database or the menu.
    return HttpResponseServerError(loader.render_to_string("500.html", {"error_code": code}))
