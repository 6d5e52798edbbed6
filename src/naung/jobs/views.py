"""Pages of long work: what is under way and how it ended, each person's own."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from naung.accounts.access import SignedInRequest
from naung.accounts.answering import page, private
from naung.jobs import actions, queries
from naung.jobs.models import Job
from naung.refusal import Refusal

PAGE_JOBS = 50


@private
def jobs(request: SignedInRequest) -> HttpResponse:
    """What I asked for: under way and ended, newest first."""
    shown = Paginator(queries.jobs_visible_to(request.user), PAGE_JOBS).get_page(request.GET.get("page"))
    context = {"page": shown, "rows": [queries.Shown.of(one) for one in shown]}
    return page(request, "jobs/list.html", context)


@private
def job(request: SignedInRequest, job_id: int) -> HttpResponse:
    """How far it is. Whoever waits (`tunggu`) is brought to the result once there is one."""
    one = get_object_or_404(queries.jobs_visible_to(request.user), pk=job_id)
    shown = queries.Shown.of(one)
    waits = "tunggu" in request.GET
    if waits and one.state == Job.State.DONE and shown.kind and shown.kind.leads_there:
        return HttpResponseClientRedirect(shown.result_url) if request.htmx else redirect(shown.result_url)
    context = {
        "shown": shown,
        "job": one,
        "in_vain": queries.waits_in_vain(one, timezone.now()),
        # What is read out: only what is news to whoever asks.
        # The top bar counts what is under way: a part of the page brings its own along.
        "apart": bool(request.htmx),
        "news": waits and request.GET["tunggu"] != f"{one.state}-{one.stage}",
    }
    return render(request, "jobs/_job.html" if request.htmx else "jobs/job.html", context)


@require_POST
@private
def again(request: SignedInRequest, job_id: int) -> HttpResponse:
    """Run a job once more that a fault of ours ended."""
    one = get_object_or_404(queries.jobs_visible_to(request.user), pk=job_id)
    try:
        one = actions.ask_again(one, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("jobs:job", one.pk)
