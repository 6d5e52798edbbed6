"""Pledges and givers: what was promised, on what paper, and who pays for whom without seeing a name."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, page, private
from naung.accounts.models import Office
from naung.accounts.permissions import Permission, Role
from naung.accounts.queries import offices_in
from naung.bulk.intake.refusals import FileRefused
from naung.partners import actions
from naung.partners.giver_page import rows_of, totals_of
from naung.partners.models import Pairing, Pledge
from naung.partners.pledge_forms import CancelForm, GiverListForm, LinkForm, PledgeForm
from naung.partners.pledge_page import may_edit
from naung.partners.pledges import agreements_of, givers_visible_to, pledges_visible_to, state_of
from naung.partners.reason_words import explain
from naung.programmes.queries import funding_lines_visible_to
from naung.registry.paging import PAGE_ROWS
from naung.ui.tags.formats import number_id


@permission_required(Permission.PARTNERS_EDIT)
def record(request: SignedInRequest) -> HttpResponse:
    """Note what a donor promised."""
    user = request.user
    if not may_edit(user):
        raise Http404
    donors = offices_in(user.area_code).filter(kind=Office.Kind.DONOR)
    start = {"pledged_on": timezone.localdate(), "package": "JKK JKM", "donor": request.GET.get("donatur")}
    form = PledgeForm(request.POST or None, donors=donors, initial=start)
    made: list[Pledge] = []
    if (
        request.method == "POST"
        and form.is_valid()
        and accepted(
            form,
            lambda: made.append(actions.record_pledge(area_code=user.area_code, by=user, **form.cleaned_data)),
        )
    ):
        messages.success(request, _("Komitmen tercatat. Pilih PKS-nya setelah ada."))
        return redirect("partners:pledge", made[0].pk)
    return page(request, "partners/pledge_new.html", {"form": form}, form=form)


@permission_required(Permission.PARTNERS_EDIT)
def pledge(request: SignedInRequest, pledge_id: int) -> HttpResponse:
    """Put a pledge on its PKS and its funding line."""
    user = request.user
    one = get_object_or_404(pledges_visible_to(user), pk=pledge_id)
    start = {
        "agreement": one.agreement_id,
        "funding_line": one.funding_line_id,
        "no_agreement_reason": one.no_agreement_reason,
    }
    lines = funding_lines_visible_to(user).filter(donor=one.donor)
    form = LinkForm(
        request.POST or None, agreements=agreements_of(one.donor_id, one.area_code), lines=lines, initial=start
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and accepted(form, lambda: actions.link_pledge(pledge=one, by=user, **form.cleaned_data))
    ):
        messages.success(request, _("Tersimpan."))
        return redirect("planning:csr-office", one.donor_id)
    context = {"form": form, "pledge": one, "state": state_of(one, timezone.localdate())}
    return page(request, "partners/pledge.html", context, form=form)


@permission_required(Permission.PARTNERS_EDIT)
def cancel(request: SignedInRequest, pledge_id: int) -> HttpResponse:
    """The donor called it off."""
    one = get_object_or_404(pledges_visible_to(request.user), pk=pledge_id)
    form = CancelForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and accepted(form, lambda: actions.cancel_pledge(pledge=one, by=request.user, **form.cleaned_data))
    ):
        messages.success(request, _("Komitmen dibatalkan. Catatannya tetap ada."))
        return redirect("planning:csr-office", one.donor_id)
    return page(request, "partners/pledge_cancel.html", {"form": form, "pledge": one}, form=form)


def _donor(request: SignedInRequest, office_id: int) -> Office:
    """A donor of the territory that has givers or a pledge of its own; for a donor, itself."""
    user = request.user
    if user.role == Role.DONOR and user.office_id != office_id:
        raise Http404
    if user.role != Role.DONOR and not user.may(Permission.PARTNERS_VIEW):
        raise PermissionDenied
    of_pledge = pledges_visible_to(user).filter(donor=office_id).exists()
    if not (of_pledge or givers_visible_to(user).filter(donor=office_id).exists()):
        raise Http404
    return get_object_or_404(Office, pk=office_id)


@private
@permission_required(Permission.BILLS_VIEW)
def givers(request: SignedInRequest, office_id: int) -> HttpResponse:
    """The givers of a group with an occupation and a village for each worker they pay for; one more list of them."""
    user, today = request.user, timezone.localdate()
    donor = _donor(request, office_id)
    editing = may_edit(user)
    if request.method == "POST" and not editing:
        raise PermissionDenied
    form = GiverListForm(request.POST or None, request.FILES or None) if editing else None
    refused: list[tuple[int, str]] = []
    if form is not None and request.method == "POST" and form.is_valid():
        taken: list[actions.GiversTaken] = []

        def take() -> None:
            file = form.cleaned_data["file"]
            try:
                taken.append(
                    actions.take_givers(
                        donor=donor, file=file.read(), filename=file.name, area_code=user.area_code, by=user
                    )
                )
            except FileRefused as faulty:
                form.add_error("file", str(faulty))

        if accepted(form, take) and taken:
            result = taken[0]
            words = _(
                "%(received)s baris: %(new)s baru, %(updated)s berubah, %(unchanged)s tetap, %(refused)s ditolak."
            )
            counts = {"received": result.received, "new": result.new, "updated": result.updated,
                      "unchanged": result.unchanged, "refused": len(result.refused)}  # fmt: skip
            messages.success(request, words % counts)
            if not result.refused:
                return redirect("partners:givers", donor.pk)
            refused = [(row, str(explain(code))) for row, code in result.refused]
    found = givers_visible_to(user).filter(donor=donor)
    shown = Paginator(found, PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "donor": donor,
        "own": user.role == Role.DONOR,
        "page": shown,
        "rows": rows_of(list(shown.object_list), on=today),
        "sums": totals_of(found, on=today),
        "form": form,
        "refused": refused,
        "may_edit": editing,
        "today": today,
    }
    return page(request, "partners/givers.html", context, form=form)


@require_POST
@permission_required(Permission.PARTNERS_EDIT)
def pair_all(request: SignedInRequest, office_id: int) -> HttpResponse:
    """Fill the free places with people whom the group's money covers."""
    donor = _donor(request, office_id)
    made = actions.pair_all(donor=donor, area_code=request.user.area_code, by=request.user)
    if made:
        words = ngettext("%(n)s pasangan baru.", "%(n)s pasangan baru.", made) % {"n": number_id(made)}
        messages.success(request, words)
    else:
        messages.warning(
            request,
            _("Tidak ada pasangan baru: tidak ada tempat kosong, atau tidak ada pekerja yang belum berpasangan."),
        )
    return redirect("partners:givers", donor.pk)


@require_POST
@permission_required(Permission.PARTNERS_EDIT)
def unpair(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    """The place of one worker is free again."""
    visible = givers_visible_to(request.user)
    one = get_object_or_404(Pairing.objects.select_related("giver"), pk=pairing_id, giver__in=visible)
    actions.end_pairing(pairing=one, by=request.user)
    messages.success(request, _("Pasangan dilepas. Tempatnya kosong lagi."))
    return redirect("partners:givers", one.giver.donor_id)
