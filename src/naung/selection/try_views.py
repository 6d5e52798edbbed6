"""Another arrangement of a round: tried by a form in the query string, which stores nothing, and kept by a page that
says what changes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, page, private
from naung.accounts.permissions import Permission
from naung.programmes.spec import ProgrammeSpec, stored_spec
from naung.rules.selection import Dimension
from naung.selection import queries
from naung.selection.answering import Answer, answer_of, change_words, group_names, people_of
from naung.selection.arrange_forms import ADDED, EARLIER, LATER, ArrangeForm, KeepForm
from naung.selection.keeping import keep_arrangement, may_be_arranged
from naung.selection.models import Round
from naung.selection.trying import tried

#: The part of the page that changes with every field; the other part is the form and the answer together.
ANSWER = "hasil-susunan"


@require_safe
@private
@permission_required(Permission.SELECTION_RUN)
def try_arrangement(request: SignedInRequest, round_id: int) -> HttpResponse:
    """What the round would be with other places, money, months, order or shares. Nothing is stored."""
    one = _round(request, round_id)
    context: dict[str, Any] = {"round": one, "programme": one.programme, "closed": _closed(one)}
    if context["closed"]:
        return page(request, "selection/try.html", context)
    form, answer = _asked(one, request.GET)
    if answer and not request.htmx and {EARLIER, LATER, ADDED} & set(request.GET):
        return redirect(_address("selection:try", one, form))
    context |= _form_context(one, form) | _answer_context(request, form, answer)
    faulty = bool(form.errors)
    if not request.htmx:
        return page(request, "selection/try.html", context, form=form)
    part = "selection/_answer.html" if request.htmx.target == ANSWER else "selection/_arrangement.html"
    response = render(request, part, context, status=422 if faulty else 200)
    if answer:
        response["HX-Push-Url"] = _address("selection:try", one, form)
    return response


@private
@permission_required(Permission.SELECTION_RUN)
def keep(request: SignedInRequest, round_id: int) -> HttpResponse:
    """Restate what changes and why, then run the round by it: the old one stays readable."""
    one = _round(request, round_id)
    back = redirect("selection:try", one.pk)
    if _closed(one):
        return back
    asked, answer = _asked(one, request.GET)
    if answer is None or not asked.changes:
        return back
    kept: list[Round] = []
    form = KeepForm(request.POST if request.method == "POST" else None, initial={"shown": answer.trial.fingerprint})
    if request.method == "POST" and form.is_valid():
        facts = {"on": timezone.localdate(), "by": request.user, **form.cleaned_data}
        if accepted(form, lambda: kept.append(keep_arrangement(one, asked.arrangement, **facts))):
            messages.success(request, _("Susunan dipakai sebagai draf baru. Draf lama tetap dapat dibaca."))
            return redirect("selection:round", kept[0].pk)
    context = {
        "round": one,
        "programme": one.programme,
        "answer": answer,
        "trial": answer.trial,
        "changes": change_words(asked.changes, asked.spec),
        "form": form,
        "address": asked.address(),
        "version": max(one.programme.versions.count(), 1) + 1,
    }
    return page(request, "selection/keep.html", context, form=form)


def _round(request: SignedInRequest, round_id: int) -> Round:
    return get_object_or_404(queries.rounds_visible_to(request.user), pk=round_id)


def _closed(one: Round) -> str:
    """Why no other arrangement can be tried, or nothing."""
    if one.status == Round.Status.SUBMITTED:
        return _("Seleksi ini sudah diajukan dan terkunci. Sesudah diajukan hanya penggantian dengan alasan.")
    if not may_be_arranged(one):
        return _("Seleksi ini sudah diputuskan atau digantikan, jadi susunannya tetap.")
    if one.programme.spec != one.spec:
        return _("Aturan program berubah sesudah seleksi ini. Jalankan seleksi lagi dengan aturan sekarang.")
    return ""


def _asked(one: Round, query: QueryDict) -> tuple[ArrangeForm, Answer | None]:
    """The form and, where it makes sense, its answer; a rule that says no becomes a fault of the form."""
    form = ArrangeForm(query, stored_spec(one.spec), months_fixed=one.programme.decrees.exists())
    found: list[Answer] = []
    if form.is_valid():
        accepted(form, lambda: found.append(answer_of(tried(one, form.changed_spec))))
    return form, found[0] if found else None


def _address(name: str, one: Round, form: ArrangeForm) -> str:
    query = form.address()
    return reverse(name, args=[one.pk]) + (f"?{query}" if query else "")


def _form_context(one: Round, form: ArrangeForm) -> dict[str, Any]:
    spec = form.spec
    labels = {part.key: part.label.partition(",")[0] for part in spec.priorities}
    quotas = {quota.key: quota for quota in spec.quotas}
    named = {key: {group for at, group in form.rows if at == key and group != "*"} for key in quotas}
    names = {key: group_names(quotas[key].by, groups) for key, groups in named.items()}
    return {
        "form": form,
        "order": [(key, labels[key]) for key in form.order],
        "order_fixed": one.order_of_id is not None,
        "shares": [
            {"row": row, "quota": quotas[row.quota], "name": names[row.quota].get(row.group, "")} for row in form.shares
        ],
        "addable": _addable(one, spec, form),
    }


def _addable(one: Round, spec: ProgrammeSpec, form: ArrangeForm) -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups that may get a share of their own: by quota, their names in order."""
    shown = set(form.rows)
    found = []
    for quota in spec.quotas:
        if quota.by in (Dimension.HOUSEHOLD, Dimension.OFFICE, Dimension.OCCUPATION_GROUP):
            continue
        groups = {share.group for share in queries.distribution(one, by=quota.by) if share.group}
        names = group_names(quota.by, {group for group in groups if (quota.key, group) not in shown})
        if names:
            choices = sorted((name, f"{quota.key}~{group}") for group, name in names.items())
            found.append((quota.label or quota.key, [(value, name) for name, value in choices]))
    return found


def _answer_context(request: SignedInRequest, form: ArrangeForm, answer: Answer | None) -> dict[str, Any]:
    if answer is None:
        return {"answer": None}
    query, user = request.GET, request.user
    sees = user.may(Permission.WORKERS_VIEW)
    trial = answer.trial
    return {
        "answer": answer,
        "trial": trial,
        "changes": change_words(form.changes, form.spec),
        "address": form.address(),
        "enters": people_of(trial, trial.enters, user, query.get("masuk")) if sees else None,
        "leaves": people_of(trial, trial.leaves, user, query.get("keluar")) if sees else None,
        "may_keep": user.may(Permission.SELECTION_RUN) and user.may(Permission.PROGRAMME_EDIT),
    }
