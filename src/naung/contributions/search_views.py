"""The search box of every page: people, programmes, decrees and bills by what they are called."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect

from naung.accounts.access import SignedInRequest
from naung.accounts.answering import page, private
from naung.areas import queries as areas
from naung.contributions import queries
from naung.programmes.queries import programmes_visible_to
from naung.registry import queries as registry
from naung.selection.queries import decrees_visible_to

M = TypeVar("M", bound=Model)
SHOWN = 20
SHORTEST = 2


@private
def search(request: SignedInRequest) -> HttpResponse:
    """What the person may see and means by a word. Sent by POST: a name or NIK never stands in an address."""
    if request.method != "POST":
        return redirect("planning:home")
    wanted = request.POST.get("q", "").strip()[:120]
    user = request.user
    long_enough = len(wanted) >= SHORTEST
    people = list(registry.find_workers(user, wanted)[:SHOWN]) if long_enough else []
    niks = registry.masked_niks(people)
    names = areas.names_of(one.area_code for one in people)
    context: dict[str, Any] = {
        "wanted": wanted,
        "long_enough": long_enough,
        "people": [{"worker": one, "nik": niks[one.pk], "place": names.get(one.area_code, "")} for one in people],
        "programmes": _some(programmes_visible_to(user), "name", wanted) if long_enough else [],
        "decrees": _some(decrees_visible_to(user), "number", wanted) if long_enough else [],
        "bills": _some(queries.bills_visible_to(user).select_related("programme"), "number", wanted)
        if long_enough
        else [],
    }
    context["nothing"] = long_enough and not any(context[name] for name in ("people", "programmes", "decrees", "bills"))
    return page(request, "contributions/search.html", context)


def _some(rows: QuerySet[M], field: str, wanted: str) -> list[M]:
    return list(rows.filter(**{f"{field}__icontains": wanted})[:SHOWN])
