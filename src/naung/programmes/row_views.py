"""One row of a list: corrected in its place or on its own page, and decided where it waits for an eye.

It stands here and not in the registry, because a corrected row is judged by the rules of its programme. Every answer
to a script is a part of the page that the same address shows in full.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, page, private
from naung.accounts.permissions import Permission
from naung.programmes.checking_page import Asked, checking_page, row_part
from naung.programmes.comparing import compared
from naung.programmes.intake_rules import intake_rules
from naung.programmes.models import Programme
from naung.programmes.opened_row import OpenedRow, decisions, opened
from naung.registry import actions, queries
from naung.registry.forms import CorrectionForm, DecisionForm
from naung.registry.models import SourceList, SourceRow
from naung.registry.refusals import RowNotUnderReview

PART = "programmes/_checking.html"
_ROW = "programmes/_row.html"


def list_or_404(request: SignedInRequest, list_id: int) -> SourceList:
    return get_object_or_404(queries.lists_visible_to(request.user), pk=list_id)


def row_or_404(request: SignedInRequest, list_id: int, ordinal: int) -> SourceRow:
    source_list = list_or_404(request, list_id)
    return get_object_or_404(SourceRow.objects.select_related("list", "worker"), list=source_list, ordinal=ordinal)


@private
@permission_required(Permission.WORKERS_VIEW)
def row(request: SignedInRequest, list_id: int, ordinal: int) -> HttpResponse:
    """One row as it was handed in, beside those that may be the same person; a decision on it is posted here."""
    one = row_or_404(request, list_id, ordinal)
    asked = Asked.by(request.POST or request.GET)
    if request.method != "POST":
        return _row_page(request, one, opened(request.user, one), asked)
    if not (request.user.may(Permission.LIST_DECIDE) or request.user.may(Permission.LIST_UPLOAD)):
        raise PermissionDenied
    choices = decisions(request.user, one, compared(request.user, one))
    form = DecisionForm(request.POST, choices=choices, auto_id=f"p{one.ordinal}-%s")
    if not choices:
        late = opened(request.user, one, refused=str(RowNotUnderReview(one.row, one.verdict)))
        return _row_page(request, one, late, asked)
    if form.is_valid():
        facts = form.cleaned_data
        if facts["verdict"] == DecisionForm.UNSURE:
            return _done(request, one, asked, _("Baris %(row)s tetap draf.") % {"row": one.row})
        if accepted(form, lambda: _decide(one, request, **facts)):
            return _done(request, one, asked, _("Keputusan untuk baris %(row)s tersimpan.") % {"row": one.row})
    return _row_page(request, one, opened(request.user, one, decision=form), asked)


def _decide(one: SourceRow, request: SignedInRequest, *, verdict: str, reason: str) -> None:
    if verdict in ("same", "different"):
        actions.decide_same(row=one, same=verdict == "same", reason=reason, by=request.user)
    else:
        actions.decide_row(row=one, verdict=verdict, reason=reason, by=request.user)


@require_POST
@private
@permission_required(Permission.LIST_UPLOAD)
def correct(request: SignedInRequest, list_id: int, ordinal: int) -> HttpResponse:
    """What somebody types over a faulty row; it is checked again at once."""
    one = row_or_404(request, list_id, ordinal)
    asked = Asked.by(request.POST)
    form = CorrectionForm(
        request.POST, initial=CorrectionForm.as_received(queries.said_by(one)), auto_id=f"b{one.ordinal}-%s"
    )
    programme = get_object_or_404(Programme, code=one.list.programme_code)
    after: list[SourceRow] = []

    def act() -> None:
        rules = intake_rules(programme, on=one.list.reference_date)
        after.append(actions.correct_row(row=one, typed=form.typed(), rules=rules, by=request.user))

    if form.is_valid() and accepted(form, act):
        facts = {"row": one.row}
        if after[0].verdict == SourceRow.Verdict.ACCEPT:
            return _done(request, one, asked, _("Baris %(row)s sudah benar dan siap dikirim.") % facts)
        if after[0].verdict == SourceRow.Verdict.DUPLICATE:
            said = _("Baris %(row)s tersimpan. Orangnya sudah ada, jadi tidak dikirim lagi.")
            return _done(request, one, asked, said % facts)
        said = _("Baris %(row)s tersimpan, tetapi belum benar. Lihat alasannya.") % facts
        return _still_open(request, after[0], asked, said)
    return _row_page(request, one, opened(request.user, one, correction=form), asked)


def _done(request: SignedInRequest, one: SourceRow, asked: Asked, said: str) -> HttpResponse:
    """A row that needs nothing more here: the list again, and the keyboard on the next row that is open."""
    if not request.htmx:
        told(request, said)
        return redirect(asked.address(one.list))
    one.list.refresh_from_db()
    context = checking_page(request.user, one.list, asked)
    waiting = [each for each in context["rows"] if each["act"] != "look"]
    later = [each for each in waiting if each["row"].ordinal > one.ordinal] or waiting
    return _part(request, asked, context | {"say": said, "focus": later[0]["row"].ordinal if later else ""})


def _still_open(request: SignedInRequest, one: SourceRow, asked: Asked, said: str) -> HttpResponse:
    """A row that was saved and is still wrong: its new faults, its form open."""
    if not request.htmx:
        told(request, said, tone=messages.WARNING)
        return redirect(asked.address(one.list, baris=one.ordinal) + f"#baris-{one.ordinal}")
    one.list.refresh_from_db()
    shown = opened(request.user, one)
    context = checking_page(request.user, one.list, asked, opened=shown)
    return _part(request, asked, context | {"say": said, "focus": one.ordinal})


def _part(request: SignedInRequest, asked: Asked, context: dict[str, Any]) -> HttpResponse:
    """The list as it stands now, at its own address: counters, rows, pages, the button to send."""
    request.GET = QueryDict(asked.query())
    answer = page(request, PART, context | {"swapped": True})
    answer["HX-Retarget"], answer["HX-Reswap"] = "#periksa", "outerHTML"
    return answer


def _row_page(request: SignedInRequest, one: SourceRow, shown: OpenedRow, asked: Asked) -> HttpResponse:
    """The row alone: its page, or with a script its place in the table, with the faults of a refused form."""
    if request.htmx:
        return row_answer(request, one, asked, shown)
    context = {"list": one.list, "row": one, "opened": shown, "asked": asked, "form": shown.form}
    return _answered(page(request, "programmes/row.html", context, form=shown.form), shown)


def row_answer(request: SignedInRequest, one: SourceRow, asked: Asked, shown: OpenedRow | None) -> HttpResponse:
    """A row in its place in the table, open or closed."""
    context = row_part(request.user, one, asked, opened=shown) | {"focus": one.ordinal, "swapped": True}
    return _answered(page(request, _ROW, context, form=shown.form if shown else None), shown)


def _answered(answer: HttpResponse, shown: OpenedRow | None) -> HttpResponse:
    if shown is not None and shown.refused:
        answer.status_code = 422
    return answer


def told(request: SignedInRequest, said: str, *, tone: int = messages.SUCCESS) -> None:
    messages.add_message(request, tone, said)
