"""Beranda: the answers a person needs first, by role and territory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from naung.accounts.access import SignedInRequest
from naung.accounts.models import User
from naung.accounts.permissions import Permission, Role
from naung.planning import overview
from naung.planning.kept import Kept
from naung.planning.queries import Funnel, Month
from naung.planning.waiting import Waiting
from naung.ui.charts import CliffMonth, FunnelStage
from naung.ui.navigation import address

# Stands in a kept page where each request puts its own token against forged forms.
_FORGERY_MARK = "mark-against-forged-forms-of-this-request"

_pages: Kept[str] = Kept(most=256)


def home(request: SignedInRequest) -> HttpResponse:
    """UCJ and gap, money, months and the cliff, the funnel, what waits for this person.

    The whole page is kept for the person until anything is written, because it is the page most often opened.
    """
    user, today = request.user, timezone.localdate()

    def draw() -> str:
        drawn = _drawn(user, today)
        request.nav_waiting = drawn.waiting  # type: ignore[attr-defined]
        return render_to_string("planning/home.html", {"home": drawn, "csrf_token": _FORGERY_MARK}, request)

    # A message is shown once, so a page with one is drawn for itself.
    page = draw() if len(get_messages(request)) else _pages.get((user.pk, today, get_language()), draw)
    return HttpResponse(page.replace(_FORGERY_MARK, get_token(request)))


@dataclass(frozen=True)
class HomePage:
    """What stands inside the shell of Beranda. `waiting` counts tasks by menu item."""

    meta: SafeString
    actions: SafeString
    body: SafeString
    waiting: dict[str, int]


def _drawn(user: User, today: date) -> HomePage:
    if user.role == Role.DONOR:
        return _page("donor", _donor(user, today), [])
    if user.role == Role.VILLAGE_OPERATOR:
        village = overview.village_overview(user, on=today)
        tasks = _linked(village.waiting)
        context = {"o": village, "tasks": tasks, "upload_url": address("registry:upload")}
        return _page("village", context, village.waiting)
    seen = overview.overview(user, on=today)
    context = {
        "o": seen,
        "tasks": _linked(seen.waiting),
        "cliff_months": cliff_months(seen.months, seen.month),
        # Absent is None: a template would make "" of what it cannot find.
        "ends_on": seen.endings[0].last_day if seen.endings else None,
        "target_percent": seen.coverage.target.percent if seen.coverage and seen.coverage.target else None,
        "stages": _stages(seen.funnel),
        "places": [(seen.names.get(place.code, place.code), place) for place in seen.districts],
        "regencies": [(seen.names.get(one.figure.area_code, one.figure.area_code), one) for one in seen.below],
        "may_record": user.may(Permission.FIGURES_EDIT),
        "planner_url": address("planning:planner") if user.role in _PLANNERS else None,
        "coverage_url": address("coverage:list"),
        "upload_url": address("registry:upload") if user.may(Permission.LIST_UPLOAD) else None,
    }
    return _page("overview", context, seen.waiting)


_PLANNERS = frozenset(Role.values) - {Role.VILLAGE_OPERATOR, Role.BRANCH_OFFICER, Role.DONOR}


def _donor(user: User, today: date) -> dict[str, object]:
    seen = overview.donor_overview(user, on=today)
    return {
        "o": seen,
        "money": seen.money,
        "cliff_months": cliff_months(seen.months, seen.month),
        "bills_url": address("contributions:bills"),
    }


def _page(name: str, context: dict[str, object], waiting: list[Waiting]) -> HomePage:
    counts: dict[str, int] = {}
    for task in waiting:
        menu = _TASKS[task.kind].menu
        counts[menu] = counts.get(menu, 0) + 1
    return HomePage(
        meta=render_to_string(f"planning/_{name}_meta.html", context),
        actions=render_to_string(f"planning/_{name}_actions.html", context),
        body=render_to_string(f"planning/_{name}.html", context),
        waiting=counts,
    )


def cliff_months(months: list[Month], now: date) -> list[CliffMonth]:
    """Paid at the bottom, billed and unpaid on top of it, the rest only planned."""
    return [
        CliffMonth(
            month=entry.month,
            paid=entry.paid,
            unpaid=entry.unpaid,
            planned=max(entry.planned - entry.billed, 0) if entry.month >= now else 0,
        )
        for entry in months
    ]


def _stages(funnel: Funnel) -> list[FunnelStage]:
    return [
        FunnelStage(_("Diusulkan"), funnel.proposed),
        FunnelStage(_("Lolos periksa"), funnel.accepted),
        FunnelStage(_("Terpilih"), funnel.chosen),
        FunnelStage(_("Ditetapkan SK"), funnel.decreed),
        FunnelStage(_("Ditagihkan"), funnel.billed),
        FunnelStage(_("Aktif bulan ini"), funnel.active, active=True),
    ]


@dataclass(frozen=True)
class Task:
    """How one kind of work is said, where it is done, and under which item of the menu it is counted."""

    words: Promise
    unit: Promise
    url_name: str
    menu: str


_TASKS = {
    "round_to_approve": Task(
        gettext_lazy("Penetapan menunggu persetujuan Anda"),
        gettext_lazy("orang"),
        "selection:round",
        "programmes:list",
    ),
    "payment_to_confirm": Task(
        gettext_lazy("Pembayaran menunggu konfirmasi"),
        gettext_lazy("orang"),
        "contributions:bill",
        "contributions:bills",
    ),
    "bill_to_pay": Task(
        gettext_lazy("Tagihan belum lunas"), gettext_lazy("orang"), "contributions:bill", "contributions:bills"
    ),
    "list_to_review": Task(
        gettext_lazy("Baris perlu diputuskan"), gettext_lazy("baris"), "registry:list", "registry:workers"
    ),
    "list_to_fix": Task(
        gettext_lazy("Baris perlu diperbaiki"), gettext_lazy("baris"), "registry:list", "registry:workers"
    ),
}


def _linked(waiting: list[Waiting]) -> list[dict[str, object]]:
    return [{"item": item, "task": _TASKS[item.kind], "url": _url(item)} for item in waiting]


def _url(item: Waiting) -> str:
    try:
        return reverse(_TASKS[item.kind].url_name, args=[item.target_id])
    except NoReverseMatch:
        return ""
