"""Pages of workers and of what others answered about them.

The pages of lists stand with the programmes that the lists are for (programmes/list_views.py), the page of one worker
with the ledger (contributions/worker_views.py): each view stands at the stage that knows enough to answer.
"""

from __future__ import annotations

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import page, private
from naung.accounts.permissions import Permission
from naung.accounts.territory import within_area
from naung.areas import queries as areas
from naung.bulk.occupations import occupations
from naung.registry import queries
from naung.registry.forms import WorkerFilter
from naung.registry.intake_results import workbook_of
from naung.registry.models import Worker
from naung.registry.paging import PAGE_ROWS, BoundedPaginator
from naung.registry.searching import people_meant
from naung.ui.terms import term

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@private
@permission_required(Permission.WORKERS_VIEW)
def workers(request: SignedInRequest) -> HttpResponse:
    """The workers of the territory, fifty a page, narrowed by place and work."""
    found = queries.workers_visible_to(request.user)
    chosen = WorkerFilter(request.GET, area_code=request.user.area_code)
    if chosen.is_valid():
        if place := chosen.cleaned_data.get("wilayah"):
            found = within_area(found, place)
        if work := chosen.cleaned_data["pekerjaan"]:
            found = found.filter(occupation=work)
    people = BoundedPaginator(found, PAGE_ROWS).get_page(request.GET.get("page"))
    return _workers_page(request, people, chosen)


@private
@permission_required(Permission.WORKERS_VIEW)
def search(request: SignedInRequest) -> HttpResponse:
    """People by NIK or by a name written by ear. Sent by POST, so that neither ever stands in an address."""
    wanted = request.POST.get("q", "").strip()[:120]
    if request.method != "POST" or not wanted:
        return redirect("registry:workers")
    found = people_meant(request.user, wanted, limit=PAGE_ROWS)
    people = Paginator(found.people, PAGE_ROWS).get_page(1)
    chosen = WorkerFilter(area_code=request.user.area_code)
    return _workers_page(request, people, chosen, wanted=wanted, cut=found.more, alike=found.alike)


def _workers_page(
    request: SignedInRequest,
    people: Page[Worker],
    chosen: WorkerFilter,
    *,
    wanted: str = "",
    cut: bool = False,
    alike: bool = False,
) -> HttpResponse:
    shown = list(people.object_list)
    niks = queries.masked_niks(shown)
    names = areas.names_of(code for one in shown for code in (one.area_code, one.area_code[:6]))
    work = occupations()
    rows = [
        {
            "worker": one,
            "nik": niks.get(one.pk, ("", "")),
            "place": names.get(one.area_code, ""),
            "district": names.get(one.area_code[:6], "") if len(one.area_code) > 6 else "",
            "occupation": term(work[one.occupation].label) if one.occupation in work else "",
        }
        for one in shown
    ]
    context = {
        "page": people,
        "rows": rows,
        "filter": chosen,
        "narrowed": bool(chosen.is_bound and any(chosen.data.get(name) for name in chosen.fields)),
        "wanted": wanted,
        "alike": alike,
        "cut": cut or getattr(people.paginator, "more", False),
        "may_upload": request.user.may(Permission.LIST_UPLOAD),
        "may_refer": request.user.may(Permission.REFERENCE_UPLOAD),
    }
    part = request.htmx and not request.htmx.history_restore_request
    return page(request, "registry/_workers.html" if part else "registry/workers.html", context | {"swapped": part})


@private
@permission_required(Permission.WORKERS_VIEW)
def returned(request: SignedInRequest, list_id: int) -> HttpResponse:
    """The faulty rows in the sender's own columns, with the reasons beside each."""
    source_list = get_object_or_404(queries.lists_visible_to(request.user), pk=list_id)
    answer = HttpResponse(workbook_of(source_list), content_type=_XLSX)
    answer["Content-Disposition"] = f'attachment; filename="baris-bermasalah-{source_list.pk}.xlsx"'
    return answer
