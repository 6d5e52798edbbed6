"""The search box of every page, and the page that answers it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from naung.accounts.access import SignedInRequest
from naung.accounts.answering import page, private
from naung.accounts.permissions import Permission
from naung.contributions.searching import SHORTEST, Answer, everything_meant

_LONGEST = 120


@private
def search(request: SignedInRequest) -> HttpResponse:
    """What the person may see and means by some words. Sent by POST: a name or NIK never stands in an address.

    Asked with GET (a phone has no room for the box) it is the box alone. Digits are not written back to the page.
    """
    if request.GET:
        return redirect("search")
    wanted = request.POST.get("q", "").strip()[:_LONGEST].replace("\x00", "")
    long_enough = len(wanted) >= SHORTEST
    answer = everything_meant(request.user, wanted, today=timezone.localdate()) if long_enough else Answer()
    context = {
        "asked": request.method == "POST",
        "again": "" if any(char.isdigit() for char in wanted) and not answer.decrees + answer.bills else wanted,
        "long_enough": long_enough,
        "answer": answer,
        "sees_people": request.user.may(Permission.WORKERS_VIEW),
        "area_page": _area_page(request),
    }
    return page(request, "contributions/search.html", context)


def _area_page(request: SignedInRequest) -> str:
    """Where an area leads: to its people, else to how far it is covered; nowhere for who may see neither."""
    may = request.user.may
    if may(Permission.WORKERS_VIEW):
        return reverse("registry:workers")
    return reverse("coverage:list") if may(Permission.FIGURES_VIEW) or may(Permission.BILLS_VIEW) else ""
