"""Photographs of meetings: added, looked at by who may see the meeting, taken away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import private
from naung.accounts.permissions import Permission
from naung.outreach import actions, queries
from naung.outreach.forms import PhotoForm
from naung.outreach.models import PhotoFile
from naung.refusal import Refusal


@permission_required(Permission.OUTREACH_EDIT)
def photos(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Add photographs; those that are none are named with the reason, the others are kept."""
    one = get_object_or_404(queries.meetings_held_by(request.user), pk=meeting_id)
    form = PhotoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        kept = 0
        for file in form.cleaned_data["photos"]:
            try:
                actions.add_photo(
                    one, file.read(), caption=form.cleaned_data["caption"], at=timezone.now(), by=request.user
                )
                kept += 1
            except Refusal as refusal:
                form.add_error("photos", f"{file.name}: {refusal}")
        if kept:
            messages.success(request, ngettext("%(n)s foto tersimpan.", "%(n)s foto tersimpan.", kept) % {"n": kept})
        if not form.errors:
            return redirect("agreements:meeting", one.pk)
    known = list(queries.photos_visible_to(request.user).filter(meeting=one))
    context = {"meeting": one, "form": form, "photos": known, "most": actions.MOST_PHOTOS}
    return render(request, "outreach/photos.html", context, status=422 if form.errors else 200)


@permission_required(Permission.AGREEMENTS_VIEW)
@private
@require_safe
def photo(request: SignedInRequest, photo_id: int, size: str = PhotoFile.Size.FULL) -> HttpResponse:
    """The picture itself, drawn by us, for whoever may see its meeting."""
    file = get_object_or_404(queries.photo_files_visible_to(request.user), photo=photo_id, size=size)
    response = HttpResponse(actions.jpeg_of(file), content_type="image/jpeg")
    response["Content-Disposition"] = f'inline; filename="foto-{photo_id}.jpg"'
    return response


@permission_required(Permission.OUTREACH_EDIT)
@require_POST
def remove(request: SignedInRequest, photo_id: int) -> HttpResponse:
    """Take a photograph away."""
    one = get_object_or_404(queries.photos_visible_to(request.user), pk=photo_id)
    meeting_id = one.meeting_id
    actions.remove_photo(one, by=request.user)
    messages.success(request, _("Foto dihapus."))
    return redirect("outreach:photos", meeting_id)
