"""Daftar hadir: typed in, taken from a spreadsheet, printed empty, or opened for phones."""

from __future__ import annotations

from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, done_or_told, private
from naung.accounts.permissions import Permission
from naung.agreements.models import Meeting
from naung.areas.queries import names_of
from naung.outreach import actions, queries
from naung.outreach.forms import ListForm, PersonForm
from naung.outreach.listing import people_in
from naung.outreach.models import Attendance, Door
from naung.outreach.sheet import sheet_of
from naung.refusal import Refusal
from naung.registry.queries import mask_nik

PAGE_ROWS = 50
_EDIT = permission_required(Permission.OUTREACH_EDIT)


def _meeting(request: SignedInRequest, meeting_id: int) -> Meeting:
    return get_object_or_404(queries.meetings_held_by(request.user).select_related("host"), pk=meeting_id)


@_EDIT
@private
def attendance(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Who came, by name; one more person is typed in here."""
    one = _meeting(request, meeting_id)
    form = PersonForm(request.POST or None, area_code=one.area_code)

    def keep() -> None:
        method, now, today = Attendance.Method.TYPED, timezone.now(), timezone.localdate()
        once = form.cleaned_data["once"]
        actions.record_attendance(one, form.person(), method=method, at=now, on=today, by=request.user, once=once)

    if request.method == "POST" and form.is_valid() and accepted(form, keep):
        messages.success(request, _("%(name)s tercatat hadir.") % {"name": form.cleaned_data["name"]})
        return redirect("outreach:attendance", one.pk)
    return _page(request, one, form=form, status=422 if form.errors else 200)


@_EDIT
@private
def upload(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """A list as a spreadsheet: who stands on the list already stays as they are."""
    one = _meeting(request, meeting_id)
    if request.method != "POST":
        return redirect("outreach:attendance", one.pk)
    form = ListForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            listed = people_in(file.read(), file.name, area_code=one.area_code)
            taken = actions.record_list(
                one,
                listed.people,
                method=Attendance.Method.PAPER,
                at=timezone.now(),
                on=timezone.localdate(),
                by=request.user,
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _taken_in(taken.kept, taken.known, listed.nameless, listed.niks_wrong))
            return redirect("outreach:attendance", one.pk)
    return _page(request, one, list_form=form, status=422)


def _taken_in(kept: int, known: int, others: int, niks_wrong: int) -> str:
    """What became of every row of a list."""
    said = [ngettext("%(n)s orang tercatat hadir.", "%(n)s orang tercatat hadir.", kept) % {"n": kept}]
    if known:
        said.append(ngettext("%(n)s sudah ada di daftar.", "%(n)s sudah ada di daftar.", known) % {"n": known})
    if others:
        words = ngettext("%(n)s baris bukan orang dilewati.", "%(n)s baris bukan orang dilewati.", others)
        said.append(words % {"n": others})
    if niks_wrong:
        words = ngettext(
            "%(n)s NIK salah tulis; orangnya tercatat tanpa NIK.",
            "%(n)s NIK salah tulis; orangnya tercatat tanpa NIK.",
            niks_wrong,
        )
        said.append(words % {"n": niks_wrong})
    return " ".join(said)


@_EDIT
@require_POST
def door(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Open the list for phones today, or close it."""
    one = _meeting(request, meeting_id)
    if "tutup" in request.POST:
        done_or_told(
            request,
            lambda: actions.close_door(one, at=timezone.now(), by=request.user),
            done=_("Daftar hadir lewat ponsel ditutup."),
        )
    else:
        done_or_told(
            request,
            lambda: actions.open_door(one, on=timezone.localdate(), by=request.user),
            done=_("Daftar hadir lewat ponsel dibuka untuk hari ini."),
        )
    return redirect("outreach:attendance", one.pk)


@_EDIT
@require_POST
def remove(request: SignedInRequest, attendance_id: int) -> HttpResponse:
    """Take somebody off the list."""
    one = get_object_or_404(queries.attendances_visible_to(request.user), pk=attendance_id)
    meeting_id = one.meeting_id
    actions.remove_attendance(one, by=request.user)
    messages.success(request, _("Satu orang dihapus dari daftar hadir."))
    return redirect("outreach:attendance", meeting_id)


@_EDIT
@require_POST
def sheet(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """The empty list to print, with the square for phones: its address is made here when there is none yet."""
    one = _meeting(request, meeting_id)
    content = sheet_of(one, address=_address(request, actions.door_of(one)))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="daftar-hadir-{one.held_on:%Y-%m-%d}-{one.pk}.pdf"'
    return response


def _address(request: HttpRequest, of: Door) -> str:
    path = reverse("outreach:attend", args=[of.code])
    return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)


def _page(
    request: SignedInRequest,
    one: Meeting,
    *,
    form: PersonForm | None = None,
    list_form: ListForm | None = None,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    found = Paginator(queries.attendances_visible_to(request.user).filter(meeting=one), PAGE_ROWS)
    page = found.get_page(request.GET.get("page"))
    held = one.held_on <= today
    known: Door | None = Door.objects.filter(meeting=one).first()
    is_open = known is not None and known.closed_at is None and known.open_on == today
    context: dict[str, Any] = {
        "meeting": one,
        "today": today,
        "held": held,
        "form": form or PersonForm(area_code=one.area_code),
        "list_form": list_form or ListForm(),
        "page": page,
        "people": _shown(page),
        "came": queries.came(one, guarded=False),
        "open": is_open,
        "address": _address(request, known) if known and is_open else "",
        "square": _square(_address(request, known)) if known and is_open else "",
    }
    return render(request, "outreach/attendance.html", context, status=status)


def _shown(page: Page[Attendance]) -> list[dict[str, Any]]:
    """The people of a page, their numbers masked."""
    names = names_of(one.village_code for one in page)
    rows = []
    for one in page:
        nik, phone = actions.numbers_of(one)
        rows.append(
            {
                "one": one,
                "village": names.get(one.village_code, ""),
                "work": queries.group_name(one.occupation),
                "nik": mask_nik(nik),
                "has_phone": bool(phone),
            }
        )
    return rows


def _square(address: str) -> str:
    svg: str = segno.make(address, error="m").svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None)
    return mark_safe(svg)  # noqa: S308 - segno draws squares; no text of ours is in it
