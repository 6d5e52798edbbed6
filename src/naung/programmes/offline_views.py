"""Kerjakan tanpa sinyal: the page that opens without a line, its service worker, and what it asks of the server.

The page and the worker hold no personal data: they are the same for everybody, and the only things a phone caches.
Rows travel as JSON that no cache keeps. What the page does with them is in `ui/static/naung/offline.js`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from naung import __version__
from naung.accounts.access import SignedInRequest
from naung.accounts.answering import private
from naung.programmes import offline_queries
from naung.programmes.intake_rules import intake_rules
from naung.programmes.models import Programme
from naung.programmes.offline_device import remember
from naung.refusal import Refusal
from naung.registry import actions, queries
from naung.registry.forms import CorrectionForm
from naung.registry.models import SourceRow
from naung.registry.refusals import RowChangedMeanwhile

#: What the page is drawn with, and nothing else is cached.
_ASSETS = (
    "naung/site.css",
    "vendor/plus-jakarta-sans-5.3.0/plus-jakarta-sans-subset.woff2",
    "naung/mark.svg",
    "naung/chevron-down.svg",
    "naung/offline-store.js",
    "naung/offline.js",
)
_MOST_TYPED = 200


def _operator_only(request: SignedInRequest) -> None:
    if not offline_queries.may_work_offline(request.user):
        raise PermissionDenied


@require_GET
@cache_control(private=True, no_cache=True)
def page(request: SignedInRequest) -> HttpResponse:
    """The shell: no name, no number, no token. What is in the phone is read by its script."""
    _operator_only(request)
    asked = request.GET.get("daftar", "")
    download = None
    if asked.isdigit() and len(asked) < 10:
        download = offline_queries.lists_to_take(request.user).filter(pk=asked).values_list("pk", flat=True).first()
    context = {"form": CorrectionForm(auto_id="isi-%s"), "download": download}
    return render(request, "programmes/offline.html", context)


@login_not_required
@require_GET
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, with the names that the files of the page have now."""
    assets = [static(name) for name in _ASSETS]
    language = get_language() or "id"
    edition = hashlib.sha256(json.dumps([__version__, *assets]).encode()).hexdigest()[:12]
    context = {
        "assets": json.dumps(assets),
        "store": static("naung/offline-store.js"),
        "cache": f"{language}-{edition}",
    }
    return render(request, "programmes/luring.js", context, content_type="text/javascript; charset=utf-8")


@require_GET
@private
def line(request: SignedInRequest) -> HttpResponse:
    """Whether the server answers, and as whom: asked before anything is sent."""
    _operator_only(request)
    return JsonResponse({"person": str(request.user.pk), "token": get_token(request)})


@require_GET
@private
def rows(request: SignedInRequest, list_id: int) -> HttpResponse:
    """The open rows of one list, for the phone of its operator."""
    _operator_only(request)
    source_list = get_object_or_404(offline_queries.lists_to_take(request.user), pk=list_id)
    answer = JsonResponse({"person": str(request.user.pk)} | offline_queries.packed(source_list))
    remember(answer, request.user)
    return answer


@require_POST
@private
def edit(request: SignedInRequest, list_id: int, ordinal: int) -> HttpResponse:
    """One correction typed without a line: taken, refused with a sentence, or shown beside what changed meanwhile."""
    _operator_only(request)
    told = _told(request.body)
    if told is not None and told.person != str(request.user.pk):
        return JsonResponse({"state": "other-person"}, status=403)
    source_list = offline_queries.lists_to_take(request.user).filter(pk=list_id).first()
    one = SourceRow.objects.select_related("list").filter(list=source_list, ordinal=ordinal).first()
    if source_list is None or one is None:
        said = _("Baris ini tidak ada lagi di wilayah Anda.")
        return JsonResponse({"state": "refused", "said": said, "gone": True}, status=404)
    if told is None:
        return JsonResponse({"state": "refused", "said": _("Perubahan ini tidak terbaca. Ketik lagi.")}, status=422)
    return _correct(request, one, told)


@dataclass(frozen=True, slots=True)
class _Told:
    """One correction as a phone sends it."""

    person: str
    typed: dict[str, str]
    made: actions.MadeOffline


def _told(body: bytes) -> _Told | None:
    """What a phone sent, or None where it cannot be read."""
    try:
        told = json.loads(body)
        made = actions.MadeOffline(UUID(told["key"]), _moment(told["typed_at"]), str(told["version"])[:32])
        typed = {str(name): str(value)[:_MOST_TYPED] for name, value in dict(told["typed"]).items()}
        return _Told(str(told["person"]), typed, made)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _correct(request: SignedInRequest, one: SourceRow, told: _Told) -> HttpResponse:
    form = CorrectionForm(told.typed, initial=CorrectionForm.as_received(queries.said_by(one)))
    if not form.is_valid():
        errors = {name: [str(fault) for fault in faults] for name, faults in form.errors.items()}
        said = _("Ada isian yang perlu diperbaiki.")
        return JsonResponse({"state": "refused", "said": said, "errors": errors}, status=422)
    programme = get_object_or_404(Programme, code=one.list.programme_code)
    rules = intake_rules(programme, on=one.list.reference_date)
    try:
        after = actions.correct_row(row=one, typed=form.typed(), rules=rules, by=request.user, offline=told.made)
    except RowChangedMeanwhile as conflict:
        return _conflict(one, str(conflict))
    except Refusal as refusal:
        return JsonResponse({"state": "refused", "said": str(refusal)}, status=422)
    return JsonResponse(
        {
            "state": "accepted",
            "verdict": after.verdict,
            "said": _said(after) % {"row": after.row},
            "row": offline_queries.row_for_phone(after),
        }
    )


def _conflict(one: SourceRow, said: str) -> HttpResponse:
    """Both stand side by side in the phone; the operator says which one counts."""
    one.refresh_from_db()
    changed = offline_queries.last_change(one)
    answer: dict[str, Any] = {
        "state": "conflict",
        "said": said,
        "theirs": offline_queries.as_it_stands(one),
        "verdict": one.verdict,
        "who": changed[0] if changed else "",
        "when": changed[1] if changed else "",
        "row": offline_queries.row_for_phone(one),
    }
    return JsonResponse(answer, status=409)


def _said(row: SourceRow) -> str:
    if row.verdict == SourceRow.Verdict.ACCEPT:
        return _("Baris %(row)s sudah benar dan siap dikirim.")
    if row.verdict == SourceRow.Verdict.DUPLICATE:
        return _("Baris %(row)s tersimpan. Orangnya sudah ada, jadi tidak dikirim lagi.")
    return _("Baris %(row)s tersimpan, tetapi belum benar. Lihat alasannya.")


def _moment(text: object) -> datetime:
    """A moment by the clock of a phone, which may be wrong and is only recorded. Raises ValueError."""
    said = datetime.fromisoformat(str(text))
    if said.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return said.astimezone(UTC)
