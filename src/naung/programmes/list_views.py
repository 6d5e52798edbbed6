"""Pages of lists handed in: hand one in, and see those that are there.

They stand here and not in the registry, because a list is always for a programme.
"""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, page, private
from naung.accounts.permissions import Permission
from naung.jobs.models import Job
from naung.programmes import long_work, queries
from naung.programmes.checking_page import STEPS
from naung.programmes.column_views import ask_columns, columns_wanted
from naung.programmes.intake_rules import intake_rules
from naung.programmes.list_forms import UploadForm
from naung.programmes.models import Programme
from naung.programmes.verifying import due_on
from naung.registry import actions as registry
from naung.registry import queries as registry_queries
from naung.registry.models import SourceList
from naung.registry.paging import PAGE_ROWS


@permission_required(Permission.LIST_UPLOAD)
def upload(request: SignedInRequest) -> HttpResponse:
    """One spreadsheet as the village has it; what is in it is judged row by row."""
    choices = queries.programmes_visible_to(request.user).filter(status=Programme.Status.OPEN)
    only = choices[:2]
    first = {"programme": only[0].pk} if len(only) == 1 else {}
    form = UploadForm(request.POST or None, request.FILES or None, programmes=choices, initial=first)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["file"].size > settings.LONG_UPLOAD_BYTES:
            return redirect("jobs:job", _asked(form, request).pk)
        taken: list[registry.FileResult] = []
        programme, file = form.cleaned_data["programme"], form.cleaned_data["file"]
        content = file.read()
        if columns_wanted(content, file.name, asked=form.cleaned_data["ask_columns"]):
            on = form.cleaned_data["reference_date"]
            return ask_columns(request, programme=programme, name=file.name, content=content, on=on)

        def take() -> None:
            result = registry.take_in(
                [(file.name, content)],
                programme_code=programme.code,
                rules=intake_rules(programme, on=form.cleaned_data["reference_date"]),
                reference_date=form.cleaned_data["reference_date"],
                by=request.user,
                send=False,
            )
            taken.extend(result.files)
            if result.files[0].refused is not None:
                form.add_error("file", str(result.files[0].refused))

        if accepted(form, take) and not form.errors:
            assert taken[0].source_list is not None
            return redirect("registry:list", taken[0].source_list.pk)
    return page(request, "programmes/upload.html", {"form": form, "steps": STEPS, "any": bool(only)}, form=form)


def _asked(form: UploadForm, request: SignedInRequest) -> Job:
    programme, file = form.cleaned_data["programme"], form.cleaned_data["file"]
    on = form.cleaned_data["reference_date"]
    return long_work.ask_take_in(programme, name=file.name, content=file.read(), reference_date=on, by=request.user)


#: The states of a list by their word in the address.
_STATES: dict[str, tuple[str | Promise, Q]] = {
    "menunggu": (_("Menunggu verifikasi"), Q(status="sent", verified_at=None)),
    "draf": (_("Draf"), Q(status="draft")),
    "terverifikasi": (_("Terverifikasi"), Q(status="sent", verified_at__isnull=False)),
}


@private
@permission_required(Permission.WORKERS_VIEW)
def lists(request: SignedInRequest) -> HttpResponse:
    """The lists handed in by offices of the territory, newest first; of one state, the oldest first."""
    visible = registry_queries.lists_visible_to(request.user).defer("columns", "skipped", "reasons")
    counts = visible.order_by().aggregate(
        **{word: Count("id", filter=part) for word, (_label, part) in _STATES.items()}
    )
    state = request.GET.get("keadaan", "")
    shown = visible.filter(_STATES[state][1]).order_by("sent_at", "id") if state in _STATES else visible
    found = Paginator(shown, PAGE_ROWS).get_page(request.GET.get("page"))
    names = dict(
        queries.programmes_visible_to(request.user)
        .filter(code__in={one.programme_code for one in found})
        .values_list("code", "name")
    )
    today = timezone.localdate()
    rows = []
    for one in found:
        due = due_on(one) if one.status == SourceList.Status.SENT and one.verified_at is None else None
        name = names.get(one.programme_code, one.programme_code)
        rows.append({"list": one, "programme": name, "due_on": due, "late": due is not None and due < today})
    context = {
        "page": found,
        "rows": rows,
        "state": state if state in _STATES else "",
        "states": [(word, label, counts[word]) for word, (label, _part) in _STATES.items()],
        "total": sum(counts.values()),
        "may_upload": request.user.may(Permission.LIST_UPLOAD),
        "may_verify": request.user.may(Permission.LIST_DECIDE),
    }
    return page(request, "programmes/lists.html", context)
