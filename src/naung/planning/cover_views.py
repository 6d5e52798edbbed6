"""Perlindungan: until when, how many, who. Its address is `coverage:list`; it stands here for the cliff."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import private
from naung.accounts.permissions import Permission, Role
from naung.accounts.territory import sees_area
from naung.areas.queries import names_of
from naung.planning import cover, queries
from naung.planning.leader import MONTHS_BACK
from naung.planning.leader_page import cliff_months
from naung.registry.paging import page_of
from naung.rules.periods import add_months, first_of_month, last_of_month

WITHIN_DAYS = (7, 30, 90)
MONTHS_AHEAD = 13
GROUPS = ("wilayah", "desa", "program")


@private
@permission_required(Permission.FIGURES_VIEW, Permission.BILLS_VIEW)
def index(request: SignedInRequest) -> HttpResponse:
    """The cliff, endings with their price, counts by place; people for roles that may see them."""
    user, today = request.user, timezone.localdate()
    month = first_of_month(today)
    area = request.GET.get("wilayah", "") or user.area_code
    if not area.isascii() or not area.isdigit() or not (user.role == Role.DONOR or sees_area(user, area)):
        raise Http404
    within = _days(request.GET.get("berakhir", ""))
    months = queries.months_of(user, add_months(month, -MONTHS_BACK), add_months(month, MONTHS_AHEAD))
    endings = queries.endings(user, on=today, until=add_months(month, MONTHS_AHEAD))
    grouped = asked if (asked := request.GET.get("menurut", "")) in GROUPS else GROUPS[0]
    villages = grouped == "desa" and len(area) >= 4
    places = cover.places(user, area, month=month, villages=villages)
    names = names_of([area, area[:4], area[:6]])
    may_see_people = user.may(Permission.WORKERS_VIEW)
    planned = sum(place.planned for place in places)
    shown = may_see_people and (planned <= cover.LISTED or within is not None or len(area) > 6)
    people = (
        page_of(cover.people_covered(user, area, on=today, ends_within_days=within), request.GET.get("page"))
        if shown
        else None
    )
    has_months = any(entry.planned or entry.billed for entry in months)
    # Nobody is covered now and nobody will be: the cliff that is behind is shown.
    ended = None if has_months else queries.last_planned_month(user)
    past = queries.months_of(user, add_months(ended, -MONTHS_BACK), add_months(ended, 3)) if ended else []
    this_month = next(entry for entry in months if entry.month == month)
    soon = [(days, sum(e.people for e in endings if (e.last_day - today).days <= days)) for days in WITHIN_DAYS]
    context = {
        "today": today,
        "month": month,
        "area": area,
        "area_name": names.get(area, ""),
        "own_area": area == user.area_code,
        "within": within,
        "soon": soon,
        "this_month": this_month,
        "cliff_months": cliff_months(past or months, month, endings),
        "has_months": has_months or bool(past),
        "ends_on": endings[0].last_day if endings else last_of_month(ended) if ended else None,
        "ended_on": last_of_month(ended) if ended else None,
        "ended_people": next((entry.planned for entry in past if entry.month == ended), 0),
        "endings": endings,
        "renewal_rp": sum(ending.renewal_rp() for ending in endings),
        "places": places,
        "deeper": len(area) < 10,
        "grouped": grouped,
        "groups": _groups(area, within),
        "programmes": cover.by_programme(user, area, month=month) if grouped == "program" else [],
        # Counts for a donor come from its own money: what carrying everybody on takes is not its page.
        "may_extend": user.may(Permission.FIGURES_VIEW),
        "may_see_people": may_see_people,
        "too_many": may_see_people and not shown,
        "page": people,
        "rows": cover.as_rows(list(people.object_list), on=today) if people else [],
    }
    return render(request, "coverage/list.html", context)


def _groups(area: str, within: int | None) -> list[tuple[str, str, str]]:
    """The ways to group the table: key, words and query. A province has too many villages for one table."""
    kept = f"wilayah={area}" + (f"&berakhir={within}" if within is not None else "")
    names = {"wilayah": _("Wilayah"), "desa": _("Desa/kelurahan"), "program": _("Program")}
    shown = [key for key in GROUPS if not (key == "desa" and not 4 <= len(area) <= 6)]
    return [(key, names[key], f"?{kept}&menurut={key}") for key in shown]


def _days(text: str) -> int | None:
    """`?berakhir=30`; anything but a small number is no filter."""
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) <= 3 else None
