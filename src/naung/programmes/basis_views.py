"""Pages of a programme: what it stands on, and giving it to another office."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, page
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.accounts.territory import within_territory
from naung.agreements.models import Agreement
from naung.agreements.queries import agreements_visible_to
from naung.programmes.basing import agreements_over, choose_agreement, drop_agreement, fits, give_reason
from naung.programmes.basis_forms import AgreementForm, HandOverForm, ReasonForm
from naung.programmes.basis_page import basis_of, owners_of
from naung.programmes.handing_over import hand_over, offices_that_may_own
from naung.programmes.models import Programme, ProgrammeBasis
from naung.rules.periods import add_months, first_of_month

MOST = 30


def _programme(request: SignedInRequest, programme_id: int) -> Programme:
    rows = within_territory(Programme.objects.select_related("owner"), request.user, Permission.PROGRAMME_EDIT)
    return get_object_or_404(rows, pk=programme_id)


@permission_required(Permission.PROGRAMME_EDIT)
def basis(request: SignedInRequest, programme_id: int) -> HttpResponse:
    """Choose an agreement, take one off, or write why months have none."""
    one = _programme(request, programme_id)
    handed_in = request.POST.get("langkah", "") if request.method == "POST" else ""
    offered = _offered(one, request.user)
    choose = AgreementForm(request.POST if handed_in == "pilih" else None, agreements=offered)
    reason = ReasonForm(request.POST if handed_in == "alasan" else None)
    if handed_in == "lepas":
        chosen = ProgrammeBasis.objects.filter(programme=one, agreement__isnull=False)
        row = get_object_or_404(chosen, pk=_key(request.POST.get("dasar", "")))
        drop_agreement(row, by=request.user)
        messages.success(request, _("Perjanjian dilepas dari program. Riwayatnya tetap."))
        return redirect("programmes:basis", one.pk)
    if handed_in == "pilih" and choose.is_valid():
        agreement = choose.cleaned_data["agreement"]
        if accepted(choose, lambda: choose_agreement(one, agreement, by=request.user)):
            messages.success(request, _("Program berdasar pada perjanjian itu."))
            return redirect("programmes:basis", one.pk)
    if handed_in == "alasan" and reason.is_valid():
        words = reason.cleaned_data["reason"]
        if accepted(reason, lambda: give_reason(one, reason=words, by=request.user)):
            messages.success(request, _("Alasan tersimpan."))
            return redirect("programmes:basis", one.pk)
    context = {
        "programme": one,
        "last_month": add_months(one.ends_on, -1),
        "basis": basis_of(one, request.user),
        "past": _past(one),
        "choose": choose,
        "offered": offered,
        "reason": reason,
    }
    return page(request, "programmes/basis.html", context, form={"pilih": choose, "alasan": reason}.get(handed_in))


def _past(programme: Programme) -> QuerySet[ProgrammeBasis]:
    rows = ProgrammeBasis.objects.filter(programme=programme, removed_at__isnull=False)
    return rows.select_related("agreement", "removed_by").order_by("-removed_at")


def _key(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else 0


def _offered(programme: Programme, user: User) -> list[Agreement]:
    """What the reader sees, the programme may stand under and does not yet; those in force first."""
    rows = agreements_visible_to(user).filter(pk__in=agreements_over(programme.area_code))
    rows = rows.exclude(programme_bases__in=programme.bases.filter(removed_at=None)).prefetch_related("addenda")
    found = [one for one in rows if fits(programme, one)]
    found.sort(key=lambda one: one.stage != Agreement.Stage.IN_FORCE)
    return found[:MOST]


@permission_required(Permission.PROGRAMME_EDIT)
def give(request: SignedInRequest, programme_id: int) -> HttpResponse:
    """Hand a programme to another office from a month on."""
    one = _programme(request, programme_id)
    form = HandOverForm(
        request.POST if request.method == "POST" else None,
        offices=offices_that_may_own(one),
        initial={"since": _next_month(one)},
    )
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if accepted(form, lambda: hand_over(one, by=request.user, **facts)):
            words = _("Program diserahkan kepada %(office)s.") % {"office": facts["to"].name}
            messages.success(request, words)
            return redirect("programmes:detail", one.pk)
    context = {
        "programme": one,
        "owners": owners_of(one),
        "form": form,
        "somebody": offices_that_may_own(one).exclude(pk=one.owner_on(timezone.localdate()).pk).exists(),
    }
    return page(request, "programmes/hand_over.html", context, form=form)


def _next_month(programme: Programme) -> date:
    coming = add_months(first_of_month(timezone.localdate()), 1)
    return min(max(coming, programme.starts_on), add_months(programme.ends_on, -1))
