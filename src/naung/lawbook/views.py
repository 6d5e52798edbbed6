"""Aturan: every number of the law with its article, who checked it, and what the law leaves open.

The law is public, so whoever signs in may read. Recording asks for a permission.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.permissions import Permission
from naung.areas.queries import names_of
from naung.lawbook import actions, listing, queries
from naung.lawbook.forms import CheckForm, DecisionForm, LawFilter
from naung.lawbook.models import LawCheck, LegalDecision
from naung.refusal import Refusal
from naung.rules import background
from naung.rules.dated import DatedValue, Parameter
from naung.rules.decisions import Answer, Question
from naung.rules.decisions import questions as open_questions
from naung.rules.explaining import Words
from naung.rules.law import Law
from naung.ui.tags.law import in_page_language

PAGE_ROWS = 50


def index(request: SignedInRequest) -> HttpResponse:
    """All parameters on a day, searched and filtered."""
    today, law = timezone.localdate(), queries.law_now()
    form = LawFilter(request.GET)
    wanted = form.wanted(today)
    marks = _marks(law, wanted.on)
    found = listing.rows(law, wanted, marks)
    everything = listing.rows(law, listing.Wanted(on=wanted.on), marks)
    context = {
        "filter": form,
        "on": wanted.on,
        "today": today,
        "total": len(everything),
        "counts": listing.tally(everything),
        "page": Paginator(found, PAGE_ROWS).get_page(request.GET.get("page")),
        "may_check": request.user.may(Permission.LAW_CHECK),
        "open": len(open_questions()),
    }
    return render(request, "lawbook/list.html", context)


@dataclass(frozen=True)
class ShownLine:
    """One line of the timeline, with who compared it; the newest check first."""

    line: DatedValue
    last_day: date | None
    in_force: bool
    ahead: bool
    checks: list[LawCheck]

    @property
    def differs(self) -> bool:
        latest = self.checks[0] if self.checks else None
        return (
            latest is not None
            and latest.outcome == LawCheck.Outcome.DIFFERS
            and latest.value == queries.stated(self.line)
        )


def parameter(request: SignedInRequest, key: str) -> HttpResponse:
    """One parameter through time; whoever may, records a comparison with the gazette here."""
    law, today = queries.law_now(), timezone.localdate()
    one = law.parameters.get(key)
    if one is None:
        raise Http404(key)
    may_check = request.user.may(Permission.LAW_CHECK)
    if request.method == "POST" and not may_check:
        raise PermissionDenied
    shown, in_force = listing.nearest(one, today)
    first = {"start": request.GET.get("baris", shown.start.isoformat()), "checked_on": today}
    form = CheckForm(request.POST if request.method == "POST" else None, parameter=one, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_check(key=key, by=request.user, **form.as_check())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Pemeriksaan tercatat. Terima kasih."))
            return redirect("lawbook:parameter", key)
    context = {
        "one": one,
        "label": in_page_language(Words(one.label, one.label_en or one.label)),
        "today": today,
        "shown": shown,
        "in_force": in_force,
        "lines": _timeline(one, today),
        "changes_on": listing.changes_soon(one, today),
        "problems": _marks(law, today).problems_of(key),
        "beside": _beside(law, one),
        "conflicts": [found for found in background.conflicts() if key in found.parameters],
        "points": [found for found in background.open_points() if key in found.parameters],
        "here": True,
        "texts": _official_texts(one),
        "form": form if may_check else None,
    }
    return render(request, "lawbook/parameter.html", context, status=422 if form.errors else 200)


def _timeline(one: Parameter, today: date) -> list[ShownLine]:
    """The lines of a parameter, the newest first."""
    by_start: dict[date, list[LawCheck]] = {}
    for check in queries.checks_of(one.key):
        by_start.setdefault(check.start, []).append(check)
    current = one.line_on(today)
    return [
        ShownLine(
            line=line,
            last_day=listing.last_day(line),
            in_force=line is current,
            ahead=line.start > today,
            checks=by_start.get(line.start, []),
        )
        for line in reversed(one.values)
    ]


def _beside(law: Law, one: Parameter) -> list[Parameter]:
    """The parameters of the same group: `jkm.funeral` stands beside `jkm.death_grant`."""
    group = one.key.rpartition(".")[0]
    beside = [other for key, other in sorted(law.parameters.items()) if key.rpartition(".")[0] == group]
    return [other for other in beside if other is not one] if group else []


def _official_texts(one: Parameter) -> list[background.OfficialText]:
    """Where the instruments of a parameter can be read, to compare its lines with them."""
    named = " ".join(line.citation.instrument for line in one.values)
    return [text for text in background.official_texts() if re.search(rf"\b{re.escape(text.instrument)}\b", named)]


def _marks(law: Law, on: date) -> listing.Marks:
    return listing.marks(law, differing=(check.key for check in queries.differing()), on=on)


@dataclass(frozen=True)
class ShownQuestion:
    """An open question with what this region, or its province, says about it."""

    question: Question
    words: str
    answers: list[tuple[Answer, str]]
    now: str
    history: list[tuple[LegalDecision, str]]
    conflicts: list[background.Conflict]
    form: DecisionForm | None
    opened: bool


def questions(request: SignedInRequest) -> HttpResponse:
    """Hal yang belum diatur: what the law leaves open, and what the region decided."""
    return _questions_page(request)


@require_POST
@permission_required(Permission.LAW_DECIDE)
def decide(request: SignedInRequest, code: str) -> HttpResponse:
    """Enter the decision of the officer's region about one question."""
    asked = open_questions().get(code)
    if asked is None:
        raise Http404(code)
    area = _region_of(request)
    if not area:
        raise PermissionDenied
    form = DecisionForm(request.POST, question=asked)
    if form.is_valid():
        try:
            actions.record_decision(area_code=area, question=code, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Keputusan daerah tercatat."))
            return redirect(reverse("lawbook:questions") + f"#{code}")
    return _questions_page(request, faulty=(code, form))


def _questions_page(request: SignedInRequest, faulty: tuple[str, DecisionForm] | None = None) -> HttpResponse:
    area, today = _region_of(request), timezone.localdate()
    recorded = list(queries.decisions_recorded(area)) if area else []
    decisions = queries.decisions_for(area) if area else None
    may_decide = bool(area) and request.user.may(Permission.LAW_DECIDE)
    shown = []
    for code, asked in open_questions().items():
        words = {one.code: in_page_language(Words(one.words, one.words_en or one.words)) for one in asked.answers}
        found = decisions.find(code, today) if decisions else None
        opened = faulty is not None and faulty[0] == code
        form = faulty[1] if faulty and opened else DecisionForm(question=asked) if may_decide else None
        shown.append(
            ShownQuestion(
                question=asked,
                words=in_page_language(Words(asked.words, asked.words_en or asked.words)),
                answers=[(one, words[one.code]) for one in asked.answers],
                now=found.answer if found else "",
                history=[(row, words[row.answer]) for row in recorded if row.question == code],
                conflicts=[one for one in background.conflicts() if code in one.questions],
                form=form,
                opened=opened,
            )
        )
    context = {
        "questions": shown,
        "points": [one for one in background.open_points() if not one.questions],
        "conflicts": [one for one in background.conflicts() if not one.questions],
        "answered": sum(bool(one.now) for one in shown),
        "area_name": names_of([area]).get(area, area) if area else "",
        "area": area,
        "form": faulty[1] if faulty else None,
    }
    return render(request, "lawbook/questions.html", context, status=422 if faulty else 200)


def _region_of(request: SignedInRequest) -> str:
    """The regency whose decisions count for this person, or the province of somebody who works for it."""
    return request.user.area_code[:4]
