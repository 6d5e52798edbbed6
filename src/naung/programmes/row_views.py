"""The page of one row of a list: correct it in place, or decide it where it waits for an eye.

It stands here and not in the registry, because a corrected row is judged by the rules of its programme.
"""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, page, private
from naung.accounts.permissions import Permission
from naung.bulk.occupations import occupations
from naung.programmes.intake_rules import intake_rules
from naung.programmes.models import Programme
from naung.registry import actions, queries, row_queries
from naung.registry.forms import CorrectionForm, DecisionForm
from naung.registry.models import SourceRow


@private
@permission_required(Permission.WORKERS_VIEW)
def row(request: SignedInRequest, list_id: int, ordinal: int) -> HttpResponse:
    """One row as it was handed in, beside those that may be the same person; an officer decides it."""
    one = _row_or_404(request, list_id, ordinal)
    if request.method == "POST" and not request.user.may(Permission.LIST_DECIDE):
        raise PermissionDenied
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if accepted(form, lambda: actions.decide_row(row=one, by=request.user, **facts)):
            messages.success(request, _("Keputusan untuk baris %(row)s tersimpan.") % {"row": one.row})
            return redirect(_list_part(one, "periksa"))
    return _row_page(request, one, decision=form)


@require_POST
@private
@permission_required(Permission.LIST_UPLOAD)
def correct(request: SignedInRequest, list_id: int, ordinal: int) -> HttpResponse:
    """What somebody types over a faulty row; it is checked again at once."""
    one = _row_or_404(request, list_id, ordinal)
    form = CorrectionForm(request.POST, initial=CorrectionForm.as_received(queries.said_by(one)))
    programme = get_object_or_404(Programme, code=one.list.programme_code)
    after: list[SourceRow] = []

    def act() -> None:
        rules = intake_rules(programme, on=one.list.reference_date)
        after.append(actions.correct_row(row=one, typed=form.typed(), rules=rules, by=request.user))

    if form.is_valid() and accepted(form, act):
        if after[0].verdict == SourceRow.Verdict.ACCEPT:
            messages.success(request, _("Baris %(row)s sudah benar dan siap dikirim.") % {"row": one.row})
            return redirect(_list_part(one, "perbaiki"))
        messages.warning(request, _("Baris %(row)s tersimpan, tetapi belum benar. Lihat alasannya.") % {"row": one.row})
        return redirect("registry:row", list_id, ordinal)
    return _row_page(request, one, correction=form)


def _row_or_404(request: SignedInRequest, list_id: int, ordinal: int) -> SourceRow:
    source_list = get_object_or_404(queries.lists_visible_to(request.user), pk=list_id)
    return get_object_or_404(SourceRow.objects.select_related("list", "worker"), list=source_list, ordinal=ordinal)


def _row_page(
    request: SignedInRequest,
    one: SourceRow,
    *,
    decision: DecisionForm | None = None,
    correction: CorrectionForm | None = None,
) -> HttpResponse:
    others = row_queries.same_person(one)
    explained = row_queries.explained(one.list, [one, *others])
    work = occupations()
    open_still = one.verdict != SourceRow.Verdict.ACCEPT and one.decided_at is None
    context = {
        "list": one.list,
        "row": one,
        "this": explained[0],
        "columns": [
            {
                "shown": each.shown,
                "occupation": work[each.shown.occupation].label if each.shown.occupation in work else "",
            }
            for each in explained
        ],
        "known": _known(request, one),
        "received": queries.row_as_received(one),
        "may_decide": request.user.may(Permission.LIST_DECIDE) and one.verdict == SourceRow.Verdict.REVIEW,
        "may_correct": request.user.may(Permission.LIST_UPLOAD) and open_still,
        "decision": decision or DecisionForm(),
        "correction": correction or CorrectionForm(initial=CorrectionForm.as_received(queries.said_by(one))),
    }
    handed_in = correction or decision
    context["form"] = handed_in
    return page(request, "programmes/row.html", context, form=handed_in)


def _known(request: SignedInRequest, one: SourceRow) -> dict[str, object] | None:
    """Whoever has this row's NIK already, beside the row: another name under one NIK is what review is about."""
    if one.verdict != SourceRow.Verdict.REVIEW:
        return None
    worker = row_queries.known_worker(request.user, one)
    if worker is None:
        return None
    work = occupations().get(worker.occupation)
    return {"worker": worker, "nik": queries.masked_nik_of(worker), "occupation": work.label if work else ""}


def _list_part(one: SourceRow, part: str) -> str:
    return reverse("registry:list", args=[one.list_id]) + f"?lihat={part}"
