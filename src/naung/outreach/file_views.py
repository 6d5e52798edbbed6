"""Files beside a meeting: its minutes, a signed list, a presentation. Handed out by `agreements:attachment`."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.permissions import Permission
from naung.agreements.actions import attach, remove_attachment
from naung.agreements.queries import attachments_visible_to
from naung.agreements.step_forms import AttachmentForm, content
from naung.outreach import queries
from naung.refusal import Refusal


@permission_required(Permission.OUTREACH_EDIT)
def files(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """The files of a meeting; one more, told by its content."""
    one = get_object_or_404(queries.meetings_held_by(request.user), pk=meeting_id)
    form = AttachmentForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        file, title = form.cleaned_data["file"], form.cleaned_data["title"]
        try:
            attach(one, filename=file.name, content=content(file), title=title, by=request.user)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("Lampiran tersimpan."))
            return redirect("outreach:files", one.pk)
    kept = attachments_visible_to(request.user).filter(meeting=one).select_related("added_by")
    context = {"meeting": one, "form": form, "files": list(kept)}
    return render(request, "outreach/files.html", context, status=422 if form.errors else 200)


@permission_required(Permission.OUTREACH_EDIT)
def remove(request: SignedInRequest, attachment_id: int) -> HttpResponse:
    """Take a file off: asked first, as it cannot be seen afterwards."""
    held = queries.meetings_held_by(request.user).order_by()
    rows = attachments_visible_to(request.user).filter(meeting__in=held).select_related("meeting")
    found = get_object_or_404(rows, pk=attachment_id)
    if request.method == "POST":
        remove_attachment(found, by=request.user)
        messages.success(request, _("Lampiran dilepas."))
        return redirect("outreach:files", found.meeting_id)
    return render(request, "outreach/file_off.html", {"meeting": found.meeting, "file": found})
