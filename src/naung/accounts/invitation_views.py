"""Undangan: whoever holds the link chooses a password. Open to everybody; the link is the proof.

The address with the token only ever shows a page, and always with the same status: what servers log is mostly what
was refused. The password is sent to an address without a token.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from naung.accounts.answering import accepted, page
from naung.accounts.inviting import accept_invitation, open_invitation
from naung.accounts.settings_forms import ChoosePassword
from naung.ui.forgiving import without_referrer

View = Callable[..., HttpResponse]


def unseen(view: View) -> Callable[..., HttpResponseBase]:
    """Kept by no cache, found by no search engine, named to no other site."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return login_not_required(without_referrer(answered))


@unseen
@require_safe
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who is invited, and the form. Looking does not use the link up: messengers fetch a link to preview it."""
    return _form_page(request, token, ChoosePassword(initial={"token": token}), handed_in=False)


@unseen
def accept(request: HttpRequest) -> HttpResponse:
    """Take the password. Without a redirect, so that no address tells anything afterwards."""
    if request.method != "POST":
        return _ended(request)
    form = ChoosePassword(request.POST)
    if "token" not in request.POST:
        return _ended(request)
    if form.is_valid():
        token, password = form.cleaned_data["token"], form.cleaned_data["password"]
        if open_invitation(token, at=timezone.now()) is None:
            return _ended(request)
        if accepted(form, lambda: accept_invitation(token, password=password, at=timezone.now())):
            return render(request, "accounts/welcome.html")
    return _form_page(request, request.POST["token"], form, handed_in=True)


def _form_page(request: HttpRequest, token: str, form: ChoosePassword, *, handed_in: bool) -> HttpResponse:
    found = open_invitation(token, at=timezone.now())
    if found is None:
        return _ended(request)
    context = {"form": form, "invitation": found, "person": found.user, "token": token}
    return page(request, "accounts/invitation.html", context, form=form if handed_in else None)


def _ended(request: HttpRequest) -> HttpResponse:
    """Used, expired, replaced or never made: one answer."""
    return render(request, "accounts/invitation_ended.html")
