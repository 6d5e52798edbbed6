"""What happens to a paper that is signed: an addendum, an early end, a renewal; and the files beside it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import done_or_told
from naung.accounts.permissions import Permission
from naung.agreements import actions, queries
from naung.agreements.actions.amending import last_day
from naung.agreements.actions.attaching import opened
from naung.agreements.actions.common import may_edit
from naung.agreements.models import Agreement
from naung.agreements.refusals import ChangedMeanwhile, NotInForce, NumberUsed
from naung.agreements.step_forms import AddendumForm, AttachmentForm, EndForm, RenewForm, content, typed_over
from naung.agreements.terms import TERM_FIELDS
from naung.agreements.words import field_words, say
from naung.agreements.writing_views import EDITORS, address_of, writable
from naung.refusal import Refusal

Stage = Agreement.Stage
_FAULTS = {
    "day_ahead": "signed_on",
    "term_reversed": "ends_on",
    "addendum_out_of_order": "since",
    "reason_needed": "why",
    "end_outside_term": "on",
}


@permission_required(Permission.AGREEMENT_EDIT)
def amend(request: SignedInRequest, agreement_id: int) -> HttpResponse:
    """An addendum: the terms of today beside the new ones, from a day on."""
    agreement = writable(request, agreement_id)
    context: dict[str, Any] = {"agreement": agreement, "up_url": address_of(agreement)}
    if agreement.stage != Stage.IN_FORCE:
        return render(request, "agreements/write_closed.html", context | {"why": str(NotInForce(agreement.title))})
    first = {name: getattr(agreement, name) for name in TERM_FIELDS} | {"revision": agreement.revision}
    form = AddendumForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        facts = form.cleaned_data
        papers = {name: facts[name] for name in ("since", "signed_on", "region_number", "branch_number", "why")}
        try:
            actions.amend(agreement, form.changes(agreement), by=request.user, revision=facts["revision"], **papers)
        except ChangedMeanwhile as refusal:
            if agreement.addenda.filter(**papers).exists():
                return redirect(context["up_url"])  # sent twice
            agreement.refresh_from_db()
            form = AddendumForm(initial=typed_over(form, agreement, TERM_FIELDS))
            context["meanwhile"] = refusal
        except Refusal as refusal:
            if agreement.addenda.filter(**papers).exists():
                return redirect(context["up_url"])  # sent twice
            _say(form, refusal)
        else:
            messages.success(request, _("Adendum tersimpan. Isi yang lama tetap terbaca."))
            return redirect(context["up_url"])
    context |= {
        "form": form,
        "terms": [(form[name], field_words(name), say(name, getattr(agreement, name))) for name in TERM_FIELDS],
        "addenda": list(agreement.addenda.all()),
    }
    status = 409 if "meanwhile" in context else 422 if form.errors else 200
    return render(request, "agreements/write_addendum.html", context, status=status)


@permission_required(Permission.AGREEMENT_EDIT)
def end(request: SignedInRequest, agreement_id: int) -> HttpResponse:
    """End a paper before its term, with the reason."""
    agreement = writable(request, agreement_id)
    context: dict[str, Any] = {"agreement": agreement, "up_url": address_of(agreement)}
    if agreement.stage == Stage.ENDED:
        return redirect(context["up_url"])
    form = EndForm(request.POST if request.method == "POST" else None, initial={"on": _tomorrow()})
    if form.is_bound and form.is_valid():
        try:
            actions.end_agreement(agreement, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            _say(form, refusal)
        else:
            messages.success(request, _("%(title)s diakhiri.") % {"title": agreement.title})
            return redirect(context["up_url"])
    open_pks = agreement.pks.exclude(stage=Stage.ENDED).count()
    context |= {"form": form, "open_pks": open_pks}
    return render(request, "agreements/write_end.html", context, status=422 if form.errors else 200)


@permission_required(Permission.AGREEMENT_EDIT)
def renew(request: SignedInRequest, agreement_id: int) -> HttpResponse:
    """A new draft that takes over what the old paper says; asked again, the same draft."""
    agreement = writable(request, agreement_id)
    form = RenewForm(request.POST if request.method == "POST" else None, initial={"due_on": last_day(agreement)})
    if form.is_bound and form.is_valid():
        new = actions.renew(agreement, by=request.user, due_on=form.cleaned_data["due_on"])
        messages.success(request, _("Naskah perpanjangan dibuat. Isinya sama dengan yang lama; ubah yang berbeda."))
        return redirect("agreements:edit", new.pk)
    going = agreement.renewals.exclude(stage=Stage.ENDED).first()
    context = {"agreement": agreement, "up_url": address_of(agreement), "form": form, "going": going}
    return render(request, "agreements/write_renewal.html", context, status=422 if form.errors else 200)


@EDITORS
def attach(request: SignedInRequest, agreement_id: int) -> HttpResponse:
    """The files beside a paper; one more, told by its content."""
    agreement = writable(request, agreement_id)
    form = AttachmentForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            actions.attach(
                agreement,
                filename=file.name,
                content=content(file),
                title=form.cleaned_data["title"],
                by=request.user,
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("Lampiran tersimpan."))
            return redirect("agreements:attach", agreement.pk)
    files = queries.attachments_visible_to(request.user).filter(agreement=agreement).select_related("added_by")
    context = {"agreement": agreement, "up_url": address_of(agreement), "form": form, "files": list(files)}
    return render(request, "agreements/write_files.html", context, status=422 if form.errors else 200)


@permission_required(Permission.AGREEMENTS_VIEW)
def attachment(request: SignedInRequest, attachment_id: int) -> HttpResponse:
    """The file itself, to keep and not to open in the page."""
    found = get_object_or_404(queries.attachments_visible_to(request.user), pk=attachment_id)
    answer = HttpResponse(opened(found, by=request.user), content_type=found.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, found.filename) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


@EDITORS
def remove_attachment(request: SignedInRequest, attachment_id: int) -> HttpResponse:
    """Take a file off: asked first, as it cannot be seen afterwards."""
    rows = queries.attachments_visible_to(request.user).filter(agreement__isnull=False).select_related("agreement")
    found = get_object_or_404(rows, pk=attachment_id)
    agreement = found.agreement
    assert agreement is not None
    if not may_edit(request.user, agreement):
        raise Http404
    if request.method == "POST":
        done_or_told(request, lambda: actions.remove_attachment(found, by=request.user), done=_("Lampiran dilepas."))
        return redirect("agreements:attach", agreement.pk)
    context = {"agreement": agreement, "file": found, "up_url": address_of(agreement)}
    return render(request, "agreements/write_file_off.html", context)


def _tomorrow() -> date:
    """The last day of an early end, as it is kept: the day after."""
    return timezone.localdate() + timedelta(days=1)


def _say(form: Any, refusal: Refusal) -> None:
    name = _FAULTS.get(refusal.code)
    if isinstance(refusal, NumberUsed):
        typed = (side for side in ("region_number", "branch_number") if form.cleaned_data.get(side) == refusal.number)
        name = next(typed, None)
    form.add_error(name if name in form.fields else None, str(refusal))
