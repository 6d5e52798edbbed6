"""Which language a page is in: its address says so. English lies under `/en/`, Indonesian has no prefix.

Django's own middleware also follows the browser. Many phones here are sold set to English, and their owners read
Indonesian: only an act of theirs, following the link to the same page in the other language, changes it. An address
that is sent to somebody opens in the language in which it was read, and no cookie is needed.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation

ENGLISH = "en"
INDONESIAN = "id"


class LanguageInAddress:
    """In place of `LocaleMiddleware`: takes `/en` off the address, and puts it before every address of the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        language = ENGLISH if path == f"/{ENGLISH}" or path.startswith(f"/{ENGLISH}/") else INDONESIAN
        before = get_script_prefix()
        if language == ENGLISH:
            request.path_info = path.removeprefix(f"/{ENGLISH}") or "/"
            set_script_prefix(f"{before}{ENGLISH}/")
        try:
            with translation.override(language):
                request.LANGUAGE_CODE = language
                response = self.get_response(request)
        finally:
            set_script_prefix(before)
        response.headers.setdefault("Content-Language", language)
        return response


def in_other_language(request: HttpRequest) -> str:
    """The address of the page of `request` in the language that it is not in; its query comes along."""
    prefix = get_script_prefix()
    address = request.get_full_path()
    if prefix.endswith(f"/{ENGLISH}/"):
        outside = prefix.removesuffix(f"{ENGLISH}/")
        return outside + address.removeprefix(prefix.rstrip("/")).removeprefix("/")
    return f"{prefix}{ENGLISH}/{address.removeprefix(prefix)}"
