"""Kerja sama: agreements, the matrix of offices, meetings and what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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
from naung.agreements import actions, queries
from naung.agreements.forms import DoneForm, MeetingForm, StageForm
from naung.agreements.models import PROGRAMMES, Agreement
from naung.refusal import Refusal

PAGE_ROWS = 50
Stage = Agreement.Stage
#: The way of a PKS; an ended one has gone all of it.
STEPS = (Stage.DRAFT, Stage.LEGAL_REVIEW, Stage.AGREED, Stage.SIGNED, Stage.IN_FORCE)
BADGES = {
    Stage.ASKED: ("", "circle-dashed"),
    Stage.DRAFT: ("info", "pencil"),
    Stage.LEGAL_REVIEW: ("wait", "gavel"),
    Stage.AGREED: ("info", "checks"),
    Stage.SIGNED: ("info", "signature"),
    Stage.IN_FORCE: ("ok", "circle-check"),
    Stage.ENDED: ("", "calendar"),
}


@permission_required(Permission.AGREEMENTS_VIEW)
def index(request: SignedInRequest) -> HttpResponse:
    """All agreements with how far their PKS have come, the next tasks, the newest meetings."""
    today = timezone.localdate()
    agreements = queries.with_pks_counts(queries.notas_visible_to(request.user), on=today)
    context = {
        "today": today,
        "page": Paginator(agreements, PAGE_ROWS).get_page(request.GET.get("page")),
        "tasks": list(queries.follow_ups_visible_to(request.user).filter(done_on__isnull=True)[:12]),
        "meetings": list(queries.meetings_visible_to(request.user)[:10]),
        "may_edit": request.user.may(Permission.AGREEMENT_EDIT),
    }
    return render(request, "agreements/list.html", context)


@dataclass(frozen=True)
class OfficeRow:
    """A PKS as a row of the matrix. A signed one is in force only inside its term."""

    pks: Agreement
    steps: list[bool]
    tone: str
    icon: str
    label: str
    in_force: bool
    overdue: bool


def _row(pks: Agreement, today: date) -> OfficeRow:
    stage = Stage(pks.stage)
    gone = len(STEPS) if stage is Stage.ENDED else STEPS.index(stage) + 1 if stage in STEPS else 0
    tone, icon = BADGES[stage]
    label = str(stage.label)
    in_force = queries.is_in_force(pks, today)
    if stage is Stage.IN_FORCE and not in_force and pks.ends_on and pks.ends_on <= today:
        tone, icon, label = "bad", "calendar", _("Masa berlaku habis")
    steps = [place < gone for place in range(len(STEPS))]
    return OfficeRow(pks, steps, tone, icon, label, in_force=in_force, overdue=queries.is_overdue(pks, today))


@permission_required(Permission.AGREEMENTS_VIEW)
def detail(request: SignedInRequest, agreement_id: int) -> HttpResponse:
    """One agreement: offices by stage and due date, its content, legal bases, work plan, meetings."""
    agreement = get_object_or_404(queries.notas_visible_to(request.user), pk=agreement_id)
    today = timezone.localdate()
    offices = queries.pks_visible_to(request.user).filter(parent=agreement)
    # The furthest first, as people ask "who is done"; the rest by due date and name.
    rows = sorted((_row(pks, today) for pks in offices), key=lambda row: -sum(row.steps))
    counts = queries.stages(agreement, on=today)
    segments = [
        (stage.value, stage.label, counts[stage.value], min(counts[stage.value], 5))
        for stage in reversed(Stage)
        if counts[stage.value]
    ]
    missing = {
        _("nomor"): agreement.region_number and agreement.branch_number,
        _("tanggal tanda tangan"): agreement.signed_on,
        _("masa berlaku"): agreement.starts_on and agreement.ends_on,
    }
    context = {
        "agreement": agreement,
        "today": today,
        "rows": rows,
        "in_force": sum(row.in_force for row in rows),
        "expired": bool(agreement.ends_on and agreement.ends_on <= today),
        "segments": segments,
        "counts": counts,
        "programmes": PROGRAMMES,
        "missing": [name for name, value in missing.items() if not value],
        "bases": list(agreement.legal_bases.select_related("instrument").order_by("id")),
        "parties": list(agreement.parties.all()),
        "work_plan": list(agreement.tasks.select_related("owner").order_by("done_on", "due_on", "id")),
        "meetings": list(queries.meetings_visible_to(request.user).filter(agreement=agreement)[:20]),
        "may_edit": request.user.may(Permission.AGREEMENT_EDIT),
    }
    return render(request, "agreements/detail.html", context)


@permission_required(Permission.AGREEMENT_EDIT)
def move(request: SignedInRequest, pks_id: int) -> HttpResponse:
    """Bring the PKS of one office to another stage."""
    pks = get_object_or_404(queries.pks_visible_to(request.user).select_related("parent"), pk=pks_id)
    first = {name: getattr(pks, name) for name in ("stage", "number", "signed_on", "starts_on", "ends_on")}
    form = StageForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            actions.move(pks, by=request.user, on=timezone.localdate(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Tahap PKS %(office)s tersimpan.") % {"office": pks.office.name if pks.office else ""})
            return redirect("agreements:detail", pks.parent_id)
    context = {"pks": pks, "agreement": pks.parent, "form": form}
    return render(request, "agreements/move.html", context, status=422 if form.errors else 200)


@permission_required(Permission.AGREEMENTS_VIEW)
def meeting(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """One meeting: what was said, on which legal basis, who does what until when."""
    one = get_object_or_404(queries.meetings_visible_to(request.user).select_related("agreement"), pk=meeting_id)
    context = {
        "meeting": one,
        "today": timezone.localdate(),
        "follow_ups": list(one.follow_ups.select_related("owner").order_by("done_on", "due_on", "id")),
        "bases": list(one.legal_bases.select_related("instrument").order_by("id")),
        "may_edit": request.user.may(Permission.AGREEMENT_EDIT),
    }
    return render(request, "agreements/meeting.html", context)


@permission_required(Permission.AGREEMENT_EDIT)
def record_meeting(request: SignedInRequest) -> HttpResponse:
    """Enter a meeting with its follow-ups, for the officer's own area."""
    if not request.user.area_code:
        raise PermissionDenied
    mine = queries.agreements_visible_to(request.user)
    first = {"agreement": request.GET.get("kesepakatan", "")}
    form = MeetingForm(request.POST or None, area_code=request.user.area_code, agreements=mine, initial=first)
    if request.method == "POST" and form.is_valid():
        about = form.cleaned_data["agreement"]
        area = about.area_code if about else request.user.area_code
        kept = actions.record_meeting(
            area_code=area, by=request.user, follow_ups=form.follow_ups(), **form.as_meeting()
        )
        messages.success(request, _("Pertemuan dan tindak lanjutnya tersimpan."))
        return redirect("agreements:meeting", kept.pk)
    return render(request, "agreements/record_meeting.html", {"form": form}, status=422 if form.errors else 200)


@permission_required(Permission.AGREEMENT_EDIT)
def finish(request: SignedInRequest, task_id: int) -> HttpResponse:
    """Mark a follow-up as done, saying what came of it."""
    task = get_object_or_404(queries.follow_ups_visible_to(request.user), pk=task_id)
    form = DoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.finish_follow_up(task, by=request.user, on=timezone.localdate(), **form.cleaned_data)
        messages.success(request, _("Tindak lanjut selesai."))
        return redirect(_home_of(task.meeting_id, task.agreement_id))
    context = {"task": task, "form": form, "back_url": _home_of(task.meeting_id, task.agreement_id)}
    return render(request, "agreements/finish.html", context, status=422 if form.errors else 200)


def _home_of(meeting_id: int | None, agreement_id: int | None) -> str:
    if meeting_id is not None:
        return reverse("agreements:meeting", args=[meeting_id])
    return reverse("agreements:detail", args=[agreement_id])
