"""Laporan: the figures of an area over some months, as a page, a spreadsheet, and one sheet of paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.models import User
from naung.accounts.permissions import Permission, Role
from naung.accounts.territory import sees_area
from naung.areas.queries import children, names_of
from naung.planning import leader, report_files, reports
from naung.planning.queries import programmes_of
from naung.planning.reports import Asked
from naung.planning.summary import summary_pdf
from naung.rules.periods import add_months, first_of_month, format_month, months_between, parse_month

MONTHS_BACK = 36
MOST_MONTHS = 24
#: More lines than this are shown by district only; each leads to its villages, and the files hold them all.
MOST_LINES = 60
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Columns the table can be sorted by, and the count each one sorts by.
SORTS = {"rencana": "planned", "aktif": "active", "dibayar": "paid_rp"}


@permission_required(Permission.FIGURES_VIEW, Permission.BILLS_VIEW)
def reports_page(request: SignedInRequest) -> HttpResponse:
    """The report that the address asks for; without a word the year so far, of the whole territory."""
    user, today = request.user, timezone.localdate()
    asked, programmes = _asked(request, today)
    found = reports.report(user, asked, on=today)
    sort = request.GET.get("urut", "")
    folded = len(found.lines) > MOST_LINES
    context: dict[str, Any] = {
        "r": found,
        "asked": asked,
        "today": today,
        "lines": [line for line in _sorted(found, sort) if line.level == 0 or not folded],
        "folded": folded,
        "sort": sort if sort in SORTS else "nama",
        "programmes": programmes,
        "months": _months(today),
        "areas": _areas(user, asked.area_code),
        "filters": _filters(asked),
        "months_asked": _months_asked(asked),
        "may_summarise": user.may(Permission.FIGURES_VIEW),
        "whole": asked.area_code == user.area_code,
    }
    return render(request, "planning/reports.html", context)


@permission_required(Permission.FIGURES_VIEW, Permission.BILLS_VIEW)
def download(request: SignedInRequest, table: str) -> HttpResponse:
    """The same cells as the page, as a spreadsheet or as CSV."""
    if table not in ("xlsx", "csv"):
        raise Http404
    today = timezone.localdate()
    asked, _programmes = _asked(request, today)
    found = reports.report(request.user, asked, on=today)
    if table == "xlsx":
        answer = HttpResponse(report_files.as_xlsx(found, on=today), content_type=XLSX)
    else:
        answer = HttpResponse(report_files.as_csv(found, on=today), content_type="text/csv; charset=utf-8")
    name = f"laporan-{asked.area_code}-{format_month(asked.first)}-{format_month(asked.last)}.{table}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@permission_required(Permission.FIGURES_VIEW)
def summary(request: SignedInRequest) -> HttpResponse:
    """Beranda of a leader on one sheet of A4, in the same order of reading."""
    today = timezone.localdate()
    seen = leader.leader_home(request.user, on=today)
    answer = HttpResponse(summary_pdf(seen, request.user), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="ringkasan-{request.user.area_code}-{today:%Y-%m-%d}.pdf"'
    return answer


def _asked(request: SignedInRequest, today: date) -> tuple[Asked, list[Any]]:
    """The area, the months and the programme of the address. What is not the person's does not exist."""
    user, given = request.user, request.GET
    area = given.get("wilayah", "") or user.area_code
    if not area.isascii() or not area.isdigit() or len(area) not in (2, 4, 6, 10) or not sees_area(user, area):
        raise Http404
    this = first_of_month(today)
    last = _month(given.get("sampai", ""), this)
    first = _month(given.get("dari", ""), min(date(last.year, 1, 1), last))
    if first > last or months_between(first, last) >= MOST_MONTHS:
        first = add_months(last, -(MOST_MONTHS - 1)) if first < last else last
    programmes = programmes_of(user)
    chosen = given.get("program", "")
    one = get_object_or_404(programmes, pk=int(chosen)) if chosen.isascii() and chosen.isdigit() else None
    return Asked(area, first, last, one), list(programmes.values("pk", "name"))


def _month(text: str, otherwise: date) -> date:
    try:
        return parse_month(text)
    except ValueError:
        return otherwise


def _months(today: date) -> list[date]:
    """Months to choose from, the newest first: some of those to come are planned already."""
    this = first_of_month(today)
    return [add_months(this, -back) for back in range(-12, MONTHS_BACK)]


def _areas(user: User, asked: str) -> list[tuple[str, str]]:
    """The territory, the parts of it one level down, and the place asked for, if it lies deeper."""
    found = names_of([user.area_code, asked])
    if user.role != Role.DONOR:
        found |= dict(children(user.area_code).values_list("code", "name"))
    return sorted(found.items())


def _filters(asked: Asked) -> str:
    """What is asked for, as a query: so that another order keeps it."""
    return f"wilayah={asked.area_code}&{_months_asked(asked)}"


def _months_asked(asked: Asked) -> str:
    parts = [f"dari={format_month(asked.first)}", f"sampai={format_month(asked.last)}"]
    if asked.programme:
        parts.append(f"program={asked.programme.pk}")
    return "&".join(parts)


def _sorted(found: reports.Report, sort: str) -> list[reports.Line]:
    """Districts by a column, each with its villages under it; hidden ones last, so that the order tells nothing."""
    if sort not in SORTS:
        return found.lines
    groups: list[list[reports.Line]] = []
    for line in found.lines:
        if line.level == 0:
            groups.append([])
        groups[-1].append(line)

    def key(line: reports.Line) -> tuple[bool, int, str]:
        hidden = line.hidden or line.whole_hidden
        return hidden, 0 if hidden else -getattr(line.counts, SORTS[sort]), line.name

    groups.sort(key=lambda group: key(group[0]))
    return [line for group in groups for line in [group[0], *sorted(group[1:], key=key)]]
