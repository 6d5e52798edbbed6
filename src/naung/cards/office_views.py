"""Cards as the offices handle them: a programme's list for the printer, and one worker's card."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, page, private
from naung.accounts.permissions import Permission
from naung.cards import actions, codes, queries
from naung.cards.actions import Issued
from naung.cards.forms import EndingForm, IssueForm
from naung.cards.printing import printed
from naung.programmes.queries import programmes_visible_to
from naung.registry import queries as registry
from naung.registry.models import Worker


@private
@permission_required(Permission.CARDS_ISSUE)
def cards(request: SignedInRequest, programme_id: int) -> HttpResponse:
    """How many have a card; the button makes the missing ones and hands the list over, once."""
    one = get_object_or_404(programmes_visible_to(request.user), pk=programme_id)
    today = timezone.localdate()
    form = IssueForm(request.POST or None)
    made: list[Issued] = []
    if request.method == "POST" and form.is_valid():
        anew, kind = form.cleaned_data["anew"], form.cleaned_data["kind"]
        if accepted(form, lambda: made.extend(actions.issue_cards(one, on=today, by=request.user, anew=anew))):
            content, media = printed(made, kind=kind, check_url=request.build_absolute_uri(reverse("cards:check")))
            response = HttpResponse(content, content_type=media)
            response["Content-Disposition"] = f'attachment; filename="kartu-{one.pk}-{today}.{kind}"'
            return response
    context = {"programme": one, "counted": queries.cards_of_programme(one.pk, on=today), "form": form}
    return page(request, "cards/programme.html", context, form=form if request.method == "POST" else None)


@private
@permission_required(Permission.CARDS_ISSUE)
def card(request: SignedInRequest, worker_id: int) -> HttpResponse:
    """The card of one worker. A new code is shown on the answer to this very form and never again."""
    one = get_object_or_404(registry.workers_visible_to(request.user), pk=worker_id)
    form = EndingForm(request.POST or None)
    made: list[str] = []
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if accepted(form, lambda: made.append(actions.renew_card(one, reason=reason, by=request.user))):
            check_url = request.build_absolute_uri(reverse("cards:check"))
            context = {"worker": one, "code": codes.written(made[0]), "check_url": check_url}
            return page(request, "cards/new_code.html", context)
    return _card_page(request, one, form)


def _card_page(request: SignedInRequest, one: Worker, form: EndingForm) -> HttpResponse:
    known = queries.cards_of(one.pk)
    context = {
        "worker": one,
        "cards": known,
        "live": next((card for card in known if card.withdrawn_at is None), None),
        "participant": queries.is_participant(one.pk),
        "form": form,
    }
    return page(request, "cards/worker.html", context, form=form if request.method == "POST" else None)


@require_POST
@private
@permission_required(Permission.CARDS_ISSUE)
def withdraw(request: SignedInRequest, worker_id: int) -> HttpResponse:
    """The card stops answering."""
    one = get_object_or_404(registry.workers_visible_to(request.user), pk=worker_id)
    form = EndingForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if accepted(form, lambda: actions.withdraw_card(one, reason=reason, by=request.user)):
            messages.success(request, _("Kartu ditarik. Kodenya tidak menjawab lagi."))
            return redirect("registry:card", one.pk)
    return _card_page(request, one, form)
