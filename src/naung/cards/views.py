"""Cek perlindungan: whoever holds a card sees whether somebody pays, and nothing about who it is (design.md §5.4)."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from naung.accounts.addresses import client_address
from naung.accounts.answering import page
from naung.cards import codes, limits, messaging, queries, ticket
from naung.cards.forms import CardForm, Lookup, MessageForm, NIKForm
from naung.cards.words import PROGRAMMES
from naung.rules.contributions import Payer
from naung.ui.forgiving import without_referrer

View = Callable[..., HttpResponse]
_SEE_OTHER = 303


def public(view: View) -> Callable[..., HttpResponseBase]:
    """Open to everybody; kept by no cache, found by no search engine, named to no other site."""

    @wraps(view)
    def unseen(request: HttpRequest, *args: str, **parts: str) -> HttpResponse:
        response = view(request, *args, **parts)
        response["Cache-Control"] = "no-store, private"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return login_not_required(without_referrer(unseen))


@public
def check(request: HttpRequest) -> HttpResponse:
    """One field: the code on the card. A code in the address is not read, and does not stay there."""
    if request.method != "POST":
        if request.GET:
            return redirect("cards:check")
        return _check_page(request, CardForm())
    form = CardForm(request.POST)
    if wait := _wait(request, f"kode:{codes.normalised(form.typed)}"):
        return wait
    found = queries.worker_of_code(form.typed)
    return _shown(found) if found else _check_page(request, CardForm.missed())


def _check_page(request: HttpRequest, form: Lookup) -> HttpResponse:
    context = {"form": form, "messages_offered": messaging.offered()}
    return page(request, "cards/check.html", context, form=form)


def _shown(worker_id: int) -> HttpResponse:
    response = redirect("cards:result")
    response.status_code = _SEE_OTHER
    ticket.take_back(response)
    ticket.give(response, "hasil", worker_id, now=timezone.now())
    return response


def _wait(request: HttpRequest, tried: str) -> HttpResponse | None:
    """Count this try; the page that says how long to wait, if it is one too many."""
    minutes = limits.minutes_to_wait([f"alamat:{client_address(request)}", tried], now=timezone.now())
    if not minutes:
        return None
    response = render(request, "cards/wait.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response


@public
def by_nik(request: HttpRequest) -> HttpResponse:
    """The second way: a code by SMS to the number on file. The answer never says whether there is one."""
    if not messaging.offered():
        return redirect("cards:check")
    if request.method != "POST":
        return page(request, "cards/nik.html", {"form": NIKForm()})
    form = NIKForm(request.POST)
    if wait := _wait(request, f"nik:{''.join(form.typed.split())}"):
        return wait
    now = timezone.now()
    response = redirect("cards:message")
    response.status_code = _SEE_OTHER
    ticket.give(response, "sms", messaging.send_code(form.typed, now=now), now=now)
    return response


@public
def by_message(request: HttpRequest) -> HttpResponse:
    """The code that came by SMS."""
    now = timezone.now()
    sent = ticket.read(request, "sms", now=now)
    if sent is None:
        return redirect("cards:nik")
    if request.method != "POST":
        return page(request, "cards/message.html", {"form": MessageForm()})
    code_id, _left = sent
    if wait := _wait(request, f"pesan:{code_id}"):
        return wait
    found = messaging.worker_of_message(code_id, MessageForm(request.POST).typed, now=now)
    if found:
        return _shown(found)
    form = MessageForm.missed()
    return page(request, "cards/message.html", {"form": form}, form=form)


@public
@require_safe
def result(request: HttpRequest) -> HttpResponse:
    """Five minutes of what a card shows; then the page goes, having warned two minutes before."""
    now = timezone.now()
    asked = ticket.read(request, "hasil", now=now)
    worker_id = queries.answerable(asked[0]) if asked else None
    if asked is None or worker_id is None:
        return _ended()
    left = asked[1]
    ending = left <= ticket.WARNING
    status = queries.status_of(worker_id, today=timezone.localdate())
    minutes = math.ceil(left.total_seconds() / 60)
    context = {"status": status, "ending": ending, "minutes_left": minutes} | _words(status)
    response = render(request, "cards/result.html", context)
    # A header, so that the page also goes where scripts are off.
    wait = left if ending else left - ticket.WARNING
    response["Refresh"] = str(math.ceil(wait.total_seconds()) + 1)
    return response


def _words(status: queries.Status) -> dict[str, object]:
    return {
        "programmes": [PROGRAMMES[one] for one in status.programmes],
        "payer": Payer(status.payer).words if status.payer else None,
    }


@public
@require_safe
def proof(request: HttpRequest) -> HttpResponse:
    """The same as text, to keep on the phone or to print."""
    now = timezone.now()
    asked = ticket.read(request, "hasil", now=now)
    worker_id = queries.answerable(asked[0]) if asked else None
    if worker_id is None:
        return _ended()
    status = queries.status_of(worker_id, today=timezone.localdate())
    response = render(
        request, "cards/proof.txt", {"status": status} | _words(status), content_type="text/plain; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="bukti-perlindungan.txt"'
    return response


@public
@require_POST
def extend(request: HttpRequest) -> HttpResponse:
    """Five more minutes."""
    now = timezone.now()
    asked = ticket.read(request, "hasil", now=now)
    return _shown(asked[0]) if asked else _ended()


@public
def end(request: HttpRequest) -> HttpResponse:
    """Nothing is left on the screen, nor to go back to."""
    if request.method == "POST":
        return _ended()
    response = render(request, "cards/ended.html")
    ticket.take_back(response)
    return response


def _ended() -> HttpResponse:
    response = redirect("cards:end")
    response.status_code = _SEE_OTHER
    ticket.take_back(response)
    # Where the browser knows it (over TLS): pages that "back" could bring up again.
    response["Clear-Site-Data"] = '"cache"'
    return response
