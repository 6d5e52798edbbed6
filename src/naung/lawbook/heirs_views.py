"""Hak ahli waris: what a family may receive when a worker dies. Public; nothing is asked of a person, nothing stored.

The answers travel in the form itself, never in an address, a cookie or a session: on a shared phone nothing stays.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

import naung.ui
from naung.lawbook import queries
from naung.lawbook.heirs_estimate import Case, Estimate, estimate
from naung.lawbook.heirs_forms import NAMES, QUESTIONS, UNKNOWN, Question, span_words, told
from naung.refusal import Refusal
from naung.rules.law import Law
from naung.ui.icons import SPRITE
from naung.ui.tags.law import told as told_in_page_language

_RESULT = len(QUESTIONS) + 1


# Nothing is changed by this page, so no other site gains by sending its form; a token would only need a cookie.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def heirs(request: HttpRequest) -> HttpResponse:
    """One of the four questions, or what the answers bring."""
    response = _answer(request)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, no_store=True, private=True)
    return response


def _answer(request: HttpRequest) -> HttpResponse:
    if request.GET:  # nothing is read from an address, and the switch of language would carry it on
        return redirect("heirs-rights")
    law, today = queries.law_now(), timezone.localdate()
    sent = {name: request.POST[name] for name in NAMES if name in request.POST}
    step = _step(request.POST.get("langkah", ""))
    match request.POST.get("ke", ""):
        case "kembali":
            return _ask(request, step - 1, sent, law, today)
        case "ubah":
            return _ask(request, 1, sent, law, today)
        case "lanjut" if step < _RESULT:
            return _go_on(request, step, sent, law, today)
        case "simpan":
            return _result(request, sent, law, today, to_keep=True)
    if step == _RESULT:
        return _result(request, sent, law, today)
    return _ask(request, step, sent, law, today)


def _step(given: str) -> int:
    """The page that was sent, from 1 to 5; whatever else is written there is the first."""
    return int(given) if given.isascii() and given.isdecimal() and 1 <= int(given[:2]) <= _RESULT else 1


def _form(number: int, sent: dict[str, str], law: Law, today: date) -> Question:
    return QUESTIONS[number - 1](sent, law=law, today=today)


def _go_on(request: HttpRequest, step: int, sent: dict[str, str], law: Law, today: date) -> HttpResponse:
    form = _form(step, sent, law, today)
    if not form.is_valid():
        return _ask(request, step, sent, law, today, faulty=form)
    if step + 1 == _RESULT:
        return _result(request, sent, law, today)
    return _ask(request, step + 1, sent, law, today)


def _ask(
    request: HttpRequest, step: int, sent: dict[str, str], law: Law, today: date, *, faulty: Question | None = None
) -> HttpResponse:
    step = max(1, min(step, len(QUESTIONS)))
    form = faulty or QUESTIONS[step - 1](law=law, today=today, initial=sent)
    context = {
        "form": form,
        "step": step,
        "steps": len(QUESTIONS),
        "carried": [(name, value) for name, value in sent.items() if name not in form.fields],
        # The form at the head (back, language) carries what this page asks too, as far as it was answered.
        "answers": list(sent.items()),
        "icons": icons("phone"),
    }
    return render(request, "lawbook/heirs_question.html", context, status=422 if faulty else 200)


def _result(
    request: HttpRequest, sent: dict[str, str], law: Law, today: date, *, to_keep: bool = False
) -> HttpResponse:
    """What the answers bring; the first page whose answer is missing or wrong is asked again."""
    cleaned: dict[str, object] = {}
    for number in range(1, len(QUESTIONS) + 1):
        form = _form(number, sent, law, today)
        if not form.is_valid():
            return _ask(request, number, sent, law, today, faulty=form)
        cleaned |= form.cleaned_data
    said = told(cleaned, law, today)
    context: dict[str, object] = {
        "told": said,
        "step": _RESULT,
        "answers": list(sent.items()),
        "today": today,
        "months": span_words(said.months) if said.months else "",
        "unsure": UNKNOWN in sent.values(),
        "icons": icons("phone", "file-text", "info-circle", "download", "building-community"),
    }
    try:
        found = estimate(said, law)
    except Refusal as refusal:
        return render(request, "lawbook/heirs_result.html", context | {"refused": str(refusal)})
    context |= {"found": found, "shown": _shown(found), "papers_count": len(found.papers[0].needed)}
    if to_keep:
        return _to_keep(context)
    return render(request, "lawbook/heirs_result.html", context)


def _shown(found: Estimate) -> list[tuple[Case, object, object]]:
    """The cases whose steps are told: the one, or the least and the most; each in the language of the page."""
    cases = [found.most] if found.total.exact else [found.least, found.most]
    return [
        (case, told_in_page_language(case.cash.explanation), case.schooling and told_in_page_language(case.schooling))
        for case in cases
    ]


def _to_keep(context: dict[str, object]) -> HttpResponse:
    """The list of papers as a small text file."""
    text = render_to_string("lawbook/heirs_papers.txt", context)
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="hak-ahli-waris.txt"'
    return response


@cache
def icons(*names: str) -> SafeString:
    """The symbols of these icons, to stand in the page itself: the whole sprite would weigh more than the page."""
    sprite = (Path(naung.ui.__file__).parent / "static" / SPRITE).read_text(encoding="utf-8")
    found = [re.search(rf'<symbol id="i-{re.escape(name)}".*?</symbol>', sprite, re.DOTALL) for name in names]
    return mark_safe("".join(one[0] for one in found if one))  # noqa: S308 - our own file
