"""Pertemuan: recorded on a phone as on a desk, found again, changed by two people without loss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.permissions import Permission
from naung.agreements.holding import may_hold
from naung.agreements.models import Agreement, Meeting
from naung.agreements.queries import agreements_visible_to, attachments_visible_to, meetings_visible_to
from naung.agreements.refusals import Conflict, EditedMeanwhile
from naung.areas.queries import names_of
from naung.outreach import queries
from naung.outreach.forms import MeetingFilter, MeetingForm, TaskRows, meeting_as_typed, rows_with_one_more
from naung.outreach.minutes import minutes_of
from naung.outreach.telling import COLUMNS, FIELDS, history, in_words
from naung.outreach.writing import edit_once, record_once
from naung.refusal import Refusal

PAGE_ROWS = 30


@permission_required(Permission.AGREEMENTS_VIEW)
def meetings(request: SignedInRequest) -> HttpResponse:
    """All meetings of the territory, with how many came and what is still to be done."""
    years = queries.years_of(request.user)
    asked = MeetingFilter(request.GET, years=years)
    found = queries.meetings_listed(request.user, **asked.asked())
    may_edit = request.user.may(Permission.OUTREACH_EDIT)
    context = {
        "filter": asked,
        "filtered": any(request.GET.get(name) for name in asked.fields),
        "page": Paginator(found, PAGE_ROWS).get_page(request.GET.get("page")),
        "may_edit": may_edit,
        "today": timezone.localdate(),
    }
    template = "outreach/_meetings.html" if request.htmx else "outreach/meetings.html"
    return render(request, template, context)


@permission_required(Permission.AGREEMENTS_VIEW)
def meeting(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """One meeting: agenda, what was said and decided, who came, photographs, who does what until when."""
    rows = meetings_visible_to(request.user).select_related("agreement", "host")
    one = get_object_or_404(rows, pk=meeting_id)
    holds = may_hold(request.user, one)
    names = names_of(one.villages)
    context = {
        "meeting": one,
        "today": timezone.localdate(),
        "follow_ups": list(one.follow_ups.select_related("owner").order_by("done_on", "due_on", "id")),
        "bases": list(one.legal_bases.order_by("id")),
        "came": queries.came(one, guarded=not holds),
        "photos": list(queries.photos_visible_to(request.user).filter(meeting=one)),
        "groups": queries.group_names(one.groups),
        "villages": [names.get(code, code) for code in one.villages],
        "attachments": list(attachments_visible_to(request.user).filter(meeting=one)),
        "urls": {"attach": reverse("outreach:files", args=[one.pk]) if holds else ""},
        "history": history(one, whole=holds),
        "may_record": holds,
        "may_edit": request.user.may(Permission.AGREEMENT_EDIT),
    }
    return render(request, "outreach/meeting.html", context)


@permission_required(Permission.OUTREACH_EDIT)
def record(request: SignedInRequest) -> HttpResponse:
    """Enter a meeting with any number of follow-ups, for the officer's own area."""
    area = request.user.area_code
    if not area:
        raise PermissionDenied
    mine = agreements_visible_to(request.user)
    if request.method != "POST":
        first = {
            "agreement": request.GET.get("kesepakatan", ""),
            "held_on": timezone.localdate(),
            "host": request.user.office_id,
            "kind": request.GET.get("jenis", ""),
        }
        return _form_page(
            request,
            MeetingForm(initial=first, area_code=area, agreements=mine, by=request.user),
            TaskRows(None, area_code=area),
        )
    if "tambah" in request.POST:
        return _one_row_more(request, area, mine)
    form = MeetingForm(request.POST, area_code=area, agreements=mine, by=request.user)
    rows = TaskRows(request.POST, area_code=area)
    if form.is_valid() & rows.is_valid():
        about: Agreement | None = form.cleaned_data["agreement"]
        try:
            kept = record_once(
                form.sent(),
                area_code=about.area_code if about else area,
                by=request.user,
                follow_ups=rows.tasks(),
                **form.facts(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Pertemuan dan tindak lanjutnya tersimpan."))
            return redirect("agreements:meeting", kept.pk)
    return _form_page(request, form, rows, status=422)


@permission_required(Permission.OUTREACH_EDIT)
def edit(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Change what a meeting says; another's change of another field stays, of the same field both are shown."""
    one = get_object_or_404(queries.meetings_held_by(request.user), pk=meeting_id)
    area, mine = one.area_code, agreements_visible_to(request.user)
    if request.method != "POST":
        return _form_page(
            request,
            MeetingForm(initial=_said_by(one), area_code=area, agreements=mine, by=request.user),
            TaskRows(None, area_code=area, count=1),
            of=one,
        )
    if "tambah" in request.POST:
        return _one_row_more(request, area, mine, of=one)
    form = MeetingForm(request.POST, area_code=area, agreements=mine, by=request.user)
    rows = TaskRows(request.POST, area_code=area)
    conflicts: list[Clash] = []
    if form.is_valid() & rows.is_valid():
        revision = form.cleaned_data["revision"] or 0
        try:
            edit_once(form.sent(), one, _wanted(form), revision=revision, by=request.user, follow_ups=rows.tasks())
        except EditedMeanwhile as refusal:
            one.refresh_from_db()
            form = _with_theirs(request, one, refusal, revision=revision, agreements=mine)
            form.add_error(None, str(refusal))
            conflicts = [_told(conflict, form) for conflict in refusal.conflicts]
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Perubahan pertemuan tersimpan."))
            return redirect("agreements:meeting", one.pk)
    return _form_page(request, form, rows, of=one, conflicts=conflicts, status=422)


@permission_required(Permission.AGREEMENTS_VIEW)
def minutes(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """The minutes as PDF: counts of who came, no names."""
    one = get_object_or_404(meetings_visible_to(request.user).select_related("host", "agreement"), pk=meeting_id)
    content = minutes_of(one, came=queries.came(one, guarded=not may_hold(request.user, one)))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="notulen-{one.held_on:%Y-%m-%d}-{one.pk}.pdf"'
    return response


# --- the form --------------------------------------------------------------------------------------


def _form_page(
    request: SignedInRequest,
    form: MeetingForm,
    rows: TaskRows,
    *,
    of: Meeting | None = None,
    conflicts: list[Clash] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "rows": rows, "meeting": of, "conflicts": conflicts or []}
    return render(request, "outreach/record.html", context, status=status)


def _one_row_more(request: SignedInRequest, area: str, agreements: Any, of: Meeting | None = None) -> HttpResponse:
    """The form once more as it was typed, with one more row; with HTMX the rows alone."""
    rows = rows_with_one_more(request.POST, area_code=area)
    if request.htmx:
        return render(request, "outreach/_task_rows.html", {"rows": rows, "grown": True})
    form = meeting_as_typed(request.POST, area_code=area, agreements=agreements, by=request.user)
    context = {"form": form, "rows": rows, "meeting": of, "conflicts": [], "grown": True}
    return render(request, "outreach/record.html", context)


def _said_by(one: Meeting) -> dict[str, Any]:
    names = [name for name in MeetingForm.base_fields if name not in MeetingForm.HIDDEN]
    return {name: getattr(one, name) for name in names} | {
        "host": one.host_id,
        "agreement": one.agreement_id,
        "revision": one.revision,
    }


def _wanted(form: MeetingForm) -> dict[str, Any]:
    """What the form asks for, by the names of the table."""
    facts = form.facts()
    for field, column in COLUMNS.items():
        chosen = facts.pop(field)
        facts[column] = chosen.pk if chosen else None
    return facts


@dataclass(frozen=True)
class Clash:
    """One field that two people changed: its name on the page, what is kept now, by whom and when."""

    label: str
    anchor: str
    theirs: str
    by: str
    at: Any


def _told(conflict: Conflict, form: MeetingForm) -> Clash:
    field = form[FIELDS.get(conflict.field, conflict.field)]
    return Clash(
        str(field.label), field.id_for_label, in_words(conflict.field, conflict.theirs), conflict.by, conflict.at
    )


def _with_theirs(
    request: SignedInRequest, one: Meeting, refusal: EditedMeanwhile, *, revision: int, agreements: Any
) -> MeetingForm:
    """The form as typed, with what others changed elsewhere meanwhile, and as of the newest revision."""
    data = request.POST.copy()
    clashing = {conflict.field for conflict in refusal.conflicts}
    changed = {
        field
        for change in one.changes.filter(revision__gt=revision)
        for field, _old, _new in change.fields
        if field not in clashing
    }
    now = _said_by(one)
    for column in changed:
        field = FIELDS.get(column, column)
        value = now[field]
        if field in ("groups", "villages"):
            data.setlist(field, value)
        else:
            data[field] = "\n".join(value) if isinstance(value, list) else ("" if value is None else str(value))
    data["revision"] = str(one.revision)
    return MeetingForm(data, area_code=one.area_code, agreements=agreements, by=request.user)


def home_of(task: Any) -> str:
    """The page that a task hangs on."""
    if task.meeting_id is not None:
        return reverse("agreements:meeting", args=[task.meeting_id])
    return reverse("agreements:detail", args=[task.agreement_id])
