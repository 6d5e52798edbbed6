"""The page of one worker: every month, who paid, what it protects, who looked. It needs the ledger, so it is here."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, page, private
from naung.accounts.permissions import Permission
from naung.areas import queries as areas
from naung.bulk.occupations import occupations
from naung.contributions import actions, queries, worker_page
from naung.contributions.forms import DayForm, DepartureForm, RevealForm
from naung.contributions.history import SHOWN, history_of, may_ask_why
from naung.contributions.timeline import timeline_of
from naung.coverage import queries as coverage
from naung.lawbook.queries import decisions_for, law_now
from naung.refusal import Refusal
from naung.registry import actions as registry_actions
from naung.registry import queries as registry
from naung.registry.models import Worker
from naung.registry.vault import Identity
from naung.rules.death import CauseOfDeath
from naung.rules.explaining import Account
from naung.rules.periods import add_months, first_of_month, parse_month
from naung.selection.queries import candidacies_of
from naung.ui.terms import term

HIDDEN_AGAIN_SECONDS = 60


@private
@permission_required(Permission.WORKERS_VIEW)
def worker(request: SignedInRequest, worker_id: int) -> HttpResponse:
    """One person over time."""
    return _worker_page(request, _found(request, worker_id))


def _found(request: SignedInRequest, worker_id: int) -> Worker:
    """The visible worker, with the sealed numbers: their first and last digits stand on the page."""
    return get_object_or_404(registry.workers_visible_to(request.user).defer(None), pk=worker_id)


def _worker_page(request: SignedInRequest, one: Worker, *, leave: DepartureForm | None = None) -> HttpResponse:
    user, today, law = request.user, timezone.localdate(), law_now()
    enrolments = list(coverage.enrolments_of(one.pk))
    months = queries.months_of(one.pk)
    candidacies = list(candidacies_of(user, one))
    records = worker_page.records_about(one)
    stands = worker_page.standing_of(one, enrolments, months, today=today, law=law)
    timeline = timeline_of(
        enrolments, months, today=today, law=law, first=_asked(request),
        chosen=worker_page.chosen_ahead(candidacies), died_on=one.died_on,
    )  # fmt: skip
    events = history_of(
        one, user, today=today, lists=registry.rows_of_worker(user, one), candidacies=candidacies,
        enrolments=enrolments, months=months, records=records,
    )  # fmt: skip
    each = request.GET.get("bulan") == "semua"
    context: dict[str, Any] = {
        "worker": one,
        "nik": registry.masked_nik_of(one),
        "today": today,
        "this_month": first_of_month(today),
        "stands": stands,
        "timeline": timeline,
        "earlier": add_months(timeline.first, -12) if timeline else None,
        "later": add_months(timeline.first, 12) if timeline else None,
        "rows": worker_page.rows_of_months(months, this_month=first_of_month(today), each=each),
        "each": each,
        "events": events[:SHOWN],
        "earlier_events": events[SHOWN:],
        "judged": [(candidacy, may_ask_why(user, candidacy)) for candidacy in candidacies[:4]],
        "known": registry.references_about(one),
        "looks": worker_page.looks_in(records),
        "main": _main_action(request, one, stands),
        "leave": leave or DepartureForm(initial={"happened_on": today}),
        "may_reveal": user.may(Permission.IDENTITY_REVEAL),
        "may_leave": user.may(Permission.LEAVE_RECORD) and stands.current is not None,
        "may_card": user.may(Permission.CARDS_ISSUE) and bool(enrolments) and not one.died_on,
        "form": leave,
        **_who_and_where(one),
    }
    return page(request, "contributions/worker.html", context, form=leave)


def _who_and_where(one: Worker) -> dict[str, Any]:
    codes = list(dict.fromkeys((one.area_code, one.area_code[:6], one.area_code[:4])))
    names = areas.names_of(codes)
    work = occupations().get(one.occupation)
    return {
        "occupation": term(work.label) if work else "",
        "place": ", ".join(names[code] for code in codes if code in names),
    }


def _main_action(request: SignedInRequest, one: Worker, stands: worker_page.Standing) -> tuple[str, str, str] | None:
    """Words, address and icon of the one thing to do next, for who may do it; nothing after a death or a merge."""
    user = request.user
    if one.died_on or one.merged_into_id:
        return None
    if stands.latest is not None and user.may(Permission.PROGRAMME_EDIT):
        return (_("Usulkan perpanjangan"), reverse("planning:extension", args=[stands.latest.programme_id]), "refresh")
    if stands.latest is None and user.may(Permission.LIST_UPLOAD):
        return (_("Usulkan ke program"), reverse("registry:upload"), "upload")
    return None


@private
@permission_required(Permission.WORKERS_VIEW)
def benefits(request: SignedInRequest, worker_id: int) -> HttpResponse:
    """What the heirs would be owed on a day, from the paid months, with the law's reasons. Not a claim."""
    one = get_object_or_404(registry.workers_visible_to(request.user), pk=worker_id)
    form = DayForm(request.GET or None, initial={"pada": one.died_on or timezone.localdate()})
    day = form.cleaned_data["pada"] if form.is_bound and form.is_valid() else one.died_on or timezone.localdate()
    months = queries.months_of(one.pk)
    law, decisions = law_now(), decisions_for(one.area_code[:4])
    accounts = []
    for cause in (CauseOfDeath.OTHER, CauseOfDeath.WORK):
        account: Account | None = None
        refusal = ""
        try:
            account = queries.death_account(
                months, day, cause=cause, income_rp=one.income_rp, law=law, decisions=decisions
            )
        except Refusal as refused:
            refusal = str(refused)
        accounts.append({"cause": cause.value, "account": account, "refusal": refusal})
    context = {"worker": one, "day": day, "form": form, "accounts": accounts}
    return page(request, "contributions/benefits.html", context, form=form if form.is_bound else None)


def _asked(request: SignedInRequest) -> date | None:
    try:
        return parse_month(request.GET.get("dari", ""))
    except ValueError:
        return None


@private
@permission_required(Permission.IDENTITY_REVEAL)
def reveal(request: SignedInRequest, worker_id: int) -> HttpResponse:
    """Ask why, then show the numbers in full, once, on a page that nobody keeps. The reason is recorded before.

    With htmx only the line of the NIK changes: to the question, to the numbers, and after a minute back (`?tutup=1`).
    """
    one = _found(request, worker_id)
    form = RevealForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {
        "worker": one,
        "nik": registry.masked_nik_of(one),
        "reveal": form,
        "seconds": HIDDEN_AGAIN_SECONDS,
        "may_reveal": True,
        "asking": request.method == "POST" or not request.GET.get("tutup"),
    }
    if form.is_bound and form.is_valid():
        shown: list[Identity] = []
        reason = form.cleaned_data["reason"]
        if accepted(
            form, lambda: shown.append(registry_actions.reveal_identity(worker=one, reason=reason, by=request.user))
        ):
            looks = worker_page.looks_in(worker_page.records_about(one))
            context |= {"identity": shown[0], "asking": False, "looks": looks}
    if request.htmx:
        return render(request, "contributions/_nik.html", context, status=422 if form.errors else 200)
    context["form"] = form if form.is_bound else None
    return page(request, "contributions/identity.html", context, form=form if form.is_bound else None)


@require_POST
@private
@permission_required(Permission.LEAVE_RECORD)
def leave(request: SignedInRequest, worker_id: int) -> HttpResponse:
    """Record that somebody left: billing stops from the right month."""
    one = _found(request, worker_id)
    enrolment = worker_page.current_of(list(coverage.enrolments_of(one.pk)), timezone.localdate())
    form = DepartureForm(request.POST)
    if enrolment is None:
        messages.error(request, _("Orang ini tidak sedang terdaftar dalam program."))
        return redirect("registry:worker", one.pk)
    if form.is_valid() and accepted(form, lambda: actions.end_cover(enrolment, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Kepergian tercatat. Tagihan berhenti sejak bulan berikutnya."))
        return redirect("registry:worker", one.pk)
    return _worker_page(request, one, leave=form)
