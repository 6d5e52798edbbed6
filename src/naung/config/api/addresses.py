"""The addresses under /api/v1/."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Body, NinjaAPI, Query, Router
from ninja.errors import HttpError, ValidationError

from naung.areas import queries as areas
from naung.config.api import shapes
from naung.config.api.limits import PerAddress, small_bodies
from naung.lawbook.queries import decisions_for, law_now
from naung.refusal import Refusal
from naung.rules.decisions import UNDECIDED, Decisions, NeedsDecision
from naung.rules.inquiries.answering import answer_data, refusal_data, rests_on_answers
from naung.rules.inquiries.base import Inquiry
from naung.rules.inquiries.fields import Day
from naung.rules.inquiries.mistakes import InquiryNotUnderstood, mistakes_of
from naung.rules.inquiries.reading import BENEFITS, CONTRIBUTIONS, BenefitInquiry, ContributionInquiry
from naung.rules.inquiries.stating import (
    any_recalled,
    parameter_data,
    parameters_of,
    questions_data,
    timeline_data,
)
from naung.rules.inquiries.supposing import law_known_on
from naung.rules.law import Law

_DESCRIPTION = (
    "The law of Indonesian employment insurance as Naung states it, and what it says of facts that name nobody. "
    "Money is whole rupiah, a rate is text, a day 2026-05-31, a month 2026-05. Nothing asked is kept."
)

law = Router(tags=["law"])
asking = Router(tags=["asking"])

_ON = Query(None, description="On this day; today unless given.")
_KNOWN_ON = Query(None, description="By the law as promulgated up to this day.")
_AREA = Query(None, description="With the decisions that this area has recorded, e.g. 12.75.")
_ERRORS = {400: shapes.Refused, 413: shapes.Refused, 422: shapes.Refused, 429: shapes.Refused}


@law.get(
    "",
    response={200: shapes.Parameters, 422: shapes.Refused, 429: shapes.Refused},
    summary="Every number",
    operation_id="list_law",
)
def parameters(
    request: HttpRequest,
    on: Day | None = _ON,
    key: str | None = Query(None, description="Only this key or the keys below it."),
    programme: str | None = Query(None, description="Only of this programme: JKK, JKM, JHT, JP, JKP."),
    segment: str | None = Query(None, description="Only of this segment: BPU, PPU, PMI, construction."),
    recalled: bool = Query(False, description="Only those not yet read in the gazette."),
    known_on: Day | None = _KNOWN_ON,
) -> dict[str, Any]:
    """All parameters (or some) as they stand on a day."""
    day = on or timezone.localdate()
    found = [
        one
        for one in parameters_of(_law(known_on), key=key, programme=programme, segment=segment)
        if not recalled or any_recalled(one, day)
    ]
    return {
        "on": day.isoformat(),
        "count": len(found),
        "parameters": [parameter_data(one, on=day) for one in found],
    }


@law.get(
    "/questions",
    response={200: shapes.Questions, 429: shapes.Refused},
    summary="What the law leaves open",
    operation_id="list_questions",
)
def questions(request: HttpRequest) -> dict[str, Any]:
    """Every question that the law leaves open, with the answers that sources give."""
    return {"questions": questions_data()}


@law.get(
    "/{key}",
    response={200: shapes.ParameterThroughTime, 404: shapes.Refused, 422: shapes.Refused, 429: shapes.Refused},
    summary="One number through time",
    operation_id="show_law",
)
def parameter(request: HttpRequest, key: str, on: Day | None = _ON, known_on: Day | None = _KNOWN_ON) -> Any:
    """One parameter on a day, with its whole timeline."""
    day = on or timezone.localdate()
    found = _law(known_on).parameters.get(key)
    if found is None:
        return _said(404, "parameter_unknown", f"Tidak ada angka peraturan «{key[:100]}».", {"key": key[:100]})
    return {
        "on": day.isoformat(),
        **parameter_data(found, on=day),
        "timeline": timeline_data(found, on=day),
    }


@asking.post(
    "/contribution",
    response={200: shapes.Answered, 409: shapes.Undecided, **_ERRORS},
    summary="A contribution",
    operation_id="ask_contribution",
)
def contribution(
    request: HttpRequest,
    inquiry: Body[ContributionInquiry],
    known_on: Day | None = _KNOWN_ON,
    area: str | None = _AREA,
) -> Any:
    """What is due for a month, a contract or a placement, by segment."""
    return _answer(inquiry, known_on, area)


@asking.post(
    "/benefit",
    response={200: shapes.Answered, 409: shapes.Undecided, **_ERRORS},
    summary="A benefit",
    operation_id="ask_benefit",
)
def benefit(
    request: HttpRequest,
    inquiry: Body[BenefitInquiry],
    known_on: Day | None = _KNOWN_ON,
    area: str | None = _AREA,
) -> Any:
    """What is owed for an event, by programme."""
    return _answer(inquiry, known_on, area)


def _law(known_on: date | None) -> Law:
    now = law_now()
    return now if known_on is None else law_known_on(now, known_on)


def _answer(inquiry: Inquiry, known_on: date | None, area: str | None) -> Any:
    law, decisions = _law(known_on), _decisions(area)
    try:
        return answer_data(inquiry, law, decisions)
    except NeedsDecision as unanswered:
        return api.create_response(_NO_REQUEST, refusal_data(unanswered, inquiry.account(law, decisions)), status=409)
    except Refusal as refusal:
        if not rests_on_answers(refusal):
            raise
        return api.create_response(_NO_REQUEST, refusal_data(refusal, inquiry.account(law, decisions)), status=422)


def _decisions(area: str | None) -> Decisions:
    return UNDECIDED if area is None else decisions_for(areas.area(area).code)


_NO_REQUEST = HttpRequest()


def _said(status: int, code: str, message: str, facts: dict[str, Any]) -> HttpResponse:
    return api.create_response(_NO_REQUEST, {"code": code, "message": message, "facts": facts}, status=status)


api = NinjaAPI(
    title="Naung",
    version="1",
    description=_DESCRIPTION,
    urls_namespace="api-v1",
    docs_url=None,
    throttle=PerAddress(),
)
api.add_router("/law", law)
api.add_router("", asking)


@api.exception_handler(Refusal)
def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return api.create_response(request, refusal_data(refusal), status=422)


@api.exception_handler(ValidationError)
def _not_understood(request: HttpRequest, failure: ValidationError) -> HttpResponse:
    kinds = frozenset({*CONTRIBUTIONS, *BENEFITS})
    refusal = InquiryNotUnderstood(
        mistakes_of(failure.errors, leading=("body", "query", "path", "inquiry"), tags=kinds)
    )
    return api.create_response(request, refusal_data(refusal), status=422)


_HTTP = {
    400: ("not_json", "Isinya bukan JSON."),
    429: ("too_many_requests", "Terlalu banyak permintaan; coba lagi sebentar."),
}


@api.exception_handler(HttpError)
def _not_taken(request: HttpRequest, failure: HttpError) -> HttpResponse:
    code, words = _HTTP.get(failure.status_code, ("http_error", str(failure)))
    return _said(failure.status_code, code, words, {})


def _public() -> list[Any]:
    """The addresses, open to whoever has not signed in."""
    patterns, app, namespace = api.urls
    for pattern in patterns:
        assert pattern.callback is not None
        pattern.callback = login_not_required(small_bodies(pattern.callback))
    return [patterns, app, namespace]


urls = tuple(_public())
