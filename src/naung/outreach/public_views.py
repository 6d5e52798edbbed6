"""Hadir: somebody at a meeting writes themselves in on their own phone, and learns nothing about anybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from naung.accounts import limits
from naung.accounts.addresses import client_address
from naung.cards.views import public
from naung.outreach import actions, queries
from naung.outreach.forms import ComingForm
from naung.outreach.models import Attendance
from naung.outreach.refusals import AlreadyPresent
from naung.refusal import Refusal

#: In a quarter of an hour. A whole hall may share one address of a telephone company.
TRIES_ADDRESS, TRIES_LIST = 150, 1_500
_SEE_OTHER = 303


@public
def attend(request: HttpRequest, code: str) -> HttpResponse:
    """The form of one meeting on its day. Closed, past, unknown: one answer, so that codes cannot be tried out."""
    now = timezone.now()
    if request.method == "POST" and (wait := _minutes_to_wait(request, code)):
        response = render(request, "outreach/wait.html", {"minutes": wait}, status=429)
        response["Retry-After"] = str(wait * 60)
        return response
    door = queries.open_door(code, on=timezone.localdate())
    if door is None:
        return render(request, "outreach/closed.html")
    meeting = door.meeting
    if request.method != "POST":
        if "tercatat" in request.GET:
            return render(request, "outreach/attended.html", {"meeting": meeting, "code": code})
        return render(
            request, "outreach/attend.html", {"meeting": meeting, "form": ComingForm(area_code=meeting.area_code)}
        )
    form = ComingForm(request.POST, area_code=meeting.area_code)
    if not form.is_valid():
        return render(request, "outreach/attend.html", {"meeting": meeting, "form": form}, status=422)
    try:
        actions.record_attendance(
            meeting,
            form.person(),
            method=Attendance.Method.PHONE,
            at=now,
            on=timezone.localdate(),
            by=None,
            once=form.cleaned_data["once"],
        )
    except AlreadyPresent:
        pass  # said as if it were the first time: a stranger with a NIK must not learn who was here
    except Refusal:  # the meeting was moved or closed in this moment
        return render(request, "outreach/closed.html")
    response = redirect(f"{request.path}?tercatat=1")
    response.status_code = _SEE_OTHER
    return response


def _minutes_to_wait(request: HttpRequest, code: str) -> int:
    now = timezone.now()
    return limits.minutes_to_wait(
        [f"hadir:alamat:{client_address(request)}"], most=TRIES_ADDRESS, now=now
    ) or limits.minutes_to_wait([f"hadir:daftar:{code[:16].upper()}"], most=TRIES_LIST, now=now)
