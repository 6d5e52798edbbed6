"""Pages of programmes: the list, and opening one. A programme's own page stands with the ledger, which knows its money
(contributions/programme_views.py)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, page
from naung.accounts.permissions import Permission, Role
from naung.areas import queries as areas
from naung.lawbook.queries import decisions_for
from naung.programmes import actions, queries
from naung.programmes.budget import Budget
from naung.programmes.forms import SimpleProgrammeForm, SpecFileForm
from naung.programmes.models import Programme
from naung.registry.paging import PAGE_ROWS
from naung.rules.dated import NotInForce
from naung.rules.decisions import Decisions
from naung.rules.periods import add_months


@permission_required(Permission.PROGRAMMES_VIEW, Permission.BILLS_VIEW)
def programmes(request: SignedInRequest) -> HttpResponse:
    """The programmes of the territory, newest first."""
    today = timezone.localdate()
    rows = queries.programmes_visible_to(request.user).prefetch_related("funding_lines")
    rows = rows.annotate(listed=Sum("decrees__enters") - Sum("decrees__leaves"), run_by=queries.owner_name_on(today))
    found = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    shown: list[Any] = list(found)
    decided = {area: decisions_for(area) for area in {one.area_code for one in found}}
    context = {
        "page": found,
        "rows": [
            {
                "programme": one,
                "last_month": add_months(one.ends_on, -1),
                "ceiling_rp": sum(line.ceiling_rp for line in one.funding_lines.all()),
                "budget": _budget(one, decided[one.area_code]),
                "listed": one.listed,
            }
            for one in shown
        ],
        "places": areas.names_of(one.area_code for one in found),
        "today": today,
        "may_edit": request.user.may(Permission.PROGRAMME_EDIT),
        # A donor sees its own line; what the whole programme costs is the owner's.
        "insider": request.user.role != Role.DONOR,
    }
    return page(request, "programmes/programmes.html", context)


def _budget(one: Programme, decided: Decisions) -> Budget | None:
    """None where the law says nothing about the months."""
    try:
        return queries.budget_of(one, decisions=decided)
    except NotInForce:
        return None


@permission_required(Permission.PROGRAMME_EDIT)
def create(request: SignedInRequest) -> HttpResponse:
    """Open a programme: from a file that says everything, or from the few questions of the usual one."""
    from_file = request.POST.get("dari") == "berkas"
    file_form = SpecFileForm(request.POST, request.FILES) if from_file else SpecFileForm()
    simple = SimpleProgrammeForm(
        None if from_file or request.method != "POST" else request.POST,
        area_code=request.user.area_code,
        initial={"owner": request.user.office_name},
    )
    form = file_form if from_file else simple
    made: list[Programme] = []
    if request.method == "POST" and form.is_valid():
        spec = form.cleaned_data["spec"]
        if accepted(form, lambda: made.append(actions.create_programme(spec, by=request.user))):
            messages.success(request, _("Program %(name)s dibuka.") % {"name": made[0].name})
            return redirect("programmes:detail", made[0].pk)
    handed_in = form if request.method == "POST" else None
    context = {"form": handed_in or simple, "file_form": file_form, "simple": simple, "from_file": from_file}
    return page(request, "programmes/create.html", context, form=handed_in)
