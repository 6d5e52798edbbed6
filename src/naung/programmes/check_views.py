"""Periksa usulan: what was found in a list, and its ready rows sent."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import page, private
from naung.accounts.permissions import Permission
from naung.programmes.checking_page import Asked, checking_page
from naung.programmes.equations import equation
from naung.programmes.models import Programme
from naung.programmes.opened_row import opened
from naung.programmes.row_views import PART, list_or_404, row_answer, row_or_404, told
from naung.programmes.verifying import due_on
from naung.refusal import Refusal
from naung.registry import actions, row_queries
from naung.registry.models import SourceList
from naung.ui.formats import date_long
from naung.ui.tags.formats import number_id


@private
@permission_required(Permission.WORKERS_VIEW)
def check(request: SignedInRequest, list_id: int) -> HttpResponse:
    """What was found in a list: what is ready, what to correct, what somebody must look at. `?baris=` opens a row."""
    source_list = list_or_404(request, list_id)
    asked = Asked.by(request.GET)
    number = request.GET.get("baris", "")
    one = row_or_404(request, list_id, int(number)) if number.isdigit() and len(number) < 9 else None
    shown = opened(request.user, one) if one is not None else None
    closed = request.GET.get("tutup", "")
    swapped = request.htmx and not request.htmx.history_restore_request
    if swapped and one is not None:
        return row_answer(request, one, asked, shown)
    if swapped and closed.isdigit() and len(closed) < 9:
        return row_answer(request, row_or_404(request, list_id, int(closed)), asked, None)
    context = checking_page(request.user, source_list, asked, opened=shown)
    if swapped:
        return page(request, PART, context)
    return page(request, "programmes/check_list.html", context)


@private
@permission_required(Permission.LIST_UPLOAD)
def send(request: SignedInRequest, list_id: int) -> HttpResponse:
    """Say once more how many rows go and what stays behind; then hand them to the owner of the programme."""
    source_list = list_or_404(request, list_id)
    tally = row_queries.tally(source_list)
    if request.method != "POST":
        if not tally.ready:
            return redirect("registry:list", list_id)
        programme = Programme.objects.filter(code=source_list.programme_code).first()
        context = {
            "list": source_list,
            "tally": tally,
            "programme": programme,
            "cost": equation(programme, people=tally.ready) if programme else None,
        }
        return page(request, "programmes/send.html", context)
    sent = ""
    try:
        after = actions.send_list(source_list=source_list, by=request.user)
        sent = _sent_words(after, tally.ready)
        told(request, sent)
    except Refusal as refusal:
        told(request, str(refusal), tone=messages.ERROR)
    return redirect("registry:list", list_id)


def _sent_words(source_list: SourceList, rows: int) -> str:
    day = due_on(source_list)
    words = ngettext("%(n)s baris terkirim.", "%(n)s baris terkirim.", rows) % {"n": number_id(rows)}
    if day is None:
        return words
    facts = {"day": date_long(day, language=get_language() or "id")}
    return f"{words} " + _("Pengelola program memeriksa paling lambat %(day)s.") % facts
