"""Beranda: the answers a person needs first, by role and territory."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from naung.accounts.access import SignedInRequest
from naung.accounts.models import User
from naung.accounts.permissions import Permission, Role
from naung.agreements.offices import own_pks
from naung.planning import leader, leader_page, overview
from naung.planning.kept import Kept
from naung.planning.tasks import counts_by_menu, told
from naung.planning.waiting import Waiting
from naung.planning.work import work_home
from naung.ui.navigation import address

# Stands in a kept page where each request puts its own token against forged forms.
_FORGERY_MARK = "mark-against-forged-forms-of-this-request"

#: The figures of the region, for those whose Beranda begins with their work.
REGION = "wilayah"

_pages: Kept[str] = Kept(most=256)


def home(request: SignedInRequest) -> HttpResponse:
    """UCJ and gap, money, months and the cliff, the funnel, what waits for this person.

    The whole page is kept for the person until anything is written, because it is the page most often opened.
    """
    user, today = request.user, timezone.localdate()
    if user.role == Role.DONOR:
        return redirect("planning:csr")
    # Only an order that exists: a made-up one would fill the store with copies of one page.
    sort = asked if (asked := request.GET.get("urut", "")) in leader_page.SORTS else ""

    view = REGION if request.GET.get("lihat") == REGION else ""

    def draw() -> str:
        drawn = _drawn(user, today, sort, view)
        request.nav_waiting = drawn.waiting  # type: ignore[attr-defined]
        return render_to_string("planning/home.html", {"home": drawn, "csrf_token": _FORGERY_MARK}, request)

    # A message is shown once, so a page with one is drawn for itself.
    page = draw() if len(get_messages(request)) else _pages.get((user.pk, today, get_language(), sort, view), draw)
    return HttpResponse(page.replace(_FORGERY_MARK, get_token(request)))


@dataclass(frozen=True)
class HomePage:
    """What stands inside the shell of Beranda. `waiting` counts tasks by menu item."""

    meta: SafeString
    actions: SafeString
    body: SafeString
    waiting: dict[str, int]
    heading: str = ""


def _drawn(user: User, today: date, sort: str, view: str) -> HomePage:
    if user.role == Role.VILLAGE_OPERATOR:
        village = overview.village_overview(user, on=today)
        tasks = told(village.waiting, on=today)
        seen = {"o": village, "tasks": tasks, "upload_url": address("registry:upload")}
        return _page("village", seen, village.waiting)
    if user.role in _LEADERS or (view == REGION and user.may(Permission.FIGURES_VIEW)):
        led = leader.leader_home(user, on=today)
        return _page("leader", leader_page.context_of(led, user, sort=sort), led.waiting)
    work = work_home(user, on=today)
    if user.role == Role.OFFICE_PIC:
        # Its papers stand above, with their stage: they are not told twice.
        work = replace(work, tasks=[task for task in work.tasks if not task.item.kind.startswith("own_")])
    context: dict[str, object] = {
        "o": work,
        "tasks": work.tasks,
        "role_label": user.get_role_display(),
        "may_see_region": user.may(Permission.FIGURES_VIEW),
        "may_record": user.may(Permission.FIGURES_EDIT),
        "audits": user.may(Permission.AUDIT_VIEW),
        "upload_url": address("registry:upload") if user.may(Permission.LIST_UPLOAD) else None,
    }
    if user.role == Role.OFFICE_PIC:
        context |= {"own_pks": own_pks(user, user.office_id, on=today), "today": today}
        return _page("work", context, work.waiting, heading=_("PKS saya"))
    return _page("work", context, work.waiting, heading=_("Tugas Anda"))


# Who decides by figures; the others work through lists (design direction, section 2).
_LEADERS = frozenset({Role.LEADER, Role.PROVINCE})


def _page(name: str, context: dict[str, object], waiting: list[Waiting], heading: str = "") -> HomePage:
    return HomePage(
        meta=render_to_string(f"planning/_{name}_meta.html", context),
        actions=render_to_string(f"planning/_{name}_actions.html", context),
        body=render_to_string(f"planning/_{name}.html", context),
        waiting=counts_by_menu(waiting),
        heading=heading,
    )
