"""The register of legal instruments: which were held against the official text, which are doubtful, where cited."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, Count, F, IntegerField, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.permissions import Permission
from naung.accounts.territory import sees_area
from naung.agreements import actions, queries
from naung.agreements.models import LegalInstrument
from naung.agreements.refusals import InstrumentThere
from naung.agreements.step_forms import CheckForm, InstrumentForm
from naung.refusal import Refusal

PAGE_ROWS = 50


@permission_required(Permission.AGREEMENTS_VIEW)
def instruments(request: SignedInRequest) -> HttpResponse:
    """All instruments of the region; the doubtful and the unchecked stand first."""
    every = queries.instruments_visible_to(request.user)
    sets = {
        "meragukan": every.exclude(warning=""),
        "belum": every.filter(checked_on=None),
        "sudah": every.exclude(checked_on=None),
    }
    state = request.GET.get("keadaan", "")
    rows = sets.get(state, every).annotate(cited=Count("citations")).select_related("checked_by", "meant")
    doubtful = Case(When(warning="", then=1), default=0, output_field=IntegerField())
    rows = rows.order_by(doubtful, F("checked_on").asc(nulls_first=True), "name")
    context = {
        "page": Paginator(rows.order_by(doubtful, F("checked_on").asc(nulls_first=True), "name"), PAGE_ROWS).get_page(
            request.GET.get("page")
        ),
        "state": state if state in sets else "",
        "counts": {name: one.count() for name, one in sets.items()} | {"semua": every.count()},
        "may_edit": request.user.may(Permission.AGREEMENT_EDIT),
    }
    return render(request, "agreements/instruments.html", context)


@permission_required(Permission.AGREEMENT_EDIT)
def record_instrument(request: SignedInRequest) -> HttpResponse:
    """A new entry; one that is there already is opened instead."""
    if not request.user.area_code:
        raise PermissionDenied
    others = queries.instruments_visible_to(request.user)
    form = InstrumentForm(request.POST if request.method == "POST" else None, others=others)
    if form.is_bound and form.is_valid():
        facts = form.cleaned_data
        there = others.filter(name__iexact=facts["name"].strip()).first()
        if there is not None:
            form.add_error("name", str(InstrumentThere(there.name)))
        else:
            kept = actions.record_instrument(area_code=request.user.area_code, by=request.user, **facts)
            messages.success(request, _("%(name)s masuk daftar peraturan.") % {"name": kept.name})
            return redirect("agreements:instrument", kept.pk)
    return render(request, "agreements/write_instrument.html", {"form": form}, status=422 if form.errors else 200)


@permission_required(Permission.AGREEMENTS_VIEW)
def instrument(request: SignedInRequest, instrument_id: int) -> HttpResponse:
    """One instrument: what is doubtful, who checked it, which papers cite it; and the form of a check."""
    one = _found(request, instrument_id)
    may_edit = _may_edit(request, one)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    first = {"on": timezone.localdate(), "warning": one.warning}
    form = CheckForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        try:
            actions.record_check(one, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, _("Pengecekan %(name)s tercatat.") % {"name": one.name})
            return redirect("agreements:instrument", one.pk)
    papers = queries.agreements_visible_to(request.user).filter(legal_bases__instrument=one).distinct()
    meetings = queries.meetings_visible_to(request.user).filter(legal_bases__instrument=one).distinct()
    context: dict[str, Any] = {
        "one": one,
        "form": form,
        "papers": list(papers[:PAGE_ROWS]),
        "meetings": list(meetings[:PAGE_ROWS]),
        "may_edit": may_edit,
    }
    return render(request, "agreements/instrument.html", context, status=422 if form.errors else 200)


@permission_required(Permission.AGREEMENT_EDIT)
def edit_instrument(request: SignedInRequest, instrument_id: int) -> HttpResponse:
    """Write an entry anew; another name takes its check away."""
    one = _found(request, instrument_id)
    if not _may_edit(request, one):
        raise PermissionDenied
    names = ("name", "about", "address", "warning", "meant")
    form = InstrumentForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(one, name) for name in names},
        others=queries.instruments_visible_to(request.user).exclude(pk=one.pk),
    )
    if form.is_bound and form.is_valid():
        try:
            actions.change_instrument(one, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("Perubahan tersimpan."))
            return redirect("agreements:instrument", one.pk)
    context = {"form": form, "one": one}
    return render(request, "agreements/write_instrument.html", context, status=422 if form.errors else 200)


def _found(request: SignedInRequest, instrument_id: int) -> LegalInstrument:
    rows = queries.instruments_visible_to(request.user).select_related("checked_by", "meant")
    return get_object_or_404(rows, pk=instrument_id)


def _may_edit(request: SignedInRequest, one: LegalInstrument) -> bool:
    return request.user.may(Permission.AGREEMENT_EDIT) and sees_area(request.user, one.area_code)
