"""Pages of programmes: the list, and opening one. A programme's own page stands with the ledger, which knows its money
(contributions/programme_views.py)."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, page
from naung.accounts.permissions import Permission
from naung.areas import queries as areas
from naung.programmes import actions, queries
from naung.programmes.forms import SimpleProgrammeForm, SpecFileForm
from naung.programmes.models import Programme
from naung.registry.paging import PAGE_ROWS
from naung.rules.periods import add_months


@permission_required(Permission.PROGRAMMES_VIEW, Permission.BILLS_VIEW)
def programmes(request: SignedInRequest) -> HttpResponse:
    """The programmes of the territory, newest first."""
    rows = queries.programmes_visible_to(request.user).prefetch_related("funding_lines")
    found = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "page": found,
        "rows": [
            {
                "programme": one,
                "last_month": add_months(one.ends_on, -1),
                "ceiling_rp": sum(line.ceiling_rp for line in one.funding_lines.all()),
            }
            for one in found
        ],
        "places": areas.names_of(one.area_code for one in found),
        "today": timezone.localdate(),
        "may_edit": request.user.may(Permission.PROGRAMME_EDIT),
    }
    return page(request, "programmes/programmes.html", context)


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
