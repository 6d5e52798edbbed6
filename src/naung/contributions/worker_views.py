"""The page of one worker: every month, who paid, what it protects, who looked. It needs the ledger, so it is here."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, page, private
from naung.accounts.permissions import Permission
from naung.areas import queries as areas
from naung.audit import queries as audit
from naung.bulk.occupations import occupations
from naung.contributions import actions, queries
from naung.contributions.forms import DayForm, DepartureForm, RevealForm
from naung.contributions.timeline import timeline_of
from naung.coverage import queries as coverage
from naung.coverage.models import Enrolment
from naung.lawbook.queries import decisions_for, law_now
from naung.refusal import Refusal
from naung.registry import actions as registry_actions
from naung.registry import queries as registry
from naung.registry.models import Worker
from naung.registry.vault import Identity
from naung.rules.death import CauseOfDeath
from naung.rules.explaining import Account
from naung.rules.periods import add_months, first_of_month, parse_month
from naung.selection.explaining import why
from naung.selection.queries import candidacies_of


@private
@permission_required(Permission.WORKERS_VIEW)
def worker(request: SignedInRequest, worker_id: int) -> HttpResponse:
    """One person over time."""
    one = get_object_or_404(registry.workers_visible_to(request.user), pk=worker_id)
    return _worker_page(request, one)


def _worker_page(
    request: SignedInRequest, one: Worker, *, reveal: RevealForm | None = None, leave: DepartureForm | None = None
) -> HttpResponse:
    today = timezone.localdate()
    enrolments = list(coverage.enrolments_of(one.pk))
    months = queries.months_of(one.pk)
    protection = queries.protection_from(months, today, died_on=one.died_on)
    current = _current(enrolments, today)
    timeline = timeline_of(enrolments, months, today=today, law=law_now(), first=_asked(request))
    paid = [month for month in months if month.active]
    names = areas.names_of([one.area_code, one.area_code[:6], one.area_code[:4]])
    work = occupations().get(one.occupation)
    lists = list(registry.rows_of_worker(request.user, one))
    context: dict[str, Any] = {
        "worker": one,
        "nik": registry.masked_nik_of(one),
        "today": today,
        "this_month": first_of_month(today),
        "occupation": work.label if work else "",
        "place": names.get(one.area_code, ""),
        "parents": [
            names[code] for code in (one.area_code[:6], one.area_code[:4]) if code in names and code != one.area_code
        ],
        "timeline": timeline,
        "earlier": add_months(timeline.first, -12) if timeline else None,
        "later": add_months(timeline.first, 12) if timeline else None,
        "months": months,
        "paid": paid,
        "paid_rp": sum(month.total_rp for month in paid),
        "protection": protection,
        "current": current,
        "enrolments": enrolments,
        "lists": lists,
        "known": registry.references_about(one),
        "reasons": [
            {"good": each.outcome == "chosen", "title": each.round.programme.name} | _split(why(each, request.user))
            for each in candidacies_of(request.user, one).select_related("worker")[:4]
        ],
        "seen_by": list(audit.who_saw(one.pk)[:5]),
        "state": _state(one, enrolments, protection, today),
        "reveal": reveal or RevealForm(),
        "leave": leave or DepartureForm(initial={"happened_on": today}),
        "may_reveal": request.user.may(Permission.IDENTITY_REVEAL),
        "may_leave": request.user.may(Permission.LEAVE_RECORD) and current is not None,
        "may_card": request.user.may(Permission.CARDS_ISSUE) and bool(enrolments) and not one.died_on,
        "may_audit": request.user.may(Permission.AUDIT_VIEW),
    }
    handed_in = reveal or leave
    context["form"] = handed_in
    return page(request, "contributions/worker.html", context, form=handed_in)


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


def _split(said: list[str]) -> dict[str, list[str]]:
    """The decision and its reasons, apart from how the order was made."""
    at = next((at for at, line in enumerate(said) if line.startswith(("Urutan ditentukan", "Bila nilai"))), len(said))
    return {"lines": said[1:at], "order": said[at:]}


def _current(enrolments: list[Enrolment], today: date) -> Enrolment | None:
    """The stretch that somebody can still leave: it holds today or lies ahead."""
    open_ones = [one for one in enrolments if not one.period.isempty and one.period.upper > today]
    return next((one for one in open_ones if not hasattr(one, "departure")), None)


def _state(one: Worker, enrolments: list[Enrolment], protection: queries.Protected, today: date) -> str:
    """The badge beside the name: what holds today."""
    if one.died_on:
        return "wafat"
    if protection.covered:
        assert protection.until is not None
        return "akan_berakhir" if (protection.until - today).days <= 30 else "aktif"
    if any(not stretch.period.isempty and today < stretch.period.lower for stretch in enrolments):
        return "ditetapkan"
    return "tidak_terlindungi" if enrolments else ""


def _asked(request: SignedInRequest) -> date | None:
    try:
        return parse_month(request.GET.get("dari", ""))
    except ValueError:
        return None


@require_POST
@private
@permission_required(Permission.IDENTITY_REVEAL)
def reveal(request: SignedInRequest, worker_id: int) -> HttpResponse:
    """Show the numbers in full, once, on a page that nobody keeps. The reason is recorded before."""
    one = get_object_or_404(registry.workers_visible_to(request.user), pk=worker_id)
    form = RevealForm(request.POST)
    shown: list[Identity] = []
    if form.is_valid():
        # The action reads the sealed numbers of the row it is given.
        sealed = Worker.objects.get(pk=one.pk)
        reason = form.cleaned_data["reason"]
        if accepted(
            form, lambda: shown.append(registry_actions.reveal_identity(worker=sealed, reason=reason, by=request.user))
        ):
            return page(request, "contributions/identity.html", {"worker": one, "identity": shown[0]})
    return _worker_page(request, one, reveal=form)


@require_POST
@private
@permission_required(Permission.LEAVE_RECORD)
def leave(request: SignedInRequest, worker_id: int) -> HttpResponse:
    """Record that somebody left: billing stops from the right month."""
    one = get_object_or_404(registry.workers_visible_to(request.user), pk=worker_id)
    enrolment = _current(list(coverage.enrolments_of(one.pk)), first_of_month(timezone.localdate()))
    form = DepartureForm(request.POST)
    if enrolment is None:
        messages.error(request, _("Orang ini tidak sedang terdaftar dalam program."))
        return redirect("registry:worker", one.pk)
    if form.is_valid() and accepted(form, lambda: actions.end_cover(enrolment, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Kepergian tercatat. Tagihan berhenti sejak bulan berikutnya."))
        return redirect("registry:worker", one.pk)
    return _worker_page(request, one, leave=form)
