"""What the shell of a page needs to know, for every template (a Django context processor)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import get_language

from naung.ui.formats import initials, spoken
from naung.ui.language import in_other_language
from naung.ui.navigation import NavLink, address, links_for, phone_links_for

#: The name of the page of long work, and who counts it for the person of a request: under way, and all there is.
_Counts = Callable[[HttpRequest], tuple[int, int]]
_work: list[tuple[str, _Counts]] = []


def tells_of_work(url_name: str, count: _Counts) -> None:
    """Have the shell lead to a person's long work, where there is some; the app that knows says so when it is ready."""
    _work[:] = [(url_name, count)]


@dataclass(frozen=True, slots=True)
class Shell:
    """Menu, region and person around a page. An address is None where its page does not exist."""

    language: str
    signed_in: bool
    region_name: str = ""
    region_parent: str = ""
    region_initials: str = ""
    crest_url: str = ""
    person_name: str = ""
    person_initials: str = ""
    role: str = ""
    role_label: str | Promise = ""
    office_name: str = ""
    nav: list[NavLink] = field(default_factory=list)
    phone_nav: list[NavLink] = field(default_factory=list)
    phone_rest: list[NavLink] = field(default_factory=list)
    home_url: str | None = None
    sign_in_url: str | None = None
    sign_out_url: str | None = None
    search_url: str | None = None
    help_url: str | None = None
    account_url: str | None = None
    session_url: str | None = None
    session_ends: datetime | None = None
    session_left: int = 0
    person_id: str = ""
    other_language_url: str = ""
    work_url: str | None = None
    work_running: int = 0


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give `shell` to every template, worked out only where a template asks for it."""
    return {"shell": SimpleLazyObject(lambda: shell_of(request))}


def shell_of(request: HttpRequest) -> Shell:
    """Build the shell for the person of `request`.

    `request.nav_waiting` (a dict of counts by `url_name`) may be set by a view or middleware that knows them.
    """
    language = spoken(get_language())
    user = getattr(request, "user", None)
    addresses: dict[str, Any] = {
        "home_url": address("planning:home"),
        "sign_in_url": address("accounts:sign-in"),
        "sign_out_url": address("accounts:sign-out"),
        "search_url": address("search"),
        "help_url": address("help"),
        "account_url": address("accounts:account"),
        "session_url": address("accounts:session"),
        "other_language_url": in_other_language(request),
    }
    if user is None or not getattr(user, "is_authenticated", False):
        return Shell(language=language, signed_in=False, **addresses)

    role = _text(user, "role")
    office = _text(user, "office_name")
    region = _text(user, "territory_name") or office
    name = _text(user, "full_name") or str(user)
    work_url, running = _work_of(request)
    nav = links_for(role, request.path, getattr(request, "nav_waiting", None))
    phone_nav, phone_rest = phone_links_for(role, request.path, nav)
    return Shell(
        language=language,
        signed_in=True,
        region_name=region,
        region_parent=_text(user, "territory_parent_name"),
        region_initials=initials(region) if region else "",
        crest_url=_crest(user),
        # Said by whoever keeps the session (a middleware): when it ends if nothing more is asked.
        session_ends=getattr(request, "session_ends", None),
        session_left=getattr(request, "session_left", None) or 0,
        person_id=_text(user, "pk"),
        person_name=name,
        person_initials=initials(name),
        role=role,
        # The words of a role belong to the accounts; Django makes this method for a field with choices.
        role_label=user.get_role_display(),
        office_name=office,
        nav=nav,
        phone_nav=phone_nav,
        phone_rest=phone_rest,
        work_url=work_url,
        work_running=running,
        **addresses,
    )


def _crest(user: object) -> str:
    digest = _text(user, "territory_crest")
    return (address("accounts:crest", digest) or "") if digest else ""


def _work_of(request: HttpRequest) -> tuple[str | None, int]:
    for url_name, count in _work:
        running, known = count(request)
        return (address(url_name) if known else None), running
    return None, 0


def _text(user: object, attribute: str) -> str:
    return str(getattr(user, attribute, "") or "")
