"""Beranda: the answers a person needs first, by role and territory."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from naung.accounts.models import User
from naung.planning import queries
from naung.planning.refusals import NoFigure
from naung.rules.periods import add_months, first_of_month
from naung.ui.charts import CliffMonth, FunnelStage


def home(request: HttpRequest) -> HttpResponse:
    """UCJ and gap, money, months and the cliff, the funnel, what waits for this person."""
    assert isinstance(request.user, User)
    user, today = request.user, timezone.localdate()
    month = first_of_month(today)
    running = [p for p in queries.programmes_of(user) if p.starts_on <= today < p.ends_on]
    months = queries.months_of(user, add_months(month, -10), add_months(month, 3))
    cliff = queries.endings(user, on=today, until=add_months(month, 12))
    return render(
        request,
        "planning/home.html",
        {
            "today": today,
            "month": month,
            "coverage": _coverage(user, today),
            "running": running,
            "money": queries.money_of(user, running),
            "months": _cliff_months(months, month),
            "has_months": any(entry.planned for entry in months),
            "cliff_line": cliff[0].ends_on if cliff else None,
            "endings": cliff,
            "funnel": _stages(queries.funnel(user, running, month=month)),
            "unpaid": queries.people_unpaid(user, month=month),
            "active": next(entry.paid for entry in months if entry.month == month),
            "waiting": [_linked(item) for item in queries.waiting_for(user, on=today)],
        },
    )


def _coverage(user: User, today: date) -> queries.Coverage | None:
    if len(user.area_code) not in (2, 4):
        return None
    try:
        return queries.coverage_of(user.area_code, on=today, user=user)
    except NoFigure:
        return None


def _cliff_months(months: list[queries.Month], now: date) -> list[CliffMonth]:
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


def _stages(funnel: queries.Funnel) -> list[FunnelStage]:
    return [
        FunnelStage(_("Diusulkan"), funnel.proposed),
        FunnelStage(_("Lolos pemeriksaan"), funnel.accepted),
        FunnelStage(_("Terpilih"), funnel.chosen),
        FunnelStage(_("Ditetapkan SK"), funnel.decreed),
        FunnelStage(_("Ditagihkan bulan ini"), funnel.billed),
        FunnelStage(_("Aktif bulan ini"), funnel.active, active=True),
    ]


_WORDS = {
    "round_to_approve": (gettext_lazy("Penetapan menunggu persetujuan Anda"), "selection:round"),
    "payment_to_confirm": (gettext_lazy("Pembayaran menunggu konfirmasi"), "contributions:bill"),
    "bill_to_pay": (gettext_lazy("Tagihan belum lunas"), "contributions:bill"),
    "list_to_review": (gettext_lazy("Baris perlu diperiksa"), "registry:list"),
    "list_to_fix": (gettext_lazy("Baris perlu diperbaiki"), "registry:list"),
}


def _linked(item: queries.Waiting) -> dict[str, object]:
    words, url_name = _WORDS[item.kind]
    return {"item": item, "words": words, "url": reverse(url_name, args=[item.target_id])}
