"""Simulasi iuran and Simulasi manfaat: the questions that the command line and REST ask, asked on a page.

Nothing is stored, and no question names a person: the address holds amounts and days, so that it can be shared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from naung.accounts.access import SignedInRequest
from naung.areas.queries import names_of
from naung.lawbook import queries
from naung.lawbook import simulation_words as words
from naung.lawbook.simulation_forms import SimulationForm
from naung.refusal import Refusal
from naung.rules.decisions import Decisions
from naung.rules.explaining import Account
from naung.rules.inquiries.base import Inquiry
from naung.rules.inquiries.reading import KINDS, Family
from naung.rules.inquiries.supposing import law_known_on
from naung.rules.law import Law

#: The field that tells the questions of a family apart; it stands in the address under its own name.
_PARAMETER: dict[Family, str] = {"contribution": "segment", "benefit": "programme"}
#: The questions in the order in which they are offered; those that are not named here come last.
_ORDER = (
    "bpu", "ppu", "construction", "pmi", "penalty", "employer",
    "jkk", "jkm", "jht", "jht_partial", "jp", "jkp", "scholarship", "heirs", "papers",
)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What the law says to a question, or why it says nothing."""

    account: Account | None = None
    parts: tuple[tuple[str | Promise, int], ...] = ()
    refused: str = ""

    @property
    def total(self) -> int | None:
        told = self.account.explanation if self.account else None
        # A list of papers or an order of heirs adds up to nothing; a benefit of nothing has steps with amounts.
        if told is None or all(step.amount is None for step in told.steps):
            return None
        return told.total


@require_safe
def contribution(request: SignedInRequest) -> HttpResponse:
    """Simulasi iuran."""
    return _page(request, "contribution")


@require_safe
def benefit(request: SignedInRequest) -> HttpResponse:
    """Simulasi manfaat."""
    return _page(request, "benefit")


def _page(request: SignedInRequest, family: Family) -> HttpResponse:
    parameter, kinds = _PARAMETER[family], KINDS[family]
    kind = request.GET.get(parameter, "")
    model = kinds.get(kind)
    area = request.user.area_code[:4]
    asked = model is not None and any(name != parameter for name in request.GET)
    form = None
    answer = None
    if model is not None:
        form = SimulationForm(request.GET if asked else None, family=family, kind=kind, model=model)
        if asked and form.is_valid():
            law = queries.law_now()
            if form.known_on:
                law = law_known_on(law, form.known_on)
            assert form.inquiry is not None
            answer = answered(form.inquiry, law, queries.decisions_for(area))
    context = {
        "form": form,
        "family": family,
        "parameter": parameter,
        "kinds": [(name, words.kind(name), name == kind) for name in _sorted(kinds)],
        "kind": kind if model else "",
        "kind_words": words.kind(kind) if model else "",
        "unknown": bool(kind) and model is None,
        "answer": answer,
        "known_on": form.known_on if form and asked and form.is_valid() else None,
        "today": timezone.localdate(),
        "area_name": names_of([area]).get(area, "") if area else "",
        "other": reverse("lawbook:simulate-benefit" if family == "contribution" else "lawbook:simulate-contribution"),
    }
    faulty = (form is not None and asked and not form.is_valid()) or context["unknown"]
    return render(request, "lawbook/simulate_page.html", context, status=422 if faulty else 200)


def answered(inquiry: Inquiry, law: Law, decisions: Decisions) -> Answer:
    """The result with its account. An open question without an answer gives both ways; any other refusal, its words."""
    try:
        account = inquiry.account(law, decisions)
        if account.explanation is None:
            return Answer(account)
        return Answer(account, _parts(inquiry, inquiry.parts(inquiry.compute(law, inquiry.decided(decisions)))))
    except Refusal as refusal:
        return Answer(refused=str(refusal))


def _parts(inquiry: Inquiry, parts: dict[str, Any]) -> tuple[tuple[str | Promise, int], ...]:
    """The parts in rupiah, by the names people know; of nought only what the first months of JKM do not give yet."""
    question = getattr(inquiry, inquiry.kind)
    return tuple(
        (called, value)
        for name, value in parts.items()
        if type(value) is int and (value or question == "jkm") and (called := words.part(question, name))
    )


def _sorted(kinds: Any) -> list[str]:
    return sorted(kinds, key=lambda name: (_ORDER.index(name) if name in _ORDER else len(_ORDER), name))
