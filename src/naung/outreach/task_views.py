"""Tasks of meetings and of work plans: added, worded anew, finished with their result."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted
from naung.accounts.permissions import Permission
from naung.agreements.actions import Task, add_task, change_task, finish_follow_up, remove_task
from naung.agreements.actions.common import may_edit
from naung.agreements.actions.tasking import area_of, may_finish, task_mark
from naung.agreements.holding import may_hold
from naung.agreements.queries import agreements_visible_to, follow_ups_visible_to, owed
from naung.outreach.forms import DoneForm, TaskForm
from naung.outreach.queries import tasks_waiting_on
from naung.outreach.views import home_of

P = Permission
PAGE_ROWS = 50


@permission_required(P.AGREEMENTS_VIEW)
def tasks(request: SignedInRequest) -> HttpResponse:
    """Everything still to be done that waits on this person; or of the whole territory, or what was done."""
    which = request.GET.get("lihat", "")
    every = follow_ups_visible_to(request.user)
    mine = tasks_waiting_on(request.user)
    found = {"semua": every.filter(owed()), "selesai": every.exclude(done_on=None).order_by("-done_on", "-id")}
    context = {
        "page": Paginator(found.get(which, mine.order_by("due_on", "id")), PAGE_ROWS).get_page(request.GET.get("page")),
        "which": which,
        "first": which not in found,
        "second": which == "semua",
        "third": which == "selesai",
        "mine": mine.count(),
        "open": found["semua"].count(),
        "done": found["selesai"].count(),
        "today": timezone.localdate(),
        "may_edit": request.user.may(P.AGREEMENT_EDIT),
    }
    return render(request, "outreach/tasks.html", context)


@permission_required(P.AGREEMENTS_VIEW)
def finish(request: SignedInRequest, task_id: int) -> HttpResponse:
    """Mark a task as done, saying what came of it: the people of its office, and whoever keeps agreements."""
    task = get_object_or_404(follow_ups_visible_to(request.user), pk=task_id)
    if not may_finish(request.user, task):
        raise PermissionDenied
    form = DoneForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if accepted(form, lambda: finish_follow_up(task, result=facts["result"], on=facts["on"], by=request.user)):
            messages.success(request, _("Tugas selesai dan hasilnya tersimpan."))
            return redirect(home_of(task))
    context = {"task": task, "form": form, "back_url": home_of(task)}
    return render(request, "outreach/finish.html", context, status=422 if form.errors else 200)


@permission_required(P.AGREEMENT_EDIT, P.AGREEMENT_EDIT_OWN, P.OUTREACH_EDIT)
def change(request: SignedInRequest, task_id: int) -> HttpResponse:
    """Word an open task anew, or take it back."""
    task = get_object_or_404(follow_ups_visible_to(request.user), pk=task_id, done_on=None)
    if task.agreement is not None and not may_edit(request.user, task.agreement):
        raise PermissionDenied
    if task.meeting is not None and not (may_hold(request.user, task.meeting) or request.user.may(P.AGREEMENT_EDIT)):
        raise PermissionDenied
    saw = request.POST.get("terlihat", "")
    first = {"what": task.what, "owner": task.owner_id, "due_on": task.due_on}
    form = TaskForm(request.POST or None, initial=first, area_code=area_of(task), with_kind=False)
    if request.method == "POST" and "hapus" in request.POST:
        form.is_valid()  # what is typed stays where the task may not go
        if accepted(form, lambda: remove_task(task, by=request.user, saw=saw)):
            messages.success(request, _("Tugas dihapus."))
            return redirect(home_of(task))
    elif request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if accepted(form, lambda: change_task(task, by=request.user, saw=saw, **facts)):
            messages.success(request, _("Perubahan tugas tersimpan."))
            return redirect(home_of(task))
    task.refresh_from_db()
    context = {"task": task, "form": form, "back_url": home_of(task), "mark": task_mark(task)}
    return render(request, "outreach/task.html", context, status=422 if form.errors else 200)


@permission_required(P.AGREEMENT_EDIT, P.AGREEMENT_EDIT_OWN)
def add(request: SignedInRequest, agreement_id: int) -> HttpResponse:
    """One more item of an agreement's work plan, or an obligation of one of its parties."""
    agreement = get_object_or_404(agreements_visible_to(request.user), pk=agreement_id)
    if not may_edit(request.user, agreement):
        raise PermissionDenied
    form = TaskForm(request.POST or None, area_code=agreement.area_code, with_kind=True)
    if request.method == "POST" and form.is_valid():
        task = Task(**form.cleaned_data)
        if accepted(form, lambda: add_task(agreement, task, by=request.user)):
            messages.success(request, _("Tugas ditambahkan ke rencana kerja."))
            return redirect("agreements:detail", agreement.pk)
    context = {"agreement": agreement, "form": form}
    return render(request, "outreach/task.html", context, status=422 if form.errors else 200)
