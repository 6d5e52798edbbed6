"""Approving a round, which enrols its people, and drafting replacements for those who left."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, page
from naung.accounts.permissions import Permission
from naung.coverage import actions
from naung.coverage.models import Departure
from naung.coverage.round_forms import EnactForm, ReplaceForm
from naung.programmes.queries import programmes_visible_to
from naung.programmes.spec import stored_spec
from naung.rules.periods import add_months, first_of_month
from naung.selection import queries as selection
from naung.selection.models import Decree, Round
from naung.selection.round_sheet import sheet_of
from naung.selection.words import LEFT


@permission_required(Permission.DECREE_APPROVE)
def approve(request: SignedInRequest, round_id: int) -> HttpResponse:
    """Restate people and money, then number, day and signature: the round becomes a decree."""
    visible = selection.rounds_visible_to(request.user)
    one = get_object_or_404(visible, pk=round_id)
    today = timezone.localdate()
    form = EnactForm(
        request.POST or None,
        initial={"decided_on": today},
        next_number=selection.next_decree_number(one.programme, on=today),
    )
    made: list[Decree] = []
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("number", "decided_on", "signer", "signer_title")}
        if accepted(form, lambda: made.append(actions.enact_round(one, by=request.user, **facts))):
            messages.success(request, _("SK ditetapkan. Pesertanya terdaftar dan dapat ditagihkan."))
            return redirect("selection:decree", made[0].pk)
    context: dict[str, Any] = {
        "round": one,
        "programme": one.programme,
        "last_month": add_months(one.programme.ends_on, -1),
        "leaving": _leaving(one),
        "sheet": sheet_of(one, stored_spec(one.spec)),
        "prepared_here": request.user.pk in (one.prepared_by_id, one.submitted_by_id),
        "open": one.status == Round.Status.SUBMITTED,
        "form": form,
    }
    return page(request, "coverage/approve.html", context, form=form)


def _leaving(one: Round) -> list[tuple[str, int]]:
    """Why people leave by an amendment and how many of each: counts, no people."""
    reasons = Counter(reason for _worker, reason, _month in one.leaving)
    return [(str(LEFT.get(code, code)), count) for code, count in reasons.most_common()]


@permission_required(Permission.SELECTION_RUN)
def replace(request: SignedInRequest, programme_id: int) -> HttpResponse:
    """The next on the waiting list for those who left: an amendment round to submit."""
    one = get_object_or_404(programmes_visible_to(request.user), pk=programme_id)
    today = timezone.localdate()
    waiting = Departure.objects.filter(enrolment__programme=one, replaced_in__isnull=True)
    next_month = add_months(first_of_month(today), 1)
    form = ReplaceForm(request.POST or None, initial={"on": today, "first_month": next_month})
    made: list[Round] = []
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if accepted(form, lambda: made.append(actions.draft_replacements(one, by=request.user, **facts))):
            return redirect("selection:round", made[0].pk)
    left = list(waiting.values_list("reason", flat=True))
    context = {
        "programme": one,
        "left": len(left),
        "reasons": [(str(LEFT.get(code, code)), count) for code, count in Counter(left).most_common()],
        "waits": selection.waiting_list(request.user, one).count(),
        "form": form,
    }
    return page(request, "coverage/replace.html", context, form=form)
